"""Which language a text is in, by its script, its letters and its function words. Data in languages.json."""

import functools
import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import regex

_DATA = Path(__file__).parent / "languages.json"
_STRETCH = 1_000
_FEW_LETTERS = 20
_FEW_WORDS = 12
_HITS = 0.06
_AHEAD = 1.5
_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "HIRAGANA": "Hira", "KATAKANA": "Hira", "CJK": "Hani", "HANGUL": "Hang",
    "HEBREW": "Hebr", "GREEK": "Grek", "THAI": "Thai", "DEVANAGARI": "Deva", "ETHIOPIC": "Ethi", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "BENGALI": "Beng", "MYANMAR": "Mymr", "KHMER": "Khmr", "TAMIL": "Taml",
}  # fmt: skip
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")


class _Language(NamedTuple):
    tag: str
    script: str
    words: frozenset[str]
    letters: str
    others: str


def language_of(text: str) -> str:
    """The tag of the text's language; "und" if it is too short, mixed, or in a language that is not known."""
    script = script_of(text)
    if script is None:
        return "und"
    languages = [language for language in _languages() if language.script == script]
    if len(languages) == 1 and not languages[0].words:
        return languages[0].tag
    return _by_words(_sample(text), languages)


def script_of(text: str) -> str | None:
    """The script (ISO 15924 code) that most of the letters are in; None if there are few letters or no such script.

    A text with some kana in it is Japanese ("Hira"), whatever the number of its Han characters.
    """
    counts: Counter[str] = Counter()
    for sign, count in Counter(_sample(text)).items():
        script = _SCRIPTS.get(unicodedata.name(sign, "").split(" ")[0]) if sign.isalpha() else None
        if script:
            counts[script] += count
    total = counts.total() + counts["Hani"] + counts["Hira"] + counts["Hang"]
    if total < _FEW_LETTERS:
        return None
    if counts["Hira"] > counts["Hani"] * 0.1:
        return "Hira"
    for wide in ("Hani", "Hang", "Hira"):
        counts[wide] *= 2
    most, count = counts.most_common(1)[0]
    return most if count >= total * 0.55 else None


def contradicts(text: str, tag: str) -> str | None:
    """The language that the text clearly is in, if it clearly is not in that of `tag`; else None."""
    known = {language.tag: language for language in _languages()}
    if tag not in known:
        return None
    script = script_of(text)
    if script is not None and script != known[tag].script:
        found = language_of(text)
        return found if found != "und" else script
    if script is None or not known[tag].words:
        return None
    found = language_of(text)
    return found if found not in ("und", tag) and known[found].script == script else None


def _sample(text: str) -> str:
    """A stretch of the beginning, the middle and the end: a long quotation is not the language of the whole."""
    if len(text) <= 3 * _STRETCH:
        return text
    middle = len(text) // 2 - _STRETCH // 2
    return f"{text[:_STRETCH]} {text[middle : middle + _STRETCH]} {text[-_STRETCH:]}"


def _by_words(text: str, languages: list[_Language]) -> str:
    words = Counter(word.casefold() for word in _WORD.findall(text))
    total = words.total()
    if total < _FEW_WORDS:
        return "und"
    scores = {language.tag: _score(language, words, text, total) for language in languages}
    ranked = sorted(scores, key=lambda tag: scores[tag], reverse=True)
    best = scores[ranked[0]]
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    return ranked[0] if best >= _HITS and best >= second * _AHEAD else "und"


def _score(language: _Language, words: Counter[str], text: str, total: int) -> float:
    """The share of function words; letters of its own raise it, letters that it does not have sink it."""
    hits = sum(words[word] for word in language.words) / total
    own = sum(text.count(letter) for letter in language.letters) / total
    foreign = sum(text.count(letter) for letter in language.others) / total
    return hits * (1 + min(1.0, 4 * own)) - foreign


@functools.cache
def _languages() -> tuple[_Language, ...]:
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        _Language(
            tag=tag, script=entry["script"], words=frozenset(entry.get("words", "").split(" ")) - {""},
            letters=entry.get("letters", ""), others=entry.get("others", ""),
        )
        for tag, entry in data.items()
    )  # fmt: skip
