"""Captures into WARC 1.1, a record for each answer, its request, or the revisit that it was. Other archives read it."""

import zlib
from base64 import b32encode
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from typing import IO
from uuid import NAMESPACE_URL, uuid5

from monitor.archive.warc import ORIGIN_FIELD, PAGE_FIELD, VERDICT_FIELD
from monitor.model.past import Exported, Headers

_CODED = frozenset({"content-encoding", "transfer-encoding"})
_ORIGINAL = "X-Archive-Orig-"
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_INFO = b"software: monitor\r\nformat: WARC File Format 1.1\r\n"
_GZIP = zlib.MAX_WBITS | 16

Fields = list[tuple[str, str]]


class Writer:
    """Writes records to an open file, each a gzip member of its own if `gzip`."""

    def __init__(self, file: IO[bytes], *, gzip: bool) -> None:
        self._file = file
        self._gzip = gzip

    def write_all(self, captures: Iterable[Exported], done: Callable[[], object] = lambda: None) -> int:
        """Write captures in their order, after a record of what wrote them; returns how many there were. The same
        captures make the same file."""
        self._record("warcinfo", "urn:monitor:info", None, _INFO, "application/warc-fields", [])
        count = 0
        for capture in captures:
            self._answer(capture)
            count += 1
            done()
        return count

    def _answer(self, capture: Exported) -> None:
        name = f"{capture.page[0]}/{capture.page[1]}"
        fields: Fields = [("WARC-Target-URI", capture.url), (PAGE_FIELD, name)]
        if capture.origin:
            fields.append((ORIGIN_FIELD, capture.origin))
        if capture.aside is not None:
            fields.append((VERDICT_FIELD, f"{capture.aside.verdict}; {' '.join(capture.aside.reason.split())}"))
        body = capture.content
        if body is None:
            kind, status = "revisit", capture.status
            fields += _revisit(capture)
            block = _head(f"HTTP/1.1 {status} {_phrase(status)}", capture.headers)
        else:
            kind = "response"
            fields.append(("WARC-Payload-Digest", _digest(body)))
            head = _head(f"HTTP/1.1 {capture.status} {_phrase(capture.status)}", _uncoded(capture.headers, len(body)))
            block = head + body
        seed = f"{name} {stamp(capture.captured_at)}"
        identity = self._record(kind, seed, capture.captured_at, block, "application/http; msgtype=response", fields)
        if capture.request:
            block = _head(f"GET {_path(capture.url)} HTTP/1.1", capture.request)
            more = [("WARC-Target-URI", capture.url), (PAGE_FIELD, name), ("WARC-Concurrent-To", identity)]
            self._record(
                "request", f"request {seed}", capture.captured_at, block, "application/http; msgtype=request", more
            )

    def _record(
        self, kind: str, seed: str, at: datetime | None, block: bytes, content_type: str, fields: Fields
    ) -> str:
        identity = f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {seed}')}>"
        lines = [
            ("WARC-Type", kind), ("WARC-Record-ID", identity), ("WARC-Date", stamp(at or datetime(1970, 1, 1, tzinfo=UTC))),
            *fields, ("Content-Type", content_type), ("WARC-Block-Digest", _digest(block)),
            ("Content-Length", str(len(block))),
        ]  # fmt: skip
        head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines) + "\r\n"
        record = head.encode() + block + b"\r\n\r\n"
        self._file.write(_zipped(record) if self._gzip else record)
        return identity


def stamp(at: datetime) -> str:
    """A time as WARC-Date, to the microsecond where it has any."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def _revisit(capture: Exported) -> Fields:
    profile = "server-not-modified" if capture.status == HTTPStatus.NOT_MODIFIED else "identical-payload-digest"
    fields = [("WARC-Profile", _PROFILE + profile)]
    if capture.first_at is not None:
        fields += [
            ("WARC-Refers-To-Target-URI", capture.first_url), ("WARC-Refers-To-Date", stamp(capture.first_at)),
        ]  # fmt: skip
    if capture.payload_digest:
        fields.append(("WARC-Payload-Digest", capture.payload_digest))
    return fields


def _uncoded(headers: Headers, size: int) -> Headers:
    """The headers that are true of a body whose codings are undone; the server's own stand beside them."""
    changed = []
    coded = any(name.lower() in _CODED for name, _ in headers)
    for name, value in headers:
        lower = name.lower()
        if lower in _CODED or (lower == "content-length" and value != str(size)):
            changed.append((_ORIGINAL + name, value))
        else:
            changed.append((name, value))
    if coded and any(name.lower() == "x-archive-orig-content-length" for name, _ in changed):
        changed.append(("Content-Length", str(size)))
    return tuple(changed)


def _head(first: str, headers: Headers) -> bytes:
    return "".join([f"{first}\r\n", *(f"{name}: {value}\r\n" for name, value in headers), "\r\n"]).encode(
        "latin-1", "replace"
    )


def _path(url: str) -> str:
    rest = url.partition("://")[2]
    return "/" + rest.partition("/")[2] if "/" in rest else "/"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _digest(content: bytes) -> str:
    return f"sha1:{b32encode(sha1(content, usedforsecurity=False).digest()).decode()}"


def _zipped(record: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return packer.compress(record) + packer.flush()
