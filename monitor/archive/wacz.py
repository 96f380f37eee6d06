"""The WARC files inside a WACZ, a zip that a stranger packed: names, numbers and sizes are checked before it is opened."""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from monitor.errors import InputError

MOST_MEMBERS = 10_000
LARGEST = 50_000_000_000
RATIO = 100
_LINK = 0o120000
_KIND = 0o170000


def members(file: IO[bytes], path: Path) -> Iterator[tuple[IO[bytes], str]]:
    """Each WARC file inside, with its name.

    Raises:
        InputError: it is no whole zip, or is packed to do harm; nothing of it is used then.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            _check(infos, path)
            for info in infos:
                if info.filename.startswith("archive/") and info.filename.endswith((".warc", ".warc.gz")):
                    with archive.open(info) as member:
                        yield member, info.filename
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(f"{path}: is a damaged WACZ ({error}); get it again") from error


def _check(infos: list[zipfile.ZipInfo], path: Path) -> None:
    if len(infos) > MOST_MEMBERS:
        raise InputError(f"{path}: holds {len(infos):,} files, more than {MOST_MEMBERS:,}; it is not opened")
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        raise InputError(f"{path}: holds two files of one name; it is not opened")
    for info in infos:
        pure = PurePosixPath(info.filename)
        if pure.is_absolute() or ".." in pure.parts or "\\" in info.filename or ":" in info.filename:
            raise InputError(f"{path}: holds a file named {info.filename[:80]!r}; it is not opened")
        if info.external_attr >> 16 & _KIND == _LINK:
            raise InputError(f"{path}: holds a link ({info.filename[:80]!r}); it is not opened")
        if info.file_size > 1_000_000 and info.file_size > RATIO * max(1, info.compress_size):
            raise InputError(
                f"{path}: {info.filename[:80]!r} unpacks to more than {RATIO} times its size; it is not opened"
            )
    if sum(info.file_size for info in infos) > LARGEST:
        raise InputError(f"{path}: unpacks to more than {LARGEST:,} bytes; it is not opened")
