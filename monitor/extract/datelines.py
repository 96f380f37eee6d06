"""Lines about the page that stand at its head or foot: when it was published or updated, how long it takes to read."""

import functools
from collections.abc import Sequence

import regex

from monitor.extract.flow import Piece
from monitor.language.lexicon import known_languages, lexicon
from monitor.model.document import BlockKind

_LONGEST = 60
_SHORT_WORD, _NUMBERS_OF_A_DATE = 2, 3
_NUMBER = regex.compile(r"\p{Nd}+")
_BETWEEN = regex.compile(r" [|·•/–—-] ")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*\.?")


def without_datelines(pieces: Sequence[Piece], labels: tuple[str, ...]) -> list[Piece]:
    """The pieces without the date lines that they begin and end with; `labels` begin such a line, a `#` in them
    stands for a number. A line that is a date and nothing else is one too at the beginning."""
    start, end = 0, len(pieces)
    while start < end and _is_dateline(pieces[start], labels, bare=True):
        start += 1
    while end > start and _is_dateline(pieces[end - 1], labels, bare=False):
        end -= 1
    return list(pieces[start:end])


def _is_dateline(piece: Piece, labels: tuple[str, ...], *, bare: bool) -> bool:
    is_line = piece.kind is BlockKind.PARAGRAPH and not piece.is_heading and len(piece.text) <= _LONGEST
    if not is_line or not _NUMBER.search(piece.text):
        return False
    begins = _folded(labels)
    parts = [_NUMBER.sub("#", part).casefold() for part in _BETWEEN.split(piece.text)]
    return all(part.startswith(begins) or (bare and _is_date(part)) for part in parts)


def _is_date(text: str) -> bool:
    """Whether a text in lower case, its numbers as `#`, is a date with the name of a month or weekday, or in figures."""
    words = [word.rstrip(".") for word in _WORD.findall(text)]
    named = [word for word in words if word in _calendar()]
    others = [word for word in words if len(word) > _SHORT_WORD and word not in named]
    return not others and (bool(named) or text.count("#") == _NUMBERS_OF_A_DATE)


@functools.cache
def _calendar() -> frozenset[str]:
    """The words of the names of months and weekdays in every language."""
    names = (
        name.casefold()
        for tag in known_languages()
        for known in (*lexicon(tag).months, *lexicon(tag).weekdays)
        for name in known
    )
    return frozenset(word.rstrip(".") for name in names for word in _WORD.findall(name))


@functools.cache
def _folded(labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(label.casefold() for label in labels)
