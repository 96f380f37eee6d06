"""What the report of two versions that are held tells of the other languages of its target: which have not followed a
revision, and all of them against a new edition."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from monitor.diff.languages import Languages
from monitor.diff.matrix import Row
from monitor.model.document import SectionId
from monitor.report.grid_cells import editions_of, row_of
from monitor.report.grid_shapes import GridCell, GridRow, Table, language_names
from monitor.report.scene import Scene
from monitor.report.sections import new_name
from monitor.report.shapes import Phrase, Remark, Tone


class SmallGrid(NamedTuple):
    """The sections of an edition × languages, for the rows that are to be looked at; `agreeing` counts the others, or is
    "". Headings lead to the cards of the report, cells to nothing."""

    names: tuple[str, ...]
    editions: tuple[GridCell, ...]
    rows: tuple[GridRow, ...]
    agreeing: str


def small_grid(scene: Scene, languages: Languages) -> SmallGrid | None:
    """The languages against the new text; None if that is not the one they are held against, or there is no other."""
    source = languages.matrix.documents[0]
    if source.sha256 != scene.comparison.new.sha256 or not (languages.matrix.comparisons or languages.left_out):
        return None
    table = Table(languages, scene.words)
    documents = (*languages.matrix.documents, *languages.left_out)
    rows = [_row(number, row, table, scene) for number, row in enumerate(languages.matrix.rows, start=1)]
    count = sum(row.agrees for row in rows)
    return SmallGrid(
        names=tuple(scene.words.language(document.language) for document in documents),
        editions=editions_of(documents, table), rows=tuple(row for row in rows if not row.agrees),
        agreeing=scene.words.say("sections_agreeing", n=count) if count else "",
    )  # fmt: skip


def _row(number: int, row: Row, table: Table, scene: Scene) -> GridRow:
    found = row_of(number, row, table)
    anchor = scene.anchors.get(f"+{row.source}", "") if row.source else ""
    return GridRow(
        heading=found.heading._replace(anchor=anchor), cells=tuple(cell._replace(anchor="") for cell in found.cells)
    )


def late(scene: Scene, languages: Languages) -> Iterator[Remark]:
    """One remark for the sections of each day that the same languages have not followed; none unless the new text is the
    one that the languages are held against."""
    words, source = scene.words, languages.matrix.documents[0]
    if source.sha256 != scene.comparison.new.sha256:
        return
    changed = {change.new_section for change in scene.comparison.changes}
    behind: defaultdict[tuple[SectionId, str], list[str]] = defaultdict(list)
    for lag in languages.lags:
        if lag.section in changed:
            behind[lag.section, words.day(lag.since, year=True)].append(lag.language)
    groups: defaultdict[tuple[str, tuple[str, ...]], list[Phrase]] = defaultdict(list)
    for (section, day), late_ones in behind.items():
        groups[day, tuple(late_ones)].append((new_name(section, scene),))
    for (day, tags), sections in groups.items():
        told = words.phrase(
            "lag_group", source=words.language(source.language), date=day, languages=language_names(tags, words),
            sections=words.listed(sections),
        )  # fmt: skip
        yield Remark(tone=Tone.FLAG, phrase=words.phrase("statement", what=told))
