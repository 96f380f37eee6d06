"""What the languages of a target lack against the source, followed over time, so that each lack is told once.

A lack keeps its name as long as it lasts. What is there when a language is met for the first time is known and not told;
a figure stated otherwise is told at once, a language that has not followed only once it is late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.diff.languages import SOURCE, Languages
from monitor.diff.matrix import CellStatus
from monitor.language.words import key
from monitor.model.alert import stable_id
from monitor.model.comparison import Change, Comparison, ComparisonKind
from monitor.model.document import Document, SectionId
from monitor.model.standing import Finding
from monitor.model.statistic import StatisticChange
from monitor.model.told import Raised, Told
from monitor.runs.desk import Desk

if TYPE_CHECKING:
    from monitor.model.ports import Store
    from monitor.model.target import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that a language lacks: a whole edition or a change (`since` is when the source had it, `changes` what it
    was), a section, or the source's figure."""

    language: str
    name: str
    since: datetime | None = None
    sections: frozenset[str] = frozenset()
    figure: StatisticChange | None = None
    changes: tuple[Change, ...] = ()

    @property
    def is_late(self) -> bool:
        """True if it is a matter of time, to be told only once the time is up."""
        return self.figure is None and not self.sections


def tell_gaps(store: Store, target: str, languages: Languages, now: datetime, desk: Desk) -> tuple[Raised, ...]:
    """Keep what the languages of a target lack now, with the alerts about what is to be told, and return those."""
    known = {(finding.page, finding.name): finding for finding in store.following.findings(target)}
    met = {page for page, _ in known}
    kept: list[Finding] = []
    due: dict[str, list[Gap]] = {}
    for gap in gaps(languages):
        page: Key = (target, gap.language)
        finding = known.get((page, gap.name)) or Finding(
            page=page, name=gap.name, noticed_at=now, told=page not in met and gap.since is None
        )
        if not finding.told and (not gap.is_late or now - finding.noticed_at >= desk.grace):
            due.setdefault(gap.language, []).append(gap)
            finding = replace(finding, told=True)
        kept.append(finding)
    others = languages.matrix.documents[1:] + languages.apart
    kept += [_met(target, document.language, now) for document in others]
    raised = tuple(_raised(languages, due, target, now, desk))
    store.tell(Told(raised=raised), {target: kept})
    return raised


def gaps(languages: Languages) -> Iterator[Gap]:
    """What each language lacks against the source. Languages that only lag are not said to disagree."""
    source = languages.matrix.documents[0]
    for document in languages.apart:
        yield Gap(language=document.language, name=f"edition {source.edition}", since=source.captured_at)
    behind = set[tuple[str, object]]()
    for lag in languages.lags:
        behind.add((lag.language, lag.section))
        yield Gap(
            language=lag.language, name=f"change {stable_id(lag.section, lag.since.isoformat())}", since=lag.since,
            changes=tuple(_in_source(change, lag.section) for change in lag.changes),
        )  # fmt: skip
    for drop in languages.drops:
        behind.add((drop.language, drop.sections))
        yield Gap(
            language=drop.language, name=f"drop {stable_id(drop.heading, drop.since.isoformat())}", since=drop.since
        )
    for row in languages.matrix.rows:
        for cell in row.cells:
            missing = cell.status in (CellStatus.MISSING, CellStatus.EXTRA)
            if missing and (cell.language, row.source or cell.sections) not in behind:
                sections = frozenset(cell.sections or ((row.source,) if row.source else ()))
                yield Gap(
                    language=cell.language, name=f"{cell.status} {stable_id(key(row.heading))}", sections=sections
                )
    yield from _figures(languages)


def _in_source(change: Change, section: SectionId) -> Change:
    """A change of the source, placed in the section as the source has it now, the first side of a translation."""
    return change._replace(
        old_section=section, new_section=None,
        statistics=tuple(
            event._replace(
                old=event.old and event.old._replace(section=section), new=event.new and event.new._replace(section=None)
            )
            for event in change.statistics
        ),
    )  # fmt: skip


def _figures(languages: Languages) -> Iterator[Gap]:
    """The figures that stand alone, or on which too few languages agree to tell who does."""
    for judgement in languages.judgements:
        for language, figure in _stated(languages, judgement):
            old, new = figure.old, figure.new
            if language not in judgement.lagging and old is not None and new is not None:
                values = (str(old.value or old.magnitude), str(new.value or new.magnitude))
                yield Gap(language=language, name=f"figure {stable_id(old.counted, *values)}", figure=figure)


def _stated(languages: Languages, judgement: object) -> list[tuple[str, StatisticChange]]:
    """The languages that state the figure otherwise and are not the majority against an outlier, with how they do."""
    from monitor.diff.languages import Judgement

    assert isinstance(judgement, Judgement)
    spot = judgement.disagreement.source
    alone = [name for name in judgement.outliers if name != SOURCE]
    return [
        (cell.language, event)
        for row in languages.matrix.rows for cell in row.cells for event in cell.figures
        if event.old == spot and (not alone or cell.language in alone)
    ]  # fmt: skip


def _raised(
    languages: Languages, due: Mapping[str, Sequence[Gap]], target: str, now: datetime, desk: Desk
) -> Iterator[Raised]:
    comparisons = {comparison.new.language: comparison for comparison in languages.matrix.comparisons}
    apart = {document.language: document for document in languages.apart}
    source = languages.matrix.documents[0]
    for language, own in due.items():
        late = [gap for gap in own if gap.is_late]
        if late:
            comparison = comparisons.get(language) or _unread(source, apart[language])
            since = min(gap.since for gap in late if gap.since is not None)
            changes = tuple(change for gap in late for change in gap.changes)
            figures = tuple(event for change in changes for event in change.statistics)
            changed = comparison._replace(alignment=(), changes=changes, statistics=figures)
            yield from desk.about(changed, target, now, behind_since=since)
        told = [gap for gap in own if not gap.is_late]
        if told and language in comparisons:
            yield from desk.about(_narrowed(comparisons[language], told), target, now)


def _narrowed(comparison: Comparison, told: Iterable[Gap]) -> Comparison:
    """The comparison with nothing in it but what is to be told."""
    gaps = list(told)
    sections = {section for gap in gaps for section in gap.sections}
    figures = tuple(gap.figure for gap in gaps if gap.figure is not None)
    return comparison._replace(
        alignment=tuple(link for link in comparison.alignment if sections & {*link.old, *link.new}),
        changes=tuple(c for c in comparison.changes if c.old_section in sections or c.new_section in sections),
        statistics=figures, changed=True,
    )  # fmt: skip


def _unread(source: Document, other: Document) -> Comparison:
    """Two editions that are not compared: the sides alone."""
    return Comparison(kind=ComparisonKind.TRANSLATION, old=source, new=other, alignment=(), changes=())


def _met(target: str, language: str, now: datetime) -> Finding:
    return Finding(page=(target, language), name="met", noticed_at=now, told=True)
