from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.schedule import Schedule, Season
from monitor.model.standing import Standing
from monitor.runs.planning import BACK_OFF, Plan

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
GOOD = Standing(page=("veland", "en"))
HOUR = timedelta(hours=1)


def slots(expression: str, zone: tzinfo, after: datetime) -> datetime:
    return after + timedelta(minutes=7)


def plan(**values: object) -> Plan:
    return Plan(schedule=Schedule(**values), slots=slots)  # type: ignore[arg-type]


@given(name=st.text("abcdefgh-", min_size=1), hours=st.integers(1, 200), minutes=st.integers(0, 10**6))
def test_a_good_page_is_due_half_to_one_and_a_half_intervals_later(name: str, hours: int, minutes: int) -> None:
    every = hours * HOUR
    at = NOW + timedelta(minutes=minutes)
    due = plan(every=every)(replace(GOOD, page=(name, "en")), at, None)
    assert every / 2 <= due - at <= 1.5 * every


def test_looks_follow_each_other_by_exactly_the_interval() -> None:
    made = plan(every=6 * HOUR)
    first = made(GOOD, NOW, None)
    assert made(GOOD, first + timedelta(seconds=20), None) == first + 6 * HOUR


def test_the_languages_of_a_target_are_due_together_and_targets_are_spread() -> None:
    made = plan(every=24 * HOUR)
    assert made(GOOD, NOW, None) == made(replace(GOOD, page=("veland", "ar")), NOW, None)
    times = {made(replace(GOOD, page=(f"t{n}", "en")), NOW, None) for n in range(48)}
    hours = {int((time - NOW) / HOUR) for time in times}
    assert len(times) == 48
    assert len(hours) > 12


@pytest.mark.parametrize("failures", range(1, 7))
def test_failures_back_off_step_by_step(failures: int) -> None:
    due = plan()(replace(GOOD, failures=failures, cause="timeout"), NOW, None)
    step = BACK_OFF[min(failures, len(BACK_OFF)) - 1]
    assert 0.9 * step <= due - NOW <= 1.1 * step


def test_a_retry_after_is_kept_to_up_to_a_week() -> None:
    failed = replace(GOOD, failures=1, cause="status")
    assert timedelta(seconds=120) <= plan()(failed, NOW, 120.0) - NOW <= timedelta(seconds=150)
    assert plan()(failed, NOW, 1e9) - NOW < timedelta(days=9)


def test_a_site_that_refuses_is_asked_a_quarter_as_often() -> None:
    due = plan(every=24 * HOUR)(replace(GOOD, failures=1, cause="blocked"), NOW, None)
    assert 3.6 * 24 * HOUR <= due - NOW <= 4.4 * 24 * HOUR


def test_a_page_that_is_not_the_report_gets_a_second_look_after_six_hours_then_a_day() -> None:
    made = plan(every=24 * HOUR)
    first, second = (made(replace(GOOD, failures=n, cause="maintenance"), NOW, None) - NOW for n in (1, 2))
    assert 5.4 * HOUR <= first <= 6.6 * HOUR
    assert 21 * HOUR <= second <= 27 * HOUR


def test_a_surprise_is_looked_at_again_when_it_can_be_believed() -> None:
    made = Plan(schedule=Schedule(), slots=slots, confirm_after=3 * HOUR)
    assert made(replace(GOOD, failures=1, cause="unconfirmed"), NOW, None) == NOW + 3 * HOUR


def test_a_season_has_more_looks_by_the_clock_of_the_zone() -> None:
    season = Season(start=(4, 15), end=(5, 31), every=3 * HOUR)
    made = plan(every=24 * HOUR, seasons=(season,), zone=ZoneInfo("Asia/Tokyo"))
    before = datetime(2026, 4, 14, 14, 59, tzinfo=UTC)
    assert made(GOOD, before, None) - before > 4.5 * HOUR
    assert made(GOOD, before + timedelta(minutes=1), None) - before <= 4.6 * HOUR


def test_a_season_may_run_over_new_year() -> None:
    season = Season(start=(12, 20), end=(1, 10), every=HOUR)
    days = {day: season.covers(datetime(2026, *day, tzinfo=UTC)) for day in ((12, 19), (12, 20), (1, 10), (1, 11))}
    assert days == {(12, 19): False, (12, 20): True, (1, 10): True, (1, 11): False}


def test_a_page_that_never_changes_is_looked_at_less_often_except_in_season() -> None:
    season = Season(start=(4, 1), end=(4, 30), every=2 * HOUR)
    made = plan(every=24 * HOUR, relax_after=timedelta(days=60), relax_to=timedelta(days=7), seasons=(season,))
    idle = replace(GOOD, changed_at=NOW - timedelta(days=90))
    assert made(idle, NOW, None) - NOW >= timedelta(days=3.5)
    assert made(replace(idle, changed_at=NOW - timedelta(days=9)), NOW, None) - NOW <= timedelta(days=1.5)
    assert made(idle, datetime(2026, 4, 5, tzinfo=UTC), None) <= datetime(2026, 4, 5, 3, tzinfo=UTC)


def test_cron_is_asked_where_it_is_configured_and_a_target_may_have_its_own() -> None:
    made = plan(cron="0 6 * * *", own=(("veland", 2 * HOUR, None), ("norland", None, "30 5 * * mon")))
    assert made(replace(GOOD, page=("other", "en")), NOW, None) == NOW + timedelta(minutes=7)
    assert HOUR <= made(GOOD, NOW, None) - NOW <= 3 * HOUR
    assert made(replace(GOOD, page=("norland", "en")), NOW, None) == NOW + timedelta(minutes=7)


@pytest.mark.parametrize(
    "stands", [GOOD, replace(GOOD, failures=2, cause="timeout"), replace(GOOD, failures=1, cause="blocked")]
)
@pytest.mark.parametrize("hours", [0, 1, 5, 23, 24 * 40])
def test_to_be_looked_at_later_never_makes_a_page_due_sooner(stands: Standing, hours: int) -> None:
    for made in (plan(every=6 * HOUR), plan(cron="0 6 31 * *")):
        assert made(stands, NOW, None) <= made(stands, NOW + hours * HOUR, None)
