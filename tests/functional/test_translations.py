"""`monitor translations`: of documents given, and of a target that a check has followed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.demo import site
from monitor.demo.manuscript import LANGUAGES
from monitor.demo.play import play
from monitor.demo.server import Site
from monitor.demo.stages import Stage, pages
from tests.fakes.norvania import page
from tests.functional.conftest import Ran

Run = Callable[..., Ran]
NAMES = [f"{language}.html" for language in LANGUAGES]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for language in LANGUAGES:
        (tmp_path / f"{language}.html").write_bytes(page(Stage.TRANSLATION_LAGS, language))
    return tmp_path


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's store as it stood when translations lagged."""
    folder = tmp_path_factory.mktemp("followed")
    for scene in play(folder):
        if scene.step.stage is Stage.TRANSLATION_LAGS:
            break
    return folder


def test_documents_are_put_side_by_side_without_a_store(run_monitor: Run, reports: Path) -> None:
    ran = run_monitor("translations", *NAMES)

    assert (ran.status, ran.err) == (0, "")
    row = next(line for line in ran.out.splitlines() if line.startswith("Freedom of expression ") and "!168" in line)
    assert row.split()[3:] == ["186", "186", "!168", "!171", "186", "!171"]
    assert "Les tribunaux ont condamné 168 personnes" in ran.out


def test_another_source_can_be_chosen(run_monitor: Run, reports: Path) -> None:
    record = json.loads(run_monitor("translations", *NAMES, "--source", "fr", "--format", "json").out)

    assert record["source"] == "fr"
    assert record["documents"][0]["language"] == "fr"


def test_the_page_holds_every_text_and_no_script(run_monitor: Run, reports: Path) -> None:
    ran = run_monitor("translations", *NAMES, "--format", "html", "--output", "grid.html")
    written = (reports / "grid.html").read_text(encoding="utf-8")

    assert ran.status == 0
    assert "<script" not in written
    assert written.count("<details") >= 15 * 5


def test_a_document_that_cannot_be_read_is_told_in_one_line(run_monitor: Run, reports: Path) -> None:
    ran = run_monitor("translations", "en.html", "missing.html")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("monitor: missing.html: no such file")


def test_documents_without_sections_are_compared_as_a_whole(run_monitor: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "The council of Maravel closed 40 wells in the dry season of that year.", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text(
        "El consejo de Maravel cerró 40 pozos en la estación seca de aquel año.", encoding="utf-8"
    )
    ran = run_monitor("translations", "a.txt", "b.txt")

    assert ran.status == 0
    assert "Note: " in ran.out


def test_a_target_that_is_held_tells_lags_with_their_day(run_monitor: Run, followed: Path) -> None:
    config = followed / "config.toml"
    ran = run_monitor("translations", "norvania", "--config", config)
    record = json.loads(run_monitor("translations", "norvania@2024", "--config", config, "--format", "json").out)

    assert (ran.status, ran.err) == (0, "")
    assert "not followed by Arabic and Russian" in ran.out
    assert "186 in English and 168 in French" in ran.out
    lags = {cell["language"] for row in record["rows"] for cell in row["cells"] if cell["lag"]}
    assert lags == {"ar", "ru"}


@pytest.mark.parametrize(
    ("name", "told"),
    [("atlantis", "no captures are held"), ("norvania@1999", "editions held are 2024"), ("norvania@x", "an edition")],
)
def test_a_target_or_edition_that_is_not_held_is_told_in_one_line(
    run_monitor: Run, followed: Path, name: str, told: str
) -> None:
    ran = run_monitor("translations", name, "--config", followed / "config.toml")

    assert ran.status == 2
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_check_tells_which_languages_lag_and_which_stands_alone(run_monitor: Run, tmp_path: Path) -> None:
    addresses = {language: site.report_path(language) for language in ("en", "es", "fr", "ar")}
    with Site(pages(Stage.FIRST_EDITION)) as served:
        lines = [f'{language} = "{served.address}{path}"' for language, path in addresses.items()]
        (tmp_path / "config.toml").write_text(
            '[fetch]\ninterval = 0\nallow_private = ["127.0.0.0/8"]\n[[target]]\nid = "norvania"\n'
            f'profile = "amnesty"\n[target.addresses]\n{chr(10).join(lines)}\n',
            encoding="utf-8",
        )
        first = run_monitor("check")
        served.show(pages(Stage.TRANSLATION_LAGS))
        second = run_monitor("check")
        record = run_monitor("check", "--format", "json")
    assert "norvania  all languages agree" in first.out
    assert "not followed by Arabic" in second.out
    assert "186 in English and 168 in French" in second.out
    assert "see them with: monitor translations norvania" in second.out
    assert "languages" not in {json.loads(line)["state"] for line in record.out.splitlines()}


def test_a_revision_that_is_held_tells_which_languages_have_not_followed(run_monitor: Run, followed: Path) -> None:
    config = followed / "config.toml"
    ran = run_monitor("diff", "norvania/en@first", "norvania/en", "--config", config)
    other = run_monitor("diff", "norvania/fr@first", "norvania/fr", "--config", config)

    assert "not followed by Arabic and Russian: Violations" in " ".join(ran.out.split())
    assert "not followed" not in other.out


def test_the_page_of_two_editions_that_are_held_has_the_languages_of_the_new_one(
    run_monitor: Run, tmp_path: Path
) -> None:
    for _ in play(tmp_path):
        pass
    page_of_years = tmp_path / "years.html"
    run_monitor(
        "diff", "norvania/en@2024", "norvania/en", "--config", tmp_path / "config.toml", "--format", "html",
        "--output", page_of_years,
    )  # fmt: skip
    written = page_of_years.read_text(encoding="utf-8")

    assert '<h2 id="languages">Languages compared</h2>' in written
    assert "15 sections agree" in written
    assert "Chinese</th>" in written
