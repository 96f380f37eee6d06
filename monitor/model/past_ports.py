"""What the use cases of the past need of the world outside, as Protocols (see `ports` for the others)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from monitor.model.download import Download
from monitor.model.history import Found, Reading, Snapshot
from monitor.model.past import Gap, Line, ListPage, PastCapture, Played, Staged
from monitor.model.target import Key, Page
from monitor.model.told import Told


class PastStore(Protocol):
    """What waits to be placed in the lines of pages, and those lines. Every method that writes is one transaction."""

    def take(self, captures: Sequence[PastCapture]) -> int:
        """Keep captures until they are placed; returns how many are new."""

    def waiting(self, pages: Iterable[Key] | None = None) -> Sequence[Key]:
        """The pages that something waits for to be placed or compared: of these, or of all."""

    def staged(self, page: Key) -> Iterator[Staged]:
        """The captures of the page that wait, oldest first. Each is to be placed or dropped before the next is asked."""

    def before(self, page: Key, at: datetime) -> Snapshot | None:
        """The last version of the page that was captured before then. Raises StoreError: its bytes are damaged."""

    def place(self, staged: Staged, reading: Reading | None, found: Found | None = None, told: Told = ...) -> None:
        """Put a capture into its place in the line; without a `reading` its bytes are read as they were before."""

    def drop(self, staged: Staged) -> None:
        """Forget a capture that is not to be kept."""

    def gaps(self, page: Key) -> Sequence[tuple[int, int]]:
        """The neighbours in the line of the page that read differently and have not been compared."""

    def gap(self, page: Key, rows: tuple[int, int]) -> Gap:
        """The bytes on both sides of a gap. Raises StoreError: they are damaged."""

    def close_gap(self, page: Key, rows: tuple[int, int], found: Found | None, told: Told = ...) -> None:
        """Keep what differs between two neighbours; with nothing found they are one version."""

    def mended(self, page: Key) -> None:
        """Keep that every gap of the page that could be closed has been."""


class Getter(Protocol):
    """Asks one address after the other, politely."""

    def download(self, url: str) -> Download:
        """What the address gives, redirects followed.

        Raises:
            RetryableError: it may go through later. RefusedError: it will not.
        """


class Archive(Protocol):
    """A web archive: lists what it holds of an address, and plays it back."""

    name: str

    def listed(self, address: str, since: str, until: str, following: str = "") -> ListPage:
        """A part of the list of an address, which may end in `*`; `since` and `until` are digits of a time or empty.

        Raises:
            FetchError: the archive does not answer.
        """

    def played(self, line: Line) -> Played:
        """A capture as it was archived, with the time and address that the archive says it is of.

        Raises:
            FetchError: it cannot be had. ReadingError: what came is no capture.
        """


class Backlog(Protocol):
    """What archives were found to hold of pages, and what became of each capture: where a run broken off goes on."""

    def begin(self, archive: str, pages: Sequence[Page], *, retry: bool) -> None:
        """Have what could not be had the last time asked for again; with `retry` what was skipped, too."""

    def where(self, archive: str, page: Page, address: str, span: tuple[str, str], now: datetime) -> str | None:
        """Where the list of an address goes on: empty for its beginning, None if it was read whole a short time ago."""

    def note(
        self, archive: str, page: Page, address: str, span: tuple[str, str],
        lines: Sequence[tuple[Line, str]], following: str | None, now: datetime,
    ) -> None:  # fmt: skip
        """Keep a part of a list, each line with the reason that it is of no use, if it is not; and where it goes on."""

    def next(self, archive: str, page: Page, span: tuple[str, str]) -> Line | None:
        """The earliest capture to be asked for: of no digest that is known already."""

    def settle(
        self, archive: str, page: Page, line: Line, reason: str, *, later: bool = False, sha256: str | None = None
    ) -> None:
        """Keep why a capture was skipped, or is to be tried `later`; by its SHA-256 those of its digest are known."""

    def keep(self, archive: str, page: Page, line: Line, capture: PastCapture, *, verified: bool) -> None:
        """Take a capture in, and keep that it was; if its digest was `verified` it stands for all of that digest."""

    def repeat(self, archive: str, page: Page) -> int:
        """Take in, without asking for them, the first and the last of each row of captures with a digest that is known;
        returns how many there were."""

    def counts(self, archive: str, page: Page, span: tuple[str, str]) -> Mapping[str, int]:
        """How many listed captures there are by what became of them: "" still to be asked for (one of each digest),
        "kept", "known" (of a digest known otherwise), else why they were skipped."""


class Copy(Protocol):
    """Another place that may hold the same bytes."""

    @property
    def name(self) -> str:
        """What it is called."""

    def content(self, sha256: str) -> bytes | None:
        """The bytes of that SHA-256; None if they are not there whole."""

    def captured(self, page: Key, at: datetime) -> bytes | None:
        """The bytes of the capture of a page at a time; None if they are not there whole."""


class Mendable(Protocol):
    """A store that can be put right (see `store.repair.Repair`)."""

    def rebuild_indexes(self) -> None:
        """Make every index anew from its table."""

    def damaged(self) -> Sequence[str]:
        """The SHA-256 of every snapshot that does not come back as it was captured."""

    def missing(self) -> Mapping[int, tuple[Key, datetime]]:
        """The snapshots that captures name and that are not there: by row, a page and time at which each was captured."""

    def restore(self, sha256: str, content: bytes, now: datetime) -> bool:
        """Put good bytes in the place of damaged ones, which are set aside; false if the bytes are others."""

    def restore_missing(self, row: int, page: Key, content: bytes) -> None:
        """Put the bytes of a snapshot back that is not there."""

    def unread(self) -> Sequence[Key]:
        """The pages of which a capture has no reading, or a comparison no summary that can be read."""


class Rereadable(Protocol):
    """A store whose readings can be made anew."""

    def readings(self, page: Key) -> Sequence[tuple[str, Reading | None]]:
        """Every snapshot of the page with what was read of it, in the order in which it was first captured."""

    def captured_at(self, page: Key, sha256: str) -> datetime:
        """When a snapshot of the page was first captured."""

    def snapshot(self, page: Key, sha256: str) -> Snapshot:
        """The bytes of that SHA-256 as captured for the page. Raises StoreError: they are damaged."""

    def replace_reading(self, page: Key, sha256: str, reading: Reading) -> None:
        """Keep what is read of a snapshot now, in place of what was; the line of the page is marked to be mended."""
