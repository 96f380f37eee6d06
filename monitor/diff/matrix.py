"""One report in all its languages: each section of the source language beside its counterparts, and who is alone with a
figure. Rendered elsewhere; knows nothing of when each text was published."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from monitor.diff.figures import figures
from monitor.diff.translations import compare_translations, in_its_language
from monitor.language.tag import canonical
from monitor.model.comparison import Comparison, SectionLink, SectionStatus
from monitor.model.document import Document, SectionId
from monitor.model.statistic import Statistic, StatisticChange, StatisticEvent
from monitor.stats.comparable import same_quantity

_ENOUGH = 3
_Spoken = Mapping[str, Document]


class CellStatus(StrEnum):
    """What became of a section of the source in another language; `extra` has no counterpart in the source."""

    OK = "ok"
    MISSING = "missing"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    EXTRA = "extra"


class Cell(NamedTuple):
    """A section in one language: its ids there, the figures that disagree with the source (`old` is the source), and those
    that only one of the two states. `shorter`: far shorter there than the other sections lead to expect."""

    language: str
    sections: tuple[SectionId, ...]
    status: CellStatus
    confidence: float
    figures: tuple[StatisticChange, ...] = ()
    one_sided: tuple[StatisticChange, ...] = ()
    shorter: bool = False


class Standing(StrEnum):
    """What is known of a figure on which languages disagree."""

    OUTLIER = "outlier"
    SOURCE_IS_OUTLIER = "source_is_outlier"
    UNDECIDED = "undecided"


class Disagreement(NamedTuple):
    """A figure of the source that some languages state otherwise. `outliers` are the languages that stand alone against
    the others; empty where too few agree to tell. Languages neither in `equal` nor in `stated` do not state it."""

    section: SectionId
    source: Statistic
    standing: Standing
    outliers: tuple[str, ...]
    equal: tuple[tuple[str, Statistic], ...]
    """Language and figure of those that agree with the source."""
    stated: tuple[tuple[str, Statistic, str], ...]
    """Language, figure, sentence of those that differ."""
    source_sentence: str

    @property
    def agreeing(self) -> tuple[str, ...]:
        """The languages that state the figure as the source does."""
        return tuple(language for language, _ in self.equal)


class Absence(NamedTuple):
    """A figure that some languages state and others, in a section that they have, do not. The words are those of the first
    language that states it."""

    statistic: Statistic
    sentence: str
    stating: tuple[str, ...]
    lacking: tuple[str, ...]


class Row(NamedTuple):
    """A section of the source (None for one that only other languages have), with a cell for each other language."""

    source: SectionId | None
    heading: str
    cells: tuple[Cell, ...]
    disagreements: tuple[Disagreement, ...] = ()
    absences: tuple[Absence, ...] = ()


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
    spoken = {other.language: in_its_language(other) for other in others}
    rows = [_row(source, section.id, comparisons, spoken) for section in source.sections]
    rows += [_extra(comparison, link) for comparison in comparisons for link in comparison.alignment if not link.old]
    return Matrix(
        source_language=source.language, documents=(source, *others), comparisons=tuple(comparisons), rows=tuple(rows)
    )


def _row(source: Document, section_id: SectionId, comparisons: Sequence[Comparison], spoken: _Spoken) -> Row:
    cells = tuple(_cell(section_id, comparison) for comparison in comparisons)
    return Row(
        source=section_id, heading=source.section(section_id).heading, cells=cells,
        disagreements=tuple(_disagreements(section_id, cells, spoken)),
        absences=tuple(_absences(source.language, cells)),
    )  # fmt: skip


def _cell(section_id: SectionId, comparison: Comparison) -> Cell:
    link = next(link for link in comparison.alignment if section_id in link.old)
    own = [event for event in comparison.statistics if _belongs(event, section_id, link)]
    return Cell(
        language=comparison.new.language, sections=link.new, status=_status(link), confidence=link.confidence,
        figures=tuple(event for event in own if event.change is StatisticEvent.CHANGED),
        one_sided=tuple(event for event in own if event.change is not StatisticEvent.CHANGED), shorter=link.shorter,
    )  # fmt: skip


def _belongs(event: StatisticChange, section_id: SectionId, link: SectionLink) -> bool:
    """Whether an event is of the section; what only the other language states is told of the first section of a link."""
    if event.old is not None:
        return event.old.section == section_id
    return event.new is not None and link.old[0] == section_id and event.new.section in link.new


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


def _disagreements(section_id: SectionId, cells: Sequence[Cell], spoken: _Spoken) -> list[Disagreement]:
    """Each figure of the source that is stated otherwise somewhere: the majority of languages against the outlier."""
    sources: dict[tuple[int | None, int], StatisticChange] = {}
    for cell in cells:
        for event in cell.figures:
            if event.old is not None:
                sources.setdefault((event.old.block, event.old.start), event)
    return [_disagreement(section_id, event, spot, cells, spoken) for spot, event in sources.items()]


def _disagreement(
    section_id: SectionId, event: StatisticChange, spot: tuple[int | None, int], cells: Sequence[Cell], spoken: _Spoken
) -> Disagreement:
    assert event.old is not None
    differing = {
        cell.language: other
        for cell in cells for other in cell.figures
        if other.old is not None and (other.old.block, other.old.start) == spot
    }  # fmt: skip
    equal = [
        (cell.language, own) for cell in cells
        if cell.language not in differing and (own := equal_figure(cell, event.old, spoken[cell.language]))
    ]  # fmt: skip
    values = Counter(f"{e.new.value} {e.new.unit}" for e in differing.values() if e.new is not None)
    standing, outliers = _standing(list(differing), len(equal) + 1, values)
    return Disagreement(
        section=section_id, source=event.old, standing=standing, outliers=outliers, equal=tuple(equal),
        stated=tuple((tag, e.new, e.new_sentence) for tag, e in differing.items() if e.new is not None),
        source_sentence=event.old_sentence,
    )  # fmt: skip


def equal_figure(cell: Cell, statistic: Statistic, document: Document) -> Statistic | None:
    """The same quantity as a language states it anywhere in its counterpart of the section."""
    sections = (section for section in document.sections if section.id in cell.sections)
    found = figures(sections, document.language)
    return next((f.statistic for f in found if same_quantity(statistic, f.statistic)), None)


def _absences(source: str, cells: Sequence[Cell]) -> Iterator[Absence]:
    """Each figure that only some languages state; what several of them lack or add is one."""
    having = [cell.language for cell in cells if cell.sections]
    told: list[Statistic] = []
    for event in (event for cell in cells for event in cell.one_sided):
        statistic = event.old or event.new
        if statistic is None or statistic in told:
            continue
        same = {cell.language: own for cell in cells if (own := _same_event(event, cell))}
        told += [own.old or own.new or statistic for own in same.values()]
        rest = tuple(language for language in having if language not in same)
        gone = event.old is not None
        yield Absence(
            statistic=statistic, sentence=event.old_sentence or event.new_sentence,
            stating=(source, *rest) if gone else tuple(same), lacking=tuple(same) if gone else (source, *rest),
        )  # fmt: skip


def _same_event(event: StatisticChange, cell: Cell) -> StatisticChange | None:
    """The event of a language in which the same figure is missing, or is added, as in this one."""
    for own in cell.one_sided:
        if own.old == event.old and (
            own.new is event.new or (own.new and event.new and same_quantity(own.new, event.new))
        ):
            return own
    return None


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
