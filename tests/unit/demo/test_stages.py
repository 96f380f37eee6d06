"""The life of the fictional site."""

import pytest

from monitor.demo import site
from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage, pages, report_at


@pytest.mark.parametrize("stage", Stage)
def test_a_stage_is_the_whole_site_and_always_the_same(stage: Stage) -> None:
    found = pages(stage)

    assert found == pages(stage)
    assert {site.report_path(language) for language in LANGUAGES} <= set(found)
    assert "/robots.txt" in found


@pytest.mark.parametrize(
    ("stage", "languages"),
    [
        (Stage.NOISE, set()),
        (Stage.SILENT_CORRECTION, {"en", "es", "zh"}),
        (Stage.TRANSLATION_LAGS, {"fr"}),
        (Stage.MAINTENANCE, set()),
        (Stage.TRANSLATIONS_FOLLOW, {"fr", "ar", "ru"}),
        (Stage.NEW_EDITION, {"en"}),
        (Stage.NEW_EDITION_TRANSLATED, {"es", "fr", "ar", "zh", "ru"}),
    ],
)
def test_a_stage_changes_the_text_of_its_languages_alone(stage: Stage, languages: set[str]) -> None:
    before = Stage(stage - 1)

    assert {tag for tag in LANGUAGES if report_at(stage, tag) != report_at(before, tag)} == languages


def test_the_bytes_of_every_report_page_differ_at_every_stage() -> None:
    for language in LANGUAGES:
        bodies = {pages(stage)[site.report_path(language)] for stage in Stage}

        assert len(bodies) == len(Stage)


def test_one_page_is_down_for_maintenance_with_its_text_unchanged() -> None:
    russian = pages(Stage.MAINTENANCE)[site.report_path("ru")].decode()

    assert "Плановые работы" in russian
    assert "article-content" not in russian
    assert report_at(Stage.MAINTENANCE, "ru") == report_at(Stage.TRANSLATION_LAGS, "ru")
