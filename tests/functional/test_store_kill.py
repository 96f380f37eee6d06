"""The store after the program was killed in the middle of its work."""

import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path

from monitor.store.store import SnapshotStore
from tests.fakes.reports import report
from tests.fakes.site import Site, page

KILLS = 40
PAGES = 40


def test_a_kill_at_any_moment_leaves_a_whole_store_with_all_that_was_told(tmp_path: Path) -> None:
    chance = random.Random(5)
    served: dict[str, bytes] = {}
    told: set[tuple[str, str]] = set()
    with Site() as site:
        targets = (f'[[target]]\nid = "t{n}"\naddresses = {{ en = "{site.address}/{n}/" }}\n' for n in range(PAGES))
        (tmp_path / "config.toml").write_text("[fetch]\ninterval = 0\nallow_private = true\n" + "".join(targets))
        for number in range(KILLS):
            bodies = [report(figure=100 * n + number, length=3) for n in range(PAGES)]
            served |= {hashlib.sha256(body).hexdigest(): body for body in bodies}
            site.answers = {f"/{n}/": page(body) for n, body in enumerate(bodies)}
            told |= _told_by_a_killed_check(tmp_path, chance.uniform(0, 0.6), begun=number % 2 == 0)
            _is_whole(tmp_path / "snapshots", told, served)
    assert told


def _told_by_a_killed_check(folder: Path, seconds: float, *, begun: bool) -> set[tuple[str, str]]:
    """The targets and snapshots that a check told of until it was killed (or was done before), so many seconds after
    its start, or after its first word: how fast the machine is does not matter then."""
    command = [sys.executable, "-m", "monitor", "check", "--format", "json"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:
        assert run.stdout is not None
        first = run.stdout.readline() if begun else ""
        try:
            run.wait(seconds)
        except subprocess.TimeoutExpired:
            run.kill()
        records = [json.loads(line) for line in (first + run.stdout.read()).split("\n")[:-1]]
    return {(record["target"], record["sha256"]) for record in records if record.get("sha256")}


def _is_whole(folder: Path, told: set[tuple[str, str]], served: dict[str, bytes]) -> None:
    if not (folder / "store.sqlite").exists():
        assert told == set()
        return
    store = SnapshotStore(folder, create=True)
    try:
        assert store.inspect().problems == ()
        for name, sha256 in told:
            assert store.find((name, "en"), sha256).content == served[sha256]
    finally:
        store.close()
