"""Whether a number is meant as a number, and not as an article, a name, a year, a score or another word that is spelled
alike."""

from monitor.model.statistic import Qualifier
from monitor.stats import numerals
from monitor.stats.blockers import YEARS, is_year
from monitor.stats.fractions import ratio
from monitor.stats.lexer import Item
from monitor.stats.reading import Number, Reading
from monitor.stats.vocabulary import Payload

_TELLING = frozenset({"percent", "money", "duration", "measure", "times", "person", "age"})
_OPENING_QUOTES, _CLOSING_QUOTES = frozenset("\"'«“„"), frozenset("\"'»”“")
_COUNTING = _TELLING | {"counter", "tenths", "parts_of", "myriad", "fold", "between_unit"}


def is_meant(reading: Reading, index: int, numeral: numerals.Numeral) -> bool:
    """Whether a number is meant at all, and not an article, a name, a year or a homograph."""
    item = reading.items[index]
    if _is_whole_text(reading, index, numeral.end):
        return item.code != "y"
    if _is_score(reading, index):
        return False
    if item.value is not None:
        return _are_digits_meant(reading, index, numeral.end)
    if _is_name(reading, index, numeral.end) or _is_spoken_year(reading, index, numeral):
        return False
    if numeral.end == index + 1:
        return _is_lone_word_meant(reading, index, item)
    if _is_spelled_out(reading, index, numeral):
        return bool(_COUNTING & reading.roles(numeral.end).keys())
    return not (_is_year_value(numeral.value) and "year_before" in reading.roles(index - 1))


def _are_digits_meant(reading: Reading, index: int, end: int) -> bool:
    """Whether digits are meant as a number, and not as a year, a day or the tail of a name."""
    if end > index + 1:
        return True
    if is_year(reading.items, index):
        return _is_counted(reading, index, end)
    return not (_is_day(reading, index) or _is_numbered_name(reading, index))


def _is_day(reading: Reading, index: int) -> bool:
    """Whether a number is a day of the month all by itself: le 5, el 12."""
    if "day_article" not in reading.roles(index - 1) or reading.at(index).code != "d" or reading.at(index).value == 1:
        return False
    following = reading.at(index + 1)
    return following.roles.keys().isdisjoint(_TELLING | {"and", "or", "to"}) and following.code != "-"


def _is_numbered_name(reading: Reading, index: int) -> bool:
    """Whether a number ends a name: Radio 1, «Канал 5», Pier 39 – a capital before it, nothing counted behind it."""
    name, before, following = reading.at(index - 1), reading.at(index - 2), reading.at(index + 1)
    if not _is_capital_inside(reading, index - 1) or name.roles or reading.at(index).code not in "dn":
        return False
    if before.key in _OPENING_QUOTES:
        return following.key in _CLOSING_QUOTES
    if following.key[:1].isalpha() and following.roles.keys().isdisjoint({"and", "or"}):
        return False
    return following.roles.keys().isdisjoint(_TELLING | {"after"})


def _is_score(reading: Reading, index: int) -> bool:
    """Whether digits stand against other digits as in a score (5-3)."""
    for first in (index, index - 2):
        one, dash, other = reading.at(first), reading.at(first + 1), reading.at(first + 2)
        if dash.code == "-" and dash.glued and other.glued and one.value is not None and other.value is not None:
            return one.code == other.code == "d" and one.value >= other.value
    return False


def _is_whole_text(reading: Reading, index: int, end: int) -> bool:
    """Whether nothing but the number stands in the text."""
    return index == 0 and (
        end == len(reading.items) or (end == len(reading.items) - 1 and reading.at(end).code in ";.")
    )


def _is_spoken_year(reading: Reading, index: int, numeral: numerals.Numeral) -> bool:
    """Whether two numbers in words stand side by side as in nineteen eighty-four, or this is the tail of the second."""
    if reading.vocabulary.positional:
        return False
    if reading.at(index - 1).code == "-" and reading.at(index).glued and "number" in reading.roles(index - 2):
        return True
    before = reading.roles(index - 1).get("number")
    if before is not None:
        return _may_open_year(before) and 1 <= numeral.value < 100 and not _TELLING & _next_roles(reading, numeral.end)
    if not _may_open_year(numeral.value) or "number" not in reading.roles(numeral.end):
        return False
    second = reading.numeral(numeral.end)
    return second is not None and 1 <= second.value < 100 and not _TELLING & _next_roles(reading, second.end)


def _is_spelled_out(reading: Reading, index: int, numeral: numerals.Numeral) -> bool:
    """Whether Han digits stand side by side without a place: the name of a day (五一) unless something is counted."""
    return numeral.upper is None and all("digit" in reading.roles(place) for place in range(index, numeral.end))


def _may_open_year(value: Payload) -> bool:
    return isinstance(value, int) and 10 <= value <= 21


def _next_roles(reading: Reading, index: int) -> set[str]:
    """The roles of the item after a number, a hyphen passed over."""
    return set(reading.roles(index + 1 if reading.at(index).code == "-" else index))


def _is_lone_word_meant(reading: Reading, index: int, item: Item) -> bool:
    following, roles = reading.at(index + 1), item.roles
    if "homograph" in roles:
        return False
    if roles.get("number", roles.get("digit")) == 1 and (
        _opens_alternative(reading, index) or _is_stressed(reading, index)
    ):
        return True
    if "one_article" in roles:
        return reading.numeral(index + 1) is None and _is_one_meant(reading, index)
    if "one_noun" in roles:
        return (
            reading.has_qualifier(index)
            or reading.is_plain_noun(following)
            or "part" in following.roles
            or ratio(reading, index + 1, 1) is not None
            or (following.code == "-" and reading.roles(index + 2).keys() & _TELLING != set())
        )
    if "before_noun" in roles:
        return (
            reading.has_qualifier(index)
            or reading.is_plain_noun(following)
            or bool(following.roles.keys() & _TELLING)
            or _goes_on_to_more(reading, index)
        )
    if "before_counter" in roles:
        if "range_to" in following.roles and reading.numeral(index + 2) is not None:
            return True
        return bool(following.roles.keys() & _COUNTING) and (
            item.roles.get("digit") != 1 or _is_one_meant(reading, index)
        )
    return True


def _goes_on_to_more(reading: Reading, index: int) -> bool:
    """Whether a homograph of a number is listed with a greater one: neuf et 13 ans."""
    own, second = reading.numeral(index), reading.numeral(index + 2)
    listed = not reading.roles(index + 1).keys().isdisjoint({"and", "or", "to"})
    return listed and own is not None and second is not None and own.value < second.value


def _opens_alternative(reading: Reading, index: int) -> bool:
    """Whether "one" goes on as in one or two, один-два."""
    between = reading.at(index + 1)
    if between.code != "-" and between.roles.keys().isdisjoint({"or", "range_to"}):
        return False
    second = reading.numeral(index + 2)
    if second is None:
        return False
    return second.value in (2, 3) or ("range_to" in between.roles and bool(_TELLING & reading.roles(second.end).keys()))


def _is_stressed(reading: Reading, index: int) -> bool:
    """Whether "one" is said to be the only one."""
    return any("only" in reading.roles(near) for near in (index - 2, index - 1, index + 1))


def _is_one_meant(reading: Reading, index: int) -> bool:
    if reading.has_qualifier(index) or reading.half_follows(index + 1) or reading.half_follows(index + 2):
        return True
    following = reading.roles(index + 1)
    if "one_person" in following:
        return True
    if "duration" in following and ("duration_one" in following or _is_sentence_term(reading, index)):
        return True
    if reading.goes_on_in_smaller_unit(index + 1):
        return True
    return ratio(reading, index + 1, 1) is not None


def _is_sentence_term(reading: Reading, index: int) -> bool:
    """Whether a duration of "a year" is a prison term."""
    return any("prison" in reading.roles(after) for after in (index + 2, index + 3, index + 4))


def _is_counted(reading: Reading, index: int, end: int) -> bool:
    """Whether something beside four plain digits says that they count something."""
    following, before = reading.roles(end), reading.roles(index - 1)
    if (following.keys() & _TELLING and not reading.at(end).capital) or "money" in before:
        return True
    if "year_only" in reading.roles(index - 2):
        return False
    if _ranges_to_no_year(reading, end):
        return True
    if (
        reading.vocabulary.years_marked
        and reading.is_plain_noun(reading.at(end))
        and not _is_capital_inside(reading, index - 1)
    ):
        return True
    return "before" in before and before["before"] != Qualifier.EXACT and "year_before" not in before


def _is_capital_inside(reading: Reading, index: int) -> bool:
    """Whether a word has a capital though it does not open a sentence."""
    return reading.at(index).capital and index > 0 and reading.at(index - 1).code not in ";.:-("


def _ranges_to_no_year(reading: Reading, end: int) -> bool:
    """Whether four digits open a range whose other end is no year: 2000–2500."""
    if reading.at(end).code != "-" and reading.roles(end).keys().isdisjoint({"to", "and"}):
        return False
    lower, upper = reading.at(end - 1).value, reading.at(reading.skip_articles(end + 1))
    before = reading.roles(end - 2).keys()
    if lower is None or upper.value is None or ("year_before" in before and before.isdisjoint({"between", "from"})):
        return False
    return lower < upper.value <= 10 * lower and not _is_year_value(upper.value)


def _is_name(reading: Reading, index: int, end: int) -> bool:
    """Whether a capital number word inside a sentence is part of a name (the Seven Sisters)."""
    item = reading.items[index]
    if not item.capital or index == 0 or reading.at(index - 1).code in ";.:-(" or reading.at(index - 1).key in "\"'«“":
        return False
    if reading.roles(index - 1).keys() & {"link", "article"}:
        return True
    return reading.at(end).capital or not reading.is_plain_noun(reading.at(end))


def _is_year_value(value: Number) -> bool:
    return isinstance(value, int) and value in YEARS
