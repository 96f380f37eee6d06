"""kill -9 at every named step of a run and of a delivery: nothing lost, nothing twice, at most the message in flight again."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store.store import SnapshotStore
from tests.fakes.killed import PAGE, STEPS
from tests.fakes.receiver import Receiver
from tests.fakes.reports import report
from tests.fakes.site import Site, page


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture(scope="module")
def hook() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


def run(step: str, folder: Path, hook: Receiver, site: Site) -> int:
    command = [sys.executable, "-m", "tests.fakes.killed", step, str(folder), hook.url, f"{site.address}/en/"]
    return subprocess.run(command, check=False, capture_output=True).returncode


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, site: Site, hook: Receiver) -> bytes:
    """A store in which the first version is held."""
    folder = tmp_path_factory.mktemp("begun")
    site.answers["/en/"] = page(report(figure=12))
    assert run("none", folder, hook, site) == 0
    return (folder / "store.sqlite").read_bytes()


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at(step: str, tmp_path: Path, site: Site, hook: Receiver, begun: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(begun)
    site.answers["/en/"] = page(report(figure=13))
    site.asked.clear()
    hook.received.clear()
    assert run(step, tmp_path, hook, site) == -9
    asked_before = len(site.asked)
    assert run("none", tmp_path, hook, site) == 0
    assert run("none", tmp_path, hook, site) == 0
    store = SnapshotStore(tmp_path)
    held = store.inspect()
    assert held.problems == ()
    assert (held.snapshots, held.comparisons) == (2, 1)
    assert len(store.versions((PAGE, "en"))) == 2
    assert len(store.outbox.alerts(9)) == 1
    assert store.outbox.counts() == {"delivered": 1, "waiting": 0}
    store.close()
    ids = Counter(json.loads(each.body)["id"] for each in hook.received)
    assert len(ids) == 1
    assert max(ids.values()) <= (2 if step in ("sent", "in the outcome") else 1)
    if step in ("arrival kept", "reading", "examined") or step.startswith(("in the record", "before the commit")):
        assert len(site.asked) == asked_before + 1  # of the last run: the one after the kill asks nobody
