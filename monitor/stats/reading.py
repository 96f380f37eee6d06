"""The items of one text as they are read: what stands where, which numbers they say, what surrounds them. What the
numbers mean is the business of the modules that read."""

from typing import NamedTuple

from monitor.model.statistic import Magnitude, Qualifier, StatisticKind
from monitor.stats import numerals
from monitor.stats.blockers import blocked
from monitor.stats.lexer import Item
from monitor.stats.vocabulary import Payload, Vocabulary

Number = int | float
CLAUSE_ENDS = frozenset(";.\n")
_SMALLER = {"year": ("month", "week", "day"), "month": ("week", "day"), "week": ("day",), "day": ("hour",)}
_ARABIC_ARTICLE = "ال"
_NOTHING = Item(0, 0, "", ";")


class Quantity(NamedTuple):
    """A quantity read from items `first` to `last` (exclusive).

    `number` is the item where its digits or number words begin: what stands between `first` and it opens a range or
    is a currency sign. `qualifier` is set if the number's own words bound it (a dozen, 二十多).
    """

    first: int
    number: int
    last: int
    value: Number | tuple[Number, Number] | None
    kind: StatisticKind = StatisticKind.COUNT
    unit: str | None = None
    magnitude: Magnitude | None = None
    qualifier: Qualifier | None = None


class Reading:
    """The items of one text; what belongs to no quantity is in `blocked`."""

    def __init__(self, items: list[Item], vocabulary: Vocabulary) -> None:
        self.items = items
        self.vocabulary = vocabulary
        self.blocked = blocked(items, vocabulary)

    def at(self, index: int) -> Item:
        """The item at `index`; an empty mark outside the text."""
        return self.items[index] if 0 <= index < len(self.items) else _NOTHING

    def roles(self, index: int) -> dict[str, Payload]:
        """The roles of the item at `index`; none outside the text."""
        return self.at(index).roles

    def numeral(self, index: int, *, joined: bool = True) -> numerals.Numeral | None:
        if index >= len(self.items) or index in self.blocked:
            return None
        item = self.items[index]
        words = numerals.read(self.items, index, self.vocabulary, joined=joined)
        if words is not None:
            return words
        return numerals.Numeral(item.value, index + 1) if item.value is not None else None

    def is_plain_noun(self, item: Item) -> bool:
        return item.key[:1].isalpha() and not item.capital and "one_stop" not in item.roles and item.code not in "woM&"

    def is_definite(self, index: int) -> bool:
        """Whether an Arabic word has its article, written together with it or cut off."""
        return self.at(index).key.startswith(_ARABIC_ARTICLE) or "article" in self.roles(index - 1)

    def is_change(self, number: int) -> bool:
        """Whether a verb of change governs the number: "rose from 65 to 196" states two numbers and no range."""
        for before in range(number - 1, max(-1, number - 12), -1):
            if self.at(before).code in CLAUSE_ENDS or self.at(before).code == ":":
                return False
            if "change" in self.roles(before):
                return True
        return False

    def skip_articles(self, index: int) -> int:
        while (
            self.roles(index).keys() & {"clear", "sign"}
            and self.at(index).value is None
            and "number" not in self.roles(index)
        ):
            index += 1
        return index

    def has_qualifier(self, index: int) -> bool:
        for before in range(index - 1, max(-1, index - 4), -1):
            roles = self.roles(before)
            if "before" in roles:
                return roles["before"] != Qualifier.EXACT
            if "clear" not in roles:
                break
        return any("trailing" in self.roles(after) for after in (index + 1, index + 2))

    def goes_on_in_smaller_unit(self, noun: int) -> bool:
        """Whether a number of a smaller unit of time goes on from that at `noun`: a year and eight months, 一年零八个月."""
        unit, joined = self.roles(noun).get("duration"), "and" in self.roles(noun + 1)
        smaller = _SMALLER.get(str(unit))
        if smaller is None or not (joined or self.vocabulary.positional):
            return False
        numeral = self.numeral(noun + 1 + joined)
        return numeral is not None and self.roles(numeral.end).get("duration") in smaller

    def half_follows(self, index: int) -> bool:
        return "half_more" in self.roles(index)


def as_number(payload: Payload) -> Number:
    assert isinstance(payload, int | float)
    return payload
