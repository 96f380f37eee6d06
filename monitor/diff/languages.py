"""One report in all its languages, with what the times of its texts tell: which language has not followed a change of the
source, and so who stands alone with a figure and who only lags. Pure: texts and times in, findings out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from monitor.diff.comparison import compare_revisions
from monitor.diff.matrix import Cell, CellStatus, Disagreement, Matrix, Row, Standing, matrix
from monitor.language.tag import canonical
from monitor.model.comparison import Change, ChangeClass, SectionStatus
from monitor.model.document import Document, SectionId

_UNTRANSLATABLE = frozenset({
    ChangeClass.TYPOGRAPHY, ChangeClass.LINK, ChangeClass.IMAGE, ChangeClass.FOOTNOTE, ChangeClass.MOVED,
})  # fmt: skip
_NEW_TEXT = frozenset({SectionStatus.ADDED, SectionStatus.SPLIT, SectionStatus.MERGED})
_ENOUGH = 3
_ONE_RUN = timedelta(hours=1)

SOURCE = "source"
"""Stands among the outliers of a judgement where the source stands alone against the other languages."""


class Stand(NamedTuple):
    """A text as it stood: from its first capture until its last before another one took its place."""

    document: Document
    since: datetime
    until: datetime


class Lag(NamedTuple):
    """A section of the source that changed, and has not changed since in a language.

    `sections` are its counterparts there (none: it is missing). The change was first seen at `since`, and not yet at
    `before`; `changes` are what it was.
    """

    language: str
    section: SectionId
    sections: tuple[SectionId, ...]
    before: datetime
    since: datetime
    changes: tuple[Change, ...]


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
    judgements: tuple[Judgement, ...] = ()

    @property
    def agree(self) -> bool:
        """True if every language has every section, no figure differs and none lags."""
        cells = [cell for row in self.matrix.rows for cell in row.cells]
        missing = any(cell.status in (CellStatus.MISSING, CellStatus.EXTRA) for cell in cells)
        return not (missing or self.lags or self.judgements or self.apart)


class _Turn(NamedTuple):
    """When a section last changed: between `before` and `since`."""

    before: datetime
    since: datetime
    changes: tuple[Change, ...] = ()


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
    return Languages(matrix=found, apart=apart, lags=late, judgements=judgements)


def lags(found: Matrix, stands: Mapping[str, Sequence[Stand]]) -> tuple[Lag, ...]:
    """The sections of the source that changed, with each language whose counterpart has not changed since.

    A language that was first captured after the change is not blamed: nobody knows what it said before. What was
    captured within an hour counts as captured at once.
    """
    turns = {language: _turns(own) for language, own in stands.items()}
    late = []
    for row in found.rows:
        turn = turns.get(found.source_language, {}).get(row.source) if row.source else None
        if row.source is None or turn is None:
            continue
        for cell in row.cells:
            own = stands.get(cell.language)
            if own and _was_known(own[0], turn) and not _has_followed(cell, turns[cell.language], turn):
                late.append(Lag(
                    language=cell.language, section=row.source, sections=cell.sections, before=turn.before,
                    since=turn.since, changes=turn.changes,
                ))  # fmt: skip
    return tuple(late)


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


def _was_known(first: Stand, turn: _Turn) -> bool:
    """True if a language was captured before the source changed, or in the run that last saw the source unchanged."""
    return first.since < turn.since and first.since <= turn.before + _ONE_RUN


def _has_followed(cell: Cell, turns: Mapping[SectionId, _Turn], turn: _Turn) -> bool:
    return any(section in turns and turns[section].since > turn.before for section in cell.sections)


def _turns(stands: Sequence[Stand]) -> dict[SectionId, _Turn]:
    """When each section of the last text last changed; sections that never did are left out."""
    turns: dict[SectionId, _Turn] = {}
    for before, after in pairwise(stands):
        turns = _next_turns(turns, before, after)
    return turns


def _next_turns(turns: Mapping[SectionId, _Turn], before: Stand, after: Stand) -> dict[SectionId, _Turn]:
    comparison = compare_revisions(before.document, after.document)
    told = [c for c in comparison.changes if c.change_class not in _UNTRANSLATABLE]
    found: dict[SectionId, _Turn] = {}
    for link in comparison.alignment:
        own = tuple(c for c in told if c.old_section in link.old or c.new_section in link.new)
        older = next((turns[name] for name in link.old if name in turns), None)
        if own or link.status in _NEW_TEXT:
            older = _Turn(before=before.until, since=after.since, changes=own)
        if older:
            found |= dict.fromkeys(link.new, older)
    return found
