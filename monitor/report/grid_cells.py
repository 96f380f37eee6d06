"""The cells of the grid: what became of a section of the source in each language."""

from collections.abc import Iterable, Iterator, Sequence

from monitor.diff.languages import SOURCE
from monitor.diff.matrix import Cell, CellStatus, Row
from monitor.model.comparison import Comparison
from monitor.model.document import Document
from monitor.report.grid_shapes import GridCell, GridRow, Table, drop_of, figure_of, heading_of, judgements_of, lags_of
from monitor.report.shapes import Tone
from monitor.report.wording import Wording

_MARKS = {
    CellStatus.OK: ("●", Tone.CALM, "same"), CellStatus.MOVED: ("↕", Tone.MOVE, "moved"),
    CellStatus.MISSING: ("−", Tone.REMOVE, "missing"), CellStatus.EXTRA: ("+", Tone.ADD, "extra"),
    CellStatus.MERGED: ("∪", Tone.EDIT, "merged"), CellStatus.SPLIT: ("÷", Tone.EDIT, "split"),
}  # fmt: skip
_SHORTER = ("◐", Tone.FLAG, "shorter")


def editions_of(documents: Sequence[Document], table: Table) -> tuple[GridCell, ...]:
    """The edition that each document carries; those that are left out are flagged."""

    def cell(document: Document) -> GridCell:
        behind = any(document is one for one in table.languages.left_out)
        told = table.words.say("cell_apart") if behind else ""
        return GridCell(
            mark=str(document.edition or "—"), tone=Tone.FLAG if behind else Tone.CALM, told=told, note=told
        )

    return tuple(map(cell, documents))


def row_of(number: int, row: Row, table: Table) -> GridRow:
    anchor = f"row-{number}"
    cells = [
        _source_cell(row, anchor, table),
        *(_cell(place, row, anchor, table) for place in range(len(table.languages.matrix.comparisons))),
    ]
    cells += [GridCell(mark="", tone=Tone.CALM, told=table.words.say("cell_apart")) for _ in table.languages.left_out]
    return GridRow(heading=heading_of(row, table, anchor), cells=tuple(cells))


def _source_cell(row: Row, anchor: str, table: Table) -> GridCell:
    words = table.words
    if row.source is None:
        return GridCell(mark="", tone=Tone.CALM, told=words.say("cell_absent"))
    judgements = judgements_of(row, table)
    alone = any(SOURCE in judgement.outliers for judgement in judgements)
    figures = _listed((figure_of(j.disagreement.source, words) for j in judgements), words)
    return GridCell(
        mark=figures or "●", tone=Tone.REMOVE if alone else Tone.CALM, anchor=anchor,
        told=words.say("cell_disagrees" if alone else "cell_same"),
    )  # fmt: skip


def cell_of(row: Row, comparison: Comparison) -> Cell | None:
    """The cell of a row in the language of a comparison; None where only another language has the section."""
    for cell in row.cells:
        if cell.language == comparison.new.language and (row.source or _holds(comparison, cell)):
            return cell
    return None


def _holds(comparison: Comparison, cell: Cell) -> bool:
    return any(link.new == cell.sections and not link.old for link in comparison.alignment)


def _cell(place: int, row: Row, anchor: str, table: Table) -> GridCell:
    words, comparison = table.words, table.languages.matrix.comparisons[place]
    cell = cell_of(row, comparison)
    if cell is None:
        return GridCell(mark="", tone=Tone.CALM, told=words.say("cell_absent"))
    mark, tone, told = _SHORTER if cell.shorter else _MARKS[cell.status]
    found = GridCell(mark=mark, tone=tone, told=words.say(f"cell_{told}"), anchor=f"{anchor}-{place + 1}")
    lag = next((lag for lag in lags_of(row, table) if lag.language == cell.language), None)
    if cell.sections and row.source is not None:
        found = _with_figures(found, _figures_of(cell, row, table), words)
    late = lag or drop_of(row, table)
    if late is None:
        return found
    state = "dropped" if lag is None else "awaited" if lag.is_new else "lags"
    since = words.say("cell_since", date=words.day(late.since))
    return found._replace(tone=Tone.FLAG, told=words.say(f"cell_{state}"), note=since)


def _figures_of(cell: Cell, row: Row, table: Table) -> Iterator[tuple[str, Tone]]:
    """The figures on which the languages of a row differ, as this one states them, and how they are to be looked at: "−"
    before one that it does not state, "+" before one that the source does not."""
    words, language = table.words, cell.language
    for judgement in judgements_of(row, table):
        told = judgement.disagreement
        own = dict([*told.equal, *((tag, statistic) for tag, statistic, _ in told.stated)]).get(language)
        if own is not None:
            differs = language not in told.agreeing
            tone = Tone.REMOVE if language in judgement.outliers else Tone.FLAG if differs else Tone.CALM
            yield figure_of(own, words), tone
        else:
            yield f"−{figure_of(told.source, words)}", Tone.FLAG
    for absence in table.languages.absences(row):
        added = table.source.language in absence.lacking
        if language in (absence.stating if added else absence.lacking):
            yield f"{'+' if added else '−'}{figure_of(absence.statistic, words)}", Tone.FLAG


def _with_figures(found: GridCell, figures: Iterable[tuple[str, Tone]], words: Wording) -> GridCell:
    """The cell with the figures in place of its mark, and the gravest of their tones."""
    stated = list(dict.fromkeys(figures))
    tones = {found.tone, *(tone for _, tone in stated)}
    tone = next((grave for grave in (Tone.REMOVE, Tone.FLAG) if grave in tones), found.tone)
    if not stated:
        return found
    told = found.told if tone is found.tone else words.say("cell_disagrees")
    return found._replace(mark=_listed((figure for figure, _ in stated), words), tone=tone, told=told)


def _listed(figures: Iterable[str], words: Wording) -> str:
    return words.sentences["list_heavy"].join(figures)
