"""Which comparisons make an alert."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alerts.criteria import Condition, Size
from monitor.alerts.rules import Refusal, decide, decide_incident, deliveries, explain
from monitor.model.alert import EventKind, Incident, Severity
from monitor.model.comparison import (
    ChangeClass,
    Comparison,
    ComparisonKind,
    Finding,
    SectionLink,
    SectionStatus,
)
from monitor.model.document import SectionId
from monitor.model.statistic import StatisticEvent, StatisticKind
from tests.unit.alerts.samples import LANGUAGES, NOW, change, changed, comparison, context, corrected, document, rule


def refusal(found: Comparison, **asked: object) -> Refusal | None:
    return explain(found, [rule(**asked)], context())[0].refusal


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_corrected_figure_makes_an_alert_that_names_its_section(language: str) -> None:
    (alert,) = decide(corrected(language), [rule()], context())

    (seen,) = alert.sightings
    assert (alert.kind, alert.languages) == (EventKind.REVISION, (language,))
    assert (seen.statistics[0].change.delta, seen.statistics[0].place.topic) == (6, "torture")
    assert seen.left_out == 0


def test_the_same_event_met_again_is_the_same_alert() -> None:
    first, again = (decide(corrected(), [rule()], context(now=NOW + timedelta(days=days)))[0] for days in (0, 9))

    assert first.id == again.id
    assert decide(corrected(new=105), [rule()], context())[0].id != first.id
    assert decide(corrected(), [rule("other")], context())[0].id != first.id


def test_equal_readings_make_none() -> None:
    assert refusal(comparison(changed=False)) is Refusal.UNCHANGED


def test_typography_and_notation_never_alert() -> None:
    quotes = change(ChangeClass.TYPOGRAPHY, '"so"', "“so”")
    found = comparison(quotes, statistics=(changed(9, 9, event=StatisticEvent.NOTATION),))

    assert decide(found, [rule(classes=(ChangeClass.TYPOGRAPHY, ChangeClass.NUMBER)), rule()], context()) == ()


def test_typography_beside_a_change_is_not_told() -> None:
    findings = (Finding(change_class=ChangeClass.NUMBER, old="98", new="104"),
                Finding(change_class=ChangeClass.TYPOGRAPHY, old="'", new="’"))  # fmt: skip
    found = comparison(
        change(ChangeClass.NUMBER, "98", "104", findings=findings), change(ChangeClass.TYPOGRAPHY, "a", "b")
    )

    (seen,) = decide(found, [rule()], context())[0].sightings

    assert [f.change_class for c in seen.changes for f in c.findings] == [ChangeClass.NUMBER]


def test_a_return_to_an_old_version_makes_a_note_that_goes_nowhere() -> None:
    asked = rule()
    (alert,) = decide(corrected(), [asked], context(returned_to=NOW - timedelta(days=3)))

    assert alert.severity is Severity.NOTE
    assert deliveries(alert, [asked]) == ()


def test_a_return_is_told_to_a_rule_that_names_it() -> None:
    asked = rule(kinds=(EventKind.RETURN,))
    (alert,) = decide(corrected(), [asked], context(returned_to=NOW - timedelta(days=3)))

    assert (alert.kind, alert.severity) == (EventKind.RETURN, Severity.NORMAL)
    assert [each.channel for each in deliveries(alert, [asked])] == list(asked.channels)


def test_a_rule_for_returns_hears_of_no_other_revision() -> None:
    assert decide(corrected(), [rule(kinds=(EventKind.RETURN,))], context()) == ()


def test_each_channel_of_a_rule_gets_its_own_delivery() -> None:
    asked = rule(channels=("desk", "hook"), wording="ru")
    (alert,) = decide(corrected(), [asked], context())

    found = deliveries(alert, [asked, rule("other", channels=("nobody",))])

    assert [(d.channel, d.wording) for d in found] == [("desk", "ru"), ("hook", "ru")]
    assert len({d.key for d in found}) == 2
    assert all(d.key.isalnum() and d.key.isascii() for d in found)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"targets": ("vel*",)}, None),
        ({"targets": ("nor*", "v?land")}, None),
        ({"targets": ("land",)}, Refusal.TARGET),
        ({"languages": ("en", "fr")}, None),
        ({"languages": ("fr",)}, Refusal.LANGUAGE),
        ({"kinds": (EventKind.EDITION,)}, Refusal.KIND),
        ({"kinds": ()}, None),
        ({"topics": ("torture",)}, None),
        ({"topics": ("death_penalty",)}, Refusal.SECTION),
        ({"sections": ("TORTURE*",)}, None),
        ({"sections": ("Torture",)}, Refusal.SECTION),
        ({"topics": ("death_penalty",), "sections": ("*ill-treatment",)}, None),
        ({"classes": (ChangeClass.NUMBER,)}, None),
        ({"classes": (ChangeClass.HEDGING,)}, Refusal.SELECTION),
        ({"smallest": Size(words=2)}, Refusal.SIZE),
        ({"smallest": Size(share=0.5)}, Refusal.SIZE),
        ({"smallest": Size(words=1, share=0.01)}, None),
        ({"smallest": Size(words=50), "statistics": (Condition(by=6),)}, None),
    ],
)
def test_a_rule_narrows_what_it_is_told(asked: dict[str, object], said: Refusal | None) -> None:
    assert refusal(corrected(), **asked) is said


@pytest.mark.parametrize(
    ("old", "new", "condition", "tells"),
    [
        (98, 104, Condition(), True),
        (98, 104, Condition(by=6), True),
        (98, 104, Condition(by=7), False),
        (104, 98, Condition(by=6), True),
        (100, 110, Condition(by_share=0.1), True),
        (100, 109, Condition(by_share=0.1), False),
        (0, 3, Condition(by_share=9), True),
        (98, 104, Condition(rises_above=100), True),
        (100, 104, Condition(rises_above=100), True),
        (101, 104, Condition(rises_above=100), False),
        (98, 100, Condition(rises_above=100), False),
        (104, 98, Condition(rises_above=100), False),
        (104, 98, Condition(falls_below=100), True),
        (100, 98, Condition(falls_below=100), True),
        (104, 100, Condition(falls_below=100), False),
        (98, 104, Condition(by=1, rises_above=100), True),
        (98, 104, Condition(by=9, rises_above=100), False),
        (None, 104, Condition(), True),
        (104, None, Condition(), True),
        (None, 104, Condition(by=1), False),
        (None, 104, Condition(rises_above=100), False),
        (98, 104, Condition(counted=("NEW cases",)), True),
        (98, 104, Condition(counted=("arrests", "cases")), True),
        (98, 104, Condition(counted=("arrests",)), False),
        (98, 104, Condition(kinds=(StatisticKind.COUNT,)), True),
        (98, 104, Condition(kinds=(StatisticKind.PERCENT,)), False),
    ],
)
def test_a_condition_on_statistics(old: int | None, new: int | None, condition: Condition, tells: bool) -> None:
    found = comparison(statistics=(changed(old, new),))

    assert bool(decide(found, [rule(statistics=(condition,))], context())) is tells


@pytest.mark.parametrize(("language", "phrase"), [("zh", "新案"), ("ar", "قضية"), ("ru", "НОВЫХ"), ("fr", "affaires")])
def test_a_counted_phrase_is_found_in_every_script(language: str, phrase: str) -> None:
    found = corrected(language)

    assert decide(found, [rule(statistics=(Condition(counted=(phrase,)),))], context())


def test_ranges_cross_a_threshold_only_as_a_whole() -> None:
    def moved(old: tuple[int, int], new: tuple[int, int]) -> Comparison:
        base = changed(1, 2)
        assert base.old
        assert base.new
        return comparison(
            statistics=(
                base._replace(
                    old=base.old._replace(value=old), new=base.new._replace(value=new), delta=None, ratio=None
                ),
            )
        )

    asked = rule(statistics=(Condition(rises_above=50),))

    assert decide(moved((10, 20), (60, 70)), [asked], context())
    assert not decide(moved((10, 20), (40, 70)), [asked], context())
    assert not decide(moved((10, 20), (60, 70)), [rule(statistics=(Condition(by=1),))], context())


def test_classes_and_statistics_are_asked_for_side_by_side() -> None:
    hedged = comparison(change(ChangeClass.HEDGING, "reportedly ", ""), statistics=(changed(98, 99),))
    asked = rule(classes=(ChangeClass.HEDGING,), statistics=(Condition(by=50),))

    (seen,) = decide(hedged, [asked], context())[0].sightings

    assert (len(seen.changes), len(seen.statistics), seen.left_out) == (1, 0, 1)


def test_a_reservation_that_went_is_grave_and_told_first() -> None:
    found = comparison(change(ChangeClass.WORDING, "a", "b"), change(ChangeClass.HEDGING, "allegedly ", ""))

    (alert,) = decide(found, [rule()], context())

    assert alert.severity is Severity.HIGH
    assert alert.sightings[0].changes[0].change_class is ChangeClass.HEDGING


def test_a_removed_section_is_told_and_grave() -> None:
    links = (SectionLink(old=(SectionId("s0"),), new=(SectionId("s0"),), status=SectionStatus.UNCHANGED),
             SectionLink(old=(SectionId("s1"),), new=(), status=SectionStatus.REMOVED))  # fmt: skip
    found = comparison(alignment=links)

    (alert,) = decide(found, [rule(classes=(ChangeClass.REMOVED,))], context())

    assert (alert.severity, alert.sightings[0].sections[0].status) == (Severity.HIGH, SectionStatus.REMOVED)
    assert refusal(found, classes=(ChangeClass.ADDED,)) is Refusal.SELECTION


def test_a_translation_of_an_older_edition_lags() -> None:
    found = Comparison(kind=ComparisonKind.TRANSLATION, old=document("en", edition=2025), new=document("fr"), alignment=(),
                       changes=(), changed=True)  # fmt: skip

    (alert,) = decide(found, [rule()], context())

    assert (alert.kind, alert.languages) == (EventKind.TRANSLATION_LAG, ("en", "fr"))


def test_a_translation_that_has_not_followed_lags_even_if_nothing_differs() -> None:
    found = Comparison(kind=ComparisonKind.TRANSLATION, old=document("en"), new=document("fr"), alignment=(), changes=(),
                       changed=False)  # fmt: skip

    (alert,) = decide(found, [rule()], context(behind_since=NOW))

    assert alert.kind is EventKind.TRANSLATION_LAG


def test_languages_disagree_by_figures_that_differ_not_by_figures_not_found() -> None:
    def between(*statistics: object) -> Comparison:
        return Comparison(kind=ComparisonKind.TRANSLATION, old=document("en"), new=document("ar"), alignment=(), changes=(),
                          statistics=statistics)  # type: ignore[arg-type]  # fmt: skip

    (alert,) = decide(between(changed(98, 104)), [rule()], context())

    assert alert.kind is EventKind.TRANSLATION_DISAGREEMENT
    assert refusal(between(changed(98, None), changed(None, 5))) is Refusal.SECTION


def test_trouble_reaches_only_rules_that_ask_for_it() -> None:
    trouble = Incident(cause="timeout", detail="no answer within 60 seconds", since=NOW)
    operator = rule("operator", kinds=(EventKind.TROUBLE_BEGAN,))

    found = decide_incident(EventKind.TROUBLE_BEGAN, trouble, ("en",), [rule(), operator], context())

    assert [alert.rules for alert in found] == [("operator",)]


def test_trouble_that_goes_on_is_one_alert_and_new_trouble_another() -> None:
    asked = [rule(kinds=())]
    began = Incident(cause="timeout", since=NOW)

    first = decide_incident(EventKind.TROUBLE_BEGAN, began, ("en",), asked, context())
    again = decide_incident(EventKind.TROUBLE_BEGAN, began, ("en",), asked, context(now=NOW + timedelta(days=1)))
    later = decide_incident(
        EventKind.TROUBLE_BEGAN, replace(began, since=NOW + timedelta(days=2)), ("en",), asked, context()
    )

    assert first[0].id == again[0].id != later[0].id


def test_every_rule_says_why_in_words() -> None:
    rules = [rule("a"), rule("b", targets=("x",)), rule("c", smallest=Size(words=9))]

    said = explain(corrected(), rules, context())

    assert [entry.rule for entry in said] == ["a", "b", "c"]
    assert said[0].alert
    assert "the target is veland; the rule asks for x" in said[1].detail
    assert said[2].detail == "1 words changed; the rule asks for 9"
