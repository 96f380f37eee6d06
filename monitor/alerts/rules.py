"""The Decider: a comparison or an incident and the rules into alerts. Pure: the same input gives the same alerts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.alerts.criteria import Context, Rule
from monitor.alerts.selection import (
    Selection,
    bare_sighting,
    grew_sharply,
    lag_sighting,
    matches,
    select,
    share,
    sighting,
)
from monitor.language.tag import canonical
from monitor.model.alert import Alert, Delivery, EventKind, Incident, Severity, Sighting, alert_id
from monitor.model.comparison import ChangeClass, Comparison, ComparisonKind, SectionStatus

_GRAVE = frozenset({ChangeClass.NEGATION, ChangeClass.HEDGING})
_LOUD = frozenset({EventKind.REDESIGN_SUSPECTED, EventKind.DELIVERY_FAILED})


class Refusal(StrEnum):
    """Why a rule says nothing about an event, in the order in which the reasons are looked for."""

    TARGET = "target"
    LANGUAGE = "language"
    UNCHANGED = "unchanged"
    KIND = "kind"
    SECTION = "section"
    SELECTION = "selection"
    SIZE = "size"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What one rule says about an event: an alert, or why not. `detail` is a sentence for the operator."""

    rule: str
    alert: Alert | None
    refusal: Refusal | None
    detail: str


def decide(comparison: Comparison, rules: Iterable[Rule], context: Context) -> tuple[Alert, ...]:
    """One alert for each rule that the comparison concerns.

    A comparison of equal readings, or with differences of typography and notation only, gives none. A return to an
    old version (A→B→A) gives notes, which are kept and never sent, except to rules that ask for returns.
    """
    return tuple(said.alert for said in explain(comparison, rules, context) if said.alert)


def decide_incident(
    kind: EventKind, incident: Incident, languages: Sequence[str], rules: Iterable[Rule], context: Context
) -> tuple[Alert, ...]:
    """One alert for each rule that asks for events of that kind, which come from no comparison.

    The same cause with the same `since`, address and languages is the same alert.
    """
    since = incident.since.isoformat() if incident.since else ""
    event = "\n".join((kind.value, incident.cause, incident.address, since))
    severity = Severity.HIGH if kind in _LOUD else Severity.NORMAL
    return tuple(
        Alert(
            id=alert_id(rule=rule.name, target=context.target, languages=tuple(languages), event=event),
            rules=(rule.name,), kind=kind, severity=severity, target=context.target, title=context.title,
            languages=tuple(languages), raised_at=context.now, incident=incident,
        )
        for rule in rules
        if not _refused(rule, context.target, languages) and kind in _kinds(rule)
    )  # fmt: skip


def explain(comparison: Comparison, rules: Iterable[Rule], context: Context) -> tuple[Explanation, ...]:
    """What each rule says about the comparison, in the order of the rules."""
    return tuple(_judge(comparison, rule, context) for rule in rules)


def deliveries(alert: Alert, rules: Iterable[Rule]) -> tuple[Delivery, ...]:
    """One delivery for each channel that the alert's rules name; none for a note."""
    if alert.severity is Severity.NOTE:
        return ()
    wordings = {channel: rule.wording for rule in rules if rule.name in alert.rules for channel in rule.channels}
    return tuple(Delivery(alert_id=alert.id, channel=name, wording=wording) for name, wording in wordings.items())


def event_kind(comparison: Comparison, context: Context) -> EventKind:
    """What the comparison is as an event. A translation lags if it is of an older edition or has not followed."""
    match comparison.kind:
        case ComparisonKind.REVISION:
            return EventKind.REVISION if context.returned_to is None else EventKind.RETURN
        case ComparisonKind.EDITION:
            return EventKind.EDITION
        case ComparisonKind.TRANSLATION:
            lags = comparison.old.edition != comparison.new.edition or context.behind_since is not None
            return EventKind.TRANSLATION_LAG if lags else EventKind.TRANSLATION_DISAGREEMENT


def _judge(comparison: Comparison, rule: Rule, context: Context) -> Explanation:
    kind = _kind_for(rule, event_kind(comparison, context))
    if refused := _refused(rule, context.target, _languages(comparison)):
        return refused
    lags = kind is EventKind.TRANSLATION_LAG
    if not comparison.changed and not lags:
        return _no(rule, Refusal.UNCHANGED, "nothing that a reader would see changed (typography is never told)")
    if kind not in _kinds(rule):
        return _no(rule, Refusal.KIND, f"it is of kind {kind}; the rule asks for {_listed(rule.kinds)}")
    if lags:
        since = context.behind_since if comparison.old.edition == comparison.new.edition else None
        seen = lag_sighting(comparison, since) if since else bare_sighting(comparison)
        return _yes(_alert(seen, kind, comparison, rule, context), rule)
    chosen = select(comparison, rule)
    if reason := _unfit(comparison, chosen, rule):
        return _no(rule, *reason)
    return _yes(_alert(sighting(comparison, chosen), kind, comparison, rule, context), rule)


def _kind_for(rule: Rule, kind: EventKind) -> EventKind:
    """The event as the rule sees it: a return is a revision (and only noted) to who does not ask for returns."""
    return EventKind.REVISION if kind is EventKind.RETURN and kind not in _kinds(rule) else kind


def _refused(rule: Rule, target: str, languages: Sequence[str]) -> Explanation | None:
    if rule.targets and not any(matches(target, pattern) for pattern in rule.targets):
        return _no(rule, Refusal.TARGET, f"the target is {target}; the rule asks for {_listed(rule.targets)}")
    if rule.languages and languages and not set(map(canonical, rule.languages)) & set(map(canonical, languages)):
        asked = _listed(rule.languages)
        return _no(rule, Refusal.LANGUAGE, f"the language is {_listed(languages)}; the rule asks for {asked}")
    return None


def _unfit(comparison: Comparison, chosen: Selection, rule: Rule) -> tuple[Refusal, str] | None:
    if not chosen.in_place:
        asked = _listed((*rule.topics, *rule.sections)) or "any section"
        return Refusal.SECTION, f"nothing to tell changed there; the rule asks for {asked}"
    if not chosen:
        return Refusal.SELECTION, "no change is of the classes asked for, and no statistic fulfils a condition"
    if rule.statistics and chosen.statistics:
        return None
    if chosen.words < rule.smallest.words:
        return Refusal.SIZE, f"{chosen.words} words changed; the rule asks for {rule.smallest.words}"
    if rule.smallest.share and (part := share(comparison, chosen)) < rule.smallest.share:
        return Refusal.SIZE, f"{part:.1%} of the words changed; the rule asks for {rule.smallest.share:.1%}"
    return None


def _alert(seen: Sighting, kind: EventKind, comparison: Comparison, rule: Rule, context: Context) -> Alert:
    languages = _languages(comparison)
    return Alert(
        id=alert_id(rule=rule.name, target=context.target, languages=languages, event=f"{kind}\n{comparison.id}"),
        rules=(rule.name,), kind=kind, severity=_severity(seen, kind, context), target=context.target,
        title=context.title, languages=languages, raised_at=context.now, sightings=(seen,),
    )  # fmt: skip


def _severity(seen: Sighting, kind: EventKind, context: Context) -> Severity:
    """High for a reservation or negation that changed, a section that went, or a value that doubled or halved."""
    if context.returned_to is not None and kind is EventKind.REVISION:
        return Severity.NOTE
    if kind not in (EventKind.REVISION, EventKind.RETURN):
        return Severity.NORMAL
    found = {change.change_class for change in seen.changes}
    found |= {finding.change_class for change in seen.changes for finding in change.findings}
    gone = any(section.status is SectionStatus.REMOVED for section in seen.sections)
    sharp = any(grew_sharply(statistic.change) for statistic in seen.statistics)
    return Severity.HIGH if found & _GRAVE or gone or sharp else Severity.NORMAL


def _languages(comparison: Comparison) -> tuple[str, ...]:
    return tuple(dict.fromkeys((comparison.old.language, comparison.new.language)))


def _kinds(rule: Rule) -> frozenset[EventKind]:
    return frozenset(rule.kinds or EventKind)


def _yes(alert: Alert, rule: Rule) -> Explanation:
    if alert.severity is Severity.NOTE:
        return Explanation(
            rule=rule.name, alert=alert, refusal=None, detail="a return to an old version: noted, not sent"
        )
    return Explanation(rule=rule.name, alert=alert, refusal=None, detail=f"sent to {_listed(rule.channels)}")


def _no(rule: Rule, refusal: Refusal, detail: str) -> Explanation:
    return Explanation(rule=rule.name, alert=None, refusal=refusal, detail=detail)


def _listed(items: Iterable[object]) -> str:
    return ", ".join(map(str, items))
