"""What settings of rules, channels and schedules may be, beside the plain ones of `checks`."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from monitor.config.checks import Check, Wrong

_DURATION = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,2})?) ?(s|m|h|d|w)")
_UNITS = {
    "s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}  # fmt: skip
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def duration(low: str, high: str) -> Check:
    """A length of time such as "6h", from `low` to `high`."""
    least, most = _parsed(low), _parsed(high)

    def check(value: object) -> timedelta:
        found = _parsed(value) if isinstance(value, str) else None
        if found is None or least is None or most is None or not least <= found <= most:
            raise Wrong(f'a length of time from {low} to {high}, such as "90s", "30m", "6h", "1d" or "2w"')
        return found

    return check


def _parsed(value: str) -> timedelta | None:
    match = _DURATION.fullmatch(value.strip())
    return float(match[1]) * _UNITS[match[2]] if match else None


def clock(value: object) -> time:
    """A time of day."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise Wrong('a time of day in quotes, such as "08:00"')
    return time(int(match[1]), int(match[2]))


def hours(value: object) -> tuple[time, time]:
    """Two times of day with a dash in between."""
    parts = value.replace("–", "-").split("-") if isinstance(value, str) else []
    try:
        start, end = (clock(part.strip()) for part in parts)
    except ValueError as error:
        raise Wrong('two times of day, such as "22:00-07:00"') from error
    if start == end:
        raise Wrong("two different times of day")
    return start, end


def weekday(value: object) -> int:
    """The name of a day: 0 is Monday."""
    if not isinstance(value, str) or value.lower() not in _DAYS:
        raise Wrong('the name of a day, such as "monday"')
    return _DAYS.index(value.lower())


def day_of_year(value: object) -> tuple[int, int]:
    """A month and a day."""
    match = _DAY_OF_YEAR.fullmatch(value) if isinstance(value, str) else None
    expected = 'a month and a day, such as "04-15"'
    if match is None:
        raise Wrong(expected)
    month, day = int(match[1]), int(match[2])
    try:
        datetime(2024, month, day)  # noqa: DTZ001  # only whether the calendar knows the day
    except ValueError as error:
        raise Wrong(expected) from error
    return month, day


def zone(value: object) -> tzinfo:
    """A time zone by its name."""
    from zoneinfo import ZoneInfo

    expected = 'the name of a time zone, such as "Europe/London" or "UTC"'
    if not isinstance(value, str) or not value or value.startswith(("/", ".")):
        raise Wrong(expected)
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise Wrong(expected) from error


def one_of(kind: type[StrEnum], *, without: tuple[str, ...] = ()) -> Check:
    """One of a closed set of words."""
    words = [member.value for member in kind if member.value not in without]

    def check(value: object) -> StrEnum:
        if value not in words:
            raise Wrong(_nearest_of(value, words))
        return kind(value)

    return check


def listed(check: Check, expected: str = "") -> Check:
    """A list of what the check lets pass, each once."""

    def check_all(value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise Wrong(expected or "a list, in [ ]")
        found = []
        for entry in value:
            try:
                found.append(check(entry))
            except Wrong as wrong:
                raise Wrong(str(wrong), found=entry if wrong.found is None else wrong.found) from wrong
        return tuple(dict.fromkeys(found))

    return check_all


def among(words: Callable[[], list[str]]) -> Check:
    """One of words that are only looked up when somebody uses one."""

    def check(value: object) -> str:
        known = words()
        if value not in known:
            raise Wrong(_nearest_of(value, known))
        return str(value)

    return check


def whole(low: int, high: int) -> Check:
    """A whole number."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Wrong(f"a whole number from {low} to {high}")
        return value

    return check


def _nearest_of(value: object, words: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(value), words, 1)
    return near[0] if near else f"one of {', '.join(words)}"
