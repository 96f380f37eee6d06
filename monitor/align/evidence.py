"""How much speaks for two sections being translations of each other, as a logarithm of odds: 0 is no opinion.

Each signal that both documents know at all counts by how rare it is and how well its kind survives translation
(naive Bayes), beside what lengths and shapes say. Sums over neighbouring sections tell merged ones.
"""

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from itertools import chain
from typing import NamedTuple

from monitor.align.shapes import Shape
from monitor.align.signatures import Kind, Signature
from monitor.align.similarity import FULL_SCAN

# How probably a signal of a section stands in its translation, too.
_SURVIVAL: dict[str, float] = {
    Kind.NUMBER: 0.8, Kind.NUMBERED_HEADING: 0.95, Kind.STEM: 0.7, Kind.SOUND: 0.5, Kind.CONCEPT: 0.6,
    Kind.MONTH: 0.7, Kind.MARK: 0.5, Kind.ADDRESS: 0.9, Kind.ANCHOR: 0.97,
}  # fmt: skip
# Signals of one section depend on each other: their sum counts half. What the page itself marks stands alone.
_DEPENDENCE = 0.5
_INDEPENDENT = (Kind.NUMBERED_HEADING, Kind.ANCHOR, Kind.ADDRESS)
_BELIEF = 5.0
_DOUBT = 2
_EVERYWHERE = 0.6
# What can be believed less than this is chance, and is not counted at all.
_CHANCE = 0.1
_REPEATED = 0.15


class _Weight(NamedTuple):
    """What a signal says that stands on both sides (beyond what each side says alone), and on one side only."""

    both: float
    old: float
    new: float


class _Weights(NamedTuple):
    """What each signal says that both documents know and not everybody has (see `_Weight`)."""

    both: dict[str, float]
    old: dict[str, float]
    new: dict[str, float]


_Places = dict[str, list[int]]


class Evidence:
    """The log-odds of every pair of sections of two documents (`pairs[i][j]`: old section i, new section j), and, when
    asked for, of two neighbours with one section."""

    def __init__(self, old: Sequence[Signature], new: Sequence[Signature]) -> None:
        self.old, self.new = old, new
        self._weights = weights = _weights(old, new)
        self._shape = Shape(old, new)
        is_known = weights.both.__contains__
        self._known = (
            [list(filter(is_known, one.tokens)) for one in old],
            [list(filter(is_known, one.tokens)) for one in new],
        )
        self._alone = (
            [sum(map(weights.old.__getitem__, tokens)) for tokens in self._known[0]],
            [sum(map(weights.new.__getitem__, tokens)) for tokens in self._known[1]],
        )
        self._places = _places(self._known[1])
        self._repeated = _repeated(new)
        self._shared = [self._shared_row(i) for i in range(len(old))]
        self.pairs = [self._pair_row(i) for i in range(len(old))]

    def merged(self, i: int) -> list[float]:
        """[j]: old sections i and i + 1 with new section j."""
        common = _in_both(*self._known[0][i : i + 2])
        twice = self._row(common, self._places, len(self.new))
        alone = sum(self._alone[0][i : i + 2]) - sum(map(self._weights.old.__getitem__, common))
        sums = zip(self._shared[i], self._shared[i + 1], twice, self._alone[1], self._shape.merged(i), strict=True)
        return [a + b - c + alone + d + shape for a, b, c, d, shape in sums]

    def split(self, j: int) -> list[float]:
        """[i]: old section i with new sections j and j + 1."""
        common = _in_both(*self._known[1][j : j + 2])
        twice = self._row(common, self._old_places, len(self.old))
        alone = sum(self._alone[1][j : j + 2]) - sum(map(self._weights.new.__getitem__, common))
        sums = zip(self._shared, twice, self._alone[0], self._shape.split(j), strict=True)
        return [row[j] + row[j + 1] - c + alone + d + shape for row, c, d, shape in sums]

    @functools.cached_property
    def _old_places(self) -> _Places:
        return _places(self._known[0])

    def _row(self, tokens: Sequence[str], places: _Places, size: int) -> list[float]:
        """What signals, shared, say of each of so many sections of the other side."""
        row = [0.0] * size
        weights = self._weights.both
        for token in tokens:
            weight = weights[token]
            for place in places[token]:
                row[place] += weight
        return row

    def _shared_row(self, i: int) -> list[float]:
        """What an old section's signals say of each new section, more where both repeat them."""
        row = self._row(self._known[0][i], self._places, len(self.new))
        counts = self.old[i].tokens
        for token in filter(self._repeated.__contains__, self._known[0][i]):
            if counts[token] > 1:
                for place, count in self._repeated[token]:
                    row[place] += _REPEATED * math.log(min(counts[token], count))
        return row

    def _pair_row(self, i: int) -> list[float]:
        alone = self._alone[0][i]
        sums = zip(self._shared[i], self._alone[1], self._shape.pairs(i), strict=True)
        return [shared + alone + other + shape for shared, other, shape in sums]


def _in_both(one: Sequence[str], other: Sequence[str]) -> list[str]:
    return list(filter(set(other).__contains__, one))


def _places(sections: Sequence[Sequence[str]]) -> _Places:
    """The sections in which each signal stands."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, tokens in enumerate(sections):
        for token in tokens:
            places[token].append(place)
    return places


def _repeated(side: Sequence[Signature]) -> dict[str, list[tuple[int, int]]]:
    """The sections in which each signal stands more than once, and how often."""
    repeated: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, one in enumerate(side):
        for token, count in one.tokens.items():
            if count > 1:
                repeated[token].append((place, count))
    return repeated


def _weights(old: Sequence[Signature], new: Sequence[Signature]) -> _Weights:
    """The weights of the signals by what they stand on: their kind, and the number of sections on each side."""
    spread_old, spread_new = (Counter(chain.from_iterable([one.tokens for one in side])) for side in (old, new))
    common = list(spread_old.keys() & spread_new.keys())
    trust = _trust(old, new, {token for token in common if spread_old[token] == 1 == spread_new[token]})
    standings = [(token[0], spread_old[token], spread_new[token]) for token in common]
    alike: dict[tuple[str, int, int], _Weight] = {}
    for kind, sections_old, sections_new in set(standings):
        shares = sections_old / (len(old) + 1), sections_new / (len(new) + 1)
        is_telling = max(shares) <= _EVERYWHERE and sections_old * sections_new <= FULL_SCAN
        if is_telling and trust[kind] >= _CHANCE:
            alike[kind, sections_old, sections_new] = _weight(kind, *shares, trust[kind])
    weights = {token: alike[standing] for token, standing in zip(common, standings, strict=True) if standing in alike}
    both, olds, news = zip(*weights.values(), strict=True) if weights else ((), (), ())
    return _Weights(*(dict(zip(weights, column, strict=True)) for column in (both, olds, news)))


def _trust(old: Sequence[Signature], new: Sequence[Signature], single: Set[str]) -> dict[str, float]:
    """How far each kind of signal can be believed in this pair of languages, 0…1.

    Signals that stand in one section only on both sides point from section to section. Where they mean something, those
    of one section point to the same one; where they are chance (words of unrelated languages that begin alike), they do
    not.
    """
    home = {token: j for j, side in enumerate(new) for token in side.tokens.keys() & single}
    pointed = Counter(
        [(token[0], i, home[token]) for i, side in enumerate(old) for token in side.tokens.keys() & single]
    )
    most: dict[tuple[str, int], int] = {}
    agreeing, pointing = Counter[str](), Counter[str]()
    for (kind, i, _), count in pointed.items():
        pointing[kind] += count
        most[kind, i] = max(most.get((kind, i), 0), count)
    for (kind, _), count in most.items():
        agreeing[kind] += count - 1
        pointing[kind] -= 1
    return {kind: ((agreeing[kind] + _BELIEF) / (pointing[kind] + _BELIEF)) ** _DOUBT for kind in Kind}


def _weight(kind: str, share_old: float, share_new: float, trust: float) -> _Weight:
    share, fewer = max(share_old, share_new), min(share_old, share_new)
    survival = max(_SURVIVAL[kind], share + 0.01)
    factor = trust * (1.0 if kind in _INDEPENDENT else _DEPENDENCE)
    old = factor * math.log((1 - survival) / (1 - share_new))
    new = factor * math.log((1 - survival) / (1 - share_old))
    if share_old > share_new:
        old *= fewer / share
    elif share_new > share_old:
        new *= fewer / share
    return _Weight(factor * math.log(survival / share) - old - new, old, new)
