"""Captures out of the past on their way into the line of their page: taken in as they come, placed in order of time.

Taking in is fast and needs no reading of the page: the bytes are only pressed together. So a file is read at its own
speed, an interruption loses nothing, and what is placed afterwards comes in the order in which it was captured, in which
bytes lean on each other best.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from monitor.model.history import Found, Reading, Snapshot
from monitor.model.past import Gap, PastCapture, Staged
from monitor.model.quality import Verdict
from monitor.model.target import Key
from monitor.model.told import Told
from monitor.store import line
from monitor.store.database import Database
from monitor.store.packing import pack, unpack
from monitor.store.times import as_microseconds, as_time

QUICK = 3
"""The level of compression for bytes that are packed again when they are placed."""

SAME_INSTANT = 1_000
"""Microseconds within which two captures of the same bytes are one: as many of one instant can be told apart."""

_NOTHING = Told()


class Intake:
    """What was taken in and not placed yet, and the line that it goes into. Used by the thread that opened the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, captures: Sequence[PastCapture]) -> int:
        """Keep captures until they are placed, all of them or none; returns how many are new: those that are held
        already, or taken in already, are left alone."""
        with self._database.transaction() as connection:
            return sum(take(connection, each) for each in captures)

    def waiting(self, pages: Iterable[Key] | None = None) -> list[Key]:
        """The pages that something waits for to be placed or compared: of these, or of all."""
        rows = self._rows(
            "SELECT DISTINCT target, language FROM intake UNION SELECT target, language FROM mending"
            " JOIN pages ON pages.id = page ORDER BY target, language"
        )
        wanted = None if pages is None else set(pages)
        return [(target, language) for target, language in rows if wanted is None or (target, language) in wanted]

    def count(self, page: Key) -> int:
        """How many captures of the page wait for their place."""
        return int(self._rows("SELECT count(*) FROM intake WHERE target = ? AND language = ?", *page)[0][0])

    def staged(self, page: Key) -> Iterator[Staged]:
        """The captures of the page that wait, oldest first. Each is to be placed or dropped before the next is asked."""
        query = (
            "SELECT id, captured_at, url, headers, lower(hex(sha256)), aside, only_report FROM intake"
            " WHERE target = ? AND language = ? ORDER BY captured_at, id LIMIT 1"
        )
        while rows := self._rows(query, *page):
            row, captured_at, url, headers, sha256, aside, only_report = rows[0]
            with self._database.translated():
                content = _content(self._database.connection, sha256)
                known = line.reading_row(self._database.connection, page, sha256) is not None
            yield Staged(
                row=row,
                snapshot=Snapshot(
                    target=page[0], language=page[1], sha256=sha256, content=content, url=url,
                    media_type=_media_type(headers), captured_at=as_time(captured_at),
                ),
                only_report=bool(only_report), aside=_aside(aside), known=known,
            )  # fmt: skip

    def before(self, page: Key, at: datetime) -> Snapshot | None:
        """The last version of the page that was captured before then."""
        with self._database.translated():
            return line.before(self._database.connection, page, at)

    def place(self, staged: Staged, reading: Reading | None, found: Found | None = None, told: Told = _NOTHING) -> None:
        """Put a capture into its place in the line; without a `reading` its bytes are read as they were before.

        The comparison that it splits is taken away, and the page is marked to have it made anew.
        """
        from monitor.store.store import keep_told

        with self._database.transaction() as connection:
            line.place(connection, staged, reading, found)
            _drop(connection, staged.row)
            keep_told(connection, told)

    def drop(self, staged: Staged) -> None:
        """Forget a capture that is not to be kept."""
        with self._database.transaction() as connection:
            _drop(connection, staged.row)

    def gaps(self, page: Key) -> list[tuple[int, int]]:
        """The neighbours in the line of the page that read differently and have not been compared, as snapshot rows."""
        with self._database.translated():
            return line.gaps(self._database.connection, page)

    def gap(self, page: Key, rows: tuple[int, int]) -> Gap:
        """The bytes on both sides of a gap."""
        with self._database.translated():
            return line.gap(self._database.connection, page, rows)

    def close_gap(self, page: Key, rows: tuple[int, int], found: Found | None, told: Told = _NOTHING) -> None:
        """Keep what differs between two neighbours; with nothing found they are one version."""
        from monitor.store.store import keep_told

        with self._database.transaction() as connection:
            line.close_gap(connection, page, rows, found)
            keep_told(connection, told)

    def mended(self, page: Key) -> None:
        """Keep that every gap of the page that could be closed has been."""
        with self._database.transaction() as connection:
            line.drop_stale(connection, page)
            connection.execute(
                "DELETE FROM mending WHERE page = (SELECT id FROM pages WHERE (target, language) = (?, ?))", page
            )

    def _rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._database.translated():
            return self._database.connection.execute(query, values).fetchall()


def take(connection: sqlite3.Connection, capture: PastCapture) -> bool:
    """Keep a capture until it is placed, inside a transaction that is open; false if it is held already."""
    digest, at = bytes.fromhex(capture.sha256), as_microseconds(capture.captured_at)
    if _is_held(connection, capture.page, at, digest):
        return False
    if not _has_bytes(connection, digest):
        if capture.content is None:
            return False
        connection.execute(
            "INSERT INTO intake_bodies (sha256, size, data) VALUES (?, ?, ?)",
            (digest, len(capture.content), pack(capture.content, level=QUICK)),
        )
    aside = capture.aside
    connection.execute(
        "INSERT INTO intake (target, language, captured_at, url, status, headers, sha256, origin, aside, only_report)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *capture.page, at, capture.url, capture.status, json.dumps([capture.headers, capture.request]), digest,
            capture.origin, "" if aside is None else json.dumps([aside.verdict, aside.reason]), capture.only_report,
        ),
    )  # fmt: skip
    return True


def _is_held(connection: sqlite3.Connection, page: Key, at: int, digest: bytes) -> bool:
    waits = "SELECT 1 FROM intake WHERE target = ? AND language = ? AND captured_at = ? AND sha256 = ?"
    if connection.execute(waits, (*page, at, digest)).fetchone():
        return True
    held = (
        "SELECT 1 FROM captures JOIN pages ON pages.id = captures.page JOIN snapshots ON snapshots.id = snapshot"
        " WHERE (target, language) = (?, ?) AND captured_at BETWEEN ? AND ? AND sha256 = ?"
    )
    return connection.execute(held, (*page, at, at + SAME_INSTANT, digest)).fetchone() is not None


def _has_bytes(connection: sqlite3.Connection, digest: bytes) -> bool:
    query = "SELECT 1 FROM snapshots WHERE sha256 = ? UNION ALL SELECT 1 FROM intake_bodies WHERE sha256 = ?"
    return connection.execute(query, (digest, digest)).fetchone() is not None


def _content(connection: sqlite3.Connection, sha256: str) -> bytes:
    from monitor.store.lookup import snapshot_id
    from monitor.store.snapshots import content_of

    query = "SELECT size, data FROM intake_bodies WHERE sha256 = ?"
    row = connection.execute(query, (bytes.fromhex(sha256),)).fetchone()
    return unpack(row[1], size=row[0]) if row else content_of(connection, snapshot_id(connection, sha256))


def _drop(connection: sqlite3.Connection, row: int) -> None:
    digest = connection.execute("DELETE FROM intake WHERE id = ? RETURNING sha256", (row,)).fetchone()
    if digest and not connection.execute("SELECT 1 FROM intake WHERE sha256 = ? LIMIT 1", digest).fetchone():
        connection.execute("DELETE FROM intake_bodies WHERE sha256 = ?", digest)


def _media_type(headers: str) -> str | None:
    from monitor.model.capture import header

    return header(tuple((name, value) for name, value in json.loads(headers)[0]), "content-type")


def _aside(text: str) -> Reading | None:
    if not text:
        return None
    verdict, reason = json.loads(text)
    return Reading(verdict=Verdict(verdict), reason=reason)
