"""How much speaks for two sections being translations of each other, as a logarithm of odds: 0 is no opinion.

Each signal that both documents know at all counts by how rare it is and how well its kind survives translation
(naive Bayes); lengths by the ratio that holds for the whole pair of documents (after Gale and Church 1993). Sums over
neighbouring sections tell merged ones.
"""

import math
from collections import Counter
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
_BELIEF = 5.0
_EVERYWHERE = 0.6
_REPEATED = 0.15
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


_Tokens = dict[str, int]
_Holders = dict[str, list[tuple[int, int]]]


class Evidence:
    """The log-odds of every pair of sections of two documents, and of every two neighbours with one section.

    `pairs[i][j]`: old section i and new section j. `merged[i][j]`: old sections i and i + 1 with new section j.
    `split[i][j]`: old section i with new sections j and j + 1.
    """

    def __init__(self, old: Sequence[Signature], new: Sequence[Signature]) -> None:
        self.old, self.new = old, new
        self._weights = _weights(old, new)
        self._shape = _Shape(old, new)
        known = (
            [_known(side.tokens, self._weights) for side in old],
            [_known(side.tokens, self._weights) for side in new],
        )
        holders = _holders(known[0]), _holders(known[1])
        self._alone = (
            [sum([self._weights[token].old for token in tokens]) for tokens in known[0]],
            [sum([self._weights[token].new for token in tokens]) for tokens in known[1]],
        )
        self._shared = [self._row(tokens, holders[1], len(new)) for tokens in known[0]]
        self.pairs = [self._pair_row(i) for i in range(len(old))]
        self.merged = [self._merged_row(i, known[0], holders[1]) for i in range(len(old) - 1)]
        columns = [self._split_column(j, known[1], holders[0]) for j in range(len(new) - 1)]
        self.split = [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in old]

    def _row(self, tokens: _Tokens, holders: _Holders, size: int) -> list[float]:
        """What a section's signals, shared, say of each section of the other side."""
        row = [0.0] * size
        for token, count in tokens.items():
            both = self._weights[token].both
            for place, other in holders.get(token, ()):
                if count > 1 < other:
                    row[place] += both + _REPEATED * math.log(min(count, other))
                else:
                    row[place] += both
        return row

    def _pair_row(self, i: int) -> list[float]:
        alone = self._alone[0][i]
        sums = zip(self._shared[i], self._alone[1], strict=True)
        return [shared + alone + other + self._shape.pair(i, j) for j, (shared, other) in enumerate(sums)]

    def _merged_row(self, i: int, known: list[_Tokens], holders: _Holders) -> list[float]:
        common = dict.fromkeys(known[i].keys() & known[i + 1].keys(), 1)
        twice = self._row(common, holders, len(self.new))
        alone = sum(self._alone[0][i : i + 2]) - sum([self._weights[token].old for token in common])
        sums = zip(self._shared[i], self._shared[i + 1], twice, self._alone[1], strict=True)
        return [a + b - c + alone + d + self._shape.merged(i, j) for j, (a, b, c, d) in enumerate(sums)]

    def _split_column(self, j: int, known: list[_Tokens], holders: _Holders) -> list[float]:
        common = dict.fromkeys(known[j].keys() & known[j + 1].keys(), 1)
        twice = self._row(common, holders, len(self.old))
        alone = sum(self._alone[1][j : j + 2]) - sum([self._weights[token].new for token in common])
        sums = zip(self._shared, twice, self._alone[0], strict=True)
        return [row[j] + row[j + 1] - c + alone + d + self._shape.split(i, j) for i, (row, c, d) in enumerate(sums)]


def _known(tokens: _Tokens, weights: dict[str, _Weight]) -> _Tokens:
    return {token: count for token, count in tokens.items() if token in weights}


def _holders(sides: Sequence[_Tokens]) -> _Holders:
    holders: _Holders = {}
    for place, tokens in enumerate(sides):
        for token, count in tokens.items():
            holders.setdefault(token, []).append((place, count))
    return holders


def _weights(old: Sequence[Signature], new: Sequence[Signature]) -> dict[str, _Weight]:
    spread_old = Counter(token for side in old for token in side.tokens)
    spread_new = Counter(token for side in new for token in side.tokens)
    trust = _trust(old, new, spread_old, spread_new)
    weights = {}
    for token in spread_old.keys() & spread_new.keys():
        share_old, share_new = spread_old[token] / (len(old) + 1), spread_new[token] / (len(new) + 1)
        share = max(share_old, share_new)
        if share <= _EVERYWHERE:
            weights[token] = _weight(Kind(token[0]), share_old, share_new, trust[token[0]])
    return weights


def _trust(
    old: Sequence[Signature], new: Sequence[Signature], spread_old: Counter[str], spread_new: Counter[str]
) -> dict[str, float]:
    """How far each kind of signal can be believed in this pair of languages, 0…1.

    Signals that stand in one section only on both sides point from section to section. Where they mean something, those
    of one section point to the same one; where they are chance (words of unrelated languages that begin alike), they do
    not.
    """
    home = {t: j for j, side in enumerate(new) for t in side.tokens if spread_new[t] == 1 and spread_old.get(t) == 1}
    agreeing, pointing = Counter[str](), Counter[str]()
    for side in old:
        pointed = Counter((token[0], home[token]) for token in side.tokens if token in home)
        most: dict[str, int] = {}
        for (kind, _), count in pointed.items():
            pointing[kind] += count
            most[kind] = max(most.get(kind, 0), count)
        for kind, count in most.items():
            agreeing[kind] += count - 1
            pointing[kind] -= 1
    return {kind: (agreeing[kind] + _BELIEF) / (pointing[kind] + _BELIEF) for kind in Kind}


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
        doubles = list(pairwise(old)), list(pairwise(new))
        self._double_logs = [[math.log(a.length + b.length + 5) for a, b in side] for side in doubles]
        self._double_blocks = [[len(a.blocks) + len(b.blocks) for a, b in side] for side in doubles]
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
        """Old sections i and i + 1 with new section j."""
        difference = self._logs[1][j] - self._double_logs[0][i]
        same_blocks = self._double_blocks[0][i] == len(self.new[j].blocks)
        return self._length(difference, 0.0, self._noise[1][j]) + self._blocks[same_blocks]

    def split(self, i: int, j: int) -> float:
        """Old section i with new sections j and j + 1."""
        difference = self._double_logs[1][j] - self._logs[0][i]
        same_blocks = self._double_blocks[1][j] == len(self.old[i].blocks)
        return self._length(difference, self._noise[0][i], 0.0) + self._blocks[same_blocks]

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
