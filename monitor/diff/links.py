"""Section links once their words are compared: the status that the changes bear out, and how much stayed the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from monitor.model.comparison import Change, ChangeClass, Operation, SectionLink, SectionStatus
from monitor.model.document import Document, SectionId

_REWRITTEN_BELOW = 0.4
_SILENT = (ChangeClass.TYPOGRAPHY, ChangeClass.LINK)


def settled(
    links: Sequence[SectionLink], changes: Sequence[Change], old: Document, new: Document
) -> tuple[SectionLink, ...]:
    """The links with their final status and similarity.

    A section is unchanged if no text, link or image in it changed, came or went, and rewritten if less than two
    fifths of the text of both sides stayed.
    """
    lengths = {
        (side, section.id): sum(len(block.text) for block in section.blocks)
        for side, document in enumerate((old, new)) for section in document.sections
    }  # fmt: skip
    touching: defaultdict[tuple[int, SectionId | None], list[Change]] = defaultdict(list)
    for change in changes:
        if (change.old_block, change.new_block) != (None, None):
            touching[0, change.old_section].append(change)
            touching[1, change.new_section].append(change)
    return tuple(_settled(link, touching, lengths) for link in links)


def _settled(
    link: SectionLink,
    touching: Mapping[tuple[int, SectionId | None], Sequence[Change]],
    lengths: Mapping[tuple[int, SectionId], int],
) -> SectionLink:
    if link.status in (SectionStatus.ADDED, SectionStatus.REMOVED):
        return link
    old, new = (
        _Part(side, tuple(change for section in ids for change in touching.get((side, section), ())))
        for side, ids in enumerate((link.old, link.new))
    )
    length_old, length_new = (
        sum(lengths[side, section] for section in ids) for side, ids in enumerate((link.old, link.new))
    )
    total = length_old + length_new
    similarity = max(0.0, 1 - (old.lost(link) + new.lost(link)) / total) if total else 1.0
    if link.status in (SectionStatus.SPLIT, SectionStatus.MERGED):
        return link._replace(similarity=similarity)
    if all(change.change_class is ChangeClass.TYPOGRAPHY for change in (*old.changes, *new.changes)):
        return link._replace(status=SectionStatus.UNCHANGED, similarity=1.0)
    rewritten = similarity < _REWRITTEN_BELOW and length_old and length_new
    return link._replace(status=SectionStatus.REWRITTEN if rewritten else SectionStatus.EDITED, similarity=similarity)


class _Part(NamedTuple):
    """One side of a link, with the changes that touch it."""

    side: int
    changes: tuple[Change, ...]

    def lost(self, link: SectionLink) -> int:
        """How many characters of this side do not stand on the other."""
        return sum(self._lost(change, link) for change in self.changes if change.change_class not in _SILENT)

    def _lost(self, change: Change, link: SectionLink) -> int:
        left = change.new_section not in link.new if self.side == 0 else change.old_section not in link.old
        if change.moved and left:
            return len(change.new_text if self.side else change.old_text)
        operation = Operation.INSERT if self.side else Operation.DELETE
        return sum(len(hunk.text) for hunk in change.hunks if hunk.operation is operation)
