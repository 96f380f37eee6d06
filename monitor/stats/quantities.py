"""Items into quantities: the numbers of a text, each completed by its range, its unit and its kind. What bounds a number
(at least, around) is the business of `qualifiers`; which numbers are none, that of `blockers`."""

from monitor.model.statistic import Magnitude, Qualifier, StatisticKind
from monitor.stats.fractions import fraction, rated, whole
from monitor.stats.meaning import is_meant
from monitor.stats.ranges import opens_between, ranged
from monitor.stats.reading import Quantity, Reading, as_number
from monitor.stats.units import as_age, half_more, occasions, signed, times, with_unit
from monitor.stats.vocabulary import Payload


def quantity(reading: Reading, index: int) -> Quantity | None:
    """The quantity whose number begins at `index`, or None."""
    if index in reading.blocked or not (reading.items[index].roles or reading.items[index].value is not None):
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
    if "multiplier" in roles and ("bounded" not in roles or reading.has_qualifier(index)):
        return _multiplier(reading, index, roles["multiplier"])
    if "occasions" in roles:
        return occasions(reading, index, as_number(roles["occasions"]))
    if "approximate" in roles:
        value = as_number(roles["approximate"])
        return with_unit(
            reading, Quantity(first=index, number=index, last=index + 1, value=value, qualifier=Qualifier.APPROX)
        )
    if "whole" in roles:
        return whole(reading, index, as_number(roles["whole"]))
    if "dual" in roles:
        return _dual(reading, index)
    if "if_bounded" in roles and reading.has_qualifier(index):
        return with_unit(
            reading, Quantity(first=index, number=index, last=index + 1, value=as_number(roles["if_bounded"]))
        )
    if "magnitude" in roles:
        magnitude = Magnitude(str(roles["magnitude"]))
        return with_unit(reading, Quantity(first=index, number=index, last=index + 1, value=None, magnitude=magnitude))
    return None


def _multiplier(reading: Reading, index: int, payload: Payload) -> Quantity:
    """A word that multiplies; a number of times after it says it exactly (تضاعف ثلاث مرات)."""
    found = Quantity(first=index, number=index, last=index + 1, value=as_number(payload), kind=StatisticKind.MULTIPLIER)
    for start in range(index + 1, index + 4):
        numeral = reading.numeral(start)
        if numeral is not None and "times" in reading.roles(numeral.end):
            return found._replace(value=numeral.value, last=numeral.end + 1)
    return found


def _dual(reading: Reading, index: int) -> Quantity | None:
    """An Arabic dual: the noun itself says two."""
    roles = reading.roles(index)
    if (
        "article" in reading.roles(index - 1)
        or reading.at(index + 1).code in "yd"
        or reading.roles(index + 1).get("number") == 2
    ):
        return None
    found = Quantity(first=index, number=index, last=index + 1, value=as_number(roles["dual"]))
    if "duration" in roles:
        found = found._replace(kind=StatisticKind.DURATION, unit=str(roles["duration"]))
        return half_more(reading, as_age(reading, found))
    if "times" in roles:
        return times(reading, found._replace(last=index))
    return found


def _completed(reading: Reading, found: Quantity) -> Quantity | None:
    part = fraction(reading, found)
    if part is not None:
        return part
    if not isinstance(found.value, tuple):
        found = ranged(reading, found)
    found = with_unit(reading, half_more(reading, found))
    return rated(reading, signed(reading, found))
