"""One run that kills itself at a named step: `python -m tests.fakes.killed STEP FOLDER HOOK ADDRESS`.

Follows ADDRESS into the store FOLDER, and delivers to the webhook HOOK. The steps lie around and inside every
transaction, and around the sending.
"""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from monitor.alerts.criteria import Rule, Timing
from monitor.alerts.outcome import Outcome
from monitor.delivery.postman import Postman
from monitor.fetch.client import Manners
from monitor.fetch.guard import Guard
from monitor.fetch.lanes import Lanes
from monitor.fetch.poster import HttpPoster
from monitor.model.alert import EventKind
from monitor.model.channel import WebhookChannel
from monitor.model.target import Page
from monitor.runs.check import check
from monitor.runs.deliver import Post, deliver
from monitor.runs.desk import Desk
from monitor.runs.examine import Examination, Sample, examine
from monitor.store.store import SnapshotStore
from monitor.wiring import SystemClock

STEPS = (
    "claimed", "fetched", "arrival kept", "reading", "examined", "in the record: pages", "in the record: snapshots",
    "in the record: readings", "in the record: captures", "in the record: comparisons", "in the record: alerts",
    "in the record: deliveries", "before the commit", "recorded", "before the message is kept", "in the message",
    "message kept", "sending", "sent", "in the outcome", "outcome kept",
)  # fmt: skip

RULE = Rule(name="all", channels=("hook",), kinds=tuple(EventKind), timing=Timing(gather=timedelta(0)))
PAGE = "maravel"


class Killer:
    """Ends the process without a word when it comes to its step."""

    def __init__(self, step: str) -> None:
        self._step = step

    def at(self, step: str) -> None:
        """Die here if this is the step."""
        if step == self._step:
            os.kill(os.getpid(), signal.SIGKILL)

    def saw(self, statement: str) -> None:
        """Die before an SQL statement that the step names."""
        words = statement.split()
        table = words[words.index("INTO") + 1] if words[:1] == ["INSERT"] else ""
        self.at(f"in the record: {table}")
        if words[:1] == ["COMMIT"]:
            self.at("before the commit")
        if table == "dispatches":
            self.at("in the message")
        if table == "attempts":
            self.at("in the outcome")


class Sender(Postman):
    """Dies around the sending."""

    killer: Killer

    def send_all(self, posts: Sequence[Post], now: datetime) -> Iterator[tuple[str, Outcome]]:
        """Try each message once."""
        if posts:
            self.killer.at("message kept")
            self.killer.at("sending")
        for found in super().send_all(posts, now):
            self.killer.at("sent")
            yield found


def main(step: str, folder: str, hook: str, address: str) -> None:
    """Check and deliver once."""
    killer = Killer(step)
    store = SnapshotStore(Path(folder), create=True)
    pages = [Page(target=PAGE, language="en", url=address)]
    killer.at("claimed")
    fetcher = Lanes(Manners(guard=Guard(everything=True)), SystemClock())

    class Fetching:
        def fetch_all(self, requests):  # type: ignore[no-untyped-def]
            for arrived in fetcher.fetch_all(requests):
                killer.at("fetched")
                yield arrived

    def examiner(sample: Sample) -> Examination:
        killer.at("arrival kept")
        killer.at("reading")
        found = examine(sample)
        killer.at("examined")
        store._database.connection.set_trace_callback(killer.saw)
        return found

    for _ in check(pages, Fetching(), store, examiner, Desk(rules=(RULE,))):
        killer.at("recorded")
    store._database.connection.set_trace_callback(None)
    sender = Sender([WebhookChannel(name="hook", url=hook, allow_private=("127.0.0.0/8",))], HttpPoster(), {})
    sender.killer = killer
    killer.at("before the message is kept")
    store._database.connection.set_trace_callback(killer.saw)
    for _ in deliver(store, sender, [RULE], SystemClock()):
        killer.at("outcome kept")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
