"""What was set aside made a version because the operator says that it is the report: read, compared, kept, said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.errors import StoreError
from monitor.model.history import Found
from monitor.model.standing import Standing
from monitor.model.told import Raised, Told
from monitor.runs.examine import Sample

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.model.comparison import Comparison
    from monitor.model.history import SetAside
    from monitor.model.ports import Clock, Examiner, Store
    from monitor.model.target import Page
    from monitor.runs.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What was made a version of its page. `comparison` is what it changed (None: nothing, or there was none before),
    `alerts` counts what was raised."""

    page: Page
    aside: SetAside
    comparison: Comparison | None
    alerts: int


def accept(
    page: Page, aside: SetAside, store: Store, examiner: Examiner, desk: Desk, clock: Clock, *, tell: bool
) -> Accepted:
    """Make what was set aside the base of its page. The change is noted, and sent only if `tell`.

    Raises:
        ReadingError: the bytes are no document. StoreError: they are damaged, or the page was captured anew meanwhile.
    """
    key, now = aside.page, clock.now()
    base = None if aside.base is None else store.snapshot(key, aside.base)
    found = examiner(Sample(new=store.snapshot(key, aside.sha256), base=base, profile=page.profile, accepted=True))
    if found.problem:
        raise StoreError(found.problem)
    assert found.reading.digest is not None
    change, raised = None, tuple[Raised, ...]()
    if found.comparison is not None and base is not None:
        change = Found(old_sha256=base.sha256, comparison=found.comparison)
        returned_to = store.first_seen(key, found.reading.digest)
        raised = desk.about(found.comparison, page.target, now, returned_to=returned_to, silent=not tell)
    told = Told(standings=(_believed(store, page, now),), raised=raised)
    store.acceptance.accept(aside, found.reading, change, told)
    return Accepted(page=page, aside=aside, comparison=found.comparison, alerts=len(raised))


def _believed(store: Store, page: Page, now: datetime) -> Standing:
    """How the page stands once its change is believed; the end of a trouble that was told is told by the next checks."""
    from monitor.alerts.trouble import after_good

    key = page.key
    standing, _ = after_good(store.following.standings([key]).get(key, Standing(page=key, site=page.site)))
    return replace(standing, unaccepted=False, surprised_at=None, changed_at=now, next_at=None)
