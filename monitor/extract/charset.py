"""Bytes into text, as browsers decide it: byte order mark, HTTP charset, meta element, UTF-8, then the old code page
in which the bytes make words. Charset names are those of the WHATWG list only, so none of Python's own codecs can be asked for."""

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
_GARBLED = 0.001
_ENOUGH = 10
_NEARLY = 10


def decode(
    content: bytes, *, charset: str | None = None, language: str | None = None
) -> "tuple[str, tuple[Note, ...]]":
    """The text of the bytes without its byte order mark, and remarks on what could not be decoded.

    `charset` is what the server said; a name outside the WHATWG list or one that does not fit is passed over, and an
    old one gives way where only another code page makes words of the language.
    Raises ReadingError if more than one character in a thousand is unreadable.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _forced(content[len(mark) :], name)
    for name in _candidates(content, charset):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        return (text, ()) if name == "utf-8" else _corrected(text, content, name, language)
    if _is_nearly_utf_8(content):
        return _forced(content, "utf-8")
    return _guessed(content, language)


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


def _is_nearly_utf_8(content: bytes) -> bool:
    text = content.decode("utf-8", errors="replace")
    return len(content) - len(text) > _NEARLY * text.count("\ufffd")  # well-formed sequences of several bytes


def _corrected(text: str, content: bytes, name: str, language: str | None) -> "tuple[str, tuple[Note, ...]]":
    """The text as declared, or in the code page of its language that makes words where the declared one makes none."""
    from monitor.extract.codepages import better

    found = better(content, name, _language(content, language))
    return _forced(content, found) if found else (text, ())


def _language(content: bytes, asked: str | None) -> str:
    declared = _LANGUAGE.search(content, 0, _PRESCAN)
    return canonical(asked or (declared.group(1).decode("ascii") if declared else ""))


def _guessed(content: bytes, language: str | None) -> "tuple[str, tuple[Note, ...]]":
    """The text in an old code page, that of the language first, with a remark if it may not be the right one."""
    from monitor.extract.codepages import guess

    found = guess(content, _language(content, language))
    text, notes = _forced(content, found.name)
    if not found.doubtful:
        return text, notes
    from monitor.model.note import NoteCode, note

    return text, (*notes, note(NoteCode.CHARSET_UNCERTAIN, charset=found.name))


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
