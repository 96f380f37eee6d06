"""How much speaks for two sections being translations of each other, as a logarithm of odds: 0 is no opinion.

Each signal that both documents know at all counts by how rare it is and how well its kind survives translation
(naive Bayes), beside what lengths and shapes say. Sums over neighbouring sections tell merged ones.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from monitor.align.shapes import Shape
from monitor.align.signatures import Kind, Signature

# How probably a signal of a section stands in its translation, too.
_SURVIVAL = {
    Kind.NUMBER: 0.8, Kind.NUMBERED_HEADING: 0.95, Kind.STEM: 0.7, Kind.SOUND: 0.5, Kind.CONCEPT: 0.6,
    Kind.MONTH: 0.7, Kind.MARK: 0.5, Kind.ADDRESS: 0.9, Kind.ANCHOR: 0.97,
}  # fmt: skip
# Signals of one section depend on each other: their sum counts half. What the page itself marks stands alone.
_DEPENDENCE = 0.5
_INDEPENDENT = (Kind.NUMBERED_HEADING, Kind.ANCHOR, Kind.ADDRESS)
_BELIEF = 5.0
_DOUBT = 2
_EVERYWHERE = 0.6
_REPEATED = 0.15


class _Weight(NamedTuple):
    """What a signal says that stands on both sides (beyond what each side says alone), and on one side only."""

    both: float
    old: float
    new: float


_Tokens = dict[str, int]
_Holders = dict[str, list[tuple[int, int]]]


class Evidence:
    """The log-odds of every pair of sections of two documents (`pairs[i][j]`: old section i, new section j), and, when
    asked for, of two neighbours with one section."""

    def __init__(self, old: Sequence[Signature], new: Sequence[Signature]) -> None:
        self.old, self.new = old, new
        self._weights = _Weights(old, new)
        self._shape = Shape(old, new)
        self._known = [self._weights.known(side.tokens) for side in old], [self._weights.known(s.tokens) for s in new]
        self._holders = _holders(self._known[1])
        self._old_holders: _Holders | None = None
        self._alone = (
            [sum(map(self._weights.old.__getitem__, tokens)) for tokens in self._known[0]],
            [sum(map(self._weights.new.__getitem__, tokens)) for tokens in self._known[1]],
        )
        self._shared = [self._row(tokens, self._holders, len(new)) for tokens in self._known[0]]
        self.pairs = [self._pair_row(i) for i in range(len(old))]

    def merged(self, i: int) -> list[float]:
        """[j]: old sections i and i + 1 with new section j."""
        common = dict.fromkeys(self._known[0][i].keys() & self._known[0][i + 1].keys(), 1)
        twice = self._row(common, self._holders, len(self.new))
        alone = sum(self._alone[0][i : i + 2]) - sum(map(self._weights.old.__getitem__, common))
        sums = zip(self._shared[i], self._shared[i + 1], twice, self._alone[1], strict=True)
        return [a + b - c + alone + d + self._shape.merged(i, j) for j, (a, b, c, d) in enumerate(sums)]

    def split(self, j: int) -> list[float]:
        """[i]: old section i with new sections j and j + 1."""
        common = dict.fromkeys(self._known[1][j].keys() & self._known[1][j + 1].keys(), 1)
        if self._old_holders is None:
            self._old_holders = _holders(self._known[0])
        twice = self._row(common, self._old_holders, len(self.old))
        alone = sum(self._alone[1][j : j + 2]) - sum(map(self._weights.new.__getitem__, common))
        sums = zip(self._shared, twice, self._alone[0], strict=True)
        return [row[j] + row[j + 1] - c + alone + d + self._shape.split(i, j) for i, (row, c, d) in enumerate(sums)]

    def _row(self, tokens: _Tokens, holders: _Holders, size: int) -> list[float]:
        """What a section's signals, shared, say of each section of the other side."""
        row = [0.0] * size
        weights = self._weights.both
        for token, count in tokens.items():
            both = weights[token]
            for place, other in holders.get(token, ()):
                if count > 1 < other:
                    row[place] += both + _REPEATED * math.log(min(count, other))
                else:
                    row[place] += both
        return row

    def _pair_row(self, i: int) -> list[float]:
        alone = self._alone[0][i]
        sums = zip(self._shared[i], self._alone[1], self._shape.pairs(i), strict=True)
        return [shared + alone + other + shape for shared, other, shape in sums]


def _holders(sides: Sequence[_Tokens]) -> _Holders:
    holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, tokens in enumerate(sides):
        for token, count in tokens.items():
            holders[token].append((place, count))
    return holders


class _Weights:
    """What each signal says that both documents know and not everybody has: by what it stands on."""

    def __init__(self, old: Sequence[Signature], new: Sequence[Signature]) -> None:
        common = {token for side in old for token in side.tokens} & {token for side in new for token in side.tokens}
        kept = [side.tokens.keys() & common for side in old], [side.tokens.keys() & common for side in new]
        spread_old, spread_new = (Counter(chain.from_iterable(side)) for side in kept)
        trust = _trust(*kept, spread_old, spread_new)
        alike: dict[tuple[str, int, int], _Weight] = {}
        self.both: dict[str, float] = {}
        self.old: dict[str, float] = {}
        self.new: dict[str, float] = {}
        for token in common:
            key = token[0], spread_old[token], spread_new[token]
            shares = key[1] / (len(old) + 1), key[2] / (len(new) + 1)
            if max(shares) <= _EVERYWHERE:
                weight = alike.get(key)
                if weight is None:
                    weight = alike[key] = _weight(Kind(key[0]), *shares, trust[key[0]])
                self.both[token], self.old[token], self.new[token] = weight

    def known(self, tokens: _Tokens) -> _Tokens:
        """The tokens that say something, with their counts."""
        return {token: tokens[token] for token in tokens.keys() & self.both.keys()}


def _trust(
    old: Sequence[set[str]], new: Sequence[set[str]], spread_old: Counter[str], spread_new: Counter[str]
) -> dict[str, float]:
    """How far each kind of signal can be believed in this pair of languages, 0…1.

    Signals that stand in one section only on both sides point from section to section. Where they mean something, those
    of one section point to the same one; where they are chance (words of unrelated languages that begin alike), they do
    not.
    """
    single = {token for token, count in spread_new.items() if count == 1 and spread_old.get(token) == 1}
    home = {token: j for j, side in enumerate(new) for token in side & single}
    agreeing, pointing = Counter[str](), Counter[str]()
    for side in old:
        pointed = Counter([(token[0], home[token]) for token in side & single])
        most: dict[str, int] = {}
        for (kind, _), count in pointed.items():
            pointing[kind] += count
            most[kind] = max(most.get(kind, 0), count)
        for kind, count in most.items():
            agreeing[kind] += count - 1
            pointing[kind] -= 1
    return {kind: ((agreeing[kind] + _BELIEF) / (pointing[kind] + _BELIEF)) ** _DOUBT for kind in Kind}


def _weight(kind: Kind, share_old: float, share_new: float, trust: float) -> _Weight:
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
