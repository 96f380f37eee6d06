"""One request to a host at a time, with a pause in between, and none while the host has asked to be left alone."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.errors import RetryableError
from monitor.model.standing import HostState

LONGEST_PAUSE = 60.0
"""No site may slow a run down beyond a minute a page, whatever its robots.txt says."""

LONGEST_WAIT = 7 * 24 * 3600.0


@dataclass(slots=True)
class _Host:
    pause: float
    turn: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    closed_until: float = 0.0


class Politeness:
    """What each host is owed. Shared by all threads of a run."""

    def __init__(
        self,
        interval: float,
        *,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """`interval` is the least pause in seconds between two requests to one host."""
        self._interval = interval
        self._now = now
        self._wait = wait
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked, and let nobody else ask it meanwhile.

        Raises:
            RetryableError: the host has asked to be left alone for longer than a run should wait.
        """
        state = self._host(host)
        with state.turn:
            left = state.closed_until - self._now()
            if left > 0:
                raise RetryableError(
                    f"{host}: asked to be left alone for {left:.0f} s more; try again then",
                    cause="host_wait",
                    retry_after=left,
                )
            if state.free_at > self._now():
                self._wait(state.free_at - self._now())
            try:
                yield
            finally:
                state.free_at = self._now() + state.pause

    def slow_down(self, host: str, pause: float) -> None:
        """Keep at least this pause from now on: the site's Crawl-delay, taken up to `LONGEST_PAUSE`."""
        state = self._host(host)
        state.pause = max(state.pause, min(pause, LONGEST_PAUSE))

    def leave_alone(self, host: str, seconds: float) -> None:
        """Ask nothing of the host for that time: its Retry-After, taken up to `LONGEST_WAIT`."""
        state = self._host(host)
        state.closed_until = max(state.closed_until, self._now() + min(seconds, LONGEST_WAIT))

    def owed(self, now: datetime) -> list[HostState]:
        """What every host is still owed, for the next run to keep to."""
        with self._lock:
            hosts = list(self._hosts.items())
        return [
            HostState(
                host=host, free_at=now + timedelta(seconds=max(0.0, state.free_at - self._now())), pause=state.pause,
                closed_until=now + timedelta(seconds=left) if (left := state.closed_until - self._now()) > 0 else None,
            )
            for host, state in hosts
        ]  # fmt: skip

    def restore(self, states: Iterable[HostState], now: datetime) -> None:
        """Keep to what earlier runs owe; nothing in it is believed to lie further ahead than it may."""
        for each in states:
            state = self._host(each.host)
            state.pause = max(state.pause, min(each.pause, LONGEST_PAUSE))
            state.free_at = self._now() + min(max(0.0, (each.free_at - now).total_seconds()), LONGEST_PAUSE)
            if each.closed_until is not None:
                self.leave_alone(each.host, (each.closed_until - now).total_seconds())

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host(pause=self._interval))
