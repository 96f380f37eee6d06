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

_Table = dict[str, list[str]]


def concepts_of_word(word: str, language: str) -> list[str]:
    """The concepts of a `plain` word: of its longest beginning that is known."""
    exact, beginnings = _words(canonical(language))
    word = without_arabic_prefix(word)
    if word in exact:
        return exact[word]
    return next((beginnings[word[:end]] for end in range(len(word), 1, -1) if word[:end] in beginnings), [])


def concepts_of_characters(run: str, language: str) -> list[str]:
    """The concepts named in a run of characters without spaces, one for each place, the longest string there."""
    table, _ = _words(canonical(language))
    found: list[str] = []
    for start in range(len(run) if table else 0):
        for end in range(start + _LONGEST_STRING, start, -1):
            if run[start:end] in table:
                found += table[run[start:end]]
                break
    return found


def months_of(word: str, language: str) -> list[str]:
    """The number of the month that a `plain` word names, as a list of none or one."""
    return _months(canonical(language)).get(word, [])


@functools.cache
def _words(language: str) -> tuple[_Table, _Table]:
    """The words that must be met exactly, and those that a word must begin with."""
    exact: defaultdict[str, list[str]] = defaultdict(list)
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    path = _FOLDER / f"{language}.json"
    data: _Table = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    for concept, words in data.items():
        for word in words:
            table = beginnings if word.endswith("*") else exact
            table[plain(word.removesuffix("*"))].append(concept)
    return dict(exact), dict(beginnings)


@functools.cache
def _months(language: str) -> _Table:
    names = enumerate(lexicon(language).months, start=1)
    return {plain(name): [str(number)] for number, forms in names for name in forms if " " not in name}
