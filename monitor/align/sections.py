"""Which sections of two versions in one language correspond, and which of them moved.

Knows groups of sections and their order; how sections are known again is `matching`'s affair.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from monitor.align.matching import MOVABLE_WORDS, Group, Matching, Side
from monitor.align.order import in_order
from monitor.language.words import key, run_on, word_count
from monitor.model.comparison import SectionLink, SectionStatus
from monitor.model.document import Document, SectionId


def align_sections(old: Document, new: Document) -> tuple[SectionLink, ...]:
    """The links between the sections of two versions: every section of both sides stands in exactly one.

    Links come in the new order; a removed section follows what it followed in the old document. The similarity of
    an edited, split or merged section is what its equal blocks alone make up: word-level differences raise it.
    """
    matching = Matching(old, new)
    matching.pair_all()
    groups = matching.groups()
    moved = _moved(list(groups), matching)
    return tuple(
        _link(group, matching, moved=group in moved, confidence=groups[group])
        for group in sorted(groups, key=_reading_order(groups))
    )


def _moved(groups: Sequence[Group], matching: Matching) -> set[Group]:
    """The fewest groups that explain the new order, those with the least text among equals; never the lead."""
    placed = sorted((group for group in groups if group[0] and group[1]), key=lambda group: group[0][0])
    starts = [(group[0][0], group[1][0]) for group in placed]
    if all(one[1] < other[1] for one, other in pairwise(starts)):
        return set()
    headings = [Counter(side.heading for side in sides) for sides in (matching.old, matching.new)]

    def weight(group: Group) -> tuple[float, float]:
        one, other = matching.old[group[0][0]], matching.new[group[1][0]]
        length = word_count(other.body)
        if group[0][0] == 0 and group[1][0] == 0:
            return (len(groups) + 1.0, 0.0)
        known = headings[0][one.heading] == headings[1][other.heading] == 1 and one.heading == other.heading
        return (1.0 if length >= MOVABLE_WORDS or known else 0.0, length + 1.0)

    weights = [weight(group) for group in placed]
    kept = in_order(starts, weights)
    return {group for index, group in enumerate(placed) if index not in kept and weights[index][0]}


def _reading_order(groups: Iterable[Group]) -> Callable[[Group], tuple[int, int, int]]:
    place = {i: group[1][0] for group in groups if group[1] for i in group[0]}

    def order(group: Group) -> tuple[int, int, int]:
        if group[1]:
            return (group[1][0], 0, 0)
        before = group[0][0] - 1
        while before >= 0 and before not in place:
            before -= 1
        return (place.get(before, -1), 1, group[0][0])

    return order


def _link(group: Group, matching: Matching, *, moved: bool, confidence: float) -> SectionLink:
    olds, news = [matching.old[i] for i in group[0]], [matching.new[j] for j in group[1]]
    status = _status(olds, news)
    return SectionLink(
        old=_ids(olds), new=_ids(news), status=status, moved=moved, confidence=confidence,
        renamed=len(olds) == len(news) == 1 and key(olds[0].section.heading) != key(news[0].section.heading),
        similarity=1.0 if status is SectionStatus.UNCHANGED else _shared_blocks(olds, news),
    )  # fmt: skip


def _status(olds: Sequence[Side], news: Sequence[Side]) -> SectionStatus:
    match len(olds), len(news):
        case 0, _:
            return SectionStatus.ADDED
        case _, 0:
            return SectionStatus.REMOVED
        case 1, 1:
            return SectionStatus.UNCHANGED if _same_text(olds[0], news[0]) else SectionStatus.EDITED
        case 1, _:
            return SectionStatus.SPLIT
        case _:
            return SectionStatus.MERGED


def _same_text(old: Side, new: Side) -> bool:
    """Whether two bodies differ in typography and in their division into blocks at most."""
    if old.raw == new.raw:
        return True
    rest = [run_on(text for _, text in side.raw if text not in other.texts) for side, other in ((old, new), (new, old))]
    return key(rest[0]) == key(rest[1]) and old.body == new.body


def _shared_blocks(olds: Sequence[Side], news: Sequence[Side]) -> float:
    """The share of the text of both sides that stands in equal blocks, 0…1."""
    old, new = (sum((side.texts for side in sides), Counter[str]()) for sides in (olds, news))
    total = sum(len(text) * count for texts in (old, new) for text, count in texts.items())
    return 2 * sum(len(text) * count for text, count in (old & new).items()) / total if total else 0.0


def _ids(sides: Sequence[Side]) -> tuple[SectionId, ...]:
    return tuple(side.section.id for side in sides)
