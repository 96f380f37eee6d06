"""Where a text hedges, denies, attributes or names a day. Knows how the lexicon's phrases match units; no word by name."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from monitor.diff.units import STOPS, Shape, Units
from monitor.language.lexicon import lexicon
from monitor.language.words import key, tokens

_VOWEL_SIGNS_AND_STRESS = dict.fromkeys([0x0301, 0x0640, 0x0670, *range(0x064B, 0x0653)])
_ANY_NUMBER, _GAP, _LONGEST_GAP = "#", "…", 6


class Sense(StrEnum):
    """What a phrase does to what is said; a plain one only looks as if it did."""

    HEDGE = "hedge"
    NEGATION = "negation"
    ATTRIBUTION = "attribution"
    CALENDAR = "calendar"
    PLAIN = "plain"


class Mention(NamedTuple):
    """A phrase in a text: its units `start` up to `end`. Phrases of one strength have one `name`."""

    sense: Sense
    name: str
    start: int
    end: int


def mentions(units: Units, language: str) -> list[Mention]:
    """The phrases of the language's lexicon in the text, in order: at each place the longest, none inside another."""
    book = _book(language)
    line = book.line(units)
    found: list[Mention] = []
    place = 0
    while place < len(line.words):
        mention = book.longest(line, place)
        if mention is not None and mention.sense is not Sense.PLAIN:
            found.append(mention)
        place = max(place + 1, mention.end if mention else 0)
    return found


def may_attribute(text: str, language: str) -> bool:
    """False if no phrase that gives a source stands in the text: cheaper than looking where."""
    folded = fold(key(text))
    return any(word in folded for word in _attributing(language))


def fold(word: str) -> str:
    """A word as phrases are compared: without case, Arabic vowel signs and stress marks."""
    folded = word.casefold()
    return folded if folded.isascii() else folded.translate(_VOWEL_SIGNS_AND_STRESS)


class _Line:
    """A text's units as phrases are matched against them: folded words, capitals, numbers in digits or words."""

    def __init__(self, units: Units, number_words: "_Shelf") -> None:
        self.words = [fold(unit) for unit in units.keys]
        self._units = units
        self._number_words = number_words

    def is_capital(self, place: int) -> bool:
        return self._units.keys[place][:1].isupper()

    def is_number(self, place: int) -> bool:
        word = self.words[place]
        return self._units.shapes[place] is Shape.NUMBER or any(
            phrase.end_at(self, place, word) for phrase in self._number_words.starting(word)
        )


class _Phrase(NamedTuple):
    sense: Sense
    name: str
    parts: tuple[str, ...]
    capital: bool

    def end_at(self, line: _Line, place: int, first: str) -> int | None:
        """Where the phrase ends if it begins at a place, whose word is given as `first`; None if it does not."""
        if self.capital and not line.is_capital(place):
            return None
        if self.parts[0] == _ANY_NUMBER:
            return self._end(line, 1, place + 1) if line.is_number(place) else None
        return self._end(line, 1, place + 1) if _fits(self.parts[0], first) else None

    def _end(self, line: _Line, part: int, place: int) -> int | None:
        """Where the rest of the phrase, from a part on, ends if it begins at a place."""
        if part == len(self.parts):
            return place
        wanted = self.parts[part]
        if wanted == _GAP:
            return self._end_after_gap(line, part + 1, place)
        if place >= len(line.words):
            return None
        fits = line.is_number(place) if wanted == _ANY_NUMBER else _fits(wanted, line.words[place])
        return self._end(line, part + 1, place + 1) if fits else None

    def _end_after_gap(self, line: _Line, part: int, place: int) -> int | None:
        for start in range(place, min(place + _LONGEST_GAP, len(line.words) - 1) + 1):
            end = self._end(line, part, start)
            if end is not None:
                return end
            if line.words[start : start + 1] and line.words[start] in STOPS:
                return None
        return None

    def mention(self, place: int, end: int) -> Mention:
        """The phrase found there, without the number beside it."""
        start = place + (self.parts[0] == _ANY_NUMBER)
        return Mention(self.sense, self.name, start, end - (self.parts[-1] == _ANY_NUMBER))


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


class _Shelf:
    """Phrases by the word they begin with, or by its beginning where it ends in `*`."""

    def __init__(self, phrases: Iterable[_Phrase]) -> None:
        self._whole: dict[str, list[_Phrase]] = {}
        self._beginnings: dict[str, list[_Phrase]] = {}
        for phrase in phrases:
            first = phrase.parts[0]
            if first.endswith("*"):
                self._beginnings.setdefault(first[0], []).append(phrase)
            else:
                self._whole.setdefault(first, []).append(phrase)

    def starting(self, word: str) -> list[_Phrase]:
        """The phrases that may begin with a word."""
        return [*self._whole.get(word, ()), *self._beginnings.get(word[:1], ())]

    @property
    def has_numbers_first(self) -> bool:
        """Whether a phrase begins with a number."""
        return _ANY_NUMBER in self._whole


class _Book:
    """The phrases of one language."""

    def __init__(self, phrases: Iterable[_Phrase], numbers: Iterable[_Phrase], clitics: Iterable[str]) -> None:
        self._phrases = _Shelf(phrases)
        self._number_words = _Shelf(numbers)
        self._clitics = tuple(clitics)

    def line(self, units: Units) -> _Line:
        """The text's units as this language's phrases are matched against them."""
        return _Line(units, self._number_words)

    def longest(self, line: _Line, place: int) -> Mention | None:
        """The longest phrase at a place; among equals a plain one, then a day or month."""
        best: tuple[int, int, Mention] | None = None
        for word in self._bare_forms(line, place):
            for phrase in self._phrases.starting(word):
                end = phrase.end_at(line, place, word)
                if end is not None:
                    rank = (end, _PREFERENCE.get(phrase.sense, 0), phrase.mention(place, end))
                    best = rank if best is None or rank[:2] > best[:2] else best
        return best[2] if best else None

    def _bare_forms(self, line: _Line, place: int) -> Iterator[str]:
        """The word; the word without one clitic before it; the sign of a number, if it is one."""
        word = line.words[place]
        yield word
        for clitic in self._clitics:
            if len(word) > len(clitic) and word.startswith(clitic):
                yield word[len(clitic) :]
        if self._phrases.has_numbers_first and line.is_number(place):
            yield _ANY_NUMBER


_PREFERENCE = {Sense.PLAIN: 2, Sense.CALENDAR: 1}


@functools.cache
def _book(language: str) -> _Book:
    known = lexicon(language)
    phrases: list[_Phrase] = []
    for sense, lines in (
        (Sense.HEDGE, known.hedges),
        (Sense.NEGATION, known.negations),
        (Sense.ATTRIBUTION, (*known.attributions, *known.sayings)),
        (Sense.CALENDAR, (" | ".join(names) for names in (*known.months, *known.weekdays))),
        (Sense.PLAIN, known.plain),
    ):
        for line in lines:
            phrases += _phrases(sense, line)
    numbers = [phrase for word in known.numbers for phrase in _phrases(Sense.PLAIN, word)]
    return _Book(phrases, numbers, [fold(key(clitic)) for clitic in known.clitics])


@functools.cache
def _attributing(language: str) -> frozenset[str]:
    """The longest word, or its beginning, of every phrase that gives a source."""
    known = lexicon(language)
    lines = (*known.attributions, *known.sayings)
    phrases = [phrase for line in lines for phrase in _phrases(Sense.ATTRIBUTION, line)]
    return frozenset(max((part.rstrip("*") for part in phrase.parts), key=len) for phrase in phrases)


def _phrases(sense: Sense, line: str) -> list[_Phrase]:
    """The phrases of one line of the lexicon."""
    return [
        _Phrase(sense, line, _parts(text), sense is Sense.CALENDAR and text[0].isupper()) for text in line.split(" | ")
    ]


def _parts(text: str) -> tuple[str, ...]:
    """A phrase as folded words; a word that ends in `*` is taken as it is written ("n'*"), the rest is cut like a text."""
    parts: list[Sequence[str]] = []
    for part in text.split():
        whole = part == _GAP or part.endswith("*")
        parts.append([part if part == _GAP else key(part)] if whole else tokens(key(part)))
    return tuple(fold(word) for part in parts for word in part)
