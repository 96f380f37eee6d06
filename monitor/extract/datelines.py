"""Lines about the page that stand at its head or foot: when it was published or updated, how long it takes to read."""

import functools
from collections.abc import Sequence

import regex

from monitor.extract.flow import Piece
from monitor.language.lexicon import known_languages, lexicon
from monitor.model.document import BlockKind
from monitor.sites.profile import Labels

_LONGEST = 60
_NUMBERS_OF_A_DATE = 3
_NUMBER = regex.compile(r"\p{Nd}+")
_BETWEEN = regex.compile(r" [|·•/–—-] ")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_HAN = regex.compile(r"\p{Han}")
_MARKS = regex.compile(r"[\s#.,:;/()|·•–—+،，：。、ºª-]*")


def without_datelines(pieces: Sequence[Piece], labels: Labels) -> list[Piece]:
    """The pieces without the date lines that they begin and end with: a label and a date or time, and nothing else
    that could be news. A line that is a date alone is one too at the beginning."""
    start, end = 0, len(pieces)
    while start < end and _is_dateline(pieces[start], labels, bare=True):
        start += 1
    while end > start and _is_dateline(pieces[end - 1], labels, bare=False):
        end -= 1
    return list(pieces[start:end])


def _is_dateline(piece: Piece, labels: Labels, *, bare: bool) -> bool:
    is_line = piece.kind is BlockKind.PARAGRAPH and not piece.is_heading and len(piece.text) <= _LONGEST
    if not is_line or not _NUMBER.search(piece.text):
        return False
    parts = [_NUMBER.sub("#", part).casefold() for part in _BETWEEN.split(piece.text)]
    return all(_is_labelled(part, labels) or (bare and _is_date(part, labels)) for part in parts)


def _is_labelled(text: str, labels: Labels) -> bool:
    return any(
        text.startswith(label) and _says_only_when(text[len(label) :], labels) for label in _folded(labels.dateline)
    )


def _is_date(text: str, labels: Labels) -> bool:
    """Whether a text in lower case, its numbers as `#`, is a date with the name of a month or weekday, or in figures."""
    named = any(word in _calendar() for word in _WORD.findall(text))
    return (named or text.count("#") == _NUMBERS_OF_A_DATE) and _says_only_when(text, labels)


def _says_only_when(text: str, labels: Labels) -> bool:
    """Whether nothing is left of a text without its numbers, marks and the words of dates and times."""
    known = _calendar().union(_folded(labels.date_words))
    return bool(_MARKS.fullmatch(_WORD.sub("", text))) and all(
        word in known or _is_tiled(word, known) for word in _WORD.findall(text)
    )


def _is_tiled(word: str, known: frozenset[str]) -> bool:
    """Whether a word is several known ones, in a script that sets no spaces between them."""
    parts = "|".join(sorted((part for part in known if _HAN.match(part)), key=len, reverse=True))
    return bool(_HAN.match(word)) and bool(regex.fullmatch(f"(?:{parts})+", word))


@functools.cache
def _calendar() -> frozenset[str]:
    """The words of the names of months and weekdays in every language."""
    names = (
        name.casefold()
        for tag in known_languages()
        for known in (*lexicon(tag).months, *lexicon(tag).weekdays)
        for name in known
    )
    return frozenset(word for name in names for word in _WORD.findall(name))


@functools.cache
def _folded(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(label.casefold() for label in labels)
