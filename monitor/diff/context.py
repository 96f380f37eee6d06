"""Where an edit stands: which sentence of one text answers to which of the other, and how much of it was kept.

Negations, hedges, numbers and names are only said to have changed where the words around them were kept; what is
new or rewritten as a whole is just that.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from monitor.diff.units import Shape, Units
from monitor.diff.words import WordDiff
from monitor.language.lexicon import lexicon
from monitor.language.words import sentences

OLD, NEW = 0, 1
_BRIEF = 3


class Context:
    """The sentences of both texts of a word-level difference, and how they answer to each other.

    A side is OLD or NEW; a sentence is its number on its side; a span is a range of units on a side.
    """

    def __init__(self, diff: WordDiff, language: str) -> None:
        self.diff = diff
        self.sides = (diff.old, diff.new)
        abbreviations = lexicon(language).abbreviations
        self._starts = tuple(_sentence_starts(side, abbreviations) for side in self.sides)
        self._shared = self._shared_weights()

    def sentence(self, side: int, unit: int) -> int:
        """The number of the sentence that a unit stands in."""
        return bisect_right(self._starts[side], unit) - 1

    def is_first(self, side: int, unit: int) -> bool:
        """Whether only marks stand before the unit in its sentence."""
        start = self._starts[side][self.sentence(side, unit)]
        return all(shape is Shape.MARK for shape in self.sides[side].shapes[start:unit])

    def counterpart(self, side: int, sentence: int) -> tuple[int, float]:
        """The sentence of the other side that shares most with this one, and the share of the shorter one kept, 0…1.

        Where two sentences of up to three words answer to each other, all counts as kept: there is no more to go by.
        (-1, 0.0) if nothing is shared, unless there is but one sentence on both sides.
        """
        shared = {pair[1 - side]: weight for pair, weight in self._shared.items() if pair[side] == sentence}
        if not shared and len(self._starts[OLD]) == len(self._starts[NEW]) == 1:
            shared = {0: 0.0}
        if not shared:
            return -1, 0.0
        other = max(shared, key=lambda number: (shared[number], -number))
        if self._is_brief(side, sentence) and self._is_brief(1 - side, other):
            return other, 1.0
        lengths = self._weight(side, sentence), self._weight(1 - side, other)
        return other, shared[other] / max(1e-9, min(lengths))

    def _shared_weights(self) -> dict[tuple[int, int], float]:
        """The weight of the equal units by (old sentence, new sentence)."""
        shared: defaultdict[tuple[int, int], float] = defaultdict(float)
        for run in self.diff.runs:
            for old, new in zip(range(run.old, run.old + run.size), range(run.new, run.new + run.size), strict=True):
                shared[self.sentence(OLD, old), self.sentence(NEW, new)] += self.diff.old.weight(old, old + 1)
        return shared

    def _is_brief(self, side: int, sentence: int) -> bool:
        starts = (*self._starts[side], len(self.sides[side].keys))
        shapes = self.sides[side].shapes[starts[sentence] : starts[sentence + 1]]
        return sum(shape is not Shape.MARK for shape in shapes) <= _BRIEF

    def _weight(self, side: int, sentence: int) -> float:
        starts = (*self._starts[side], len(self.sides[side].keys))
        return self.sides[side].weight(starts[sentence], starts[sentence + 1])


def _sentence_starts(side: Units, abbreviations: Iterable[str]) -> Sequence[int]:
    """The first unit of every sentence."""
    places = [start for start, _ in sentences(side.text, abbreviations)]
    return sorted({bisect_left(side.starts, place) for place in places}) or [0]
