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
    """
    CREATE TABLE followed (
        target TEXT NOT NULL, language TEXT NOT NULL, site TEXT NOT NULL,
        failures INTEGER NOT NULL, good INTEGER NOT NULL, cause TEXT NOT NULL, since INTEGER, told INTEGER NOT NULL,
        surprised_at INTEGER, distrusted INTEGER NOT NULL, moved_to TEXT NOT NULL, changed_at INTEGER,
        next_at INTEGER NOT NULL DEFAULT 0,  -- when the page is due
        lease_until INTEGER NOT NULL DEFAULT 0,  -- until when somebody is at it
        PRIMARY KEY (target, language)) STRICT, WITHOUT ROWID;
    CREATE TABLE hosts (
        host TEXT PRIMARY KEY, free_at INTEGER NOT NULL, closed_until INTEGER, pause REAL NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE robots (origin TEXT PRIMARY KEY, text TEXT, fetched_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE arrivals (  -- bodies on their way: kept before anything looks into them
        target TEXT NOT NULL, language TEXT NOT NULL, url TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL,
        content BLOB NOT NULL, captured_at INTEGER NOT NULL, moved_to TEXT NOT NULL, tries INTEGER NOT NULL,
        PRIMARY KEY (target, language)) STRICT;
    CREATE TABLE findings (  -- what a language lacks against the source
        target TEXT NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL, noticed_at INTEGER NOT NULL,
        told INTEGER NOT NULL, PRIMARY KEY (target, language, name)) STRICT, WITHOUT ROWID;
    CREATE TABLE alerts (
        id TEXT PRIMARY KEY, raised_at INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, severity TEXT NOT NULL,
        content TEXT NOT NULL  -- alert/1 as JSON
        ) STRICT;
    CREATE INDEX alerts_by_time ON alerts (raised_at);
    CREATE TABLE dispatches (
        key TEXT PRIMARY KEY, channel TEXT NOT NULL, sequence INTEGER NOT NULL, wording TEXT NOT NULL, form TEXT NOT NULL,
        rule TEXT NOT NULL, at INTEGER NOT NULL, made_at INTEGER NOT NULL, alerts TEXT NOT NULL,
        status TEXT NOT NULL, tries INTEGER NOT NULL, next_at INTEGER NOT NULL, recipients TEXT NOT NULL,
        reason TEXT NOT NULL, UNIQUE (channel, sequence)) STRICT;
    CREATE INDEX dispatches_under_way ON dispatches (next_at) WHERE status = 'under_way';
    CREATE INDEX dispatches_by_time ON dispatches (made_at);
    CREATE TABLE deliveries (
        key TEXT PRIMARY KEY, alert TEXT NOT NULL REFERENCES alerts, channel TEXT NOT NULL, wording TEXT NOT NULL,
        dispatch TEXT REFERENCES dispatches  -- none: no message has been made of it yet
        ) STRICT;
    CREATE INDEX deliveries_waiting ON deliveries (alert) WHERE dispatch IS NULL;
    CREATE INDEX deliveries_of_dispatch ON deliveries (dispatch);
    CREATE TABLE attempts (
        dispatch TEXT NOT NULL REFERENCES dispatches, number INTEGER NOT NULL, at INTEGER NOT NULL, outcome TEXT NOT NULL,
        detail TEXT NOT NULL, PRIMARY KEY (dispatch, number)) STRICT, WITHOUT ROWID;
    CREATE TABLE channels (name TEXT PRIMARY KEY, disabled_at INTEGER NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
    """,
    """
    -- the first bytes of the reading's own digest, to tell later whether it is read alike
    ALTER TABLE readings ADD COLUMN digest BLOB;
    CREATE TABLE origins (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    -- none: captured by this program
    ALTER TABLE captures ADD COLUMN origin INTEGER REFERENCES origins;
    CREATE INDEX comparisons_by_name ON comparisons (name);
    CREATE TABLE intake (  -- captures out of the past that wait for their place
        id INTEGER PRIMARY KEY, target TEXT NOT NULL, language TEXT NOT NULL, captured_at INTEGER NOT NULL,
        url TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, sha256 BLOB NOT NULL, origin TEXT NOT NULL,
        aside TEXT NOT NULL, only_report INTEGER NOT NULL) STRICT;
    CREATE INDEX intake_of_page ON intake (target, language, captured_at, id);
    CREATE INDEX intake_by_bytes ON intake (sha256);
    CREATE TABLE intake_bodies (sha256 BLOB PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
    CREATE TABLE mending (  -- pages in whose line something was put: their comparisons are made anew
        page INTEGER PRIMARY KEY REFERENCES pages) STRICT;
    CREATE TABLE listings (  -- how far an archive's list of an address was read
        archive TEXT NOT NULL, page TEXT NOT NULL, address TEXT NOT NULL, span TEXT NOT NULL, following TEXT NOT NULL,
        done_at INTEGER, PRIMARY KEY (archive, page, address, span)) STRICT, WITHOUT ROWID;
    CREATE TABLE archived (  -- what those lists named, and what became of it
        archive TEXT NOT NULL, target TEXT NOT NULL, language TEXT NOT NULL, at TEXT NOT NULL, address TEXT NOT NULL,
        status TEXT NOT NULL, media_type TEXT NOT NULL, digest TEXT NOT NULL,
        fate TEXT NOT NULL,  -- empty: not asked for yet
        reason TEXT NOT NULL, sha256 BLOB,
        PRIMARY KEY (archive, target, language, at, address)) STRICT, WITHOUT ROWID;
    CREATE TABLE damaged (  -- bytes that were found damaged, kept when others took their place
        snapshot INTEGER NOT NULL, base INTEGER, depth INTEGER NOT NULL, data BLOB NOT NULL, found_at INTEGER NOT NULL)
        STRICT;
    """,
    """
    -- its site changed with it: the version before stays its base until somebody accepts
    ALTER TABLE followed ADD COLUMN unaccepted INTEGER NOT NULL DEFAULT 0;
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
        if connection.in_transaction:  # a full disk ends it itself
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
