"""Alerts of the past: none, unless they are asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.reports import report
from tests.fakes.warcs import URL, Page, warc, write
from tests.functional.conftest import Ran


@pytest.mark.parametrize(("asked", "expected"), [((), 0), (("--alert",), 1)])
def test_the_past_is_told_only_if_that_is_asked(
    run_monitor: Callable[..., Ran], tmp_path: Path, asked: tuple[str, ...], expected: int
) -> None:
    (tmp_path / "config.toml").write_text(
        f'[[target]]\nid = "maravel"\naddresses = {{ en = "{URL}" }}\n'
        '[[channel]]\nname = "feed"\ntype = "feed"\npath = "feed.atom"\n'
        '[[rule]]\nname = "all"\nchannels = ["feed"]\n'
    )
    days = [Page(at=f"2024-05-0{day}T12:00:00Z", body=report(figure=day)) for day in (1, 2)]
    ran = run_monitor("import", "warc", write(tmp_path, warc(days)), *asked)
    assert (ran.status, ran.err) == (0, "")
    listed = run_monitor("alerts", "list", "--format", "json")
    assert listed.out.count('"maravel') >= expected
    assert bool(listed.out.strip()) == bool(expected)
