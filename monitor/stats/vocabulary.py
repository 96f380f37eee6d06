"""The number vocabulary of a language as a tree of phrases. The only module that knows the lexicon files of the
statistics: lexicons/<tag>.toml (written by hand) and lexicons/<tag>.numerals.json (generated)."""

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import regex
import tomli

from monitor.language.tag import canonical

_FOLDER = Path(__file__).parent / "lexicons"
_NEUTRAL = "und"
_NUMERIC = frozenset({"number", "scale", "group", "approximate", "upwards", "whole", "part", "parts", "multiplier", "digit",
                      "place", "myriad", "ordinal", "tenths", "if_bounded", "alone", "dual", "occasions", "share",
                      "parts_before", "single", "age_ordinal"})  # fmt: skip
_TRADITIONAL = "數幾萬億兩個歲週時間過約將達長於餘鐘點號條頁項張輛頭隊際總計還為僅從與罰紀財屆層樓線噸畝來減漲對場處棟臺師軍營戶縣國種類組輪級發塊筆監傷貳"
_SIMPLIFIED = "数几万亿两个岁周时间过约将达长于余钟点号条页项张辆头队际总计还为仅从与罚纪财届层楼线吨亩来减涨对场处栋台师军营户县国种类组轮级发块笔监伤贰"
_FOLDED = str.maketrans({
    **dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ё": "е", **dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
})  # fmt: skip
_SHORTEST_STEM = 3
_LONGEST_STEM = 14
_LONGEST_COMPOUND = 40
_FIRST_HAN = "\u3400"
_PIECE = regex.compile(r"\n|\p{Han}|[\p{L}\p{M}--\p{Han}]+\*?|\p{Nd}+|\S", regex.V1)

CODES = {
    "decimal_point": "P", "month": "M", "references": "R", "reference": "r", "clock_minute": "j", "reference_after": "A", "clock_after": "k", "ordinal_open": "Q",
    "ordinal": "o", "ordinal_before": "Z", "number": "w", "digit": "w", "place": "W", "myriad": "W", "name": "N",
    "date_after": "D", "century": "c", "clock_hour": "h", "clock_before": "K", "year_noun": "Y", "year_after": "z",
    "clock_bare": "B", "link": "f", "article": "f", "to": "t", "year_before": "i", "and": "&", "or": "&", "person": "p",
}  # fmt: skip
"""The letter that a phrase stands for in the blockers' patterns, by its roles, weightiest first."""

Payload = str | int | float | bool


class Node:
    """A place in the tree: what may follow, and the roles of the phrase that ends here (None: no phrase does)."""

    __slots__ = ("children", "code", "roles")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.roles: dict[str, Payload] | None = None
        self.code = "e"


class Vocabulary(NamedTuple):
    """What the statistics know of one language.

    `known` holds every word of every phrase; `prefixes` the clitics that may be written together with a known word,
    each with the words that it stands for; `stems` the beginnings written with a `*`, and `compounds` those that number
    words are written together with (двадцатипятилетний).
    """

    tag: str
    prefixes: dict[str, list[str]]
    root: Node
    known: set[str]
    stems: set[str]
    memory: dict[str, tuple[str, ...]]
    compounds: tuple[str, ...] = ()
    positional: bool = False
    month_first: bool = False
    years_marked: bool = False
    capital_months: bool = False
    joins: str = ""
    vigesimal: frozenset[int] = frozenset()
    units_first: bool = False
    decimal: str = "."

    def keys(self, word: str) -> tuple[str, ...]:
        """The words of the tree that a written word stands for: itself, or its clitics and itself.

        A word that the tree does not know comes back as it is, or as the stem that it begins with ("процент*").
        """
        found = self.memory.get(word)
        if found is None:
            if len(self.memory) > 50_000:
                self.memory.clear()
            found = self.memory[word] = tuple(self._resolved(fold(word)))
        return found

    def _resolved(self, word: str) -> Iterator[str]:
        direct = self._entry(word)
        if direct is None:
            for prefix, pieces in self.prefixes.items():
                rest = self._entry(word[len(prefix) :]) if word.startswith(prefix) else None
                if rest is not None:
                    yield from pieces
                    yield rest
                    return
            yield from self._numbers_before_unit(word)
            return
        yield direct

    def _numbers_before_unit(self, word: str) -> list[str]:
        """The number words and the unit that a word is written together of; the word itself if it is none such."""
        unit = next((unit for unit in self.compounds if 0 < word.find(unit) < _LONGEST_COMPOUND), None)
        if unit is None:
            return [word]
        place = word.find(unit)
        numbers = self._number_words(word[:place])
        return [*numbers, unit + "*"] if numbers else [word]

    def _number_words(self, word: str) -> list[str]:
        """The number words that a word consists of, the longest first; none if anything else is left."""
        found, start = [], 0
        while start < len(word):
            ends = range(len(word), start, -1)
            end = next((end for end in ends if self._is_number(word[start:end])), None)
            if end is None:
                return []
            found.append(word[start:end])
            start = end
        return found

    def _is_number(self, word: str) -> bool:
        node = self.root.children.get(word)
        return node is not None and node.roles is not None and "number" in node.roles

    def _entry(self, word: str) -> str | None:
        if word in self.known:
            return word
        if self.stems:
            for length in range(min(len(word), _LONGEST_STEM), _SHORTEST_STEM - 1, -1):
                if word[:length] in self.stems:
                    return word[:length] + "*"
        return None

    def add(self, phrase: str, role: str, payload: Payload) -> None:
        """Give a phrase a role; it keeps those it has."""
        node = self.root
        for key in pieces(phrase):
            self.known.add(key)
            if key.endswith("*") and len(key) > 1:
                self.stems.add(key[:-1])
            node = node.children.setdefault(key, Node())
        node.roles = node.roles or {}
        node.roles.setdefault(role, payload)


def fold(word: str) -> str:
    """A word as the tree spells it: lower case, without the marks that writers leave out (ё, hamza on alef), Han characters simplified."""
    return word.casefold().translate(_FOLDED)


def pieces(phrase: str) -> list[str]:
    """The keys of a phrase, word by word; Han characters and punctuation marks one by one."""
    letters = phrase.replace(" ", "")
    if letters.isalpha() and max(letters) < _FIRST_HAN:
        return fold(phrase).split()
    return [fold(piece) for piece in _PIECE.findall(phrase)]


@functools.cache
def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language; for one without a lexicon the neutral one, which reads digits only."""
    tag = canonical(language)
    path = _FOLDER / f"{tag}.toml"
    if not path.is_file():
        return vocabulary(_NEUTRAL)
    data = tomli.loads(path.read_text(encoding="utf-8"))
    numerals = _FOLDER / f"{tag}.numerals.json"
    generated = json.loads(numerals.read_text(encoding="utf-8")) if numerals.is_file() else {}
    return compiled(tag, data, generated)


def compiled(tag: str, data: Mapping[str, object], generated: Mapping[str, Mapping[str, int]]) -> Vocabulary:
    """A vocabulary from the content of its two files."""
    grammar, roles = data["grammar"], data["roles"]
    assert isinstance(grammar, dict)
    assert isinstance(roles, dict)
    settings: dict[str, Any] = {"prefixes": {}, **grammar, "vigesimal": frozenset(grammar.get("vigesimal", ()))}
    result = Vocabulary(tag=tag, root=Node(), known=set(), stems=set(), memory={}, **settings)
    for role, phrases in roles.items():
        for phrase, payload in _entries(role, phrases):
            result.add(phrase, role, payload)
    for role, words in (("number", generated.get("cardinals", {})), ("ordinal", generated.get("ordinals", {}))):
        for word, value in words.items():
            result.add(word, role, value)
    result.known.update(piece for parts in result.prefixes.values() for piece in parts)
    _share_stems(result)
    _share_clitics(result)
    _set_codes(result.root)
    return result


def _entries(role: str, phrases: Mapping[str, Iterable[str]] | Iterable[str]) -> Iterator[tuple[str, Payload]]:
    if not isinstance(phrases, Mapping):
        yield from ((phrase, True) for phrase in phrases)
        return
    for payload, listed in phrases.items():
        value = _number(payload) if role in _NUMERIC else payload
        yield from ((phrase, value) for phrase in listed)


def _number(written: str) -> int | float:
    if "/" in written:
        numerator, denominator = written.split("/")
        return int(numerator) / int(denominator)
    return float(written) if "." in written else int(written)


def _share_stems(vocabulary: Vocabulary) -> None:
    """Give a word that stands in some phrase as it is the roles of the stem that it begins with, too."""
    children = vocabulary.root.children
    for word in sorted(vocabulary.known):
        lengths = range(_SHORTEST_STEM, min(len(word), _LONGEST_STEM) + 1) if not word.endswith("*") else ()
        stem = next((word[:length] + "*" for length in lengths if word[:length] in vocabulary.stems), None)
        if stem is not None and stem in children:
            node = children.setdefault(word, Node())
            node.roles = {**(children[stem].roles or {}), **(node.roles or {})}


def _share_clitics(vocabulary: Vocabulary) -> None:
    """Give a word that stands in some phrase with its clitics, and means nothing alone, the roles it has without."""
    children = vocabulary.root.children
    for word in sorted(vocabulary.known):
        if word in children and children[word].roles is not None:
            continue
        rests = (word[len(prefix) :] for prefix in vocabulary.prefixes if word.startswith(prefix))
        rest = next((rest for rest in rests if rest in children and children[rest].roles), None)
        if rest is not None:
            children.setdefault(word, Node()).roles = dict(children[rest].roles or {})


def _set_codes(root: Node) -> None:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children.values())
        if node.roles:
            node.code = _code(node.roles)


def _code(roles: Mapping[str, Payload]) -> str:
    if len(roles) == 1:
        return CODES.get(next(iter(roles)), "e")
    return next((code for role, code in CODES.items() if role in roles), "e")
