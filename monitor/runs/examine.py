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

    `believed` is the reading of a page that is not the report, and may have become what it is for good. `comparison` is
    what changed against the base (None: nothing, or there is none), `problem` why the base could not be read. `surprise`
    says why the change should be seen twice, `agrees` whether the doubted snapshot reads the same.
    """

    reading: Reading
    document: Document | None = None
    comparison: Comparison | None = None
    problem: str = ""
    believed: Reading | None = None
    surprise: str = ""
    agrees: bool = False

    @property
    def version(self) -> Reading:
        """The reading, such as it is if it is believed."""
        return self.believed or self.reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The bytes to be examined, the last version before them, and the one that a second look is to confirm.

    `accepted` says that they are a version whatever they are taken for, `base_accepted` that the base was one so.
    """

    new: Snapshot
    base: Snapshot | None = None
    doubted: Snapshot | None = None
    profile: str | None = None
    accepted: bool = False
    base_accepted: bool = False


def examine(sample: Sample) -> Examination:
    """Read, judge and compare.

    The base is read again, so that a better extractor never looks like an edit. What is said against the new bytes is
    no objection if it was said against the base as well, and that was accepted.

    Raises:
        ReadingError: the new bytes are no document.
    """
    from monitor.runs.reading import reading_of

    document = _read(sample.new, sample.profile)
    old, problem = _base(sample)
    verdict = document.quality.verdict
    shared = sample.base_accepted and old is not None and old.quality.verdict is verdict
    reading = reading_of(document, believed=sample.accepted or shared)
    doubtful = reading.digest is None and verdict.is_doubtful
    believed = reading_of(document, believed=True) if doubtful else None
    found = Examination(reading=reading, document=document, problem=problem)
    if old is None or (reading.digest is None and believed is None):
        return found
    return _compared(replace(found, believed=believed), old, sample)


def _base(sample: Sample) -> tuple[Document | None, str]:
    """The version before, or why it cannot be read."""
    if sample.base is None:
        return None, ""
    try:
        return _read(sample.base, sample.profile), ""
    except ReadingError as error:
        return None, str(error)


@lru_cache(maxsize=2)
def _read(snapshot: Snapshot, profile: str | None) -> Document:
    """The last two are at hand: in a line of versions the new one is the base of the next."""
    from monitor.runs.reading import read_snapshot

    return read_snapshot(snapshot, profile)


def _compared(found: Examination, old: Document, sample: Sample) -> Examination:
    from monitor.alerts.redesign import surprise
    from monitor.diff.comparison import compare
    from monitor.runs.reading import digest_of

    assert found.document is not None
    assert sample.base is not None
    version = replace(found.version, same_as=sample.base.sha256)
    same = replace(found, believed=version) if found.believed else replace(found, reading=version)
    if digest_of(old) == found.version.digest:
        return same
    comparison = compare(old, found.document)
    if not comparison.changed and old.edition == found.document.edition:
        return same
    told = found.reading.reason if found.believed else surprise(comparison)
    agrees = bool(told) and sample.doubted is not None and _reads_as(sample.doubted, found.version, sample.profile)
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
