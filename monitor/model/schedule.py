"""How often pages are looked at, as values."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The part of the year from one (month, day) up to and with another, in which pages are looked at so often."""

    start: tuple[int, int]
    end: tuple[int, int]
    every: timedelta

    def covers(self, moment: datetime) -> bool:
        """True if the moment, in the schedule's zone, lies in it."""
        day = (moment.month, moment.day)
        if self.start <= self.end:
            return self.start <= day <= self.end
        return day >= self.start or day <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How often pages are looked at.

    `every` an interval, or at the times of `cron` by the clock of `zone`; more often in `seasons`. A page that has not
    changed for `relax_after` is looked at every `relax_to` only, except in a season. `own` holds (every, cron) of
    targets that have their own. `port` is where the daemon answers how it is.
    """

    every: timedelta = timedelta(days=1)
    cron: str | None = None
    zone: tzinfo = UTC
    seasons: tuple[Season, ...] = ()
    relax_after: timedelta | None = None
    relax_to: timedelta = timedelta(weeks=1)
    port: int | None = None
    own: tuple[tuple[str, timedelta | None, str | None], ...] = ()

    def of(self, target: str) -> tuple[timedelta, str | None]:
        """The interval and the cron expression of a target; its own come first, an interval before a cron of all."""
        for name, every, cron in self.own:
            if name == target:
                return every or self.every, cron if every is None or cron else None
        return self.every, self.cron

    def season(self, moment: datetime) -> Season | None:
        """The season that the moment lies in, the one with the most looks first."""
        local = moment.astimezone(self.zone)
        return min((s for s in self.seasons if s.covers(local)), key=lambda season: season.every, default=None)
