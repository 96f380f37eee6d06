"""A clock that stands until it is moved."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Its time is `time`."""

    def __init__(self, time: datetime = datetime(2024, 4, 1, 12, tzinfo=UTC)) -> None:
        self.time = time

    def now(self) -> datetime:
        """The time."""
        return self.time

    def pass_by(self, **span: float) -> None:
        """Let time pass: minutes=5."""
        self.time += timedelta(**span)
