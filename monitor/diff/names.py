"""The people, organisations and places that a text names, as far as its script shows them; no model.

Latin and Cyrillic: runs of capitalised words, without the first word of a sentence where a small letter could stand.
Every script: short quoted terms. Chinese: titles in 《》 and transliterated names with a middle dot. Arabic: the two words
after a title. What the words are is data in names.json; nothing here tells people from places.
"""

import functools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import regex

from monitor.diff.carried import sentences_of
from monitor.language.lexicon import lexicon
from monitor.language.tag import canonical
from monitor.language.words import tokens
from monitor.model.document import Document

_DATA = Path(__file__).parent / "names.json"
_QUOTED = regex.compile(r"[“«„「『\"]([^”»“」』\"]{2,40})[”»“」』\"]")
_TITLE = regex.compile(r"《([^》]{1,30})》")
_MOST_QUOTED_WORDS = 4
_MOST_QUOTED_HAN = 10
_SHORTEST_STEM = 3


class Name(NamedTuple):
    """A name in a sentence: its characters `start` up to `end`, and the name itself."""

    start: int
    end: int
    text: str


class Names(NamedTuple):
    """The names of a document: by sentence, and how often each stands in it."""

    sentences: tuple[tuple[str, tuple[Name, ...]], ...]
    counts: dict[str, int]


def names(document: Document, beside: Document | None = None) -> Names:
    """The names in a document's running text; headings, where a capital letter says nothing, are left out.

    What words may begin with a small letter is learned from the document and, if given, from the one `beside` it.
    """
    texts = _texts(document)
    reader = _Reader([*texts, *(_texts(beside) if beside else ())], document.language)
    found = tuple((text, tuple(reader.names(text))) for text in texts)
    return Names(sentences=found, counts=dict(Counter(name.text for _, own in found for name in own)))


def _texts(document: Document) -> list[str]:
    return [text for section in document.sections for *_, text in sentences_of(section, document.language)]


def same_names(sides: Iterable[Names], language: str) -> dict[str, str]:
    """Each name's fullest form: a surname stands for the one full name that ends in it, a case form for the name."""
    every = Counter[str]()
    for side in sides:
        every.update(side.counts)
    stems: dict[tuple[str, ...], str] = {}
    last_words: dict[str, set[tuple[str, ...]]] = {}
    for name in sorted(every, key=lambda name: (-every[name], len(name), name)):
        stem = _stem(name, language)
        stems.setdefault(stem, name)
        if len(stem) > 1:
            last_words.setdefault(stem[-1], set()).add(stem)
    full = {}
    for name in every:
        stem = _stem(name, language)
        longer = last_words.get(stem[0], set()) if len(stem) == 1 else set()
        full[name] = stems[next(iter(longer))] if len(longer) == 1 else stems[stem]
    return full


class _Reader:
    """Reads names where the whole document tells which words may begin with a small letter."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        data, tag = _data(), canonical(language)
        known = lexicon(language)
        self._inside = frozenset(data["inside"][""] + data["inside"].get(tag, []))
        self._elided = tuple(data["elided"].get(tag, ()))
        self._endings = tuple(data["endings"].get(tag, ())) if tag == "en" else ()
        self._titles = frozenset(data["titles"].get(tag, ()))
        self._sounds = frozenset(data["sounds"].get(tag, ""))
        self._never = {word.casefold() for word in known.common}
        self._never |= {name.casefold() for forms in (*known.months, *known.weekdays) for name in forms}
        self._ordinary = set(self._never)
        self._inner: set[str] = set()
        for text in texts:
            self._learn(text)

    def names(self, text: str) -> list[Name]:
        """The names of one sentence, in order, none inside another."""
        found = [*self._runs(text), *self._after_titles(text), *self._transliterated(text), *_quoted(text)]
        kept: list[Name] = []
        for name in sorted(found, key=lambda name: (name.start, -name.end)):
            if not kept or name.start >= kept[-1].end:
                kept.append(name)
        return kept

    def _learn(self, text: str) -> None:
        """Which words this document writes with a small letter, and which with a capital inside a sentence."""
        words = [word for _, word in _words(text, self._elided)]
        self._ordinary |= {word for word in words if word[0].islower()}
        self._inner |= {self._without_ending(word) for word in words[1:] if word[0].isupper()}

    def _runs(self, text: str) -> Iterator[Name]:
        words = _words(text, self._elided)
        run: list[tuple[int, str]] = []
        for place, (start, word) in enumerate(words):
            joined = bool(run) and not _is_mark_between(text, run[-1], start)
            follows = place + 1 < len(words) and words[place + 1][1][0].isupper()
            if word[0].isupper():
                if not joined:
                    yield from self._name(text, run)
                    run = []
                run.append((start, word))
            elif not (joined and follows and word.casefold() in self._inside):
                yield from self._name(text, run)
                run = []
            else:
                run.append((start, word))
        yield from self._name(text, run)

    def _name(self, text: str, run: list[tuple[int, str]]) -> Iterator[Name]:
        if run and run[0][0] == len(text) - len(text.lstrip("“«„\"'‘(")) and self._is_no_name(run[0][1], len(run)):
            run = run[1:]
        while run and (not run[0][1][0].isupper() or run[0][1].casefold() in self._never):
            run = run[1:]
        while run and (not run[-1][1][0].isupper() or run[-1][1].casefold() in self._never):
            run = run[:-1]
        if not run or (len(run) == 1 and (len(run[0][1]) < 2 or run[0][1].casefold() in self._ordinary)):
            return
        start, end = run[0][0], run[-1][0] + len(run[-1][1])
        yield Name(start, end, self._without_ending(text[start:end]))

    def _without_ending(self, name: str) -> str:
        """The name without a possessive ending."""
        return next((name.removesuffix(ending) for ending in self._endings if name.endswith(ending)), name)

    def _is_no_name(self, word: str, length: int) -> bool:
        """Whether the first word of a sentence is capitalised for that alone, as far as the document shows."""
        word = self._without_ending(word)
        return word.casefold() in self._ordinary or (length == 1 and word not in self._inner)

    def _after_titles(self, text: str) -> Iterator[Name]:
        if not self._titles:
            return
        words = _words(text, ())
        for place, (_, word) in enumerate(words[:-2]):
            if word in self._titles and words[place + 1][1] not in self._titles:
                (start, _), (last, closing) = words[place + 1], words[place + 2]
                end = last + len(closing)
                if text[start:end].count(" ") == 1:
                    yield Name(start, end, text[start:end])

    def _transliterated(self, text: str) -> Iterator[Name]:
        for place, char in enumerate(text if self._sounds else ""):
            if char in "·•" and (place == 0 or text[place - 1] in self._sounds):
                start, end = place, place + 1
                while start and (text[start - 1] in self._sounds or text[start - 1] in "·•"):
                    start -= 1
                while end < len(text) and text[end] in self._sounds:
                    end += 1
                if place - start and end - place > 1:
                    yield Name(start, end, text[start:end])


def _words(text: str, elided: tuple[str, ...]) -> list[tuple[int, str]]:
    """The words that begin with a letter, each with its place; an elided article is cut off."""
    found, place = [], 0
    for token in tokens(text):
        start = place
        place += len(token)
        prefix = next((p for p in elided if token.casefold().startswith(p)), "")
        word = token[len(prefix) :]
        if word and word[0].isalpha():
            found.append((start + len(prefix), word))
    return found


def _is_mark_between(text: str, before: tuple[int, str], start: int) -> bool:
    return bool(text[before[0] + len(before[1]) : start].strip(" \u00a0"))


def _quoted(text: str) -> Iterator[Name]:
    for match in _TITLE.finditer(text):
        yield Name(match.start(), match.end(), match[1])
    for match in _QUOTED.finditer(text):
        words = [word for _, word in _words(match[1], ())]
        han = sum("\u4e00" <= char <= "\u9fff" for char in match[1])
        if (
            words
            and (len(words) <= _MOST_QUOTED_WORDS or 0 < han <= _MOST_QUOTED_HAN)
            and match[1][-1] not in ".,!?،。，"
        ):
            yield Name(match.start(), match.end(), match[1].strip())


@functools.lru_cache(maxsize=8192)
def _stem(name: str, language: str) -> tuple[str, ...]:
    """The words of a name without their case endings, as far as the data knows them."""
    endings = _data()["endings"].get(canonical(language), ())
    found = []
    for word in name.casefold().split(" "):
        ending = next((e for e in endings if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM), "")
        found.append(word.removesuffix(ending))
    return tuple(found)


@functools.cache
def _data() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = json.loads(_DATA.read_text(encoding="utf-8"))
    return loaded
