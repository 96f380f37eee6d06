"""The connection to the store's SQLite file: how it is opened, locked and written, and what its errors mean."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from monitor.errors import FullError, StoreError, UnwritableError
from monitor.store.ballast import RESERVE, Ballast
from monitor.store.disk import FORBIDDEN, FULL, can_grow, refusal
from monitor.store.schema import prepare

FILE_NAME = "store.sqlite"
BUSY_SECONDS = 10.0

DAMAGED = "try `monitor verify --repair --from COPY`; where that does not help, put a copy of the store in its place"

_FORBIDDEN = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_PERHAPS_FULL = ("SQLITE_IOERR", "SQLITE_CANTOPEN")
_MEANINGS = {
    "SQLITE_BUSY": "another process holds it; wait for it, or stop it",
    "SQLITE_LOCKED": "another process holds it; wait for it, or stop it",
    "SQLITE_IOERR": "the disk could not be read or written; see what the system's log says of it",
    "SQLITE_CORRUPT": f"it is damaged; {DAMAGED}",
    "SQLITE_NOTADB": "it is no store; give another folder as --store, or restore it from a copy",
}

T = TypeVar("T")


class Database:
    """An open store file. Used by one thread; other processes may read and write it too."""

    def __init__(self, folder: Path, *, create: bool, reserve: int = RESERVE) -> None:
        """Open the store in `folder`, made if `create`. `reserve` are the bytes kept aside for a full disk.

        Raises:
            StoreError: there is none, or it cannot be used.
        """
        self.path = folder / FILE_NAME
        self.ballast = Ballast(folder, reserve)
        if create:
            _make(folder)
        elif not _is_there(self.path):
            raise StoreError(f"{folder}: holds no captures yet; run `monitor check`, or give another --store")
        try:
            self._open()
        except FullError:
            self._open()  # in the room that was just given up

    def _open(self) -> None:
        with self.translated():
            self.connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            with self.translated():
                for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"):
                    self.connection.execute(f"PRAGMA {pragma}")
                prepare(self.connection, str(self.path))
        except StoreError:
            self.connection.close()
            raise

    def close(self) -> None:
        """Close the file; the write-ahead log is folded into it if nobody else has it open."""
        with self.translated():
            self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything written inside is kept, or nothing is."""
        with self.translated():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def insist(self, write: Callable[[sqlite3.Connection], T]) -> T:
        """Keep what `write` writes, on a full disk in the room that was kept aside; for what is done already.

        Raises:
            FullError: there is no such room.
        """
        try:
            with self.transaction() as connection:
                return write(connection)
        except FullError:
            with self.transaction() as connection:
                return write(connection)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """SQLite's errors, told as StoreError with a remedy. On a full disk the room kept aside is given up."""
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "")
            if self._is_full(name):
                self.ballast.release()
                raise FullError(f"{self.path}: {FULL}") from error
            if name.startswith(_FORBIDDEN):
                raise UnwritableError(f"{self.path}: cannot be written; {FORBIDDEN}") from error
            meaning = next((text for code, text in _MEANINGS.items() if name.startswith(code)), f"{error} ({name})")
            raise StoreError(f"{self.path}: {meaning}") from error

    def _is_full(self, name: str) -> bool:
        files = (self.path, self.path.with_name(f"{FILE_NAME}-wal"))
        return name == "SQLITE_FULL" or (name.startswith(_PERHAPS_FULL) and not all(map(can_grow, files)))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusal(folder, error) from error


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise refusal(path, error) from error
    return True
