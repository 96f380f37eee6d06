"""One event, one alert: what several rules or several languages say of the same change is put together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from monitor.alerts.criteria import ABOUT_THE_REPORT
from monitor.model.alert import (
    Alert,
    ChangeExcerpt,
    EventKind,
    SectionExcerpt,
    Severity,
    Sighting,
    StatisticExcerpt,
    alert_id,
)
from monitor.model.statistic import Statistic, Value

WINDOW = timedelta(hours=1)
_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}


def merge(alerts: Iterable[Alert], *, window: timedelta = WINDOW) -> tuple[Alert, ...]:
    """The alerts of one reader, those of the same event put together, in the order in which they were first raised.

    Two are of the same event if they are of one kind and target, were raised within the window, and tell of the same
    comparison, of one new edition, of one cause of trouble, or of the same change in different languages: a statistic
    that went from the same value to the same value in the same section (same topic or position), or, where neither
    tells of statistics, a change of the same class in the same section.
    """
    return tuple(united(group) for group in same_events(alerts, window=window))


def same_events(alerts: Iterable[Alert], *, window: timedelta = WINDOW) -> tuple[tuple[Alert, ...], ...]:
    """The alerts grouped by event (see `merge`): every alert in exactly one group, oldest first."""
    groups: list[list[Alert]] = []
    related: dict[tuple[EventKind, str], list[list[Alert]]] = defaultdict(list)
    for alert in sorted(alerts, key=lambda alert: (alert.raised_at, alert.id)):
        near = related[alert.kind, alert.target]
        for group in near:
            if alert.raised_at - group[0].raised_at <= window and any(_same(alert, other) for other in group):
                group.append(alert)
                break
        else:
            groups.append([alert])
            near.append(groups[-1])
    return tuple(map(tuple, groups))


def united(group: Sequence[Alert]) -> Alert:
    """One alert for the group, which must not be empty, named after its members."""
    first = group[0]
    if len(group) == 1:
        return first
    languages = tuple(dict.fromkeys(language for alert in group for language in alert.languages))
    rules = tuple(dict.fromkeys(rule for alert in group for rule in alert.rules))
    event = "\n".join(sorted({alert.id for alert in group}))
    return replace(
        first, id=alert_id(rule="\n".join(rules), target=first.target, languages=languages, event=event), rules=rules,
        severity=max((alert.severity for alert in group), key=_GRAVITY.__getitem__), languages=languages,
        sightings=_sightings(group),
    )  # fmt: skip


def same_statistic(one: StatisticExcerpt, other: StatisticExcerpt) -> bool:
    """True if both went from the same value to the same value in the same section, in whatever languages."""
    return _values(one) == _values(other) and one.place.matches(other.place)


def same_text(one: ChangeExcerpt, other: ChangeExcerpt) -> bool:
    """True if both are of the same class in the same section, in whatever languages."""
    return one.change_class is other.change_class and one.place.matches(other.place)


def same_section(one: SectionExcerpt, other: SectionExcerpt) -> bool:
    """True if the same became of the same section, in whatever languages."""
    return one.status is other.status and one.place.matches(other.place)


def _same(one: Alert, other: Alert) -> bool:
    """For two alerts of one kind and target."""
    if one.id == other.id:
        return True
    if one.kind not in ABOUT_THE_REPORT:
        return _same_incident(one, other)
    return any(_same_change(one.kind, a, b) for a in one.sightings for b in other.sightings)


def _same_incident(one: Alert, other: Alert) -> bool:
    if one.incident is None or other.incident is None:
        return False
    return (one.incident.cause, one.incident.address) == (other.incident.cause, other.incident.address)


def _same_change(kind: EventKind, one: Sighting, other: Sighting) -> bool:
    if one.comparison_id == other.comparison_id:
        return True
    if kind in (EventKind.EDITION, EventKind.TRANSLATION_LAG):
        return (one.old.edition, one.new.edition) == (other.old.edition, other.new.edition)
    if one.language == other.language:
        return False
    if one.statistics or other.statistics:
        return any(same_statistic(a, b) for a in one.statistics for b in other.statistics)
    if any(same_text(a, b) for a in one.changes for b in other.changes):
        return True
    return any(same_section(a, b) for a in one.sections for b in other.sections)


def _values(excerpt: StatisticExcerpt) -> tuple[object, ...]:
    change = excerpt.change
    return change.change, _value(change.old), _value(change.new)


def _value(statistic: Statistic | None) -> Value | str | None:
    if statistic is None:
        return None
    return statistic.magnitude or "?" if statistic.value is None else statistic.value


def _sightings(group: Sequence[Alert]) -> tuple[Sighting, ...]:
    found: dict[str, Sighting] = {}
    for seen in (seen for alert in group for seen in alert.sightings):
        known = found.get(seen.comparison_id)
        found[seen.comparison_id] = _joined(known, seen) if known else seen
    return tuple(found.values())


def _joined(one: Sighting, other: Sighting) -> Sighting:
    """What two rules selected of one comparison."""
    changes = tuple(dict.fromkeys((*one.changes, *other.changes)))
    statistics = tuple(dict.fromkeys((*one.statistics, *other.statistics)))
    more = len(changes) + len(statistics) - len(one.changes) - len(one.statistics)
    return replace(
        one, changes=changes, statistics=statistics, sections=tuple(dict.fromkeys((*one.sections, *other.sections))),
        left_out=max(0, one.left_out - more),
    )  # fmt: skip
