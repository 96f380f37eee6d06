"""Footnotes: kept apart from the text, with their marks, wherever the source puts them."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import regex

from monitor.extract.flow import Piece
from monitor.extract.furniture import reads_like
from monitor.model.document import BlockKind, Footnote, Link

_BACK = regex.compile(r"[\s↩↑⤴⏎⮌↗^\uFE0E\uFE0F]*$")
_BACK_FIRST = regex.compile(r"^(?:[↩↑^]\s*)+")
_NUMBERED = regex.compile(r"^[\[(]?(\p{Nd}{1,3})[\]).:、．]\s*(?=\S)")
_REFERENCE = regex.compile(r"(?<=[\p{L}\p{Pe}\p{Pf}\p{Po}\"'])\[(\p{Nd}{1,3})\]")
_RAISED = regex.compile(r"(?<=\p{Nd})[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")


def footnote(mark: str, text: str, links: Sequence[Link]) -> Footnote:
    """A footnote without its back arrow; its address is that of the first link that leads anywhere."""
    text = _BACK.sub("", _BACK_FIRST.sub("", text))
    return Footnote(mark=mark, text=text, href=next((link.href for link in links), None))


def closing_notes(
    pieces: Sequence[Piece], marks: Sequence[str], headings: tuple[str, ...]
) -> tuple[list[Piece], list[Footnote]]:
    """The pieces without the numbered list under a heading of notes (one of `headings`) or at their end, and without
    the heading of that list, and that list as footnotes.

    The list counts as footnotes if every mark of the text is one of its numbers and it holds no more than one note
    without a mark. Without marks nothing is taken for a footnote.
    """
    if not marks:
        return list(pieces), []
    start, end = _listed(pieces, headings)
    notes = [note for piece in pieces[start:end] if (note := _numbered(piece))]
    wanted = {latin_digits(mark) for mark in marks}
    given = {latin_digits(note.mark) for note in notes}
    if not notes or not wanted <= given or len(given - wanted) > 1:
        return list(pieces), []
    headed = start > 0 and pieces[start - 1].is_heading
    return [*pieces[: start - headed], *pieces[end:]], notes


def _listed(pieces: Sequence[Piece], headings: tuple[str, ...]) -> tuple[int, int]:
    """Where the numbered list stands: under the last heading of notes, else at the end."""
    headed = [index for index, piece in enumerate(pieces) if heads_notes(piece, headings)]
    start = end = headed[-1] + 1 if headed else 0
    while headed and end < len(pieces) and _numbered(pieces[end]):
        end += 1
    if start < end:
        return start, end
    start = len(pieces)
    while start and _numbered(pieces[start - 1]):
        start -= 1
    return start, len(pieces)


def heads_notes(piece: Piece, headings: tuple[str, ...]) -> bool:
    """Whether a piece is a heading of notes, one of `headings`."""
    return piece.is_heading and reads_like(piece.text, headings)


def _numbered(piece: Piece) -> Footnote | None:
    if piece.is_heading:
        return None
    if piece.number is not None and piece.kind is BlockKind.LIST_ITEM:
        return footnote(str(piece.number), piece.text, piece.links)
    found = _NUMBERED.match(piece.text)
    return footnote(found[1], piece.text[found.end() :], piece.links) if found else None


def without_references(pieces: Sequence[Piece], headings: tuple[str, ...]) -> tuple[list[Piece], list[str]]:
    """The pieces without bracketed reference marks ("…said.[3]"), and those marks, if there are closing notes with all
    of these numbers; else the pieces as they are."""
    marks = [mark for piece in pieces for mark in (_REFERENCE.findall(piece.text) if "[" in piece.text else ())]
    if not marks or not closing_notes(pieces, marks, headings)[1]:
        return list(pieces), []
    return [_without(piece, [found.span() for found in _REFERENCE.finditer(piece.text)]) for piece in pieces], marks


def without_raised_marks(pieces: Sequence[Piece], notes: Sequence[Footnote]) -> list[Piece]:
    """The pieces without the raised numbers after a number ("5² people") that are the marks of these notes."""
    marks = {latin_digits(note.mark) for note in notes}
    return [
        _without(piece, [found.span() for found in _RAISED.finditer(piece.text) if latin_digits(found[0]) in marks])
        for piece in pieces
    ]


def _without(piece: Piece, spans: Sequence[tuple[int, int]]) -> Piece:
    """The piece without these spans of its text, which are in order."""
    if not spans:
        return piece
    edges = [(0, 0), *spans, (len(piece.text), len(piece.text))]
    text = "".join(piece.text[before:after] for (_, before), (after, _) in pairwise(edges))
    return piece._replace(text=text, links=tuple(_shifted(piece.links, spans)))


def _shifted(links: Sequence[Link], gone: Sequence[tuple[int, int]]) -> list[Link]:

    def moved(offset: int) -> int:
        return offset - sum(min(end, offset) - start for start, end in gone if start < offset)

    places = [(moved(link.start), moved(link.end), link.href) for link in links]
    return [Link(start=start, end=end, href=href) for start, end, href in places if start < end]


def latin_digits(text: str) -> str:
    """The text with the digits of every script, raised ones too, as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text)
