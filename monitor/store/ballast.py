"""Room kept aside for a full disk: a file beside the store, whose bytes are given up when the disk is full.

What is under way can so be brought to an end. While the file is whole all is well; while it is empty the disk is full,
since it was last changed, and nothing is to be added until twice its size is free.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from monitor.errors import FullError
from monitor.store.times import as_time

FILE_NAME = "ballast"
RESERVE = 16 * 2**20
"""Bytes: enough to note what became of all that is under way, and for the upkeep."""

_BLOCK = 512
"""Bytes that stat(2) counts in, whatever the disk does."""


class Ballast:
    """The file in one folder. All processes and threads that work in the store see the same."""

    def __init__(self, folder: Path, size: int) -> None:
        self._path = folder / FILE_NAME
        self._size = size

    @property
    def full_since(self) -> datetime | None:
        """When the disk was found full; None if it was not, or has room again."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return None if found.st_size else as_time(found.st_mtime_ns // 1000)

    @property
    def problem(self) -> str:
        """What is wrong while the disk is full, and what to do."""
        needed = f"{2 * self._size / 1e6:.0f} MB"
        return f"{self._path.parent}: the disk is full; free more than {needed}, nothing that was kept is lost"

    def hold(self, ended: Callable[[datetime], object] | None = None) -> bool:
        """Set the room aside where it is not and twice as much is free; true if it is set aside now.

        If the disk was full, `ended` is called with the time since when, before the file tells that it is so no more.
        """
        if self._is_whole():
            return True
        partial = self._path.with_name(f"{FILE_NAME}.partial")
        try:
            if not self._allocated(partial):
                return False
            since = self.full_since
            if since is not None and ended is not None:
                ended(since)
            partial.replace(self._path)
            return True
        finally:
            partial.unlink(missing_ok=True)

    def demand(self, ended: Callable[[datetime], object] | None = None) -> None:
        """Set the room aside where that is possible (see `hold`), before anything is fetched.

        Raises:
            FullError: the disk was found full, and there is no room yet.
        """
        if not self.hold(ended) and self.full_since is not None:
            raise FullError(self.problem)

    def release(self) -> None:
        """Give the room up; since when stays as it is if that was done before."""
        with suppress(OSError):
            if self.full_since is None:
                self._path.open("wb").close()

    def _is_whole(self) -> bool:
        """True if the disk has its bytes: copied, it may be all holes."""
        return self._path.exists() and self._path.stat().st_blocks * _BLOCK >= self._size

    def _allocated(self, path: Path) -> bool:
        """True once the file has its bytes on the disk; false if that leaves too little room, or cannot be done."""
        try:
            disk = os.statvfs(path.parent)
            if disk.f_bavail * disk.f_frsize <= 2 * self._size:
                return False
            with path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._size)
        except OSError:
            return False
        return True
