"""The connection to the store's SQLite file: how it is opened, locked and written, and what its errors mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.errors import StoreError
from monitor.store.schema import prepare

FILE_NAME = "store.sqlite"
BUSY_SECONDS = 10.0

_MEANINGS = {
    "SQLITE_FULL": "the disk is full; free some space, nothing that was kept is lost",
    "SQLITE_BUSY": "another process holds it; wait for it, or stop it",
    "SQLITE_LOCKED": "another process holds it; wait for it, or stop it",
    "SQLITE_READONLY": "it cannot be written; check the permissions of the folder",
    "SQLITE_CANTOPEN": "it cannot be opened; check the permissions of the folder",
    "SQLITE_CORRUPT": "it is damaged; see `monitor verify`, and restore it from a copy",
    "SQLITE_NOTADB": "it is no store; give another folder as --store, or restore it from a copy",
}


class Database:
    """An open store file. Used by one thread; other processes may read and write it too."""

    def __init__(self, folder: Path, *, create: bool) -> None:
        """Open the store in `folder`, made if `create`.

        Raises:
            StoreError: there is none, or it cannot be used.
        """
        self.path = folder / FILE_NAME
        if create:
            _make(folder)
        elif not self.path.exists():
            raise StoreError(f"{folder}: holds no captures yet; run `monitor check`, or give another --store")
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

    @contextmanager
    def translated(self) -> Iterator[None]:
        """SQLite's errors, told as StoreError with a remedy."""
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "")
            meaning = next((text for code, text in _MEANINGS.items() if name.startswith(code)), f"{error} ({name})")
            raise StoreError(f"{self.path}: {meaning}") from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made ({error.strerror}); give another folder as --store") from error
