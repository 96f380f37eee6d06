"""kill -9 at every named step of a run and of a delivery: nothing lost, nothing twice, at most the message in flight again."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.model.target import Page
from monitor.runs.check import check
from monitor.store.store import SnapshotStore
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.killed import PAGE, STEPS
from tests.fakes.killed_accept import STEPS as ACCEPTING
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


@pytest.mark.parametrize("step", ACCEPTING)
def test_a_kill_of_an_acceptance_at(step: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fakes.killed_accept", step, str(tmp_path)]
    waiting(tmp_path)
    assert subprocess.run(command, check=False).returncode == -9
    store = SnapshotStore(tmp_path)
    whole = step == "accepted"
    assert store.inspect().problems == ()
    assert len(store.versions((PAGE, "en"))) == 1 + whole
    assert len(store.outbox.alerts(9)) == len(store.outbox.waiting()) == whole
    assert (store.acceptance.set_aside((PAGE, "en")) is None) is whole
    store.close()
    command[3] = "none"
    assert subprocess.run(command, check=False).returncode == 0
    store = SnapshotStore(tmp_path)
    held = store.inspect()
    assert (held.problems, held.snapshots, held.comparisons) == ((), 2, 1)
    assert len(store.versions((PAGE, "en"))) == 2
    assert len(store.outbox.alerts(9)) == len(store.outbox.waiting()) == 1
    store.close()


def waiting(folder: Path) -> None:
    """A store in which the first version is held, and most of the report is gone in what came after it."""
    store, fetcher = SnapshotStore(folder, create=True), FakeFetcher()
    followed = Page(target=PAGE, language="en", url="https://reports.example/")
    for length in (6, 1):
        fetcher.pages[followed.url] = report(length=length)
        list(check([followed], fetcher, store))
    store.close()
