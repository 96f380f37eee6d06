"""Blocks that belong to the page and not to the report: buttons that were text, credits, tables of contents."""

import functools
from collections.abc import Sequence
from itertools import groupby

import regex

from monitor.extract.flow import Piece
from monitor.model.document import BlockKind
from monitor.sites.profile import Labels

_LABEL = 80
_CREDIT = 160
_ENOUGH_CONTENTS = 2
_ARROWS = regex.compile(r"[\s↑⇧⬆▲△\uFE0E\uFE0F]+")
_SIZE = regex.compile(
    r"(?r)\s*(?:[(\[（](?:PDF\P{L}+)?)?\p{Nd}[\p{Nd}.,٫]*\s*(?:[KMk]?[Bo]|[КМ]Б|ميغابايت|م\.ب)[)\]）]?$"
)
_COPYRIGHT = regex.compile(
    r"(?:(?i:copyright)\s*(?:©|\((?i:c)\))?|\((?i:c)\))\s*\p{Nd}{4}(?:[-–]\p{Nd}{4})?(?:[\s.,]+[\p{Lu}\p{Lo}][^\p{Nd}:;]*)?"
)
_NEWS = regex.compile(r"[\p{Nd}:：]|[.!?。！？؟۔]$")


def is_furniture(piece: Piece, labels: Labels) -> bool:
    """Whether a piece is empty, or a block that is one of the labels of the page and nothing else."""
    text = piece.text
    if piece.is_heading or not text:
        return not text
    if text.startswith(labels.disclaimer) or (len(text) <= _CREDIT and text.startswith(labels.credit)):
        return True
    if len(text) > _LABEL:
        return False
    back = text.startswith(labels.back) and not _NEWS.search(text)
    sharing = piece.kind is BlockKind.PARAGRAPH and reads_like(text, labels.share)
    sign = bool(_ARROWS.fullmatch(text) or _COPYRIGHT.fullmatch(text))
    return back or sharing or sign or reads_like(_SIZE.sub("", text), labels.download)


def without_contents(pieces: Sequence[Piece], labels: Labels) -> list[Piece]:
    """The pieces without the lists that repeat the headings of the page, and without the headings of these lists."""
    headings = {piece.text.casefold() for piece in pieces if piece.is_heading}
    kept: list[Piece] = []
    for listed, group in groupby(pieces, key=lambda piece: piece.kind is BlockKind.LIST_ITEM and not piece.is_heading):
        run = list(group)
        if not listed or len(run) < _ENOUGH_CONTENTS or any(piece.text.casefold() not in headings for piece in run):
            kept.extend(run)
        elif kept and reads_like(kept[-1].text, labels.contents):
            kept.pop()
    return kept


def reads_like(text: str, labels: tuple[str, ...]) -> bool:
    """Whether a text is one of the labels, but for case and marks around it."""
    return text.casefold().strip(" :.…→>»›") in _folded(labels)


@functools.cache
def _folded(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(label.casefold() for label in labels)
