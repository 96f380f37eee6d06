"""`monitor accept`, for a site on loopback that is redesigned."""

import json
import logging
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.duty.checks import Checks, Orders
from monitor.duty.health import Health
from monitor.store.store import SnapshotStore
from monitor.wiring import configuration
from tests.fakes.receiver import Receiver
from tests.fakes.reports import BLOCKED, LANGUAGES, report
from tests.fakes.site import Site, page
from tests.functional.test_daemon import running


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running_site:
        yield running_site


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with Receiver() as running_hook:
        yield running_hook


@pytest.fixture
def redesigned(site: Site, hook: Receiver, tmp_path: Path, run_monitor) -> Callable[..., None]:
    """Follow six languages, whose site changes its structure at once, and check until all of them wait."""
    addresses = ", ".join(f'{tag} = "{site.address}/{tag}/"' for tag in LANGUAGES)
    (tmp_path / "config.toml").write_text(
        '[fetch]\ncontact = "mailto:desk@newsroom.example"\ninterval = 0\nallow_private = ["127.0.0.0/8"]\n'
        '[schedule]\nevery = "1h"\n'
        f'[[channel]]\nname = "hook"\ntype = "webhook"\nurl = "{hook.url}"\nallow_private = ["127.0.0.0/8"]\n'
        '[[rule]]\nname = "all"\nchannels = ["hook"]\ngather = "0s"\nkinds = ["revision", "redesign_suspected"]\n'
        f'[[target]]\nid = "maravel"\ntitle = "Maravel"\naddresses = {{ {addresses} }}\n'
    )
    for length in (6, 1, 1):
        serve(site, length)
        run_monitor("check")


def serve(site: Site, length: int) -> None:
    for tag in LANGUAGES:
        site.answers[f"/{tag}/"] = page(report(tag, length=length))


@pytest.mark.usefixtures("redesigned")
def test_every_check_says_what_waits_and_how_it_is_accepted(run_monitor) -> None:
    out = run_monitor("check").out
    assert out.count("  not accepted yet: ") == 6
    assert "`monitor accept --host 127.0.0.1` for all of them" in out
    command = out.split("see it with: monitor ")[1].split("\n")[0]
    assert run_monitor(*command.split()).status == 1
    assert "6 pages: 6 set aside" in out


@pytest.mark.usefixtures("redesigned")
def test_what_waits_is_listed_and_stands_in_the_history(run_monitor) -> None:
    listed = [json.loads(line) for line in run_monitor("accept", "--format", "json").out.splitlines()]
    assert [(each["language"], each["state"], each["verdict"]) for each in listed] == [
        (tag, "waiting", "unaccepted") for tag in LANGUAGES
    ]
    assert run_monitor("accept").out.count("see it with: monitor diff maravel/") == 6
    assert "waits to be believed  maravel/fr@" in run_monitor("history", "maravel/fr").out
    (life,) = [json.loads(line) for line in run_monitor("history", "maravel/fr", "--format", "json").out.splitlines()]
    assert life["waiting"]["verdict"] == "unaccepted"


@pytest.mark.usefixtures("redesigned")
def test_a_page_a_target_and_a_host_are_accepted_each_in_one_go(run_monitor, hook: Receiver) -> None:
    told = len(hook.received)
    one = run_monitor("accept", "maravel/en")
    assert one.status == 0
    assert one.out.startswith("maravel/en  accepted: ")
    rest = run_monitor("accept", "--host", "127.0.0.1", "--format", "json")
    accepted = [json.loads(line) for line in rest.out.splitlines()]
    assert [each["language"] for each in accepted] == list(LANGUAGES[1:])
    assert all(each["comparison"]["kind"] == "revision" and each["alerts"] == 1 for each in accepted)
    assert run_monitor("accept").out == "nothing waits to be accepted\n"
    assert "6 pages: 6 unchanged" in run_monitor("check").out
    assert len(hook.received) == told
    assert run_monitor("alerts", "list").out.count("noted, not sent") == 6
    assert run_monitor("verify").out.endswith("all whole\n")


@pytest.mark.usefixtures("redesigned")
def test_alerts_are_sent_if_that_is_asked_for(run_monitor, hook: Receiver) -> None:
    told = len(hook.received)
    ran = run_monitor("accept", "maravel", "--tell")
    assert ran.out.count("  accepted: ") == 6
    assert " about Maravel: delivered" in ran.out
    assert len(hook.received) > told


@pytest.mark.usefixtures("redesigned")
def test_it_works_beside_the_daemon(run_monitor, tmp_path: Path, site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = tmp_path / "config.toml"
    config.write_text(config.read_text().replace('every = "1h"\n', f'every = "1h"\nport = {port}\n'))
    with running(tmp_path) as daemon:
        daemon.wait_for("check", 6, verdict="unaccepted")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            assert "monitor_pages_unaccepted 6" in answer.read().decode()
        ran = run_monitor("accept", "maravel", "--tell")
        assert (ran.status, ran.out.count("  accepted: ")) == (0, 6)
        assert "the daemon that is running sends the alerts" in ran.err
        daemon.wait_for("delivery")
        daemon.end()
    assert "6 pages: 6 unchanged" in run_monitor("check").out


@pytest.mark.usefixtures("redesigned")
@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["marvel"], "marvel: is no target of the configuration; did you mean maravel?"),
        (["maravel/xx"], "maravel/xx: is not followed in that language; maravel is in"),
        (["--host", "reports.example"], "reports.example: no page of the configuration is there; there are 127.0.0.1"),
    ],
)
def test_a_wrong_name_is_told(run_monitor, names: list[str], said: str) -> None:
    ran = run_monitor("accept", *names)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.usefixtures("redesigned")
def test_accepting_twice_says_that_nothing_waits(run_monitor) -> None:
    run_monitor("accept", "maravel/ar")
    again = run_monitor("accept", "maravel/ar")
    assert again.status == 2
    assert "maravel/ar: nothing waits to be accepted" in again.err


def test_a_page_taken_for_something_else_is_accepted_by_its_own_name_only(
    site: Site, tmp_path: Path, run_monitor
) -> None:
    (tmp_path / "config.toml").write_text(
        '[fetch]\ncontact = "mailto:desk@newsroom.example"\ninterval = 0\nallow_private = ["127.0.0.0/8"]\n'
        f'[[target]]\nid = "maravel"\naddresses = {{ en = "{site.address}/en/" }}\n'
    )
    for body in (report(), BLOCKED):
        site.answers["/en/"] = page(body)
        out = run_monitor("check").out
    assert "It is kept, and not compared; `monitor accept maravel/en` believes it." in out
    assert run_monitor("accept").out == "nothing waits to be accepted\n"
    for broad in (["maravel"], ["--host", "127.0.0.1"]):
        assert "nothing waits to be accepted" in run_monitor("accept", *broad).err
    assert run_monitor("accept", "maravel/en").out.startswith("maravel/en  accepted: ")
    run_monitor("export", "--warc", "all.warc.gz")
    run_monitor("import", "warc", "all.warc.gz", "--store", "moved")
    here, moved = (
        run_monitor("history", "maravel", "--format", "json", "--store", at).out for at in ("snapshots", "moved")
    )
    assert [row["verdict"] for row in json.loads(here)["captures"]] == ["report", "accepted"]
    assert moved == here


@pytest.mark.usefixtures("redesigned")
def test_the_daemon_says_once_a_day_what_waits(tmp_path: Path) -> None:
    settings = configuration(tmp_path / "config.toml")
    checks = Checks(
        lambda: SnapshotStore(tmp_path / "snapshots"), settings, lambda *_: datetime.now(UTC), Health(), patience=0
    )
    reminder = Reminder(checks.orders)
    logging.getLogger("monitor").addHandler(reminder)
    checks.orders.upkeep.set()
    too_late = threading.Timer(60, checks.orders.stop.set)
    too_late.start()
    checks.run()
    too_late.cancel()
    logging.getLogger("monitor").removeHandler(reminder)
    assert reminder.said == [{"site": "127.0.0.1", "pages": 6, "remedy": "monitor accept --host 127.0.0.1"}]


class Reminder(logging.Handler):
    """Takes what the log says of what waits, and ends the work once it was said."""

    def __init__(self, orders: Orders) -> None:
        super().__init__()
        self.said: list[object] = []
        self._orders = orders

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == "unaccepted":
            self.said.append(record.__dict__["fields"])
            self._orders.stop.set()
