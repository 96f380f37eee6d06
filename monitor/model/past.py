"""What comes out of the past: captures that an archive, a file or another store held, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor.model.history import Reading, Snapshot
from monitor.model.target import Key

if TYPE_CHECKING:
    from monitor.model.comparison import Comparison

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCapture:
    """A capture that somebody else made, with its original time and where it came from.

    `content` is None where only its SHA-256 is known (a revisit): the bytes are held, or came before. `origin` names the
    archive or file; empty for a capture that this program made. `aside` is the reading that set it aside, or
    accepted it, where only the one who captured it could know. With `only_report` it is not kept unless it is the report.
    """

    page: Key
    url: str
    status: int
    headers: Headers
    content: bytes | None
    sha256: str
    captured_at: datetime
    request: Headers = ()
    origin: str = ""
    aside: Reading | None = None
    only_report: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A capture that was taken in and waits for its place in the line. `known` is true if its bytes were read before."""

    row: int
    snapshot: Snapshot
    only_report: bool
    aside: Reading | None = None
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Two neighbours in the line of a page that read differently and have not been compared."""

    old: Snapshot
    new: Snapshot


class Fate(StrEnum):
    """What became of a capture out of the past."""

    KEPT = "kept"
    HELD = "held already"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One capture that found its place, or did not. `reason` says why it was skipped; `comparison` is what it changed
    against the version before it, where it was compared."""

    page: Key
    captured_at: datetime
    fate: Fate
    reason: str = ""
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A part of a file that could not be used: where it starts (bytes from the beginning), and why."""

    name: str
    offset: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One capture as an archive's list names it. `at` are the fourteen digits of its time in UTC, `status` three
    digits or "-", `digest` the SHA-1 of its payload in base 32; both empty where the list does not say."""

    at: str
    address: str
    status: str = ""
    media_type: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A part of an archive's list. `following` asks for the next part; empty at the end. `malformed` are lines that
    say nothing usable, shortened."""

    lines: Sequence[Line]
    following: str = ""
    malformed: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A capture as an archive played it back: the time and address that it says it is of, the headers of the site.
    `sha1` are those that its digest may be."""

    at: datetime
    address: str
    headers: Headers
    content: bytes
    sha1: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A stored capture on its way out: with its bytes the first time, without them (None) where they came before, which
    was at `first_url` at `first_at`, with the SHA-1 `payload_digest`."""

    page: Key
    url: str
    status: int
    headers: Headers
    request: Headers
    content: bytes | None
    sha256: str
    captured_at: datetime
    origin: str
    aside: Reading | None = None
    first_url: str = ""
    first_at: datetime | None = None
    payload_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison held, with the bytes of both its sides."""

    page: Key
    captured_at: datetime
    kind: str
    old: Snapshot
    new: Snapshot
