"""What a section says that any translation of it says too: numbers, months, names, Latin words, common concepts, and
the shape of its blocks. Reads one section at a time; compares nothing."""

import functools
import unicodedata
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

import regex

from monitor.align.concepts import concepts_of_characters, concepts_of_word, months_of
from monitor.align.sounds import plain, skeleton
from monitor.language.tag import uses_spaces
from monitor.model.document import Section

STEM = 5
_SHORT = 3
_HAN_DIGITS = "〇一二三四五六七八九"
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_PIECE = regex.compile(
    r"\p{Nd}+(?:[.,٬٫'’ \u00a0\u202f]\p{Nd}{3}(?!\p{Nd}))*(?:[.,٫]\p{Nd}+)?(?:\s*月)?|\p{Han}+|\p{L}[\p{L}\p{M}]*"
    r"|[?？؟%٪％(\[（\"“«„「『$€£¥]"
)
_GROUPED = regex.compile(r"\p{Nd}{1,3}(?:[ \u00a0\u202f]\p{Nd}{3})+(?!\p{Nd})")
_ORDINAL = regex.compile(r"第([〇零一二三四五六七八九十百千两]+)|([〇零一二三四五六七八九十百千两]+)(?!\p{Han})")
_LANGUAGE_IN_PATH = regex.compile(r"(?<=^\w+://[^/]+)/\p{Ll}{2}(?:-\p{L}{2,4})?(?=/)|/\p{Ll}{2}(?:-\p{L}{2,4})?/?$")
_HAN = regex.compile(r"[\u3040-\u9fff]")
_MARKS = {
    sign: mark
    for mark, signs in (("?", "？؟"), ("%", "٪％"), ("(", "[（"), ('"', "“«„「『"), ("$", "€£¥"))
    for sign in mark + signs
}
_MANY = 9
_MOST_KNOWN = 50_000


class Kind(StrEnum):
    """The first letter of a token: what sort of signal it is."""

    NUMBER = "#"
    NUMBERED_HEADING = "N"
    STEM = "L"
    SOUND = "K"
    CONCEPT = "C"
    MONTH = "M"
    MARK = "P"
    ADDRESS = "U"
    ANCHOR = "A"


_MARK_TOKENS = frozenset(Kind.MARK + mark for mark in _MARKS.values())


class Signature(NamedTuple):
    """A section as a translator leaves it: tokens with their counts (the first letter is their `Kind`), its length in
    letters (a Han character counts as two) and those of its blocks."""

    tokens: dict[str, int]
    length: int
    blocks: tuple[int, ...]
    level: int
    topic: str | None


@functools.lru_cache(maxsize=4096)
def signature(section: Section, language: str, *, sounds: bool) -> Signature:
    """The signature of a section; with `sounds` words stand by their consonants, so that alphabets can differ."""
    says_something = any(map(str.isalpha, section.heading))
    text = f"{section.heading}\n{section.text}" if says_something else section.text
    spaced = uses_spaces(language)
    pieces = _GROUPED.sub(_joined, text).split() if spaced else _PIECE.findall(text)
    tokens = dict(Counter(chain.from_iterable(map(_known(language, sounds).__getitem__, pieces))))
    for mark in _MARK_TOKENS & tokens.keys():
        tokens[f"{mark}{min(tokens.pop(mark), _MANY)}"] = 1
    tokens |= dict.fromkeys(_page_tokens(section, language if says_something else None), 1)
    blocks = tuple([_length(block.text, wide=not spaced) for block in section.blocks])
    return Signature(
        tokens=tokens, length=_length(section.heading, wide=not spaced) + sum(blocks), blocks=blocks, level=section.level,
        topic=section.topic,
    )  # fmt: skip


def main_script_is_latin(text: str) -> bool:
    """True if at least half of the letters are Latin ones (the first 500 characters tell)."""
    letters = [char for char in text[:500] if char.isalpha()]
    return sum(char < "\u0250" for char in letters) * 2 >= len(letters)


class _Known(dict[str, tuple[str, ...]]):
    """The tokens of what stood between spaces (or of a piece of a text without them), worked out when it is first met:
    most of it comes back."""

    def __init__(self, language: str, *, sounds: bool) -> None:
        super().__init__()
        self._language, self._sounds = language, sounds
        self._spaced = uses_spaces(language)

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        parts = _PIECE.findall(piece) if self._spaced else (piece,)
        found = tuple([token for part in parts for token in _piece_tokens(part, self._language, self._sounds)])
        self[piece] = found
        return found


@functools.lru_cache(maxsize=16)
def _known(language: str, sounds: bool) -> _Known:
    return _Known(language, sounds=sounds)


def _piece_tokens(piece: str, language: str, sounds: bool) -> tuple[str, ...]:
    """The tokens of a number, a word, a mark or a run of Han characters."""
    if piece in _MARKS:
        return (Kind.MARK + _MARKS[piece],)
    if piece[0].isdigit():
        return ((Kind.MONTH if piece[-1] == "月" else Kind.NUMBER) + _digits(piece),)
    if "\u3400" <= piece[0] <= "\u9fff":
        return tuple([Kind.CONCEPT + concept for concept in concepts_of_characters(piece, language)])
    word = plain(piece)
    found = [Kind.CONCEPT + concept for concept in concepts_of_word(word, language)]
    found += [Kind.MONTH + month for month in months_of(word, language)]
    latin = word[:1] < "\u0250"
    if len(word) >= _SHORT and (latin or not sounds):
        found.append(Kind.STEM + (word if sounds else word[:STEM]))
    if sounds and (sound := skeleton(word)):
        found.append(Kind.SOUND + sound)
    return tuple(found)


def _joined(number: regex.Match[str]) -> str:
    return number[0].replace(" ", "").replace("\u00a0", "").replace("\u202f", "")


def _page_tokens(section: Section, language: str | None) -> Iterator[str]:
    """What stands beside the text: numbers of the heading (unless its `language` is None, since it has no words),
    addresses whatever language they begin or end with ("/en/documents/1/en/", "/ar/documents/1/ar/"), the id that the page gives."""
    if language:
        for number in _heading_numbers(section.heading, language):
            yield Kind.NUMBERED_HEADING + number
    for block in section.blocks:
        yield from (Kind.ADDRESS + _LANGUAGE_IN_PATH.sub("", link.href) for link in block.links)
    if section.anchor:
        yield Kind.ANCHOR + section.anchor


def _digits(number: str) -> str:
    return "".join([str(unicodedata.digit(char)) for char in number if char.isdigit()])


def _heading_numbers(heading: str, language: str) -> Iterator[str]:
    """The numbers of a heading that also has words ("Article 5", "第五条"); a bare number may be anybody's count."""
    if any(map(str.isdigit, heading)):
        for piece in _PIECE.findall(heading):
            if piece[0].isdigit():
                yield _digits(piece)
    if language in ("zh", "ja"):
        for match in _ORDINAL.finditer(heading):
            yield str(_han_number(match[1] or match[2]))


def _han_number(text: str) -> int:
    total = digit = 0
    for char in text.replace("两", "二").replace("零", "〇"):
        if char in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[char]
            digit = 0
        else:
            digit = _HAN_DIGITS.index(char)
    return total + digit


def _length(text: str, *, wide: bool) -> int:
    return len(text) + (len(_HAN.findall(text)) if wide else 0)
