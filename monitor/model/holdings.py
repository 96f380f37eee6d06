"""What is held of the past, as it is listed: captures, versions, and what `verify` counts and finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.model.quality import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRow:
    """One capture held: a version's number (1 is the page's first), or None where the page was not the report. `origin`
    says where it came from that this program did not capture itself."""

    captured_at: datetime
    status: int
    sha256: str
    size: int
    url: str
    verdict: Verdict
    reason: str
    version: int | None
    edition: int | None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A distinct reading of one page, numbered in order of first sight; `captures` is how often it was met."""

    number: int
    edition: int | None
    title: str
    first_seen: datetime
    last_seen: datetime
    captures: int
    sha256: str
    summary: Mapping[str, Mapping[str, int]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What `verify` counted and found. `problems` are damage, `remarks` are harmless; one line each, remedy included."""

    snapshots: int
    captures: int
    comparisons: int
    content_bytes: int
    stored_bytes: int
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
