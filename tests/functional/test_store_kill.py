"""The store after the program was killed in the middle of its work."""

import hashlib
import random
import subprocess
import sys
from pathlib import Path

from monitor.store.store import SnapshotStore
from tests.fakes.reports import report
from tests.fakes.site import Site, page

KILLS = 25
PAGES = 40


def test_a_kill_at_any_moment_leaves_a_whole_store_with_all_that_was_told(tmp_path: Path) -> None:
    chance = random.Random(5)
    told: dict[str, bytes] = {}
    with Site() as site:
        targets = (f'[[target]]\nid = "t{n}"\naddresses = {{ en = "{site.address}/{n}/" }}\n' for n in range(PAGES))
        (tmp_path / "config.toml").write_text("[fetch]\ninterval = 0\nallow_private = true\n" + "".join(targets))
        for number in range(KILLS):
            served = {f"t{n}": report(figure=100 * n + number, length=3) for n in range(PAGES)}
            site.answers = {f"/{name[1:]}/": page(body) for name, body in served.items()}
            lines = _killed_check(tmp_path, chance.uniform(0.15, 0.9))
            told |= {name: served[name] for name in (line.partition("/en  ")[0] for line in lines) if name in served}
            _is_whole(tmp_path / "snapshots", told)
    assert told


def _killed_check(folder: Path, seconds: float) -> list[str]:
    """The lines that a check wrote until it was killed (or was done before)."""
    command = [sys.executable, "-m", "monitor", "check"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        try:
            run.wait(seconds)
        except subprocess.TimeoutExpired:
            run.kill()
        assert run.stdout is not None
        return [line for line in run.stdout.read().split("\n")[:-1] if not line.startswith(" ")]


def _is_whole(folder: Path, told: dict[str, bytes]) -> None:
    if not (folder / "store.sqlite").exists():
        assert told == {}
        return
    store = SnapshotStore(folder, create=True)
    try:
        assert store.inspect().problems == ()
        for name, body in told.items():
            assert store.find((name, "en"), hashlib.sha256(body).hexdigest()).content == body
    finally:
        store.close()
