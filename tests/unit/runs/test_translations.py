"""The languages of a target out of the store."""

from datetime import timedelta

import pytest

from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage
from monitor.diff.languages import Languages
from monitor.errors import LimitError, UnknownReferenceError
from monitor.model.target import Page, Target
from monitor.runs.translations import (
    Gathered,
    compared_languages,
    held_reports,
    languages_of,
    put_side_by_side,
    stands_of,
)
from tests.fakes.norvania import START, TARGET, day, page, shelf
from tests.fakes.reports import report
from tests.fakes.shelf import Shelf

UNTIL_LAG = (Stage.FIRST_EDITION, Stage.NOISE, Stage.SILENT_CORRECTION, Stage.TRANSLATION_LAGS)


def test_a_lagging_translation_is_dated_by_the_change_it_did_not_follow() -> None:
    found = languages_of(shelf(*UNTIL_LAG), TARGET, {})

    assert {lag.language for lag in found.lags} == {"ar", "ru"}
    assert {lag.since for lag in found.lags} == {day(Stage.SILENT_CORRECTION)}
    assert {lag.before for lag in found.lags} == {day(Stage.NOISE)}


def test_a_wrong_figure_is_told_from_a_lagging_one() -> None:
    (judgement,) = languages_of(shelf(*UNTIL_LAG), TARGET, {}).judgements

    assert judgement.outliers == ("fr",)


def test_all_agree_once_the_translations_have_followed() -> None:
    assert languages_of(shelf(*UNTIL_LAG, Stage.TRANSLATIONS_FOLLOW), TARGET, {}).agree


def test_the_edition_is_that_of_the_source_and_others_stand_apart() -> None:
    held = shelf(Stage.FIRST_EDITION, Stage.NEW_EDITION)

    assert {one.language for one in languages_of(held, TARGET, {}).apart} == {"es", "fr", "ar", "zh", "ru"}
    assert languages_of(held, TARGET, {}, source="fr").matrix.editions == dict.fromkeys(LANGUAGES, 2024)


def test_an_older_edition_can_be_asked_for() -> None:
    found = languages_of(shelf(Stage.FIRST_EDITION, Stage.NEW_EDITION), TARGET, {}, edition=2024)

    assert set(found.matrix.editions.values()) == {2024}
    assert found.apart == ()


@pytest.mark.parametrize(("target", "edition", "told"), [("maravel", None, "no captures"), (TARGET, 1999, "2024")])
def test_what_is_not_held_is_told(target: str, edition: int | None, told: str) -> None:
    with pytest.raises(UnknownReferenceError, match=told):
        languages_of(shelf(Stage.FIRST_EDITION), target, {}, edition=edition)


def test_a_text_that_came_back_stands_there_twice() -> None:
    held = Shelf()
    for place, stage in enumerate((Stage.FIRST_EDITION, Stage.SILENT_CORRECTION, Stage.NOISE)):
        held.put((TARGET, "en"), page(stage, "en"), START + timedelta(days=place))
    found = stands_of(held, (TARGET, "en"), held_reports(held, TARGET)[TARGET, "en"], {})

    assert [stand.since for stand in found] == [START, START + timedelta(days=1), START + timedelta(days=2)]
    assert found[0].document.sections[4].text == found[2].document.sections[4].text


def test_a_page_that_is_not_the_report_is_passed_over() -> None:
    found = languages_of(shelf(Stage.FIRST_EDITION, Stage.MAINTENANCE), TARGET, {})

    assert "ru" in found.matrix.editions


def test_what_cannot_be_compared_of_one_target_stops_no_other() -> None:
    pages = tuple(Page(target=TARGET, language=language, url="https://reports.example/") for language in ("en", "fr"))
    targets = [Target(id="maravel", title="Maravel", pages=pages), Target(id=TARGET, title="Norvania", pages=pages)]
    missing, found = compared_languages(shelf(Stage.FIRST_EDITION), targets)

    assert (missing.target, missing.languages) == ("maravel", None)
    assert "no captures" in str(missing.error)
    assert found.languages is not None


def test_a_target_whose_languages_cost_too_much_stops_no_other() -> None:
    def refuse_the_first(found: Gathered) -> Languages:
        if ("maravel", "en") in found.pages:
            raise LimitError("it takes more than 10 seconds of computing")
        return put_side_by_side(found)

    held = Shelf()
    for target in ("maravel", TARGET):
        for language in ("en", "fr"):
            held.put((target, language), report(language), START)
    pages = tuple(Page(target=TARGET, language=language, url="https://reports.example/") for language in ("en", "fr"))
    targets = [Target(id="maravel", title="Maravel", pages=pages), Target(id=TARGET, title="Norvania", pages=pages)]
    dear, found = compared_languages(held, targets, refuse_the_first)

    assert (dear.languages, str(dear.error)) == (None, "it takes more than 10 seconds of computing")
    assert found.languages is not None
