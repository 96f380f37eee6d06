"""Statistics as they are mentioned in a text: the public face of this floor. What was read becomes values here."""

from collections.abc import Iterator
from typing import NamedTuple

from monitor.model.document import BlockKind, Section
from monitor.model.statistic import Statistic, Value
from monitor.stats import numerals
from monitor.stats.lexer import Item, is_han, items
from monitor.stats.qualifiers import bounds, qualified
from monitor.stats.quantities import quantity
from monitor.stats.reading import Quantity, Reading
from monitor.stats.view import View, view
from monitor.stats.vocabulary import vocabulary

_REACH = 12
_CONTEXT = 5
_CONTEXT_HAN = 10
_LONGEST = 20_000
_PROSE = 200_000
_NUMERALS = ("number", "digit", "dual")
_BREAKS = frozenset(";.,:()[]wx\n")
_OPENING = frozenset({"one_stop", "link", "and", "or", "to", "from", "preposition", "clear", "only", "ratio", "per",
                      "before", "after", "trailing", "goal"})  # fmt: skip


Place = tuple[str | None, int | None]


class _Stretch(NamedTuple):
    """A piece of the text given that is read at once, where it begins in it, and how it is seen."""

    text: str
    base: int
    seen: View


def find_statistics(text: str, language: str) -> list[Statistic]:
    """Every quantity stated in a text, in order, without overlap; an unknown language is read by neutral rules.

    What stands behind 200,000 characters is read only where it is prose: most of it letters, most of those words that
    are no numbers.
    """
    return _found(text, language, None, None)


def section_statistics(section: Section, language: str) -> list[Statistic]:
    """The statistics of a section's blocks (images apart), each with the section's id and its block's number."""
    return [
        statistic
        for number, block in enumerate(section.blocks)
        if block.kind is not BlockKind.IMAGE
        for statistic in _found(block.text, language, section.id, number)
    ]


def written_numbers(text: str, language: str) -> set[float]:
    """Every number that a text of at most 20,000 characters writes, in digits or words, whether it states something or not;
    of a longer text those of its beginning."""
    words = vocabulary(language)
    read = items(view(text[:_LONGEST]).text, words)
    values: set[object] = {value for item in read for value in (item.value, *map(item.roles.get, _NUMERALS))}
    for index in range(len(read)):
        if numeral := numerals.read(read, index, words):
            values |= {numeral.value, numeral.upper}
    return {float(value) for value in values if isinstance(value, int | float)}


def _found(text: str, language: str, section: str | None, block: int | None) -> list[Statistic]:
    if len(text) <= _LONGEST:
        return _read(text, 0, language, (section, block))
    return [
        statistic
        for start, end in _stretches(text)
        for statistic in _read(text[start:end], start, language, (section, block))
    ]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """A long text cut where a line or a sentence ends, so that time and memory stay in proportion to its length."""
    start = 0
    while start < len(text):
        end = start + _LONGEST
        if end < len(text):
            cuts = (text.rfind(mark, start + _LONGEST // 2, end) + 1 for mark in ("\n", ". ", "。", " "))
            end = next((cut for cut in cuts if cut), end)
        yield start, min(end, len(text))
        start = end


def _read(text: str, base: int, language: str, place: Place) -> list[Statistic]:
    """The statistics of a stretch that begins at `base` in the text given."""
    if base >= _PROSE and _is_heap(text):
        return []
    seen = view(text)
    read = items(seen.text, vocabulary(language))
    if base >= _PROSE and _is_data(read):
        return []
    reading = Reading(read, vocabulary(language))
    found: list[Statistic] = []
    index = floor = 0
    while index < len(reading.items):
        here = quantity(reading, index)
        if here is None:
            index += 1
            continue
        statistic, last = _statistic(_Stretch(text, base, seen), reading, here, floor, place)
        found.append(statistic)
        index = floor = last
    return found


def _is_heap(text: str) -> bool:
    """Whether at most half of a text are letters; that nothing is, is seen at a glance."""
    if text.isascii() and text.lower() == text.upper():
        return True
    return 2 * sum(map(str.isalpha, text)) <= len(text)


def _is_data(read: list[Item]) -> bool:
    """Whether at most half of what was read are words that are no numbers: a table or a heap of digits, and no prose."""
    return 2 * sum(item.key[:1].isalpha() and item.code not in "wW" for item in read) <= len(read)


def _statistic(stretch: _Stretch, reading: Reading, read: Quantity, floor: int, place: Place) -> tuple[Statistic, int]:
    """The value, and the item after it."""
    qualifier, first, last = qualified(reading, read, floor)
    first = max(first, floor)
    start, end = stretch.seen.span(reading.items[first].start, reading.items[last - 1].end)
    value = _plain(read.value)
    low, high = bounds(value, read.magnitude, qualifier)
    statistic = Statistic(
        start=stretch.base + start, end=stretch.base + end, quote=stretch.text[start:end], value=value, low=low, high=high,
        magnitude=read.magnitude, qualifier=qualifier, kind=read.kind, unit=read.unit,
        counted=_counted(stretch.seen, reading, (floor, first, read.last)), section=place[0], block=place[1],
    )  # fmt: skip
    return statistic, max(last, read.last)


def _plain(value: Value | None) -> Value | None:
    """The value with whole numbers as such: 24, not 24.0."""
    if isinstance(value, tuple):
        return _whole(value[0]), _whole(value[1])
    return None if value is None else _whole(value)


def _whole(number: int | float) -> int | float:
    return int(number) if number == int(number) else number


def _counted(seen: View, reading: Reading, around: tuple[int, int, int]) -> str:
    """The few words after a quantity, up to the next mark or number; where there are none, those before it.

    `around` are the items where the quantity before ends, where this one begins and where it ends. Prepositions,
    articles, conjunctions and hedges do not stand at the end: what they open is cut off.
    """
    floor, first, last = around
    run = _closed(reading, _run(reading, range(last, min(last + _REACH, len(reading.items)))))
    if not run:
        run = _closed(reading, _run(reading, range(first - 1, max(floor - 1, first - _REACH), -1))[::-1])
    return seen.text[reading.items[run[0]].start : reading.items[run[-1]].end] if run else ""


def _closed(reading: Reading, run: list[int]) -> list[int]:
    while run and (reading.items[run[-1]].code == "-" or not _OPENING.isdisjoint(reading.roles(run[-1]))):
        run.pop()
    return run


def _run(reading: Reading, indices: range) -> list[int]:
    kept: list[int] = []
    for index in indices:
        item = reading.items[index]
        if item.code in _BREAKS or item.value is not None:
            break
        limit = _CONTEXT_HAN if is_han(item.key) else _CONTEXT
        if len(kept) >= limit:
            break
        kept.append(index)
    return kept
