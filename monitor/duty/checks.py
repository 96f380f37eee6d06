"""The thread that checks: it claims what is due, has it fetched, examines what arrives, and keeps all of it."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from monitor import wiring
from monitor.duty.health import Health
from monitor.duty.log import event, log
from monitor.duty.room import Opened, all_clear
from monitor.errors import FetchError, FullError, StoreError
from monitor.fetch.traffic import Traffic
from monitor.model.standing import Standing
from monitor.runs.check import Checker, Outcome, State
from monitor.runs.planning import Plan, Slots
from monitor.sandbox.parent import Sandbox
from monitor.store.ballast import Ballast
from monitor.store.store import SnapshotStore

if TYPE_CHECKING:
    from monitor.config import Configuration
    from monitor.model.target import Key, Page, Target

LEASE = timedelta(minutes=30)
CLAIMED = 4
"""Targets claimed at once: few, so that a stop has little to give back."""

STEP = 0.5
REST = 60.0
"""Seconds without fetching after something could not be kept: no site is asked for bytes that cannot be held."""


KEPT = timedelta(days=90)
"""How long delivered messages are remembered."""


@dataclass(slots=True)
class Orders:
    """What the daemon asks of the thread. Set from other threads."""

    look: threading.Event
    stop: threading.Event
    settings: queue.SimpleQueue[Configuration]
    upkeep: threading.Event
    clock_stepped: threading.Event

    @classmethod
    def none(cls) -> Orders:
        """No orders yet."""
        made = [threading.Event() for _ in range(4)]
        return cls(look=made[0], stop=made[1], settings=queue.SimpleQueue(), upkeep=made[2], clock_stepped=made[3])


class Checks:
    """Runs in a thread of its own, which opens the store and closes it."""

    def __init__(
        self, opened: Opened, settings: Configuration, slots: Slots, health: Health, *, patience: float
    ) -> None:
        """`patience` are the seconds that what is under way has at a stop."""
        self.orders = Orders.none()
        self._opened = opened
        self._settings = settings
        self._slots = slots
        self._health = health
        self._patience = patience

    def run(self) -> None:
        """Check until told to stop. Whatever goes wrong is logged, and the work begun anew."""
        with contextlib.closing(self._opened()) as store:
            while not self.orders.stop.is_set():
                try:
                    self._work(store)
                except FullError as error:
                    self._wait_for_room(store, str(error))
                except StoreError as error:
                    self._rest(str(error))
                except Exception:  # noqa: BLE001  # the outermost loop: what is wrong with one page must not end the daemon
                    log().exception("checks failed")
                    self._health.count("errors", "checks")
                    self.orders.stop.wait(STEP)

    def _work(self, store: SnapshotStore) -> None:
        while not self.orders.settings.empty():
            self._settings = self.orders.settings.get()
        store.ballast.demand(partial(all_clear, self._settings, store))
        self._health.gauge("disk_full", 0)
        work = _Work(store, self._settings, self._slots, self._health)
        try:
            work.begin()
            self._health.trouble("store", None)
            self._health.ready.set()
            self._watch(work, store.ballast)
            work.finish(self._patience)
        finally:
            work.close()

    def _watch(self, work: _Work, ballast: Ballast) -> None:
        """Go on until told to stop or given other settings, or until the disk was found full."""
        self.orders.look.set()
        while not self.orders.stop.is_set() and self.orders.settings.empty() and ballast.full_since is None:
            self._health.progress("checks")
            if self.orders.clock_stepped.is_set():
                self.orders.clock_stepped.clear()
                work.pull_in()
            if self.orders.look.is_set() or work.has_room:
                self.orders.look.clear()
                work.claim()
            if self.orders.upkeep.is_set():
                self.orders.upkeep.clear()
                work.upkeep()
            work.take(STEP)

    def _wait_for_room(self, store: SnapshotStore, problem: str) -> None:
        """Ask no site for bytes that cannot be kept. What can be done without new ones is done in the ballast's room."""
        event("store", logging.ERROR, problem=problem)
        self._trouble(problem)
        self._health.gauge("disk_full", 1)
        self._health.ready.set()
        with contextlib.suppress(StoreError):
            store.outbox.prune(wiring.CLOCK.now() - KEPT)
            store.checkpoint()
        while not self.orders.stop.wait(1):
            self._health.progress("checks")
            with contextlib.suppress(StoreError):
                if store.ballast.hold(partial(all_clear, self._settings, store)):
                    return

    def _trouble(self, problem: str) -> None:
        self._health.trouble("store", problem)
        self._health.count("errors", "store")

    def _rest(self, problem: str) -> None:
        event("store", logging.ERROR, problem=problem, rest=REST)
        self._trouble(problem)
        until = time.monotonic() + REST
        while not self.orders.stop.wait(1) and time.monotonic() < until:
            self._health.progress("checks")


class _Work:
    """The checks under one configuration."""

    def __init__(self, store: SnapshotStore, settings: Configuration, slots: Slots, health: Health) -> None:
        from monitor.model.schedule import Schedule

        self._store = store
        self._health = health
        self._targets: dict[str, Target] = {target.id: target for target in settings.targets}
        self._pages: dict[Key, Page] = {page.key: page for target in settings.targets for page in target.pages}
        self._desk = wiring.desk_of(settings)
        self._plan = Plan(schedule=settings.schedule or Schedule(), slots=slots, confirm_after=self._desk.confirm_after)
        self._manners = wiring.remembering_manners(settings, store)
        self._traffic = Traffic(self._manners, wiring.CLOCK)
        self._sandbox = Sandbox()
        self._checker = Checker(store, self._sandbox, self._desk, self._plan)
        self._open: dict[str, int] = {}
        self._changed: set[str] = set()
        self._full: set[str] = set()

    def begin(self) -> None:
        """Take up what an earlier process left, and plan every page."""
        now = wiring.CLOCK.now()
        latest = self._latest(now)
        self._store.following.plan({key: (page.site, latest[key]) for key, page in self._pages.items()}, now)
        for outcome in self._checker.resumed(list(self._pages.values())):
            self._note(outcome)
        self._settle(set(self._changed))

    @property
    def has_room(self) -> bool:
        """True if a site that had enough to do at the last claim has so no more."""
        return bool(self._full) and not self._full <= set(self._traffic.busy())

    def claim(self) -> None:
        """Claim what is due, as much as the sites can take, and have it fetched."""
        while True:
            now = wiring.CLOCK.now()
            self._full = set(self._traffic.busy())
            keys = self._store.following.claim(now, now + LEASE, CLAIMED, self._full)
            pages = [self._pages[key] for key in keys if key in self._pages]
            if not pages:
                break
            for page in pages:
                self._open[page.target] = self._open.get(page.target, 0) + 1
            self._traffic.submit(self._checker.requests(pages))
        self._health.gauge("under_way", self._traffic.under_way)
        self._health.gauge("pages_unaccepted", len(self._store.following.unaccepted()))

    def take(self, timeout: float) -> None:
        """Examine what arrives within that time; a target of which nothing more is under way is settled."""
        arrived = self._traffic.arrived(timeout)
        done: set[str] = set()
        for outcome in self._checker.take(arrived):
            self._note(outcome)
            target = outcome.page.target
            self._open[target] = self._open.get(target, 1) - 1
            if self._open[target] <= 0:
                del self._open[target]
                done.add(target)
        self._settle(done)

    def finish(self, patience: float) -> None:
        """Give what is under way its time, and everything else back."""
        given_up = self._traffic.withdraw()
        until = time.monotonic() + patience
        while self._traffic.under_way > 0 and time.monotonic() < until:
            self._health.progress("checks")
            self.take(min(STEP, max(0.0, until - time.monotonic())))
        left = self._store.following.release()
        event("given back", pages=left, unasked=len(given_up))

    def close(self) -> None:
        """Keep what sites are owed, and end the fetching."""
        self._traffic.close()
        self._sandbox.close()
        with contextlib.suppress(StoreError):
            wiring.remember(self._store, self._manners)

    def pull_in(self) -> None:
        """Have nothing wait longer than it may, and nothing asked for twice: the clock was set."""
        now = wiring.CLOCK.now()
        self._store.following.renew(now + LEASE)
        pulled = self._store.following.pull_in(self._latest(now))
        event("clock", logging.WARNING, pulled_in=pulled)

    def _latest(self, now: datetime) -> dict[Key, datetime]:
        """When each page would be due had it just been looked at: until then it may wait, and no longer."""
        standings = self._store.following.standings(self._pages)
        return {
            key: self._plan(standings.get(key) or Standing(page=key, site=page.site), now, None)
            for key, page in self._pages.items()
        }

    def upkeep(self) -> None:
        """What is done once a day: lags that have become late are told, old messages forgotten, the log folded."""
        now = wiring.CLOCK.now()
        if self._desk.hears_of_languages:
            self._tell_languages(self._store.following.untold(now - self._desk.grace))
        forgotten = self._store.outbox.prune(now - KEPT)
        self._store.checkpoint()
        wiring.remember(self._store, self._manners)
        event("upkeep", messages_forgotten=forgotten)
        for site, count in Counter(site for site, *_ in self._store.following.unaccepted()).items():
            remedy = f"monitor accept --host {site}"
            event("unaccepted", logging.WARNING, site=site, pages=count, remedy=remedy)

    def _settle(self, done: Iterable[str]) -> None:
        """What is told of the languages of targets that are through; and their claims end, whatever became of them."""
        changed = self._changed.intersection(done)
        self._changed -= changed
        if changed and self._desk.hears_of_languages:
            self._tell_languages(sorted(changed))

    def _tell_languages(self, names: Sequence[str]) -> None:
        several = [self._targets[name] for name in names if name in self._targets]
        several = [target for target in several if len(target.pages) > 1]
        for found in wiring.told_languages(self._store, self._sandbox, several, self._desk):
            if found.error is not None:
                event("languages", logging.WARNING, target=found.target, error=str(found.error))

    def _note(self, outcome: Outcome) -> None:
        if outcome.state in (State.FIRST, State.CHANGED):
            self._changed.add(outcome.page.target)
        self._health.count("checks", outcome.state.value)
        self._health.gauge("last_check_timestamp_seconds", outcome.at.timestamp())
        error = outcome.error
        fields: dict[str, object] = {
            "target": outcome.page.target, "language": outcome.page.language, "state": outcome.state.value,
            "verdict": outcome.verdict.value, "alerts": outcome.alerts,
        }  # fmt: skip
        if outcome.comparison is not None:
            fields |= {"comparison": outcome.comparison.id, "summary": outcome.comparison.summary()}
        if outcome.reason or error is not None:
            fields |= {"reason": outcome.reason or str(error)}
        if isinstance(error, FetchError):
            fields |= {"cause": error.cause}
        event("check", logging.WARNING if error is not None else logging.INFO, **fields)
