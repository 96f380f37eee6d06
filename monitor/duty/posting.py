"""The thread that delivers: it drains the outbox whenever something may be due."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor import wiring
from monitor.duty.health import Health
from monitor.duty.log import event, log
from monitor.duty.room import Opened, sound
from monitor.errors import StoreError
from monitor.store.store import SnapshotStore

if TYPE_CHECKING:
    from monitor.config import Configuration

STEP = 1.0
_TRIAL = timedelta(microseconds=1)
"""After something could not be kept, what is due is moved by so little: if that cannot be kept either, nothing is sent."""


class Posting:
    """Runs in a thread of its own, which opens the store and closes it."""

    def __init__(self, opened: Opened, settings: Configuration, health: Health) -> None:
        self.due = threading.Event()
        self.stop = threading.Event()
        self.settings = queue.SimpleQueue["Configuration"]()
        self.stepped = queue.SimpleQueue[timedelta]()
        self._opened = opened
        self._settings = settings
        self._health = health
        self._sounded = False

    def run(self) -> None:
        """Deliver until told to stop."""
        with contextlib.closing(self._opened()) as store:
            while not self.stop.is_set():
                self._health.progress("deliveries")
                if not self.due.wait(STEP):
                    continue
                self.due.clear()
                while not self.settings.empty():
                    self._settings = self.settings.get()
                try:
                    self._round(store)
                except StoreError as error:
                    self.stepped.put(_TRIAL)
                    event("deliveries", logging.ERROR, problem=str(error))
                    self._health.count("errors", "deliveries")
                except Exception:  # noqa: BLE001  # the outermost loop: nothing that one message does may end the daemon
                    log().exception("deliveries failed")
                    self._health.count("errors", "deliveries")

    def _round(self, store: SnapshotStore) -> None:
        """Send what is due; on a full disk nothing, since what became of it could not be kept, but word of that once."""
        full_since = store.ballast.full_since
        if full_since is None:
            self._sounded = False
            while not self.stepped.empty():
                store.outbox.move(self.stepped.get())
            self._deliver(store)
        elif not self._sounded:
            self._sounded = True
            sound(self._settings, full_since, store.ballast.problem)

    def _deliver(self, store: SnapshotStore) -> None:
        for settled in wiring.delivered(store, self._settings, gathered=False):
            self._health.progress("deliveries")
            self._health.count("deliveries", settled.outcome)
            dispatch = settled.outgoing.dispatch
            event(
                "delivery", logging.INFO if settled.outcome == "delivered" else logging.WARNING, channel=dispatch.channel,
                id=dispatch.key, outcome=settled.outcome, tries=settled.outgoing.tries, detail=settled.detail,
            )  # fmt: skip
            if self.stop.is_set():
                return
        for name, number in store.outbox.counts().items():
            self._health.gauge(f"messages_{name}", number)
