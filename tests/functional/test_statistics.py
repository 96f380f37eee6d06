"""`monitor statistics`: figures and subjects of what a check has followed."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.cli.statistics import _csv
from monitor.demo.play import play
from tests.functional.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("followed")
    for _ in play(folder):
        pass
    return folder / "config.toml"


def test_a_figure_stands_with_its_values_through_versions_and_editions(run_monitor: Run, config: Path) -> None:
    ran = run_monitor("statistics", "norvania/en", "--config", config)

    assert (ran.status, ran.err) == (0, "")
    assert "→ 57,200 (2025" in ran.out
    assert "171 (2024" in ran.out
    assert "(no longer stated)" in ran.out


def test_only_what_changed_can_be_asked_for(run_monitor: Run, config: Path) -> None:
    ran = run_monitor("statistics", "norvania", "--changed", "--config", config)
    lines = [line for line in ran.out.splitlines() if line.startswith("    ") and not line.startswith("     ")]

    assert lines
    assert all("→" in line for line in lines)
    assert {f"norvania/{tag}" for tag in ("ar", "en", "es", "fr", "ru", "zh")} <= set(ran.out.splitlines())


def test_csv_is_one_row_a_figure_and_version(run_monitor: Run, config: Path) -> None:
    ran = run_monitor("statistics", "norvania/ar", "--format", "csv", "--config", config)
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    corrected = [row for row in rows if row["change"] == "changed" and row["delta"] == "15"]

    assert len(corrected) == 1
    assert (corrected[0]["language"], corrected[0]["value"], corrected[0]["edition"]) == ("ar", "186", "2024")
    assert {row["edition"] for row in rows} == {"2024", "2025"}


def test_jsonl_is_one_object_a_line(run_monitor: Run, config: Path) -> None:
    ran = run_monitor("statistics", "norvania/zh", "--format", "jsonl", "--config", config)
    records = [json.loads(line) for line in ran.out.splitlines()]

    assert {record["kind"] for record in records} >= {"count", "percent", "duration"}
    assert all(record["series"] >= 1 and record["sentence"] for record in records)


def test_the_outline_is_subjects_by_years(run_monitor: Run, config: Path) -> None:
    table = run_monitor("statistics", "norvania/en", "--outline", "--config", config).out
    rows = list(csv.DictReader(io.StringIO(
        run_monitor("statistics", "norvania/en", "--outline", "--format", "csv", "--config", config).out
    )))  # fmt: skip

    assert "     136      66  Freedom of expression" in table
    assert "      36       —  Death penalty" in table
    expression = next(row for row in rows if row["subject"] == "Freedom of expression")
    assert (expression["2024"], expression["2025"], expression["topic"]) == ("136", "66", "freedom_of_expression")


@pytest.mark.parametrize("name", ["atlantis", "norvania/sw"])
def test_what_is_not_held_is_told_in_one_line(run_monitor: Run, config: Path, name: str) -> None:
    ran = run_monitor("statistics", name, "--config", config)

    assert ran.status == 2
    assert "no captures are held" in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_take_for_a_formula_is_led_in_by_an_apostrophe(text: str) -> None:
    (cell,) = list(csv.reader(io.StringIO("".join(_csv([{"sentence": text}])))))[1]

    assert cell.startswith("'")


def test_numbers_stay_numbers_in_csv() -> None:
    assert "".join(_csv([{"delta": -8, "value": 2.5, "unit": None}])).splitlines()[1] == "-8,2.5,"
