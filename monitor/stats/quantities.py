"""Items into quantities: the numbers of a text, each completed by its range, its unit and its kind. What bounds a number
(at least, around) is the business of `qualifiers`; which numbers are none, that of `blockers`."""

from collections.abc import Callable

from monitor.model.statistic import Magnitude, Qualifier, StatisticKind
from monitor.stats.digits import FRACTIONS
from monitor.stats.fractions import fraction, rated, whole
from monitor.stats.meaning import is_meant
from monitor.stats.numerals import BEGINNINGS
from monitor.stats.ranges import opens_between, ranged
from monitor.stats.reading import Number, Quantity, Reading, as_number
from monitor.stats.units import as_age, half_more, occasions, signed, times, with_unit
from monitor.stats.vocabulary import Payload


def quantity(reading: Reading, index: int) -> Quantity | None:
    """The quantity whose number begins at `index`, or None."""
    item = reading.items[index]
    if (item.value is None and _BEGINNINGS.isdisjoint(item.roles)) or index in reading.blocked:
        return None
    plain = _number(reading, index)
    if plain is not None:
        return _completed(reading, plain)
    return _said_otherwise(reading, index)


def _number(reading: Reading, index: int) -> Quantity | None:
    roles = reading.roles(index)
    if "percent_before" in roles:
        return _percent_before(reading, index)
    numeral = reading.numeral(index, joined=not opens_between(reading, index))
    if numeral is None or not is_meant(reading, index, numeral):
        return None
    if numeral.upper is not None:
        return Quantity(first=index, number=index, last=numeral.end, value=(numeral.value, numeral.upper))
    found = Quantity(
        first=index, number=index, last=numeral.end, value=numeral.value,
        qualifier=Qualifier.MORE_THAN if numeral.open else None,
    )  # fmt: skip
    return _grouped(reading, found)


def _percent_before(reading: Reading, index: int) -> Quantity | None:
    numeral = reading.numeral(index + 1)
    if numeral is None:
        return None
    return Quantity(
        first=index, number=index, last=numeral.end, value=numeral.value, kind=StatisticKind.PERCENT, unit="percent",
        qualifier=Qualifier.MORE_THAN if numeral.open else None,
    )  # fmt: skip


def _grouped(reading: Reading, found: Quantity) -> Quantity:
    """Two dozen, three hundreds."""
    group = reading.roles(found.last).get("group")
    if group is None or not isinstance(found.value, int | float):
        return found
    return found._replace(value=found.value * float(group) // 1, last=found.last + 1, qualifier=Qualifier.APPROX)


def _said_otherwise(reading: Reading, index: int) -> Quantity | None:
    roles = reading.roles(index)
    found = (read(reading, index, roles[role]) for role, read in _SAID_OTHERWISE.items() if role in roles)
    return next((quantity for quantity in found if quantity is not None), None)


def _multiplier(reading: Reading, index: int, payload: Payload) -> Quantity | None:
    """A word that multiplies; a number of times after it says it exactly (تضاعف ثلاث مرات)."""
    if "bounded" in reading.roles(index) and not reading.has_qualifier(index):
        return None
    found = _word(index, as_number(payload), kind=StatisticKind.MULTIPLIER)
    for start in range(index + 1, index + 4):
        numeral = reading.numeral(start)
        if numeral is not None and "times" in reading.roles(numeral.end):
            return found._replace(value=numeral.value, last=numeral.end + 1)
    return found


def _occasions(reading: Reading, index: int, payload: Payload) -> Quantity:
    return occasions(reading, index, as_number(payload))


def _approximate(reading: Reading, index: int, payload: Payload) -> Quantity:
    return with_unit(reading, _word(index, as_number(payload))._replace(qualifier=Qualifier.APPROX))


def _upwards(reading: Reading, index: int, payload: Payload) -> Quantity:
    """上百: a hundred and more."""
    return with_unit(reading, _word(index, as_number(payload))._replace(qualifier=Qualifier.AT_LEAST))


def _whole(reading: Reading, index: int, payload: Payload) -> Quantity | None:
    return whole(reading, index, as_number(payload))


def _if_bounded(reading: Reading, index: int, payload: Payload) -> Quantity | None:
    """Более тысячи, более тысячи трёхсот."""
    if not reading.has_qualifier(index):
        return None
    found, hundreds = _word(index, as_number(payload)), reading.numeral(index + 1)
    if hundreds is not None and reading.at(index + 1).value is None and 100 <= hundreds.value < as_number(payload):
        found = found._replace(last=hundreds.end, value=as_number(payload) + hundreds.value)
    return with_unit(reading, found)


def _magnitude(reading: Reading, index: int, payload: Payload) -> Quantity:
    return with_unit(reading, _word(index, None)._replace(magnitude=Magnitude(str(payload))))


def _word(index: int, value: Number | None, kind: StatisticKind = StatisticKind.COUNT) -> Quantity:
    return Quantity(first=index, number=index, last=index + 1, value=value, kind=kind)


def _parts_before(reading: Reading, index: int, payload: Payload) -> Quantity | None:
    """十分之三: three of ten parts."""
    above = reading.numeral(index + 1)
    is_tail = reading.at(index).glued and reading.at(index - 1).code in "wW"
    if is_tail or above is None or not above.value < as_number(payload):
        return None
    found = _word(index, above.value / as_number(payload), kind=StatisticKind.FRACTION)
    return found._replace(last=above.end)


def _single(reading: Reading, index: int, _payload: Payload) -> Quantity | None:
    """A year and eight months: one year, for the months that go on from it; not "three days a year"."""
    noun = index if "duration" in reading.roles(index) else index + 1
    if reading.roles(index - 1).keys() & {"article", "duration"} or not reading.goes_on_in_smaller_unit(noun):
        return None
    found = _word(index, 1, kind=StatisticKind.DURATION)
    return found._replace(last=noun + 1, unit=str(reading.roles(noun)["duration"]))


def _age_ordinal(reading: Reading, index: int, payload: Payload) -> Quantity | None:
    """سن الخامسة: the age of five, said as the fifth."""
    first = index - ("article" in reading.roles(index - 1))
    if "age_before" not in reading.roles(first - 1):
        return None
    return _word(index, as_number(payload), kind=StatisticKind.AGE)._replace(first=first, unit="year")


def _dual(reading: Reading, index: int, payload: Payload) -> Quantity | None:
    """An Arabic dual: the noun itself says two."""
    roles = reading.roles(index)
    if (
        "article" in reading.roles(index - 1)
        or reading.at(index + 1).code in "yd"
        or reading.roles(index + 1).get("number") == 2
    ):
        return None
    found = _word(index, as_number(payload))
    if "duration" in roles:
        found = found._replace(kind=StatisticKind.DURATION, unit=str(roles["duration"]))
        return half_more(reading, as_age(reading, found))
    if "money" in roles:
        found = found._replace(kind=StatisticKind.MONEY, unit=str(roles["money"]))
    if "times" in roles:
        return times(reading, found._replace(last=index))
    return found


_SAID_OTHERWISE: dict[str, Callable[[Reading, int, Payload], Quantity | None]] = {
    "multiplier": _multiplier, "occasions": _occasions, "approximate": _approximate, "upwards": _upwards, "whole": _whole, "dual": _dual,
    "parts_before": _parts_before, "single": _single, "age_ordinal": _age_ordinal,
    "if_bounded": _if_bounded, "magnitude": _magnitude,
}  # fmt: skip
_BEGINNINGS = BEGINNINGS | _SAID_OTHERWISE.keys() | {"percent_before"}


def _completed(reading: Reading, found: Quantity) -> Quantity | None:
    part = fraction(reading, found)
    if part is not None:
        return part
    if not isinstance(found.value, tuple):
        found = ranged(reading, found)
    found = with_unit(reading, half_more(reading, found))
    if found.kind is StatisticKind.COUNT and found.value == FRACTIONS.get(reading.at(found.number).key):
        found = found._replace(kind=StatisticKind.FRACTION)
    return rated(reading, signed(reading, found))
