"""How alike two texts are: bags of words weighted by rarity, headings by their letters, containment by shingles."""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence, Set
from itertools import pairwise
from operator import itemgetter

from monitor.language.words import words

Bag = Mapping[str, float]
"""Words with their weights; the squares add up to 1 (an empty bag for a text without words)."""

FULL_SCAN = 10_000
"""A word that stands in so many pairs of texts is not followed into each of them: the work stays near-linear."""

_COMMON = 0.2
_SHINGLE = 4


def bags(old: Sequence[str], new: Sequence[str], common: Container[str] = ()) -> tuple[list[Bag], list[Bag]]:
    """The texts of two sides as bags, rarity measured within the side where a word is more frequent.

    A word of the `common` ones weighs a fifth. Measuring by side keeps a word that stands once in each as rare as
    a word that stands in one only.
    """
    return bags_of_words([words(text) for text in old], [words(text) for text in new], common)


def bags_of_words(
    old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], common: Container[str] = ()
) -> tuple[list[Bag], list[Bag]]:
    """The same for texts already cut into words."""
    counts = ([Counter(text) for text in old], [Counter(text) for text in new])
    spread: Counter[str] = Counter()
    for side in counts:
        spread |= Counter(word for bag in side for word in bag)
    size = max(len(old), len(new))
    rarity = {word: math.log(1 + size / texts) * (_COMMON if word in common else 1.0) for word, texts in spread.items()}
    return [_unit(bag, rarity) for bag in counts[0]], [_unit(bag, rarity) for bag in counts[1]]


def _unit(counts: Mapping[str, int], rarity: Mapping[str, float]) -> Bag:
    weights = {word: math.sqrt(count) * rarity[word] for word, count in counts.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()}


def cosine(old: Bag, new: Bag) -> float:
    """0 (no word shared) to 1 (the same words, equally often)."""
    if len(new) < len(old):
        old, new = new, old
    return min(1.0, sum(weight * new[word] for word, weight in old.items() if word in new))


def cosines(old: Sequence[Bag], new: Sequence[Bag], floor: float) -> dict[tuple[int, int], float]:
    """The cosine of every pair that reaches the floor.

    Pairs are looked for by the words without which none reaches the floor (the rest of a bag is too light; after
    Bayardo, Ma and Srikant 2007). Words that stand in very many texts of both sides are passed over, so that the work
    stays near-linear in large collections; a pair that shares only such words is not found.
    """
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for left, bag in enumerate(old):
        for word, weight in bag.items():
            holders[word].append((left, weight))
    spread = Counter(word for bag in new for word in bag)
    everywhere = {word for word, found in holders.items() if len(found) * spread[word] > FULL_SCAN}
    result: dict[tuple[int, int], float] = {}
    for right, bag in enumerate(new):
        rest = _light(bag, floor) | {word: weight for word, weight in bag.items() if word in everywhere}
        shared: defaultdict[int, float] = defaultdict(float)
        for word, weight in bag.items():
            if word not in rest:
                for left, other in holders.get(word, ()):
                    shared[left] += weight * other
        reach = math.sqrt(math.fsum([weight * weight for weight in rest.values()]))
        for left, score in shared.items():
            if score + reach >= floor and (score := score + cosine(old[left], rest)) >= floor:
                result[left, right] = min(1.0, score)
    return result


def _light(bag: Bag, floor: float) -> dict[str, float]:
    """As many of the lightest words as do not reach the floor together."""
    light, square = dict[str, float](), 0.0
    for word, weight in sorted(bag.items(), key=itemgetter(1)):
        square += weight * weight
        if square >= floor * floor:
            break
        light[word] = weight
    return light


def shared_head(old: str, new: str) -> int:
    """How many characters two texts begin with in common (found by halving)."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def shared_ends(old: str, new: str) -> float:
    """The share of the longer text that is the same beginning and end of both, 0…1: cheap, and never too high."""
    head = shared_head(old, new)
    tail = shared_head(old[head:][::-1], new[head:][::-1])
    return (head + tail) / max(1, len(old), len(new))


def heading_similarity(old: str, new: str) -> float:
    """How alike two headings look, by pairs of neighbouring letters (Dice), 0…1."""
    grams = [Counter(pairwise(text)) for text in (f" {old} ", f" {new} ")]
    total = grams[0].total() + grams[1].total()
    return 2 * (grams[0] & grams[1]).total() / total if old and new else 0.0


def shingles(found: Sequence[str]) -> set[tuple[str, ...]]:
    """Every run of four words; a shorter text is one run."""
    if len(found) < _SHINGLE:
        return {tuple(found)} if found else set()
    return set(zip(*(found[start:] for start in range(_SHINGLE)), strict=False))


def containment(part: Set[tuple[str, ...]], whole: Set[tuple[str, ...]]) -> float:
    """The share of a set that the other holds, 0…1; an empty set is contained in nothing."""
    return len(part & whole) / len(part) if part else 0.0
