"""What was set aside since the last version of a page, and one of it made a version after all."""

import sqlite3

from monitor.errors import StoreError
from monitor.model.history import Found, Reading, SetAside
from monitor.model.quality import Verdict
from monitor.model.target import Key
from monitor.model.told import Told
from monitor.store import line, lookup
from monitor.store.database import Database
from monitor.store.times import as_time

_ASIDE = """
    SELECT lower(hex(sha256)), captured_at, verdict, reason FROM captures
    JOIN readings ON readings.page = captures.page AND readings.snapshot = captures.snapshot
    JOIN snapshots ON snapshots.id = captures.snapshot
    WHERE captures.page = ? AND captured_at > ? ORDER BY captured_at DESC, captures.id DESC"""


class Acceptance:
    """See `model.ports.Acceptance`. Used by the thread that opened the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_aside(self, page: Key) -> SetAside | None:
        """The newest capture since the page's last version that waits to be believed, else the newest of all."""
        with self._database.translated():
            return _set_aside(self._database.connection, page)

    def accept(self, aside: SetAside, reading: Reading, found: Found | None, told: Told) -> None:
        """Make it the last version of its page, with what it changed and what is told of that.

        Raises:
            StoreError: the page was captured anew since `aside` was found.
        """
        from monitor.store.store import keep_told

        with self._database.transaction() as connection:
            if _set_aside(connection, aside.page) != aside:
                name = "/".join(aside.page)
                raise StoreError(f"{name}: was looked at in this very moment; see what came, and accept that")
            line.believe(connection, aside, reading, found)
            keep_told(connection, told)


def _set_aside(connection: sqlite3.Connection, page: Key) -> SetAside | None:
    row = connection.execute("SELECT id FROM pages WHERE (target, language) = (?, ?)", page).fetchone()
    if row is None:
        return None
    rows = connection.execute(_ASIDE, (row[0], lookup.last_good_at(connection, row[0]))).fetchall()
    newest = next((one for one in rows if Verdict(one[2]).waits), rows[0] if rows else None)
    if newest is None:
        return None
    sha256, captured_at, verdict, reason = newest
    since = min(at for name, at, *_ in rows if name == sha256)
    return SetAside(
        page=page, sha256=sha256, base=lookup.last_good(connection, row[0])[0], verdict=Verdict(verdict), reason=reason,
        since=as_time(since), captured_at=as_time(captured_at),
    )  # fmt: skip
