"""Webhooks to a real receiver on loopback that checks the signature."""

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from standardwebhooks import Webhook

from monitor.alerts.outcome import Dead, Delivered, Disabled, Outcome, Retry
from monitor.delivery.send import Parcel, send
from monitor.errors import RefusedError
from monitor.model.channel import Form, Secret, WebhookChannel
from monitor.model.post import Answer, Post
from tests.fakes.poster import post
from tests.fakes.receiver import Behaviour, Receiver
from tests.unit.alerts.samples import LANGUAGES, alert
from tests.unit.delivery.samples import dispatch

KEY = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OLD_KEY = "whsec_" + base64.b64encode(bytes(range(32, 64))).decode()
ENVIRONMENT = {"KEY": KEY, "OLD_KEY": OLD_KEY, "TOKEN": "s3cret-token"}


def parcel(**values: object) -> Parcel:
    return replace(Parcel(dispatch=dispatch(alert()), now=datetime.now(UTC)), **values)  # type: ignore[arg-type]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as found:
        yield found


def quick(request: Post) -> Answer:
    """The request with a deadline that a test can wait for."""
    return post(replace(request, seconds=0.3))


def deliver(receiver: Receiver, **values: object) -> Outcome:
    channel = replace(WebhookChannel(name="hook", url=receiver.url, signing=(Secret.parse("env:KEY"),)), **values)  # type: ignore[arg-type]
    return send(channel, parcel(sequence=7), poster=quick, environment=ENVIRONMENT)


def test_a_signed_message_is_accepted_by_the_published_verifier(receiver: Receiver) -> None:
    assert deliver(receiver) == Delivered()

    (got,) = receiver.received
    data = Webhook(KEY).verify(got.body, got.headers)
    assert data["type"] == "report.revision"
    assert (data["id"], data["sequence"]) == (got.headers["webhook-id"], 7)
    assert data["data"]["alerts"][0]["sightings"][0]["statistics"][0]["delta"] == 6
    assert len(got.body) < 20_000


def test_while_keys_change_both_sign(receiver: Receiver) -> None:
    deliver(receiver, signing=(Secret.parse("env:KEY"), Secret.parse("env:OLD_KEY")))

    (got,) = receiver.received
    assert Webhook(KEY).verify(got.body, got.headers) == Webhook(OLD_KEY).verify(got.body, got.headers)


def test_a_retry_carries_the_same_id(receiver: Receiver) -> None:
    deliver(receiver)
    deliver(receiver)

    assert len({got.headers["webhook-id"] for got in receiver.received}) == 1


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        (204, {}, Delivered),
        (302, {"Location": "http://127.0.0.1:1/"}, Retry),
        (400, {}, Retry),
        (410, {}, Disabled),
        (429, {"Retry-After": "120"}, Retry),
        (503, {}, Retry),
    ],
)
def test_only_2xx_counts(receiver: Receiver, status: int, headers: dict[str, str], expected: type[Outcome]) -> None:
    receiver.behaviour = Behaviour(status=status, headers=headers)

    outcome = deliver(receiver)

    assert isinstance(outcome, expected)
    assert len(receiver.received) == 1
    if status == 429:
        assert isinstance(outcome, Retry)
        assert outcome.after == timedelta(seconds=120)


def test_an_answer_that_points_elsewhere_says_what_to_do(receiver: Receiver) -> None:
    receiver.behaviour = Behaviour(status=301, headers={"Location": "http://127.0.0.1:1/"})

    outcome = deliver(receiver)

    assert isinstance(outcome, Retry)
    assert outcome.reason.endswith("give the final address")


def test_a_receiver_that_drips_is_given_up(receiver: Receiver) -> None:
    def drip(handler: BaseHTTPRequestHandler, stopped: threading.Event) -> None:
        while not stopped.wait(0.02):
            handler.wfile.write(b".")
            handler.wfile.flush()

    receiver.behaviour = Behaviour(write=drip)

    assert isinstance(deliver(receiver), Retry)


def test_a_huge_reply_is_not_read(receiver: Receiver) -> None:
    def pour(handler: BaseHTTPRequestHandler, stopped: threading.Event) -> None:
        while not stopped.is_set():
            handler.wfile.write(b"." * 65_536)

    receiver.behaviour = Behaviour(write=pour)

    assert deliver(receiver) == Delivered()


def test_a_receiver_that_is_down_is_tried_again(receiver: Receiver) -> None:
    outcome = deliver(receiver, url="http://127.0.0.1:1/services/T000/B000/s3cret-path")

    assert isinstance(outcome, Retry)
    assert "http://127.0.0.1:1/…" in outcome.reason
    assert "s3cret" not in outcome.reason


def test_an_address_that_is_not_allowed_is_dead() -> None:
    def guarded(request: Post) -> Answer:
        raise RefusedError("10.0.0.7 is not a public address", cause="forbidden_address")

    channel = WebhookChannel(name="hook", url="http://10.0.0.7/x")

    outcome = send(channel, parcel(), poster=guarded, environment={})

    assert isinstance(outcome, Dead)
    assert "not a public address" in outcome.reason


def test_a_key_that_is_none_keeps_the_message_and_its_own_silence(receiver: Receiver) -> None:
    channel = WebhookChannel(name="hook", url=receiver.url, signing=(Secret.parse("env:TOKEN"),))

    outcome = send(channel, parcel(), poster=quick, environment=ENVIRONMENT)

    assert isinstance(outcome, Retry)
    assert "env:TOKEN: a signing key is whsec_" in outcome.reason
    assert ENVIRONMENT["TOKEN"] not in outcome.reason
    assert receiver.received == []


def test_matrix_takes_a_retry_as_the_same_message(receiver: Receiver) -> None:
    base = receiver.url.removesuffix("/hook")
    for _ in range(2):
        outcome = deliver(
            receiver, url=base, form=Form.MATRIX, room="!room:example.org", token=Secret.parse("env:TOKEN")
        )
        assert outcome == Delivered()

    first, again = receiver.received
    assert (first.method, first.headers["authorization"]) == ("PUT", "Bearer s3cret-token")
    assert first.path == again.path
    assert first.path.startswith("/_matrix/client/v3/rooms/%21room%3Aexample.org/send/m.room.message/")
    assert json.loads(first.body)["m.mentions"] == {}


@pytest.mark.parametrize("form", [Form.SLACK, Form.DISCORD, Form.TEAMS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_chat_services_get_their_form_in_every_language(receiver: Receiver, form: Form, language: str) -> None:
    channel = WebhookChannel(name="hook", url=Secret.parse("env:URL"), form=form)
    told = parcel(dispatch=dispatch(alert(language), wording=language))

    assert send(channel, told, poster=quick, environment={"URL": receiver.url}) == Delivered()

    (got,) = receiver.received
    shown = json.dumps(json.loads(got.body), ensure_ascii=False)
    assert "104" in shown
    assert "webhook-signature" not in got.headers
