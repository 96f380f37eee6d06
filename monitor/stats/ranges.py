"""Ranges: between 200 and 300, from 10 to 15 years, 3–5, two or three, 60 to 70 %."""

from monitor.stats import numerals
from monitor.stats.reading import Number, Quantity, Reading

_RANGE_UNITS = frozenset({"percent", "duration", "age", "measure", "money"})


def ranged(reading: Reading, found: Quantity) -> Quantity:
    """The range that begins with this number, or the number itself."""
    step = found.last
    unit = reading.roles(step).keys() & _RANGE_UNITS if reading.at(step).code != "-" else set()
    if unit or (reading.at(step).code == "-" and "to" in reading.roles(step + 1)):
        step += 1
    upper_at = _upper(reading, found, step)
    if upper_at is None:
        return found
    spoken = reading.at(step).code != "-" and "or" not in reading.at(step).roles
    upper = reading.numeral(upper_at, joined=True)
    low = found.value
    if upper is None or not isinstance(low, int | float):
        return found
    if unit and unit.isdisjoint(reading.roles(upper.end)):
        return found
    low = low * _shared_scale(reading, low, upper_at, upper)
    if not low < upper.value or (reading.at(upper_at).value is not None and _is_dangling(reading, upper.end)):
        return found
    return found._replace(
        first=_range_opening(reading, found.number) if spoken else found.first,
        last=upper.end,
        value=(low, upper.value),
    )


def _is_dangling(reading: Reading, end: int) -> bool:
    """Whether the second number goes on as something else (2-1-0)."""
    return reading.at(end).code == "-" and reading.at(end).glued and reading.at(end + 1).value is not None


def _upper(reading: Reading, found: Quantity, step: int) -> int | None:
    """The item where the upper end of a range begins, if one does."""
    infix = reading.at(step)
    opening = _opening(reading, found.number)
    if infix.code == "-":
        tight = reading.at(step + 1).glued == infix.glued
        return reading.skip_articles(step + 1) if tight and (infix.glued or infix.key == "~") else None
    if "and" in infix.roles and opening == "between":
        return reading.skip_articles(step + 1)
    ranging = "to" in infix.roles and (opening == "from" or "range_to" in infix.roles)
    if ranging and (opening == "between" or not reading.is_change(found.number)):
        return reading.skip_articles(step + 1 + (reading.at(step + 1).code == "-"))
    if "or" in infix.roles and _is_small_step(reading, found, step + 1):
        return step + 1
    return None


def _is_small_step(reading: Reading, found: Quantity, upper_at: int) -> bool:
    """Two or three, 10 or 12: alternatives close to each other, without a unit between them."""
    upper = reading.numeral(upper_at)
    low = found.value
    if upper is None or not isinstance(low, int | float) or upper_at != found.last + 1:
        return False
    return low < upper.value <= 2 * low


def _opening(reading: Reading, number: int) -> str:
    index = _range_opening(reading, number)
    roles = reading.roles(index)
    return "between" if "between" in roles else "from" if index < number and "from" in roles else ""


def _range_opening(reading: Reading, number: int) -> int:
    for before in range(number - 1, max(-1, number - 4), -1):
        roles = reading.roles(before)
        if roles.keys() & {"between", "from"}:
            return before
        if not roles.keys() & {"clear", "sign"}:
            break
    return number


def opens_between(reading: Reading, index: int) -> bool:
    return any("between" in reading.roles(before) for before in (index - 1, index - 2))


def _shared_scale(reading: Reading, low: Number, upper_at: int, upper: numerals.Numeral) -> Number:
    """Two to three million: the scale word belongs to both."""
    first = reading.at(upper_at).value or reading.roles(upper_at).get("number") or reading.roles(upper_at).get("digit")
    if _is_short_for_thousands(reading, low, upper_at):
        return 1000
    if not isinstance(first, int | float) or not 0 < low < first < 1000 or upper.end == upper_at + 1:
        return 1
    scale = upper.value / first
    return int(scale) if scale >= 100 and scale == int(scale) else 1


def _is_short_for_thousands(reading: Reading, low: Number, upper_at: int) -> bool:
    """Whether the thousands of the second number are meant for the first: 3–4,000."""
    upper = reading.at(upper_at).value
    if reading.at(upper_at - 1).code != "-" or not isinstance(upper, int) or upper % 1000:
        return False
    return low < upper // 1000 < 10 * low
