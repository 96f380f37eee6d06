"""What a title says: which of the candidates it is, the edition and the country in it."""

import functools
from collections.abc import Sequence
from pathlib import Path

import regex

from monitor.extract.flow import Piece
from monitor.extract.footnotes import latin_digits
from monitor.language.words import clean, key

_COUNTRIES = Path(__file__).parent / "countries.txt"
_YEAR = regex.compile(r"(?<!\p{Nd})(\p{Nd}{4})(?!\p{Nd})")
_HAN_YEAR = r"[一二][〇零○一二三四五六七八九]{3}(?=年|$|\s)"
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DATED = regex.compile(r"[\p{Nd}〇零]+(?:\s*[/–—-]\s*\p{Nd}+)?\s*(?:年度?|год[а]?|г\.|م)?")
_PARTS = regex.compile(r"\s*[:：|–—,，、()（）«»\"“”]\s*|\s+-\s+")
_SLUG = r"/report-([a-z-]+)/?$"
_SUFFIX = r"^(.{3,}?)\s+[|–—·»-]\s+[^|–—·»]+$"
_LONG = 30


def edition(title: str) -> int | None:
    """The year that a title names, in the digits of any script; the first of two ("2024/25" is 2024)."""
    for found in _YEAR.findall(title):
        year = int(latin_digits(found))
        if _FIRST_YEAR <= year < _LAST_YEAR:
            return year
    han = regex.search(_HAN_YEAR, title)
    return int(han.group().translate(_HAN_DIGITS)) if han else None


def title_of(candidates: Sequence[str], pieces: Sequence[Piece], page_title: str) -> str:
    """The title: the best candidate, or a heading above the text that says the same and names a year."""
    headings = [piece.text for piece in _opening(pieces) if piece.is_heading]
    first = candidates[0] if candidates else headings[0] if headings else ""
    first = first or regex.sub(_SUFFIX, r"\1", page_title)
    if edition(first) is not None:
        return first
    name = key(first).casefold()
    for other in (*candidates[1:], *headings):
        if edition(other) is not None and name and name in key(other).casefold():
            return other
    return first


def _opening(pieces: Sequence[Piece]) -> list[Piece]:
    """What stands before the first paragraph of some length."""
    opening = []
    for piece in pieces:
        if not piece.is_heading and len(piece.text) > _LONG * 6:
            break
        opening.append(piece)
    return opening


def country(title: str, url: str | None = None) -> str | None:
    """The ISO 3166 code of the country that a title, or else the address, is about; None for an unknown one."""
    names = countries()
    plain = key(_DATED.sub(" ", title)).casefold()
    for part in (plain, *_PARTS.split(plain)):
        if code := names.get(part.strip(" .-")):
            return code
    if code := _last_words(key(_DATED.sub(" ", title)), names):
        return code
    slug = regex.search(_SLUG, url.split("?")[0].split("#")[0]) if url else None
    return names.get(slug[1].replace("-", " ")) if slug else None


def _last_words(title: str, names: dict[str, str]) -> str | None:
    """The country that ends a title after a word in lower case ("Human rights in Chile")."""
    words = title.split(" ")
    for start in range(1, len(words)):
        if words[start - 1].islower() and (code := names.get(" ".join(words[start:]).casefold().strip(" ."))):
            return code
    return None


@functools.cache
def countries() -> dict[str, str]:
    """The ISO 3166 code of each name of a country in the six languages, in lower case."""
    names: dict[str, str] = {}
    for line in _COUNTRIES.read_text(encoding="utf-8").splitlines():
        code, _, listed = line.partition(": ")
        if not line.startswith("#"):
            names.update(dict.fromkeys(listed.split("; "), code))
    return names


def same_heading(heading: str, title: str) -> bool:
    """True if a heading only repeats the title, or the title without its year."""
    heading, title = key(heading).casefold(), key(title).casefold()
    return heading == title or heading == key(clean(_DATED.sub(" ", title)))
