"""Records of a WARC file (ISO 28500, 1.0 and 1.1), whole ones only; what cannot be used is told with its place."""

import hashlib
from base64 import b32encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from monitor.archive.stream import RECORD, DamagedError, Stream
from monitor.model.past import Damage

LARGEST_BLOCK = 24_000_000
"""A record whose block is larger is passed over: no page is, with its headers."""

LARGEST_RECORD = 2_000_000_000
"""A record that claims to be larger is taken for damaged."""

_MOST_FIELDS = 200
_ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512, "md5": hashlib.md5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record: its named fields in lower case, and its block. `offset` is where it begins in the file."""

    offset: int
    fields: dict[str, str]
    block: bytes

    @property
    def kind(self) -> str:
        """Its type: response, request, revisit, resource …"""
        return self.fields.get("warc-type", "").lower()

    @property
    def address(self) -> str:
        """What it is of, without the angle brackets that WARC 1.0 allowed."""
        return self.fields.get("warc-target-uri", "").strip("<>")


def records(
    file: IO[bytes], name: str, wanted: Callable[[dict[str, str]], bool], damaged: Callable[[Damage], None]
) -> Iterator[Record]:
    """The records of a file whose fields are `wanted`, in order; every part that cannot be used goes to `damaged`."""
    stream = Stream(file)
    while True:
        start = stream.offset
        try:
            first = _first_line(stream)
            if not first:
                return
            start = stream.offset - len(first)
            fields = _fields(stream, first)
            record = _record(stream, fields, stream.offset if stream.is_gzip else start, wanted)
        except DamagedError as error:
            damaged(Damage(name=name, offset=stream.offset if stream.is_gzip else start, reason=str(error)))
            if not _skipped(stream, start):
                return
            continue
        if isinstance(record, str):
            damaged(Damage(name=name, offset=stream.offset if stream.is_gzip else start, reason=record))
            if not stream.is_gzip and not _skipped(stream, start):
                return
        elif record is not None:
            yield record


def _skipped(stream: Stream, start: int) -> bool:
    while True:
        try:
            return stream.skip_damage(start)
        except DamagedError:
            continue


def _first_line(stream: Stream) -> bytes:
    """The next line that is not empty; nothing at the end of the file."""
    line = stream.line()
    while line in (b"\r\n", b"\n"):
        line = stream.line()
    return line


def _fields(stream: Stream, first: bytes) -> dict[str, str]:
    """The named fields of the record whose first line was read."""
    if not first.startswith(RECORD):
        raise DamagedError("no record begins here")
    fields: dict[str, str] = {}
    last = ""
    for _ in range(_MOST_FIELDS):
        line = stream.line()
        if line in (b"\r\n", b"\n"):
            return fields
        if not line.endswith(b"\n"):
            raise DamagedError("the file breaks off in the middle of a record")
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in (" ", "\t") and last:
            fields[last] += f" {text.strip()}"
            continue
        key, separator, value = text.partition(":")
        if not separator:
            raise DamagedError("its header has a line that is none")
        last = key.strip().lower()
        fields[last] = value.strip()
    raise DamagedError("its header does not end")


def _record(
    stream: Stream, fields: dict[str, str], offset: int, wanted: Callable[[dict[str, str]], bool]
) -> Record | str | None:
    """The record; None if it is not wanted, or why it cannot be used though the file goes on after it."""
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 15) or int(length) > LARGEST_RECORD:
        raise DamagedError(f"its Content-Length is {length[:40]!r}")
    size = int(length)
    if not wanted(fields):
        if stream.skip(size) < size:
            raise DamagedError("the file breaks off in the middle of a record")
        return None
    if size > LARGEST_BLOCK:
        stream.skip(size)
        return f"its block of {size:,} bytes is larger than any page"
    block = stream.read(size)
    if len(block) < size:
        raise DamagedError("the file breaks off in the middle of a record")
    if not matches(fields.get("warc-block-digest", ""), block):
        return "its bytes are not those of its WARC-Block-Digest"
    return Record(offset=offset, fields=fields, block=block)


def matches(digest: str, content: bytes) -> bool:
    """True unless a labelled digest ("sha1:…", in base 32 or hex) says that the content is another."""
    name, _, value = digest.partition(":")
    algorithm = _ALGORITHMS.get(name.strip().lower().replace("-", ""))
    if algorithm is None or not value:
        return True
    found = algorithm(content, usedforsecurity=False).digest()
    return value.strip().upper().rstrip("=") in (found.hex().upper(), b32encode(found).decode().rstrip("="))
