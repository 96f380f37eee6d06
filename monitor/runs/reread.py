"""The past read again with today's code: what is read differently is kept and told, and raises no alert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.errors import ReadingError, StoreError
from monitor.model.history import Reading
from monitor.model.quality import Verdict
from monitor.runs.examine import Here, Sample

if TYPE_CHECKING:
    from monitor.model.past_ports import Rereadable
    from monitor.model.ports import Examiner
    from monitor.model.target import Key
    from monitor.runs.backfill import Backfill


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A snapshot that is read differently now: how, in words that say before and after."""

    page: Key
    captured_at: datetime
    sha256: str
    how: tuple[str, ...]


class Reread:
    """Reads pages again. `profiles` are the site profiles where they are configured."""

    def __init__(
        self,
        store: Rereadable,
        backfill: Backfill,
        *,
        profiles: Mapping[Key, str | None] | None = None,
        examiner: Examiner | None = None,
    ) -> None:
        self._store = store
        self._backfill = backfill
        self._profiles = profiles or {}
        self._examine: Examiner = examiner or Here()

    def page(self, page: Key) -> list[Differing]:
        """Read every snapshot of the page again, in order of time, keep what is read now, and compare the line anew where
        it has changed; returns what is read differently. A snapshot whose bytes are damaged keeps its reading."""
        differing = []
        for snapshot, before in self._store.readings(page):
            accepted = before is not None and before.verdict is Verdict.ACCEPTED
            now = self._reading(page, snapshot, accepted=accepted)
            if now is None:
                continue
            how = _differences(before, now)
            if how:
                self._store.replace_reading(page, snapshot, now)
                at = self._store.captured_at(page, snapshot)
                differing.append(Differing(page=page, captured_at=at, sha256=snapshot, how=how))
        self._backfill.mend(page)
        return differing

    def _reading(self, page: Key, sha256: str, *, accepted: bool) -> Reading | None:
        try:
            snapshot = self._store.snapshot(page, sha256)
        except StoreError:
            return None
        try:
            return self._examine(Sample(new=snapshot, profile=self._profiles.get(page), accepted=accepted)).reading
        except ReadingError as error:
            return Reading(verdict=Verdict.UNREADABLE, reason=str(error))


def _differences(before: Reading | None, now: Reading) -> tuple[str, ...]:
    """How two readings differ; nothing for the same. What waits to be believed goes on waiting, and what was
    accepted stays so."""
    if before is None:
        return ("it had not been read",)
    if before.verdict.waits:
        return ()
    found = []
    if before.verdict is not now.verdict:
        found.append(f"verdict {before.verdict}, now {now.verdict}")
    if before.edition != now.edition and now.digest is not None:
        found.append(f"edition {before.edition or 'unknown'}, now {now.edition or 'unknown'}")
    if before.title != now.title and now.digest is not None:
        found.append(f"title “{before.title}”, now “{now.title}”")
    if before.digest is not None and now.digest is not None and not now.digest.startswith(before.digest):
        found.append("its text is read differently")
    return tuple(found)
