"""One run over the pages that are followed: fetch, stop at the hash, read, judge, compare, record, say.

The path of every page. A page that cannot be had stops no other. A page that is not believed to be the report is kept,
and is the base of no comparison. What is to be said of a page is kept with it, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor.errors import MonitorError, ReadingError, RetryableError, StoreError
from monitor.model.capture import Capture, Failure, Fetched, Request, Unmodified, Validators
from monitor.model.history import Found, Held, Reading, Snapshot
from monitor.model.quality import Verdict
from monitor.model.standing import Standing
from monitor.model.told import Raised, Told
from monitor.runs.desk import Desk
from monitor.runs.doubt import Doubt, doubt

if TYPE_CHECKING:
    from monitor.model.comparison import Comparison
    from monitor.model.document import Document
    from monitor.model.ports import Examiner, Fetcher, Planner, Store
    from monitor.model.target import Key, Page
    from monitor.runs.examine import Examination

RELIED = 9
"""Checks in a row that may rest on the server's word; the next one asks for the page itself."""

TRUSTED = timedelta(days=30)


class State(StrEnum):
    """How a page was found."""

    UNCHANGED = "unchanged"
    FIRST = "first"
    CHANGED = "changed"
    SET_ASIDE = "set_aside"
    UNCOMPARED = "uncompared"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run found of one page.

    `document` is the new reading where there was one, `comparison` what changed against the version before it.
    `reason` says why a page was set aside, or a change was not believed until now. `returned_to` is when the version was first seen, if another one stood in
    between. `error` is why it failed, or why it was kept but could not be compared. `alerts` counts what was raised.
    """

    page: Page
    state: State
    at: datetime
    document: Document | None = None
    comparison: Comparison | None = None
    verdict: Verdict = Verdict.REPORT
    reason: str = ""
    returned_to: datetime | None = None
    error: MonitorError | None = None
    alerts: int = 0


def check(
    pages: Sequence[Page], fetcher: Fetcher, store: Store, examiner: Examiner | None = None, desk: Desk | None = None
) -> Iterator[Outcome]:
    """Ask for every page and yield how it was found, in the order of arrival; what is yielded has been recorded.

    Raises:
        StoreError: something cannot be kept; the rest of the run is abandoned.
    """
    checker = Checker(store, examiner, desk)
    yield from checker.resumed(pages)
    for arrived in fetcher.fetch_all(checker.requests([page for page in pages if not checker.has_seen(page)])):
        yield from checker.take(arrived)


class Checker:
    """The path of a page from its arrival to what is kept and said of it."""

    def __init__(
        self, store: Store, examiner: Examiner | None = None, desk: Desk | None = None, planner: Planner | None = None
    ) -> None:
        """`planner` says when a page is due again; without it nothing of that is kept."""
        self._store = store
        self._examiner = examiner
        self._desk = desk or Desk()
        self._planner = planner
        self._held: dict[Key, Held] = {}
        self._standings: dict[Key, Standing] = {}
        self._seen: set[Key] = set()

    def requests(self, pages: Sequence[Page]) -> list[Request]:
        """What to ask for, with what is known of each page."""
        self._know(pages)
        return [Request(page=page, validators=self._validators(page)) for page in pages]

    def resumed(self, pages: Sequence[Page]) -> Iterator[Outcome]:
        """The bodies that had arrived when the program ended, examined now: no site is asked twice for them."""
        captures, hopeless = self._store.following.arrivals(pages)
        self._know([capture.page for capture in (*captures, *hopeless)])
        self._seen |= {capture.page.key for capture in (*captures, *hopeless)}
        for capture in hopeless:
            error = ReadingError("the program ended each time it was read; it is kept for a closer look")
            yield self._set_aside(capture, _unreadable(error), "parser_crash")
        for capture in captures:
            yield self._examined(capture)

    def has_seen(self, page: Page) -> bool:
        """True if the page was among the resumed."""
        return page.key in self._seen

    def take(self, arrived: Sequence[Fetched]) -> Iterator[Outcome]:
        """What has arrived, recorded and told."""
        yield from self._failed([one for one in arrived if isinstance(one, Failure)])
        got = [one for one in arrived if not isinstance(one, Failure)]
        yield from self._unchanged([one for one in got if self._is_same(one)])
        new = [one for one in got if isinstance(one, Capture) and not self._is_same(one)]
        if new:
            self._store.following.keep_arrivals(new)
        for capture in new:
            yield self._examined(capture)

    def _know(self, pages: Sequence[Page]) -> None:
        self._held |= self._store.held(pages)
        self._standings |= self._store.following.standings(page.key for page in pages)

    def _validators(self, page: Page) -> Mapping[str, Validators]:
        """What makes a "not modified" possible; nothing where the server's word alone is not to be had again."""
        held = self._held.get(page.key)
        if held is None or held.verdict.is_doubtful or self._standing(page).distrusted:
            return {}
        stale = held.full_at is not None and held.latest_at - held.full_at >= TRUSTED
        return {} if held.relied >= RELIED or stale else held.validators

    def _is_same(self, fetched: Capture | Unmodified) -> bool:
        """True if the page came with the bytes of its last capture, or was said not to be modified since."""
        if isinstance(fetched, Unmodified):
            return True
        before = self._held.get(fetched.page.key)
        return before is not None and before.latest == fetched.sha256 and not before.verdict.is_doubtful

    def _failed(self, failures: Sequence[Failure]) -> Iterator[Outcome]:
        outcomes, told = [], Told()
        for failure in failures:
            error, at = failure.error, failure.failed_at
            wait = error.retry_after if isinstance(error, RetryableError) else None
            standing, raised = self._after_failure(
                failure.page, error.cause, str(error), at, patient=wait is not None, wait=wait
            )
            told = self._with(told, standing, raised)
            outcomes.append(Outcome(page=failure.page, state=State.FAILED, at=at, error=error, alerts=len(raised)))
        if outcomes:
            self._store.tell(told)
        yield from outcomes

    def _unchanged(self, seen: Sequence[Capture | Unmodified]) -> Iterator[Outcome]:
        if not seen:
            return
        outcomes, told = [], Told()
        for again in seen:
            held = self._held[again.page.key]
            good = held.verdict.is_report
            if good:
                standing, raised = self._after_good(again)
            else:
                standing, raised = self._after_failure(again.page, held.verdict, held.reason, again.captured_at)
            told = self._with(told, standing, raised)
            outcomes.append(
                Outcome(
                    page=again.page, state=State.UNCHANGED if good else State.SET_ASIDE, at=again.captured_at,
                    verdict=held.verdict, reason=held.reason, alerts=len(raised),
                )
            )  # fmt: skip
        self._store.record_unchanged(seen, told)
        yield from outcomes

    def _examined(self, capture: Capture) -> Outcome:
        """New bytes read, judged, compared with the last version, and all of it recorded at once."""
        from monitor.runs.examine import Sample, examine

        key = capture.page.key
        if key in self._held and not self._held[key].verdict.is_report:
            self._know([capture.page])  # somebody may have accepted it while it was asked for
        before = self._held.get(key)
        base, problem = self._base(capture, before)
        earlier = (
            self._store.snapshot(key, before.latest) if before is not None and before.verdict.is_doubtful else None
        )
        sample = Sample(
            new=_snapshot(capture), base=base, doubted=earlier, profile=capture.page.profile,
            base_accepted=before is not None and before.base_accepted,
        )  # fmt: skip
        try:
            found = (self._examiner or examine)(sample)
        except ReadingError as error:
            return self._set_aside(capture, _unreadable(error), getattr(error, "cause", Verdict.UNREADABLE.value))
        if problem:
            found = replace(found, problem=problem)
        if found.version.digest is None:
            return self._set_aside(capture, found.reading, found.reading.verdict, found.document)
        standing = self._standing(capture.page)
        doubted = doubt(found, capture.page, standing, capture.captured_at, self._desk, self._store.following)
        if doubted is not None:
            return self._doubted(capture, found, doubted)
        return self._recorded(capture, replace(found, reading=found.version), base)

    def _base(self, capture: Capture, before: Held | None) -> tuple[Snapshot | None, str]:
        """The version to compare with, or why it cannot be had."""
        if before is None or before.base is None:
            return None, ""
        try:
            return self._store.snapshot(capture.page.key, before.base), ""
        except StoreError as error:
            return None, str(error)

    def _doubted(self, capture: Capture, found: Examination, doubt: Doubt) -> Outcome:
        """Keep a surprising change without believing it; a site on which many surprise is told as one event."""
        page, at = capture.page, capture.captured_at
        unaccepted = doubt.verdict is Verdict.UNACCEPTED
        if unaccepted:
            standing, raised = self._after_good(capture)  # the page can be had: what waits for somebody is no trouble
        else:
            patient = doubt.verdict is Verdict.UNCONFIRMED
            standing, raised = self._after_failure(page, doubt.verdict, doubt.reason, at, patient=patient)
        standing = replace(standing, surprised_at=doubt.since, unaccepted=unaccepted)
        if doubt.redesigned:
            raised += self._desk.redesign(page.site, min(doubt.redesigned.values()), len(doubt.redesigned), at)
        self._record(capture, Reading(verdict=doubt.verdict, reason=doubt.reason), None, standing, raised)
        return Outcome(
            page=page, state=State.SET_ASIDE, at=at, document=found.document, verdict=doubt.verdict,
            reason=doubt.reason, alerts=len(raised),
        )  # fmt: skip

    def _set_aside(self, capture: Capture, reading: Reading, cause: str, document: Document | None = None) -> Outcome:
        standing, raised = self._after_failure(capture.page, cause, reading.reason, capture.captured_at)
        self._record(capture, reading, None, standing, raised)
        return Outcome(
            page=capture.page, state=State.SET_ASIDE, at=capture.captured_at, document=document,
            verdict=reading.verdict, reason=reading.reason, alerts=len(raised),
        )  # fmt: skip

    def _recorded(self, capture: Capture, found: Examination, base: Snapshot | None) -> Outcome:
        """The outcome of a page that is the report, with its alerts in the same transaction."""
        key, at, comparison = capture.page.key, capture.captured_at, found.comparison
        standing, raised = self._after_good(capture)
        outcome = Outcome(
            page=capture.page, state=State.FIRST, at=at, document=found.document, verdict=found.reading.verdict,
            reason=found.surprise, alerts=len(raised),
        )  # fmt: skip
        if found.problem:
            self._record(capture, found.reading, None, standing, raised)
            return replace(outcome, state=State.UNCOMPARED, error=StoreError(found.problem))
        if base is None:
            standing = replace(standing, changed_at=at)
        if comparison is None or base is None:
            self._record(capture, found.reading, None, standing, raised)
            return outcome if base is None else replace(outcome, state=State.UNCHANGED)
        assert found.reading.digest is not None
        returned_to = self._store.first_seen(key, found.reading.digest)
        raised += self._desk.about(comparison, key[0], at, returned_to=returned_to)
        change = Found(old_sha256=base.sha256, comparison=comparison)
        self._record(capture, found.reading, change, replace(standing, changed_at=at), raised)
        return replace(outcome, state=State.CHANGED, comparison=comparison, returned_to=returned_to, alerts=len(raised))

    def _record(
        self, capture: Capture, reading: Reading, found: Found | None, standing: Standing, raised: tuple[Raised, ...]
    ) -> None:
        held = self._held.get(capture.page.key)
        if held is not None and _lied(capture, held):
            standing = replace(standing, distrusted=True)
        standing = self._planned(standing, capture.captured_at)
        self._store.record(capture, reading, found, self._with(Told(), standing, raised))

    def _after_failure(
        self, page: Page, cause: str, detail: str, at: datetime, *, patient: bool = False, wait: float | None = None
    ) -> tuple[Standing, tuple[Raised, ...]]:
        from monitor.alerts.trouble import after_failure

        standing, began = after_failure(self._standing(page), str(cause), at, patient=patient)
        raised = self._desk.trouble(standing, page, at, detail=detail, ended=False) if began else ()
        return self._planned(standing, at, wait), raised

    def _after_good(self, fetched: Capture | Unmodified) -> tuple[Standing, tuple[Raised, ...]]:
        before = self._standing(fetched.page)
        if before.unaccepted:
            before = replace(before, unaccepted=False, surprised_at=None)
        standing, raised = before, tuple[Raised, ...]()
        if not before.is_clean:
            from monitor.alerts.trouble import after_good

            standing, ended = after_good(before)
            if ended:
                raised = self._desk.trouble(before, fetched.page, fetched.captured_at, detail="", ended=True)
        if fetched.moved_to and fetched.moved_to != standing.moved_to:
            raised += self._desk.moved(fetched.page, fetched.moved_to, fetched.captured_at)
            standing = replace(standing, moved_to=fetched.moved_to)
        return self._planned(standing, fetched.captured_at), raised

    def _with(self, told: Told, standing: Standing, raised: tuple[Raised, ...]) -> Told:
        """What is to be kept, with one page more; a standing that has not changed costs nothing."""
        differs = standing != self._standings.get(standing.page) and (not standing.is_pristine or self._planner)
        self._standings[standing.page] = standing
        standings = (*told.standings, standing) if differs else told.standings
        return Told(standings=standings, raised=(*told.raised, *raised))

    def _planned(self, standing: Standing, at: datetime, wait: float | None = None) -> Standing:
        if self._planner is None:
            return standing
        return replace(standing, next_at=self._planner(standing, at, wait))

    def _standing(self, page: Page) -> Standing:
        kept = self._standings.get(page.key)
        return kept if kept is not None else Standing(page=page.key, site=page.site)


def _lied(capture: Capture, held: Held) -> bool:
    """True if the page changed although its server still gives it the validators of before."""
    known = held.validators.get(capture.url)
    return known is not None and capture.sha256 != held.latest and capture.validators == known


def _unreadable(error: ReadingError) -> Reading:
    return Reading(verdict=Verdict.UNREADABLE, reason=str(error))


def _snapshot(capture: Capture) -> Snapshot:
    return Snapshot(
        target=capture.page.target,
        language=capture.page.language,
        sha256=capture.sha256,
        content=capture.content,
        url=capture.url,
        media_type=capture.header("content-type"),
        captured_at=capture.captured_at,
    )
