"""What bounds a number: at least, more than, up to, around; before it and after it. Also the interval that follows."""

from monitor.model.statistic import Magnitude, Qualifier, Value
from monitor.stats.reading import Quantity, Reading

_REACH = 6
_NEAR = 2
_NUMBERS = frozenset({"number", "magnitude", "whole"})
_UNITS = frozenset({"percent", "money", "duration", "measure", "times"})
_OPENS_NEXT = frozenset({"number", "digit", "place", "before", "magnitude", "whole", "percent_before", "and"})
_APPROXIMATION = 0.1
_BOUNDS = frozenset(Qualifier) - {Qualifier.APPROX, Qualifier.EXACT}
_MAGNITUDES: dict[Magnitude, tuple[int, int | None]] = {
    Magnitude.FEW: (2, 9),
    Magnitude.SEVERAL: (2, 20),
    Magnitude.TENS: (20, 99),
    Magnitude.HUNDREDS: (200, 999),
    Magnitude.THOUSANDS: (2_000, 9_999),
    Magnitude.TENS_OF_THOUSANDS: (20_000, 99_999),
    Magnitude.HUNDREDS_OF_THOUSANDS: (200_000, 999_999),
    Magnitude.MILLIONS: (2_000_000, None),
}

Bound = int | float | None


def qualified(reading: Reading, found: Quantity, floor: int) -> tuple[Qualifier, int, int]:
    """The qualifier of a quantity, and the items from where to where (exclusive) the two stretch.

    Nothing before item `floor` is looked at: it belongs to the quantity before.
    """
    before, first = _before(reading, found, floor)
    after, last = _after(reading, found, free=before not in _BOUNDS)
    return _strongest(before, after, found.qualifier), first, last


def _strongest(*said: Qualifier | None) -> Qualifier:
    """Of several bounds the one that says most: a bound before an approximation (at least some 20)."""
    bounds = [one for one in said if one in _BOUNDS]
    if bounds:
        return bounds[0]
    return Qualifier.APPROX if Qualifier.APPROX in said else Qualifier.EXACT


def _before(reading: Reading, found: Quantity, floor: int) -> tuple[Qualifier | None, int]:
    qualifier: Qualifier | None = None
    first = found.first
    for index in range(found.first - 1, max(floor - 1, found.first - 1 - _REACH), -1):
        roles = reading.roles(index)
        said = _said(reading, index, found)
        if said is not None:
            qualifier = _strongest(said, qualifier) if qualifier else said
            first = index
        elif "only" in roles and first < found.first:
            first = index
        elif "clear" not in roles:
            break
    return qualifier, first


def _said(reading: Reading, index: int, found: Quantity) -> Qualifier | None:
    roles = reading.roles(index)
    if "goal" in roles and not isinstance(found.value, tuple):
        return None if _follows_change(reading, index) else Qualifier.AT_MOST
    return Qualifier(str(roles["before"])) if "before" in roles else None


def _follows_change(reading: Reading, index: int) -> bool:
    """ "Rose to", "до" after a verb of change: what is reached is exact."""
    for before in range(index - 1, max(-1, index - 14), -1):
        if reading.at(before).code in ";\n":
            return False
        if reading.roles(before).keys() & {"change", "multiplier"}:
            return True
    return False


def _after(reading: Reading, found: Quantity, *, free: bool) -> tuple[Qualifier | None, int]:
    roles = reading.roles(found.last)
    said = roles.get("after") or roles.get("trailing")
    if said and not _opens_next(reading, found.last, free=free):
        return Qualifier(str(said)), found.last + 1
    for index in range(found.last, min(found.last + _REACH, len(reading.items))):
        roles = reading.roles(index)
        if "trailing" in roles and not _opens_next(reading, index, free=free and index <= found.last + _NEAR):
            return Qualifier(str(roles["trailing"])), index + 1
        if reading.items[index].value is not None or roles.keys() & _OPENS_NEXT:
            break
        if not reading.items[index].key[:1].isalpha() and reading.items[index].key != "'":
            break
    return None, found.last


def _opens_next(reading: Reading, index: int, *, free: bool) -> bool:
    """Whether what could bound the number before bounds the next one: "in 39 cities at least 20 people".

    If the number before is `free`, near and without a bound, a preposition opens something new: "264 personas al menos
    en nueve ciudades"; but not before a number with a unit: "9 регионах минимум на 20 %".
    """
    following = index + 1
    while "clear" in reading.roles(following):
        following += 1
    if reading.at(following).value is None and _NUMBERS.isdisjoint(reading.roles(following)):
        return False
    if not free or "preposition" not in reading.roles(index + 1):
        return True
    numeral = reading.numeral(following)
    return numeral is not None and not _UNITS.isdisjoint(reading.roles(numeral.end))


def bounds(value: Value | None, magnitude: Magnitude | None, qualifier: Qualifier) -> tuple[Bound, Bound]:
    """The lowest and the highest real number that the wording allows; None where it is open.

    "Around" is taken as a tenth up and down; a magnitude as its order (dozens: 20 to 99; millions, the
    greatest, have no end).
    """
    low: Bound
    high: Bound
    if value is None:
        low, high = _MAGNITUDES[magnitude] if magnitude is not None else (None, None)
    elif isinstance(value, tuple):
        low, high = value
    else:
        low = high = value
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return low, None
    if qualifier in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
        return None, high
    if qualifier is Qualifier.APPROX and low is not None and high is not None and value is not None:
        return _rounded(low - abs(low) * _APPROXIMATION), _rounded(high + abs(high) * _APPROXIMATION)
    return low, high


def _rounded(number: int | float) -> int | float:
    number = round(number, 6)
    return int(number) if number == int(number) else number
