"""Rows that captures share: pages, addresses, origins, versions, and headers against those of a page's first capture."""

import sqlite3

from monitor.model.history import Reading
from monitor.store import lookup
from monitor.store.packing import pack, unpack

Headers = tuple[tuple[str, str], ...]


def page_row(connection: sqlite3.Connection, target: str, language: str) -> int:
    """The row of a page, made if there is none."""
    connection.execute("INSERT INTO pages (target, language) VALUES (?, ?) ON CONFLICT DO NOTHING", (target, language))
    query = "SELECT id FROM pages WHERE target = ? AND language = ?"
    return int(connection.execute(query, (target, language)).fetchone()[0])


def url_row(connection: sqlite3.Connection, url: str) -> int:
    """The row of an address, made if there is none."""
    connection.execute("INSERT INTO urls (url) VALUES (?) ON CONFLICT DO NOTHING", (url,))
    return int(connection.execute("SELECT id FROM urls WHERE url = ?", (url,)).fetchone()[0])


def origin_row(connection: sqlite3.Connection, name: str) -> int | None:
    """The row of what a capture came from, made if there is none; None for a capture of our own."""
    if not name:
        return None
    connection.execute("INSERT INTO origins (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    return int(connection.execute("SELECT id FROM origins WHERE name = ?", (name,)).fetchone()[0])


def version_row(connection: sqlite3.Connection, page: int, reading: Reading) -> int | None:
    """The version that a reading is, made if it is new; None if the page is not the report."""
    if reading.digest is None:
        return None
    if reading.same_as is not None:
        return lookup.version_of(connection, page, reading.same_as)
    connection.execute(
        "INSERT INTO versions (page, digest, edition, title) VALUES (?, ?, ?, ?) ON CONFLICT (page, digest) DO NOTHING",
        (page, reading.digest, reading.edition, reading.title),
    )
    query = "SELECT id FROM versions WHERE page = ? AND digest = ?"
    return int(connection.execute(query, (page, reading.digest)).fetchone()[0])


def short_digest(reading: Reading) -> bytes | None:
    """What is kept with a reading, to tell later whether it is still read the same."""
    return None if reading.digest is None else reading.digest[:8]


def packed_headers(connection: sqlite3.Connection, page: int, headers: Headers, request: Headers) -> bytes:
    """The headers of an answer and of its request against those of the page's first capture."""
    plain = "\n".join(_block(part) for part in (headers, request)).encode()
    base = connection.execute("SELECT headers FROM pages WHERE id = ?", (page,)).fetchone()[0]
    if base is None:
        connection.execute("UPDATE pages SET headers = ? WHERE id = ?", (plain, page))
        base = plain
    return pack(plain, base)


def unpacked_headers(packed: bytes | None, base: bytes | None) -> tuple[Headers, Headers]:
    """The headers of an answer and of its request, as `packed_headers` was given them; nothing for nothing.

    Raises:
        StoreError: they are damaged.
    """
    if packed is None:
        return (), ()
    plain = unpack(packed, base).decode()
    answer, _, request = ("", "", plain[1:]) if plain.startswith("\n") else plain.partition("\n\n")
    return _headers(answer), _headers(request)


def _block(headers: Headers) -> str:
    return "".join(f"{name}: {' '.join(value.split(chr(10)))}\n" for name, value in headers)


def _headers(block: str) -> Headers:
    pairs = (line.partition(": ") for line in block.split("\n") if line)
    return tuple((name, value) for name, _, value in pairs)
