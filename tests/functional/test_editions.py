"""`monitor diff` on two editions and on two languages, as its user meets it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.demo.stages import Stage
from tests.fakes.norvania import page
from tests.functional.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for stage, name in ((Stage.TRANSLATIONS_FOLLOW, "2024"), (Stage.NEW_EDITION_TRANSLATED, "2025")):
        for language in ("en", "ar", "zh"):
            (tmp_path / f"{name}-{language}.html").write_bytes(page(stage, language))
    return tmp_path


def test_two_editions_are_compared_by_subject(run_monitor: Run, reports: Path) -> None:
    ran = run_monitor("diff", "2024-en.html", "2025-en.html")

    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("Norvania: what the 2025 report says that 2024 did not\n")
    assert "12 of 14 subjects continued, 4 of them under a new heading" in ran.out
    assert "64,800 → 57,200" in ran.out


@pytest.mark.parametrize("language", ["ar", "zh"])
@pytest.mark.parametrize("form", ["text", "html", "markdown", "json"])
def test_editions_in_every_format_and_script(run_monitor: Run, reports: Path, language: str, form: str) -> None:
    ran = run_monitor("diff", f"2024-{language}.html", f"2025-{language}.html", "--format", form, "--output", "report")

    assert (ran.status, ran.err) == (1, "")
    assert "229" in (reports / "report").read_text(encoding="utf-8")


def test_the_record_of_two_editions_has_their_facts(run_monitor: Run, reports: Path) -> None:
    record = json.loads(run_monitor("diff", "2024-en.html", "2025-en.html", "--format", "json").out)

    assert record["kind"] == "edition"
    assert 0.5 < record["outline_similarity"] <= 1
    assert {"carried_over", "subjects", "names", "sources", "related"} <= set(record["editions"])


def test_editions_given_the_wrong_way_round_are_compared_and_said_to_be(run_monitor: Run, reports: Path) -> None:
    ran = run_monitor("diff", "2025-en.html", "2024-en.html")

    assert ran.status == 1
    assert "The older edition (2024) is given second" in ran.out


def test_the_same_edition_twice_is_the_same(run_monitor: Run, reports: Path) -> None:
    ran = run_monitor("diff", "2024-en.html", "2024-en.html", "--as", "edition")

    assert ran.status == 0
    assert "Nothing that a reader of the report would see has changed." in ran.out


def test_two_languages_that_agree_are_the_same(run_monitor: Run, reports: Path) -> None:
    ran = run_monitor("diff", "2024-en.html", "2024-zh.html")

    assert ran.status == 0
    assert "English and Chinese agree" in ran.out


def test_a_page_labelled_with_another_language_is_read_by_its_text_and_said_to_be(
    run_monitor: Run, reports: Path
) -> None:
    wrong = page(Stage.TRANSLATIONS_FOLLOW, "en").replace(b'lang="en', b'lang="es')
    (reports / "wrong.html").write_bytes(wrong)
    ran = run_monitor("diff", "2024-en.html", "wrong.html", "--as", "translation")

    assert "Note: " in ran.out
    assert ran.err == ""
