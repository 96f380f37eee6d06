"""One report in all its languages: each section of the source language beside its counterparts, and who is alone with a
figure. Rendered elsewhere; knows nothing of when each text was published."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from monitor.diff.translations import compare_translations
from monitor.language.tag import canonical
from monitor.model.comparison import Comparison, SectionLink, SectionStatus
from monitor.model.document import Document, SectionId
from monitor.model.statistic import Statistic, StatisticChange, StatisticEvent

_ENOUGH = 3


class CellStatus(StrEnum):
    """What became of a section of the source in another language; `extra` has no counterpart in the source."""

    OK = "ok"
    MISSING = "missing"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    EXTRA = "extra"


class Cell(NamedTuple):
    """A section in one language: its ids there, and the figures that disagree with the source (`old` is the source)."""

    language: str
    sections: tuple[SectionId, ...]
    status: CellStatus
    confidence: float
    figures: tuple[StatisticChange, ...] = ()


class Standing(StrEnum):
    """What is known of a figure on which languages disagree."""

    OUTLIER = "outlier"
    SOURCE_IS_OUTLIER = "source_is_outlier"
    UNDECIDED = "undecided"


class Disagreement(NamedTuple):
    """A figure of the source that some languages state otherwise. `outliers` are the languages that stand alone against
    the others; empty where too few agree to tell."""

    section: SectionId
    source: Statistic
    standing: Standing
    outliers: tuple[str, ...]
    agreeing: tuple[str, ...]
    stated: tuple[tuple[str, Statistic, str], ...]
    """Language, figure, sentence of those that differ."""
    source_sentence: str


class Row(NamedTuple):
    """A section of the source (None for one that only other languages have), with a cell for each other language."""

    source: SectionId | None
    heading: str
    cells: tuple[Cell, ...]
    disagreements: tuple[Disagreement, ...] = ()


class Matrix(NamedTuple):
    """Sections × languages. `documents` holds the source first; `comparisons` the source against each other language."""

    source_language: str
    documents: tuple[Document, ...]
    comparisons: tuple[Comparison, ...]
    rows: tuple[Row, ...]

    @property
    def editions(self) -> dict[str, int | None]:
        """The edition that each language carries."""
        return {document.language: document.edition for document in self.documents}


def matrix(documents: Sequence[Document], source_language: str = "en") -> Matrix:
    """All languages of one report against the source language, or against the first document if it is missing.

    Raises ValueError for no document at all.
    """
    if not documents:
        raise ValueError("there is no document to compare")
    wanted = canonical(source_language)
    source = next((d for d in documents if canonical(d.language) == wanted), documents[0])
    others = [document for document in documents if document is not source]
    comparisons = [compare_translations(source, other) for other in others]
    rows = [_row(source, section.id, comparisons) for section in source.sections]
    rows += [_extra(comparison, link) for comparison in comparisons for link in comparison.alignment if not link.old]
    return Matrix(
        source_language=source.language, documents=(source, *others), comparisons=tuple(comparisons), rows=tuple(rows)
    )


def _row(source: Document, section_id: SectionId, comparisons: Sequence[Comparison]) -> Row:
    cells = tuple(_cell(section_id, comparison) for comparison in comparisons)
    return Row(
        source=section_id, heading=source.section(section_id).heading, cells=cells,
        disagreements=tuple(_disagreements(section_id, cells)),
    )  # fmt: skip


def _cell(section_id: SectionId, comparison: Comparison) -> Cell:
    link = next(link for link in comparison.alignment if section_id in link.old)
    changed = [e for e in comparison.statistics if e.change is StatisticEvent.CHANGED]
    return Cell(
        language=comparison.new.language, sections=link.new, status=_status(link), confidence=link.confidence,
        figures=tuple(event for event in changed if event.old and event.old.section == section_id),
    )  # fmt: skip


def _status(link: SectionLink) -> CellStatus:
    if not link.new:
        return CellStatus.MISSING
    match link.status:
        case SectionStatus.MERGED:
            return CellStatus.MERGED
        case SectionStatus.SPLIT:
            return CellStatus.SPLIT
        case _:
            return CellStatus.MOVED if link.moved else CellStatus.OK


def _extra(comparison: Comparison, link: SectionLink) -> Row:
    cell = Cell(
        language=comparison.new.language, sections=link.new, status=CellStatus.EXTRA, confidence=link.confidence
    )
    return Row(source=None, heading=comparison.new.section(link.new[0]).heading, cells=(cell,))


def _disagreements(section_id: SectionId, cells: Sequence[Cell]) -> list[Disagreement]:
    """Each figure of the source that is stated otherwise somewhere: the majority of languages against the outlier."""
    sources: dict[tuple[int | None, int], StatisticChange] = {}
    for cell in cells:
        for event in cell.figures:
            if event.old is not None:
                sources.setdefault((event.old.block, event.old.start), event)
    return [_disagreement(section_id, event, spot, cells) for spot, event in sources.items()]


def _disagreement(
    section_id: SectionId, event: StatisticChange, spot: tuple[int | None, int], cells: Sequence[Cell]
) -> Disagreement:
    differing = {
        cell.language: other
        for cell in cells for other in cell.figures
        if other.old is not None and (other.old.block, other.old.start) == spot
    }  # fmt: skip
    agreeing = [cell.language for cell in cells if cell.sections and cell.language not in differing]
    values = Counter(str(other.new.value) for other in differing.values() if other.new is not None)
    standing, outliers = _standing(list(differing), len(agreeing) + 1, values)
    assert event.old is not None
    return Disagreement(
        section=section_id, source=event.old, standing=standing, outliers=outliers, agreeing=tuple(agreeing),
        stated=tuple((tag, e.new, e.new_sentence) for tag, e in differing.items() if e.new is not None),
        source_sentence=event.old_sentence,
    )  # fmt: skip


def _standing(differing: list[str], with_source: int, values: Counter[str]) -> tuple[Standing, tuple[str, ...]]:
    """Who is alone: a language that differs where most agree with the source, or the source where most agree on
    something else."""
    if with_source + len(differing) < _ENOUGH:
        return Standing.UNDECIDED, ()
    if with_source > len(differing):
        return Standing.OUTLIER, tuple(differing)
    if max(values.values(), default=0) > with_source:
        return Standing.SOURCE_IS_OUTLIER, ()
    return Standing.UNDECIDED, ()
