"""Bytes are decoded as browsers decode them, and never by a codec that only Python knows."""

import codecs

import pytest

from monitor.errors import ReadingError
from monitor.extract.charset import decode
from monitor.extract.reading import read
from monitor.model.document import Verdict
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


_REPORTS = {
    "en": "“The judges of Norvania were dismissed in the spring – at the mayor’s wish.”",
    "es": "Los jueces de Norvania fueron destituidos según el alcalde; también cerró el puerto más allá del río.",
    "fr": "Les juges de la Norvanie ont été révoqués à la demande du maire, et le port a été fermé dès l’été.",
    "ru": "Судьи в Норвании были уволены по требованию мэра, и порт был закрыт на всё лето. Об этом не сообщалось.",
    "ar": "أُقيل القضاة في نورفانيا بناء على طلب من رئيس البلدية، وأُغلق الميناء في الصيف إلى أن انتهت المحاكمة.",
    "zh": "诺瓦尼亚的法官在市长的要求下被免职，港口在夏天被关闭，记者和律师在审判中没有发言。",
}


@pytest.mark.parametrize("said", [True, False])
@pytest.mark.parametrize(
    ("language", "code_page"),
    [
        ("en", "cp1252"), ("es", "cp1252"), ("fr", "cp1252"), ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "cp866"),
        ("ru", "iso-8859-5"), ("ar", "cp1256"), ("ar", "iso-8859-6"), ("zh", "gb18030"), ("zh", "gbk"),
    ],
)  # fmt: skip
def test_an_undeclared_old_page_is_read_in_the_code_page_that_makes_words(
    language: str, code_page: str, said: bool
) -> None:
    content = _REPORTS[language].encode(code_page)

    assert decode(content, language=language if said else None) == (_REPORTS[language], ())


@pytest.mark.parametrize("server", ["iso-8859-1", None])
@pytest.mark.parametrize(
    ("language", "code_page"), [("ru", "cp1251"), ("ru", "koi8-r"), ("ar", "cp1256"), ("zh", "gbk")]
)
def test_a_declared_charset_that_makes_no_words_gives_way_to_one_of_the_language(
    language: str, code_page: str, server: str | None
) -> None:
    head = f'<html lang="{language}"><meta charset="iso-8859-1"><p>'.encode()

    assert decode(head + _REPORTS[language].encode(code_page), charset=server)[0].endswith(_REPORTS[language])


@pytest.mark.parametrize(
    ("language", "declared"),
    [
        ("fr", "iso-8859-15"),
        ("fr", "macintosh"),
        ("es", "iso-8859-1"),
        ("ru", "koi8-r"),
        ("ru", "iso-8859-5"),
        ("zh", "gbk"),
    ],
)
def test_a_declared_charset_that_makes_words_is_believed(language: str, declared: str) -> None:
    codec = {"macintosh": "mac-roman"}.get(declared, declared)
    text = _REPORTS[language].replace("’", "'")

    assert decode(text.encode(codec), charset=declared, language=language) == (text, ())


def test_a_page_in_another_language_than_it_says_is_read_all_the_same() -> None:
    content = b'<html lang="en"><p>' + _REPORTS["ru"].encode("koi8-r")

    assert decode(content)[0].endswith(_REPORTS["ru"])


def test_bytes_that_make_no_words_are_read_with_a_remark_and_are_no_report() -> None:
    greek = "Οι δικαστές απολύθηκαν την άνοιξη με αίτημα του δημάρχου και το λιμάνι έκλεισε όλο το καλοκαίρι. " * 2
    content = f"<html><body><p>{greek}</p></body></html>".encode("cp1253")

    document = read(content, source="page.html")

    assert document.notes[0] == note(NoteCode.CHARSET_UNCERTAIN, charset="windows-1252")
    assert document.quality.verdict is Verdict.UNREADABLE
    assert decode(content, language="el")[1] == ()


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
