"""What a rule asks for of a comparison, cut down to what an alert holds. The only module that reads a comparison's
changes for an alert; typography and notation never pass it."""

import fnmatch
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alerts.criteria import Condition, Rule
from monitor.alerts.excerpts import excerpt, sentence
from monitor.language import words
from monitor.model.alert import ChangeExcerpt, Place, SectionExcerpt, Side, Sighting, StatisticExcerpt
from monitor.model.comparison import (
    Change,
    ChangeClass,
    Comparison,
    ComparisonKind,
    Operation,
    SectionLink,
    SectionStatus,
)
from monitor.model.document import Document
from monitor.model.statistic import Statistic, StatisticChange, StatisticEvent

MOST_CHANGES = 12
MOST_STATISTICS = 20
MOST_SECTIONS = 20
_EVENTS = {StatisticEvent.CHANGED: 0, StatisticEvent.ADDED: 1, StatisticEvent.REMOVED: 2}
_CLASS_OF = {SectionStatus.ADDED: ChangeClass.ADDED, SectionStatus.REMOVED: ChangeClass.REMOVED}
_GRAVITY = {change_class: rank for rank, change_class in enumerate(ChangeClass)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What of a comparison lies in the rule's sections, and what of that it asks for."""

    in_place: bool
    changes: tuple[tuple[Place, Change], ...]
    statistics: tuple[tuple[Place, StatisticChange], ...]
    sections: tuple[SectionExcerpt, ...]
    words: int

    def __bool__(self) -> bool:
        return bool(self.changes or self.statistics or self.sections)


def select(comparison: Comparison, rule: Rule) -> Selection:
    """Everything in the comparison that the rule asks for, the gravest changes first."""
    places = _Places(comparison)
    changes = [(places.of(c.old_section, c.new_section), c) for c in comparison.changes if _counts(c)]
    changes = [(place, change) for place, change in changes if in_place(place, rule)]
    statistics = [(places.of_statistic(s), s) for s in _told(comparison)]
    statistics = [(place, change) for place, change in statistics if in_place(place, rule)]
    sections = [s for s in places.sections(comparison.alignment) if in_place(s.place, rule)]
    wanted = [(place, change) for place, change in changes if _is_wanted(change, rule)]
    return Selection(
        in_place=bool(changes or statistics or sections),
        changes=tuple(sorted(wanted, key=lambda pair: _gravity(pair[1]))),
        statistics=tuple(sorted(_wanted_statistics(statistics, rule), key=lambda pair: _EVENTS[pair[1].change])),
        sections=tuple(section for section in sections if _is_wanted_section(section, rule)),
        words=sum(_size(change) for _, change in wanted),
    )  # fmt: skip


def share(comparison: Comparison, selection: Selection) -> float:
    """How much of the larger document's words the selected changes touch, 0 or more."""
    return selection.words / max(_length(comparison.old), _length(comparison.new), 1)


def sighting(comparison: Comparison, selection: Selection) -> Sighting:
    """The selection as an alert keeps it: the first ones, with their texts cut down, and how much was left out."""
    changes = selection.changes[:MOST_CHANGES]
    statistics = selection.statistics[:MOST_STATISTICS]
    told = len(changes) + len(statistics)
    return Sighting(
        comparison_id=comparison.id, old=side(comparison.old), new=side(comparison.new),
        changes=tuple(_change(place, change) for place, change in changes),
        statistics=tuple(_statistic(place, change) for place, change in statistics),
        sections=selection.sections[:MOST_SECTIONS], left_out=max(0, _countable(comparison) - told),
    )  # fmt: skip


def lag_sighting(comparison: Comparison, since: datetime) -> Sighting:
    """What the first side changed and the second has not followed, all of it, whatever a rule asks for."""
    places = _Places(comparison)
    changes = [(places.of(c.old_section, c.new_section), c) for c in comparison.changes]
    whole = Selection(
        in_place=True, changes=tuple(sorted(changes, key=lambda pair: _gravity(pair[1]))),
        statistics=tuple((places.of_statistic(s), s) for s in _told(comparison)), sections=(), words=0,
    )  # fmt: skip
    return replace(sighting(comparison, whole), since=since)


def bare_sighting(comparison: Comparison) -> Sighting:
    """The two sides alone, for an event that is not about single changes."""
    return Sighting(comparison_id=comparison.id, old=side(comparison.old), new=side(comparison.new))


def side(document: Document) -> Side:
    """A document as an alert names it."""
    return Side(
        language=document.language, title=document.title[:200], edition=document.edition,
        source=document.source[:2000], sha256=document.sha256,
    )  # fmt: skip


def in_place(place: Place, rule: Rule) -> bool:
    """True if the rule asks for no section, for this one's topic or for its heading."""
    if not (rule.topics or rule.sections) or place.topic in rule.topics:
        return True
    return any(matches(place.heading, pattern) for pattern in rule.sections)


def matches(name: str, pattern: str) -> bool:
    """True if the name is the pattern's, `*` and `?` standing for anything; letter case and typography aside."""
    return re.match(fnmatch.translate(words.key(pattern).casefold()), words.key(name).casefold()) is not None


def fulfils(change: StatisticChange, condition: Condition) -> bool:
    """True if the statistic's change meets everything that the condition names."""
    sides = [statistic for statistic in (change.old, change.new) if statistic]
    if condition.kinds and not any(statistic.kind in condition.kinds for statistic in sides):
        return False
    if condition.counted and not any(_counts_phrase(s.counted, p) for s in sides for p in condition.counted):
        return False
    return _differs(change, condition) and _crosses(change, condition)


def grew_sharply(change: StatisticChange) -> bool:
    """True if the value at least doubled or halved."""
    return change.ratio is not None and not 0.5 < change.ratio < 2


class _Places:
    """The sections of both sides by id."""

    def __init__(self, comparison: Comparison) -> None:
        self._old = {section.id: section for section in comparison.old.sections}
        self._new = {section.id: section for section in comparison.new.sections}

    def of(self, old: str | None, new: str | None) -> Place:
        """The section as it is called now, else as it was called."""
        section = self._new.get(new or "") or self._old.get(old or "")  # type: ignore[call-overload]
        if section is None:
            return Place(heading="")
        return Place(heading=section.heading[:200], topic=section.topic, position=section.position)

    def of_statistic(self, change: StatisticChange) -> Place:
        """The section that the statistic stands in."""
        return self.of(change.old.section if change.old else None, change.new.section if change.new else None)

    def sections(self, links: Iterable[SectionLink]) -> Iterator[SectionExcerpt]:
        """The sections that came, went, split, merged, moved or were renamed."""
        plain = {SectionStatus.UNCHANGED, SectionStatus.EDITED, SectionStatus.REWRITTEN}
        for link in links:
            if link.status in plain and not link.renamed and not link.moved:
                continue
            old = self.of(link.old[0], None) if link.old else Place(heading="")
            place = self.of(None, link.new[0]) if link.new else old
            yield SectionExcerpt(
                place=place, status=link.status, old_heading=old.heading if old.heading != place.heading else "",
                renamed=link.renamed, moved=link.moved,
            )  # fmt: skip


def _counts(change: Change) -> bool:
    return change.change_class is not ChangeClass.TYPOGRAPHY


def _is_wanted(change: Change, rule: Rule) -> bool:
    if not rule.classes:
        return not rule.statistics
    return change.change_class in rule.classes or any(f.change_class in rule.classes for f in change.findings)


def _is_wanted_section(section: SectionExcerpt, rule: Rule) -> bool:
    if not rule.classes:
        return not rule.statistics
    return (section.moved and ChangeClass.MOVED in rule.classes) or _CLASS_OF.get(section.status) in rule.classes


def _told(comparison: Comparison) -> list[StatisticChange]:
    """The statistics that may alert; between languages only those that disagree, since one that is missing there may
    only be worded otherwise."""
    if comparison.kind is ComparisonKind.TRANSLATION:
        return [change for change in comparison.statistics if change.change is StatisticEvent.CHANGED]
    return [change for change in comparison.statistics if change.change in _EVENTS]


def _wanted_statistics(
    found: Iterable[tuple[Place, StatisticChange]], rule: Rule
) -> Iterator[tuple[Place, StatisticChange]]:
    """Those that fulfil a condition; without conditions all of them if the rule asks for numbers or for nothing."""
    conditions = rule.statistics
    if not conditions and (not rule.classes or ChangeClass.NUMBER in rule.classes):
        conditions = (Condition(),)
    for place, change in found:
        if any(fulfils(change, condition) for condition in conditions):
            yield place, change


def _counts_phrase(counted: str, phrase: str) -> bool:
    return words.key(phrase).casefold() in words.key(counted).casefold()


def _differs(change: StatisticChange, condition: Condition) -> bool:
    if condition.by is not None and (change.delta is None or abs(change.delta) < condition.by):
        return False
    if condition.by_share is None:
        return True
    if change.ratio is None:
        return bool(change.delta) and change.old is not None and change.old.value == 0
    return abs(change.ratio - 1) >= condition.by_share


def _crosses(change: StatisticChange, condition: Condition) -> bool:
    if condition.rises_above is None and condition.falls_below is None:
        return True
    old, new = _ends(change.old), _ends(change.new)
    if old is None or new is None:
        return False
    rises = condition.rises_above is None or old[1] <= condition.rises_above < new[0]
    return rises and (condition.falls_below is None or old[0] >= condition.falls_below > new[1])


def _ends(statistic: Statistic | None) -> tuple[float, float] | None:
    """The least and the greatest number stated."""
    if statistic is None or statistic.value is None:
        return None
    if isinstance(statistic.value, tuple):
        return min(statistic.value), max(statistic.value)
    return statistic.value, statistic.value


def _gravity(change: Change) -> int:
    return min((_GRAVITY[finding.change_class] for finding in change.findings), default=_GRAVITY[change.change_class])


def _size(change: Change) -> int:
    """How many words the change took away or put in, whichever is more."""
    gone = sum(words.word_count(hunk.text) for hunk in change.hunks if hunk.operation is Operation.DELETE)
    come = sum(words.word_count(hunk.text) for hunk in change.hunks if hunk.operation is Operation.INSERT)
    return max(gone, come)


def _length(document: Document) -> int:
    return sum(words.word_count(block.text) for section in document.sections for block in section.blocks)


def _countable(comparison: Comparison) -> int:
    changes = sum(_counts(change) for change in comparison.changes)
    return changes + len(_told(comparison))


def _change(place: Place, change: Change) -> ChangeExcerpt:
    findings = tuple(f for f in change.findings if f.change_class is not ChangeClass.TYPOGRAPHY)[:6]
    return ChangeExcerpt(
        change_class=change.change_class, place=place, hunks=excerpt(change.hunks),
        findings=tuple(f._replace(old=f.old[:200], new=f.new[:200]) for f in findings),
    )  # fmt: skip


def _statistic(place: Place, change: StatisticChange) -> StatisticExcerpt:
    old, new = change.old, change.new
    cut = change._replace(
        old=old and old._replace(quote=old.quote[:100], counted=old.counted[:200]),
        new=new and new._replace(quote=new.quote[:100], counted=new.counted[:200]),
        old_sentence=sentence(change.old_sentence, old), new_sentence=sentence(change.new_sentence, new),
        confidence=round(change.confidence, 3),
    )  # fmt: skip
    return StatisticExcerpt(place=place, change=cut)
