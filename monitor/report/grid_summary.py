"""The grid of languages in sentences: what is to be known first."""

from collections.abc import Iterator, Mapping, Sequence

from monitor.diff.lags import Drop, Lag
from monitor.diff.languages import SOURCE, Judgement, Languages
from monitor.diff.matrix import CellStatus, Row
from monitor.model.document import SectionId
from monitor.report.grid_shapes import (
    Table,
    absence_phrase,
    by_day,
    drop_of,
    figure_piece,
    heading_of,
    lags_of,
    language_names,
    section_name,
)
from monitor.report.shapes import Phrase, Piece, Remark, Tone
from monitor.report.visible import visible
from monitor.report.wording import Wording, wording_of

_NAMED = 8


def told_of(languages: Languages, wording: str = "en") -> tuple[Remark, ...]:
    """The summary alone, without the grid."""
    return tuple(summary(Table(languages, wording_of(wording))))


def summary(table: Table) -> Iterator[Remark]:
    """What is to be known first: editions, lags, figures, sections."""
    words = table.words
    if not table.languages.matrix.comparisons and not table.languages.left_out:
        return
    yield Remark(tone=Tone.CALM, phrase=words.phrase("grid_agree" if table.languages.agree else "grid_differ"))
    unfit = [
        words.phrase("page_is", language=words.language(d.language), verdict=words.say(f"verdict_{d.quality.verdict}"))
        for d in table.languages.unfit
    ]
    yield from _list("grid_unfit", Tone.FLAG, unfit, words)
    apart = [
        words.phrase("statement_of", what=words.language(d.language), value=str(d.edition))
        for d in table.languages.apart
    ]
    yield from _list("grid_apart", Tone.FLAG, apart, words)
    rows = table.languages.matrix.rows
    late = {row.source: found for row in rows if (found := lags_of(row, table))}
    yield from _list("grid_lags", Tone.FLAG, _lags(late, table), words, count=len(late))
    dropped = [_dropped(drop, f"row-{n}", table) for n, row in enumerate(rows, 1) if (drop := drop_of(row, table))]
    yield from _list("grid_dropped", Tone.FLAG, dropped, words)
    alone = [j for j in table.languages.judgements if j.outliers]
    yield from _list("grid_outliers", Tone.REMOVE, [_stated(j, table) for j in alone], words)
    open_ones = [j for j in table.languages.judgements if j.is_open]
    yield from _list("grid_undecided", Tone.FLAG, [_stated(j, table) for j in open_ones], words)
    yield from _list("grid_absent", Tone.FLAG, list(_absent(table)), words)
    shorter = [(n, row, [cell.language for cell in row.cells if cell.shorter]) for n, row in enumerate(rows, 1)]
    yield from _list(
        "grid_shorter", Tone.FLAG, [_section_in(n, r, tags, table) for n, r, tags in shorter if tags], words
    )
    for key, tone, status in (
        ("grid_missing", Tone.REMOVE, CellStatus.MISSING), ("grid_extra", Tone.ADD, CellStatus.EXTRA)
    ):  # fmt: skip
        yield from _list(
            key, tone, [item for n, row in enumerate(rows, 1) for item in _having(n, row, status, table)], words
        )


def _lags(late: Mapping[SectionId | None, Sequence[Lag]], table: Table) -> list[Phrase]:
    """The sections that lag, those of one day and the same languages together."""
    words = table.words
    groups: dict[tuple[str, bool, tuple[str, ...]], list[Phrase]] = {}
    for found in late.values():
        for (day, is_new), own in by_day(found, words).items():
            same = groups.setdefault((day, is_new, tuple(lag.language for lag in own)), [])
            same.append((section_name(own[0].section, table),))
    source = words.language(table.source.language)
    return [
        words.phrase(
            "lag_added_group" if is_new else "lag_group",
            source=source,
            date=day,
            languages=language_names(tags, words),
            sections=_shortened(names, words),
        )
        for (day, is_new, tags), names in groups.items()
    ]


def _dropped(drop: Drop, anchor: str, table: Table) -> Phrase:
    words = table.words
    heading = Piece(text=visible(drop.heading), language=table.source.language, strong=True, anchor=anchor)
    return words.phrase(
        "dropped_group", section=heading, date=words.day(drop.since, year=True), language=words.language(drop.language)
    )


def _list(
    key: str, tone: Tone, items: Sequence[Phrase], words: Wording, *, count: int | None = None
) -> Iterator[Remark]:  # fmt: skip
    if items:
        what = words.phrase(key, n=len(items) if count is None else count)
        listed = _shortened(items, words, mark="list_heavy")
        yield Remark(tone=tone, phrase=words.phrase("listing", what=what, items=listed))


def _shortened(items: Sequence[Phrase], words: Wording, *, mark: str = "list_comma") -> Phrase:
    shown = [*items[:_NAMED]]
    if len(items) > _NAMED:
        shown.append(words.phrase("items_more", n=len(items) - _NAMED))
    return words.listed(shown, mark=mark)


def _stated(judgement: Judgement, table: Table) -> Phrase:
    """A figure as the source and the others state it: the outliers alone where they are known."""
    words, disagreement = table.words, judgement.disagreement
    wanted = [tag for tag in judgement.outliers if tag != SOURCE] or [
        tag for tag, *_ in disagreement.stated if tag not in judgement.lagging
    ]
    stated = [(table.source.language, disagreement.source)]
    stated += [(tag, statistic) for tag, statistic, _ in disagreement.stated if tag in wanted]
    values = [
        words.phrase("stated_by", figure=figure_piece(statistic, tag, words), language=words.language(tag))
        for tag, statistic in stated
    ]
    name = section_name(disagreement.section, table)
    return words.phrase("figures_stated", section=name, values=words.listed(values))


def _having(number: int, row: Row, status: CellStatus, table: Table) -> Iterator[Phrase]:
    told = {lag.language for lag in lags_of(row, table) if lag.is_new}
    if drop_of(row, table):
        return
    tags = [cell.language for cell in row.cells if cell.status is status and cell.language not in told]
    if tags:
        yield _section_in(number, row, tags, table)


def _section_in(number: int, row: Row, tags: Sequence[str], table: Table) -> Phrase:
    heading = heading_of(row, table, f"row-{number}")._replace(strong=True)
    return table.words.phrase("section_in", section=heading, languages=language_names(tags, table.words))


def _absent(table: Table) -> Iterator[Phrase]:
    """The figures that not every language states, each with its section."""
    for number, row in enumerate(table.languages.matrix.rows, 1):
        heading = heading_of(row, table, f"row-{number}")._replace(strong=True)
        for absence in table.languages.absences(row):
            yield table.words.phrase("figures_stated", section=heading, values=absence_phrase(absence, table))
