"""The grid of languages for a terminal."""

from collections.abc import Iterator, Sequence

from monitor.report.columns import Run, Style, columns, wrapped
from monitor.report.grid_shapes import Grid, GridCell, GridSection
from monitor.report.plain import TONES, phrase_runs
from monitor.report.shapes import Tone
from monitor.report.wording import wording_of

_NARROWEST, _NARROWEST_CELL = 14, 5
_GAP = "  "
_STYLES = {Tone.FLAG: Style.FLAG, Tone.REMOVE: Style.FLAG, Tone.ADD: Style.STRONG, Tone.MOVE: Style.MOVED}


def grid_plain(grid: Grid, *, colour: bool, width: int) -> str:
    """The grid as lines of at most about `width` columns: what is to be known, the rows of the table on which languages
    differ, the figures that disagree.

    A cell that is not as it should be is marked with "!" before it, with colour or without.
    """
    return "".join(_lines(grid, colour=colour, width=max(width, 40)))


def _lines(grid: Grid, *, colour: bool, width: int) -> Iterator[str]:
    words = wording_of(grid.wording)
    yield wrapped(phrase_runs(grid.headline, Style.STRONG), width=width, colour=colour)
    yield wrapped([Run(grid.kicker, Style.SOFT)], width=width, colour=colour)
    yield "\n"
    for note in grid.notes:
        label = Run(f"{words.say('note')}{words.say('colon')}")
        yield wrapped([label, *phrase_runs(note)], width=width, hanging="  ", colour=colour)
    for remark in grid.summary:
        mark, style = TONES[remark.tone]
        yield wrapped([Run(f"{mark} ", style), *phrase_runs(remark.phrase)], width=width, hanging="  ", colour=colour)
    yield "\n"
    yield from _table(grid, words.say("row_section"), words.say("row_edition"), width, colour=colour)
    yield wrapped([Run(words.say("grid_legend_text"), Style.SOFT)], width=width, colour=colour)
    for section in grid.sections:
        yield from _section(section, width, colour=colour)
    yield "\n"
    for side in grid.sides:
        told = f"{side.label}{words.say('colon')}{side.source} (SHA-256 {side.sha256[:16]})"
        yield wrapped([Run(told, Style.SOFT)], width=width, hanging="  ", colour=colour)


def _table(grid: Grid, sections: str, edition: str, width: int, *, colour: bool) -> Iterator[str]:
    """The rows that are to be looked at, in what the terminal is wide; all rows if there are none."""
    head = [GridCell(mark=tag, tone=Tone.CALM, told="") for tag in grid.columns]
    looked_at = [row for row in grid.rows if not row.agrees] or grid.rows
    rows = [(sections, head), (edition, grid.editions), *((row.heading.text, row.cells) for row in looked_at)]
    widths = [max(columns(_text(cells[place])) for _, cells in rows) for place in range(len(head))]
    room = width - _NARROWEST - len(_GAP) * len(widths)
    if sum(widths) > room:
        rows = [(heading, [cell._replace(note="") for cell in cells]) for heading, cells in rows]
        widest = max(room // len(widths), _NARROWEST_CELL)
        widths = [min(widest, max(columns(_text(cells[place])) for _, cells in rows)) for place in range(len(head))]
    first = min(width - sum(widths) - len(_GAP) * len(widths), max(columns(heading) for heading, _ in rows))
    for heading, cells in rows:
        runs = [Run(_padded(_fitted(heading, first), first))]
        for cell, wide in zip(cells, widths, strict=True):
            text = _padded(_fitted(_text(cell), wide), wide)
            runs += [Run(_GAP), Run(text, _STYLES.get(cell.tone, Style.PLAIN))]
        yield wrapped(runs, width=10_000, colour=colour)
    if len(looked_at) < len(grid.rows):
        yield wrapped([Run(f"{grid.agreeing}.")], width=width, colour=colour)


def _text(cell: GridCell) -> str:
    """The cell in one line; "!" tells what colour tells on the page."""
    flag = "!" if cell.tone in (Tone.FLAG, Tone.REMOVE) else ""
    return f"{flag}{cell.mark} {cell.note}".rstrip()


def _fitted(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    while text and columns(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _section(section: GridSection, width: int, *, colour: bool) -> Iterator[str]:
    """What is to be said of a section's figures and lags; the texts themselves stand on the page only."""
    if not section.remarks:
        return
    yield "\n"
    yield wrapped([Run(section.heading.text, Style.STRONG)], width=width, colour=colour)
    for remark in section.remarks:
        mark, style = TONES[remark.tone]
        runs: Sequence[Run] = [Run(f"{mark} ", style), *phrase_runs(remark.phrase)]
        yield wrapped(runs, width=width, indent="  ", hanging="    ", colour=colour)
