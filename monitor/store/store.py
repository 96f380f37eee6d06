"""The store: captures with their bytes, readings and comparisons, each written in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.errors import StoreError
from monitor.model.capture import Capture, Unmodified, Validators
from monitor.model.history import Found, Held, Reading, Snapshot
from monitor.model.quality import Verdict
from monitor.model.standing import Finding
from monitor.model.target import Key, Page
from monitor.model.told import Told
from monitor.store import lookup
from monitor.store.ballast import RESERVE
from monitor.store.database import DAMAGED, Database
from monitor.store.following import Following, drop_arrival, keep_findings, keep_standings
from monitor.store.rooms import Rooms
from monitor.store.rows import page_row, short_digest, url_row, version_row
from monitor.store.times import as_microseconds, as_time

if TYPE_CHECKING:
    from monitor.model.holdings import CaptureRow, Inspection, VersionRow


_NOTHING = Told()
_NO_FINDINGS: Mapping[str, Sequence[Finding]] = {}


class SnapshotStore(Rooms):
    """The store in one folder. Opened and used by one thread; see `model.ports.Store` for what each method promises."""

    def __init__(self, folder: Path, *, create: bool = False, reserve: int = RESERVE) -> None:
        """Open the store, made if `create`; `reserve` are the bytes that its ballast has.

        Raises:
            StoreError: there is none, or it cannot be used.
        """
        self._folder = folder
        self._database = Database(folder, create=create, reserve=reserve)
        self.ballast = self._database.ballast
        self.following = Following(self._database)
        self._pages: dict[Key, int] = {}
        self._urls: dict[str, int] = {}

    def close(self) -> None:
        """Close the store's file."""
        self._database.close()

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file."""
        with self._database.translated():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Be the only one that checks into this store, until the end of the block or of the process.

        Raises:
            BusyError: another process is; it is named. UnwritableError: nothing can be kept in it.
        """
        from monitor.store.lock import locked

        with locked(self._folder):
            with self._transaction() as connection:
                connection.execute("DELETE FROM channels WHERE FALSE")  # asks for the right to write, and for no room
            yield

    def held(self, pages: Iterable[Page]) -> Mapping[Key, Held]:
        """What is known of each page."""
        known = {}
        with self._database.translated():
            for page in pages:
                row = self._connection.execute(_HELD, page.key).fetchone()
                if row is not None:
                    known[page.target, page.language] = self._held(row)
        return known

    def _held(self, row: tuple[Any, ...]) -> Held:
        page, captured_at, latest, verdict, reason, version, url, etag, last_modified, full_at = row
        own = Verdict(verdict)
        base, base_verdict = (latest, own) if version is not None else lookup.last_good(self._connection, page)
        has_validators = url is not None and (etag is not None or last_modified is not None)
        return Held(
            latest=latest,
            latest_at=as_time(captured_at),
            verdict=own,
            reason=reason,
            base=base,
            base_accepted=base_verdict is Verdict.ACCEPTED,
            validators={url: Validators(etag=etag, last_modified=last_modified)} if has_validators else {},
            relied=lookup.count_since(self._connection, page, full_at) if has_validators else 0,
            full_at=None if full_at is None else as_time(full_at),
        )

    def record_unchanged(self, seen: Sequence[Capture | Unmodified], told: Told = _NOTHING) -> None:
        """Keep that each page was met again with the bytes of its last capture."""
        if not seen:
            return
        with self._transaction() as connection:
            keep_told(connection, told)
            for again in seen:
                page = self._page(again.page)
                url = self._url(again.url)
                headers, status = None, 304
                if isinstance(again, Capture):
                    headers, status = self._headers(page, again), again.status
                    self._keep_validators(page, url, again)
                at = as_microseconds(again.captured_at)
                self._connection.execute(_SEEN_AGAIN, (page, at, status, url, headers, page))

    def record(
        self, capture: Capture, reading: Reading, found: Found | None = None, told: Told = _NOTHING
    ) -> datetime | None:
        """Keep a capture with its bytes, what was read of it, and its comparison with an older snapshot, if any."""
        from monitor.store.snapshots import put

        with self._transaction() as connection:
            page = self._page(capture.page)
            before = lookup.last_version(connection, page)
            snapshot = put(connection, page, capture.content, capture.sha256)
            version = version_row(connection, page, reading)
            returned_to = None if version in (None, before) else lookup.first_seen(connection, page, version)
            begun_at = None if found is None else _begun_at(connection, page, snapshot)
            self._keep_reading(page, snapshot, version, reading, capture.header("content-type"))
            captured_at = self._keep_capture(page, snapshot, capture)
            if found is not None:
                self._keep_comparison(page, snapshot, begun_at or captured_at, found)
            drop_arrival(connection, capture.page.key)
            keep_told(connection, told)
            return returned_to

    def tell(self, told: Told, findings: Mapping[str, Sequence[Finding]] = _NO_FINDINGS) -> None:
        """Keep how pages stand and what is to be said, without a capture; `findings` are those of whole targets."""
        with self._transaction() as connection:
            keep_told(connection, told)
            for target, own in findings.items():
                keep_findings(connection, target, own)

    def first_seen(self, page: Key, digest: bytes) -> datetime | None:
        """When the version of that digest was first captured, if the last version is another; else None."""
        with self._database.translated():
            return lookup.returned_to(self._connection, page, digest)

    def sides(self, comparison: str) -> tuple[Snapshot, Snapshot]:
        """The old and the new snapshot of the comparison of that name.

        Raises:
            UnknownReferenceError: no such comparison is held.
        """
        with self._database.translated():
            return lookup.sides(self._connection, comparison)

    def snapshot(self, page: Key, sha256: str) -> Snapshot:
        """The bytes of that SHA-256 as last captured for the page."""
        with self._database.translated():
            return lookup.snapshot(self._connection, page, lookup.capture_of(self._connection, page, sha256))

    def find(self, page: Key, which: str) -> Snapshot:
        """The snapshot that the part of a stored reference after the `@` names."""
        from monitor.store import past

        with self._database.translated():
            return lookup.snapshot(self._connection, page, past.find(self._connection, page, which))

    def languages(self, target: str) -> Sequence[str]:
        """The languages that captures of the target are held in, in alphabetical order."""
        with self._database.translated():
            return lookup.languages(self._connection, target)

    def captures(self, page: Key) -> Sequence[CaptureRow]:
        """Every capture of the page, oldest first."""
        from monitor.store import past

        with self._database.translated():
            return past.captures(self._connection, page)

    def versions(self, page: Key) -> Sequence[VersionRow]:
        """Every version of the page, in order of first sight."""
        from monitor.store import past

        with self._database.translated():
            return past.versions(self._connection, page)

    def summaries(self, page: Key) -> Mapping[datetime, Mapping[str, Mapping[str, int]]]:
        """The summary of every comparison of the page, by the time of its new side."""
        from monitor.store import past

        with self._database.translated():
            return past.summaries(self._connection, page)

    def inspect(self) -> Inspection:
        """Re-hash every byte and account for every row."""
        from monitor.store.audit import inspect

        with self._database.translated():
            return inspect(self._connection, self.ballast.full_since)

    def prove(self) -> None:
        """See that the file is what SQLite wrote, before anything is built on it.

        Raises:
            StoreError: it is damaged; the table is named.
        """
        from monitor.store.audit import damage

        with self._database.translated():
            found = damage(self._connection)
        if found:
            raise StoreError(f"{self._database.path}: {found} cannot be read; {DAMAGED}")

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._database.connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction after whose failure no id is remembered that it gave out."""
        try:
            with self._database.transaction() as connection:
                yield connection
        except BaseException:
            self._pages.clear()
            self._urls.clear()
            raise

    def _page(self, page: Page) -> int:
        key = page.key
        if key not in self._pages:
            self._pages[key] = page_row(self._connection, *key)
        return self._pages[key]

    def _url(self, url: str) -> int:
        if url not in self._urls:
            self._urls[url] = url_row(self._connection, url)
        return self._urls[url]

    def _keep_validators(self, page: int, url: int, capture: Capture) -> None:
        validators = capture.validators
        row = (url, validators.etag, validators.last_modified)
        self._connection.execute(
            "UPDATE pages SET url = ?, etag = ?, last_modified = ?"
            " WHERE id = ? AND (url, etag, last_modified) IS NOT (?, ?, ?)",
            (*row, page, *row),
        )

    def _headers(self, page: int, capture: Capture) -> bytes:
        from monitor.store.rows import packed_headers

        return packed_headers(self._connection, page, capture.headers, capture.request)

    def _keep_reading(
        self, page: int, snapshot: int, version: int | None, reading: Reading, media_type: str | None
    ) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO readings (page, snapshot, version, verdict, reason, media_type, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (page, snapshot, version, reading.verdict.value, reading.reason, media_type, short_digest(reading)),
        )

    def _keep_capture(self, page: int, snapshot: int, capture: Capture) -> int:
        """Keep the row and return its time: later than the page's last, even if the clock was set back."""
        url = self._url(capture.url)
        query = "SELECT max(?, coalesce(max(captured_at) + 1, 0)) FROM captures WHERE page = ?"
        captured_at: int = self._connection.execute(query, (as_microseconds(capture.captured_at), page)).fetchone()[0]
        self._connection.execute(
            "INSERT INTO captures (page, captured_at, status, snapshot, url, headers) VALUES (?, ?, ?, ?, ?, ?)",
            (page, captured_at, capture.status, snapshot, url, self._headers(page, capture)),
        )
        self._keep_validators(page, url, capture)
        return captured_at

    def _keep_comparison(self, page: int, snapshot: int, captured_at: int, found: Found) -> None:
        import json

        comparison = found.comparison
        old = lookup.snapshot_id(self._connection, found.old_sha256)
        summary = json.dumps(comparison.summary(), separators=(",", ":"))
        self._connection.execute(
            "INSERT INTO comparisons (page, captured_at, old, new, name, kind, summary) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (page, captured_at, old, snapshot, comparison.id, comparison.kind.value, summary),
        )


def _begun_at(connection: sqlite3.Connection, page: int, snapshot: int) -> int | None:
    from monitor.store.line import begun_at

    return begun_at(connection, page, snapshot)


def keep_told(connection: sqlite3.Connection, told: Told) -> None:
    """Keep how pages stand and what is to be said, inside a transaction that is open."""
    keep_standings(connection, told.standings)
    if told.raised:
        from monitor.store.outbox import keep_raised

        keep_raised(connection, told.raised)


_HELD = """
    SELECT pages.id, captures.captured_at, lower(hex(sha256)), verdict, reason, version, urls.url, etag, last_modified,
        (SELECT captured_at FROM captures WHERE page = pages.id AND status != 304 ORDER BY captured_at DESC LIMIT 1)
    FROM pages
    JOIN captures ON captures.id =
        (SELECT id FROM captures WHERE page = pages.id ORDER BY captured_at DESC, id DESC LIMIT 1)
    JOIN snapshots ON snapshots.id = captures.snapshot
    JOIN readings ON readings.page = pages.id AND readings.snapshot = captures.snapshot
    LEFT JOIN urls ON urls.id = pages.url
    WHERE target = ? AND language = ?"""

_SEEN_AGAIN = """
    INSERT INTO captures (page, captured_at, status, snapshot, url, headers)
    SELECT ?, max(?, captured_at + 1), ?, snapshot, ?, ?
    FROM captures WHERE page = ? ORDER BY captured_at DESC, id DESC LIMIT 1"""
