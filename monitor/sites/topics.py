"""What a section is about: headings in six languages to the names of one taxonomy. Alone knows the taxonomy/ folder.

`parts.json` names every topic with those it covers, `<tag>.json` its aliases in one language, in the same order. An alias
may stand anywhere in a heading; one that begins with `=` must be the heading, or a part of it that a dash or a colon
cuts off. A `*` at the end of a word stands for any ending, alone for up to three words. Of aliases that
overlap the one with most words counts, of equally long ones the one whose topic stands first.

No regular expressions and no dataclasses here: every process that reads a page asks for topics, and preparing those
would cost more than all its look-ups.
"""

import functools
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_FOLDER = Path(__file__).parent / "taxonomy"
_GAP = 3
_FIRST_HAN = "\u3400"
_HAN_NUMERALS = "一二三四五六七八九十"
_CUT = "\n"
_FOLDED = {
    **dict.fromkeys(map(chr, [*range(0x300, 0x370), *range(0x64B, 0x660), 0x640, 0x670]), ""),
    **dict.fromkeys("‐‑‒–—―−-", "-"),
    **dict.fromkeys(":：;；", _CUT),
    **dict.fromkeys("()（）[]'’‘ʼ`\"“”«»‹›„,،、，.。・!！?？؟/&+…《》「」『』\u00a0\u202f", " "),
    "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "œ": "oe",
}  # fmt: skip
_ARABIC_PREFIXES = ("وال", "بال", "ولل", "ال", "لل", "و")
_MIDDLE_DOTS = "·•∙‧"
# "Discrimination – Roma" is about Roma: this topic gives way to any other that the heading names.
_YIELDING = "discrimination"

_Alias = tuple[tuple[str, ...], tuple[int, int], str]
_Match = tuple[int, int, tuple[int, int], str]
_Table = tuple[dict[tuple[str, ...], str], dict[str, list[_Alias]]]


def topic(heading: str, language: str) -> str | None:
    """The topic of a heading, or None if no alias of that language names one."""
    found = topics(heading, language)
    return next((name for name in found if name != _YIELDING), found[0] if found else None)


@functools.lru_cache(maxsize=4096)
def topics(heading: str, language: str) -> tuple[str, ...]:
    """All topics that a heading names, in its order ("Human rights defenders and journalists": two)."""
    language = _primary(language)
    whole, anywhere = _table(language)
    parts = [part for part in _parts(heading, language) if part]
    words = [word for part in parts for word in part]
    if tuple(words) in whole:
        return (whole[tuple(words)],)
    named = [whole[tuple(part)] for part in parts if tuple(part) in whole]
    found = [name for *_, name in _longest(_matches(words, anywhere))]
    return tuple(dict.fromkeys(named + found))


@functools.cache
def parts() -> dict[str, list[str]]:
    """The narrower topics that each topic covers or often stands for, in the order of the taxonomy: women's rights
    cover violence against women, so that one edition's section may be the other's."""
    narrower: dict[str, list[str]] = json.loads((_FOLDER / "parts.json").read_text(encoding="utf-8"))
    return narrower


@functools.cache
def aliases(language: str) -> dict[str, list[str]]:
    """The aliases of every topic in a language, as written in its file; empty for a language without one."""
    path = _FOLDER / f"{_primary(language)}.json"
    if not path.is_file():
        return {}
    names: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return names


def _primary(tag: str) -> str:
    """The language of a tag: this floor's neighbour, which knows tags, is not asked."""
    return tag.replace("_", "-").partition("-")[0].lower()


@functools.cache
def _table(language: str) -> _Table:
    """The aliases that must be the whole heading, and the others by their first letter."""
    names = [name for name, known in aliases(language).items() for _ in known]
    lines = _CUT.join(_CUT.join(known) for known in aliases(language).values())
    whole: dict[tuple[str, ...], str] = {}
    anywhere: dict[str, list[_Alias]] = {}
    for rank, (name, words) in enumerate(zip(names, _lines(_fold(lines, language)), strict=False)):
        if words[0][0] == "=":
            whole.setdefault((words[0][1:], *words[1:]) if len(words[0]) > 1 else tuple(words[1:]), name)
        else:
            order = (words.count("*") - len(words), rank)
            anywhere.setdefault(words[0][0], []).append((tuple(words), order, name))
    return whole, anywhere


def _parts(heading: str, language: str) -> Iterator[list[str]]:
    folded = _fold(_unnumbered(heading).replace("*", " ").replace("\n", " "), language)
    return _lines(folded.replace(" - ", _CUT).replace("--", _CUT))


def _unnumbered(heading: str) -> str:
    """The heading without the number or letter of its outline ("3.2.", "a)", "IV.", "一、")."""
    number, _, rest = heading.strip().replace("、", "、 ", 1).partition(" ")
    core = number[:-1].strip("().").casefold()
    counts = len(core) == 1 or not core.strip("0123456789.") or not core.strip("ivx") or not core.strip(_HAN_NUMERALS)
    return rest if rest and core and number[-1] in ".)、" and counts else heading


def _fold(text: str, language: str) -> str:
    """Case, accents, punctuation, Arabic letter variants, articles and prefixes gone; the same for alias and heading."""
    text = " ".join(_before_middle_dot(text.casefold()))
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    for char in _FOLDED.keys() & set(text):
        text = text.replace(char, _FOLDED[char])
    if language == "ar":
        text = " " + text.replace(_CUT, f"{_CUT} ").replace("=", "= ")
        for prefix in _ARABIC_PREFIXES:
            text = text.replace(f" {prefix}", " ")
    return text


def _before_middle_dot(text: str) -> Iterable[str]:
    """The words of a text, those in inclusive French spelling ("défenseur·e·s") up to their first dot."""
    if not any(dot in text for dot in _MIDDLE_DOTS):
        return (text,)
    for dot in _MIDDLE_DOTS[1:]:
        text = text.replace(dot, _MIDDLE_DOTS[0])
    return (word.partition(_MIDDLE_DOTS[0])[0] for word in text.split(" "))


def _lines(folded: str) -> Iterator[list[str]]:
    """The words of every line; Chinese, which does not set them apart, character by character."""
    lines = folded.replace("-", " ").split(_CUT)
    if max(folded, default="") < _FIRST_HAN:
        return map(str.split, lines)
    return ([unit for word in line.split() for unit in ([word] if word.isascii() else word)] for line in lines)


def _matches(words: Sequence[str], anywhere: dict[str, list[_Alias]]) -> Iterator[_Match]:
    for start, word in enumerate(words):
        for alias, order, name in anywhere.get(word[0], ()):
            end = _end(alias, words, start)
            if end is not None:
                yield start, end, order, name


def _end(alias: tuple[str, ...], words: Sequence[str], at: int) -> int | None:
    """Where the alias that begins at this word ends, or None if it does not stand there."""
    for index, pattern in enumerate(alias):
        if pattern == "*":
            ends = (_end(alias[index + 1 :], words, at + gap) for gap in range(_GAP + 1))
            return next((end for end in ends if end is not None), None)
        if at >= len(words) or not _fits(words[at], pattern):
            return None
        at += 1
    return at


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern[-1] == "*" else word == pattern


def _longest(matches: Iterator[_Match]) -> list[_Match]:
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda found: found[2]):
        if all(match[1] <= start or match[0] >= end for start, end, *_ in kept):
            kept.append(match)
    return sorted(kept)
