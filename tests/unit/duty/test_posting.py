"""The thread that delivers, beside a store that lets it down."""

import threading
from contextlib import closing
from pathlib import Path

from monitor.config import load
from monitor.duty.health import Health
from monitor.duty.posting import Posting
from monitor.model.told import Raised, Told
from monitor.store.store import SnapshotStore
from tests.fakes.receiver import Receiver
from tests.unit.alerts.samples import alert
from tests.unit.delivery.samples import dispatch

CONFIGURATION = """
[[target]]
id = "veland"
addresses = { en = "https://reports.example/" }
[[channel]]
name = "desk"
type = "webhook"
url = "%s"
allow_private = ["127.0.0.0/8"]
[[rule]]
name = "figures"
channels = ["desk"]
"""


class Watched(Health):
    """Lets a test wait for what is counted."""

    def __init__(self) -> None:
        super().__init__()
        self.more = threading.Condition()

    def count(self, name: str, label: str = "", number: int = 1) -> None:
        super().count(name, label, number)
        with self.more:
            self.more.notify_all()

    def wait_for(self, name: str, label: str, number: int) -> None:
        with self.more:
            assert self.more.wait_for(lambda: self.counts(name).get(label, 0) >= number, 20)


def test_a_store_that_keeps_nothing_any_more_has_a_message_sent_once_and_not_in_every_round(tmp_path: Path) -> None:
    with closing(SnapshotStore(tmp_path, create=True)) as store, Receiver() as hook:
        said = alert()
        store.tell(Told(raised=(Raised(alert=said),)))
        store.outbox.seal([dispatch(said)], said.raised_at)
        (tmp_path / "config.toml").write_text(CONFIGURATION % hook.url)
        health = Watched()

        def opened() -> SnapshotStore:
            own = SnapshotStore(tmp_path)
            own._database.connection.execute("PRAGMA query_only = ON")
            return own

        posting = Posting(opened, load(tmp_path / "config.toml"), health)
        thread = threading.Thread(target=posting.run)
        thread.start()
        for round_ in range(3):
            posting.due.set()
            health.wait_for("errors", "deliveries", round_ + 1)
        posting.stop.set()
        thread.join()
        assert len(hook.received) == 1
