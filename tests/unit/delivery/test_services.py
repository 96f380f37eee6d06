"""The services of Apprise, which is an extra."""

import json
import sys
from dataclasses import replace

import pytest

from monitor.alerts.outcome import Delivered, Retry
from monitor.delivery import services
from monitor.delivery.message import message
from monitor.errors import InputError
from monitor.model.channel import Secret, ServiceChannel
from tests.fakes.receiver import Behaviour, Receiver
from tests.unit.alerts.samples import alert
from tests.unit.delivery.samples import dispatch

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise tries it
CHANNEL = ServiceChannel(name="service", url=Secret.parse("env:URL"), seconds=0.5)
MESSAGE = message(dispatch(alert()))


def test_without_apprise_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)

    with pytest.raises(InputError, match=r"pip install 'monitor\[notify\]'"):
        services.send(CHANNEL, MESSAGE, {"URL": "json://localhost"})


def test_a_service_takes_the_message() -> None:
    pytest.importorskip("apprise")
    with Receiver() as receiver:
        outcome = services.send(CHANNEL, MESSAGE, {"URL": receiver.url.replace("http", "json")})

        assert outcome == Delivered()
        assert "98 → 104" in json.dumps(json.loads(receiver.received[0].body), ensure_ascii=False)


def test_a_service_calls_nobody() -> None:
    pytest.importorskip("apprise")
    with Receiver() as receiver:
        loud = replace(MESSAGE, text="@everyone look <!channel>", subject="@here")

        services.send(CHANNEL, loud, {"URL": receiver.url.replace("http", "json")})

        body = json.loads(receiver.received[0].body)
        assert "@everyone" not in json.dumps(body, ensure_ascii=False)
        assert "@here" not in json.dumps(body, ensure_ascii=False)
        assert "<!" not in json.dumps(body, ensure_ascii=False)


def test_a_service_that_points_elsewhere_is_not_followed() -> None:
    pytest.importorskip("apprise")
    with Receiver() as inside, Receiver() as receiver:
        receiver.behaviour = Behaviour(status=307, headers={"Location": inside.url})

        outcome = services.send(CHANNEL, MESSAGE, {"URL": receiver.url.replace("http", "json")})

        assert isinstance(outcome, Retry)
        assert inside.received == []


def test_a_service_that_is_slow_is_given_up() -> None:
    pytest.importorskip("apprise")
    with Receiver() as receiver:
        receiver.behaviour = Behaviour(write=lambda handler, stopped: stopped.wait(5) and None)
        url = receiver.url.replace("http", "json")

        assert services.send(CHANNEL, MESSAGE, {"URL": url}) == Retry(reason="service: no answer within 0.5 seconds")


def test_an_address_of_no_service_is_not_repeated() -> None:
    pytest.importorskip("apprise")

    with pytest.raises(InputError, match="env:URL holds no address") as error:
        services.send(CHANNEL, MESSAGE, {"URL": "nonsense://s3cret"})

    assert "s3cret" not in str(error.value)
