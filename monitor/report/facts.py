"""What a report tells of two editions or languages beside their sections: numbers, subjects, names. Values only, apart from
the other shapes because a report on a revision has none of them."""

from typing import NamedTuple

from monitor.report.shapes import FigureRow, Piece, State

BAR = 24
"""The length of the longest bar."""


class FigureGroup(NamedTuple):
    """Figures that stand on one side only, folded under their label."""

    label: str
    rows: tuple[FigureRow, ...]
    cut: str = ""


class Key(NamedTuple):
    """A number that sums up a comparison, with what it counts."""

    value: str
    label: str


class SubjectRow(NamedTuple):
    """A subject of two editions: its headings, and its words on each side as numbers and as bars (0…BAR; None: it is
    missing there). `change` is by how much its length changed, or "". `became`: it goes on otherwise than under its old heading alone."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    old_words: str
    new_words: str
    old_bar: int | None
    new_bar: int | None
    change: str
    states: tuple[State, ...]
    became: bool


class NameCount(NamedTuple):
    """A name with how often it stands there."""

    name: str
    times: str


class NameGroup(NamedTuple):
    """Names under a label; `cut` tells how many are left out, or ""."""

    label: str
    names: tuple[NameCount, ...]
    cut: str = ""


class NamesOfKind(NamedTuple):
    """The names of people, of organisations or of places, under their label."""

    label: str
    groups: tuple[NameGroup, ...]


class EditionPart(NamedTuple):
    """What is told of two editions beside their figures and sections; `language` is that of the names."""

    language: str
    subjects: tuple[SubjectRow, ...]
    names: tuple[NamesOfKind, ...]
    sources: tuple[NameGroup, ...]
