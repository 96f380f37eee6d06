"""What a rule may ask for: which events, which part of them, told to whom, when and in which words. Values only."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from monitor.model.alert import EventKind
from monitor.model.comparison import ChangeClass
from monitor.model.statistic import StatisticKind

ABOUT_THE_REPORT = (
    EventKind.REVISION, EventKind.EDITION, EventKind.TRANSLATION_LAG, EventKind.TRANSLATION_DISAGREEMENT,
)  # fmt: skip
"""What a rule hears of that names no kinds. A return is only noted for a rule that does not name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a changed statistic must fulfil: everything that is given here. With nothing given any change does.

    `by` is the least difference (percentages: in points), `by_share` the least difference as a share of the old value
    (0.1: by a tenth), `rises_above` and `falls_below` a threshold that the value crosses. A statistic that came or
    went, or is stated without a number, fulfils none of these four. `counted` are phrases of which one must stand in
    what is counted; `kinds` narrow to those kinds.
    """

    by: float | None = None
    by_share: float | None = None
    rises_above: float | None = None
    falls_below: float | None = None
    counted: tuple[str, ...] = ()
    kinds: tuple[StatisticKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much text a change must touch: words, and the share of the larger document's words (0…1)."""

    words: int = 0
    share: float = 0.0


class Pace(StrEnum):
    """How soon an alert is told."""

    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours of the reader's day in which nothing is sent: from `start` up to `end`, over midnight if `end` is first."""

    start: time
    end: time

    def covers(self, moment: time) -> bool:
        """True if nothing is sent at that time of day."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a rule's alerts are told, by the clock of `zone`.

    A digest goes out at `digest_at`, a weekly one on `digest_day` (0 is Monday). `at_most` messages go to one
    channel within an hour, the rest is rolled up into one. An immediate alert waits for `gather`, so that the other
    languages (or the other targets in the same trouble) come with it.
    """

    pace: Pace = Pace.IMMEDIATE
    digest_at: time = time(8)
    digest_day: int = 0
    quiet: Quiet | None = None
    zone: tzinfo = UTC
    at_most: int | None = None
    gather: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which events reach whom. An empty tuple asks for nothing in particular: any will do.

    `targets` are names in which `*` and `?` stand for anything. `topics` are names of the taxonomy and `sections`
    headings, also with `*` and `?`; a change counts if its section is one of either. Of what is left, a change must
    be of one of the `classes` or a statistic fulfil one of the `statistics`; if only one of the two is given, that
    one decides. `smallest` holds for changes, not for statistics that were asked for.
    """

    name: str
    channels: tuple[str, ...]
    targets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[EventKind, ...] = ABOUT_THE_REPORT
    topics: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    classes: tuple[ChangeClass, ...] = ()
    statistics: tuple[Condition, ...] = ()
    smallest: Size = Size()
    timing: Timing = Timing()
    wording: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of an event beside the comparison.

    `returned_to` is when the version was first seen if it had gone since (A→B→A). `behind_since` is set for a
    translation that has not followed the other side, which changed at that moment.
    """

    target: str
    title: str
    now: datetime
    returned_to: datetime | None = None
    behind_since: datetime | None = None
