"""Pages asked for as they fall due, for as long as the program runs: a thread for each site that has something to do."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.errors import FetchError
from monitor.fetch.client import Client, Manners
from monitor.model.capture import Failure, Fetched, Request

if TYPE_CHECKING:
    from monitor.model.ports import Clock

MOST_SITES = 32
ENOUGH = 12
"""Requests that a site may have waiting before no more are claimed for it."""

MOST_WAITING = 16
"""Answers that wait to be taken: bounded, so that fast sites do not fill the memory of a slow reader."""


class Traffic:
    """Fetches what is submitted; answers are taken with `arrived`. One request a site at a time."""

    def __init__(self, manners: Manners, clock: Clock) -> None:
        self._manners = manners
        self._clock = clock
        self._waiting: dict[str, deque[Request]] = {}
        self._working: set[str] = set()
        self._lock = threading.Lock()
        self._arrived = queue.Queue[Fetched | BaseException](MOST_WAITING)
        self._over = threading.Event()
        self._under_way = 0

    @property
    def under_way(self) -> int:
        """How many requests were submitted and not yet taken as answers."""
        return self._under_way

    def busy(self) -> list[str]:
        """The sites that have enough to do."""
        with self._lock:
            return [site for site, waiting in self._waiting.items() if len(waiting) >= ENOUGH]

    def submit(self, requests: Sequence[Request]) -> None:
        """Ask for these pages, after those of their sites that were submitted before."""
        with self._lock:
            for request in requests:
                self._waiting.setdefault(request.page.site, deque()).append(request)
            self._under_way += len(requests)
            self._start()

    def withdraw(self) -> list[Request]:
        """Give up what has not been asked for yet."""
        with self._lock:
            given_up = [request for waiting in self._waiting.values() for request in waiting]
            self._waiting.clear()
            self._under_way -= len(given_up)
            return given_up

    def arrived(self, timeout: float) -> list[Fetched]:
        """What has arrived within that many seconds, a good handful at most."""
        found: list[Fetched] = []
        until = time.monotonic() + timeout
        while len(found) < MOST_WAITING:
            try:
                item = self._arrived.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if isinstance(item, BaseException):
                raise item
            found.append(item)
            until = min(until, time.monotonic() + 0.05)
        self._under_way -= len(found)
        return found

    def close(self) -> None:
        """Abandon everything."""
        self._over.set()
        self.withdraw()

    def _start(self) -> None:
        """Give a thread to sites that have none, within the limit; the lock is held."""
        for site in list(self._waiting):
            if len(self._working) >= MOST_SITES:
                return
            if site not in self._working:
                self._working.add(site)
                threading.Thread(target=self._work, args=(site,), name=f"fetch {site}", daemon=True).start()

    def _work(self, site: str) -> None:
        client = Client(self._manners, self._clock)
        try:
            while (request := self._next(site)) is not None:
                self._put(self._fetched(client, request))
        except Exception as error:  # noqa: BLE001  # carried to the thread that takes the answers, which raises it
            self._put(error)
        finally:
            client.close()

    def _next(self, site: str) -> Request | None:
        """The next request of the site; without one the thread ends, and leaves its place to another site."""
        with self._lock:
            waiting = self._waiting.get(site)
            if waiting and not self._over.is_set():
                return waiting.popleft()
            self._waiting.pop(site, None)
            self._working.discard(site)
            self._start()
            return None

    def _fetched(self, client: Client, request: Request) -> Fetched:
        try:
            return client.fetch(request)
        except FetchError as error:
            return Failure(page=request.page, error=error, failed_at=self._clock.now())

    def _put(self, item: Fetched | BaseException) -> None:
        while not self._over.is_set():
            try:
                self._arrived.put(item, timeout=0.5)
            except queue.Full:
                continue
            return
