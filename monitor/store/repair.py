"""A damaged store mended from what other copies hold. Deletes nothing: damaged bytes are set aside, not thrown away."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from monitor.errors import StoreError
from monitor.model.target import Key
from monitor.store.database import Database
from monitor.store.line import mark
from monitor.store.packing import pack
from monitor.store.snapshots import content_of
from monitor.store.times import as_microseconds, as_time


class Repair:
    """Finds what is damaged and puts good bytes in its place. Used by the thread that opened the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rebuild_indexes(self) -> None:
        """Make every index anew from its table."""
        with self._database.transaction() as connection:
            connection.execute("REINDEX")

    def damaged(self) -> list[str]:
        """The SHA-256 of every snapshot that does not come back as it was captured."""
        with self._database.translated():
            connection = self._database.connection
            rows = connection.execute("SELECT id, lower(hex(sha256)) FROM snapshots ORDER BY page, id").fetchall()
            return [sha256 for row, sha256 in rows if not _is_whole(connection, row)]

    def missing(self) -> Mapping[int, tuple[Key, datetime]]:
        """The snapshots that captures name and that are not there: by row, a page and time at which each was captured."""
        query = (
            "SELECT snapshot, target, language, min(captured_at) FROM captures JOIN pages ON pages.id = page"
            " WHERE snapshot NOT IN (SELECT id FROM snapshots) GROUP BY snapshot"
        )
        with self._database.translated():
            rows = self._database.connection.execute(query).fetchall()
        return {row: ((target, language), as_time(at)) for row, target, language, at in rows}

    def restore(self, sha256: str, content: bytes, now: datetime) -> bool:
        """Put good bytes in the place of damaged ones, which are set aside; false if the bytes are others."""
        if hashlib.sha256(content).hexdigest() != sha256:
            return False
        with self._database.transaction() as connection:
            digest = bytes.fromhex(sha256)
            connection.execute(
                "INSERT INTO damaged (snapshot, base, depth, data, found_at) SELECT id, base, depth, data, ?"
                " FROM snapshots WHERE sha256 = ?",
                (as_microseconds(now), digest),
            )
            connection.execute(
                "UPDATE snapshots SET base = NULL, depth = 0, size = ?, data = ? WHERE sha256 = ?",
                (len(content), pack(content), digest),
            )
        return True

    def restore_missing(self, row: int, page: Key, content: bytes) -> None:
        """Put the bytes of a snapshot back that is not there."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO snapshots (id, sha256, size, page, base, depth, data)"
                " SELECT ?, ?, ?, id, NULL, 0, ? FROM pages WHERE (target, language) = (?, ?)",
                (row, hashlib.sha256(content).digest(), len(content), pack(content), *page),
            )

    def captured(self, page: Key, at: datetime) -> bytes | None:
        """The bytes of the capture of a page at a time; None if there is none, or they are damaged."""
        query = (
            "SELECT snapshot FROM captures JOIN pages ON pages.id = page"
            " WHERE (target, language) = (?, ?) AND captured_at = ?"
        )
        with self._database.translated():
            found = self._database.connection.execute(query, (*page, as_microseconds(at))).fetchone()
            return _whole(self._database.connection, found[0]) if found else None

    def content(self, sha256: str) -> bytes | None:
        """The bytes of that SHA-256; None if they are not held, or damaged."""
        with self._database.translated():
            connection = self._database.connection
            found = connection.execute("SELECT id FROM snapshots WHERE sha256 = ?", (bytes.fromhex(sha256),)).fetchone()
            return _whole(connection, found[0]) if found else None

    def unread(self) -> list[Key]:
        """The pages of which a capture has no reading, or a comparison no summary that can be read: the comparisons
        are marked to be made anew."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT DISTINCT captures.page FROM captures LEFT JOIN readings"
                " ON readings.page = captures.page AND readings.snapshot = captures.snapshot WHERE verdict IS NULL"
            ).fetchall()
            pages = {page for (page,) in rows}
            for row, page, summary in connection.execute("SELECT id, page, summary FROM comparisons").fetchall():
                if not _is_json(summary):
                    connection.execute("DELETE FROM comparisons WHERE id = ?", (row,))
                    mark(connection, page)
                    pages.add(page)
            names = {row: key for row, *key in connection.execute("SELECT id, target, language FROM pages")}
            return sorted((names[page][0], names[page][1]) for page in pages if page in names)


def _is_whole(connection: sqlite3.Connection, row: int) -> bool:
    return _whole(connection, row) is not None


def _whole(connection: sqlite3.Connection, row: int) -> bytes | None:
    try:
        return content_of(connection, row)
    except StoreError:
        return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
