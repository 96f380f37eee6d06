"""New bytes of a page read, judged and compared with the version before: what a check finds out, without a store.

Pure, and the part that hostile pages reach: it may run in a process of its own (see `model.ports.Examiner`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from monitor.errors import ReadingError
from monitor.model.history import Reading, Snapshot

if TYPE_CHECKING:
    from monitor.model.comparison import Comparison
    from monitor.model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was made of new bytes.

    `comparison` is what changed against the base (None: nothing, or there is none), `problem` why the base could not be
    read. `surprise` says why the change should be seen twice, `agrees` whether the doubted snapshot reads the same.
    """

    reading: Reading
    document: Document | None = None
    comparison: Comparison | None = None
    problem: str = ""
    surprise: str = ""
    agrees: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The bytes to be examined, the last version before them, and the one that a second look is to confirm."""

    new: Snapshot
    base: Snapshot | None = None
    doubted: Snapshot | None = None
    profile: str | None = None


def examine(sample: Sample) -> Examination:
    """Read, judge and compare.

    The base is read again, so that a better extractor never looks like an edit.

    Raises:
        ReadingError: the new bytes are no document.
    """
    from monitor.runs.reading import digest_of, reading_of

    document = _read(sample.new, sample.profile)
    reading = reading_of(document)
    found = Examination(reading=reading, document=document)
    if reading.digest is None or sample.base is None:
        return found
    try:
        old = _read(sample.base, sample.profile)
    except ReadingError as error:
        return replace(found, problem=str(error))
    if digest_of(old) == reading.digest:
        return replace(found, reading=replace(reading, same_as=sample.base.sha256))
    return _compared(found, old, sample)


@lru_cache(maxsize=2)
def _read(snapshot: Snapshot, profile: str | None) -> Document:
    """The last two are at hand: in a line of versions the new one is the base of the next."""
    from monitor.runs.reading import read_snapshot

    return read_snapshot(snapshot, profile)


def _compared(found: Examination, old: Document, sample: Sample) -> Examination:
    from monitor.alerts.redesign import surprise
    from monitor.diff.comparison import compare

    assert found.document is not None
    assert sample.base is not None
    comparison = compare(old, found.document)
    if not comparison.changed and old.edition == found.document.edition:
        return replace(found, reading=replace(found.reading, same_as=sample.base.sha256))
    told = surprise(comparison)
    agrees = bool(told) and sample.doubted is not None and _reads_as(sample.doubted, found.reading, sample.profile)
    return replace(found, comparison=comparison, surprise=told, agrees=agrees)


def _reads_as(doubted: Snapshot, reading: Reading, profile: str | None) -> bool:
    from monitor.runs.reading import digest_of, read_snapshot

    try:
        return digest_of(read_snapshot(doubted, profile)) == reading.digest
    except ReadingError:
        return False


class Here:
    """Examines in this very process: for documents that are trusted, and for tests."""

    def __call__(self, sample: Sample) -> Examination:
        """See `examine`."""
        return examine(sample)
