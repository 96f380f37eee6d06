"""One report in all its languages, with what the times of its texts tell: which language has not followed a change of the
source, and so who stands alone with a figure and who only lags. Pure: texts and times in, findings out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from monitor.diff.lags import Drop, Lag, Stand, drops, lags
from monitor.diff.matrix import CellStatus, Disagreement, Matrix, Row, Standing, matrix
from monitor.language.tag import canonical
from monitor.model.document import Document

_ENOUGH = 3

SOURCE = "source"
"""Stands among the outliers of a judgement where the source stands alone against the other languages."""


class Judgement(NamedTuple):
    """A figure on which languages disagree: those that only lag, and those that stand alone against the others (none
    where too few agree to tell)."""

    disagreement: Disagreement
    lagging: tuple[str, ...]
    outliers: tuple[str, ...]


class Languages(NamedTuple):
    """The languages of one edition side by side. `apart` are documents of other editions, which are not compared."""

    matrix: Matrix
    apart: tuple[Document, ...] = ()
    lags: tuple[Lag, ...] = ()
    drops: tuple[Drop, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    @property
    def agree(self) -> bool:
        """True if every language has every section, no figure differs and none lags."""
        cells = [cell for row in self.matrix.rows for cell in row.cells]
        missing = any(cell.status in (CellStatus.MISSING, CellStatus.EXTRA) for cell in cells)
        return not (missing or self.lags or self.judgements or self.apart)


def side_by_side(
    documents: Sequence[Document], source_language: str = "en", stands: Mapping[str, Sequence[Stand]] | None = None
) -> Languages:
    """The documents against the source language, or against the first one if it is missing.

    `stands` are the texts of that edition that each language went through, oldest first, the last being its document;
    without them nothing is known of lags. Raises ValueError for no document at all.
    """
    if not documents:
        raise ValueError("there is no document to compare")
    wanted = canonical(source_language)
    source = next((d for d in documents if canonical(d.language) == wanted), documents[0])
    together = [d for d in documents if d is source or not _of_another_edition(d, source)]
    apart = tuple(d for d in documents if d is not source and _of_another_edition(d, source))
    found = matrix(together, source.language)
    late = lags(found, stands) if stands else ()
    judgements = tuple(judged(d, row, late) for row in found.rows for d in row.disagreements)
    dropped = drops(found, stands) if stands else ()
    return Languages(matrix=found, apart=apart, lags=late, drops=dropped, judgements=judgements)


def judged(disagreement: Disagreement, row: Row, late: Iterable[Lag]) -> Judgement:
    """Who is alone with a figure once the languages that only lag have no say."""
    behind = {lag.language for lag in late if lag.section == row.source}
    stating = [language for language, *_ in disagreement.stated]
    lagging = tuple(language for language in stating if language in behind)
    if not lagging:
        alone = disagreement.standing is Standing.SOURCE_IS_OUTLIER
        outliers = (SOURCE,) if alone else disagreement.outliers
        return Judgement(disagreement=disagreement, lagging=(), outliers=outliers)
    others = tuple(language for language in stating if language not in behind)
    agreeing = len(disagreement.agreeing) + 1
    told = agreeing > len(others) and agreeing + len(others) >= _ENOUGH
    return Judgement(disagreement=disagreement, lagging=lagging, outliers=others if told else ())


def _of_another_edition(document: Document, source: Document) -> bool:
    return None not in (document.edition, source.edition) and document.edition != source.edition
