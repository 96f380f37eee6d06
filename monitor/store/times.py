"""Times as the store keeps them: microseconds since 1970 in UTC."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def as_microseconds(time: datetime) -> int:
    """An aware time as a whole number of microseconds."""
    return (time - _EPOCH) // _MICROSECOND


def as_time(microseconds: int) -> datetime:
    """The aware time in UTC that `as_microseconds` was given."""
    return _EPOCH + microseconds * _MICROSECOND
