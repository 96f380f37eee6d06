"""Paragraphs that a page end cut in two, in text that was once paged."""

from collections.abc import Sequence

import regex

from monitor.extract.flow import Piece
from monitor.model.document import BlockKind, Link

_FINAL = regex.compile(r"[.!?。！？؟۔…:：;；][\p{Pf}\p{Pe}\"'’”»）」』]*$")
_GOES_ON = regex.compile(r"[\p{L}\p{N}\p{M},،，、\p{Pd}\p{Pf}\p{Pe}\"'’]$")
_QUOTES = {"“": "”", "«": "»", "‘": "’", "「": "」", "『": "』", '"': '"'}
_LONG = 60
_LONGEST = 5_000
_END = 12
_MOSTLY = 0.75


def joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with cut paragraphs whole again, and without the quotation mark that was doubled at the cut.

    A paragraph is taken for cut if it stops in the middle of a sentence and the next one starts in lower case or
    with a mark that is already open; or if it is long and the document's paragraphs end with a full stop otherwise.
    """
    whole = _pass(pieces, strict=False)
    return _pass(whole, strict=True) if _ends_sentences(whole) else whole


def _pass(pieces: Sequence[Piece], *, strict: bool) -> list[Piece]:
    whole: list[Piece] = []
    for piece in pieces:
        if whole and _is_cut(whole[-1], piece, strict=strict):
            whole[-1] = _join(whole[-1], piece)
        else:
            whole.append(piece)
    return whole


def _ends_sentences(pieces: Sequence[Piece]) -> bool:
    texts = [piece.text for piece in pieces if not piece.is_heading and len(piece.text) >= _LONG]
    return len(texts) > 3 and sum(1 for text in texts if _FINAL.search(text[-_END:])) >= _MOSTLY * len(texts)


def _is_cut(before: Piece, after: Piece, *, strict: bool) -> bool:
    if before.is_heading or after.is_heading or after.kind is not BlockKind.PARAGRAPH or after.number is not None:
        return False
    if before.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or after.bold or len(before.text) > _LONGEST:
        return False
    end = before.text[-_END:]
    if _FINAL.search(end) or not _GOES_ON.search(end):
        return False
    if after.text[:1].islower() or _is_doubled(before.text, after.text):
        return True
    return strict and len(before.text) >= _LONG and len(after.text) >= _LONG


def _is_doubled(before: str, after: str) -> bool:
    """True if `after` opens with a quotation mark that `before` left open."""
    first = after[:1]
    if first not in _QUOTES:
        return False
    if first == _QUOTES[first]:
        return before.count(first) % 2 == 1
    return before.count(first) > before.count(_QUOTES[first])


def _join(before: Piece, after: Piece) -> Piece:
    gone = 1 if _is_doubled(before.text, after.text) else 0
    shift = len(before.text) + 1 - gone
    links = [Link(start=link.start + shift, end=link.end + shift, href=link.href) for link in after.links]
    return before._replace(text=f"{before.text} {after.text[gone:]}", links=(*before.links, *links))
