"""The figures and subjects of a target through its versions and editions, out of what the store holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from monitor.diff.comparison import compare
from monitor.diff.figures import Figure, figures
from monitor.diff.lags import Stand
from monitor.language.words import key, word_count
from monitor.model.comparison import Comparison, SectionLink, SectionStatus
from monitor.model.document import Document, Section, SectionId
from monitor.model.ports import Store
from monitor.model.statistic import Statistic, StatisticChange, StatisticEvent
from monitor.model.target import Key
from monitor.runs.translations import Profiles, held_reports, stands_of
from monitor.stats.comparable import same_quantity

_Spot = tuple[str | None, int | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure in one version: what it is there, its sentence and section, and what became of it against the version
    before (None: it is stated as it was, or for the first time)."""

    stand: Stand
    statistic: Statistic
    sentence: str
    section: Section
    change: StatisticChange | None = None


@dataclass(slots=True, kw_only=True)
class Series:
    """A figure followed through the versions of a page, paired as comparisons pair figures.

    `ended` is the version that no longer states it.
    """

    page: Key
    points: list[Point] = field(default_factory=list)
    ended: Stand | None = None

    @property
    def turns(self) -> list[Point]:
        """The first point and those at which the figure changed."""
        return [point for number, point in enumerate(self.points) if number == 0 or _is_turn(point)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A subject in one edition: its place among the sections, its headings and its words there."""

    position: int
    headings: tuple[str, ...]
    words: int


@dataclass(slots=True, kw_only=True)
class Subject:
    """A subject followed through the editions of a page, paired as comparisons pair sections; `topic` is its last one."""

    page: Key
    topic: str | None
    editions: dict[int, Written] = field(default_factory=dict)


def series_of(store: Store, target: str, profiles: Profiles, language: str | None = None) -> list[Series]:
    """Every figure of every version held of the target, or of one of its languages, in the order of first statement.

    Raises:
        UnknownReferenceError: nothing is held. ReadingError: what is held is no document any more.
    """
    held = held_reports(store, target, language)
    return [series for page, rows in held.items() for series in follow(page, stands_of(store, page, rows, profiles))]


def subjects_of(store: Store, target: str, profiles: Profiles, language: str | None = None) -> list[Subject]:
    """Every subject of every edition held of the target, or of one of its languages, by the last version of each.

    Raises:
        UnknownReferenceError: nothing is held. ReadingError: what is held is no document any more.
    """
    found = []
    for page, rows in held_reports(store, target, language).items():
        last = {row.edition: row for row in rows if row.edition is not None}
        editions = [last[year] for year in sorted(last)]
        found += outline(page, [stand.document for stand in stands_of(store, page, editions, profiles)])
    return found


def follow(page: Key, stands: Sequence[Stand]) -> list[Series]:
    """The figures of successive texts of one page, each as one series."""
    found: list[Series] = []
    if not stands:
        return found
    under_way: dict[_Spot, Series] = {}
    for figure in _figures(stands[0].document):
        under_way[_spot(figure.statistic)] = _begun(page, figure, stands[0], found)
    for before, after in pairwise(stands):
        under_way = _next(page, before, after, under_way, found)
    return found


def outline(page: Key, documents: Sequence[Document]) -> list[Subject]:
    """The subjects of successive editions of one page, those of the last edition in its order first. Where sections were split or merged, all their words count to
    the subject that was first of them."""
    found: list[Subject] = []
    under_way: dict[SectionId, Subject] = {}
    for place, document in enumerate(documents):
        links = compare(documents[place - 1], document).alignment if place else ()
        under_way = dict(_subjects(page, document, links, under_way, found))
    return sorted(found, key=_latest_first)


def _latest_first(subject: Subject) -> tuple[int, int]:
    last = max(subject.editions)
    return -last, subject.editions[last].position


def _figures(document: Document) -> list[Figure]:
    return figures(document.sections, document.language)


def _spot(statistic: Statistic) -> _Spot:
    return statistic.section, statistic.block, statistic.start


def _begun(page: Key, figure: Figure, stand: Stand, found: list[Series]) -> Series:
    series = Series(page=page, points=[_point(figure, stand)])
    found.append(series)
    return series


def _point(figure: Figure, stand: Stand, change: StatisticChange | None = None) -> Point:
    section = stand.document.section(figure.statistic.section or "")
    return Point(
        stand=stand, statistic=figure.statistic, sentence=figure.sentence, section=section, change=change
    )  # fmt: skip


def _next(
    page: Key, before: Stand, after: Stand, under_way: Mapping[_Spot, Series], found: list[Series]
) -> dict[_Spot, Series]:
    """The series that the next text goes on with or begins; the others end with it."""
    comparison = compare(before.document, after.document)
    ours, theirs = ({_spot(f.statistic): f for f in _figures(s.document)} for s in (before, after))
    origins = _origins(comparison, ours, theirs)
    going: dict[_Spot, Series] = {}
    for spot, figure in theirs.items():
        old, change = origins.get(spot, (None, None))
        series = under_way.get(old) if old else None
        if series is None:
            going[spot] = _begun(page, figure, after, found)
        else:
            series.points.append(_point(figure, after, change))
            going[spot] = series
    kept = {id(series) for series in going.values()}
    for series in under_way.values():
        if id(series) not in kept:
            series.ended = after
    return going


def _origins(
    comparison: Comparison, ours: Mapping[_Spot, Figure], theirs: Mapping[_Spot, Figure]
) -> dict[_Spot, tuple[_Spot, StatisticChange | None]]:
    """Where each figure of the new text stood in the old one: as the comparison says, and where it says nothing of
    them, the figures of corresponding sections that state the same."""
    found: dict[_Spot, tuple[_Spot, StatisticChange | None]] = {}
    told_old, told_new = set[_Spot](), set[_Spot]()
    for change in comparison.statistics:
        old, new = (_spot(s) if s else None for s in (change.old, change.new))
        told_old |= {old} if old else set()
        told_new |= {new} if new else set()
        if old and new:
            found[new] = old, change
    for link in comparison.alignment:
        left = [f for spot, f in ours.items() if spot[0] in link.old and spot not in told_old]
        for spot, figure in theirs.items():
            if spot[0] in link.new and spot not in told_new and (same := _same(figure, left)):
                left.remove(same)
                found[spot] = _spot(same.statistic), None
    return found


def _same(figure: Figure, candidates: Iterable[Figure]) -> Figure | None:
    """The figure that states the same in the same sentence, or at least the same."""
    equal = [f for f in candidates if _states_the_same(f.statistic, figure.statistic)]
    sentence = key(figure.sentence)
    return next((f for f in equal if key(f.sentence) == sentence), equal[0] if equal else None)


def _states_the_same(old: Statistic, new: Statistic) -> bool:
    return old.qualifier is new.qualifier and old.kind is new.kind and same_quantity(old, new)


def _is_turn(point: Point) -> bool:
    return point.change is not None and point.change.change is StatisticEvent.CHANGED


def _subjects(
    page: Key, document: Document, links: Sequence[SectionLink], before: Mapping[SectionId, Subject], found: list[Subject]
) -> Iterator[tuple[SectionId, Subject]]:  # fmt: skip
    """The subject of each section of an edition."""
    edition = document.edition or 0
    groups = [link for link in links if link.new] or [
        SectionLink(old=(), new=(section.id,), status=SectionStatus.ADDED) for section in document.sections
    ]
    for link in groups:
        sections = [document.section(name) for name in link.new]
        subject = next((before[name] for name in link.old if name in before), None)
        if subject is None:
            subject = Subject(page=page, topic=None)
            found.append(subject)
        subject.topic = sections[0].topic or subject.topic
        subject.editions[edition] = Written(
            position=sections[0].position,
            headings=tuple(s.heading for s in sections),
            words=sum(word_count(s.text) for s in sections),
        )
        yield from ((name, subject) for name in link.new)
