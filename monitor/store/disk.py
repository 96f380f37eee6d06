"""What the disk under the store says no with: it is full, or may not be written."""

import errno
import os
import tempfile
from pathlib import Path

from monitor.errors import FullError, StoreError, UnwritableError

FULL = "the disk is full; free some space, nothing that was kept is lost"
FORBIDDEN = "let this user write the folder and what is in it, or give another as --store"

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The disk, a quota, or a limit on the size of files."""

_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_LEAST = 2**16
"""Bytes that SQLite asks for at once, and a few."""


def refusal(path: Path, error: OSError) -> StoreError:
    """What an error of the operating system means for the store."""
    if error.errno in NO_ROOM:
        return FullError(f"{path}: {FULL}")
    if error.errno in _FORBIDDEN:
        return UnwritableError(f"{path}: cannot be used ({error.strerror}); {FORBIDDEN}")
    return StoreError(f"{path}: cannot be made ({error.strerror}); give another folder as --store")


def can_grow(path: Path) -> bool:
    """True if a file of the size of that one could be larger: SQLite does not say why it could not write."""
    size = path.stat().st_size if path.exists() else 0
    try:
        with tempfile.TemporaryFile(dir=path.parent) as probe:
            os.posix_fallocate(probe.fileno(), size, _LEAST)
    except OSError as error:
        return error.errno not in NO_ROOM
    return True
