"""HTTP messages as archives keep them: status, headers and the body as the server meant it."""

import re
import zlib
from dataclasses import dataclass

from monitor.errors import ReadingError
from monitor.model.past import Headers

LARGEST_BODY = 20_000_000
_STATUS = re.compile(rb"HTTP/[0-9.]+ +([0-9]{3})")
_ORIGINAL = "x-archive-orig-"
_CODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `payload` is what follows the headers, as it stands; `body` undoes transfer and content coding."""

    status: int
    headers: Headers
    payload: bytes
    body: bytes


def response(block: bytes) -> Message:
    """An answer, taken apart. Raises ReadingError if it is none, or is coded in a way that cannot be undone."""
    start = _STATUS.match(block)
    if start is None:
        raise ReadingError("it is no HTTP answer")
    head, payload = _split(block)
    headers = restored(_headers(head))
    return Message(status=int(start[1]), headers=headers, payload=payload, body=_decoded(payload, _headers(head)))


def request_headers(block: bytes) -> Headers:
    """The headers of a request."""
    return _headers(_split(block)[0])


def dechunked(payload: bytes) -> bytes:
    """The payload without chunks; as it is where it is not chunked, as many archives keep it."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = payload.find(b"\n", at, at + 80)
        size = payload[at:end].split(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            return payload
        start, length = end + 1, int(size, 16)
        if not length:
            return b"".join(pieces)
        pieces.append(payload[start : start + length])
        if len(pieces[-1]) < length:
            return payload
        at = start + length + (2 if payload[start + length : start + length + 2] == b"\r\n" else 1)


def restored(headers: Headers) -> Headers:
    """The headers that the server sent, where the archive put its own in their place under other names."""
    original = {name.lower().removeprefix(_ORIGINAL) for name, _ in headers if name.lower().startswith(_ORIGINAL)}
    if not original:
        return headers
    kept = []
    for name, value in headers:
        if name.lower().startswith(_ORIGINAL):
            kept.append((name[len(_ORIGINAL) :], value))
        elif name.lower() not in original:
            kept.append((name, value))
    return tuple(kept)


def _split(block: bytes) -> tuple[bytes, bytes]:
    found = re.search(rb"\r?\n\r?\n", block)
    return (block[: found.start()], block[found.end() :]) if found else (block, b"")


def _headers(head: bytes) -> Headers:
    pairs: list[tuple[str, str]] = []
    for line in head.decode("latin-1").replace("\r\n", "\n").split("\n")[1:]:
        if line[:1] in (" ", "\t") and pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {line.strip()}")
            continue
        name, separator, value = line.partition(":")
        if separator and name.strip():
            pairs.append((name.strip(), value.strip()))
    return tuple(pairs)


def _decoded(payload: bytes, headers: Headers) -> bytes:
    fields = {name.lower(): value.lower() for name, value in headers}
    body = dechunked(payload) if "chunked" in fields.get("transfer-encoding", "") else payload
    coding = fields.get("content-encoding", "identity")
    if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _inflated(body, zlib.MAX_WBITS | 16)
    if coding == "deflate" and body and not body.lstrip().startswith(b"<"):
        return _inflated(body, zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS)
    if coding in ("br", "zstd") and not body.lstrip().startswith(b"<"):
        raise ReadingError(f"it is compressed as {coding}, which is not unpacked here")
    return body


def _inflated(body: bytes, window: int) -> bytes:
    member = zlib.decompressobj(window)
    try:
        content = member.decompress(body, LARGEST_BODY + 1)
    except zlib.error as error:
        raise ReadingError(f"its compressed body is damaged ({error})") from error
    if len(content) > LARGEST_BODY:
        raise ReadingError(f"its body is larger than {LARGEST_BODY:,} bytes once unpacked")
    if not member.eof:
        raise ReadingError("its compressed body breaks off")
    return content
