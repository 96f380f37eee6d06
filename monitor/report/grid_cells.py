"""The cells of the grid: what became of a section of the source in each language."""

from collections.abc import Iterable, Sequence

from monitor.diff.languages import SOURCE, Judgement
from monitor.diff.matrix import Cell, CellStatus, Row
from monitor.model.comparison import Comparison
from monitor.report.grid_shapes import GridCell, GridRow, Table, drop_of, figure_of, heading_of, judgements_of, lags_of
from monitor.report.shapes import Tone
from monitor.report.wording import Wording

_MARKS = {
    CellStatus.OK: ("●", Tone.CALM, "same"), CellStatus.MOVED: ("↕", Tone.MOVE, "moved"),
    CellStatus.MISSING: ("−", Tone.REMOVE, "missing"), CellStatus.EXTRA: ("+", Tone.ADD, "extra"),
    CellStatus.MERGED: ("∪", Tone.EDIT, "merged"), CellStatus.SPLIT: ("÷", Tone.EDIT, "split"),
}  # fmt: skip


def row_of(number: int, row: Row, table: Table) -> GridRow:
    anchor = f"row-{number}"
    cells = [
        _source_cell(row, anchor, table),
        *(_cell(place, row, anchor, table) for place in range(len(table.languages.matrix.comparisons))),
    ]
    cells += [GridCell(mark="", tone=Tone.CALM, told=table.words.say("cell_apart")) for _ in table.languages.apart]
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
    mark, tone, told = _MARKS[cell.status]
    found = GridCell(mark=mark, tone=tone, told=words.say(f"cell_{told}"), anchor=f"{anchor}-{place + 1}")
    lag = next((lag for lag in lags_of(row, table) if lag.language == cell.language), None)
    judgements = judgements_of(row, table)
    if cell.status is not CellStatus.MISSING and judgements:
        found = _with_figures(found, cell, judgements, words)
    late = lag or drop_of(row, table)
    if late is None:
        return found
    state = "dropped" if lag is None else "awaited" if lag.is_new else "lags"
    since = words.say("cell_since", date=words.day(late.since))
    return found._replace(tone=Tone.FLAG, told=words.say(f"cell_{state}"), note=since)


def _with_figures(found: GridCell, cell: Cell, judgements: Sequence[Judgement], words: Wording) -> GridCell:
    """The figures of the row as the language states them."""
    stated = []
    tone = found.tone
    for judgement in judgements:
        own = next((s for language, s, _ in judgement.disagreement.stated if language == cell.language), None)
        stated.append(figure_of(own or judgement.disagreement.source, words))
        if own is not None and tone is not Tone.REMOVE:
            tone = Tone.REMOVE if cell.language in judgement.outliers else Tone.FLAG
    told = found.told if tone is found.tone else words.say("cell_disagrees")
    return found._replace(mark=_listed(stated, words), tone=tone, told=told)


def _listed(figures: Iterable[str], words: Wording) -> str:
    return words.sentences["list_heavy"].join(figures)
