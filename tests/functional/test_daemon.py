"""`monitor run` as its operator meets it."""

import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.receiver import Receiver
from tests.fakes.reports import report
from tests.fakes.site import Asked, Site, page, status
from tests.functional.faketime import SetClock

LANGUAGES = ("en", "fr", "ar")


class Daemon:
    """A daemon under way; `lines` is what it has logged so far."""

    def __init__(self, folder: Path, *, code: str = "", **environment: str) -> None:
        command = ["-c", code] if code else ["-m", "monitor", "run"]
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=folder, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
        )
        self.lines: list[dict[str, object]] = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._more:
                self.lines.append(json.loads(line))
                self._more.notify_all()

    def wait_for(self, event: str, number: int = 1, seconds: float = 30, **fields: object) -> dict[str, object]:
        """The line that tells of the event for the so-manieth time."""

        def met() -> list[dict[str, object]]:
            return [line for line in self.lines if line["event"] == event and fields.items() <= line.items()]

        with self._more:
            assert self._more.wait_for(lambda: len(met()) >= number, seconds), self.lines[-5:]
            return met()[number - 1]

    def end(self, number: int = signal.SIGTERM) -> int:
        """Stop it; its exit status."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Wait for its end; its exit status."""
        status = self.process.wait(40)
        self._reader.join()
        assert self.process.stderr is not None
        self.process.stderr.close()
        return status


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({f"/{tag}/": page(report(tag), etag='"1"') for tag in LANGUAGES}) as running:
        yield running


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


@pytest.fixture
def configure(tmp_path: Path, site: Site, hook: Receiver) -> Callable[..., None]:
    def write(*, every: str = "1m", more: str = "", targets: int = 1, schedule: str = "") -> None:
        addresses = ", ".join(f'{tag} = "{site.address}/{tag}/"' for tag in LANGUAGES)
        tables = "".join(f'[[target]]\nid = "t{n}"\naddresses = {{ {addresses} }}\n' for n in range(targets))
        (tmp_path / "new.toml").write_text(
            f'[fetch]\ncontact = "mailto:desk@newsroom.example"\ninterval = 0\nallow_private = ["127.0.0.0/8"]\n'
            f'[schedule]\nevery = "{every}"\n{schedule}'
            f'[[channel]]\nname = "hook"\ntype = "webhook"\nurl = "{hook.url}"\nallow_private = ["127.0.0.0/8"]\n'
            f'[[rule]]\nname = "all"\nchannels = ["hook"]\ngather = "0s"\n{more}{tables}'
        )
        (tmp_path / "new.toml").replace(tmp_path / "config.toml")

    return write


@contextmanager
def running(folder: Path, *, code: str = "", **environment: str) -> Iterator[Daemon]:
    daemon = Daemon(folder, code=code, **environment)
    try:
        yield daemon
    finally:
        if daemon.process.poll() is None:
            daemon.end(signal.SIGKILL)


def test_it_follows_tells_and_stops_cleanly(tmp_path: Path, configure, site: Site, hook: Receiver) -> None:
    configure(targets=2)
    with running(tmp_path) as daemon:
        daemon.wait_for("ready")
        daemon.wait_for("check", 6, state="first")
        assert daemon.end() == 0
    assert daemon.lines[-1] == daemon.lines[-1] | {"event": "stopped", "abandoned": []}
    site.answers["/en/"] = page(report("en", figure=15), etag='"2"')
    due_now(tmp_path)
    with running(tmp_path) as daemon:
        daemon.wait_for("check", 2, state="changed")
        daemon.wait_for("delivery", 2, outcome="delivered")
        assert daemon.end(signal.SIGINT) == 0
    told = [json.loads(each.body)["type"] for each in hook.received]
    assert told == ["report.revision", "report.revision"]


def due_now(folder: Path) -> None:
    """Every page is due, as if the daemon had been away for long."""
    from monitor.store.store import SnapshotStore
    from monitor.wiring import CLOCK

    store = SnapshotStore(folder / "snapshots")
    store.following.pull_in(dict.fromkeys(store.following.due(), CLOCK.now()))
    store.close()


def test_what_was_done_is_not_done_again_after_a_restart(tmp_path: Path, configure, site: Site) -> None:
    configure()
    for expected in (3, 3):
        with running(tmp_path) as daemon:
            daemon.wait_for("ready")
            if len(site.paths) < 3:
                daemon.wait_for("check", 3)
            daemon.end()
        assert len(site.paths) == expected


def test_a_second_daemon_refuses_and_names_the_first(tmp_path: Path, configure) -> None:
    configure()
    with running(tmp_path) as daemon:
        daemon.wait_for("ready")
        second = subprocess.run(
            [sys.executable, "-m", "monitor", "run"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert second.returncode == 75
        assert f"process {daemon.process.pid} on {os.uname().nodename}" in second.stderr
        listed = subprocess.run(
            [sys.executable, "-m", "monitor", "history", "t0"], cwd=tmp_path, capture_output=True, check=False
        )
        assert listed.returncode == 0


def test_a_killed_daemon_leaves_nothing_claimed(tmp_path: Path, configure, site: Site) -> None:
    configure()
    asked = threading.Event()
    hold = threading.Event()
    good = site.answers["/en/"]

    def hang(connection: socket.socket, request: object) -> None:
        asked.set()
        hold.wait(30)

    site.answers["/en/"] = hang
    with running(tmp_path) as daemon:
        assert asked.wait(20)
        assert daemon.end(signal.SIGKILL) == -9
    hold.set()
    site.answers["/en/"] = good
    with running(tmp_path) as daemon:
        daemon.wait_for("check", language="en", state="first")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_bounded_and_a_second_signal_ends_at_once(
    tmp_path: Path, configure, site: Site, number: signal.Signals
) -> None:
    configure()
    asked, hold = threading.Event(), threading.Event()

    def hang(connection: socket.socket, request: object) -> None:
        asked.set()
        hold.wait(60)

    site.answers |= dict.fromkeys((f"/{tag}/" for tag in LANGUAGES), hang)
    with running(tmp_path) as daemon:
        assert asked.wait(20)
        daemon.process.send_signal(number)
        daemon.wait_for("stopping")
        assert daemon.end(number) == 128 + number
    hold.set()


def test_at_a_stop_what_was_asked_for_is_waited_for_and_kept(tmp_path: Path, configure, site: Site) -> None:
    configure()
    asked, hold = threading.Event(), threading.Event()
    good = site.answers["/ar/"]

    def slow(connection: socket.socket, request: Asked) -> None:
        asked.set()
        hold.wait(30)
        good(connection, request)

    site.answers["/ar/"] = slow
    with running(tmp_path) as daemon:
        assert asked.wait(20)
        daemon.process.send_signal(signal.SIGTERM)
        daemon.wait_for("stopping")
        hold.set()
        assert daemon.ended() == 0
    done = [f"/{line['language']}/" for line in daemon.lines if line["event"] == "check" and line["state"] == "first"]
    assert done == site.paths


HASTY = "import sys; from monitor.daemon import run; sys.exit(run(None, None, patience=1))"
"""The daemon with a second for what is under way at a stop."""


def test_what_takes_longer_than_a_stop_may_is_given_up_and_done_at_the_next_start(
    tmp_path: Path, configure, site: Site
) -> None:
    configure()
    asked, hold = threading.Event(), threading.Event()
    good = site.answers["/ar/"]

    def hang(connection: socket.socket, request: Asked) -> None:
        asked.set()
        hold.wait(60)

    site.answers["/ar/"] = hang
    with running(tmp_path, code=HASTY) as daemon:
        assert asked.wait(20)
        started = time.monotonic()
        assert daemon.end() == 0
        assert time.monotonic() - started < 20
        assert daemon.wait_for("given back", pages=3)
        assert daemon.wait_for("stopped", abandoned=[])
    hold.set()
    site.answers["/ar/"] = good
    with running(tmp_path) as daemon:
        daemon.wait_for("check", 3, state="first")
        assert daemon.end() == 0


def test_a_changed_configuration_is_taken_over_and_a_broken_one_is_not(tmp_path: Path, configure, site: Site) -> None:
    configure()
    with running(tmp_path) as daemon:
        daemon.wait_for("check", 3)
        configure(every="1 fortnight", targets=2)
        told = daemon.wait_for("configuration", kept="the one before")
        assert re.search(r"config\.toml:6: \[schedule\] every: found \"1 fortnight\"; expected", str(told["problem"]))
        configure(targets=2)
        daemon.process.send_signal(signal.SIGHUP)
        daemon.wait_for("check", 3, target="t1")
        assert daemon.end() == 0


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    """What the daemon answers there: status and text."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_it_says_how_it_is(tmp_path: Path, configure, port: int) -> None:
    configure(schedule=f"port = {port}\n")
    with running(tmp_path) as daemon:
        daemon.wait_for("check", 3)
        daemon.wait_for("ready")
        assert get(port, "/live") == (200, "alive")
        assert get(port, "/ready") == (200, "ready")
        status, text = get(port, "/metrics")
        assert status == 200
        assert 'monitor_checks_total{kind="first"} 3' in text
        assert "monitor_healthy 1" in text
        assert get(port, "/else")[0] == 404


def test_systemd_hears_of_it(tmp_path: Path, configure) -> None:
    configure()
    where = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(where))
        heard.settimeout(20)

        def news() -> str:
            while (message := heard.recv(100).decode()) == "WATCHDOG=1":
                pass
            return message

        with running(tmp_path, NOTIFY_SOCKET=str(where)) as daemon:
            said = {heard.recv(100).decode() for _ in range(2)}
            daemon.process.send_signal(signal.SIGHUP)
            after = [news(), news()]
            daemon.end()
            after.append(news())
    assert said == {"READY=1", "WATCHDOG=1"}
    assert after == ["RELOADING=1", "READY=1", "STOPPING=1"]


def test_what_fell_due_while_it_stood_still_is_done_once(tmp_path: Path, configure, site: Site) -> None:
    configure()
    with running(tmp_path) as daemon:
        daemon.wait_for("check", 3)
        daemon.process.send_signal(signal.SIGSTOP)
        due_now(tmp_path)
        time.sleep(0.3)
        daemon.process.send_signal(signal.SIGCONT)
        daemon.wait_for("check", 3, state="unchanged")
        daemon.end()
    assert len(site.paths) == 6


def test_two_fit_in_one_folder_of_stores(tmp_path: Path, configure) -> None:
    configure()
    with running(tmp_path) as daemon:
        daemon.wait_for("ready")
        other = subprocess.run(
            [sys.executable, "-m", "monitor", "check", "--store", "other"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert other.returncode == 0


RESERVE = 1_000_000
SMALL = f"import sys; from monitor.daemon import run; sys.exit(run(None, None, reserve={RESERVE}))"
"""The daemon with a small ballast."""


def limit_files(daemon: Daemon, most: int) -> None:
    """Let no file of the daemon grow beyond: 0 is a disk that is full, whoever runs the test."""
    _, hard = resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(daemon.process.pid, resource.RLIMIT_FSIZE, (most, hard))


def test_on_a_full_disk_nothing_is_fetched_and_it_is_told_once_and_so_is_the_end(
    tmp_path: Path, configure, site: Site, hook: Receiver, port: int
) -> None:
    configure(schedule=f"port = {port}\n", more='kinds = ["revision", "trouble_began", "trouble_ended"]\n')
    ballast = tmp_path / "snapshots/ballast"
    with running(tmp_path, code=SMALL) as daemon:
        daemon.wait_for("check", 3, state="first")
        assert ballast.stat().st_size == RESERVE
        assert "monitor_disk_full 0" in get(port, "/metrics")[1]
        site.answers["/en/"] = page(report("en", figure=15), etag='"2"')
        limit_files(daemon, 0)
        due_now(tmp_path)
        daemon.wait_for("alarm", outcome="delivered")
        assert ballast.stat().st_size == 0
        status, told = get(port, "/ready")
        assert status == 503
        assert "the disk is full" in told
        assert "monitor_disk_full 1" in get(port, "/metrics")[1]
        assert get(port, "/live") == (200, "alive")
        asked = len(site.paths)
        due_now(tmp_path)
        limit_files(daemon, resource.RLIM_INFINITY)
        daemon.wait_for("room")
        daemon.wait_for("check", state="changed")
        daemon.wait_for("delivery", 2, outcome="delivered")
        assert get(port, "/ready") == (200, "ready")
        assert ballast.stat().st_size == RESERVE
        assert daemon.end() == 0
    assert asked <= 6
    assert len(site.paths) == asked + 3
    types = [json.loads(each.body)["type"] for each in hook.received]
    assert sorted(types) == ["report.revision", "report.trouble_began", "report.trouble_ended"]


@pytest.fixture
def clock(tmp_path: Path) -> SetClock:
    return SetClock(tmp_path)


def test_what_falls_due_when_the_clock_is_set_forward_is_done_once_and_at_once(
    tmp_path: Path, configure, site: Site, clock: SetClock
) -> None:
    configure(every="1h", targets=2)
    with running(tmp_path, **clock.environment) as daemon:
        daemon.wait_for("check", 6, state="first")
        daemon.wait_for("ready")
        clock.step(hours=2)
        assert 7190 < float(str(daemon.wait_for("clock stepped")["seconds"])) < 7210
        daemon.wait_for("check", 6, state="unchanged")
        assert daemon.end() == 0
    assert len(site.paths) == 12


def test_when_the_clock_is_set_back_nothing_waits_longer_for_it(
    tmp_path: Path, configure, site: Site, hook: Receiver, clock: SetClock
) -> None:
    from monitor.store.store import SnapshotStore

    configure(every="1h")
    site.answers["/fr/"] = status(500)
    with running(tmp_path, **clock.environment) as daemon:
        daemon.wait_for("check", 2, state="first")
        daemon.wait_for("check", state="failed")
        clock.step(hours=-2)
        assert daemon.wait_for("clock")["pulled_in"] == 3
        store = SnapshotStore(tmp_path / "snapshots")
        due = store.following.due()
        latest = clock.now()
        store.following.pull_in(dict.fromkeys(due, latest))
        site.answers["/en/"] = page(report("en", figure=15), etag='"2"')
        daemon.wait_for("check", state="changed")
        daemon.wait_for("delivery", outcome="delivered")
        assert daemon.end() == 0
    assert due.pop(("t0", "fr")) <= latest + timedelta(hours=6.6)
    assert max(due.values()) <= latest + timedelta(hours=1.5)
    times = [row.captured_at for row in store.captures(("t0", "en"))]
    store.close()
    assert len(times) == 2
    assert times == sorted(set(times))
    assert times[0] > latest
