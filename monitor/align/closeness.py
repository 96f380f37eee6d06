"""How close in content each section of one edition is to each of another: cosines of words weighted by rarity.

Unlike `similarity`, which compares versions, it leaves out what stands in most sections, so that all pairs together
cost little more than reading the words.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from itertools import chain

import regex

from monitor.align.similarity import FULL_SCAN

_HAN = regex.compile(r"\p{Han}+")
_MARKS = "!?.,:;()[]{}<>'‘’\"“”„«»‹›`´*_…-–—/\\|¿¡،؛؟۔。，、；：？！（）《》〈〉「」『』【】·～"
_MOST_SECTIONS = 0.5
_FEW_SECTIONS = 4


def closeness(old: Sequence[str], new: Sequence[str], common: Container[str]) -> list[list[float]]:
    """[i][j]: the cosine, 0…1 but for rounding, of the old text i and the new text j; `common` words never tell."""
    words = _words([*old, *new], common)
    sides = words[: len(old)], words[len(old) :]
    spread, other_spread = (Counter(chain.from_iterable(map(set, side))) for side in sides)
    squares = _squared_rarities(spread, other_spread, max(len(old), len(new)))
    both = spread.keys() & other_spread.keys()
    shared = {word for word in both if squares[word] and spread[word] * other_spread[word] <= FULL_SCAN}
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for j, own in enumerate(sides[1]):
        for word, weight in _weighted(own, squares, shared):
            holders[word].append((j, weight))
    rows = []
    for own in sides[0]:
        row = [0.0] * len(new)
        for word, weight in _weighted(own, squares, shared):
            for j, other in holders[word]:
                row[j] += weight * other
        rows.append(row)
    return rows


def _words(texts: Sequence[str], common: Container[str]) -> list[list[str]]:
    """The telling words of each text; where words are not set apart, as in Chinese, pairs of neighbouring characters."""
    chunks = [_spaced(text).casefold().split() for text in texts]
    telling = {chunk: "" if (word := chunk.strip(_MARKS)) in common else word for chunk in set().union(*chunks)}
    return [list(filter(None, map(telling.__getitem__, own))) for own in chunks]


def _spaced(text: str) -> str:
    return text if text.isascii() or not _HAN.search(text) else _HAN.sub(_pairs, text)


def _pairs(run: regex.Match[str]) -> str:
    return f" {' '.join([run[0][at : at + 2] for at in range(max(1, len(run[0]) - 1))])} "


def _squared_rarities(old: Counter[str], new: Counter[str], size: int) -> dict[str, float]:
    """How telling each word is, squared, from the number of texts of each side that it stands in and the size of the
    larger side: the side where it stands in more counts; 0 for what stands in too many."""
    limit = max(_FEW_SECTIONS, _MOST_SECTIONS * size)
    square = [math.log(1 + size / max(1, texts)) ** 2 if texts <= limit else 0.0 for texts in range(size + 1)]
    squares = {word: square[texts] for word, texts in old.items()}
    for word, texts in new.items():
        if texts > old.get(word, 0):
            squares[word] = square[texts]
    return squares


def _weighted(words: Sequence[str], squares: dict[str, float], shared: set[str]) -> list[tuple[str, float]]:
    """The shared words of a text with their weights, such that the squares of all its words' weights add up to 1."""
    total = sum(map(squares.__getitem__, words)) or 1.0
    counts = Counter(filter(shared.__contains__, words))
    return [(word, math.sqrt(count * squares[word] / total)) for word, count in counts.items()]
