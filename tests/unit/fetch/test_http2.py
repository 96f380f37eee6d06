from collections.abc import Iterator

import pytest

from monitor.fetch.client import Client, Manners
from monitor.fetch.guard import Guard
from monitor.model.capture import Capture, Request
from monitor.model.target import Page
from monitor.wiring import SystemClock
from tests.fakes.http2 import Http2Site
from tests.fakes.reports import report
from tests.fakes.site import CERTIFICATE


@pytest.fixture
def site() -> Iterator[Http2Site]:
    with Http2Site({"/a/": report(length=8), "/b/": report("zh")}) as running:
        yield running


def test_pages_come_over_http2_where_the_server_speaks_it(site: Http2Site) -> None:
    manners = Manners(guard=Guard(["127.0.0.0/8"]), ca_file=CERTIFICATE)
    client = Client(manners, SystemClock())
    try:
        found = [
            client.fetch(Request(page=Page(target="t", language="en", url=f"{site.address}{path}")))
            for path in ("/a/", "/b/")
        ]
    finally:
        client.close()
    assert [capture.content for capture in found if isinstance(capture, Capture)] == [report(length=8), report("zh")]
    assert site.protocols == ["h2"]
    assert site.asked == ["/a/", "/b/"]


def test_it_can_be_switched_off(site: Http2Site) -> None:
    from monitor.errors import RetryableError

    manners = Manners(guard=Guard(["127.0.0.0/8"]), ca_file=CERTIFICATE, http2=False)
    client = Client(manners, SystemClock())
    with pytest.raises(RetryableError):
        client.fetch(Request(page=Page(target="t", language="en", url=f"{site.address}/a/")))
    client.close()
    assert site.protocols[0] == "http/1.1"
