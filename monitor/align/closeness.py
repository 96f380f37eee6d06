"""How close in content each section of one edition is to each of another: cosines of words weighted by rarity.

Unlike `similarity`, which compares versions, it leaves out what stands in most sections, so that all pairs together
cost little more than reading the words.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

import regex

_HAN = regex.compile(r"\p{Han}+")
_MARKS = "!?.,:;()[]{}<>'‘’\"“”„«»‹›`´*_…-–—/\\|¿¡،؛؟۔"
_MOST_SECTIONS = 0.5
_FEW_SECTIONS = 4


def closeness(old: Sequence[str], new: Sequence[str], common: Container[str]) -> dict[tuple[int, int], float]:
    """The cosine, 0…1, of every pair of texts that share a telling word; `common` words never tell."""
    counts = [_counts(text) for text in old], [_counts(text) for text in new]
    spread = Counter(word for bag in counts[0] for word in bag) | Counter(word for bag in counts[1] for word in bag)
    size = max(len(old), len(new))
    limit = max(_FEW_SECTIONS, _MOST_SECTIONS * size)
    rarity = {
        word: math.log(1 + size / texts) for word, texts in spread.items() if texts <= limit and word not in common
    }
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, bag in enumerate(counts[1]):
        for word, weight in _weighted(bag, rarity):
            holders[word].append((place, weight))
    found: dict[tuple[int, int], float] = {}
    for i, bag in enumerate(counts[0]):
        row = [0.0] * len(new)
        for word, weight in _weighted(bag, rarity):
            for j, other in holders.get(word, ()):
                row[j] += weight * other
        found |= {(i, j): min(1.0, score) for j, score in enumerate(row) if score}
    return found


def _counts(text: str) -> dict[str, int]:
    """The words of a text; where words are not set apart, as in Chinese, pairs of neighbouring characters come closest."""
    counts: dict[str, int] = {}
    for chunk, count in Counter(text.casefold().split()).items():
        word = chunk.strip(_MARKS)
        if not word.isascii() and _HAN.search(word):
            for run in _HAN.findall(word):
                for at in range(max(1, len(run) - 1)):
                    counts[run[at : at + 2]] = counts.get(run[at : at + 2], 0) + count
        elif word:
            counts[word] = counts.get(word, 0) + count
    return counts


def _weighted(bag: dict[str, int], rarity: dict[str, float]) -> Iterator[tuple[str, float]]:
    weights = [(word, math.sqrt(count) * rarity[word]) for word, count in bag.items() if word in rarity]
    length = math.sqrt(sum([weight * weight for _, weight in weights])) or 1.0
    return ((word, weight / length) for word, weight in weights)
