"""One report in all its languages, with what the times of its texts tell: which language has not followed a change of the
source, and so who stands alone with a figure and who only lags. Pure: texts and times in, findings out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from monitor.diff.lags import Drop, Lag, Stand, drops, lags
from monitor.diff.matrix import Absence, CellStatus, Disagreement, Matrix, Row, Standing, matrix
from monitor.diff.translations import editions_differ
from monitor.language.tag import canonical
from monitor.model.document import Document, Verdict

_ENOUGH = 3

SOURCE = "source"
"""Stands among the outliers of a judgement where the source stands alone against the other languages."""


class Judgement(NamedTuple):
    """A figure on which languages disagree: those that only lag, and those that stand alone against the others (none
    where too few agree to tell)."""

    disagreement: Disagreement
    lagging: tuple[str, ...]
    outliers: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """True if a language that does not lag states the figure otherwise, and too few agree to tell who is right."""
        return not self.outliers and any(tag not in self.lagging for tag, *_ in self.disagreement.stated)


class Languages(NamedTuple):
    """The languages of one edition side by side. Not compared are `apart`, documents of other editions, and `unfit`, pages
    that are not the report."""

    matrix: Matrix
    apart: tuple[Document, ...] = ()
    unfit: tuple[Document, ...] = ()
    lags: tuple[Lag, ...] = ()
    drops: tuple[Drop, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    @property
    def agree(self) -> bool:
        """True if every language has every section in its usual length, no figure differs or is missing, none lags, and
        every page is the report of that edition."""
        cells = [cell for row in self.matrix.rows for cell in row.cells]
        missing = any(cell.shorter or cell.status in (CellStatus.MISSING, CellStatus.EXTRA) for cell in cells)
        absent = any(row.absences for row in self.matrix.rows)
        return not (missing or absent or self.lags or self.judgements or self.left_out)

    @property
    def left_out(self) -> tuple[Document, ...]:
        """The documents that are not compared."""
        return self.apart + self.unfit

    def absences(self, row: Row) -> list[Absence]:
        """The figures of a row that not every language states; languages that lag there have no say."""
        behind = {lag.language for lag in self.lags if lag.section == row.source}
        told = (
            absence._replace(
                stating=tuple(tag for tag in absence.stating if tag not in behind),
                lacking=tuple(tag for tag in absence.lacking if tag not in behind),
            )
            for absence in row.absences
        )
        return [absence for absence in told if absence.stating and absence.lacking]


def side_by_side(
    documents: Sequence[Document], source_language: str = "en", stands: Mapping[str, Sequence[Stand]] | None = None
) -> Languages:
    """The documents against the source language, or against the first one if it is missing; pages that are not the report
    are left out, unless none is.

    `stands` are the texts of that edition that each language went through, oldest first, the last being its document;
    without them nothing is known of lags. Raises ValueError for no document at all.
    """
    if not documents:
        raise ValueError("there is no document to compare")
    wanted = canonical(source_language)
    fit = [document for document in documents if _is_fit(document)]
    unfit = tuple(document for document in documents if fit and not _is_fit(document))
    fit = fit or list(documents)
    source = next((d for d in fit if canonical(d.language) == wanted), fit[0])
    together = [d for d in fit if d is source or not editions_differ(d, source)]
    apart = tuple(d for d in fit if d is not source and editions_differ(d, source))
    found = matrix(together, source.language)
    late = lags(found, stands) if stands else ()
    judgements = tuple(judged(d, row, late) for row in found.rows for d in row.disagreements)
    dropped = drops(found, stands) if stands else ()
    return Languages(matrix=found, apart=apart, unfit=unfit, lags=late, drops=dropped, judgements=judgements)


def judged(disagreement: Disagreement, row: Row, late: Iterable[Lag]) -> Judgement:
    """Who is alone with a figure once the languages that only lag have no say."""
    behind = {lag.language for lag in late if lag.section == row.source}
    stating = [language for language, *_ in disagreement.stated]
    having = [cell.language for cell in row.cells if cell.sections]
    lagging = tuple(tag for tag in having if tag in behind and tag not in disagreement.agreeing)
    if not lagging:
        alone = disagreement.standing is Standing.SOURCE_IS_OUTLIER
        outliers = (SOURCE,) if alone else disagreement.outliers
        return Judgement(disagreement=disagreement, lagging=(), outliers=outliers)
    others = tuple(language for language in stating if language not in behind)
    agreeing = len(disagreement.agreeing) + 1
    told = agreeing > len(others) and agreeing + len(others) >= _ENOUGH
    return Judgement(disagreement=disagreement, lagging=lagging, outliers=others if told else ())


def _is_fit(document: Document) -> bool:
    """Whether a page can be the report; one in an unexpected language is compared as what it is."""
    verdict = document.quality.verdict
    return verdict in (Verdict.REPORT, Verdict.WRONG_LANGUAGE) or verdict.waits
