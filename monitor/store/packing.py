"""Bytes made small against bytes already held. The only module that knows zstd.

A snapshot is stored as what it adds to an older one of its page: zstd with the older bytes as raw prefix.
"""

import sys
from typing import Any

from monitor.errors import StoreError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEVEL = 9
_LARGEST_WINDOW = 27


def pack(content: bytes, prefix: bytes | None = None, *, level: int = LEVEL) -> bytes:
    """The content compressed, leaning on `prefix` if there is one; `unpack` wants the same prefix."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: level,
        zstd.CompressionParameter.window_log: _window(len(content) + len(prefix or b"")),
        zstd.CompressionParameter.checksum_flag: 1,
    }
    return zstd.compress(content, options=options, zstd_dict=_dictionary(prefix))


def unpack(data: bytes, prefix: bytes | None = None, *, size: int | None = None) -> bytes:
    """The content that `pack` was given; `size` is its length where that is known.

    Raises:
        StoreError: the data is damaged, or the prefix is not the one it was packed with.
    """
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW}
    try:
        unpacker = zstd.ZstdDecompressor(zstd_dict=_dictionary(prefix), options=options)
        content = unpacker.decompress(data, max_length=-1 if size is None else size + 1)
    except zstd.ZstdError as error:
        raise StoreError(f"compressed bytes are damaged ({error}); restore the store from a copy") from error
    if not unpacker.eof or size not in (None, len(content)):
        raise StoreError("compressed bytes are damaged (wrong length); restore the store from a copy")
    return content


def _window(size: int) -> int:
    return max(10, min(_LARGEST_WINDOW, size.bit_length()))


def _dictionary(prefix: bytes | None) -> Any:
    if not prefix or len(prefix) < 8:
        return None
    return zstd.ZstdDict(prefix, is_raw=True).as_prefix
