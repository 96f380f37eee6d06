"""The store made smaller without losing a version: captures thinned out by rule, bytes laid anew, space given back."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model.quality import Verdict
from monitor.store.database import Database
from monitor.store.packing import pack
from monitor.store.snapshots import DEEPEST, MOST_CARRIED, content_of
from monitor.store.times import as_microseconds

GAIN = 0.97
"""Bytes are laid anew only where they come out at this share of what they took, or less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compacted:
    """What was done to one page: captures thinned out, snapshots that nothing needs any more, bytes given back."""

    page: tuple[str, str]
    captures: int
    snapshots: int
    saved: int


class Compaction:
    """Works page by page, each in one transaction. Used by the thread that opened the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pages(self) -> list[tuple[int, tuple[str, str]]]:
        """Every page, with its row."""
        with self._database.translated():
            rows = self._database.connection.execute("SELECT id, target, language FROM pages ORDER BY target, language")
            return [(row, (target, language)) for row, target, language in rows]

    def compact(self, row: int, page: tuple[str, str], before: datetime, step: timedelta) -> Compacted:
        """Thin out the captures of a page that are older than `before` and changed nothing, to one in each `step`, drop
        the bytes that nothing needs any more, and lay the others in order of time.

        Raises:
            StoreError: bytes of the page are damaged, or something cannot be kept; the page stays as it was.
        """
        with self._database.transaction() as connection:
            thinned = _thin(connection, row, as_microseconds(before), int(step.total_seconds() * 1_000_000))
            dropped = _needless(connection, row)
            saved = _lay(connection, row, set(dropped))
            return Compacted(page=page, captures=thinned, snapshots=len(dropped), saved=saved)

    def give_back(self) -> int:
        """Give space that is not used back to the disk; returns how many bytes that were.

        Raises:
            StoreError: the disk has no room for the copy that this takes; nothing is harmed.
        """
        with self._database.translated():
            connection = self._database.connection
            before = _size(connection)
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return before - _size(connection)


def _thin(connection: sqlite3.Connection, page: int, before: int, step: int) -> int:
    """Take away captures between the first and the last of a row with one version (or, set aside, one verdict; what waits
    to be believed counts as a version)."""
    waits = json.dumps([verdict.value for verdict in Verdict if verdict.waits])
    rows = connection.execute(
        "SELECT captures.id, captured_at, coalesce(version,"
        " verdict || iif(verdict IN (SELECT value FROM json_each(?)), captures.snapshot, ''))"
        " FROM captures JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot"
        " WHERE captures.page = ? ORDER BY captured_at, captures.id",
        (waits, page),
    ).fetchall()
    gone = []
    kept_at = 0
    for place, (capture, at, version) in enumerate(rows):
        inside = 0 < place < len(rows) - 1 and rows[place - 1][2] == version == rows[place + 1][2]
        if inside and at < before and at - kept_at < step:
            gone.append((capture,))
        else:
            kept_at = at
    connection.executemany("DELETE FROM captures WHERE id = ?", gone)
    return len(gone)


def _needless(connection: sqlite3.Connection, page: int) -> list[int]:
    """The snapshots of the page that no capture and no comparison of any page names."""
    query = (
        "SELECT id FROM snapshots AS s WHERE page = ?"
        " AND NOT EXISTS (SELECT 1 FROM captures WHERE snapshot = s.id)"
        " AND NOT EXISTS (SELECT 1 FROM comparisons WHERE old = s.id OR new = s.id)"
        " AND sha256 NOT IN (SELECT sha256 FROM intake)"
    )
    return [row for (row,) in connection.execute(query, (page,))]


def _lay(connection: sqlite3.Connection, page: int, dropped: set[int]) -> int:
    """Lay the bytes of a page anew, in the order in which they were captured; returns how many were saved."""
    order = _order(connection, page, dropped)
    query = "SELECT coalesce(sum(length(data)), 0) FROM snapshots WHERE page = ?"
    before: int = connection.execute(query, (page,)).fetchone()[0]
    if not dropped and not _is_out_of_order(connection, page, order):
        return 0
    laid = list(_laid(connection, order))
    after = sum(len(data) for *_, data in laid)
    if not dropped and after > GAIN * before:
        return 0
    connection.execute("UPDATE snapshots SET base = NULL WHERE page = ?", (page,))
    connection.executemany(
        "UPDATE snapshots SET base = ?, depth = ?, data = ? WHERE id = ?",
        [(base, depth, data, row) for row, base, depth, data in laid],
    )
    for row in dropped:
        connection.execute("DELETE FROM readings WHERE snapshot = ?", (row,))
        connection.execute("DELETE FROM snapshots WHERE id = ?", (row,))
    _check(connection, order)
    connection.execute(
        "DELETE FROM versions WHERE page = ? AND id NOT IN (SELECT version FROM readings WHERE version IS NOT NULL)",
        (page,),
    )
    return before - after


def _order(connection: sqlite3.Connection, page: int, dropped: set[int]) -> list[int]:
    query = (
        "SELECT s.id FROM snapshots AS s LEFT JOIN captures ON captures.snapshot = s.id WHERE s.page = ?"
        " GROUP BY s.id ORDER BY min(captured_at) IS NULL, min(captured_at), s.id"
    )
    return [row for (row,) in connection.execute(query, (page,)) if row not in dropped]


def _is_out_of_order(connection: sqlite3.Connection, page: int, order: Sequence[int]) -> bool:
    """True if bytes lean on others than they would if they had come in the order of their capture."""
    alone = connection.execute("SELECT count(*) FROM snapshots WHERE page = ? AND base IS NULL", (page,)).fetchone()[0]
    return list(order) != sorted(order) or alone > 1 + len(order) // 50


def _laid(connection: sqlite3.Connection, order: Sequence[int]) -> Iterator[tuple[int, int | None, int, bytes]]:
    """(snapshot, base, depth, data) in a tree grown in this order; at most a path of it is in memory, unpacked."""
    placed: dict[int, tuple[int | None, int, int]] = {}
    at_hand: dict[int, bytes] = {}
    last: int | None = None
    for row in order:
        content = content_of(connection, row)
        base = last
        while base is not None and (placed[base][1] >= DEEPEST or placed[base][2] >= MOST_CARRIED):
            base = placed[base][0]
        data, depth = pack(content), 0
        if base is not None:
            leaning = pack(content, at_hand.get(base) or content_of(connection, base))
            if 1.25 * len(leaning) < len(data):
                parent, parent_depth, carried = placed[base]
                placed[base] = (parent, parent_depth, carried + 1)
                data, depth = leaning, parent_depth + 1
        placed[row] = (base if depth else None, depth, 0)
        at_hand[row] = content
        while len(at_hand) > DEEPEST + 2:
            at_hand.pop(next(iter(at_hand)))
        yield row, placed[row][0], depth, data
        last = row


def _size(connection: sqlite3.Connection) -> int:
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * size)


def _check(connection: sqlite3.Connection, rows: Sequence[int]) -> None:
    """See that each of these snapshots comes back as it was captured. Raises StoreError, and so undoes everything."""
    for row in rows:
        content_of(connection, row)
