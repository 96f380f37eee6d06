"""An alert in one line: the subject of a mail, the heading of a story."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from monitor.language.tag import canonical
from monitor.model.alert import Alert, EventKind, Sighting
from monitor.model.comparison import ChangeClass
from monitor.model.statistic import StatisticEvent
from monitor.report.changes import finding_phrase, shortened
from monitor.report.shapes import Phrase, Piece
from monitor.report.visible import visible
from monitor.report.wording import Wording

_GRAVE = (ChangeClass.NEGATION, ChangeClass.HEDGING)
_LONGEST_COUNTED = 40
_LONGEST_TITLE = 80
_NAMED_TARGETS = 3


def headline(alert: Alert, words: Wording) -> Phrase:
    """The alert in one line."""
    title = Piece(text=shortened(alert.title, _LONGEST_TITLE), language="und")
    match alert.kind:
        case EventKind.REVISION:
            return words.phrase("alert_revision", title=title, gist=_gist(alert, words))
        case EventKind.EDITION:
            edition = alert.sightings[0].new.edition if alert.sightings else None
            return words.phrase("alert_edition", title=title, edition=str(edition or ""))
        case EventKind.TRANSLATION_LAG:
            return words.phrase(
                f"alert_{lag_name(alert)}", title=title, gist=_lagging(alert, words), **lag_sides(alert, words)
            )
        case EventKind.TRANSLATION_DISAGREEMENT:
            return words.phrase(
                "alert_translation_disagreement", title=title, languages=language_names(alert.languages, words)
            )
        case _:
            return words.phrase(f"alert_{event_name(alert, words)}", title=title)


def lag_name(alert: Alert) -> str:
    """Under which name the wording tells of a lag: of a change that was seen, or of an edition."""
    told = any(seen.since and seen.changes for seen in alert.sightings)
    return "translation_lag" if told else "translation_lag_edition"


def lag_sides(alert: Alert, words: Wording) -> dict[str, Phrase]:
    """The language that is ahead and those that are behind."""
    return {
        "other": language_names(alert.languages[:1], words), "languages": language_names(alert.languages[1:], words),
    }  # fmt: skip


def spoken(alert: Alert) -> list[Sighting]:
    """The sightings with both sides in the language of their texts: of a lag that is the language that is ahead."""
    if alert.kind is not EventKind.TRANSLATION_LAG:
        return list(alert.sightings)
    return [replace(seen, new=seen.old) for seen in alert.sightings]


def event_name(alert: Alert, words: Wording) -> str:
    """Under which name the wording tells of the event: that of its kind, with that of its cause if it has own words."""
    name = f"{alert.kind.value}_{alert.incident.cause}" if alert.incident else ""
    return name if f"lead_{name}" in words.sentences else alert.kind.value


def several(alerts: Sequence[Alert], words: Wording) -> str:
    """Several alerts in one line: how many, and the first targets."""
    titles = list(dict.fromkeys(shortened(alert.title, _LONGEST_TITLE) for alert in alerts))
    more = [] if len(titles) <= _NAMED_TARGETS else ["…"]
    targets = words.sentences["list_comma"].join([*titles[:_NAMED_TARGETS], *more])
    return words.say("several", n=len(alerts), targets=targets)


def in_readers_order(sightings: Iterable[Sighting], wording: str) -> list[Sighting]:
    """The sightings with the one first that a reader of that language should see: their own, else the English one."""
    order = {wording: 0, "en": 1}
    return sorted(sightings, key=lambda seen: order.get(canonical(seen.language), 2))


def language_names(tags: Iterable[str], words: Wording) -> Phrase:
    """The names of the languages as an enumeration."""
    return words.listed((Piece(text=words.language(tag)),) for tag in tags)


def _lagging(alert: Alert, words: Wording) -> Phrase:
    """The weightiest of what was not followed, with its section."""
    seen = spoken(alert)[0]
    place = next((figure.place for figure in seen.statistics), None) or next((c.place for c in seen.changes), None)
    if place is None or not place.heading:
        return _gist(alert, words)
    section = Piece(text=shortened(place.heading, _LONGEST_TITLE), language=seen.language)
    return words.phrase("gist_in", section=section, gist=_gist(alert, words))


def _gist(alert: Alert, words: Wording) -> Phrase:
    """The weightiest of the alert: a reservation or negation, a changed figure, else how many changes there are."""
    seen = next(iter(in_readers_order(spoken(alert), words.tag)), None)
    if seen is None:
        return words.phrase("gist_changes", n=0)
    count = len(seen.changes) + len(seen.sections) + seen.left_out
    said = _grave(seen, words) or _figure(seen, words)
    if not said:
        return words.phrase("gist_changes", n=max(count, len(seen.statistics)))
    return words.phrase("gist_and_more", gist=said) if count > 1 else said


def _grave(seen: Sighting, words: Wording) -> Phrase:
    languages = (seen.old.language, seen.new.language)
    found = [f for change in seen.changes for f in change.findings if f.change_class in _GRAVE]
    return finding_phrase(found[0], (), words, languages) if found else ()


def _figure(seen: Sighting, words: Wording) -> Phrase:
    for statistic in seen.statistics:
        change = statistic.change
        if change.change is StatisticEvent.CHANGED and change.old and change.new:
            old = Piece(text=shortened(change.old.quote), language=seen.old.language)
            new = Piece(text=shortened(change.new.quote), language=seen.new.language)
            counted = Piece(text=visible(change.new.counted), language=seen.language)
            told = 0 < len(counted.text) <= _LONGEST_COUNTED
            return words.phrase("gist_figure_counted" if told else "gist_figure", old=old, new=new, counted=counted)
    return ()
