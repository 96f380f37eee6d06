"""Many pages asked for at once: a thread for each host, so that no site waits for another."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from monitor.errors import FetchError
from monitor.fetch.client import Client, Manners
from monitor.model.capture import Failure, Fetched, Request

if TYPE_CHECKING:
    from monitor.model.ports import Clock

MOST_LANES = 8
LINGER = 0.05
"""Seconds in which answers are gathered, so that what is the same as before costs one transaction for many."""

MOST_WAITING = 16
"""Answers that wait to be taken. Bounded, so that fast sites do not fill the memory of a slow reader."""


class Lanes:
    """Fetches pages host by host, several hosts at a time (see `model.ports.Fetcher`)."""

    def __init__(self, manners: Manners, clock: Clock) -> None:
        self._manners = manners
        self._clock = clock

    def fetch_all(self, requests: Sequence[Request]) -> Iterator[Sequence[Fetched]]:
        """Ask for every page; yield what has arrived, in the order of arrival, each page exactly once."""
        waiting = queue.SimpleQueue[list[Request]]()
        lanes = _by_host(requests)
        for lane in lanes:
            waiting.put(lane)
        arrived = queue.Queue[Fetched | BaseException](MOST_WAITING)
        over = threading.Event()
        for number in range(min(len(lanes), MOST_LANES)):
            name = f"fetch {number}"
            threading.Thread(target=self._work, args=(waiting, arrived, over), name=name, daemon=True).start()
        try:
            yield from _batches(arrived, len(requests))
        finally:
            over.set()

    def _work(
        self,
        waiting: queue.SimpleQueue[list[Request]],
        arrived: queue.Queue[Fetched | BaseException],
        over: threading.Event,
    ) -> None:
        client = Client(self._manners, self._clock)
        try:
            while True:
                for request in waiting.get_nowait():
                    if over.is_set():
                        return
                    _put(arrived, self._fetched(client, request), over)
        except queue.Empty:
            return
        except Exception as error:  # noqa: BLE001  # carried to the caller's thread, which raises it
            _put(arrived, error, over)
        finally:
            client.close()

    def _fetched(self, client: Client, request: Request) -> Fetched:
        try:
            return client.fetch(request)
        except FetchError as error:
            return Failure(page=request.page, error=error, failed_at=self._clock.now())


def _by_host(requests: Sequence[Request]) -> list[list[Request]]:
    """The requests by the host of their address, in the order given."""
    lanes: dict[str, list[Request]] = {}
    for request in requests:
        lanes.setdefault(request.page.site, []).append(request)
    return list(lanes.values())


def _put(arrived: queue.Queue[Fetched | BaseException], item: Fetched | BaseException, over: threading.Event) -> None:
    """Hand the item over, unless nobody takes it any more."""
    while not over.is_set():
        try:
            arrived.put(item, timeout=0.5)
        except queue.Full:
            continue
        return


def _batches(arrived: queue.Queue[Fetched | BaseException], expected: int) -> Iterator[list[Fetched]]:
    """What has arrived, a good handful at a time, until everything has."""
    while expected:
        batch = [_taken(arrived.get())]
        until = time.monotonic() + LINGER
        while len(batch) < min(expected, MOST_WAITING):
            try:
                batch.append(_taken(arrived.get(timeout=max(0.0, until - time.monotonic()))))
            except queue.Empty:
                break
        expected -= len(batch)
        yield batch


def _taken(item: Fetched | BaseException) -> Fetched:
    if isinstance(item, BaseException):
        raise item
    return item
