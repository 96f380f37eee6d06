"""kill -9 at random moments of checks and deliveries: what is lost, and what comes twice.

The receivers are slow (up to 0.3 s) and refuse some of what they get, so that kills hit messages in flight, before and
after they were taken.
"""

import asyncio
import email
import json
import random
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.daemon import Site, configuration
from bench.measure import row
from monitor.alerts.outbox import Outgoing
from monitor.store.store import SnapshotStore
from tests.fakes.mailbox import Mailbox

KILLS = 200
SLOWEST = 0.3
REFUSED = 0.1


class Taken:
    """What a receiver took, by id, and how many messages it was at when the sender was killed."""

    def __init__(self, seed: int) -> None:
        self.ids: Counter[str] = Counter()
        self.in_flight = 0
        self.chance = random.Random(seed)

    def takes(self, name: str) -> bool:
        """Whether the message is taken; it is noted before the sender hears of it."""
        if self.chance.random() < REFUSED:
            return False
        self.ids[name] += 1
        return True

    def pause(self) -> float:
        """How long the sender waits for the answer, in seconds."""
        return self.chance.uniform(0, SLOWEST)

    @property
    def repeated(self) -> int:
        """How many messages came again with the same id."""
        return self.ids.total() - len(self.ids)


class Hook(ThreadingHTTPServer):
    """A webhook receiver."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken = Taken(3)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Senders that are killed hang up."""


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        taken = self.server.taken
        good = taken.takes(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["id"])
        time.sleep(taken.pause())
        taken.in_flight += self._is_left()
        self.send_response(200 if good else 500)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _is_left(self) -> bool:
        """True if the sender is gone: whoever lives waits for the answer and sends nothing more."""
        return bool(select.select([self.connection], [], [], 0)[0]) and self._end_is_read()

    def _end_is_read(self) -> bool:
        try:
            return not self.connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return True


class SlowMailbox(Mailbox):
    """A mail server."""

    counted = Taken(4)

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope  # noqa: ARG002
    ) -> str:  # fmt: skip
        """Take the mail or not, slowly; aiosmtpd cancels this when the sender is gone."""
        content = envelope.content
        assert isinstance(content, bytes)
        good = self.counted.takes(email.message_from_bytes(content)["Message-ID"].strip("<>").partition("@")[0])
        try:
            await asyncio.sleep(self.counted.pause())
        except asyncio.CancelledError:
            self.counted.in_flight += 1
            raise
        return "250 taken" if good else "451 not now"


def main() -> None:
    """Kill, drain the outbox, and count."""
    site, hook = Site(), Hook()
    with tempfile.TemporaryDirectory() as name, SlowMailbox() as mailbox:
        folder = Path(name)
        configuration(site, folder, targets=2, hosts=1, more=_told(hook.server_address[1], mailbox.port))
        started = time.monotonic()
        killed = _kills(folder, site)
        row(f"{KILLS} kills at random moments in", f"{time.monotonic() - started:.0f} s", *killed)
        _started(folder, "check").wait()
        while _retried(folder):
            pass
        _tell(folder, {"hook": hook.taken, "desk": mailbox.counted})
    site.shutdown()


def _told(hook: int, mailbox: int) -> str:
    """Channels and rule: every change, at once, to both."""
    return (
        f'[[channel]]\nname = "hook"\ntype = "webhook"\nurl = "http://127.0.0.1:{hook}/"\n'
        'allow_private = ["127.0.0.0/8"]\n'
        f'[[channel]]\nname = "desk"\ntype = "mail"\nhost = "127.0.0.1"\nport = {mailbox}\nsecurity = "none"\n'
        'sender = "monitor@example.org"\nrecipients = ["desk@example.org"]\n'
        '[[rule]]\nname = "all"\nchannels = ["hook", "desk"]\ngather = "0s"\nkinds = ["revision"]\n'
    )


def _kills(folder: Path, site: Site) -> list[str]:
    """Kill checks, each of which finds every page changed, and deliveries of what is due; how many of each."""
    chance = random.Random(7)
    longest = _seconds_of_a_check(folder, site)
    killed: Counter[str] = Counter()
    while killed.total() < KILLS:
        site.version += 1
        command = chance.choice((["check"], ["alerts", "retry"]))
        process = _started(folder, *command)
        try:
            process.wait(chance.uniform(0.1, longest))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed[command[0]] += 1
    return [f"{number} {command}" for command, number in sorted(killed.items())]


def _started(folder: Path, *command: str) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", "monitor", *command], cwd=folder, stdout=quiet, stderr=quiet)


def _seconds_of_a_check(folder: Path, site: Site) -> float:
    """How long one takes that finds every page changed, deliveries included, where nobody disturbs it."""
    _started(folder, "check").wait()
    site.version = 1_000
    begun = time.monotonic()
    _started(folder, "check").wait()
    return time.monotonic() - begun


def _retried(folder: Path) -> bool:
    """Send everything anew, as time would; false if there is nothing more."""
    _started(folder, "alerts", "retry").wait()
    store = SnapshotStore(folder / "snapshots")
    counts = store.outbox.counts()
    store.close()
    return bool(counts.get("under_way") or counts.get("dead"))


def _tell(folder: Path, receivers: Mapping[str, Taken]) -> None:
    """What the store says of itself and what each receiver got, side by side."""
    store = SnapshotStore(folder / "snapshots")
    held = store.inspect()
    messages = store.outbox.messages(1_000_000)
    alerts = [alert for alert, states in store.outbox.alerts(1_000_000) if states]
    store.close()
    changes = {name for alert in alerts for name in alert.comparison_ids}
    told = {name: _told_of(messages, taken) for name, taken in receivers.items()}
    row("damage found by verify", len(held.problems))
    row("changes kept, with an alert", held.comparisons, len(changes))
    row("receiver", *receivers)
    row("messages in flight that a kill hit", *(taken.in_flight for taken in receivers.values()))
    row("messages taken", *(len(taken.ids) for taken in receivers.values()))
    row("changes never told", *(len(changes - set(heard)) for heard in told.values()))
    row("changes told twice, where a receiver honours the id", *(len(_twice(heard)) for heard in told.values()))
    row("messages repeated with the same id", *(taken.repeated for taken in receivers.values()))
    keys = {each.dispatch.key for each in messages}
    row("messages under an id that nobody knows", *(len(set(taken.ids) - keys) for taken in receivers.values()))


def _told_of(messages: Iterable[Outgoing], taken: Taken) -> Counter[str]:
    """The changes that the messages taken tell of, and in how many messages of different ids each stands."""
    heard = (each.dispatch for each in messages if each.dispatch.key in taken.ids)
    return Counter(name for each in heard for name in {n for alert in each.alerts for n in alert.comparison_ids})


def _twice(heard: Counter[str]) -> list[str]:
    return [name for name, number in heard.items() if number > 1]


if __name__ == "__main__":
    main()
