"""What was taken in out of the past, put into the line of its page: read, judged, compared with its neighbours.

Works page by page in order of capture time, a transaction for each capture. Broken off at any moment, it goes on where
it was. No alert is made of the past unless a desk is given to say them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor.errors import ReadingError, StoreError
from monitor.model.history import Found, Reading
from monitor.model.past import Fate, Placed
from monitor.model.quality import Verdict
from monitor.model.told import Told
from monitor.runs.examine import Here, Sample

if TYPE_CHECKING:
    from monitor.model.comparison import Comparison
    from monitor.model.past import Staged
    from monitor.model.past_ports import PastStore
    from monitor.model.ports import Clock, Examiner
    from monitor.model.target import Key
    from monitor.runs.desk import Desk
    from monitor.runs.examine import Examination


class Backfill:
    """Places what waits in the store. `profiles` are the site profiles of pages where they are configured."""

    def __init__(
        self,
        store: PastStore,
        *,
        profiles: Mapping[Key, str | None] | None = None,
        examiner: Examiner | None = None,
        desk: Desk | None = None,
        clock: Clock | None = None,
    ) -> None:
        """With a `desk` (and its `clock`) changes of the past raise alerts, as if they had been found now."""
        self._store = store
        self.profiles = profiles or {}
        self.examiner: Examiner = examiner or Here()
        self._desk = desk
        self._clock = clock

    def waiting(self) -> Sequence[Key]:
        """The pages that something waits for to be placed or compared."""
        return self._store.waiting()

    def fill(self, pages: Iterable[Key] | None = None) -> Iterator[Placed]:
        """Place everything that waits, of these pages or of all, and yield what became of each; it has been recorded.

        Raises:
            StoreError: something cannot be kept; what is left waits for the next time.
        """
        for page in self._store.waiting(pages):
            for staged in self._store.staged(page):
                yield self._placed(page, staged)
            self.mend(page)

    def mend(self, page: Key) -> int:
        """Compare the neighbours in the line of the page that have not been compared, and forget comparisons of those
        that are none any more; returns how many could not be compared."""
        tried: set[tuple[int, int]] = set()
        hopeless = 0
        while fresh := [pair for pair in self._store.gaps(page) if pair not in tried]:
            tried.add(fresh[0])
            hopeless += not self._closed(page, fresh[0])
        self._store.mended(page)
        return hopeless

    def _placed(self, page: Key, staged: Staged) -> Placed:
        at = staged.snapshot.captured_at
        accepted = staged.aside is not None and staged.aside.verdict is Verdict.ACCEPTED
        if staged.known or (staged.aside is not None and not accepted):
            self._store.place(staged, None if staged.known else staged.aside)
            return Placed(page=page, captured_at=at, fate=Fate.KEPT)
        found, reading = self._examined(page, staged, accepted=accepted)
        if reading.digest is None and staged.only_report:
            self._store.drop(staged)
            return Placed(page=page, captured_at=at, fate=Fate.SKIPPED, reason=reading.verdict.value)
        comparison = found.comparison if found and reading.digest is not None else None
        change, told = self._change(page, comparison)
        self._store.place(staged, reading, change, told)
        return Placed(page=page, captured_at=at, fate=Fate.KEPT, comparison=comparison)

    def _examined(self, page: Key, staged: Staged, *, accepted: bool) -> tuple[Examination | None, Reading]:
        sample = Sample(new=staged.snapshot, profile=self.profiles.get(page), accepted=accepted)
        with suppress(StoreError):  # the version before is damaged: what is placed stands without a comparison
            sample = replace(sample, base=self._store.before(page, staged.snapshot.captured_at))
        try:
            found = self.examiner(sample)
        except ReadingError as error:
            return None, Reading(verdict=Verdict.UNREADABLE, reason=str(error))
        return found, found.reading

    def _closed(self, page: Key, pair: tuple[int, int]) -> bool:
        try:
            gap = self._store.gap(page, pair)
            found = self.examiner(Sample(new=gap.new, base=gap.old, profile=self.profiles.get(page), accepted=True))
        except (ReadingError, StoreError):
            return False
        if found.problem or found.reading.digest is None:
            return False
        change, told = self._change(page, found.comparison)
        self._store.close_gap(page, pair, change, told)
        return True

    def _change(self, page: Key, comparison: Comparison | None) -> tuple[Found | None, Told]:
        if comparison is None:
            return None, Told()
        told = Told()
        if self._desk is not None and self._clock is not None:
            told = Told(raised=self._desk.about(comparison, page[0], self._clock.now()))
        return Found(old_sha256=comparison.old.sha256, comparison=comparison), told
