"""The reader's clock, through every change of summer time."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts.clock import after_quiet, is_quiet, next_digest
from monitor.alerts.criteria import Pace, Quiet, Timing

PARIS, NEW_YORK, LORD_HOWE = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")
ZONES = st.sampled_from([PARIS, NEW_YORK, LORD_HOWE, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Africa/Casablanca"), UTC])
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
CHANGES = [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC),
           datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)]  # fmt: skip
MOMENTS = st.builds(
    lambda moment, minutes: moment + timedelta(minutes=minutes),
    st.sampled_from(CHANGES),
    st.one_of(st.integers(-1_800, 1_800), st.integers(-1_000_000, 1_000_000)),
)


@settings(deadline=None)
@given(MOMENTS, TIMES, TIMES, ZONES)
def test_what_quiet_hours_hold_comes_soon_after_them(moment: datetime, start: time, end: time, zone: tzinfo) -> None:
    quiet = Quiet(start=start, end=end)

    sent = after_quiet(moment, quiet, zone)

    assert not is_quiet(sent, quiet, zone)
    assert timedelta(0) <= sent - moment <= timedelta(hours=26)
    if not is_quiet(moment, quiet, zone):
        assert sent == moment


@settings(deadline=None)
@given(MOMENTS, TIMES, ZONES, st.sampled_from([Pace.DAILY, Pace.WEEKLY]), st.integers(0, 6))
def test_digests_follow_each_other_by_the_day_or_week(
    moment: datetime, at: time, zone: tzinfo, pace: Pace, day: int
) -> None:
    timing = Timing(pace=pace, digest_at=at, digest_day=day, zone=zone)

    first = next_digest(moment, timing)
    second = next_digest(first, timing)

    step = timedelta(days=7 if pace is Pace.WEEKLY else 1)
    assert moment < first <= moment + step + timedelta(hours=2)
    assert abs(second - first - step) <= timedelta(hours=2)
    assert pace is Pace.DAILY or first.astimezone(zone).weekday() == day


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-10T22:30+00:00", "2026-01-11T06:00+00:00"),
        ("2026-01-11T05:59+00:00", "2026-01-11T06:00+00:00"),
        ("2026-01-11T06:00+00:00", "2026-01-11T06:00+00:00"),
        ("2026-03-28T23:30+00:00", "2026-03-29T05:00+00:00"),
        ("2026-10-24T22:30+00:00", "2026-10-25T06:00+00:00"),
    ],
)
def test_a_night_in_paris(moment: str, expected: str) -> None:
    quiet = Quiet(start=time(22), end=time(7))

    assert after_quiet(datetime.fromisoformat(moment), quiet, PARIS) == datetime.fromisoformat(expected)


def test_an_end_that_the_clock_shows_twice_is_the_later_one() -> None:
    quiet = Quiet(start=time(1), end=time(2, 30))

    assert after_quiet(datetime(2026, 10, 25, 0, 10, tzinfo=UTC), quiet, PARIS) == datetime(
        2026, 10, 25, 1, 30, tzinfo=UTC
    )


def test_equal_ends_mean_no_quiet_hours() -> None:
    assert not is_quiet(datetime(2026, 1, 1, tzinfo=UTC), Quiet(start=time(0), end=time(0)), UTC)


def test_immediate_alerts_have_no_digest() -> None:
    with pytest.raises(ValueError, match="no digest"):
        next_digest(datetime(2026, 1, 1, tzinfo=UTC), Timing())
