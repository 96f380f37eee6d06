"""Text into items: words, phrases of the vocabulary, numbers in digits, marks. The only module that cuts text for the
statistics; what the items mean together is not its business."""

from collections.abc import Iterator

import regex

from monitor.stats import digits
from monitor.stats.vocabulary import Node, Payload, Vocabulary

_NO_ROLES: dict[str, Payload] = {}
_TOKEN = regex.compile(
    digits.PATTERN + r"|\p{Han}|[\p{L}--\p{Han}][\p{L}\p{M}--\p{Han}]*+|\n|[^\s]",
    regex.V1,
)  # fmt: skip
_MARKS = {",": ",", ".": ".", "-": "-", "–": "-", "~": "-", "/": "/", "(": "(", ")": ")", "[": "[", "]": "]", ":": ":",
          "\n": "\n", "、": "l", "°": "e", "º": "O", "ª": "O", "#": "r", "№": "r", "§": "r", ";": ";", "。": ";",
          "!": ";", "?": ";", "；": ";", "！": ";", "？": ";", "،": ",", "…": ";", "۔": ";"}  # fmt: skip


class Item:
    """A word, a phrase, a number or a mark at characters `start` to `end` of the readable text.

    `code` is its letter in the blockers' patterns: d a day or another number up to 31, y four plain digits, n other
    digits, x digits that are no quantity, w a number word … `value` is set for digits. `glued` is true if nothing
    stands between it and the item before.
    """

    __slots__ = ("capital", "code", "end", "glued", "key", "roles", "start", "value")

    def __init__(
        self, start: int, end: int, key: str, code: str, value: int | float | None = None, capital: bool = False
    ) -> None:
        self.start = start
        self.end = end
        self.key = key
        self.code = code
        self.roles = _NO_ROLES
        self.value = value
        self.glued = False
        self.capital = capital


def items(text: str, vocabulary: Vocabulary) -> list[Item]:
    """The items of a readable text (see `view`), in order; the longest phrase wins."""
    found: list[Item] = []
    pieces = list(_pieces(text, vocabulary))
    children = vocabulary.root.children
    index, end, count = 0, -1, len(pieces)
    while index < count:
        item, length = pieces[index], 1
        if item.value is None and item.key in children:
            node, length = _longest(pieces, index, children[item.key])
            if length > 1 and vocabulary.positional and _goes_on(found, node, item.start):
                node, length = children[item.key], 1
            if node is not None:
                item.code, item.roles = _code(item, node, vocabulary), node.roles or _NO_ROLES
            item.end = pieces[index + length - 1].end
        item.glued = item.start <= end
        found.append(item)
        index += length
        end = item.end
    _mark_attached(found, vocabulary)
    return found


def _goes_on(found: list[Item], node: Node | None, start: int) -> bool:
    """Whether a word that hides a numeral (一家) begins inside a longer number (二十一家)."""
    hides = node is not None and node.roles is not None and "block" in node.roles
    return hides and bool(found) and found[-1].end == start and found[-1].code in "wW"


def _code(item: Item, node: Node, vocabulary: Vocabulary) -> str:
    if node.code == "M" and vocabulary.capital_months and not item.capital:
        return item.code
    return node.code if node.code != "e" else item.code


def _longest(pieces: list[Item], index: int, node: Node) -> tuple[Node | None, int]:
    """The node of the longest phrase that begins here and how many pieces it has; (None, 1) if there is none."""
    best: Node | None = node if node.roles is not None else None
    length = 1
    if not node.children:
        return best, length
    for position in range(index + 1, min(len(pieces), index + 12)):
        child = node.children.get(pieces[position].key)
        if child is None:
            break
        node = child
        if node.roles is not None:
            best, length = node, position - index + 1
    return best, length


def _pieces(text: str, vocabulary: Vocabulary) -> Iterator[Item]:
    """The words, numbers and marks one by one, as items that are part of no phrase."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        written = match[0]
        first = written[0]
        if match.lastindex is not None:
            yield _digits(match, start, end, vocabulary)
        elif not first.isalpha():
            yield Item(start, end, written, _MARKS.get(first, "e"), digits.FRACTIONS.get(first))
        else:
            capital = first.isupper()
            keys = vocabulary.keys(written)
            for clitic in keys[:-1]:
                yield Item(start, start + len(clitic), clitic, "e")
                start += len(clitic)
            yield Item(start, end, keys[-1], "e", None, capital)


def _digits(match: "regex.Match[str]", start: int, end: int, vocabulary: Vocabulary) -> Item:
    written = match[0]
    if match["digits"] is None or match["never"] is not None:
        return Item(start, end, written, "x")
    value = digits.value(written, vocabulary.decimal)
    if value is None:
        return Item(start, end, written, "x")
    if written.isdecimal() and len(written) == 4 and 1000 <= value < 2200:
        code = "y"
    else:
        code = "d" if written.isdecimal() and len(written) <= 2 and 1 <= value <= 31 else "n"
    return Item(start, end, written, code, value)


def _mark_attached(found: list[Item], vocabulary: Vocabulary) -> None:
    """Mark the digits that belong to a name (F-16, COVID-19, G7), to an ordinal (2nd, 15-й) or to a code (19a) as no
    quantity: what is written together with letters is a number only if the vocabulary knows the letters as a unit."""
    for index, item in enumerate(found):
        if item.code not in "dyn" or item.value is None:
            continue
        if _ends_a_name(found, index, vocabulary) or _begins_a_code(found, index):
            item.code = "x"


def _ends_a_name(found: list[Item], index: int, vocabulary: Vocabulary) -> bool:
    before = index - 1
    if before < 0 or not found[index].glued:
        return False
    if found[before].code == "-" and before > 0 and found[before].glued:
        before -= 1
        if found[before].value is not None or found[before].code in "wx":
            return False
        return _is_word(found[before]) and not _may_touch(found[before], vocabulary)
    if found[before].code == "." and before > 0 and found[before].glued:
        return _is_word(found[before - 1])
    return _is_word(found[before]) and not _may_touch(found[before], vocabulary)


def _begins_a_code(found: list[Item], index: int) -> bool:
    after = index + 1
    if after >= len(found) or not found[after].glued:
        return False
    if found[after].code == "-" and after + 1 < len(found) and found[after + 1].glued:
        return "suffix" in found[after + 1].roles or _is_initial(found[after + 1])
    nearest = found[after]
    if nearest.code == "." and after + 1 < len(found) and found[after + 1].glued and "suffix" in found[after + 1].roles:
        return True
    if "suffix" in nearest.roles or nearest.code == "O":
        return True
    return _is_word(nearest) and nearest.key.isascii() and (_is_initial(nearest) or not nearest.roles)


def _is_initial(item: Item) -> bool:
    """Whether an item is a lone capital that no unit is written with (19A, 11-S)."""
    return item.capital and len(item.key) == 1 and "scale" not in item.roles


def _is_word(item: Item) -> bool:
    return item.key[:1].isalpha()


def is_han(key: str) -> bool:
    """Whether a key begins with a Han character."""
    return "\u3400" <= key[:1] <= "\u9fff"


def _may_touch(item: Item, vocabulary: Vocabulary) -> bool:
    """Han characters, clitics and currency codes may be written together with digits."""
    key = item.key
    return is_han(key) or "money" in item.roles or key in vocabulary.prefixes or "sign" in item.roles
