"""Section links once their words are compared: the status that the changes bear out, and how much stayed the same."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitor.model.comparison import Change, ChangeClass, Operation, SectionLink, SectionStatus
from monitor.model.document import Document, SectionId

_REWRITTEN_BELOW = 0.4
_SILENT = (ChangeClass.TYPOGRAPHY, ChangeClass.LINK)


def settled(
    links: Sequence[SectionLink], changes: Sequence[Sequence[Change]], old: Document, new: Document
) -> tuple[SectionLink, ...]:
    """The links, each with its own changes, with their final status and similarity.

    A section is unchanged if no text, link or image in it changed, and rewritten if less than two fifths of the text
    of both sides stayed.
    """
    lengths = {
        (side, section.id): sum(len(block.text) for block in section.blocks)
        for side, document in enumerate((old, new)) for section in document.sections
    }  # fmt: skip
    return tuple(_settled(link, own, lengths) for link, own in zip(links, changes, strict=True))


def _settled(link: SectionLink, changes: Sequence[Change], lengths: Mapping[tuple[int, SectionId], int]) -> SectionLink:
    if link.status in (SectionStatus.ADDED, SectionStatus.REMOVED):
        return link
    in_blocks = [change for change in changes if (change.old_block, change.new_block) != (None, None)]
    old, new = (sum(lengths[side, section] for section in ids) for side, ids in enumerate((link.old, link.new)))
    similarity = _kept(in_blocks, old + new)
    if link.status in (SectionStatus.SPLIT, SectionStatus.MERGED):
        return replace(link, similarity=similarity)
    if all(change.change_class is ChangeClass.TYPOGRAPHY for change in in_blocks):
        return replace(link, status=SectionStatus.UNCHANGED, similarity=1.0)
    rewritten = similarity < _REWRITTEN_BELOW and old and new
    return replace(link, status=SectionStatus.REWRITTEN if rewritten else SectionStatus.EDITED, similarity=similarity)


def _kept(changes: Sequence[Change], length: int) -> float:
    """The share of the text of both sides that stands in both, 0…1."""
    gone = sum(
        len(hunk.text)
        for change in changes if change.change_class not in _SILENT
        for hunk in change.hunks if hunk.operation is not Operation.EQUAL
    )  # fmt: skip
    return max(0.0, 1 - gone / length) if length else 1.0
