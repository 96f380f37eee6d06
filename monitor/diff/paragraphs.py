"""Which blocks of two documents correspond, section by section: kept, edited, moved, gone or new.

Knows sections, blocks and places; nothing of word-level differences and classes.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from typing import NamedTuple

from monitor.align.assignment import assign
from monitor.align.matching import MOVABLE_WORDS
from monitor.align.similarity import bags, cosines
from monitor.diff.pairing import names, pair_blocks
from monitor.language.words import has_words, run_on
from monitor.model.document import Block, BlockKind, SectionId

_SAME_ELSEWHERE = 0.75


class Place(NamedTuple):
    """A block and where it stands."""

    section: SectionId
    number: int
    block: Block


class Match(NamedTuple):
    """Blocks that correspond: one a side, several where a paragraph was divided or joined, none if new or gone."""

    old: tuple[Place, ...]
    new: tuple[Place, ...]
    moved: bool = False

    @property
    def old_text(self) -> str:
        """The old blocks' text, run on."""
        return run_on(place.block.text for place in self.old)

    @property
    def new_text(self) -> str:
        """The new blocks' text, run on."""
        return run_on(place.block.text for place in self.new)


Places = tuple[Sequence[Place], Sequence[Place]]


def match_blocks(sections: Sequence[Places], common: Container[str]) -> list[list[Match]]:
    """The matches of each pair of sections (either side may be empty), in the order of reading.

    A block that left one pair for another is a moved match of the pair that it came to, and stands in no other.
    """
    found = [_within(old, new, common) for old, new in sections]
    across = _across(found, common)
    departed = {id(place) for match in across.values() for place in match.old}
    result = []
    for (old, new), matches in zip(sections, found, strict=True):
        settled = [across.get(id(match.new[0]), match) if match.new else match for match in matches]
        settled = [match for match in settled if match.new or id(match.old[0]) not in departed]
        result.append(sorted(settled, key=_reading_order(settled, old, new)))
    return result


def _within(old: Sequence[Place], new: Sequence[Place], common: Container[str]) -> list[Match]:
    groups = pair_blocks([place.block for place in old], [place.block for place in new], common)
    matches = [
        Match(old=tuple(old[i] for i in group.old), new=tuple(new[j] for j in group.new), moved=group.moved)
        for group in groups
    ]
    used_old = {i for group in groups for i in group.old}
    used_new = {j for group in groups for j in group.new}
    matches += [Match(old=(place,), new=()) for i, place in enumerate(old) if i not in used_old]
    matches += [Match(old=(), new=(place,)) for j, place in enumerate(new) if j not in used_new]
    return matches


def _across(found: Sequence[Sequence[Match]], common: Container[str]) -> dict[int, Match]:
    """Moved matches between blocks that are gone here and new there, by the identity of the new place.

    The same text of eight words or more, or nearly the same text (three quarters of its weight).
    """
    gone = _alone(match.old for matches in found for match in matches if not match.new)
    came = _alone(match.new for matches in found for match in matches if not match.old)
    if not gone or not came:
        return {}
    pairs = _equal_pairs(gone, came)
    rest_old = [i for i in range(len(gone)) if i not in pairs]
    rest_new = [j for j in range(len(came)) if j not in set(pairs.values())]
    bag_old, bag_new = bags([gone[i].block.text for i in rest_old], [came[j].block.text for j in rest_new], common)
    alike = assign(
        {pair: score - _SAME_ELSEWHERE for pair, score in cosines(bag_old, bag_new, _SAME_ELSEWHERE).items()}
    )
    pairs |= {rest_old[i]: rest_new[j] for i, j in alike.items()}
    return {id(came[j]): Match(old=(gone[i],), new=(came[j],), moved=True) for i, j in pairs.items()}


def _alone(sides: Iterable[Sequence[Place]]) -> list[Place]:
    return [
        side[0]
        for side in sides
        if side[0].block.kind is not BlockKind.IMAGE and has_words(side[0].block.text, MOVABLE_WORDS)
    ]


def _equal_pairs(gone: Sequence[Place], came: Sequence[Place]) -> dict[int, int]:
    names_old, names_new = names([place.block for place in gone], [place.block for place in came])
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for j in reversed(range(len(came))):
        waiting[names_new[j]].append(j)
    return {i: waiting[name].pop() for i, name in enumerate(names_old) if waiting[name]}


def _reading_order(
    matches: Sequence[Match], old: Sequence[Place], new: Sequence[Place]
) -> Callable[[Match], tuple[int, int, int]]:
    """The new order; what is gone follows what it followed in the old one."""
    place_old = {id(place): i for i, place in enumerate(old)}
    place_new = {id(place): j for j, place in enumerate(new)}
    steady = {
        place_old[id(place)]: place_new[id(match.new[0])]
        for match in matches if match.new and not match.moved for place in match.old
    }  # fmt: skip
    before = [-1]
    for i in range(len(old)):
        before.append(steady.get(i, before[-1]))

    def order(match: Match) -> tuple[int, int, int]:
        if match.new:
            return (place_new[id(match.new[0])], 0, 0)
        i = place_old[id(match.old[0])]
        return (before[i], 1, i)

    return order
