"""The reader's clock: quiet hours and digest times in any time zone, through every change of summer time. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from monitor.alerts.criteria import Pace, Quiet, Timing


def is_quiet(moment: datetime, quiet: Quiet | None, zone: tzinfo) -> bool:
    """True if nothing is to be sent at that moment."""
    return quiet is not None and quiet.covers(moment.astimezone(zone).time())


def after_quiet(moment: datetime, quiet: Quiet | None, zone: tzinfo) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in.

    An end that the clock shows twice is the later one; one that it skips is told by the clock of before.
    """
    if quiet is None or not is_quiet(moment, quiet, zone):
        return moment
    local = moment.astimezone(zone)
    over_midnight = quiet.start > quiet.end and local.time() >= quiet.start
    end = _latest(local.date() + timedelta(days=over_midnight), quiet.end, zone)
    return end if end > moment else _latest(local.date() + timedelta(days=1), quiet.end, zone)


def next_digest(moment: datetime, timing: Timing) -> datetime:
    """When the first digest after the moment goes out. Raises ValueError for a pace that has none."""
    if timing.pace is Pace.IMMEDIATE:
        raise ValueError("immediate alerts have no digest")
    day = moment.astimezone(timing.zone).date()
    for ahead in range(9):
        candidate = day + timedelta(days=ahead)
        if timing.pace is Pace.WEEKLY and candidate.weekday() != timing.digest_day:
            continue
        at = _instant(candidate, timing.digest_at, timing.zone, fold=0)
        if at > moment:
            return at
    raise ValueError(f"no day of the week is number {timing.digest_day}")


def _latest(day: date, at: time, zone: tzinfo) -> datetime:
    return max(_instant(day, at, zone, fold=0), _instant(day, at, zone, fold=1))


def _instant(day: date, at: time, zone: tzinfo, *, fold: int) -> datetime:
    return datetime.combine(day, at.replace(fold=fold), tzinfo=zone).astimezone(UTC)
