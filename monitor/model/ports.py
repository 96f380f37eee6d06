"""What the use cases need of the world outside, as Protocols. wiring.py introduces the adapters that fulfil them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from monitor.model.capture import Capture, Fetched, Request, Unmodified
from monitor.model.history import Found, Held, Reading, Snapshot
from monitor.model.target import Key, Page

if TYPE_CHECKING:
    from monitor.model.holdings import CaptureRow, Inspection, VersionRow


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""


class Fetcher(Protocol):
    """Asks for pages, politely."""

    def fetch_all(self, requests: Sequence[Request]) -> Iterator[Sequence[Fetched]]:
        """Ask for every page; yield what has arrived, in the order of arrival, each page exactly once.

        A page that cannot be had is a Failure and stops no other. Closing the iterator abandons the rest.
        """


class Store(Protocol):
    """Keeps what was captured. Every method that writes is one transaction: all of it is kept, or nothing."""

    def held(self, pages: Iterable[Page]) -> Mapping[Key, Held]:
        """What is known of each page; a page never captured is missing."""

    def snapshot(self, page: Key, sha256: str) -> Snapshot:
        """The bytes of that SHA-256 (hex, in full) as last captured for the page.

        Raises:
            UnknownReferenceError: the page has none. StoreError: the bytes held are damaged.
        """

    def record_unchanged(self, seen: Sequence[Capture | Unmodified]) -> None:
        """Keep that each page was met again with the bytes of its last capture."""

    def record(self, capture: Capture, reading: Reading, found: Found | None = None) -> datetime | None:
        """Keep a capture with its bytes, what was read of it, and its comparison with an older snapshot, if any.

        Returns when its version was first seen, if another one stood in between (A → B → A), else None.
        """

    def find(self, page: Key, which: str) -> Snapshot:
        """The snapshot that the part of a stored reference after the `@` names.

        `first`, `latest` (of the captures that were the report), an edition (`2024`: its last version), a day
        (`2024-11-02`: as it stood at its end, UTC) or at least six digits of a SHA-256.

        Raises:
            UnknownReferenceError: nothing held is meant, or more than one; the message names what is held.
        """

    def languages(self, target: str) -> Sequence[str]:
        """The languages that captures of the target are held in, in alphabetical order."""

    def captures(self, page: Key) -> Sequence[CaptureRow]:
        """Every capture of the page, oldest first."""

    def versions(self, page: Key) -> Sequence[VersionRow]:
        """Every version of the page, in order of first sight."""

    def inspect(self) -> Inspection:
        """Re-hash every byte and account for every row. Damage is reported, never raised."""
