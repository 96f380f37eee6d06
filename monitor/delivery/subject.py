"""An alert in one line: the subject of a mail, the heading of a story."""

from collections.abc import Iterable, Sequence

from monitor.model.alert import Alert, EventKind, Sighting, StatisticExcerpt
from monitor.model.comparison import ChangeClass
from monitor.model.statistic import StatisticEvent
from monitor.report.changes import finding_phrase, shortened
from monitor.report.shapes import text_of
from monitor.report.visible import visible
from monitor.report.wording import Wording

_GRAVE = (ChangeClass.NEGATION, ChangeClass.HEDGING)
_LONGEST_COUNTED = 40
_LONGEST_TITLE = 80
_NAMED_TARGETS = 3


def headline(alert: Alert, words: Wording) -> str:
    """The alert in one line of bare text, without isolates of direction."""
    title = shortened(alert.title, _LONGEST_TITLE)
    languages = [words.language(tag) for tag in alert.languages] or [""]
    listed = words.sentences["list_comma"].join(languages)
    match alert.kind:
        case EventKind.REVISION:
            return words.say("alert_revision", title=title, gist=_gist(alert, words))
        case EventKind.EDITION:
            edition = alert.sightings[0].new.edition if alert.sightings else None
            return words.say("alert_edition", title=title, edition=str(edition or "")).rstrip()
        case EventKind.TRANSLATION_LAG:
            return words.say("alert_translation_lag", title=title, other=languages[0], language=languages[-1])
        case EventKind.TRANSLATION_DISAGREEMENT:
            return words.say("alert_translation_disagreement", title=title, languages=listed)
        case _:
            return words.say(f"alert_{alert.kind.value}", title=title)


def several(alerts: Sequence[Alert], words: Wording) -> str:
    """Several alerts in one line: how many, and the first targets."""
    titles = list(dict.fromkeys(shortened(alert.title, _LONGEST_TITLE) for alert in alerts))
    more = [] if len(titles) <= _NAMED_TARGETS else ["…"]
    targets = words.sentences["list_comma"].join([*titles[:_NAMED_TARGETS], *more])
    return words.say("several", n=len(alerts), targets=targets)


def _gist(alert: Alert, words: Wording) -> str:
    """The weightiest of the alert: a reservation or negation, a changed figure, else how many changes there are."""
    seen = next(
        (s for s in alert.sightings if s.language == words.tag), alert.sightings[0] if alert.sightings else None
    )
    if seen is None:
        return words.say("gist_changes", n=0)
    count = len(seen.changes) + len(seen.sections) + seen.left_out
    said = _grave(seen, words) or _figure(seen.statistics, words)
    if not said:
        return words.say("gist_changes", n=max(count, len(seen.statistics)))
    return words.say("gist_and_more", gist=said) if count > 1 else said


def _grave(seen: Sighting, words: Wording) -> str:
    languages = (seen.old.language, seen.new.language)
    found = [f for change in seen.changes for f in change.findings if f.change_class in _GRAVE]
    return text_of(finding_phrase(found[0], (), words, languages)) if found else ""


def _figure(statistics: Iterable[StatisticExcerpt], words: Wording) -> str:
    for statistic in statistics:
        change = statistic.change
        if change.change is StatisticEvent.CHANGED and change.old and change.new:
            counted = visible(change.new.counted)
            values = {"old": shortened(change.old.quote), "new": shortened(change.new.quote), "counted": counted}
            told = counted and len(counted) <= _LONGEST_COUNTED
            return words.say("gist_figure_counted" if told else "gist_figure", **values)
    return ""
