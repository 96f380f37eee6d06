"""The past as it is asked for by hand: what a stored reference names, and the lists of captures and versions."""

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from monitor.errors import UnknownReferenceError
from monitor.model.holdings import CaptureRow, VersionRow
from monitor.model.quality import Verdict
from monitor.model.target import Key
from monitor.store.lookup import GOOD, NEWEST, OLDEST, capture_of, page_id
from monitor.store.times import as_microseconds, as_time

EDITION = re.compile(r"[0-9]{4}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIGEST = re.compile(r"[0-9a-f]{6,64}")


def find(connection: sqlite3.Connection, page: Key, which: str) -> int:
    """The capture that the part of a stored reference after the `@` names (see `model.ports.Store.find`)."""
    page_row = page_id(connection, page)
    query = f"SELECT captures.id {GOOD}"
    if which == "first":
        row = connection.execute(query + OLDEST, (page_row,)).fetchone()
    elif which == "latest":
        row = connection.execute(query + NEWEST, (page_row,)).fetchone()
    elif EDITION.fullmatch(which):
        row = connection.execute(f"{query} AND edition = ?{NEWEST}", (page_row, int(which))).fetchone()
    elif DAY.fullmatch(which):
        end = as_microseconds(_end_of(which))
        row = connection.execute(f"{query} AND captured_at < ?{NEWEST}", (page_row, end)).fetchone()
    else:
        return _by_digest(connection, page_row, page, which)
    if row is None:
        raise UnknownReferenceError(f"{page[0]}/{page[1]}@{which}: nothing held; {_holdings(connection, page_row)}")
    return int(row[0])


def captures(connection: sqlite3.Connection, page: Key) -> list[CaptureRow]:
    """Every capture of the page, oldest first."""
    page_row = page_id(connection, page)
    numbers = {version: number for number, version in enumerate(_version_order(connection, page_row), 1)}
    rows = connection.execute(
        "SELECT captured_at, status, lower(hex(sha256)), size, urls.url, verdict, reason, version, edition, origins.name"
        " FROM captures"
        " JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot"
        " JOIN snapshots ON snapshots.id = captures.snapshot JOIN urls ON urls.id = captures.url"
        " LEFT JOIN versions ON versions.id = version LEFT JOIN origins ON origins.id = captures.origin"
        " WHERE captures.page = ? ORDER BY captured_at, captures.id",
        (page_row,),
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
            origin=origin or "",
        )
        for captured_at, status, sha256, size, url, verdict, reason, version, edition, origin in rows
    ]


def summaries(connection: sqlite3.Connection, page: Key) -> dict[datetime, dict[str, dict[str, int]]]:
    """The summary of every comparison of the page, by the time of its new side."""
    query = "SELECT captured_at, summary FROM comparisons WHERE page = ?"
    rows = connection.execute(query, (page_id(connection, page),))
    return {as_time(captured_at): json.loads(summary) for captured_at, summary in rows}


def versions(connection: sqlite3.Connection, page: Key) -> Sequence[VersionRow]:
    """Every version of the page, in order of first sight, with what its first sight changed."""
    page_row = page_id(connection, page)
    query = "SELECT captured_at, summary FROM comparisons WHERE page = ?"
    summaries = dict(connection.execute(query, (page_row,)).fetchall())
    rows = connection.execute(
        f"SELECT version, versions.edition, title, captured_at, lower(hex(sha256)) {GOOD}"
        " ORDER BY captured_at, captures.id",
        (page_row,),
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
    query = f"SELECT version {GOOD} GROUP BY version ORDER BY min(captured_at)"
    return [version for (version,) in connection.execute(query, (page,))]


def _by_digest(connection: sqlite3.Connection, page_row: int, page: Key, which: str) -> int:
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
    found = connection.execute(query, (page_row, f"{which}%")).fetchall()
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
    query = f"SELECT min(captured_at), max(captured_at), group_concat(DISTINCT edition) {GOOD}"
    first, last, editions = connection.execute(query, (page,)).fetchone()
    if first is None:
        return "no capture of it was the report"
    return f"held from {as_time(first):%Y-%m-%d} to {as_time(last):%Y-%m-%d}, editions {editions or 'unknown'}"
