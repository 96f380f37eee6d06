"""What the grid of languages is made of before it has a format, and what its rooms ask of the table they tell of."""

from collections.abc import Iterable
from typing import NamedTuple

from monitor.diff.lags import Drop, Lag
from monitor.diff.languages import Judgement, Languages
from monitor.diff.matrix import Absence, Row
from monitor.model.document import Document
from monitor.model.statistic import Statistic, StatisticKind
from monitor.report.changes import shortened
from monitor.report.facts import Key
from monitor.report.shapes import ChangeCard, Item, Phrase, Piece, Remark, Side, Tone
from monitor.report.visible import visible
from monitor.report.wording import Wording

_LONGEST_FIGURE = 24


class GridCell(NamedTuple):
    """A section in one language: a mark or a figure, what it means in words, and the id of both texts, or ""."""

    mark: str
    tone: Tone
    told: str
    note: str = ""
    anchor: str = ""


class GridRow(NamedTuple):
    """A section in every language, the source first."""

    heading: Piece
    cells: tuple[GridCell, ...]

    @property
    def agrees(self) -> bool:
        """True if there is nothing to be looked at in any language."""
        return all(cell.tone is Tone.CALM for cell in self.cells)


class GridText(NamedTuple):
    """A section in the source and in one language."""

    anchor: str
    language: str
    cell: GridCell
    items: tuple[Item, ...]


class GridSection(NamedTuple):
    """What stands behind a row: what is to be said of its figures and lags, what changed in the source, and the texts."""

    anchor: str
    heading: Piece
    remarks: tuple[Remark, ...]
    changes: tuple[ChangeCard, ...]
    texts: tuple[GridText, ...]
    agrees: bool


class Grid(NamedTuple):
    """A report on the languages of one edition. `columns` are tags, the source first; `names` their names. `agreeing` says
    how many rows agree in everything, "" if none does."""

    wording: str
    direction: str
    kicker: str
    headline: Phrase
    summary: tuple[Remark, ...]
    notes: tuple[Phrase, ...]
    keys: tuple[Key, ...]
    columns: tuple[str, ...]
    names: tuple[str, ...]
    editions: tuple[GridCell, ...]
    rows: tuple[GridRow, ...]
    agreeing: str
    sections: tuple[GridSection, ...]
    sides: tuple[Side, ...]


class Table(NamedTuple):
    """The languages and what is needed to tell of them."""

    languages: Languages
    words: Wording

    @property
    def source(self) -> Document:
        return self.languages.matrix.documents[0]


def heading_of(row: Row, table: Table, anchor: str) -> Piece:
    language = table.source.language if row.source else row.cells[0].language
    return Piece(text=visible(row.heading), language=language, anchor=anchor)


def judgements_of(row: Row, table: Table) -> list[Judgement]:
    return [j for j in table.languages.judgements if j.disagreement in row.disagreements]


def lags_of(row: Row, table: Table) -> list[Lag]:
    return [lag for lag in table.languages.lags if row.source is not None and lag.section == row.source]


def by_day(late: Iterable[Lag], words: Wording) -> dict[tuple[str, bool], list[Lag]]:
    """The lags by the day of the change, those of what the source added apart."""
    days: dict[tuple[str, bool], list[Lag]] = {}
    for lag in late:
        days.setdefault((words.day(lag.since, year=True), lag.is_new), []).append(lag)
    return days


def drop_of(row: Row, table: Table) -> Drop | None:
    """The drop of a section that only another language still has; None if the source never had it, as far as is known."""
    if row.source is not None:
        return None
    (cell,) = row.cells
    return next((d for d in table.languages.drops if (d.language, d.sections) == (cell.language, cell.sections)), None)


def figure_of(statistic: Statistic, words: Wording) -> str:
    """A count as the report writes numbers; what has a unit as the text has it."""
    value = statistic.value
    if statistic.kind is not StatisticKind.COUNT or value is None:
        return shortened(statistic.quote, _LONGEST_FIGURE)
    return "–".join(map(words.number, value)) if isinstance(value, tuple) else words.number(value)


def figure_piece(statistic: Statistic, language: str, words: Wording) -> Piece:
    """A figure to be read in a sentence, in the words of its language if it has a unit."""
    own = statistic.kind is not StatisticKind.COUNT or statistic.value is None
    return Piece(text=figure_of(statistic, words), language=language if own else None, strong=True)


def absence_phrase(absence: Absence, table: Table) -> Phrase:
    """A figure, the languages that state it and those that do not."""
    words = table.words
    return words.phrase(
        "absent", figure=figure_piece(absence.statistic, absence.stating[0], words),
        stating=language_names(absence.stating, words), lacking=language_names(absence.lacking, words),
    )  # fmt: skip


def language_names(tags: Iterable[str], words: Wording) -> Phrase:
    return words.listed((Piece(text=words.language(tag)),) for tag in tags)


def section_name(section: str, table: Table) -> Piece:
    number = next(n for n, row in enumerate(table.languages.matrix.rows, 1) if row.source == section)
    heading = visible(table.source.section(section).heading)
    return Piece(text=heading, language=table.source.language, strong=True, anchor=f"row-{number}")
