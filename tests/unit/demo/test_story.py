"""What the demo expects of the program, and what the pure parts of the program make of the same pages."""

import pytest

from monitor.demo import site
from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage, pages, report_at
from monitor.demo.story import STEPS, Expected, problems
from monitor.diff.comparison import compare
from monitor.extract.reading import read
from monitor.model.comparison import Comparison

CHANGES = [
    (step.stage, language)
    for step in STEPS[1:]
    for language in step.expected
    if step.expects(language) != Expected.SET_ASIDE
]


def _compared(old: Stage, new: Stage, language: str) -> Comparison:
    path = site.report_path(language)
    return compare(*(read(pages(stage)[path], source=f"norvania/{language}") for stage in (old, new)))


def test_the_story_tells_every_stage_in_order() -> None:
    assert [step.stage for step in STEPS] == list(Stage)
    assert len({step.name for step in STEPS}) == len(STEPS)


def test_a_change_is_expected_exactly_where_the_text_changes() -> None:
    for step in STEPS[1:]:
        changing = {tag for tag in LANGUAGES if report_at(step.stage, tag) != report_at(Stage(step.stage - 1), tag)}

        assert {
            tag for tag in LANGUAGES if step.expects(tag) not in (Expected.UNCHANGED, Expected.SET_ASIDE)
        } == changing


@pytest.mark.parametrize(("stage", "language"), CHANGES)
def test_what_a_step_expects_is_found(stage: Stage, language: str) -> None:
    before = Stage.TRANSLATION_LAGS if stage is Stage.TRANSLATIONS_FOLLOW else Stage(stage - 1)

    comparison = _compared(before, stage, language)

    assert problems(STEPS[stage - 1].expects(language), comparison) == []


@pytest.mark.parametrize(
    "expected", [Expected.CORRECTED, Expected.MISCORRECTED, Expected.PUT_RIGHT, Expected.NEW_EDITION]
)
def test_a_program_that_finds_nothing_is_told_off(expected: Expected) -> None:
    nothing = _compared(Stage.FIRST_EDITION, Stage.NOISE, "en")

    assert problems(expected, nothing)


def test_a_program_that_takes_a_new_edition_for_silence_is_told_off() -> None:
    assert problems(Expected.UNCHANGED, _compared(Stage.FIRST_EDITION, Stage.NEW_EDITION, "en"))
