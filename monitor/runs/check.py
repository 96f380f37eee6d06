"""One run over the pages that are followed: fetch, stop at the hash, read, judge, compare, record.

The path of every page. A page that cannot be had stops no other, and a page that is not the report is kept but never
becomes the base of a comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor.errors import MonitorError, ReadingError, StoreError
from monitor.model.capture import Capture, Failure, Request, Unmodified, Validators
from monitor.model.history import Found, Held, Reading, Snapshot
from monitor.model.quality import Verdict

if TYPE_CHECKING:
    from monitor.model.comparison import Comparison
    from monitor.model.document import Document
    from monitor.model.ports import Fetcher, Store
    from monitor.model.target import Key, Page


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
    `reason` says why a page was set aside. `returned_to` is when the version was first seen, if another one stood in
    between. `error` is why it failed, or why it was kept but could not be compared.
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


def check(pages: Sequence[Page], fetcher: Fetcher, store: Store) -> Iterator[Outcome]:
    """Ask for every page and yield how it was found, in the order of arrival; what is yielded has been recorded.

    Raises:
        StoreError: something cannot be kept; the rest of the run is abandoned.
    """
    held = store.held(pages)
    requests = [Request(page=page, validators=_validators(held.get(_key(page)))) for page in pages]
    for arrived in fetcher.fetch_all(requests):
        store.record_unchanged([again for again in arrived if not isinstance(again, Failure) and _is_same(again, held)])
        for fetched in arrived:
            before = held.get(_key(fetched.page))
            if isinstance(fetched, Failure):
                yield Outcome(page=fetched.page, state=State.FAILED, at=fetched.failed_at, error=fetched.error)
            elif before is not None and _is_same(fetched, held):
                yield _as_before(fetched, before)
            elif isinstance(fetched, Capture):
                yield _examined(fetched, before, store)


def _key(page: Page) -> Key:
    return (page.target, page.language)


def _validators(held: Held | None) -> Mapping[str, Validators]:
    return held.validators if held else {}


def _is_same(fetched: Capture | Unmodified, held: Mapping[Key, Held]) -> bool:
    """True if the page came with the bytes of its last capture, or was said not to be modified since."""
    if isinstance(fetched, Capture):
        before = held.get(_key(fetched.page))
        return before is not None and before.latest == fetched.sha256
    return True


def _as_before(fetched: Capture | Unmodified, before: Held) -> Outcome:
    state = State.UNCHANGED if before.verdict is Verdict.REPORT else State.SET_ASIDE
    return Outcome(page=fetched.page, state=state, at=fetched.captured_at, verdict=before.verdict, reason=before.reason)


def _examined(capture: Capture, before: Held | None, store: Store) -> Outcome:
    """Read new bytes, judge them, compare them with the last version, and record all of it at once."""
    from monitor.runs.reading import read_snapshot, reading_of

    outcome = Outcome(page=capture.page, state=State.FIRST, at=capture.captured_at)
    try:
        document = read_snapshot(_snapshot(capture), capture.page.profile)
    except ReadingError as error:
        return _set_aside(capture, Reading(verdict=Verdict.UNREADABLE, reason=str(error)), outcome, store)
    reading = reading_of(document)
    outcome = replace(outcome, document=document)
    if reading.digest is None:
        return _set_aside(capture, reading, outcome, store)
    if before is None or before.base is None:
        store.record(capture, reading)
        return outcome
    return _compared(capture, reading, before.base, outcome, store)


def _set_aside(capture: Capture, reading: Reading, outcome: Outcome, store: Store) -> Outcome:
    store.record(capture, reading)
    return replace(outcome, state=State.SET_ASIDE, verdict=reading.verdict, reason=reading.reason)


def _compared(capture: Capture, reading: Reading, base: str, outcome: Outcome, store: Store) -> Outcome:
    """The outcome against the base, which is read again, so that a better extractor never looks like an edit."""
    from monitor.diff.comparison import compare
    from monitor.runs.reading import digest_of, read_snapshot

    document = outcome.document
    assert document is not None
    try:
        old = read_snapshot(store.snapshot(_key(capture.page), base), capture.page.profile)
    except (ReadingError, StoreError) as error:
        store.record(capture, reading)
        return replace(outcome, state=State.UNCOMPARED, error=error)
    comparison = None if digest_of(old) == reading.digest else compare(old, document)
    if comparison is None or not comparison.changed:
        store.record(capture, replace(reading, same_as=base))
        return replace(outcome, state=State.UNCHANGED)
    returned_to = store.record(capture, reading, Found(old_sha256=base, comparison=comparison))
    return replace(outcome, state=State.CHANGED, comparison=comparison, returned_to=returned_to)


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
