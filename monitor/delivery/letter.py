"""A message before it has a format: what is said of each alert, in the reader's words. Every decision is taken here;
text and HTML only lay it out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.alerts.merging import same_section, same_statistic, same_text
from monitor.alerts.schedule import Form
from monitor.delivery.subject import (
    event_name,
    headline,
    in_readers_order,
    lag_name,
    lag_sides,
    language_names,
    several,
    spoken,
)
from monitor.delivery.words import words_of
from monitor.language.tag import canonical
from monitor.model.alert import (
    Alert,
    ChangeExcerpt,
    EventKind,
    Incident,
    SectionExcerpt,
    Severity,
    Sighting,
    StatisticExcerpt,
)
from monitor.model.comparison import ChangeClass, SectionStatus
from monitor.model.statistic import StatisticEvent
from monitor.report.changes import finding_phrase
from monitor.report.figures import difference
from monitor.report.shapes import Phrase, Piece, Segment, Tone, text_of
from monitor.report.visible import visible, web_address
from monitor.report.wording import Wording

MOST_ALERTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way to more: an address that a browser may follow, with what it is called."""

    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A statistic before and after, in the language of its document."""

    section: str
    counted: str
    old: str
    new: str
    difference: str
    old_language: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A changed paragraph: where it stands, why it is told, and its marked text."""

    section: str
    reasons: tuple[Phrase, ...]
    segments: tuple[Segment, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one language shows of an event. `label` is "" for the language that is told in full; `heads` name the two sides
    of its figures."""

    label: str
    heads: tuple[str, str]
    sections: tuple[Phrase, ...]
    figures: tuple[Figure, ...]
    passages: tuple[Passage, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One alert."""

    heading: Phrase
    tone: Tone
    sentences: tuple[Phrase, ...]
    parts: tuple[Part, ...]
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A whole message. `wording` is the language of its own words."""

    wording: str
    direction: str
    subject: str
    intro: str
    stories: tuple[Story, ...]
    closing: tuple[str, ...]

    @property
    def has_passages(self) -> bool:
        """True if some text is marked, so that the marks need a word."""
        return any(part.passages for story in self.stories for part in story.parts)


def letter(alerts: Sequence[Alert], *, wording: str, form: Form, reports: Mapping[str, str]) -> Letter:
    """What is told of the alerts, at most MOST_ALERTS of them, in the words of that language.

    `reports` are the addresses of the full reports, by comparison. Of an event seen in several languages the reader's
    own is told in full (else English, else the first), of the others what only they show.
    """
    words = words_of(wording)
    rules = dict.fromkeys(rule for alert in alerts for rule in alert.rules)
    closing = [words.say("because", rules=visible(words.sentences["list_comma"].join(rules)))]
    if len(alerts) > MOST_ALERTS:
        closing.insert(0, words.say("alerts_left_out", n=len(alerts) - MOST_ALERTS))
    return Letter(
        wording=words.tag, direction=words.direction,
        subject=text_of(headline(alerts[0], words)).strip() if len(alerts) == 1 else several(alerts, words),
        intro={Form.SINGLE: "", Form.DIGEST: words.say("digest"), Form.ROLL_UP: words.say("gathered")}[form],
        stories=tuple(_story(alert, words, reports) for alert in alerts[:MOST_ALERTS]), closing=tuple(closing),
    )  # fmt: skip


def _story(alert: Alert, words: Wording, reports: Mapping[str, str]) -> Story:
    seen = in_readers_order(alert.sightings, words.tag)
    told = in_readers_order(spoken(alert), words.tag)
    rest = sum(sighting.left_out for sighting in seen[:1])
    return Story(
        heading=headline(alert, words), tone=Tone.FLAG if alert.severity is Severity.HIGH else Tone.EDIT,
        sentences=tuple(_sentences(alert, words)), parts=tuple(_parts(told, seen, words, reports)),
        rest=words.say("left_out", n=rest) if rest else "",
    )  # fmt: skip


def _sentences(alert: Alert, words: Wording) -> Iterator[Phrase]:
    yield _lead(alert, words)
    if alert.incident:
        yield from _incident(alert.incident, words)
    lags = alert.kind is EventKind.TRANSLATION_LAG
    if (len(alert.sightings) > 1 and not lags) or (alert.incident and alert.languages):
        yield words.phrase("seen_in", languages=language_names(alert.languages, words))


def _lead(alert: Alert, words: Wording) -> Phrase:
    if alert.kind is not EventKind.TRANSLATION_LAG:
        return words.phrase(f"lead_{event_name(alert, words)}")
    since = min((seen.since for seen in alert.sightings if seen.since), default=None)
    date = words.day(since, year=True) if since else ""
    return words.phrase(f"lead_{lag_name(alert)}", date=date, **lag_sides(alert, words))


def _incident(incident: Incident, words: Wording) -> Iterator[Phrase]:
    detail = f"{incident.cause}: {incident.detail}".removesuffix(": ").rstrip(".")
    yield words.phrase("cause", cause=Piece(text=visible(detail[:500]), language="en"))
    if incident.since:
        moment = incident.since.isoformat()
        yield words.phrase("since", moment=words.moments(moment, moment)[0])
    if incident.address:
        yield words.phrase("address", address=Piece(text=visible(incident.address[:500]), language="und"))
    if incident.count:
        yield words.phrase("pages_affected", n=incident.count)


def _parts(
    told: Sequence[Sighting], seen: Sequence[Sighting], words: Wording, reports: Mapping[str, str]
) -> Iterator[Part]:
    """The sightings `told` in the language of their texts, each with the links of the one `seen`."""
    for index, (spoken_of, sighting) in enumerate(zip(told, seen, strict=True)):
        found = spoken_of if index == 0 else _beyond(spoken_of, told[:index])
        yield Part(
            label=words.say("only_in", language=words.language(sighting.language)) if index else "",
            heads=_heads(found, words),
            sections=tuple(_section(section, found, words) for section in found.sections),
            figures=tuple(_figure(statistic, found, words) for statistic in found.statistics),
            passages=tuple(_passage(change, found, words) for change in found.changes),
            links=tuple(_links(sighting, words, reports, named=len(seen) > 1)),
        )  # fmt: skip


def _is_bilingual(sighting: Sighting) -> bool:
    return canonical(sighting.old.language) != canonical(sighting.new.language)


def _heads(sighting: Sighting, words: Wording) -> tuple[str, str]:
    if _is_bilingual(sighting):
        return words.language(sighting.old.language), words.language(sighting.new.language)
    return words.say("side_old"), words.say("side_new")


def _beyond(sighting: Sighting, told: Sequence[Sighting]) -> Sighting:
    """The sighting without what another language has told."""
    return Sighting(
        comparison_id=sighting.comparison_id, old=sighting.old, new=sighting.new,
        changes=tuple(c for c in sighting.changes if not any(same_text(c, d) for seen in told for d in seen.changes)),
        statistics=tuple(
            s for s in sighting.statistics if not any(same_statistic(s, t) for seen in told for t in seen.statistics)
        ),
        sections=tuple(
            s for s in sighting.sections if not any(same_section(s, t) for seen in told for t in seen.sections)
        ),
    )  # fmt: skip


def _links(sighting: Sighting, words: Wording, reports: Mapping[str, str], *, named: bool) -> Iterator[Link]:
    suffix = f" ({words.language(sighting.language)})" if named else ""
    if report := web_address(reports.get(sighting.comparison_id, "")):
        yield Link(label=words.say("link_report") + suffix, href=report)
    if page := web_address(sighting.new.source):
        yield Link(label=words.say("link_page") + suffix, href=page)


def _section(section: SectionExcerpt, sighting: Sighting, words: Wording) -> Phrase:
    gone = section.status is SectionStatus.REMOVED
    name = Piece(text=visible(section.place.heading), language=(sighting.old if gone else sighting.new).language)
    if _is_bilingual(sighting) and section.status in _ONE_SIDED:
        lacking = words.language(sighting.new.language)
        return words.phrase(_ONE_SIDED[section.status], section=name, language=lacking)
    if section.status in _TOLD_SECTIONS:
        return words.phrase(f"section_{section.status.value}", section=name)
    if section.renamed:
        old = Piece(text=visible(section.old_heading), language=sighting.old.language)
        return words.phrase("section_renamed", old=old, section=name)
    return words.phrase("section_moved", section=name)


def _figure(statistic: StatisticExcerpt, sighting: Sighting, words: Wording) -> Figure:
    change = statistic.change
    shown = change.new or change.old
    if change.change is StatisticEvent.CHANGED:
        told = difference(change, words) or words.say("figure_other")
    else:
        told = words.say("figure_new" if change.change is StatisticEvent.ADDED else "figure_gone")
    return Figure(
        section=visible(statistic.place.heading), counted=visible(shown.counted) if shown else "",
        old=visible(change.old.quote) if change.old else "", new=visible(change.new.quote) if change.new else "",
        difference=told, old_language=sighting.old.language, language=sighting.language,
    )  # fmt: skip


def _passage(change: ChangeExcerpt, sighting: Sighting, words: Wording) -> Passage:
    languages = (sighting.old.language, sighting.new.language)
    reasons = [finding_phrase(finding, (), words, languages) for finding in change.findings]
    language = sighting.language
    if _is_bilingual(sighting):
        language = languages[0] if change.change_class is ChangeClass.REMOVED else languages[1]
        reasons = [words.phrase("only_in", language=words.language(language))]
    return Passage(
        section=visible(change.place.heading),
        reasons=tuple(dict.fromkeys(reasons)) or (words.phrase(change.change_class.value),),
        segments=tuple(Segment(operation=hunk.operation, text=visible(hunk.text)) for hunk in change.hunks),
        language=language,
    )  # fmt: skip


_TOLD_SECTIONS = frozenset({SectionStatus.ADDED, SectionStatus.REMOVED, SectionStatus.SPLIT, SectionStatus.MERGED})
_ONE_SIDED = {SectionStatus.REMOVED: "section_missing", SectionStatus.ADDED: "section_extra"}
