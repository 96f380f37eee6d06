"""Bytes into text, as browsers decide it: byte order mark, HTTP charset, meta element, UTF-8, then the old code page
of the language. Charset names are those of the WHATWG list only, so none of Python's own codecs can be asked for."""

import codecs
import re
from typing import TYPE_CHECKING

from monitor.errors import ReadingError
from monitor.language.tag import canonical

if TYPE_CHECKING:
    from monitor.model.note import Note

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<html[^>]+?\blang\s*=\s*[\"']?([a-zA-Z-]+)", re.IGNORECASE)
_PRESCAN = 4096
_OLD_CODE_PAGES = {
    "ar": "windows-1256", "fa": "windows-1256", "ru": "windows-1251", "uk": "windows-1251", "be": "windows-1251",
    "bg": "windows-1251", "sr": "windows-1251", "zh": "gb18030", "ja": "shift_jis", "ko": "euc-kr", "he": "windows-1255",
    "el": "windows-1253", "tr": "windows-1254", "vi": "windows-1258", "th": "windows-874", "pl": "windows-1250",
    "cs": "windows-1250", "hu": "windows-1250", "ro": "windows-1250",
}  # fmt: skip
_GARBLED = 0.001
_ENOUGH = 10
_NEARLY = 10


def decode(
    content: bytes, *, charset: str | None = None, language: str | None = None
) -> "tuple[str, tuple[Note, ...]]":
    """The text of the bytes without its byte order mark, and remarks on what could not be decoded.

    `charset` is what the server said; a name outside the WHATWG list or one that does not fit is passed over.
    Raises ReadingError if more than one character in a thousand is unreadable.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _forced(content[len(mark) :], name)
    for name in _candidates(content, charset):
        try:
            return content.decode(name), ()
        except UnicodeDecodeError:
            continue
    return _forced(content, _last_resort(content, language))


def _candidates(content: bytes, charset: str | None) -> list[str]:
    meta = _META.search(content, 0, _PRESCAN)
    said = [_codec(charset or ""), _codec(meta.group(1).decode("ascii"), inside=True) if meta else None]
    return [*dict.fromkeys(name for name in said if name), "utf-8"]


def _codec(label: str, *, inside: bool = False) -> str | None:
    """Python's codec for a WHATWG label. Inside a document that was read as bytes UTF-16 cannot be true."""
    label = label.strip().lower()
    if label in ("", "utf-8", "utf8"):
        return "utf-8" if label else None
    import webencodings

    found = webencodings.lookup(label)
    if found is None or found.name == "x-user-defined":
        return None
    return "utf-8" if inside and found.name.startswith("utf-16") else found.codec_info.name


def _last_resort(content: bytes, language: str | None) -> str:
    """UTF-8 if it nearly is, else the code page that the language was written in before."""
    text = content.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if len(content) - len(text) > _NEARLY * lost:  # well-formed sequences of several bytes
        return "utf-8"
    declared = _LANGUAGE.search(content, 0, _PRESCAN)
    tag = canonical(language or (declared.group(1).decode("ascii") if declared else ""))
    return _OLD_CODE_PAGES.get(tag, "windows-1252")


def _forced(content: bytes, name: str) -> "tuple[str, tuple[Note, ...]]":
    try:
        return content.decode(name), ()
    except UnicodeDecodeError:
        text = content.decode(name, errors="replace")
    lost = text.count("\ufffd")
    if lost > max(_ENOUGH, len(text) * _GARBLED):
        raise ReadingError(f"{lost} of {len(text)} characters are unreadable as {name}: name the right charset")
    from monitor.model.note import NoteCode, note

    return text, (note(NoteCode.UNDECODED, n=lost, charset=name),)
