"""Footnotes: kept apart from the text, with their marks, wherever the source puts them."""

import unicodedata
from collections.abc import Sequence

import regex

from monitor.extract.flow import Piece
from monitor.model.document import BlockKind, Footnote, Link

_BACK = regex.compile(r"[\s↩↑⤴⏎⮌↗^\uFE0E\uFE0F]*$")
_BACK_FIRST = regex.compile(r"^(?:[↩↑^]\s*)+")
_NUMBERED = regex.compile(r"^[\[(]?(\p{Nd}{1,3})[\]).:、．]\s*(?=\S)")
_REFERENCE = regex.compile(r"(?<=[\p{L}\p{Pe}\p{Pf}\p{Po}\"'])\[(\p{Nd}{1,3})\]")


def footnote(mark: str, text: str, links: Sequence[Link]) -> Footnote:
    """A footnote without its back arrow; its address is that of the first link that leads anywhere."""
    text = _BACK.sub("", _BACK_FIRST.sub("", text))
    return Footnote(mark=mark, text=text, href=next((link.href for link in links), None))


def closing_notes(pieces: Sequence[Piece], marks: Sequence[str]) -> tuple[list[Piece], list[Footnote]]:
    """The pieces without the numbered list at their end, and that list as footnotes.

    The list counts as footnotes if every mark of the text is one of its numbers and it holds no more than one note
    without a mark. Without marks nothing is taken for a footnote.
    """
    start = len(pieces)
    notes: list[Footnote] = []
    while start and (note := _numbered(pieces[start - 1])):
        notes.insert(0, note)
        start -= 1
    wanted = {latin_digits(mark) for mark in marks}
    given = {latin_digits(note.mark) for note in notes}
    if not notes or not wanted or not wanted <= given or len(given - wanted) > 1:
        return list(pieces), []
    return list(pieces[:start]), notes


def _numbered(piece: Piece) -> Footnote | None:
    if piece.is_heading:
        return None
    if piece.number is not None and piece.kind is BlockKind.LIST_ITEM:
        return footnote(str(piece.number), piece.text, piece.links)
    found = _NUMBERED.match(piece.text)
    return footnote(found[1], piece.text[found.end() :], piece.links) if found else None


def without_references(pieces: Sequence[Piece]) -> tuple[list[Piece], list[str]]:
    """The pieces without bracketed reference marks ("…said.[3]"), and those marks, if notes with all of these numbers
    close the text; else the pieces as they are."""
    marks = [mark for piece in pieces for mark in (_REFERENCE.findall(piece.text) if "[" in piece.text else ())]
    if not marks or not closing_notes(pieces, marks)[1]:
        return list(pieces), []
    return [_without_marks(piece) for piece in pieces], marks


def _without_marks(piece: Piece) -> Piece:
    if "[" not in piece.text:
        return piece
    text = _REFERENCE.sub("", piece.text)
    links = piece.links if text == piece.text else tuple(_shifted(piece.text, piece.links))
    return Piece(text=text, kind=piece.kind, level=piece.level, anchor=piece.anchor, links=links,
                 number=piece.number, bold=piece.bold)  # fmt: skip


def _shifted(text: str, links: Sequence[Link]) -> list[Link]:
    gone = [(found.start(), found.end()) for found in _REFERENCE.finditer(text)]

    def moved(offset: int) -> int:
        return offset - sum(min(end, offset) - start for start, end in gone if start < offset)

    places = [(moved(link.start), moved(link.end), link.href) for link in links]
    return [Link(start=start, end=end, href=href) for start, end, href in places if start < end]


def latin_digits(text: str) -> str:
    """The text with the decimal digits of every script as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)
