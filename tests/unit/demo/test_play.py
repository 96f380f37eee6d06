"""The folder that the demo writes into."""

from pathlib import Path

import pytest

from monitor.config import load
from monitor.demo.manuscript import LANGUAGES
from monitor.demo.play import play
from monitor.errors import InputError
from monitor.runs.check import State


def test_the_first_stage_meets_every_page_for_the_first_time(tmp_path: Path) -> None:
    scene = next(play(tmp_path / "out"))

    assert [outcome.state for outcome in scene.outcomes] == [State.FIRST] * len(LANGUAGES)
    assert [outcome.page.language for outcome in scene.outcomes] == list(LANGUAGES)
    assert (scene.problems, scene.reports) == ((), ())


def test_the_configuration_that_is_left_is_valid(tmp_path: Path) -> None:
    next(play(tmp_path))

    configuration = load(tmp_path / "config.toml")

    assert [target.id for target in configuration.targets] == ["norvania"]
    assert configuration.store == tmp_path / "snapshots"


def test_what_an_earlier_demo_left_is_replaced(tmp_path: Path) -> None:
    next(play(tmp_path))
    stale = tmp_path / "reports" / "stale.html"
    stale.write_text("old")

    scene = next(play(tmp_path))

    assert not stale.exists()
    assert {outcome.state for outcome in scene.outcomes} == {State.FIRST}


@pytest.mark.parametrize("taken", ["snapshots/monitor.db", "notes.txt"])
def test_a_folder_with_files_of_the_user_is_left_alone(tmp_path: Path, taken: str) -> None:
    file = tmp_path / taken
    file.parent.mkdir(exist_ok=True)
    file.write_text("precious")

    with pytest.raises(InputError, match="holds files that no demo left there"):
        next(play(tmp_path))

    assert file.read_text() == "precious"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(InputError, match="cannot be written"):
        next(play(tmp_path / "file" / "below"))
