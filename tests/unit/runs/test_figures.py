"""Figures and subjects followed through versions and editions."""

import pytest

from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage
from monitor.errors import UnknownReferenceError
from monitor.runs.figures import Series, series_of, subjects_of
from tests.fakes.norvania import TARGET, day, shelf

ALL = (Stage.FIRST_EDITION, Stage.SILENT_CORRECTION, Stage.NEW_EDITION_TRANSLATED)


def values(series: Series) -> list[object]:
    return [point.statistic.value for point in series.points]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_corrected_figure_is_one_series_that_ends_with_the_edition(language: str) -> None:
    stages = (*ALL[:2], Stage.TRANSLATIONS_FOLLOW, ALL[2])
    found = series_of(shelf(*stages), TARGET, {}, language)
    (corrected,) = [series for series in found if values(series)[:1] == [171]]

    assert values(corrected)[-1] == 186
    assert [point.statistic.value for point in corrected.turns] == [171, 186]
    assert corrected.turns[1].change is not None
    assert corrected.turns[1].change.delta == 15
    assert corrected.ended is not None
    assert corrected.ended.document.edition == 2025


def test_a_figure_goes_on_through_editions_where_both_surely_count_the_same() -> None:
    found = series_of(shelf(*ALL), TARGET, {}, "en")
    (refugees,) = [series for series in found if 57_200 in values(series)]

    assert values(refugees) == [64_800, 64_800, 57_200]
    assert [point.stand.document.edition for point in refugees.turns] == [2024, 2025]
    assert refugees.ended is None


def test_a_figure_of_unchanged_text_is_stated_in_every_version_and_never_turns() -> None:
    found = series_of(shelf(*ALL), TARGET, {}, "en")
    (hearing,) = [series for series in found if series.points[0].statistic.quote == "40 minutes"]

    assert len(hearing.points) == 2
    assert len(hearing.turns) == 1


def test_every_figure_of_every_version_belongs_to_one_series() -> None:
    found = series_of(shelf(*ALL), TARGET, {}, "en")
    spots = [
        (p.stand.since, p.statistic.section, p.statistic.block, p.statistic.start) for s in found for p in s.points
    ]

    assert len(spots) == len(set(spots))
    assert {since for since, *_ in spots} == {day(stage) for stage in ALL}


def test_subjects_are_followed_through_new_headings_and_splits() -> None:
    found = {
        subject.editions[max(subject.editions)].headings: subject
        for subject in subjects_of(shelf(*ALL), TARGET, {}, "en")
    }
    renamed = found["Right to truth, justice and reparation",]
    split = found["Refugees’ rights", "Migrants’ rights"]

    assert renamed.editions[2024].headings == ("Impunity",)
    assert sorted(split.editions) == [2024, 2025]
    assert sorted(found["Death penalty",].editions) == [2024]
    assert sorted(found["Women’s and girls’ rights",].editions) == [2025]


def test_subjects_stand_in_the_order_of_the_last_edition() -> None:
    found = subjects_of(shelf(*ALL), TARGET, {}, "en")
    positions = [subject.editions[2025].position for subject in found if 2025 in subject.editions]

    assert positions == sorted(positions)
    assert 2025 not in found[-1].editions


def test_a_target_that_is_not_held_is_told() -> None:
    with pytest.raises(UnknownReferenceError, match="no captures"):
        series_of(shelf(Stage.FIRST_EDITION), "maravel", {})
