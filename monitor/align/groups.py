"""Groups of corresponding positions: their order for a reader, which of them moved, and the links they become."""

from collections.abc import Callable, Sequence

from monitor.align.order import in_order
from monitor.model.comparison import SectionLink, SectionStatus
from monitor.model.document import Document

Group = tuple[tuple[int, ...], tuple[int, ...]]
"""Positions in the old and in the new document; one side may be empty."""


def with_the_rest(groups: Sequence[Group], old: Document, new: Document) -> list[Group]:
    """The groups and, each on its own, what stands in none of them; in the new order, a removed section after what it
    followed in the old document."""
    used_old = {i for group in groups for i in group[0]}
    used_new = {j for group in groups for j in group[1]}
    alone: list[Group] = [((i,), ()) for i in range(len(old.sections)) if i not in used_old]
    alone += [((), (j,)) for j in range(len(new.sections)) if j not in used_new]
    place = {i: group[1][0] for group in groups for i in group[0]}

    def order(group: Group) -> tuple[int, int, int]:
        if group[1]:
            return (group[1][0], 0, 0)
        before = next((i for i in range(group[0][0] - 1, -1, -1) if i in place), -1)
        return (place.get(before, -1), 1, group[0][0])

    return sorted([*groups, *alone], key=order)


def moved(groups: Sequence[Group], length: Callable[[int], int]) -> set[Group]:
    """The fewest groups that explain the new order; among equals those whose new sections are shortest."""
    placed = [group for group in groups if group[0] and group[1]]
    weights = [(1.0, 1.0 + sum(map(length, group[1]))) for group in placed]
    kept = in_order([(group[0][0], group[1][0]) for group in placed], weights)
    return {group for index, group in enumerate(placed) if index not in kept}


def status(group: Group, paired: SectionStatus) -> SectionStatus:
    """What became of a group; `paired` is the status of one section beside one."""
    match len(group[0]), len(group[1]):
        case 0, _:
            return SectionStatus.ADDED
        case _, 0:
            return SectionStatus.REMOVED
        case 1, 1:
            return paired
        case 1, _:
            return SectionStatus.SPLIT
        case _:
            return SectionStatus.MERGED


def link(
    group: Group, old: Document, new: Document, *, paired: SectionStatus, moved: bool = False, renamed: bool = False,
    similarity: float = 0.0, confidence: float = 1.0,
) -> SectionLink:  # fmt: skip
    """The group as a link between the sections of the documents; a section alone is certain."""
    return SectionLink(
        old=tuple(old.sections[i].id for i in group[0]), new=tuple(new.sections[j].id for j in group[1]),
        status=status(group, paired), renamed=renamed, moved=moved, similarity=similarity, confidence=confidence,
    )  # fmt: skip
