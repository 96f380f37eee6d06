"""A text cut into the units that a difference is shown in: words, numbers with their signs, dates, marks.

Knows what a number and a date look like in the six scripts; the names of the months come from the lexicon.
"""

import functools
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import regex

from monitor.language.lexicon import lexicon
from monitor.language.words import key, tokens

_NUMBER = r"(?:\p{Nd}{1,3}(?:[.,٫٬'’ \u202f\u00a0]\p{Nd}{3}(?!\p{Nd}))+(?:[.,٫]\p{Nd}+)?|\p{Nd}+(?:[.,٫]\p{Nd}+)*)"
_QUANTITY = regex.compile(
    rf"\p{{Sc}} ?{_NUMBER}(?:[百千万亿萬億]+)?"
    rf"|{_NUMBER} ?[%‰٪％°\p{{Sc}}]"
    rf"|{_NUMBER}[百千万亿萬億]+"
    r"|百分之[〇零一二两三四五六七八九十百点\p{Nd}]+"
    r"|[〇零一二两三四五六七八九十百千万亿萬億]{2,}"
)
_YEAR = regex.compile(r"(?:19|20)\p{Nd}{2}|[١۱][٩۹]\p{Nd}{2}|[٢۲][٠۰]\p{Nd}{2}")
_NUMERIC_DATE = regex.compile(r"\p{Nd}{4}[-./]\p{Nd}{1,2}[-./]\p{Nd}{1,2}|\p{Nd}{1,2}[-./]\p{Nd}{1,2}[-./]\p{Nd}{4}")
_HAN_DIGIT = r"[\p{Nd}〇零一二三四五六七八九十]"
_HAN_DAY = rf"{_HAN_DIGIT}{{1,3}}月(?:{_HAN_DIGIT}{{1,3}}[日号])?"
_HAN_DATE = rf"{_HAN_DIGIT}{{2,4}}年(?:{_HAN_DAY})?|{_HAN_DAY}"
STOPS = frozenset(".!?。！？؟۔;；")
"""The units that end a sentence, or a part that could be one."""

_HAN_NUMERAL = regex.compile("[〇零一二两三四五六七八九十百千万亿萬億]")
_DIGIT = regex.compile(r"\p{Nd}")
_LETTER = regex.compile(r"(?!\u0640)\p{L}")


class Shape(StrEnum):
    """What a unit is by its looks; a common word is one of the language's most frequent."""

    WORD = "word"
    COMMON = "common"
    MARK = "mark"
    NUMBER = "number"
    DATE = "date"


_WEIGHTS = {Shape.WORD: 1.0, Shape.COMMON: 0.33, Shape.MARK: 0.25, Shape.NUMBER: 1.0, Shape.DATE: 1.0}


class Units(NamedTuple):
    """A text as units: unit n is `text[starts[n]:ends[n]]`; white space stands between them.

    Units with equal keys differ in typography at most.
    """

    text: str
    keys: list[str]
    starts: list[int]
    ends: list[int]
    shapes: list[Shape]

    def slice(self, start: int, end: int) -> str:
        """The text from one unit up to another (excluded), as it stands; "" if there is none."""
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""

    def weight(self, start: int, end: int) -> float:
        """How much the units say: a mark a quarter, a common word a third, everything else one each."""
        return sum(map(_WEIGHTS.__getitem__, self.shapes[start:end]))


def units(text: str, language: str) -> Units:
    """The text cut into units of that language."""
    common = _common(language)
    spans = _spans(text, language)
    whole = Units(text, [], [], [], [])
    for start, end, token in _placed_tokens(text):
        while spans and spans[-1][1] <= start:
            spans.pop()
        start_of_span, _, shape = spans[-1] if spans and spans[-1][0] < end else (start, end, _shape(token, common))
        if whole.ends and start_of_span < whole.ends[-1]:
            whole.ends[-1] = end
        else:
            whole.starts.append(start)
            whole.ends.append(end)
            whole.shapes.append(shape)
    found = [text[start:end] for start, end in zip(whole.starts, whole.ends, strict=True)]
    folded = {unit: key(unit) or unit for unit in set(found) if not (unit.isascii() and unit.isalnum())}
    whole.keys.extend(folded.get(unit, unit) for unit in found)
    return whole


def _placed_tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Every token but white space, with its place."""
    position = 0
    for token in tokens(text):
        if not token.isspace():
            yield position, position + len(token), token
        position += len(token)


def _spans(text: str, language: str) -> list[tuple[int, int, Shape]]:
    """Dates and quantities of several tokens, last first, none touching another; a date goes before a number."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    found: list[tuple[int, int, Shape]] = []
    for pattern, shape in ((_dates(language), Shape.DATE), (_QUANTITY, Shape.NUMBER)):
        found += [(*match.span(), shape) for match in pattern.finditer(lowered) if _holds_figure(match)]
    found.sort(key=lambda span: (span[0], span[2] is not Shape.DATE))
    apart: list[tuple[int, int, Shape]] = []
    for span in found:
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart[::-1]


def _holds_figure(match: regex.Match[str]) -> bool:
    """False for the bare name of a month, which may be another word."""
    return _DIGIT.search(match[0]) is not None or _HAN_NUMERAL.search(match[0]) is not None


def _shape(token: str, common: frozenset[str]) -> Shape:
    if not token.isalpha():
        if _DIGIT.search(token):
            if _YEAR.fullmatch(token) or _NUMERIC_DATE.fullmatch(token):
                return Shape.DATE
            return Shape.NUMBER if _DIGIT.match(token) else Shape.WORD
        if not _LETTER.search(token):
            return Shape.MARK
    return Shape.COMMON if token.casefold() in common else Shape.WORD


@functools.cache
def _common(language: str) -> frozenset[str]:
    return frozenset(lexicon(language).common)


@functools.cache
def _dates(language: str) -> regex.Pattern[str]:
    """Dates with the name of a month of that language ("3 March 2024", "15 y 16 de abril"), and bare names of months."""
    names = [name.lower() for month in lexicon(language).months for name in month]
    if not names:
        return regex.compile(_HAN_DATE)
    day = r"(?<!\p{Nd})(?<!\p{Nd}[.,])\p{Nd}{1,2}(?:\p{L}{1,2}|-\p{L}{1,2}|[º°.])?"
    days = rf"{day}(?:(?: ?[-–/] ?|,? \p{{L}}{{1,3}} ){day})?(?: \p{{L}}{{1,3}})? "
    month = r"\L<names>(?!\p{L})(?: ?/ ?\L<names>(?!\p{L}))?"
    year = r"(?:,| \p{L}{2,3})? \p{Nd}{4}(?!\p{Nd})(?: (?:года?|г\.))?"
    return regex.compile(
        rf"(?:{days}|(?<!\p{{L}})){month}(?: {day}(?![\p{{Nd}}%]|[.,]\p{{Nd}}))?(?:{year})?|{_HAN_DATE}", names=names
    )
