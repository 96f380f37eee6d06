"""Which old code page undeclared bytes are in: the one in which they make words of a language."""

from typing import NamedTuple

import regex

from monitor.language.lexicon import lexicon
from monitor.language.words import words

_CODE_PAGES = {
    "ar": ("windows-1256", "iso-8859-6"), "ru": ("windows-1251", "koi8-r", "ibm866", "iso-8859-5"), "zh": ("gb18030", "big5"),
    "en": ("windows-1252",), "es": ("windows-1252",), "fr": ("windows-1252",),
    "fa": ("windows-1256",), "uk": ("windows-1251", "koi8-u"), "be": ("windows-1251",), "bg": ("windows-1251",),
    "sr": ("windows-1251",), "ja": ("shift_jis",), "ko": ("euc-kr",), "he": ("windows-1255",), "el": ("windows-1253",),
    "tr": ("windows-1254",), "vi": ("windows-1258",), "th": ("windows-874",), "pl": ("windows-1250",), "cs": ("windows-1250",),
    "hu": ("windows-1250",), "ro": ("windows-1250",),
}  # fmt: skip
_LATIN = frozenset({"en", "es", "fr"})
_DEFAULT = "windows-1252"
_SAMPLE = 40_000
_MARKUP = regex.compile(r"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>")
_SURE, _UNKNOWN = 0.12, 0.01
_FEW = 20
_FOREIGN = 0.3


class Guess(NamedTuple):
    """A code page, and whether what it makes of the bytes can hardly be a language."""

    name: str
    doubtful: bool


class _Reading(NamedTuple):
    """How bytes read in a code page: how surely as its language (0…1), and whether beyond ASCII there is more than the
    letters with accents of a Latin alphabet."""

    name: str
    sureness: float
    foreign: bool


def guess(content: bytes, language: str) -> Guess:
    """The code page of bytes that are no UTF-8: one of the language's, or of the six languages' if it has none that
    makes words or is not known ("und").

    Of a language without a lexicon the first of its code pages is taken, of bytes that make no words windows-1252.
    """
    best = _best(content, [language]) if language in _CODE_PAGES else None
    if best and (best.sureness >= _SURE or not best.foreign or not lexicon(language).name):
        return Guess(best.name, doubtful=False)
    other = _best(content, [tag for tag in _CODE_PAGES if lexicon(tag).name])
    if other.sureness >= _SURE:
        return Guess(other.name, doubtful=False)
    fallback = best or _read(content, _DEFAULT, "en")
    return Guess(fallback.name, doubtful=fallback.foreign)


def better(content: bytes, declared: str, language: str) -> str | None:
    """A code page of the language in which the bytes surely make words, if they do not in the declared one."""
    if language not in _CODE_PAGES or _read(content, declared, language).sureness >= _SURE:
        return None
    best = _best(content, [language])
    return best.name if best.sureness >= _SURE else None


def _best(content: bytes, tags: list[str]) -> _Reading:
    found = [_read(content, name, tag) for tag in tags for name in _CODE_PAGES[tag]]
    return max(found, key=lambda reading: reading.sureness)


def _read(content: bytes, name: str, tag: str) -> _Reading:
    """Sureness is the share of common words among those that are not plain ASCII, times that of small letters and
    letters without case among what is not: another code page of one script turns small letters into capitals."""
    text = _MARKUP.sub(" ", content[:_SAMPLE].decode(name, errors="replace"))
    said = words(text)
    beyond = [word for word in said if not word.isascii()]
    foreign = len(beyond) >= _FEW and len(beyond) > _FOREIGN * len(said)
    if not beyond or (tag not in _LATIN and len(beyond) <= _FOREIGN * len(said)):
        return _Reading(name, sureness=0.0, foreign=foreign)
    common = frozenset(lexicon(tag).common)
    known = sum(word in common for word in beyond) / len(beyond)
    signs = [sign for sign in text if not sign.isascii()]
    small = sum(sign.isalpha() and not sign.isupper() for sign in signs) / len(signs)
    return _Reading(name, sureness=(known + _UNKNOWN) * small, foreign=foreign)
