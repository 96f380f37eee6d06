"""What an address gave that is no page to be followed: an archive's list, or a capture as it plays it back."""

import hashlib
from base64 import b32encode
from dataclasses import dataclass

from monitor.model.capture import header


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """One answer of status 200. `url` is the final address, `content` without content coding; `sha1` those of the
    content and of the body as it was sent, in base 32, as archives name them."""

    url: str
    headers: tuple[tuple[str, str], ...]
    content: bytes
    sha1: frozenset[str]

    def header(self, name: str) -> str | None:
        """The first header of that lower-case name."""
        return header(self.headers, name)


def sha1_of(content: bytes) -> str:
    """The SHA-1 in base 32, as in CDX and WARC."""
    return b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()
