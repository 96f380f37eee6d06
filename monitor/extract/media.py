"""What sort of document some bytes are, and the clear refusal of what is none."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from monitor.errors import ReadingError


class Media(StrEnum):
    """The sorts of documents that can be read."""

    HTML = "text/html"
    MARKDOWN = "text/markdown"
    PLAIN = "text/plain"


_EXTENSIONS = {
    ".html": Media.HTML, ".htm": Media.HTML, ".xhtml": Media.HTML, ".md": Media.MARKDOWN, ".markdown": Media.MARKDOWN,
    ".txt": Media.PLAIN, ".text": Media.PLAIN,
}  # fmt: skip
_TYPES = {
    "text/html": Media.HTML, "application/xhtml+xml": Media.HTML, "html": Media.HTML, "text/markdown": Media.MARKDOWN,
    "text/x-markdown": Media.MARKDOWN, "markdown": Media.MARKDOWN, "text/plain": Media.PLAIN, "text": Media.PLAIN,
}  # fmt: skip
_OTHERS = {
    b"%PDF": "a PDF file", b"\x89PNG": "a PNG image", b"GIF8": "a GIF image", b"\xff\xd8\xff": "a JPEG image",
    b"PK\x03\x04": "a ZIP archive or an office document", b"\x1f\x8b": "gzip-compressed data", b"\x28\xb5\x2f\xfd": "zstd-compressed data",
    b"RIFF": "an image or a recording", b"\xd0\xcf\x11\xe0": "an old office document", b"{\\rtf": "an RTF document",
    b"SQLite format 3": "a database", b"\x7fELF": "a program",
}  # fmt: skip
_REMEDY = "give the report as HTML, Markdown or plain text"
_DOCTYPE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAGS = r"(?i)<(?:p|div|h[1-6]|article|main|section|table|ul|ol|title|meta|br)\b[^>]*>"
_MARKDOWN = r"(?m)^#{1,6} \S|^\S.*\n(?:={3,}|-{3,})$|\[[^\]\n]+\]\([^)\s]*\)|^[-*] \S|\*\*\S"
_SNIFFED = 20_000


def check_bytes(content: bytes, charset: str | None = None) -> None:
    """Raises ReadingError if the bytes are nothing at all or of a kind that is no text."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadingError(f"it is empty: {_REMEDY}")
    for signature, name in _OTHERS.items():
        if content.startswith(signature):
            raise ReadingError(f"it is {name}: {_REMEDY}")
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff")) or (charset or "").lower().startswith("utf-16")
    if not wide and content.count(0) > max(2, len(content) // 1_000):
        raise ReadingError(f"it is binary data: {_REMEDY}")


def check_text(text: str) -> None:
    """Raises ReadingError if the decoded text is binary data or JSON."""
    control = sum(text.count(sign) for sign in "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f")
    if control > max(2, len(text) // 1_000):
        raise ReadingError(f"it is binary data: {_REMEDY}")
    trimmed = text.strip()
    if trimmed[:1] + trimmed[-1:] in ("{}", "[]") and _is_json(trimmed):
        raise ReadingError(f"it is JSON: {_REMEDY}")


def media_of(text: str, source: str, media_type: str | None, url: str | None) -> Media:
    """The sort of document: as said, else by the name's ending, else by what it looks like.

    What begins like an HTML page is one, unless it was said to be something else. Raises ReadingError for a media
    type that is none of the three.
    """
    if media_type:
        return _said(media_type.split(";")[0].strip().lower(), text)
    if _DOCTYPE.match(text, 0, _SNIFFED):
        return Media.HTML
    for name in (source, url or ""):
        path = name.split("?")[0].split("#")[0] if "://" in name else name
        ending = PurePosixPath(path).suffix.lower()
        if ending in _EXTENSIONS:
            return _EXTENSIONS[ending]
    return _looks_like(text[:_SNIFFED])


def charset_in(media_type: str | None) -> str | None:
    """The charset parameter of a media type; None if it has none."""
    if not media_type:
        return None
    found = re.search(r"charset\s*=\s*[\"']?([^\s;\"']+)", media_type, re.IGNORECASE)
    return found[1] if found else None


def _said(name: str, text: str) -> Media:
    if name in _TYPES:
        return _TYPES[name]
    if name in ("application/octet-stream", "text/xml", "application/xml", ""):
        return _looks_like(text[:_SNIFFED])
    raise ReadingError(f"it is of type {name}: {_REMEDY}")


def _looks_like(text: str) -> Media:
    if _DOCTYPE.match(text) or len(re.findall(_TAGS, text)) > 1 or re.match(_TAGS, text.lstrip()):
        return Media.HTML
    return Media.MARKDOWN if re.search(_MARKDOWN, text) else Media.PLAIN


def _is_json(text: str) -> bool:
    import json

    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
