"""The words that reports are made of (police, prison, protest …) in six languages, as a bridge between texts without
common names or numbers. Alone knows the concepts/ folder: concept -> words, `*` at the end for any ending; a word may
stand for several concepts. For languages without spaces the words are strings of characters."""

import functools
import json
from collections import defaultdict
from pathlib import Path

from monitor.align.sounds import plain, without_arabic_prefix
from monitor.language.lexicon import lexicon
from monitor.language.tag import canonical

_FOLDER = Path(__file__).parent / "concepts"
_LONGEST_STRING = 4
_SHORTEST_BEGINNING, _LONGEST_BEGINNING = 3, 16

_Table = dict[str, list[str]]


def concepts_of_word(word: str, language: str) -> list[str]:
    """The concepts of a `plain` word: of its longest beginning that is known."""
    exact, beginnings, heads = _words(language)
    word = without_arabic_prefix(word)
    found = exact.get(word)
    if found is not None:
        return found
    if word[:_SHORTEST_BEGINNING] in heads:
        for end in range(min(len(word), _LONGEST_BEGINNING), _SHORTEST_BEGINNING - 1, -1):
            found = beginnings.get(word[:end])
            if found is not None:
                return found
    return []


def concepts_of_characters(run: str, language: str) -> list[str]:
    """The concepts named in a run of characters without spaces, one for each place, the longest string there."""
    table, _, _ = _words(language)
    found: list[str] = []
    for start in range(len(run) if table else 0):
        for end in range(start + _LONGEST_STRING, start, -1):
            if run[start:end] in table:
                found += table[run[start:end]]
                break
    return found


def months_of(word: str, language: str) -> list[str]:
    """The number of the month that a `plain` word names, as a list of none or one."""
    return _months(language).get(word, [])


@functools.cache
def _words(language: str) -> tuple[_Table, _Table, frozenset[str]]:
    """The words that must be met exactly, those that a word must begin with, and the first letters of the latter."""
    exact: defaultdict[str, list[str]] = defaultdict(list)
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    path = _FOLDER / f"{canonical(language)}.json"
    data: _Table = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    for concept, words in data.items():
        for word in words:
            table = beginnings if word.endswith("*") else exact
            table[plain(word.removesuffix("*"))].append(concept)
    return dict(exact), dict(beginnings), frozenset(word[:_SHORTEST_BEGINNING] for word in beginnings)


@functools.cache
def _months(language: str) -> _Table:
    names = enumerate(lexicon(language).months, start=1)
    return {plain(name): [str(number)] for number, forms in names for name in forms if " " not in name}
