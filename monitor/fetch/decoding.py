"""The content coding taken off a body, within bounds."""

import zlib

from monitor.errors import RefusedError, RetryableError
from monitor.fetch.wire import Reply

_GZIP = zlib.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b"
_STEP = 1024 * 1024


def decoded(reply: Reply, url: str, *, largest: int) -> bytes:
    """The body without its content coding: gzip or none.

    Raises:
        RefusedError: another coding, several, or more than `largest` bytes. RetryableError: the data is cut or damaged.
    """
    coding = (reply.header("content-encoding") or "identity").strip().lower()
    if coding in ("identity", ""):
        return reply.body
    if coding not in ("gzip", "x-gzip"):
        raise RefusedError(f"{url}: sent as {coding[:60]!r}, though only gzip was offered", cause="encoding")
    try:
        return _inflated(reply.body, url, largest)
    except zlib.error as error:
        raise RetryableError(f"{url}: its compressed data is damaged ({error})", cause="encoding") from error


def _inflated(body: bytes, url: str, largest: int) -> bytes:
    """All gzip members, one after the other, each of which must be whole; what follows them is ignored."""
    pieces: list[bytes] = []
    size = 0
    rest = body
    while not pieces or rest.startswith(_MAGIC):
        member = zlib.decompressobj(_GZIP)
        while not member.eof:
            piece = member.decompress(rest, _STEP)
            rest = member.unconsumed_tail
            if not piece and not rest and not member.eof:
                raise RetryableError(f"{url}: its compressed data breaks off", cause="truncated_encoding")
            size += len(piece)
            if size > largest:
                raise RefusedError(f"{url}: more than {largest:,} bytes once unpacked", cause="size")
            pieces.append(piece)
        rest = member.unused_data
    return b"".join(pieces)
