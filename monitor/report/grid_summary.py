"""The grid of languages in sentences: what is to be known first."""

from collections.abc import Iterator, Sequence

from monitor.diff.languages import SOURCE, Judgement
from monitor.diff.matrix import CellStatus, Row
from monitor.report.grid_shapes import (
    Table,
    figure_of,
    heading_of,
    lag_in_words,
    lags_of,
    language_names,
    section_name,
)
from monitor.report.shapes import Phrase, Piece, Remark, Tone
from monitor.report.wording import Wording

_NAMED = 8


def summary(table: Table) -> Iterator[Remark]:
    """What is to be known first: editions, lags, figures, sections."""
    words = table.words
    if not table.scenes and not table.languages.apart:
        return
    yield Remark(tone=Tone.CALM, phrase=words.phrase("grid_agree" if table.languages.agree else "grid_differ"))
    apart = [
        words.phrase("statement_of", what=words.language(d.language), value=str(d.edition))
        for d in table.languages.apart
    ]
    yield from _list("grid_apart", Tone.FLAG, apart, words)
    rows = table.languages.matrix.rows
    late = [lag_in_words(found, table) for row in rows if (found := lags_of(row, table))]
    yield from _list("grid_lags", Tone.FLAG, late, words)
    alone = [j for j in table.languages.judgements if j.outliers]
    yield from _list("grid_outliers", Tone.REMOVE, [_stated(j, table) for j in alone], words)
    open_ones = [j for j in table.languages.judgements if not j.outliers and not j.lagging]
    yield from _list("grid_undecided", Tone.FLAG, [_stated(j, table) for j in open_ones], words)
    for key, tone, status in (
        ("grid_missing", Tone.REMOVE, CellStatus.MISSING), ("grid_extra", Tone.ADD, CellStatus.EXTRA)
    ):  # fmt: skip
        yield from _list(
            key, tone, [item for n, row in enumerate(rows, 1) for item in _having(n, row, status, table)], words
        )


def _list(key: str, tone: Tone, items: Sequence[Phrase], words: Wording) -> Iterator[Remark]:
    if items:
        shown = [*items[:_NAMED]]
        if len(items) > _NAMED:
            shown.append(words.phrase("items_more", n=len(items) - _NAMED))
        listed = words.listed(shown, mark="list_heavy")
        yield Remark(tone=tone, phrase=words.phrase("listing", what=words.phrase(key, n=len(items)), items=listed))


def _stated(judgement: Judgement, table: Table) -> Phrase:
    """A figure as the source and the others state it: the outliers alone where they are known."""
    words, disagreement = table.words, judgement.disagreement
    wanted = [tag for tag in judgement.outliers if tag != SOURCE] or [tag for tag, *_ in disagreement.stated]
    values = [
        words.phrase("stated_by", figure=_strong(figure_of(statistic, words)), language=words.language(tag))
        for tag, statistic, _ in disagreement.stated if tag in wanted
    ]  # fmt: skip
    source = words.phrase(
        "stated_by",
        figure=_strong(figure_of(disagreement.source, words)),
        language=words.language(table.source.language),
    )
    name = section_name(disagreement.section, table)
    return words.phrase("figures_stated", section=name, values=words.listed([source, *values]))


def _strong(text: str) -> Piece:
    return Piece(text=text, strong=True)


def _having(number: int, row: Row, status: CellStatus, table: Table) -> Iterator[Phrase]:
    tags = [cell.language for cell in row.cells if cell.status is status]
    if tags:
        heading = heading_of(row, table, f"row-{number}")._replace(strong=True)
        yield table.words.phrase("section_in", section=heading, languages=language_names(tags, table.words))
