"""The store proved whole: every stored byte re-hashed, every row accounted for."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from monitor.errors import StoreError
from monitor.model.holdings import Inspection
from monitor.store.packing import unpack
from monitor.store.snapshots import DEEPEST
from monitor.store.times import as_microseconds

_REMEDY = "restore it from a copy of the store"
_CLOCK_TOLERANCE = timedelta(days=1)


def inspect(connection: sqlite3.Connection, full_since: datetime | None = None) -> Inspection:
    """Re-hash every byte and account for every row. Damage is reported, never raised, as far as SQLite can read on. That
    the disk is full since some time is remarked."""
    problems = [f"the database itself is damaged ({line}); {_REMEDY}" for line in _integrity(connection)]
    try:
        problems += _foreign(connection)
        problems += _snapshots(connection)
        problems += _captures(connection)
        problems += _comparisons(connection)
        problems += _intake(connection)
        return _counted(connection, problems, [*_remarks(connection), *_room(full_since)])
    except sqlite3.DatabaseError as error:
        problems.append(f"the database cannot be read on ({error}); {_REMEDY}")
        return Inspection(
            snapshots=0, captures=0, comparisons=0, content_bytes=0, stored_bytes=0, problems=tuple(problems)
        )


def damage(connection: sqlite3.Connection) -> str:
    """Which part of the file is not what SQLite wrote, in words; empty if it is whole. Quick: tables and trees are gone
    through, and neither bytes hashed nor rows accounted for."""
    if _is_sound(connection, "1"):
        return ""
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    except sqlite3.DatabaseError:
        return "the list of its tables"
    damaged = [name for name in names if not _is_sound(connection, name)]
    if not damaged:
        return "the list of its free pages"
    return f"the table{'s' * (len(damaged) > 1)} {', '.join(damaged)}"


def _is_sound(connection: sqlite3.Connection, what: str) -> bool:
    """True if a table, or all of them ("1": stop at the first problem), can be gone through."""
    try:
        return [line for (line,) in connection.execute(f"PRAGMA quick_check({what})")] == ["ok"]
    except sqlite3.DatabaseError:
        return False


def _integrity(connection: sqlite3.Connection) -> Iterator[str]:
    try:
        for (line,) in connection.execute("PRAGMA integrity_check(20)"):
            if line != "ok":
                yield line
    except sqlite3.DatabaseError as error:
        yield str(error)


def _foreign(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"a row of {table} ({row}) names a row of {parent} that is missing; {_REMEDY}"


def _snapshots(connection: sqlite3.Connection) -> Iterator[str]:
    """Unpack and hash page by page; what was just unpacked stays at hand, since the next one leans on it or near it."""
    at_hand: dict[int, bytes] = {}
    query = "SELECT id, page, lower(hex(sha256)), size, base, data FROM snapshots ORDER BY page, id"
    for snapshot, page, sha256, size, base, data in connection.execute(query):
        try:
            prefix = None if base is None else at_hand.get(base) or _unpacked(connection, base, 0)
            content = unpack(data, prefix, size=size)
        except StoreError as error:
            yield f"snapshot {sha256[:16]} of {_name(connection, page)}: {error}"
            continue
        if hashlib.sha256(content).hexdigest() != sha256:
            yield f"snapshot {sha256[:16]} of {_name(connection, page)}: its bytes are not those captured; {_REMEDY}"
        at_hand[snapshot] = content
        while len(at_hand) > DEEPEST:
            at_hand.pop(next(iter(at_hand)))


def _unpacked(connection: sqlite3.Connection, snapshot: int, depth: int) -> bytes:
    row = connection.execute("SELECT size, base, data FROM snapshots WHERE id = ?", (snapshot,)).fetchone()
    if row is None or depth > DEEPEST:
        raise StoreError(f"what it leans on (snapshot {snapshot}) is missing; {_REMEDY}")
    size, base, data = row
    return unpack(data, None if base is None else _unpacked(connection, base, depth + 1), size=size)


def _captures(connection: sqlite3.Connection) -> Iterator[str]:
    unread = connection.execute(
        "SELECT captures.id, captures.page FROM captures LEFT JOIN readings"
        " ON readings.page = captures.page AND readings.snapshot = captures.snapshot WHERE verdict IS NULL"
    )
    for capture, page in unread:
        yield f"capture {capture} of {_name(connection, page)} has no reading; {_REMEDY}"
    headers = "SELECT captures.id, page, pages.headers, captures.headers FROM captures JOIN pages ON pages.id = page"
    for capture, page, base, packed in connection.execute(f"{headers} WHERE captures.headers IS NOT NULL"):
        try:
            unpack(packed, base)
        except StoreError as error:
            yield f"the headers of capture {capture} of {_name(connection, page)}: {error}"


def _comparisons(connection: sqlite3.Connection) -> Iterator[str]:
    for row, page, summary in connection.execute("SELECT id, page, summary FROM comparisons"):
        try:
            json.loads(summary)
        except ValueError as error:
            yield f"comparison {row} of {_name(connection, page)}: its summary is damaged ({error}); {_REMEDY}"


def _intake(connection: sqlite3.Connection) -> Iterator[str]:
    """What was taken in and waits for its place has its bytes, whole."""
    for digest, size, data in connection.execute("SELECT sha256, size, data FROM intake_bodies"):
        try:
            content = unpack(data, size=size)
        except StoreError as error:
            yield f"bytes {digest.hex()[:16]} that wait for their place: {error}"
            continue
        if hashlib.sha256(content).digest() != digest:
            yield f"bytes {digest.hex()[:16]} that wait for their place are not those taken in; import them again"
    missing = connection.execute(
        "SELECT count(*) FROM intake WHERE sha256 NOT IN (SELECT sha256 FROM intake_bodies)"
        " AND sha256 NOT IN (SELECT sha256 FROM snapshots)"
    ).fetchone()[0]
    if missing:
        yield f"the bytes of {missing} captures that wait for their place are missing; import them again"


def _remarks(connection: sqlite3.Connection) -> Iterator[str]:
    query = "SELECT lower(hex(sha256)) FROM snapshots WHERE id NOT IN (SELECT snapshot FROM captures)"
    for (sha256,) in connection.execute(query):
        yield f"snapshot {sha256[:16]} belongs to no capture: harmless"
    waiting = connection.execute("SELECT count(*) FROM intake").fetchone()[0]
    if waiting:
        yield f"{waiting} captures that were taken in wait for their place: the next `monitor import` places them"
    unmended = connection.execute("SELECT count(*) FROM mending").fetchone()[0]
    if unmended:
        yield f"{unmended} pages wait to be compared anew: the next `monitor import` does"
    limit = as_microseconds(datetime.now(UTC) + _CLOCK_TOLERANCE)
    future = connection.execute("SELECT count(*) FROM captures WHERE captured_at > ?", (limit,)).fetchone()[0]
    if future:
        yield f"{future} captures are dated in the future: see that the clock of this machine is right"


def _room(full_since: datetime | None) -> Iterator[str]:
    if full_since is not None:
        since = f"{full_since:%Y-%m-%d %H:%M} UTC"
        yield f"the disk was found full at {since}: nothing is added until there is room, which the next check sees to"


def _counted(connection: sqlite3.Connection, problems: list[str], remarks: list[str]) -> Inspection:
    def one(query: str) -> int:
        return int(connection.execute(query).fetchone()[0])

    return Inspection(
        snapshots=one("SELECT count(*) FROM snapshots"),
        captures=one("SELECT count(*) FROM captures"),
        comparisons=one("SELECT count(*) FROM comparisons"),
        content_bytes=one("SELECT coalesce(sum(size), 0) FROM snapshots"),
        stored_bytes=one("PRAGMA page_count") * one("PRAGMA page_size"),
        problems=tuple(problems),
        remarks=tuple(remarks),
    )


def _name(connection: sqlite3.Connection, page: int) -> str:
    row = connection.execute("SELECT target || '/' || language FROM pages WHERE id = ?", (page,)).fetchone()
    return row[0] if row else f"page {page}"
