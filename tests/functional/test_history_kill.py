"""Imports, exports and compactions that are killed at any moment: the store stays whole, a second run completes."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.reports import report
from tests.fakes.warcs import URL, Page, warc, write

KILLS = 10
COUNT = 60


def killed(folder: Path, seconds: float, *arguments: str) -> None:
    """Run the program until it is killed (or was done before)."""
    command = [sys.executable, "-m", "monitor", *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        try:
            run.wait(seconds)
        except subprocess.TimeoutExpired:
            run.kill()


def done(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "monitor", *arguments]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture
def captures(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(f'[[target]]\nid = "maravel"\naddresses = {{ en = "{URL}" }}\n')
    many = [
        Page(at=f"2024-05-{n // 24 + 1:02}T{n % 24:02}:00:00Z", body=report(figure=n // 3, noise=str(n), length=8))
        for n in range(COUNT)
    ]
    return write(tmp_path, warc(many))


def whole(folder: Path, reference: str) -> None:
    """The store of a run that was let be, and that of one that was killed, tell the same."""
    assert done(folder, "history", "maravel", "--format", "json", "--store", "killed") == reference
    done(folder, "verify", "--store", "killed")


def test_an_import_that_is_killed_is_completed_by_the_next(tmp_path: Path, captures: Path) -> None:
    chance = random.Random(11)
    done(tmp_path, "import", "warc", str(captures), "--store", "whole")
    reference = done(tmp_path, "history", "maravel", "--format", "json", "--store", "whole")
    for _ in range(KILLS):
        killed(tmp_path, chance.uniform(0.1, 1.0), "import", "warc", str(captures), "--store", "killed")
        if (tmp_path / "killed/store.sqlite").exists():
            done(tmp_path, "verify", "--store", "killed")
        if chance.random() < 0.3:
            shutil.rmtree(tmp_path / "killed", ignore_errors=True)
    done(tmp_path, "import", "warc", str(captures), "--store", "killed")
    whole(tmp_path, reference)


def test_a_compaction_that_is_killed_is_completed_by_the_next(tmp_path: Path, captures: Path) -> None:
    chance = random.Random(12)
    done(tmp_path, "import", "warc", str(captures), "--store", "whole")
    shutil.copytree(tmp_path / "whole", tmp_path / "untouched")
    done(tmp_path, "compact", "--store", "whole")
    reference = done(tmp_path, "history", "maravel", "--format", "json", "--store", "whole")
    for _ in range(KILLS):
        shutil.rmtree(tmp_path / "killed", ignore_errors=True)
        shutil.copytree(tmp_path / "untouched", tmp_path / "killed")
        killed(tmp_path, chance.uniform(0.05, 0.35), "compact", "--store", "killed")
        done(tmp_path, "verify", "--store", "killed")
    done(tmp_path, "compact", "--store", "killed")
    whole(tmp_path, reference)


def test_an_export_that_is_killed_leaves_a_whole_file_or_none(tmp_path: Path, captures: Path) -> None:
    chance = random.Random(13)
    done(tmp_path, "import", "warc", str(captures), "--store", "killed")
    done(tmp_path, "export", "--warc", "whole.warc.gz", "--store", "killed")
    reference = (tmp_path / "whole.warc.gz").read_bytes()
    for _ in range(KILLS):
        killed(tmp_path, chance.uniform(0.05, 0.35), "export", "--warc", "killed.warc.gz", "--store", "killed")
        if (tmp_path / "killed.warc.gz").exists():
            assert (tmp_path / "killed.warc.gz").read_bytes() == reference
            (tmp_path / "killed.warc.gz").unlink()
    done(tmp_path, "export", "--warc", "killed.warc.gz", "--store", "killed")
    assert (tmp_path / "killed.warc.gz").read_bytes() == reference
