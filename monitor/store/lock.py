"""The lock of a store: one process at a time works in it, and signs so that others can name it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from monitor.errors import BusyError
from monitor.store.disk import refusal


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock until the end of the block, or of the process, however it ends.

    Raises:
        BusyError: another process holds it; it is named. StoreError: there can be no lock.
    """
    with _opened(folder / "lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read(200).decode("utf-8", "replace").strip() or "another process"
            raise BusyError(f"{folder}: another check is under way ({holder}); wait for it, or stop it") from error
        lock.truncate(0)
        with suppress(OSError):  # on a full disk we hold it unsigned
            lock.write(f"process {os.getpid()} on {os.uname().nodename}\n".encode())
        try:
            yield
        finally:
            lock.truncate(0)


def _opened(path: Path) -> FileIO:
    try:
        return path.open("a+b", buffering=0)
    except OSError as error:
        raise refusal(path, error) from error
