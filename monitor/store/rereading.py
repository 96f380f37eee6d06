"""Readings made anew: what was read of every snapshot of a page, and what takes its place."""

from datetime import datetime

from monitor.model.history import Reading, Snapshot
from monitor.model.quality import Verdict
from monitor.model.target import Key
from monitor.store import lookup
from monitor.store.database import Database
from monitor.store.line import keep_reading, mark
from monitor.store.snapshots import content_of
from monitor.store.times import as_time

_CAPTURED = """
    FROM captures JOIN pages ON pages.id = captures.page JOIN snapshots ON snapshots.id = captures.snapshot
    LEFT JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot
    LEFT JOIN versions ON versions.id = version
    WHERE (target, language) = (?, ?)"""


class Rereading:
    """See `model.past_ports.Rereadable`. Used by the thread that opened the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def readings(self, page: Key) -> list[tuple[str, Reading | None]]:
        """Every snapshot of the page with what was read of it, in the order in which it was first captured."""
        query = (
            f"SELECT lower(hex(sha256)), verdict, reason, readings.digest, versions.title, versions.edition {_CAPTURED}"
            " GROUP BY captures.snapshot ORDER BY min(captured_at)"
        )
        with self._database.translated():
            rows = self._database.connection.execute(query, page).fetchall()
        return [
            (
                sha256,
                None if verdict is None else Reading(
                    verdict=Verdict(verdict), reason=reason, digest=digest, title=title or "", edition=edition
                ),
            )
            for sha256, verdict, reason, digest, title, edition in rows
        ]  # fmt: skip

    def captured_at(self, page: Key, sha256: str) -> datetime:
        """When a snapshot of the page was first captured."""
        with self._database.translated():
            query = f"SELECT min(captured_at) {_CAPTURED} AND sha256 = ?"
            return as_time(self._database.connection.execute(query, (*page, bytes.fromhex(sha256))).fetchone()[0])

    def snapshot(self, page: Key, sha256: str) -> Snapshot:
        """The bytes of that SHA-256 as first captured for the page. Raises StoreError: they are damaged."""
        connection = self._database.connection
        with self._database.translated():
            row, url, media_type, captured_at = connection.execute(
                "SELECT captures.snapshot, (SELECT url FROM urls WHERE id = captures.url), media_type,"
                f" captured_at {_CAPTURED} AND sha256 = ? ORDER BY captured_at LIMIT 1",
                (*page, bytes.fromhex(sha256)),
            ).fetchone()
            return Snapshot(
                target=page[0], language=page[1], sha256=sha256, content=content_of(connection, row), url=url,
                media_type=media_type, captured_at=as_time(captured_at),
            )  # fmt: skip

    def replace_reading(self, page: Key, sha256: str, reading: Reading) -> None:
        """Keep what is read of a snapshot now, in place of what was; the line of the page is marked to be mended."""
        with self._database.transaction() as connection:
            row, snapshot = lookup.page_id(connection, page), lookup.snapshot_id(connection, sha256)
            query = "SELECT media_type FROM readings WHERE (page, snapshot) = (?, ?)"
            known = connection.execute(query, (row, snapshot)).fetchone()
            keep_reading(connection, row, snapshot, reading, known[0] if known else None)
            connection.execute(
                "UPDATE versions SET edition = ?, title = ? WHERE page = ? AND digest = ?",
                (reading.edition, reading.title, row, reading.digest),
            )
            connection.execute(
                "DELETE FROM comparisons WHERE page = ? AND (old = ? OR new = ?)", (row, snapshot, snapshot)
            )
            mark(connection, row)
