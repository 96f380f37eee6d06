"""The life of a page as a line of stretches: which version stood from when to when, and what each one changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model.holdings import CaptureRow, VersionRow


class Event(StrEnum):
    """What the beginning of a stretch is."""

    FIRST = "first"
    EDITION = "edition"
    CORRECTION = "correction"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One version as it stood without another in between.

    It was first met at `since` and last met at `until`; the one after it was first met at `ended` (None: it stands).
    `not_before` is when the one before was last met: somewhere between that and `since` it appeared. `summary` is what it
    changed, `captures` how often it was met.
    """

    event: Event
    version: VersionRow
    not_before: datetime | None
    since: datetime
    until: datetime
    ended: datetime | None = None
    captures: int = 1
    summary: Mapping[str, Mapping[str, int]] | None = None

    def stood(self, now: datetime) -> timedelta:
        """How long it is known to have stood; up to now for one that still does."""
        return (self.ended or max(now, self.until)) - self.since


def timeline(
    captures: Sequence[CaptureRow],
    versions: Sequence[VersionRow],
    summaries: Mapping[datetime, Mapping[str, Mapping[str, int]]],
) -> list[Stretch]:
    """The stretches of a page, oldest first; captures that were not the report are passed over.

    `summaries` are those of the comparisons held, by the time of their new side.
    """
    by_number = {row.number: row for row in versions}
    stretches: list[Stretch] = []
    met: set[int] = set()
    runs = _runs([row for row in captures if row.version is not None])
    for place, run in enumerate(runs):
        number = run[0].version
        assert number is not None
        version, before = by_number[number], stretches[-1] if stretches else None
        stretches.append(
            Stretch(
                event=_event(version, before, returned=number in met), version=version,
                not_before=before.until if before else None, since=run[0].captured_at, until=run[-1].captured_at,
                ended=runs[place + 1][0].captured_at if place + 1 < len(runs) else None, captures=len(run),
                summary=summaries.get(run[0].captured_at),
            )
        )  # fmt: skip
        met.add(number)
    return stretches


def _event(version: VersionRow, before: Stretch | None, *, returned: bool) -> Event:
    if before is None:
        return Event.FIRST
    if returned:
        return Event.RETURN
    return Event.EDITION if version.edition != before.version.edition else Event.CORRECTION


def _runs(rows: Sequence[CaptureRow]) -> list[list[CaptureRow]]:
    runs: list[list[CaptureRow]] = []
    for row in rows:
        if runs and runs[-1][0].version == row.version:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs
