"""A file of records as one stream of bytes, plain or compressed, that knows where in the file it is.

A damaged or broken-off part is told, and reading goes on at the next place where a record begins.
"""

import zlib
from collections import deque
from typing import IO, Protocol

STEP = 256 * 1024
RECORD = b"WARC/"
_GZIP = zlib.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b\x08"
_SNIFFED = 1_024


class DamagedError(Exception):
    """The stream cannot be read on from here; `Stream.skip_damage` finds where it can."""


class _Source(Protocol):
    marks: deque[tuple[int, int]]

    def piece(self) -> bytes: ...

    def restart(self, offset: int) -> bool: ...


class Stream:
    """The bytes of one file. Memory stays within a few steps, whatever the file unpacks to."""

    def __init__(self, file: IO[bytes]) -> None:
        """`file` must be able to seek."""
        start = file.read(len(_MAGIC))
        file.seek(0)
        self.is_gzip = start[:2] == _MAGIC[:2]
        self._source: _Source = _Gzip(file) if self.is_gzip else _Plain(file)
        self._ready = bytearray()
        self._at = 0
        self._passed = 0

    @property
    def offset(self) -> int:
        """Where the next byte stands in the file; in a compressed file, where the member that it is in begins."""
        if not self.is_gzip:
            return self._passed
        marks = self._source.marks
        while len(marks) > 1 and marks[1][0] <= self._passed:
            marks.popleft()
        return marks[0][1] if marks else 0

    def line(self, largest: int = 65_536) -> bytes:
        """The next line with its end, or what is left of the file; raises DamagedError if it cannot be read."""
        start = self._at
        while (end := self._ready.find(b"\n", start)) < 0:
            if len(self._ready) - self._at > largest:
                raise DamagedError("no record begins here")
            start = len(self._ready)
            if not self._fill():
                return self._taken(len(self._ready) - self._at)
            start -= max(0, start - len(self._ready))
        return self._taken(end + 1 - self._at)

    def read(self, size: int) -> bytes:
        """So many bytes, fewer only at the end of the file; raises DamagedError if they cannot be read."""
        while len(self._ready) - self._at < size and self._fill():
            pass
        return self._taken(min(size, len(self._ready) - self._at))

    def skip(self, size: int) -> int:
        """Pass over so many bytes and return how many there were; raises DamagedError if they cannot be read."""
        left = size
        while left:
            if self._at == len(self._ready) and not self._fill():
                break
            left -= len(self._taken(min(left, len(self._ready) - self._at)))
        return size - left

    def skip_damage(self, start: int) -> bool:
        """Go to the next place after the record at `start` where one begins; false if there is none. What was read of
        the damaged one is looked through again: its length may have been a lie."""
        if self.is_gzip:
            return self._skip_member()
        self._source.restart(start + 1)
        self._ready.clear()
        self._at, self._passed = 0, start + 1
        while True:
            found = self._ready.find(b"\n" + RECORD, self._at)
            if found >= 0:
                self.skip(found + 1 - self._at)
                return True
            self.skip(max(0, len(self._ready) - self._at - len(RECORD)))
            if not self._fill():
                return False

    def _skip_member(self) -> bool:
        for passed, _ in self._source.marks:
            if passed > self._passed:
                self._taken(passed - self._passed)
                return True
        self._ready.clear()
        self._at = 0
        self._source.marks.clear()
        return self._source.restart(0)

    def _taken(self, size: int) -> bytes:
        taken = bytes(memoryview(self._ready)[self._at : self._at + size])
        self._at += size
        self._passed += size
        if self._at > STEP or self._at == len(self._ready):
            del self._ready[: self._at]
            self._at = 0
        return taken

    def _fill(self) -> bool:
        """Have more bytes ready; false at the end of the file."""
        ready = self._passed + len(self._ready) - self._at
        piece = self._source.piece()
        marks = self._source.marks
        if marks and marks[-1][0] < 0:
            marks[-1] = (ready, marks[-1][1])
        self._ready += piece
        return bool(piece)


class _Plain:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.marks: deque[tuple[int, int]] = deque()

    def piece(self) -> bytes:
        return self._file.read(STEP)

    def restart(self, offset: int) -> bool:
        self._file.seek(offset)
        return True


class _Gzip:
    """Unpacks member after member. `marks` has where each begins: (bytes unpacked before it, offset in the file); the
    first number is -1 until the stream sets it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._raw = b""
        self._raw_at = 0
        self._member: zlib._Decompress | None = None
        self._member_at = 0
        self.marks: deque[tuple[int, int]] = deque()

    def piece(self) -> bytes:
        """The next unpacked bytes, of one member; nothing at the end of the file. Raises DamagedError."""
        while True:
            if self._member is None and not self._begin():
                return b""
            assert self._member is not None
            piece = self._unpacked(self._member)
            if piece:
                return piece

    def restart(self, offset: int) -> bool:  # noqa: ARG002  # a member knows where it began
        """Look for the next gzip header whose data begins like a record."""
        self._member = None
        self._raw, self._raw_at = b"", self._member_at + 1
        self._file.seek(self._raw_at)
        while True:
            self._want(STEP)
            found = self._raw.find(_MAGIC)
            if found < 0 and len(self._raw) < STEP:
                return False
            self._pass(found if found >= 0 else len(self._raw) - len(_MAGIC) + 1)
            if found >= 0:
                self._want(_SNIFFED)
                if _begins_record(self._raw[:_SNIFFED]):
                    return True
                self._pass(1)

    def _begin(self) -> bool:
        self._want(len(_MAGIC))
        if not self._raw:
            return False
        self._member_at = self._raw_at
        self.marks.append((-1, self._member_at))
        if not self._raw.startswith(_MAGIC):
            raise DamagedError("no compressed record begins here")
        self._member = zlib.decompressobj(_GZIP)
        return True

    def _unpacked(self, member: "zlib._Decompress") -> bytes:
        self._want(1)
        if not self._raw:
            raise DamagedError("the file breaks off in the middle of a record")
        try:
            piece = member.decompress(self._raw, STEP)
        except zlib.error as error:
            raise DamagedError(f"the compressed data is damaged ({error})") from error
        if member.eof:
            self._member = None
        self._pass(len(self._raw) - len(member.unused_data if member.eof else member.unconsumed_tail))
        return piece

    def _want(self, least: int) -> None:
        """Have so many packed bytes at hand, if the file has them."""
        while len(self._raw) < least:
            more = self._file.read(STEP)
            if not more:
                return
            self._raw += more

    def _pass(self, size: int) -> None:
        self._raw = self._raw[size:]
        self._raw_at += size


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(data, len(RECORD)).startswith(RECORD)
    except zlib.error:
        return False
