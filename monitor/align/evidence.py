"""How much speaks for two sections being translations of each other, as a logarithm of odds: 0 is no opinion.

Each signal that both documents know at all counts by how rare it is and how well its kind survives translation
(naive Bayes); lengths by the ratio that holds for the whole pair of documents (after Gale and Church 1993). Sums over
neighbouring sections tell merged ones.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from monitor.align.signatures import Kind, Signature

# How probably a signal of a section stands in its translation, too.
_SURVIVAL = {
    Kind.NUMBER: 0.8, Kind.NUMBERED_HEADING: 0.95, Kind.STEM: 0.7, Kind.SOUND: 0.5, Kind.CONCEPT: 0.6,
    Kind.MONTH: 0.7, Kind.MARK: 0.5, Kind.ADDRESS: 0.9, Kind.ANCHOR: 0.97,
}  # fmt: skip
# Signals of one section depend on each other: their sum counts half. What the page itself marks stands alone.
_DEPENDENCE = 0.5
_INDEPENDENT = (Kind.NUMBERED_HEADING, Kind.ANCHOR, Kind.ADDRESS)
_EVERYWHERE = 0.6
_REPEATED = 0.3
_LENGTH_SPREAD = 0.18
_SHORT_TEXT_SPREAD = 3.0
_PROFILE = 0.3
_SAME_BLOCKS = 0.75
_SAME_LEVEL = 0.9
_SAME_TOPIC = 2.0
_OTHER_TOPIC = -1.0
_LEAD = -10.0


class _Weight(NamedTuple):
    """What a signal says that stands on both sides (beyond what each side says alone), and on one side only."""

    both: float
    old: float
    new: float


class Evidence:
    """The log-odds of every pair of sections of two documents, and of every pair of neighbours with one section."""

    def __init__(self, old: Sequence[Signature], new: Sequence[Signature]) -> None:
        self.old, self.new = old, new
        self._weights = _weights(old, new)
        self._holders = _holders(new, self._weights)
        self._shape = _Shape(old, new)
        self._alone_old = [sum(self._weights[t].old for t in side.tokens if t in self._weights) for side in old]
        self._alone_new = [sum(self._weights[t].new for t in side.tokens if t in self._weights) for side in new]
        self._shared = [self._shared_row(side.tokens) for side in old]
        self.pairs = [[self._pair(i, j) for j in range(len(new))] for i in range(len(old))]

    def _pair(self, i: int, j: int) -> float:
        signals = self._shared[i][j] + self._alone_old[i] + self._alone_new[j]
        return signals + self._shape.pair(i, j)

    def _shared_row(self, tokens: dict[str, int]) -> list[float]:
        row = [0.0] * len(self.new)
        for token, count in tokens.items():
            if token in self._holders:
                both = self._weights[token].both
                for j, other in self._holders[token]:
                    repeated = min(count, other)
                    row[j] += both if repeated == 1 else both + _DEPENDENCE * _REPEATED * math.log(repeated)
        return row

    def merged(self) -> list[list[float]]:
        """[i][j]: old sections i and i + 1 against new section j."""
        rows = []
        for i, (one, other) in enumerate(pairwise(self.old)):
            common = {t: 1 for t in one.tokens if t in other.tokens and t in self._weights}
            twice = self._shared_row(common)
            alone = self._alone_old[i] + self._alone_old[i + 1] - sum(self._weights[t].old for t in common)
            shared = zip(self._shared[i], self._shared[i + 1], twice, self._alone_new, strict=True)
            rows.append([a + b - c + alone + d + self._shape.merged(i, j) for j, (a, b, c, d) in enumerate(shared)])
        return rows


def _weights(old: Sequence[Signature], new: Sequence[Signature]) -> dict[str, _Weight]:
    spread_old = Counter(token for side in old for token in side.tokens)
    spread_new = Counter(token for side in new for token in side.tokens)
    weights = {}
    for token in spread_old.keys() & spread_new.keys():
        share_old, share_new = spread_old[token] / (len(old) + 1), spread_new[token] / (len(new) + 1)
        share = max(share_old, share_new)
        if share <= _EVERYWHERE:
            weights[token] = _weight(Kind(token[0]), share_old, share_new)
    return weights


def _weight(kind: Kind, share_old: float, share_new: float) -> _Weight:
    share, fewer = max(share_old, share_new), min(share_old, share_new)
    survival = max(_SURVIVAL[kind], share + 0.01)
    factor = 1.0 if kind in _INDEPENDENT else _DEPENDENCE
    old = factor * math.log((1 - survival) / (1 - share_new))
    new = factor * math.log((1 - survival) / (1 - share_old))
    if share_old > share_new:
        old *= fewer / share
    elif share_new > share_old:
        new *= fewer / share
    return _Weight(factor * math.log(survival / share) - old - new, old, new)


def _holders(new: Sequence[Signature], weights: dict[str, _Weight]) -> dict[str, list[tuple[int, int]]]:
    holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for j, side in enumerate(new):
        for token, count in side.tokens.items():
            if token in weights:
                holders[token].append((j, count))
    return holders


class _Shape:
    """What lengths, numbers of blocks, levels and topics say."""

    def __init__(self, old: Sequence[Signature], new: Sequence[Signature]) -> None:
        self.old, self.new = old, new
        self._logs = [math.log(side.length + 5) for side in old], [math.log(side.length + 5) for side in new]
        self._noise = [_noise(side.length) for side in old], [_noise(side.length) for side in new]
        self._log_blocks = (
            [[math.log(length + 5) for length in side.blocks] for side in old],
            [[math.log(length + 5) for length in side.blocks] for side in new],
        )
        self._ratio = math.log((sum(s.length for s in new) + 50) / (sum(s.length for s in old) + 50))
        self._by_chance = max(0.09, _variance(self._logs[0]) + _variance(self._logs[1]))
        self._blocks = _agreement(_SAME_BLOCKS, [len(s.blocks) for s in old], [len(s.blocks) for s in new])
        self._level = _agreement(_SAME_LEVEL, [s.level for s in old], [s.level for s in new])

    def pair(self, i: int, j: int) -> float:
        one, other = self.old[i], self.new[j]
        found = self._length(self._logs[1][j] - self._logs[0][i], self._noise[0][i], self._noise[1][j])
        same_blocks = len(one.blocks) == len(other.blocks)
        found += self._blocks[same_blocks] + self._level[one.level == other.level]
        if same_blocks and len(one.blocks) > 1:
            found += self._profile(i, j)
        if one.topic and other.topic:
            found += _SAME_TOPIC if one.topic == other.topic else _OTHER_TOPIC
        return found + _LEAD if (i == 0) != (j == 0) else found

    def merged(self, i: int, j: int) -> float:
        length = self.old[i].length + self.old[i + 1].length
        blocks = len(self.old[i].blocks) + len(self.old[i + 1].blocks)
        found = self._length(self._logs[1][j] - math.log(length + 5), 0.0, self._noise[1][j])
        return found + self._blocks[blocks == len(self.new[j].blocks)]

    def _profile(self, i: int, j: int) -> float:
        """What the lengths of the blocks say, one by one; short ones say little."""
        logs = zip(self._log_blocks[0][i], self._log_blocks[1][j], strict=True)
        return _PROFILE * sum(self._length(new - old, 0.0, _noise(math.exp(min(old, new)))) for old, new in logs)

    def _length(self, difference: float, noise_old: float, noise_new: float) -> float:
        """The odds of two logarithms of lengths to differ so: translations against any two sections."""
        spread = _LENGTH_SPREAD * _LENGTH_SPREAD + max(noise_old, noise_new)
        chance = self._by_chance + spread
        off = difference - self._ratio
        return 0.5 * (off * off / chance - off * off / spread + math.log(chance / spread))


def _noise(length: float) -> float:
    return _SHORT_TEXT_SPREAD / (length + 10)


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / len(values)


def _agreement(expected: float, old: Sequence[int], new: Sequence[int]) -> tuple[float, float]:
    """The log-odds of a property that differs, and of one that is the same."""
    counts_old, counts_new = Counter(old), Counter(new)
    chance = sum(count * counts_new[value] for value, count in counts_old.items()) / (len(old) * len(new))
    expected = max(expected, chance)
    return math.log((1.02 - expected) / (1.02 - chance)), math.log(expected / max(chance, 0.05))
