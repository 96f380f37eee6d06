"""One event, one alert."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alerts.criteria import Rule
from monitor.alerts.merging import WINDOW, merge
from monitor.alerts.rules import decide, decide_incident
from monitor.model.alert import Alert, EventKind, Incident, Place
from monitor.model.comparison import ChangeClass, Comparison, ComparisonKind
from tests.unit.alerts.samples import LANGUAGES, NOW, alert, change, comparison, context, document, rule


def test_one_event_seen_in_six_languages_is_one_alert() -> None:
    seen = [alert(language, at=NOW + timedelta(minutes=n)) for n, language in enumerate(LANGUAGES)]

    (found,) = merge(reversed(seen))

    assert set(found.languages) == set(LANGUAGES)
    assert len(found.sightings) == 6
    assert found.raised_at == NOW
    assert found.id not in {one.id for one in seen}


def test_merging_does_not_depend_on_the_order() -> None:
    seen = [alert(language, at=NOW + timedelta(minutes=n)) for n, language in enumerate(LANGUAGES)]

    assert merge(seen) == merge(reversed(seen)) == merge(merge(seen))


def test_different_figures_are_different_events() -> None:
    assert len(merge([alert("en"), alert("fr", new=240)])) == 2


def test_the_same_figures_in_another_section_are_another_event() -> None:
    other = alert("fr")
    (seen,) = other.sightings
    moved = replace(seen.statistics[0], place=Place(heading="Peine de mort", topic="death_penalty", position=9))

    assert len(merge([alert("en"), replace(other, sightings=(replace(seen, statistics=(moved,)),))])) == 2


def test_two_edits_of_one_section_in_one_language_stay_apart() -> None:
    first, second = (
        decide(comparison(change(ChangeClass.WORDING, "a", new)), [rule()], context())[0] for new in ("b", "c")
    )

    assert len(merge([first, second])) == 2


def test_the_same_figures_in_another_target_are_another_event() -> None:
    assert len(merge([alert("en"), alert("fr", target="norvania")])) == 2


def test_a_language_that_follows_after_the_window_is_an_event_of_its_own() -> None:
    late = alert("fr", at=NOW + WINDOW + timedelta(seconds=1))

    assert len(merge([alert("en"), late])) == 2


def test_two_changes_of_one_language_stay_apart() -> None:
    other = decide(
        comparison(change(ChangeClass.WORDING, "a", "b"), change(ChangeClass.NAME, "c", "d")), [rule()], context()
    )

    assert len(merge([alert("en"), *other])) == 2


def test_text_without_figures_is_matched_by_class_and_section() -> None:
    def hedged(language: str, change_class: ChangeClass) -> Alert:
        return decide(comparison(change(change_class, "x", ""), language=language), [rule()], context())[0]

    assert len(merge([hedged("en", ChangeClass.HEDGING), hedged("zh", ChangeClass.HEDGING)])) == 1
    assert len(merge([hedged("en", ChangeClass.HEDGING), hedged("zh", ChangeClass.NAME)])) == 2


def test_two_rules_that_speak_of_one_comparison_are_one_alert() -> None:
    narrow = rule("narrow", classes=(ChangeClass.NUMBER,))

    (found,) = merge([alert(), alert(of=narrow)])

    assert set(found.rules) == {"figures", "narrow"}
    assert len(found.sightings) == 1
    assert len(found.sightings[0].changes) == 1


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_one_new_edition_is_one_alert(language: str) -> None:
    def new_edition(tag: str) -> Alert:
        found = Comparison(kind=ComparisonKind.EDITION, old=document(tag), new=document(tag, edition=2025), alignment=(),
                           changes=(change(ChangeClass.WORDING, "a", "b"),))  # fmt: skip
        return decide(found, [rule()], context())[0]

    assert len(merge([new_edition("en"), new_edition(language)])) == 1


def test_one_cause_of_trouble_is_one_alert() -> None:
    def trouble(language: str, cause: str) -> Alert:
        asked: list[Rule] = [rule(kinds=())]
        return decide_incident(EventKind.TROUBLE_BEGAN, Incident(cause=cause), (language,), asked, context())[0]

    assert len(merge([trouble("en", "timeout"), trouble("fr", "timeout"), trouble("ar", "tls")])) == 2


def test_a_thousand_targets_are_merged_without_comparing_all_with_all() -> None:
    many = [alert(language, target=f"country-{n}") for n in range(170) for language in LANGUAGES]

    assert len(merge(many)) == 170
