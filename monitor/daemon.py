"""The daemon: what falls due is checked and delivered until it is told to stop. The only module that knows APScheduler.

APScheduler decides when to look, the store decides what is due: the jobs live in memory, and only wake the threads that
work. So no job that is missed, doubled or lost means anything.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from monitor import wiring
from monitor.duty.checks import Checks
from monitor.duty.health import Health, HealthServer
from monitor.duty.log import event, log, set_up
from monitor.duty.notify import notify
from monitor.duty.posting import Posting
from monitor.duty.room import Opened
from monitor.errors import ConfigError, InputError, MonitorError, StoreError
from monitor.store.ballast import RESERVE
from monitor.store.store import SnapshotStore

if TYPE_CHECKING:
    from monitor.config import Configuration

TICK, DELIVER, HEARTBEAT = timedelta(seconds=15), timedelta(seconds=10), timedelta(seconds=20)
PATIENCE = 20.0
"""Seconds that what is under way has once a stop is asked for."""

STEP = 1.0
SIDESTEP = 2.0
"""Seconds by which the clock may part from the time that has passed before it counts as set."""


def run(config: Path | None, store: Path | None, *, patience: float = PATIENCE, reserve: int = RESERVE) -> int:
    """Be the daemon of the configuration until SIGTERM or SIGINT; returns the exit status. `reserve` are the bytes kept
    aside for a full disk.

    Raises:
        ConfigError: the configuration is wrong. BusyError: the store has a daemon. StoreError: it cannot be used.
    """
    settings = wiring.configuration(config)
    set_up()
    folder = store or settings.store or wiring.STORE
    opened = partial(SnapshotStore, folder, create=True, reserve=reserve)
    with contextlib.closing(opened()) as kept, kept.claimed():
        kept.prove()
        return _Daemon(config or wiring.CONFIG, opened, settings, patience).run()


@lru_cache(maxsize=1024)
def next_slot(expression: str, zone: tzinfo, after: datetime) -> datetime:
    """The first time of a cron expression after a moment, by the clock of the zone.

    A time that the clock skips is taken an hour later, one that it shows twice is met twice.
    """
    trigger = CronTrigger.from_crontab(expression, timezone=zone)
    found = trigger.get_next_fire_time(None, after + timedelta(seconds=1))
    return (found or after + timedelta(days=366)).astimezone(UTC)


class _Daemon:
    def __init__(self, config: Path, opened: Opened, settings: Configuration, patience: float) -> None:
        self._config = config
        self._settings = settings
        self._health = Health()
        self._checks = Checks(opened, settings, next_slot, self._health, patience=patience)
        self._posting = Posting(opened, settings, self._health)
        self._patience = patience
        self._stop = threading.Event()
        self._reload = threading.Event()
        self._signals = 0

    def run(self) -> int:
        self._listen()
        server = self._server()
        threads = [
            threading.Thread(target=work.run, name=name, daemon=True)
            for name, work in (("checks", self._checks), ("deliveries", self._posting))
        ]
        for thread in threads:
            thread.start()
        scheduler = self._scheduler()
        event("started", process=os.getpid(), targets=len(self._settings.targets), port=server.port if server else None)
        try:
            for _ in self._seconds(scheduler):
                dead = [thread.name for thread in threads if not thread.is_alive()]
                if dead and not self._stop.is_set():
                    raise StoreError(f"{', '.join(dead)}: ended; see the log, and whether the store can be used")
                if self._health.ready.is_set() and not self._stop.is_set():
                    self._say_ready()
        finally:
            self._end(scheduler, threads)
            if server is not None:
                server.close()
        return 0

    def _seconds(self, scheduler: BackgroundScheduler) -> Iterator[None]:
        """Once a second, until a stop is asked for; meanwhile the clock and the configuration are watched."""
        drift = time.time() - time.monotonic()
        changed = self._changed_at()
        while not self._stop.wait(STEP):
            now = time.time() - time.monotonic()
            if abs(now - drift) > SIDESTEP:
                self._clock_stepped(timedelta(seconds=now - drift), scheduler)
            drift = now
            if self._reload.is_set() or self._changed_at() != changed:
                self._reload.clear()
                changed = self._changed_at()
                self._take_over()
            yield

    def _clock_stepped(self, step: timedelta, scheduler: BackgroundScheduler) -> None:
        """All that goes by the clock looks at it again: a job would else wait for the time that it was told."""
        event("clock stepped", logging.WARNING, seconds=round(step.total_seconds(), 1))
        self._posting.stepped.put(step)
        self._checks.orders.clock_stepped.set()
        for job in scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))

    def _listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stopped)
        signal.signal(signal.SIGHUP, lambda *_: self._reload.set())

    def _stopped(self, number: int, _: object) -> None:
        self._signals += 1
        if self._signals > 1:
            os._exit(128 + number)
        self._checks.orders.stop.set()
        self._posting.stop.set()
        self._stop.set()

    def _server(self) -> HealthServer | None:
        port = self._settings.schedule.port if self._settings.schedule else None
        if port is None:
            return None
        try:
            return HealthServer(self._health, port)
        except OSError as error:
            raise InputError(f"port {port} on 127.0.0.1: {error.strerror}; give another port in [schedule]") from error

    def _scheduler(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        now = datetime.now(UTC)
        orders = self._checks.orders
        for name, work, every in (
            ("tick", orders.look.set, TICK),
            ("deliver", self._posting.due.set, DELIVER),
            ("heartbeat", self._beat, HEARTBEAT),
        ):
            scheduler.add_job(work, "interval", seconds=every.total_seconds(), id=name, next_run_time=now)
        scheduler.add_job(
            orders.upkeep.set, "interval", days=1, id="maintain", next_run_time=now + timedelta(minutes=5)
        )
        scheduler.add_listener(self._unusual, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        scheduler.start()
        return scheduler

    def _unusual(self, what: JobEvent) -> None:
        """None of these is ever normal."""
        self._health.count("errors", "scheduler")
        event("scheduler", logging.ERROR, job=what.job_id, code=what.code)

    def _beat(self) -> None:
        """Tell systemd that we live, unless a worker does not."""
        stuck = self._health.stuck()
        if stuck:
            event("stuck", logging.ERROR, workers=stuck)
        else:
            notify("WATCHDOG=1")

    def _say_ready(self) -> None:
        if self._health.counts("ready"):
            return
        self._health.count("ready")
        notify("READY=1")
        event("ready")

    def _take_over(self) -> None:
        """Read the configuration again; one with mistakes changes nothing."""
        notify("RELOADING=1")
        try:
            settings = wiring.configuration(self._config)
        except ConfigError as error:
            for problem in error.problems:
                event("configuration", logging.ERROR, problem=problem, kept="the one before")
            self._health.count("errors", "configuration")
        except MonitorError as error:
            event("configuration", logging.ERROR, problem=str(error), kept="the one before")
        else:
            self._settings = settings
            self._checks.orders.settings.put(settings)
            self._posting.settings.put(settings)
            self._posting.due.set()
            event("configuration", targets=len(settings.targets), rules=len(settings.rules))
        notify("READY=1")

    def _changed_at(self) -> float | None:
        try:
            return self._config.stat().st_mtime
        except OSError:
            return None

    def _end(self, scheduler: BackgroundScheduler, threads: list[threading.Thread]) -> None:
        """No new work; what is under way has its time."""
        notify("STOPPING=1")
        event("stopping", patience=self._patience)
        self._checks.orders.stop.set()
        self._posting.stop.set()
        scheduler.pause()
        until = time.monotonic() + self._patience + STEP
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        scheduler.shutdown(wait=False)
        left = [thread.name for thread in threads if thread.is_alive()]
        event("stopped", abandoned=left)
        for handler in log().handlers:
            handler.flush()
