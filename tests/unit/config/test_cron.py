"""Cron expressions: what is taken, and what the calendar makes of it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from monitor.config.checks import Wrong
from monitor.config.cron import DAYS, cron, passed_over
from monitor.daemon import next_slot

LONDON = ZoneInfo("Europe/London")


def slots(expression: str, after: str, count: int, zone: ZoneInfo = LONDON) -> list[str]:
    """The next times of an expression, by the clock of the zone."""
    at = datetime.fromisoformat(after).replace(tzinfo=zone)
    found = []
    for _ in range(count):
        at = next_slot(expression, zone, at)
        found.append(f"{at.astimezone(zone):%Y-%m-%d %H:%M %z}")
    return found


def test_a_time_that_the_clock_shows_twice_is_met_twice() -> None:
    assert slots("30 1 * * *", "2026-10-24T12:00", 3) == [
        "2026-10-25 01:30 +0100", "2026-10-25 01:30 +0000", "2026-10-26 01:30 +0000",
    ]  # fmt: skip


def test_a_time_that_the_clock_skips_is_an_hour_later_on_that_day() -> None:
    assert slots("30 1 * * *", "2026-03-28T12:00", 2) == ["2026-03-29 02:30 +0100", "2026-03-30 01:30 +0100"]


def test_an_hour_in_the_morning_stays_the_same_hour_over_the_change() -> None:
    assert slots("0 6 * * *", "2026-10-24T00:00", 3) == [
        "2026-10-24 06:00 +0100", "2026-10-25 06:00 +0000", "2026-10-26 06:00 +0000",
    ]  # fmt: skip


def test_months_that_lack_a_day_are_passed_over() -> None:
    assert slots("0 6 31 * *", "2026-01-31T12:00", 2) == ["2026-03-31 06:00 +0100", "2026-05-31 06:00 +0100"]


def test_the_year_ends_and_goes_on() -> None:
    assert slots("0 6 * * thu", "2026-12-31T12:00", 1) == ["2027-01-07 06:00 +0000"]


def test_days_are_those_named() -> None:
    for number, day in enumerate(DAYS):
        at = next_slot(f"0 9 * * {day}", UTC, datetime(2026, 1, 1, tzinfo=UTC))
        assert at.weekday() == number


def test_a_day_of_the_month_and_one_of_the_week_have_both_to_hold() -> None:
    assert slots("0 6 13 * fri", "2026-01-01T00:00", 1) == ["2026-02-13 06:00 +0000"]


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("0 6 31 * *", "skips month 2, 4, 6, 9, 11: there is no such day"),
        ("0 6 30 * *", "skips month 2: there is no such day"),
        ("0 6 29-31 2 *", "comes in leap years only"),
        ("0 6 29 2,3 *", "skips month 2: there is no such day"),
        ("0 6 28,31 * *", ""),
        ("0 6 31 1,3 *", ""),
        ("0 6 */10 * *", ""),
        ("0 6 * * mon", ""),
    ],
)
def test_a_day_that_some_months_lack_is_remarked(expression: str, told: str) -> None:
    assert cron(expression) == expression
    assert passed_over(expression) == told


def field(low: int, high: int) -> some.SearchStrategy[str]:
    """What somebody might write into a field."""
    number = some.integers(low, high).map(str)
    step = some.integers(1, 99).map(lambda n: f"/{n}") | some.just("")
    span = some.tuples(number, number).map("-".join)
    return some.tuples(some.just("*") | number | span, step).map("".join)


_days = some.lists(some.lists(some.sampled_from(DAYS), min_size=1, max_size=3).map("-".join), min_size=1, max_size=2)


@given(some.tuples(field(0, 59), field(0, 23), field(1, 31), field(1, 12), some.just("*") | _days.map(",".join)))
def test_whatever_is_taken_has_a_next_time(fields: tuple[str, ...]) -> None:
    try:
        expression = cron(" ".join(fields))
    except Wrong:
        return
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert start < next_slot(expression, UTC, start)
    assert isinstance(passed_over(expression), str)


def test_a_schedule_is_taken_over_by_the_second() -> None:
    at = datetime(2026, 1, 1, 6, tzinfo=UTC)
    assert next_slot("0 6 * * *", UTC, at) == at + timedelta(days=1)
