"""The people, organisations and places that a text names, as far as its script shows them; no model.

Latin and Cyrillic: runs of capitalised words, without the first word of a sentence where a small letter could stand.
Every script: short quoted terms. Chinese and Arabic: what `scripts` finds. The words are data in language/cues.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from monitor.diff.carried import sentences_of
from monitor.diff.heads import kind_by_itself
from monitor.diff.scripts import found_in_script, people_in, words_of
from monitor.language.cues import cue_words, cues, name_stem
from monitor.language.lexicon import lexicon
from monitor.language.tag import canonical
from monitor.model.document import Document

_QUOTED = regex.compile(r"[“«„「『\"]([^”»“」』\"]{2,40})[”»“」』\"]")
_TITLE = regex.compile(r"《([^》]{1,30})》")
_MOST_QUOTED_WORDS = 4
_MOST_QUOTED_HAN = 10
_LONGEST_TITLE = 3
_MOST_TAILS = 2
_NEAR = 40


class Name(NamedTuple):
    """A name in a sentence: its characters `start` up to `end`, and the name itself."""

    start: int
    end: int
    text: str


class Names(NamedTuple):
    """The names of a document: by sentence, and how often each stands in it."""

    sentences: tuple[tuple[str, tuple[Name, ...]], ...]
    counts: dict[str, int]


def names(*documents: Document) -> list[Names]:
    """The names in the running text of documents in one language; headings, where a capital letter says nothing, are left
    out.

    What words may begin with a small letter, and who is named without a role, is learned from all of them.
    """
    texts = [_texts(document) for document in documents]
    reader = _Reader([text for own in texts for text in own], documents[0].language)
    return [_named(own, reader) for own in texts]


def _named(texts: Iterable[str], reader: "_Reader") -> Names:
    found = tuple((text, tuple(reader.names(text))) for text in texts)
    return Names(sentences=found, counts=dict(Counter(name.text for _, own in found for name in own)))


def _texts(document: Document) -> list[str]:
    return [text for section in document.sections for *_, text in sentences_of(section, document.language)]


def same_names(sides: Iterable[Names], language: str) -> dict[str, str]:
    """Each name's fullest form: a surname stands for the one full name that ends in it, a case form for the name."""
    tag, every = canonical(language), Counter[str]()
    for side in sides:
        every.update(side.counts)
    stems: dict[tuple[str, ...], str] = {}
    last_words: dict[str, set[tuple[str, ...]]] = {}
    for name in sorted(every, key=lambda name: (-every[name], len(name), name)):
        stem = name_stem(name, tag)
        stems.setdefault(stem, name)
        if len(stem) > 1 and kind_by_itself(name, tag) is None:
            last_words.setdefault(stem[-1], set()).add(stem)
    full = {}
    for name in every:
        stem = name_stem(name, tag)
        is_surname = len(stem) == 1 and kind_by_itself(name, tag) is None
        longer = last_words.get(stem[0], set()) if is_surname else set()
        full[name] = stems[next(iter(longer))] if len(longer) == 1 else stems[stem]
    return full


class _Reader:
    """Reads names in sentences that together tell which words may begin with a small letter."""

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self._tag, self._cues = canonical(language), cues(language)
        known = lexicon(language)
        self._inside = frozenset(self._cues.inside)
        self._endings = self._cues.endings if self._tag == "en" else ()
        self._never = {word.casefold() for word in known.common}
        self._never |= {name.casefold() for forms in (*known.months, *known.weekdays) for name in forms}
        self._people = people_in(texts, self._tag)
        self._words = {text: words_of(text, self._cues.elided) for text in texts}
        written = {word for words in self._words.values() for _, word in words}
        inside = {word for words in self._words.values() for _, word in words[1:]}
        self._ordinary = self._never | {word for word in written if word[0].islower()}
        self._inner = {self._without_ending(word) for word in inside if word[0].isupper()}

    def names(self, text: str) -> list[Name]:
        """The names of one sentence, in order, none inside another."""
        own = found_in_script(text, self._tag, self._people)
        found = [*self._runs(text), *(Name(start, end, text[start:end]) for start, end in own), *_quoted(text)]
        kept: list[Name] = []
        for name in sorted(found, key=lambda name: (name.start, -name.end)):
            if not kept or name.start >= kept[-1].end:
                kept.append(name)
        return kept

    def _runs(self, text: str) -> Iterator[Name]:
        words = self._words[text]
        run: list[tuple[int, str]] = []
        for place, (start, word) in enumerate(words):
            joined = bool(run) and not _is_mark_between(text, run[-1], start)
            follows = joined and place + 1 < len(words) and words[place + 1][1][0].isupper()
            capital = word[0].isupper()
            if run and not (joined if capital else follows and word.casefold() in self._inside):
                yield from self._name(text, run)
                run = []
            if capital or run:
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
        start = run[self._title_length([word for _, word in run], first=run[0][0] == 0)][0]
        end = self._with_tails(text, run[-1][0] + len(run[-1][1]), run[-1][1])
        yield Name(start, end, self._without_ending(text[start:end]))

    def _title_length(self, run: list[str], *, first: bool) -> int:
        """How many words at the beginning of a run are a title, or a role with which the sentence begins; none of the name
        of an organisation."""
        for size in range(min(_LONGEST_TITLE, len(run) - 1), 0, -1):
            title = " ".join(run[:size])
            is_role = first and title.casefold() in cue_words(self._tag, "roles")
            if (is_role or title in self._cues.titles) and run[size][0].isupper():
                rest = " ".join(run[size:])
                return 0 if kind_by_itself(self._without_ending(rest), self._tag) else size
        return 0

    def _with_tails(self, text: str, end: int, last: str) -> int:
        """Where a name ends with the small words that belong to it: "Верховный суд", "Cour suprême"."""
        heads, tails = cue_words(self._tag, "organisations", "places"), cue_words(self._tag, "tails")
        if not self._cues.tails or not (last.casefold() in heads or last.endswith(self._cues.adjectives)):
            return end
        reached = end
        for start, word in words_of(text[end : end + _NEAR])[:_MOST_TAILS]:
            if text[reached : end + start] != " " or word not in tails:
                break
            reached = end + start + len(word)
        return reached

    def _without_ending(self, name: str) -> str:
        """The name without a possessive ending."""
        return next((name.removesuffix(ending) for ending in self._endings if name.endswith(ending)), name)

    def _is_no_name(self, word: str, length: int) -> bool:
        """Whether the first word of a sentence is capitalised for that alone, as far as the document shows."""
        word = self._without_ending(word)
        return word.casefold() in self._ordinary or (length == 1 and word not in self._inner)


def _is_mark_between(text: str, before: tuple[int, str], start: int) -> bool:
    return bool(text[before[0] + len(before[1]) : start].strip(" \u00a0"))


def _quoted(text: str) -> Iterator[Name]:
    for match in _TITLE.finditer(text):
        yield Name(match.start(), match.end(), match[1])
    for match in _QUOTED.finditer(text):
        words = [word for _, word in words_of(match[1])]
        han = sum("\u4e00" <= char <= "\u9fff" for char in match[1])
        if (
            words
            and not match[1].islower()  # mere words
            and (len(words) <= _MOST_QUOTED_WORDS or 0 < han <= _MOST_QUOTED_HAN)
            and match[1][-1] not in ".,!?،。，"
        ):
            yield Name(match.start(), match.end(), match[1].strip())
