"""The bytes of snapshots: put once, each leaning on an earlier one of its page, checked at every reading.

What leans on what is a binary tree grown in order of arrival: a snapshot leans on the last one, or, where that is
ten steps from one that stands alone or carries two already, on the nearest below it that is and does not. So two
thousand versions need one copy in full, almost every one leans on a near neighbour, and none is more than ten steps
away. Measured against other orders in docs/decisions/store.md.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.errors import StoreError
from monitor.store.packing import pack, unpack

DEEPEST = 10
MOST_CARRIED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A snapshot's bytes as stored: leaning on the snapshot `base`, at `depth` steps from one that stands alone."""

    base: int | None
    depth: int
    data: bytes


def put(connection: sqlite3.Connection, page: int, content: bytes, sha256: str, *, near: Sequence[int] = ()) -> int:
    """Keep the bytes, unless they are held already; returns the id of their snapshot. They lean on what is `near` them
    in the line of the page, else on what came last."""
    digest = bytes.fromhex(sha256)
    row = connection.execute("SELECT id FROM snapshots WHERE sha256 = ?", (digest,)).fetchone()
    if row:
        return int(row[0])
    packed = smallest(connection, page, content, near)
    cursor = connection.execute(
        "INSERT INTO snapshots (sha256, size, page, base, depth, data) VALUES (?, ?, ?, ?, ?, ?)",
        (digest, len(content), page, packed.base, packed.depth, packed.data),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def content_of(connection: sqlite3.Connection, snapshot: int) -> bytes:
    """The bytes of a snapshot, as captured.

    Raises:
        StoreError: they are damaged.
    """
    steps = _steps(connection, snapshot)
    content: bytes | None = None
    for size, data in reversed(steps):
        content = unpack(data, content, size=size)
    digest = connection.execute("SELECT sha256 FROM snapshots WHERE id = ?", (snapshot,)).fetchone()[0]
    if content is None or hashlib.sha256(content).digest() != digest:
        raise StoreError(f"snapshot {digest.hex()[:16]} is damaged; see `monitor verify`, and restore it from a copy")
    return content


def smallest(connection: sqlite3.Connection, page: int, content: bytes, near: Sequence[int] = ()) -> Packed:
    """The content leaning on another snapshot, or alone where that gains little or what it leans on is damaged."""
    leaning = _leaning(connection, page, content, near)
    if leaning is not None and len(leaning.data) <= len(content) // 8:
        return leaning
    alone = Packed(base=None, depth=0, data=pack(content))
    return leaning if leaning is not None and 1.25 * len(leaning.data) < len(alone.data) else alone


def _leaning(connection: sqlite3.Connection, page: int, content: bytes, near: Sequence[int]) -> Packed | None:
    last = connection.execute("SELECT max(id) FROM snapshots WHERE page = ?", (page,)).fetchone()[0]
    for start in (*near, last):
        base, depth = _free(connection, start)
        if base is not None:
            break
    else:
        return None
    try:
        return Packed(base=base, depth=depth + 1, data=pack(content, content_of(connection, base)))
    except StoreError:
        return None


def _free(connection: sqlite3.Connection, base: int | None) -> tuple[int | None, int]:
    """The nearest snapshot from there downwards that can carry one more, with its depth; None if there is none."""
    query = "SELECT depth, base, (SELECT count(*) FROM snapshots WHERE base = s.id) FROM snapshots AS s WHERE id = ?"
    while base is not None:
        depth, below, carried = connection.execute(query, (base,)).fetchone()
        if depth < DEEPEST and carried < MOST_CARRIED:
            return base, depth
        base = below
    return None, 0


def _steps(connection: sqlite3.Connection, snapshot: int) -> list[tuple[int, bytes]]:
    """(size, data) of the snapshot, of what it leans on, and so on to one that stands alone."""
    steps: list[tuple[int, bytes]] = []
    following: int | None = snapshot
    while following is not None and len(steps) <= DEEPEST:
        row = connection.execute("SELECT size, data, base FROM snapshots WHERE id = ?", (following,)).fetchone()
        if row is None:
            raise StoreError(f"snapshot {following} is missing; see `monitor verify`, and restore it from a copy")
        steps.append((row[0], row[1]))
        following = row[2]
    return steps
