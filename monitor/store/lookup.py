"""Questions to the store on the path of a page. Times order everything, never row ids: the past may be filled in later."""

import sqlite3
from datetime import datetime

from monitor.errors import UnknownReferenceError
from monitor.model.history import Snapshot
from monitor.model.quality import Verdict
from monitor.model.target import Key
from monitor.store.times import as_time

GOOD = """
    FROM captures
    JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot
    JOIN snapshots ON snapshots.id = captures.snapshot
    LEFT JOIN versions ON versions.id = version
    WHERE captures.page = ? AND version IS NOT NULL"""
NEWEST = " ORDER BY captured_at DESC, captures.id DESC LIMIT 1"
OLDEST = " ORDER BY captured_at, captures.id LIMIT 1"


def last_good(connection: sqlite3.Connection, page: int) -> tuple[str | None, Verdict]:
    """The SHA-256 of the page's last capture that was the report (None: there is none), with the verdict on it."""
    row = connection.execute(f"SELECT lower(hex(sha256)), verdict {GOOD}{NEWEST}", (page,)).fetchone()
    return (row[0], Verdict(row[1])) if row else (None, Verdict.REPORT)


def last_good_at(connection: sqlite3.Connection, page: int) -> int:
    """The time of the page's last capture that was the report, in microseconds; 0 if there is none."""
    row = connection.execute(f"SELECT captured_at {GOOD}{NEWEST}", (page,)).fetchone()
    return row[0] if row else 0


def last_version(connection: sqlite3.Connection, page: int) -> int | None:
    """The version of the page's last capture that was the report."""
    row = connection.execute(f"SELECT version {GOOD}{NEWEST}", (page,)).fetchone()
    return row[0] if row else None


def first_seen(connection: sqlite3.Connection, page: int, version: int | None) -> datetime | None:
    """When a version was first captured; None if it never was."""
    row = connection.execute(f"SELECT captured_at {GOOD} AND version = ?{OLDEST}", (page, version)).fetchone()
    return as_time(row[0]) if row else None


def count_since(connection: sqlite3.Connection, page: int, captured_at: int | None) -> int:
    """How many captures of the page are younger than that."""
    query = "SELECT count(*) FROM captures WHERE page = ? AND captured_at > ?"
    return int(connection.execute(query, (page, captured_at or 0)).fetchone()[0])


def returned_to(connection: sqlite3.Connection, page: Key, digest: bytes) -> datetime | None:
    """When the version of that digest was first captured, if the page's last version is another."""
    row = connection.execute(
        "SELECT pages.id, versions.id FROM pages JOIN versions ON versions.page = pages.id"
        " WHERE (target, language) = (?, ?) AND digest = ?",
        (*page, digest),
    ).fetchone()
    if row is None or row[1] == last_version(connection, row[0]):
        return None
    return first_seen(connection, *row)


def sides(connection: sqlite3.Connection, comparison: str) -> tuple[Snapshot, Snapshot]:
    """The old and the new snapshot of the comparison of that name."""
    row = connection.execute(
        "SELECT target, language, lower(hex(o.sha256)), lower(hex(n.sha256)) FROM comparisons"
        " JOIN pages ON pages.id = comparisons.page JOIN snapshots AS o ON o.id = old JOIN snapshots AS n ON n.id = new"
        " WHERE name = ? LIMIT 1",
        (comparison,),
    ).fetchone()
    if row is None:
        raise UnknownReferenceError(f"no comparison {comparison} is held")
    page = (row[0], row[1])
    old, new = (snapshot(connection, page, capture_of(connection, page, sha256)) for sha256 in row[2:])
    return old, new


def version_of(connection: sqlite3.Connection, page: int, sha256: str) -> int | None:
    """The version that a snapshot of the page was read as."""
    query = "SELECT version FROM readings WHERE page = ? AND snapshot = ?"
    row = connection.execute(query, (page, snapshot_id(connection, sha256))).fetchone()
    return row[0] if row else None


def snapshot_id(connection: sqlite3.Connection, sha256: str) -> int:
    """The row of the snapshot with that SHA-256. Raises UnknownReferenceError if none is held."""
    row = connection.execute("SELECT id FROM snapshots WHERE sha256 = ?", (bytes.fromhex(sha256),)).fetchone()
    if row is None:
        raise UnknownReferenceError(f"no snapshot {sha256[:16]} is held")
    return int(row[0])


def capture_of(connection: sqlite3.Connection, page: Key, sha256: str) -> int:
    """The last capture of the page that gave the snapshot."""
    query = "SELECT id FROM captures WHERE page = ? AND snapshot = ? ORDER BY captured_at DESC, id DESC LIMIT 1"
    row = connection.execute(query, (page_id(connection, page), snapshot_id(connection, sha256))).fetchone()
    if row is None:
        raise UnknownReferenceError(f"{page[0]}/{page[1]}: has no snapshot {sha256[:16]}")
    return int(row[0])


def snapshot(connection: sqlite3.Connection, page: Key, capture: int) -> Snapshot:
    """The bytes of a capture, checked, with what is needed to read them."""
    from monitor.store.snapshots import content_of

    sha256, row, url, media_type, captured_at = connection.execute(
        "SELECT lower(hex(sha256)), snapshots.id, urls.url, media_type, captured_at FROM captures"
        " JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot"
        " JOIN snapshots ON snapshots.id = captures.snapshot JOIN urls ON urls.id = captures.url"
        " WHERE captures.id = ?",
        (capture,),
    ).fetchone()
    return Snapshot(
        target=page[0],
        language=page[1],
        sha256=sha256,
        content=content_of(connection, row),
        url=url,
        media_type=media_type,
        captured_at=as_time(captured_at),
    )


def languages(connection: sqlite3.Connection, target: str) -> list[str]:
    """The languages that captures of the target are held in."""
    query = "SELECT language FROM pages WHERE target = ? ORDER BY language"
    return [language for (language,) in connection.execute(query, (target,))]


def page_id(connection: sqlite3.Connection, page: Key) -> int:
    """The row of the page. Raises UnknownReferenceError if nothing of it is held."""
    row = connection.execute("SELECT id FROM pages WHERE target = ? AND language = ?", page).fetchone()
    if row is not None:
        return int(row[0])
    held = ", ".join(languages(connection, page[0]))
    known = f"that target is held in {held}" if held else "run `monitor check` first, or see `monitor history`"
    raise UnknownReferenceError(f"{page[0]}/{page[1]}: no captures are held; {known}")
