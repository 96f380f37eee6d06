"""How a word sounds, roughly, in any alphabet: a skeleton of consonants that "Bolsonaro", "Болсонару" and "بولسونارو"
share. Knows letters only; neither texts nor sections."""

import functools
import unicodedata

LONGEST = 5
_CYRILLIC = dict(zip(
    "абвгдезийклмнопрстуфхцчшщыэюяєіґђћљњџј",
    ["a", "b", "v", "g", "d", "e", "z", "i", "", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "s", "k",
     "s", "s", "i", "e", "u", "a", "e", "i", "g", "d", "k", "l", "n", "d", "y"], strict=True,
))  # fmt: skip
_ARABIC = dict(zip(
    "بتثجحخدذرزسشصضطظغفقكلمنپچژگک",
    ["b", "t", "t", "g", "h", "h", "d", "d", "r", "z", "s", "s", "s", "d", "t", "z", "g", "f", "k", "k", "l", "m", "n",
     "b", "s", "z", "g", "k"], strict=True,
))  # fmt: skip
_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψως", "abgdezitiklmnxoprstufhpos", strict=True))
_LETTERS = _CYRILLIC | _ARABIC | _GREEK

_ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "ولل", "ال", "لل")
_CLUSTERS = (
    ("sch", "s"), ("sh", "s"), ("ch", "k"), ("zh", "s"), ("ph", "f"), ("kh", "h"), ("ts", "s"), ("th", "t"), ("ce", "se"),
    ("ci", "si"), ("gh", "g"), ("dj", "g"), ("tch", "k"),
)  # fmt: skip
# Sounds that one alphabet keeps apart and another does not are one class; vowels, h, w and y say nothing.
_CLASSES = dict(zip("bpvfckqgjdtszlrmnx", "bbffkkkkkttsslrmns", strict=True))


def plain(word: str) -> str:
    """The word without accents and vowel points, case-folded."""
    word = word.casefold()
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def without_arabic_prefix(word: str) -> str:
    """The word without the Arabic article and what is written together with it, if a word remains."""
    if not word.isascii():
        for prefix in _ARABIC_PREFIXES:
            if word.startswith(prefix) and len(word) >= len(prefix) + 3:
                return word[len(prefix) :]
    return word


@functools.lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """At most five consonant classes of a `plain` word; "" for one with fewer than three, which could be anything."""
    word = without_arabic_prefix(word)
    latin = "".join([_LETTERS.get(char, char) for char in word]) if not word.isascii() else word
    for cluster, sound in _CLUSTERS:
        if cluster in latin:
            latin = latin.replace(cluster, sound)
    found = ""
    for char in latin:
        sound = _CLASSES.get(char, "")
        if sound and found[-1:] != sound:
            found += sound
    return found[:LONGEST] if len(found) >= 3 else ""
