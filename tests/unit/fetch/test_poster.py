import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from threading import Event

import pytest

from monitor.errors import RefusedError, RetryableError
from monitor.fetch.poster import HttpPoster
from monitor.model.post import LARGEST_ANSWER, Answer, Post
from tests.fakes.receiver import Behaviour, Receiver

LOOPBACK = ("127.0.0.0/8",)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


def post(receiver: Receiver, **values: object) -> Answer:
    given = {"url": receiver.url, "body": b'{"a": 1}', "headers": (("content-type", "application/json"),)}
    return HttpPoster()(Post(**{"allow_private": LOOPBACK, **given, **values}))  # type: ignore[arg-type]


def test_body_and_headers_arrive_and_the_answer_comes_back(receiver: Receiver) -> None:
    receiver.behaviour = Behaviour(status=202, headers={"Retry-After": "7"})
    answer = post(receiver)
    assert (answer.status, answer.body, answer.header("retry-after")) == (202, b"thanks", "7")
    (received,) = receiver.received
    assert (received.method, received.body) == ("POST", b'{"a": 1}')
    assert received.headers["content-type"] == "application/json"


def test_another_method_is_used(receiver: Receiver) -> None:
    post(receiver, method="PUT")
    assert receiver.received[0].method == "PUT"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_an_answer(receiver: Receiver, status: int) -> None:
    receiver.behaviour = Behaviour(status=status, headers={"Location": receiver.url})
    assert post(receiver).status == status
    assert len(receiver.received) == 1


def test_an_address_that_is_not_public_is_refused(receiver: Receiver) -> None:
    with pytest.raises(RefusedError, match="allow_private of the channel"):
        post(receiver, allow_private=())
    assert receiver.received == []


def test_another_network_that_is_allowed_opens_no_door(receiver: Receiver) -> None:
    with pytest.raises(RefusedError):
        post(receiver, allow_private=("10.0.0.0/8",))


def test_an_answer_without_end_is_cut(receiver: Receiver) -> None:
    def endless(handler: BaseHTTPRequestHandler, stopped: Event) -> None:
        while not stopped.is_set():
            handler.wfile.write(b"x" * 65536)

    receiver.behaviour = Behaviour(write=endless)
    assert len(post(receiver).body) == LARGEST_ANSWER


def test_a_message_has_twenty_seconds_and_of_its_answer_64_kilobytes_are_read() -> None:
    assert Post(url="https://hooks.example/", body=b"", headers=()).seconds == 20
    assert LARGEST_ANSWER == 64 * 1024


def test_an_answer_that_drips_ends_with_the_time(receiver: Receiver) -> None:
    def drip(handler: BaseHTTPRequestHandler, stopped: Event) -> None:
        while not stopped.wait(0.05):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    receiver.behaviour = Behaviour(write=drip)
    started = time.monotonic()
    with pytest.raises(RetryableError) as caught:
        post(receiver, seconds=0.4)
    assert caught.value.cause == "timeout"
    assert time.monotonic() - started < 5


def test_nobody_there_is_told() -> None:
    with Receiver() as gone:
        url = gone.url
    with pytest.raises(RetryableError):
        HttpPoster()(Post(url=url, body=b"", headers=(), allow_private=LOOPBACK))
