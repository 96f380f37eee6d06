"""Questions to the store. Times order everything, never row ids: the past may be filled in later."""

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from monitor.errors import UnknownReferenceError
from monitor.model.document import Verdict
from monitor.model.history import CaptureRow, Snapshot, VersionRow
from monitor.model.ports import Key
from monitor.store.times import as_microseconds, as_time

EDITION = re.compile(r"[0-9]{4}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIGEST = re.compile(r"[0-9a-f]{6,64}")

_GOOD = """
    FROM captures
    JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot
    JOIN snapshots ON snapshots.id = captures.snapshot
    LEFT JOIN versions ON versions.id = version
    WHERE captures.page = ? AND version IS NOT NULL"""
_NEWEST = " ORDER BY captured_at DESC, captures.id DESC LIMIT 1"
_OLDEST = " ORDER BY captured_at, captures.id LIMIT 1"


def last_good(connection: sqlite3.Connection, page: int) -> str | None:
    """The SHA-256 of the page's last capture that was the report."""
    row = connection.execute(f"SELECT lower(hex(sha256)) {_GOOD}{_NEWEST}", (page,)).fetchone()
    return row[0] if row else None


def last_version(connection: sqlite3.Connection, page: int) -> int | None:
    """The version of the page's last capture that was the report."""
    row = connection.execute(f"SELECT version {_GOOD}{_NEWEST}", (page,)).fetchone()
    return row[0] if row else None


def first_seen(connection: sqlite3.Connection, page: int, version: int | None) -> datetime | None:
    """When a version was first captured; None if it never was."""
    row = connection.execute(f"SELECT captured_at {_GOOD} AND version = ?{_OLDEST}", (page, version)).fetchone()
    return as_time(row[0]) if row else None


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
    row = connection.execute(query, (_page_id(connection, page), snapshot_id(connection, sha256))).fetchone()
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


def find(connection: sqlite3.Connection, page: Key, which: str) -> int:
    """The capture that the part of a stored reference after the `@` names (see `model.ports.Store.find`)."""
    page_id = _page_id(connection, page)
    query = f"SELECT captures.id {_GOOD}"
    if which == "first":
        row = connection.execute(query + _OLDEST, (page_id,)).fetchone()
    elif which == "latest":
        row = connection.execute(query + _NEWEST, (page_id,)).fetchone()
    elif EDITION.fullmatch(which):
        row = connection.execute(f"{query} AND edition = ?{_NEWEST}", (page_id, int(which))).fetchone()
    elif DAY.fullmatch(which):
        end = as_microseconds(_end_of(which))
        row = connection.execute(f"{query} AND captured_at < ?{_NEWEST}", (page_id, end)).fetchone()
    else:
        return _by_digest(connection, page_id, page, which)
    if row is None:
        raise UnknownReferenceError(f"{page[0]}/{page[1]}@{which}: nothing held; {_holdings(connection, page_id)}")
    return int(row[0])


def languages(connection: sqlite3.Connection, target: str) -> list[str]:
    """The languages that captures of the target are held in."""
    query = "SELECT language FROM pages WHERE target = ? ORDER BY language"
    return [language for (language,) in connection.execute(query, (target,))]


def captures(connection: sqlite3.Connection, page: Key) -> list[CaptureRow]:
    """Every capture of the page, oldest first."""
    page_id = _page_id(connection, page)
    numbers = {version: number for number, version in enumerate(_version_order(connection, page_id), 1)}
    rows = connection.execute(
        "SELECT captured_at, status, lower(hex(sha256)), size, urls.url, verdict, reason, version, edition FROM captures"
        " JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot"
        " JOIN snapshots ON snapshots.id = captures.snapshot JOIN urls ON urls.id = captures.url"
        " LEFT JOIN versions ON versions.id = version"
        " WHERE captures.page = ? ORDER BY captured_at, captures.id",
        (page_id,),
    )
    return [
        CaptureRow(
            captured_at=as_time(captured_at),
            status=status,
            sha256=sha256,
            size=size,
            url=url,
            verdict=Verdict(verdict),
            reason=reason,
            version=numbers.get(version),
            edition=edition,
        )
        for captured_at, status, sha256, size, url, verdict, reason, version, edition in rows
    ]


def versions(connection: sqlite3.Connection, page: Key) -> Sequence[VersionRow]:
    """Every version of the page, in order of first sight, with what its first sight changed."""
    page_id = _page_id(connection, page)
    query = "SELECT captured_at, summary FROM comparisons WHERE page = ?"
    summaries = dict(connection.execute(query, (page_id,)).fetchall())
    rows = connection.execute(
        f"SELECT version, versions.edition, title, captured_at, lower(hex(sha256)) {_GOOD}"
        " ORDER BY captured_at, captures.id",
        (page_id,),
    )
    seen: dict[int, VersionRow] = {}
    for version, edition, title, captured_at, sha256 in rows:
        at = as_time(captured_at)
        if version in seen:
            seen[version] = replace(seen[version], last_seen=at, captures=seen[version].captures + 1)
            continue
        summary = summaries.get(captured_at)
        seen[version] = VersionRow(
            number=len(seen) + 1, edition=edition, title=title, first_seen=at, last_seen=at,
            captures=1, sha256=sha256, summary=json.loads(summary) if summary else None,
        )  # fmt: skip
    return list(seen.values())


def _version_order(connection: sqlite3.Connection, page: int) -> list[int]:
    query = f"SELECT version {_GOOD} GROUP BY version ORDER BY min(captured_at)"
    return [version for (version,) in connection.execute(query, (page,))]


def _page_id(connection: sqlite3.Connection, page: Key) -> int:
    row = connection.execute("SELECT id FROM pages WHERE target = ? AND language = ?", page).fetchone()
    if row is not None:
        return int(row[0])
    held = ", ".join(languages(connection, page[0]))
    known = f"that target is held in {held}" if held else "run `monitor check` first, or see `monitor history`"
    raise UnknownReferenceError(f"{page[0]}/{page[1]}: no captures are held; {known}")


def _by_digest(connection: sqlite3.Connection, page_id: int, page: Key, which: str) -> int:
    name = f"{page[0]}/{page[1]}@{which}"
    if not DIGEST.fullmatch(which):
        raise UnknownReferenceError(
            f"{name}: after @ stands first, latest, an edition (2024), a day (2024-11-02)"
            " or at least 6 digits of a SHA-256"
        )
    query = (
        "SELECT lower(hex(sha256)) FROM readings JOIN snapshots ON snapshots.id = snapshot"
        " WHERE readings.page = ? AND lower(hex(sha256)) LIKE ? LIMIT 2"
    )
    found = connection.execute(query, (page_id, f"{which}%")).fetchall()
    if not found:
        raise UnknownReferenceError(f"{name}: no snapshot of that SHA-256; `monitor history {page[0]}` lists them")
    if len(found) > 1:
        raise UnknownReferenceError(f"{name}: names more than one snapshot; give more digits")
    return capture_of(connection, page, found[0][0])


def _end_of(day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise UnknownReferenceError(f"{day}: is no day of the calendar; write it as 2024-11-02") from None


def _holdings(connection: sqlite3.Connection, page: int) -> str:
    query = f"SELECT min(captured_at), max(captured_at), group_concat(DISTINCT edition) {_GOOD}"
    first, last, editions = connection.execute(query, (page,)).fetchone()
    if first is None:
        return "no capture of it was the report"
    return f"held from {as_time(first):%Y-%m-%d} to {as_time(last):%Y-%m-%d}, editions {editions or 'unknown'}"
