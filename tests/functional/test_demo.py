"""`monitor demo`, as its user starts it."""

import re
from collections.abc import Callable
from pathlib import Path

from monitor.demo.story import STEPS
from tests.functional.conftest import Ran


def test_the_demo_finds_what_it_shows_and_leaves_its_reports(run_monitor: Callable[..., Ran], tmp_path: Path) -> None:
    done = run_monitor("demo")

    reports = sorted((tmp_path / "demo-output" / "reports").iterdir())
    told = re.findall(r"^ +(demo-output/reports/\S+\.html)$", done.out, re.MULTILINE)

    assert (done.status, done.err) == (0, "")
    assert "MISSED" not in done.out
    assert [step.heading for step in STEPS if step.heading not in done.out] == []
    assert sorted(told) == [str(path.relative_to(tmp_path)) for path in reports]
    assert "in all 9 mails and 9 webhooks, each once; 1 of them only after the" in " ".join(done.out.split())
    assert len(reports) == 19
    assert "186" in (tmp_path / "demo-output/reports/3-silent-correction-en.html").read_text(encoding="utf-8")

    history = run_monitor("history", "norvania/fr", "--config", "demo-output/config.toml")
    verified = run_monitor("verify", "--config", "demo-output/config.toml")

    assert (history.status, verified.status) == (0, 0)
    assert "2025" in history.out


def test_a_folder_with_files_of_the_user_is_refused_in_one_line(
    run_monitor: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "demo-output").mkdir()
    (tmp_path / "demo-output" / "notes.txt").write_text("precious")

    refused = run_monitor("demo")

    assert refused.status == 2
    assert refused.err.startswith("monitor: demo-output: holds files that no demo left there")
    assert len(refused.err.splitlines()) == 1
