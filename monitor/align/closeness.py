"""How close in content each section of one edition is to each of another: cosines of words weighted by rarity.

Unlike `similarity`, which compares versions, it leaves out what stands in most sections, so that all pairs together
cost little more than reading the words.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

import regex

_PIECE = regex.compile(r"\p{Nd}[\p{Nd}.,٫٬]*|\p{Han}+|[\p{L}--\p{Han}][[\p{L}\p{M}]--\p{Han}]*", regex.V1)
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
        row: defaultdict[int, float] = defaultdict(float)
        for word, weight in _weighted(bag, rarity):
            for j, other in holders.get(word, ()):
                row[j] += weight * other
        found |= {(i, j): min(1.0, score) for j, score in row.items()}
    return found


def _counts(text: str) -> dict[str, int]:
    counts = Counter(_PIECE.findall(text.casefold()))
    if not text.isascii():
        for piece in [piece for piece in counts if len(piece) > 1 and "\u3400" <= piece[0] <= "\u9fff"]:
            # Words are not set apart in Chinese: pairs of neighbouring characters come closest.
            count = counts.pop(piece)
            for one, other in pairwise(piece):
                counts[one + other] += count
    return counts


def _weighted(bag: dict[str, int], rarity: dict[str, float]) -> Iterator[tuple[str, float]]:
    weights = [(word, math.sqrt(count) * rarity[word]) for word, count in bag.items() if word in rarity]
    length = math.sqrt(sum([weight * weight for _, weight in weights])) or 1.0
    return ((word, weight / length) for word, weight in weights)
