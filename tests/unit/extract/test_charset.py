"""Bytes are decoded as browsers decode them, and never by a codec that only Python knows."""

import codecs

import pytest

from monitor.errors import ReadingError
from monitor.extract.charset import decode
from monitor.model.note import NoteCode, note

_ARABIC = "أُطلق سراح السجناء في الميناء القديم"
_RUSSIAN = "Суд освободил заключённых в старом порту"


def test_a_byte_order_mark_beats_the_header() -> None:
    content = codecs.BOM_UTF16_LE + _RUSSIAN.encode("utf-16-le")
    assert decode(content, charset="windows-1251") == (_RUSSIAN, ())


def test_the_header_beats_the_meta_element() -> None:
    content = b'<meta charset="iso-8859-1">' + _RUSSIAN.encode("koi8-r")
    assert decode(content, charset="KOI8-R")[0].endswith(_RUSSIAN)


def test_a_header_that_does_not_fit_is_passed_over() -> None:
    content = b'<meta charset="windows-1256">' + _ARABIC.encode("cp1256")
    assert decode(content, charset="utf-8")[0].endswith(_ARABIC)


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert decode(b"\x93calm\x94", charset="iso-8859-1")[0] == "“calm”"


@pytest.mark.parametrize("name", ["utf-7", "zlib_codec", "idna", "rot13", "unicode_escape", "no-such-thing", "hex"])
def test_a_codec_that_is_no_web_charset_is_never_used(name: str) -> None:
    assert decode(_RUSSIAN.encode(), charset=name) == (_RUSSIAN, ())


@pytest.mark.parametrize(
    ("language", "text", "code_page"),
    [("ar", _ARABIC, "cp1256"), ("ru", _RUSSIAN, "cp1251"), ("zh", "法院在旧港口释放了囚犯", "gb18030"), ("fr", "Le procès a été ajourné à Noël, dès l’été", "cp1252")],
)  # fmt: skip
def test_an_undeclared_old_page_is_read_by_its_language(language: str, text: str, code_page: str) -> None:
    assert decode(text.encode(code_page), language=language) == (text, ())


def test_the_language_of_the_page_serves_when_none_was_asked_for() -> None:
    content = b'<html lang="ru">' + _RUSSIAN.encode("cp1251")
    assert decode(content)[0].endswith(_RUSSIAN)


def test_a_few_broken_bytes_are_replaced_and_told() -> None:
    text, notes = decode(_RUSSIAN.encode() * 50 + b"\xff")
    assert text.endswith("\ufffd")
    assert notes == (note(NoteCode.UNDECODED, n=1, charset="utf-8"),)


def test_bytes_that_fit_no_charset_are_refused() -> None:
    with pytest.raises(ReadingError, match="name the right charset"):
        decode(b"\xff\xfe" + b"\x00\xd8" * 50)
