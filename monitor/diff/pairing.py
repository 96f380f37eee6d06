"""Which blocks of two lists correspond: kept, edited, out of order, divided in another way.

Knows texts and their order; nothing of sections, words or classes. Equal blocks are paired first, so that only what
changed costs anything.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterator, Sequence
from typing import NamedTuple

from monitor.align.assignment import assign
from monitor.align.matching import MOVABLE_WORDS
from monitor.align.order import in_order
from monitor.align.similarity import bags, cosine, cosines, shared_ends
from monitor.diff.words import common_runs
from monitor.language.words import has_words, key, run_on, words
from monitor.model.document import Block, BlockKind

_ALIKE = 0.4
_SAME_PLACE = 0.15
_LONG_GAP = 20
_IN_STEP = 0.6
_TOUCHED_UP = 0.6
_ABSORBED = 0.6
_ABSORBED_WORDS = 4
_BRIEF = 3


class Group(NamedTuple):
    """Blocks that correspond, by their positions: one a side, or several where a paragraph was divided or joined."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool


def pair_blocks(old: Sequence[Block], new: Sequence[Block], common: Container[str]) -> list[Group]:
    """The blocks that correspond, in the old order; what is in no group is gone or new."""
    pairing = _Pairing(old, new)
    pairing.pair_equal()
    if pairing.left_old and pairing.left_new:
        pairing.pair_displaced()
        pairing.pair_divided()
        pairing.pair_touched_up()
        pairing.pair_in_step(common)
        pairing.pair_alike(common)
        pairing.pair_brief()
        pairing.absorb_neighbours()
    return pairing.groups()


def names(old: Sequence[Block], new: Sequence[Block]) -> tuple[list[Hashable], list[Hashable]]:
    """A name for each block, equal if two blocks differ in typography at most; images are apart from text."""
    texts_old, texts_new = {block.text for block in old}, {block.text for block in new}
    return [_name(block, texts_new) for block in old], [_name(block, texts_old) for block in new]


def _name(block: Block, other_side: Container[str]) -> Hashable:
    text = block.text if block.text in other_side else key(block.text)
    return (text,) if block.kind is BlockKind.IMAGE else text


class _Pairing:
    """The pairs found so far (old position -> new position), with the neighbours that belong to them."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = old, new
        self.names_old, self.names_new = names(old, new)
        self.pairs: dict[int, int] = {}
        self.moved: set[int] = set()
        self.owner_old: dict[int, int] = {}
        self.owner_new: dict[int, int] = {}

    @property
    def left_old(self) -> list[int]:
        """The old positions that belong to no pair."""
        return [i for i in range(len(self.old)) if i not in self.owner_old]

    @property
    def left_new(self) -> list[int]:
        """The new positions that belong to no pair."""
        return [j for j in range(len(self.new)) if j not in self.owner_new]

    def pair_equal(self) -> None:
        """Equal blocks that keep their order."""
        for run in common_runs(self.names_old, self.names_new):
            self._take({run.old + step: run.new + step for step in range(run.size)})

    def pair_displaced(self) -> None:
        """Equal blocks out of order, if they stand once or are long enough to be no coincidence."""
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for j in reversed(self.left_new):
            waiting[self.names_new[j]].append(j)
        counts = Counter(self.names_old)
        for i in self.left_old:
            places = waiting[self.names_old[i]]
            if places and (counts[self.names_old[i]] == 1 or has_words(self.old[i].text, MOVABLE_WORDS)):
                self._take({i: places.pop()})
        self._mark_moved()

    def pair_divided(self) -> None:
        """Runs of blocks with the same text in all, divided into paragraphs in another way."""
        for olds, news in list(self._gaps()):
            if olds and news and _joined_name(self.old, olds) == _joined_name(self.new, news):
                self._take({olds[0]: news[0]})
                self.owner_old |= dict.fromkeys(olds, olds[0])
                self.owner_new |= dict.fromkeys(news, olds[0])

    def pair_touched_up(self) -> None:
        """Gaps with as many blocks on both sides: those that begin and end like the one in their place."""
        for olds, news in list(self._gaps()):
            if len(olds) == len(news):
                self._take({
                    i: j for i, j in zip(olds, news, strict=True)
                    if self._same_sort(i, j) and shared_ends(self.old[i].text, self.new[j].text) >= _TOUCHED_UP
                })  # fmt: skip

    def pair_in_step(self, common: Container[str]) -> None:
        """A long gap with as many blocks on both sides, alike one by one: a table or a list brought up to date."""
        for olds, news in list(self._gaps()):
            if len(olds) != len(news) or len(olds) <= _LONG_GAP:
                continue
            bag_old, bag_new = bags([self.old[i].text for i in olds], [self.new[j].text for j in news], common)
            for i, j, one, other in zip(olds, news, bag_old, bag_new, strict=True):
                if self._same_sort(i, j) and cosine(one, other) >= _IN_STEP:
                    self._take({i: j})

    def pair_alike(self, common: Container[str]) -> None:
        """The best pairing of the rest by words, in the same gap rather than elsewhere."""
        olds, news = self.left_old, self.left_new
        if not olds or not news:
            return
        gap_old, gap_new = self._gap_numbers()
        bag_old, bag_new = bags([self.old[i].text for i in olds], [self.new[j].text for j in news], common)
        scores: dict[tuple[int, int], float] = {}
        for (left, right), score in cosines(bag_old, bag_new, _ALIKE - _SAME_PLACE).items():
            i, j = olds[left], news[right]
            if self._same_sort(i, j):
                drift = abs(left / len(olds) - right / len(news))
                scores[i, j] = score + _SAME_PLACE * (gap_old.get(i) == gap_new.get(j)) - 0.02 * drift - _ALIKE
        self._take(assign(scores))
        self._mark_moved()

    def pair_brief(self) -> None:
        """A block of a few words, alone in its gap with one of its kind, took its place."""
        for olds, news in list(self._gaps()):
            if len(olds) == len(news) == 1:
                one, other = self.old[olds[0]], self.new[news[0]]
                if (
                    one.kind is other.kind
                    and not has_words(one.text, _BRIEF + 1)
                    and not has_words(other.text, _BRIEF + 1)
                ):
                    self._take({olds[0]: news[0]})

    def absorb_neighbours(self) -> None:
        """A left block beside an edited pair belongs to it if the pair's other side lost, or gained, its words."""
        edited = {i for i, j in self.pairs.items() if self.names_old[i] != self.names_new[j]}
        for j in self.left_new:
            for beside in (j - 1, j + 1):
                owner = self.owner_new.get(beside)
                if (
                    owner is not None
                    and owner in edited
                    and _went_into(self.new[j], self._text_old(owner), self._text_new(owner))
                ):
                    self.owner_new[j] = owner
        for i in self.left_old:
            for beside in (i - 1, i + 1):
                owner = self.owner_old.get(beside)
                if (
                    owner is not None
                    and owner in edited
                    and _went_into(self.old[i], self._text_new(owner), self._text_old(owner))
                ):
                    self.owner_old[i] = owner

    def groups(self) -> list[Group]:
        """Every pair with its neighbours, in the old order."""
        members: dict[int, tuple[list[int], list[int]]] = {i: ([], []) for i in sorted(self.pairs)}
        for side, owners in enumerate((self.owner_old, self.owner_new)):
            for position in sorted(owners):
                members[owners[position]][side].append(position)
        return [Group(tuple(olds), tuple(news), i in self.moved) for i, (olds, news) in members.items()]

    def _take(self, found: dict[int, int]) -> None:
        self.pairs |= found
        self.owner_old |= {i: i for i in found}
        self.owner_new |= {j: i for i, j in found.items()}

    def _same_sort(self, i: int, j: int) -> bool:
        return (self.old[i].kind is BlockKind.IMAGE) == (self.new[j].kind is BlockKind.IMAGE)

    def _mark_moved(self) -> None:
        pairs = sorted(self.pairs.items())
        kept = in_order(pairs, [(1.0, float(len(self.old[i].text))) for i, _ in pairs])
        self.moved = {pair[0] for index, pair in enumerate(pairs) if index not in kept}

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """What is left on both sides between one pair that keeps its order and the next."""
        left_old, left_new = set(self.left_old), set(self.left_new)
        steady = sorted(pair for pair in self.pairs.items() if pair[0] not in self.moved)
        start_old = start_new = 0
        for i, j in (*steady, (len(self.old), len(self.new))):
            yield (
                [each for each in range(start_old, i) if each in left_old],
                [each for each in range(start_new, j) if each in left_new],
            )
            start_old, start_new = i + 1, j + 1

    def _gap_numbers(self) -> tuple[dict[int, int], dict[int, int]]:
        numbers: tuple[dict[int, int], dict[int, int]] = ({}, {})
        for number, gap in enumerate(self._gaps()):
            for side, found in zip(numbers, gap, strict=True):
                side.update(dict.fromkeys(found, number))
        return numbers

    def _text_old(self, owner: int) -> str:
        return run_on(self.old[i].text for i, other in self.owner_old.items() if other == owner)

    def _text_new(self, owner: int) -> str:
        return run_on(self.new[j].text for j, other in self.owner_new.items() if other == owner)


def _joined_name(blocks: Sequence[Block], positions: Sequence[int]) -> str:
    return key(run_on(blocks[position].text for position in positions))


def _went_into(block: Block, whole: str, kept: str) -> bool:
    """Whether most words of a block stand in the whole and not in what the whole kept beside it."""
    own = Counter(words(block.text))
    lost = Counter(words(whole)) - Counter(words(kept))
    return own.total() >= _ABSORBED_WORDS and (own & lost).total() >= _ABSORBED * own.total()
