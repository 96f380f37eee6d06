"""The tables of the store and the steps from each version of them to the next."""

import sqlite3

from monitor.errors import StoreError

APPLICATION = 0x6D6F6E69
"""SQLite's application_id: tells the store from any other database."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY, target TEXT NOT NULL, language TEXT NOT NULL,
        headers BLOB,  -- of the first capture, plain: those of all others are compressed against them
        etag TEXT, last_modified TEXT,  -- of the last body that came, which the address below gave
        url INTEGER REFERENCES urls,
        UNIQUE (target, language)) STRICT;
    CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE snapshots (
        id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, size INTEGER NOT NULL,
        page INTEGER NOT NULL REFERENCES pages,
        base INTEGER REFERENCES snapshots,  -- the snapshot that the data leans on; none: it stands alone
        depth INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
    CREATE INDEX snapshots_of_page ON snapshots (page);
    CREATE INDEX snapshots_by_base ON snapshots (base) WHERE base IS NOT NULL;
    CREATE TABLE versions (
        id INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES pages, digest BLOB NOT NULL,
        edition INTEGER, title TEXT NOT NULL, UNIQUE (page, digest)) STRICT;
    CREATE TABLE readings (
        page INTEGER NOT NULL REFERENCES pages, snapshot INTEGER NOT NULL REFERENCES snapshots,
        version INTEGER REFERENCES versions, verdict TEXT NOT NULL, reason TEXT NOT NULL, media_type TEXT,
        PRIMARY KEY (page, snapshot)) STRICT, WITHOUT ROWID;
    CREATE TABLE captures (
        id INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES pages,
        captured_at INTEGER NOT NULL,  -- microseconds since 1970, UTC
        status INTEGER NOT NULL, snapshot INTEGER NOT NULL REFERENCES snapshots,
        url INTEGER NOT NULL REFERENCES urls, headers BLOB) STRICT;
    CREATE INDEX captures_by_time ON captures (page, captured_at);
    CREATE TABLE comparisons (
        id INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES pages, captured_at INTEGER NOT NULL,
        old INTEGER NOT NULL REFERENCES snapshots, new INTEGER NOT NULL REFERENCES snapshots,
        name TEXT NOT NULL, kind TEXT NOT NULL,
        summary TEXT NOT NULL,  -- JSON; the whole is made anew from the bytes of both sides when it is asked for
        UNIQUE (page, captured_at, old, new)) STRICT;
    """,
)
"""Entry n brings a store of version n to version n + 1. What has been released is never edited."""

VERSION = len(MIGRATIONS)


def prepare(connection: sqlite3.Connection, name: str) -> None:
    """Bring the database to this program's version, in one transaction; an empty one is given its tables.

    Raises:
        StoreError: it is no store, or of a newer version.
    """
    version = _version(connection, name)
    if version == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in MIGRATIONS[_version(connection, name) :]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, name: str) -> int:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if application != APPLICATION and not empty:
        raise StoreError(f"{name}: is a database of another program; give another folder as --store")
    if version > VERSION:
        raise StoreError(
            f"{name}: is of version {version}, and this program knows up to {VERSION}; install a newer monitor"
        )
    return version


def _statements(script: str) -> list[str]:
    """The statements of a script, one by one: executescript would commit the transaction that it runs in."""
    return [statement for statement in script.split(";\n") if statement.strip()]
