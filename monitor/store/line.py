"""The line of versions of a page in order of capture time: captures put into it, and the gaps that this leaves.

What holds of every line: two neighbouring captures that are the report and of different versions have a comparison, at
the time of the later one, and there is no other. Whatever is put in or taken out marks its page (`mending`) in the same
transaction, until that holds again.
"""

import json
import sqlite3
from datetime import datetime

from monitor.model.history import Found, Reading, SetAside, Snapshot
from monitor.model.past import Gap, Staged
from monitor.model.target import Key
from monitor.store import lookup
from monitor.store.lookup import GOOD
from monitor.store.rows import origin_row, packed_headers, page_row, short_digest, url_row, version_row
from monitor.store.snapshots import content_of, put
from monitor.store.times import as_microseconds, as_time


def place(connection: sqlite3.Connection, staged: Staged, reading: Reading | None, found: Found | None) -> None:
    """Put a capture into the line of its page, with its bytes, what was read of it and what it changed."""
    status, headers, origin = connection.execute(
        "SELECT status, headers, origin FROM intake WHERE id = ?", (staged.row,)
    ).fetchone()
    answer, request = (tuple((name, value) for name, value in block) for block in json.loads(headers))
    taken = staged.snapshot
    page = page_row(connection, taken.target, taken.language)
    at = _free_instant(connection, page, as_microseconds(taken.captured_at))
    snapshot = put(connection, page, taken.content, taken.sha256, near=_near(connection, page, at))
    if reading is not None:
        keep_reading(connection, page, snapshot, reading, taken.media_type)
    newest = connection.execute("SELECT coalesce(max(captured_at), -1) < ? FROM captures WHERE page = ?", (at, page))
    if newest.fetchone()[0]:
        connection.execute("UPDATE pages SET etag = NULL, last_modified = NULL WHERE id = ?", (page,))
    elif reading is None or reading.digest is not None:
        mark(connection, page)
    if reading is None:
        mark(connection, page)
    packed = packed_headers(connection, page, answer, request) if answer or request else None
    connection.execute(
        "INSERT INTO captures (page, captured_at, status, snapshot, url, headers, origin) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (page, at, status, snapshot, url_row(connection, taken.url), packed, origin_row(connection, origin)),
    )
    if found is not None:
        keep_comparison(connection, page, at, lookup.snapshot_id(connection, found.old_sha256), snapshot, found)


def believe(connection: sqlite3.Connection, aside: SetAside, reading: Reading, found: Found | None) -> None:
    """Make what was set aside a version from `aside.since` on, with what it changed."""
    page, snapshot = lookup.page_id(connection, aside.page), lookup.snapshot_id(connection, aside.sha256)
    at = begun_at(connection, page, snapshot)
    query = "SELECT media_type FROM readings WHERE (page, snapshot) = (?, ?)"
    keep_reading(connection, page, snapshot, reading, *connection.execute(query, (page, snapshot)).fetchone())
    if found is not None and at is not None:
        keep_comparison(connection, page, at, lookup.snapshot_id(connection, found.old_sha256), snapshot, found)


def begun_at(connection: sqlite3.Connection, page: int, snapshot: int) -> int | None:
    """When a snapshot that was set aside, and is about to become a version, was first captured since the last version:
    there its version begins. None for any other.

    One that was captured before the last version, too, becomes a version there as well, and the page is marked.
    """
    query = "SELECT version IS NULL FROM readings WHERE (page, snapshot) = (?, ?)"
    if connection.execute(query, (page, snapshot)).fetchone() != (1,):
        return None
    last = lookup.last_good_at(connection, page)
    query = "SELECT captured_at FROM captures WHERE (page, snapshot) = (?, ?)"
    times = [at for (at,) in connection.execute(query, (page, snapshot))]
    if any(at < last for at in times):
        mark(connection, page)
    return min((at for at in times if at > last), default=None)


def keep_reading(
    connection: sqlite3.Connection, page: int, snapshot: int, reading: Reading, media_type: str | None
) -> None:
    """Keep what was read of a snapshot of the page, in place of what was read before."""
    connection.execute(
        "INSERT OR REPLACE INTO readings (page, snapshot, version, verdict, reason, media_type, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            page, snapshot, version_row(connection, page, reading), reading.verdict.value, reading.reason, media_type,
            short_digest(reading),
        ),
    )  # fmt: skip


def keep_comparison(connection: sqlite3.Connection, page: int, at: int, old: int, new: int, found: Found) -> None:
    """Keep the summary of a comparison at the time of its new side."""
    comparison = found.comparison
    summary = json.dumps(comparison.summary(), separators=(",", ":"))
    connection.execute(
        "INSERT OR REPLACE INTO comparisons (page, captured_at, old, new, name, kind, summary)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (page, at, old, new, comparison.id, comparison.kind.value, summary),
    )


def mark(connection: sqlite3.Connection, page: int) -> None:
    """Note that the comparisons of the page are to be made anew where its line has changed."""
    connection.execute("INSERT INTO mending (page) VALUES (?) ON CONFLICT DO NOTHING", (page,))


def before(connection: sqlite3.Connection, page: Key, at: datetime) -> Snapshot | None:
    """The last version of the page that was captured before then."""
    row = connection.execute(
        f"SELECT captures.id {GOOD.replace('captures.page = ?', _PAGE)} AND captured_at < ?"
        " ORDER BY captured_at DESC, captures.id DESC LIMIT 1",
        (*page, as_microseconds(at)),
    ).fetchone()
    return lookup.snapshot(connection, page, row[0]) if row else None


def reading_row(connection: sqlite3.Connection, page: Key, sha256: str) -> int | None:
    """The snapshot row of bytes that were read for the page before; None if they were not."""
    row = connection.execute(
        "SELECT snapshot FROM readings JOIN pages ON pages.id = readings.page"
        " JOIN snapshots ON snapshots.id = snapshot WHERE (target, language) = (?, ?) AND sha256 = ?",
        (*page, bytes.fromhex(sha256)),
    ).fetchone()
    return row[0] if row else None


def gaps(connection: sqlite3.Connection, page: Key) -> list[tuple[int, int]]:
    """The (old, new) snapshots of neighbours that read differently and have no comparison, in order of time."""
    rows = connection.execute(f"{_LINE} SELECT old, snapshot FROM line WHERE {_DIFFERS} AND NOT {_COMPARED}", page)
    return list(dict.fromkeys((old, new) for old, new in rows))


def gap(connection: sqlite3.Connection, page: Key, rows: tuple[int, int]) -> Gap:
    """The bytes on both sides of a gap."""
    old, new = (_snapshot(connection, page, row) for row in rows)
    return Gap(old=old, new=new)


def close_gap(connection: sqlite3.Connection, page: Key, rows: tuple[int, int], found: Found | None) -> None:
    """Keep the comparison wherever the two are neighbours; with nothing found the new one is of the old one's version."""
    page_id = lookup.page_id(connection, page)
    if found is None:
        version = connection.execute("SELECT version FROM readings WHERE (page, snapshot) = (?, ?)", (page_id, rows[0]))
        connection.execute(
            "UPDATE readings SET version = ? WHERE (page, snapshot) = (?, ?)", (*version.fetchone(), page_id, rows[1])
        )
        return
    query = f"{_LINE} SELECT captured_at FROM line WHERE {_DIFFERS} AND NOT {_COMPARED} AND (old, snapshot) = (?, ?)"
    for (at,) in connection.execute(query, (*page, *rows)).fetchall():
        keep_comparison(connection, page_id, at, *rows, found)


def drop_stale(connection: sqlite3.Connection, page: Key) -> None:
    """Take away the comparisons of captures that are no neighbours (any more), and versions that nothing reads as."""
    connection.execute(
        f"{_LINE} DELETE FROM comparisons WHERE page = (SELECT id FROM pages WHERE {_PAIR})"
        " AND NOT EXISTS (SELECT 1 FROM line WHERE captured_at = comparisons.captured_at AND snapshot = comparisons.new"
        f" AND {_DIFFERS} AND old_version = (SELECT version FROM readings WHERE page = comparisons.page"
        " AND snapshot = comparisons.old))",
        (*page, *page),
    )
    connection.execute(
        f"DELETE FROM versions WHERE page = (SELECT id FROM pages WHERE {_PAIR})"
        " AND id NOT IN (SELECT version FROM readings WHERE readings.page = versions.page AND version IS NOT NULL)",
        page,
    )


def _snapshot(connection: sqlite3.Connection, page: Key, row: int) -> Snapshot:
    sha256, url, media_type, captured_at = connection.execute(
        "SELECT lower(hex(sha256)), urls.url, media_type, captured_at FROM captures"
        " JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot"
        " JOIN snapshots ON snapshots.id = captures.snapshot JOIN urls ON urls.id = captures.url"
        " WHERE captures.page = ? AND captures.snapshot = ? ORDER BY captured_at LIMIT 1",
        (lookup.page_id(connection, page), row),
    ).fetchone()
    return Snapshot(
        target=page[0], language=page[1], sha256=sha256, content=content_of(connection, row), url=url,
        media_type=media_type, captured_at=as_time(captured_at),
    )  # fmt: skip


def _near(connection: sqlite3.Connection, page: int, at: int) -> tuple[int, ...]:
    """The snapshots captured next before and next after a time, if their bytes are laid with those of the page."""
    earlier = "SELECT snapshot FROM captures WHERE page = ? AND captured_at < ? ORDER BY captured_at DESC LIMIT 1"
    later = "SELECT snapshot FROM captures WHERE page = ? AND captured_at > ? ORDER BY captured_at LIMIT 1"
    query = "SELECT id FROM snapshots WHERE page = ? AND id = ({})"
    found = (connection.execute(query.format(one), (page, page, at)).fetchone() for one in (earlier, later))
    return tuple(row[0] for row in found if row)


def _free_instant(connection: sqlite3.Connection, page: int, at: int) -> int:
    """The time, or the next microsecond in which no capture of the page is held: what order two of one second had is
    what order they came in."""
    query = "SELECT 1 FROM captures WHERE page = ? AND captured_at = ?"
    while connection.execute(query, (page, at)).fetchone():
        at += 1
    return at


_PAIR = "(target, language) = (?, ?)"
_PAGE = f"captures.page = (SELECT id FROM pages WHERE {_PAIR})"
_LINE = f"""
    WITH line AS (
        SELECT captures.page AS page, captured_at, captures.snapshot AS snapshot, version,
            lag(captures.snapshot) OVER w AS old, lag(version) OVER w AS old_version
        FROM captures JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot
        WHERE {_PAGE} AND version IS NOT NULL
        WINDOW w AS (ORDER BY captured_at, captures.id))"""
_DIFFERS = "old IS NOT NULL AND version != old_version"
_COMPARED = """EXISTS (
    SELECT 1 FROM comparisons AS c JOIN readings AS r ON r.page = c.page AND r.snapshot = c.old
    WHERE c.page = line.page AND c.captured_at = line.captured_at AND c.new = line.snapshot
    AND r.version = line.old_version)"""
