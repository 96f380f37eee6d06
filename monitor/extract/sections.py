"""A flow of pieces into sections: what is no part of the report goes, the rest stands under its headings."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

import regex

from monitor.extract.datelines import without_datelines
from monitor.extract.flow import Piece
from monitor.extract.furniture import is_furniture, reads_like, without_contents
from monitor.extract.titles import same_heading
from monitor.model.document import Block, BlockKind, Section, SectionId
from monitor.sites.profile import Labels

_CAPTION_CREDIT = regex.compile(r"\s*[(\[]?©.*$")
_UNDER_DOWNLOAD = 60
_BOLD_HEADING = 110
_ENDS_SENTENCE = regex.compile(r"[.!?。！？؟۔:：;；…][\p{Pf}\p{Pe}\"'’”»]*$")
_BEFORE_TITLE = 0.5


def report_pieces(pieces: Sequence[Piece], title: str, labels: Labels) -> list[Piece]:
    """The pieces that are the report: after its title, before the boxes that follow it, without labels, credits,
    a table of contents and date lines."""
    kept = [piece for piece in map(_without_credit, pieces) if not is_furniture(piece, labels)]
    kept = _without_related(_before_end(_after_title(kept, title), labels), labels)
    kept = without_datelines(without_contents(kept, labels), labels)
    return kept if any(piece.is_heading for piece in kept) else _bold_as_headings(kept)


def sections(pieces: Sequence[Piece], title: str, topic: Callable[[str], str | None]) -> tuple[Section, ...]:
    """The lead, headed by the title, and a section for each heading. Ids are "s0", "s1" … in reading order."""
    groups: list[tuple[Piece, list[Piece]]] = [(Piece(text=title, level=1), [])]
    for piece in pieces:
        if piece.is_heading:
            groups.append((piece, []))
        else:
            groups[-1][1].append(piece)
    return tuple(
        Section(
            id=SectionId(f"s{position}"), position=position, level=heading.level, heading=heading.text,
            blocks=tuple(Block(kind=piece.kind, text=piece.text, links=piece.links) for piece in blocks),
            anchor=heading.anchor, topic=topic(heading.text) if position else None,
        )
        for position, (heading, blocks) in enumerate(groups)
    )  # fmt: skip


def _without_credit(piece: Piece) -> Piece:
    if piece.kind is BlockKind.CAPTION and "©" in piece.text:
        return piece._replace(text=_CAPTION_CREDIT.sub("", piece.text), links=())
    return piece


def _after_title(pieces: list[Piece], title: str) -> list[Piece]:
    """What follows the title; all of it if the title is not in the text or most of the text stands before it."""
    total = sum(len(piece.text) for piece in pieces)
    before, after = 0, 0
    for index, piece in enumerate(pieces):
        if before > total * _BEFORE_TITLE:
            break
        if same_heading(piece.text, title) and (piece.is_heading or not index):
            after = index + 1
            if piece.text == title:
                break
        elif piece.is_heading and after:
            break
        before += len(piece.text)
    return pieces[after:]


def _before_end(pieces: list[Piece], labels: Labels) -> list[Piece]:
    """The pieces before the first heading of what follows a report: a labelled end, or a box to download it."""
    ends = tuple(label.casefold() for label in labels.end)
    for index, piece in enumerate(pieces):
        if piece.is_heading and index and piece.text.casefold().startswith(ends or ("\0",)):
            return pieces[:index]
    return pieces


def _without_related(pieces: list[Piece], labels: Labels) -> list[Piece]:
    """The pieces without the sections that are lists of links to other pages, and without a heading of footnotes
    that have gone elsewhere."""
    kept: list[Piece] = []
    dropped = 0
    for index, piece in enumerate(pieces):
        if piece.is_heading:
            below = _below(pieces, index)
            empty_notes = not below and reads_like(piece.text, labels.footnotes)
            related = reads_like(piece.text, labels.related) and all(_is_link(block) for block in below)
            inside = 0 < dropped < piece.level
            dropped = piece.level if empty_notes or related else dropped if inside else 0
        if not dropped:
            kept.append(piece)
    return kept


def _below(pieces: list[Piece], index: int) -> list[Piece]:
    below = []
    for piece in pieces[index + 1 :]:
        if piece.is_heading:
            break
        below.append(piece)
    return below


def _is_link(piece: Piece) -> bool:
    linked = sum(link.end - link.start for link in piece.links)
    return piece.kind is BlockKind.IMAGE or len(piece.text) < _UNDER_DOWNLOAD or linked > len(piece.text) / 2


def _bold_as_headings(pieces: list[Piece]) -> list[Piece]:
    """Short bold paragraphs followed by others head sections, in a text that has no headings of its own."""
    last = Piece(text="", bold=True)
    return [
        piece._replace(level=3, links=()) if _is_bold_heading(piece) and not after.bold else piece
        for piece, after in zip_longest(pieces, pieces[1:], fillvalue=last)
    ]


def _is_bold_heading(piece: Piece) -> bool:
    short = piece.kind is BlockKind.PARAGRAPH and len(piece.text) <= _BOLD_HEADING
    return piece.bold and short and not _ENDS_SENTENCE.search(piece.text[-8:])
