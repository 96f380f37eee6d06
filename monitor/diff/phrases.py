"""Where a text hedges, denies, attributes or names a day. Knows how lexicon phrases match units; no word by name."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from monitor.diff.units import Units
from monitor.language.lexicon import lexicon
from monitor.language.words import key, tokens

_VOWEL_SIGNS = dict.fromkeys([0x0301, 0x0640, 0x0670, *range(0x064B, 0x0653)])


class Sense(StrEnum):
    """What a phrase does to what is said."""

    HEDGE = "hedge"
    NEGATION = "negation"
    ATTRIBUTION = "attribution"
    CALENDAR = "calendar"
    PLAIN = "plain"


class Mention(NamedTuple):
    """A phrase of the lexicon in a text: units `start` up to `end`; `name` is the phrase as the lexicon has it."""

    sense: Sense
    name: str
    start: int
    end: int


def mentions(units: Units, language: str) -> list[Mention]:
    """The lexicon's phrases in the text, in order: at each place the longest, none inside another."""
    book = _book(language)
    folded = [fold(unit) for unit in units.keys]
    found: list[Mention] = []
    place = 0
    while place < len(folded):
        match = book.longest(folded, place)
        if match is None:
            place += 1
            continue
        phrase, length = match
        if phrase.sense is not Sense.PLAIN:
            found.append(Mention(phrase.sense, phrase.name, place, place + length))
        place += length
    return found


def fold(word: str) -> str:
    """A word as phrases are compared: case, vowel signs and stress marks away."""
    return word.casefold() if word.isascii() else word.casefold().translate(_VOWEL_SIGNS)


@dataclass(frozen=True, slots=True)
class _Phrase:
    sense: Sense
    name: str
    words: tuple[str, ...]

    def length_at(self, folded: list[str], place: int, first: str) -> int:
        """How many units the phrase takes from a place on, whose first word is given bare of clitics; 0: no match."""
        if not _fits(self.words[0], first) or place + len(self.words) > len(folded):
            return 0
        rest = zip(self.words[1:], folded[place + 1 :], strict=False)
        return len(self.words) if all(_fits(word, unit) for word, unit in rest) else 0


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


class _Book:
    """The phrases of one language by the beginnings of their first words."""

    def __init__(self, phrases: Iterable[_Phrase], clitics: Iterable[str]) -> None:
        self._by_first: dict[str, list[_Phrase]] = {}
        self._by_beginning: dict[str, list[_Phrase]] = {}
        for phrase in phrases:
            first = phrase.words[0]
            shelf = self._by_beginning if first.endswith("*") else self._by_first
            shelf.setdefault(first.removesuffix("*"), []).append(phrase)
        self._clitics = tuple(sorted(clitics, key=len, reverse=True))

    def longest(self, folded: list[str], place: int) -> tuple[_Phrase, int] | None:
        """The longest phrase at a place, with its length in units; a plain one first among equals."""
        best: tuple[_Phrase, int] | None = None
        for first in self._bare_forms(folded[place]):
            for phrase in self._starting(first):
                length = phrase.length_at(folded, place, first)
                if length and (
                    best is None or (length, phrase.sense is Sense.PLAIN) > (best[1], best[0].sense is Sense.PLAIN)
                ):
                    best = (phrase, length)
        return best

    def _bare_forms(self, word: str) -> Iterator[str]:
        """The word, and the word without one clitic before it."""
        yield word
        for clitic in self._clitics:
            if len(word) > len(clitic) and word.startswith(clitic):
                yield word[len(clitic) :]

    def _starting(self, first: str) -> Iterator[_Phrase]:
        yield from self._by_first.get(first, ())
        for length in range(1, len(first) + 1):
            yield from self._by_beginning.get(first[:length], ())


@functools.cache
def _book(language: str) -> _Book:
    known = lexicon(language)
    senses = (
        (Sense.HEDGE, known.hedges), (Sense.NEGATION, known.negations), (Sense.ATTRIBUTION, known.attributions),
        (Sense.CALENDAR, [name for names in (*known.months, *known.weekdays) for name in names]),
        (Sense.PLAIN, known.plain),
    )  # fmt: skip
    phrases = [_Phrase(sense, text, _pattern(text)) for sense, texts in senses for text in texts]
    return _Book([phrase for phrase in phrases if phrase.words], [fold(key(clitic)) for clitic in known.clitics])


def _pattern(text: str) -> tuple[str, ...]:
    """A phrase as folded words; a word with a `*` is taken as it is written ("n'*"), the rest is cut like a text."""
    parts = [[part] if part.endswith("*") else tokens(part) for part in key(text).split(" ")]
    return tuple(fold(word) for part in parts for word in part)
