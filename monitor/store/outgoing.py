"""What is held, on its way out: every capture of every page in order of time, and every comparison with its bytes."""

import sqlite3
from base64 import b32encode
from collections.abc import Iterable, Iterator
from hashlib import sha1

from monitor.model.history import Reading
from monitor.model.past import Compared, Exported
from monitor.model.quality import Verdict
from monitor.model.target import Key
from monitor.store import lookup
from monitor.store.database import Database
from monitor.store.rows import unpacked_headers
from monitor.store.snapshots import content_of
from monitor.store.times import as_time


class Outgoing:
    """Reads a store from beginning to end, a capture at a time."""

    def __init__(self, database: Database, pages: Iterable[Key] | None = None) -> None:
        """Of the pages given, else of all."""
        self._database = database
        self._pages = None if pages is None else list(pages)

    def count(self) -> int:
        """How many captures there are."""
        with self._database.translated():
            query = "SELECT count(*) FROM captures WHERE page = ?"
            return sum(self._connection.execute(query, (page,)).fetchone()[0] for page, _ in self._known())

    def captures(self) -> Iterator[Exported]:
        """Every capture, page by page, oldest first; bytes that came before are referred to.

        Raises:
            StoreError: something is damaged.
        """
        first: dict[int, tuple[str, int, str]] = {}
        with self._database.translated():
            for page, key in self._known():
                base = self._connection.execute("SELECT headers FROM pages WHERE id = ?", (page,)).fetchone()[0]
                for row in self._connection.execute(_CAPTURES, (page,)):
                    yield self._exported(key, base, row, first)

    def comparisons(self) -> Iterator[Compared]:
        """Every comparison, page by page, oldest first."""
        with self._database.translated():
            for page, key in self._known():
                query = (
                    "SELECT captured_at, kind, lower(hex(o.sha256)), lower(hex(n.sha256)) FROM comparisons AS c"
                    " JOIN snapshots AS o ON o.id = c.old JOIN snapshots AS n ON n.id = c.new"
                    " WHERE c.page = ? ORDER BY captured_at, c.id"
                )
                for captured_at, kind, old, new in self._connection.execute(query, (page,)):
                    sides = [
                        lookup.snapshot(self._connection, key, lookup.capture_of(self._connection, key, sha256))
                        for sha256 in (old, new)
                    ]
                    yield Compared(page=key, captured_at=as_time(captured_at), kind=kind, old=sides[0], new=sides[1])

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._database.connection

    def _known(self) -> list[tuple[int, Key]]:
        rows = self._connection.execute("SELECT id, target, language FROM pages ORDER BY target, language").fetchall()
        known = [(row, (target, language)) for row, target, language in rows]
        return known if self._pages is None else [(row, key) for row, key in known if key in self._pages]

    def _exported(
        self, key: Key, base: bytes | None, row: tuple, first: dict[int, tuple[str, int, str]]  # type: ignore[type-arg]
    ) -> Exported:  # fmt: skip
        snapshot, captured_at, status, url, headers, sha256, verdict, reason, origin = row
        answer, request = unpacked_headers(headers, base)
        came = first.get(snapshot)
        content = None
        if came is None:
            content = content_of(self._connection, snapshot)
            digest = b32encode(sha1(content, usedforsecurity=False).digest()).decode()
            first[snapshot] = (url, captured_at, f"sha1:{digest}")
        ours = Verdict(verdict).waits or verdict == Verdict.ACCEPTED
        aside = Reading(verdict=Verdict(verdict), reason=reason) if ours else None
        return Exported(
            page=key, url=url, status=status, headers=answer, request=request, content=content, sha256=sha256,
            captured_at=as_time(captured_at), origin=origin or "", aside=aside, first_url=came[0] if came else "",
            first_at=as_time(came[1]) if came else None, payload_digest=came[2] if came else "",
        )  # fmt: skip


_CAPTURES = """
    SELECT captures.snapshot, captured_at, status, urls.url, headers, lower(hex(sha256)), verdict, reason, origins.name
    FROM captures JOIN snapshots ON snapshots.id = captures.snapshot JOIN urls ON urls.id = captures.url
    JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot
    LEFT JOIN origins ON origins.id = captures.origin
    WHERE captures.page = ? ORDER BY captured_at, captures.id"""
