import threading

from monitor.fetch.client import Manners
from monitor.fetch.guard import Guard
from monitor.fetch.lanes import Lanes
from monitor.model.capture import Capture, Failure, Fetched, Request
from monitor.model.target import Page
from monitor.wiring import SystemClock
from tests.fakes.site import Asked, Site, page, send


def lanes() -> Lanes:
    return Lanes(Manners(guard=Guard(["127.0.0.0/8"])), SystemClock())


def requests(*urls: str) -> list[Request]:
    return [Request(page=Page(target=f"t{number}", language="en", url=url)) for number, url in enumerate(urls)]


def fetched(*urls: str) -> list[Fetched]:
    return [found for batch in lanes().fetch_all(requests(*urls)) for found in batch]


def test_every_page_is_answered_once_in_the_order_of_its_host() -> None:
    with Site({f"/{number}": page(b"x") for number in range(40)}) as site:
        found = fetched(*(f"{site.address}/{number}" for number in range(40)))
        assert [one.page.target for one in found] == [f"t{number}" for number in range(40)]
        assert site.connections == 1


def test_a_page_that_fails_stops_no_other() -> None:
    with Site({"/1": page(b"x"), "/3": page(b"x")}) as site:
        found = fetched(f"{site.address}/1", f"{site.address}/2", f"{site.address}/3", "gopher:hole")
    assert [type(one) for one in sorted(found, key=lambda one: one.page.target)] == [Capture, Failure, Capture, Failure]


def test_no_pages_are_no_work() -> None:
    assert fetched() == []


def test_a_slow_host_keeps_no_other_waiting() -> None:
    released = threading.Event()

    def slow(connection, asked: Asked) -> None:
        released.wait(10)
        send(connection, 200, {}, b"slow")

    with Site({"/": slow}) as first, Site({"/": page(b"fast")}) as second:
        batches = lanes().fetch_all(
            requests(first.address + "/", second.address.replace("127.0.0.1", "localhost") + "/")
        )
        assert [one.page.target for one in next(batches)] == ["t1"]
        released.set()
        assert [one.page.target for one in next(batches)] == ["t0"]


def test_what_is_abandoned_asks_no_further() -> None:
    with Site({f"/{number}": page(b"x" * 9000) for number in range(500)}) as site:
        batches = lanes().fetch_all(requests(*(f"{site.address}/{number}" for number in range(500))))
        next(batches)
        batches.close()
        for thread in threading.enumerate():
            if thread.name.startswith("fetch "):
                thread.join(5)
        assert len(site.asked) < 500
