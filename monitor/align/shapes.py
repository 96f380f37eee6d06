"""What the outer shape of two sections says of their being translations of each other, as log-odds: lengths by the ratio
that holds for the whole pair of documents (after Gale and Church 1993), numbers of blocks, levels, topics."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from monitor.align.signatures import Signature

_LENGTH_SPREAD = 0.18
_SHORT_TEXT_SPREAD = 3.0
_LEAST_BY_CHANCE = 0.09
_PROFILE = 0.3
_SAME_BLOCKS = 0.75
_SAME_LEVEL = 0.9
_SAME_TOPIC = 2.0
_OTHER_TOPIC = -1.0
_LEAD = 30.0


class _Length(NamedTuple):
    """The logarithm of a length, and the odds of a difference x from it: `least` + `curve` · x²; short texts say less."""

    log: float
    spread: float
    curve: float
    least: float


class Shape:
    """The shapes of the sections of two documents, side by side."""

    def __init__(self, old: Sequence[Signature], new: Sequence[Signature]) -> None:
        self.old, self.new = old, new
        self._ratio = math.log((sum(s.length for s in new) + 50) / (sum(s.length for s in old) + 50))
        self._chance = max(_LEAST_BY_CHANCE, sum(_variance([_log(s.length) for s in side]) for side in (old, new)))
        self._lengths = self._all(s.length for s in old), self._all(s.length for s in new)
        self._inner = [self._all(s.blocks) for s in old], [self._all(s.blocks) for s in new]
        self._level = _agreement(_SAME_LEVEL, [s.level for s in old], [s.level for s in new])
        self._blocks = _agreement(_SAME_BLOCKS, [len(s.blocks) for s in old], [len(s.blocks) for s in new])
        self._looks = [(s.level, len(s.blocks), s.topic) for s in old], [(s.level, len(s.blocks), s.topic) for s in new]

    def pairs(self, i: int) -> list[float]:
        """[j]: old section i with new section j; the lead goes with the lead."""
        level, blocks, topic = self._looks[0][i]
        levels, numbers = self._level, self._blocks
        row = self._differences(self._lengths[0][i], self._ratio, self._lengths[1])
        for j, (other_level, other_blocks, other_topic) in enumerate(self._looks[1]):
            row[j] += levels[level == other_level] + numbers[blocks == other_blocks]
            if blocks == other_blocks > 1:
                row[j] += self._profile(i, j)
            if topic and other_topic:
                row[j] += _SAME_TOPIC if topic == other_topic else _OTHER_TOPIC
        if i:
            row[0] -= _LEAD
            return row
        return [row[0] + _LEAD, *(found - _LEAD for found in row[1:])]

    def merged(self, i: int) -> list[float]:
        """[j]: old sections i and i + 1 with new section j."""
        return self._joined(self.old[i], self.old[i + 1], self._ratio, 1)

    def split(self, j: int) -> list[float]:
        """[i]: old section i with new sections j and j + 1."""
        return self._joined(self.new[j], self.new[j + 1], -self._ratio, 0)

    def _joined(self, one: Signature, other: Signature, ratio: float, side: int) -> list[float]:
        """Two neighbours with each section of the other side, which is `side`."""
        row = self._differences(self._length(one.length + other.length), ratio, self._lengths[side])
        blocks = len(one.blocks) + len(other.blocks)
        return [odds + self._blocks[blocks == look[1]] for odds, look in zip(row, self._looks[side], strict=True)]

    def _differences(self, own: _Length, ratio: float, others: Sequence[_Length]) -> list[float]:
        """The odds of a length beside each of some on the other side, by the logarithm of their ratio to it."""
        expected, own_spread, own_curve, own_least = own._replace(log=own.log + ratio)
        row = []
        for log, spread, curve, least in others:
            off = log - expected
            row.append(own_least + own_curve * off * off if own_spread > spread else least + curve * off * off)
        return row

    def _profile(self, i: int, j: int) -> float:
        """What the lengths of the blocks say, one by one."""
        sides = zip(self._inner[0][i], self._inner[1][j], strict=True)
        return _PROFILE * sum([self._difference(old, new) for old, new in sides])

    def _difference(self, old: _Length, new: _Length) -> float:
        """The odds of two lengths: those of translations against those of any two sections."""
        off = new.log - old.log - self._ratio
        unsure = old if old.spread > new.spread else new
        return unsure.least + unsure.curve * off * off

    def _all(self, lengths: Iterable[int]) -> list[_Length]:
        return [self._length(length) for length in lengths]

    def _length(self, length: int) -> _Length:
        spread = _LENGTH_SPREAD * _LENGTH_SPREAD + _SHORT_TEXT_SPREAD / (length + 10)
        chance = self._chance + spread
        return _Length(_log(length), spread, 0.5 * (1 / chance - 1 / spread), 0.5 * math.log(chance / spread))


def _log(length: int) -> float:
    return math.log(length + 5)


def _variance(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / len(values)


def _agreement(expected: float, old: Sequence[int], new: Sequence[int]) -> tuple[float, float]:
    """The log-odds of a property that differs, and of one that is the same."""
    counts_old, counts_new = Counter(old), Counter(new)
    chance = sum(count * counts_new[value] for value, count in counts_old.items()) / (len(old) * len(new))
    expected = max(expected, chance)
    return math.log((1.02 - expected) / (1.02 - chance)), math.log(expected / max(chance, 0.05))
