"""The languages of a report as a grid: sections × languages, each cell leading to both texts. Every decision about it; the
formats only lay out what stands in it."""

from collections.abc import Iterable, Iterator, Sequence

from monitor.diff.languages import SOURCE, Judgement, Languages
from monitor.diff.matrix import Cell, CellStatus, Row
from monitor.model.comparison import Comparison, SectionLink
from monitor.report.changes import card, shortened
from monitor.report.facts import Key
from monitor.report.grid_cells import cell_of, editions_of, row_of
from monitor.report.grid_shapes import (
    Grid,
    GridRow,
    GridSection,
    GridText,
    Table,
    absence_phrase,
    by_day,
    drop_of,
    judgements_of,
    lags_of,
    language_names,
)
from monitor.report.grid_summary import summary
from monitor.report.notes import note_phrase
from monitor.report.paired import bilingual
from monitor.report.scene import Scene, scene
from monitor.report.shapes import Phrase, Piece, Remark, Tone
from monitor.report.view import side_of
from monitor.report.visible import visible
from monitor.report.wording import Wording, wording_of


def grid(languages: Languages, *, wording: str = "en") -> Grid:
    """The languages as their reader should meet them, in the words of that language (English if there is none)."""
    words = wording_of(wording)
    table = Table(languages, words)
    scenes = [scene(comparison, words, typography=False) for comparison in languages.matrix.comparisons]
    documents = (*languages.matrix.documents, *languages.left_out)
    rows = tuple(row_of(number, row, table) for number, row in enumerate(languages.matrix.rows, start=1))
    title = Piece(text=visible(table.source.title), language=table.source.language)
    return Grid(
        wording=words.tag, direction=words.direction, kicker=_kicker(table),
        headline=words.phrase("headline_grid", n=len(documents), title=title), summary=tuple(summary(table)),
        notes=_notes(table), keys=_keys(table), columns=tuple(d.language for d in documents),
        names=tuple(words.language(d.language) for d in documents), editions=editions_of(documents, table), rows=rows,
        agreeing=_agreeing(rows, words),
        sections=tuple(
            _section(number, row, shown, table, scenes)
            for number, (row, shown) in enumerate(zip(languages.matrix.rows, rows, strict=True), start=1)
        ),
        sides=tuple(side_of(document, words.language(document.language), words) for document in documents),
    )  # fmt: skip


def _agreeing(rows: Sequence[GridRow], words: Wording) -> str:
    count = sum(row.agrees for row in rows)
    return words.say("sections_agreeing", n=count) if count else ""


def _kicker(table: Table) -> str:
    edition = table.source.edition
    parts = [table.words.say("kind_translation")]
    return " · ".join([*parts, table.words.say("kicker_edition", edition=str(edition))] if edition else parts)


def _keys(table: Table) -> tuple[Key, ...]:
    """The grid in numbers."""
    words, found = table.words, table.languages
    missing = sum(cell.status is CellStatus.MISSING for row in found.matrix.rows for cell in row.cells)
    disagreeing = sum(bool(judgement.outliers) or judgement.is_open for judgement in found.judgements)
    told = {
        "key_grid_sections": len(table.source.sections), "key_disagree": disagreeing,
        "key_grid_lags": len({lag.section for lag in found.lags}), "key_grid_missing": missing,
    }  # fmt: skip
    return tuple(Key(value=words.number(count), label=words.say(key, n=count)) for key, count in told.items())


def _notes(table: Table) -> tuple[Phrase, ...]:
    """What the comparisons remark, each with its language unless it holds for all; then the remarks on the readings."""
    words, comparisons = table.words, table.languages.matrix.comparisons
    found = []
    for comparison in comparisons:
        label = Piece(text=f"{words.language(comparison.new.language)}{words.say('colon')}")
        for note in comparison.notes:
            everywhere = len(comparisons) > 1 and all(note in other.notes for other in comparisons)
            found.append((*(() if everywhere else (label,)), *note_phrase(note, words)))
    found += [note_phrase(note, words) for document in table.languages.matrix.documents for note in document.notes]
    if not comparisons:
        found.append(words.phrase("grid_only_one"))
    return tuple(dict.fromkeys(found))


def _section(number: int, row: Row, shown: GridRow, table: Table, scenes: Sequence[Scene]) -> GridSection:
    anchor = f"row-{number}"
    late = lags_of(row, table)
    language = table.source.language
    changes = tuple(
        card(change, table.words, anchor=f"{anchor}-change-{place}", languages=(language, language))
        for place, change in enumerate(late[0].changes, start=1)
    ) if late else ()  # fmt: skip
    remarks = [remark for judgement in judgements_of(row, table) for remark in _judged(judgement, table)]
    remarks = [Remark(tone=Tone.FLAG, phrase=phrase) for phrase in (*_lags(row, table), *_lacks(row, table))] + remarks
    return GridSection(
        anchor=anchor,
        heading=shown.heading,
        remarks=tuple(remarks),
        changes=changes,
        texts=tuple(_texts(row, shown, scenes)),
        agrees=shown.agrees,
    )


def _lags(row: Row, table: Table) -> Iterator[Phrase]:
    """What the source changed, added or dropped here, and which languages have not followed."""
    words, source = table.words, table.words.language(table.source.language)
    for (day, is_new), late in by_day(lags_of(row, table), words).items():
        names = language_names((lag.language for lag in late), words)
        yield words.phrase("lag_added_here" if is_new else "lag_here", source=source, date=day, languages=names)
    dropped = drop_of(row, table)
    if dropped:
        language, day = words.language(dropped.language), words.day(dropped.since, year=True)
        yield words.phrase("dropped_here", source=source, date=day, language=language)


def _lacks(row: Row, table: Table) -> Iterator[Phrase]:
    """Which languages have far less text here, and which figures not every language states, with their sentences."""
    words = table.words
    shorter = [cell.language for cell in row.cells if cell.shorter]
    if shorter:
        yield words.phrase("shorter_here", languages=language_names(shorter, words))
    for absence in table.languages.absences(row):
        language = absence.stating[0]
        yield words.phrase(
            "absent_here", absence=absence_phrase(absence, table),
            sentence=Piece(text=visible(absence.sentence), language=language),
        )  # fmt: skip


def _texts(row: Row, shown: GridRow, scenes: Sequence[Scene]) -> Iterator[GridText]:
    for found, grid_cell in zip(scenes, shown.cells[1:], strict=False):
        cell = cell_of(row, found.comparison)
        link = _link(row, cell, found.comparison) if cell else None
        if link is not None:
            name = found.words.language(found.comparison.new.language)
            yield GridText(
                anchor=grid_cell.anchor, language=name, cell=grid_cell, items=bilingual(link, grid_cell.anchor, found)
            )


def _link(row: Row, cell: Cell, comparison: Comparison) -> SectionLink:
    if row.source is not None:
        return next(link for link in comparison.alignment if row.source in link.old)
    return next(link for link in comparison.alignment if link.new == cell.sections)


def _judged(judgement: Judgement, table: Table) -> Iterator[Remark]:
    """A figure in every language that states it otherwise, with the sentences, and who is alone with it."""
    words, disagreement = table.words, judgement.disagreement
    sentences = [(table.source.language, disagreement.source, disagreement.source_sentence), *disagreement.stated]
    for language, statistic, sentence in sentences:
        said = Piece(text=visible(sentence), language=language)
        figure = Piece(text=shortened(statistic.quote), language=language, strong=True)
        name = words.language(language)
        yield Remark(tone=Tone.CALM, phrase=words.phrase("figure_said", language=name, figure=figure, sentence=said))
    if judgement.lagging:
        yield _standing("standing_lag", judgement.lagging, table)
    if SOURCE in judgement.outliers:
        yield _standing("standing_source_is_outlier", (table.source.language,), table)
    elif judgement.outliers:
        yield _standing("standing_outlier", judgement.outliers, table)
    elif judgement.is_open:
        yield Remark(tone=Tone.FLAG, phrase=words.phrase("standing_undecided"))


def _standing(key: str, languages: Iterable[str], table: Table) -> Remark:
    return Remark(tone=Tone.FLAG, phrase=table.words.phrase(key, languages=language_names(languages, table.words)))
