"""Cron expressions: five fields, numbers and days of the week by name, and what the calendar makes of them."""

import re
from calendar import monthrange

from monitor.config.checks import Wrong

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12))
_PART = re.compile(r"(?:\*|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:/([1-9][0-9]?))?")
_COMMON_YEAR, _LEAP_YEAR = 2023, 2024


def cron(value: object) -> str:
    """Five fields of cron; days of the week by name only, since programs number them differently."""
    fields = value.split(" ") if isinstance(value, str) else []
    if len(fields) != len(_FIELDS) + 1:
        raise Wrong('five fields: minute, hour, day, month, day of the week, such as "30 6 * * mon-fri"')
    for field, (name, low, high) in zip(fields, _FIELDS, strict=False):
        if not all(_numbers(part, low, high) for part in field.split(",")):
            raise Wrong(f"in the field of the {name} *, numbers from {low} to {high}, 1-5 or */2", found=field)
    if fields[4] != "*" and not all(map(_is_span_of_days, fields[4].split(","))):
        raise Wrong(
            "in the last field *, or days by name (mon … sun, sat-sun, in this order): programs number the days"
            " differently",
            found=fields[4],
        )
    expression = str(value)
    if _months_without(expression, _LEAP_YEAR) == _field(expression, 3):
        raise Wrong("a day that comes in one of the months", found=f"{fields[2]} {fields[3]}")
    return expression


def passed_over(expression: str) -> str:
    """A remark on the months in which an expression has none of its days; empty if there are none."""
    missed = _months_without(expression, _COMMON_YEAR)
    if missed == _field(expression, 3):
        return "comes in leap years only"
    return f"skips month {', '.join(map(str, missed))}: there is no such day" if missed else ""


def _months_without(expression: str, year: int) -> list[int]:
    """The months of an expression that have none of its days in that year."""
    first = _field(expression, 2)[0]
    return [month for month in _field(expression, 3) if first > monthrange(year, month)[1]]


def _field(expression: str, place: int) -> list[int]:
    _, low, high = _FIELDS[place]
    return sorted({n for part in expression.split(" ")[place].split(",") for n in _numbers(part, low, high)})


def _numbers(part: str, low: int, high: int) -> range:
    """The numbers that a part of a field stands for; none if it is nothing that a schedule can be made of."""
    match = _PART.fullmatch(part)
    if match is None:
        return range(0)
    first, last, step = (None if number is None else int(number) for number in match.groups())
    start = low if first is None else first
    end = last if last is not None else high if first is None or step else start
    if not low <= start <= end <= high or (step is not None and step > end - start):
        return range(0)
    return range(start, end + 1, step or 1)


def _is_span_of_days(part: str) -> bool:
    days = part.split("-")
    known = len(days) <= 2 and all(day in DAYS for day in days)
    return known and DAYS.index(days[0]) <= DAYS.index(days[-1])
