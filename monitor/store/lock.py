"""The lock of a store: one process at a time works in it, and signs so that others can name it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.errors import BusyError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock until the end of the block, or of the process, however it ends.

    Raises:
        BusyError: another process holds it; it is named.
    """
    with (folder / "lock").open("a+b") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read(200).decode("utf-8", "replace").strip() or "another process"
            raise BusyError(f"{folder}: another check is under way ({holder}); wait for it, or stop it") from error
        lock.truncate(0)
        lock.write(f"process {os.getpid()} on {os.uname().nodename}\n".encode())
        lock.flush()
        try:
            yield
        finally:
            lock.truncate(0)
