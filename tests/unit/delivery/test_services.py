"""The services of Apprise, which is an extra."""

import json
import sys
from dataclasses import replace

import apprise
import pytest

from monitor.alerts.outcome import Dead, Delivered, Retry
from monitor.delivery import services
from monitor.delivery.message import message
from monitor.errors import InputError
from monitor.fetch.poster import HttpPoster
from monitor.model.channel import Secret, ServiceChannel
from tests.fakes.receiver import Behaviour, Receiver
from tests.unit.alerts.samples import alert
from tests.unit.delivery.samples import dispatch

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise tries it
CHANNEL = ServiceChannel(name="service", url=Secret.parse("env:URL"), seconds=0.5, allow_private=("127.0.0.0/8",))
MESSAGE = message(dispatch(alert()))
POSTER = HttpPoster()


def test_without_apprise_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)

    with pytest.raises(InputError, match=r"pip install 'monitor\[notify\]'"):
        services.send(CHANNEL, MESSAGE, {"URL": "json://localhost"}, POSTER)


def test_a_service_takes_the_message() -> None:
    with Receiver() as receiver:
        outcome = services.send(CHANNEL, MESSAGE, {"URL": receiver.url.replace("http", "json")}, POSTER)

        assert outcome == Delivered()
        assert "98 → 104" in json.dumps(json.loads(receiver.received[0].body), ensure_ascii=False)


def test_a_service_calls_nobody() -> None:
    with Receiver() as receiver:
        loud = replace(MESSAGE, text="@everyone look <!channel>", subject="@here")

        services.send(CHANNEL, loud, {"URL": receiver.url.replace("http", "json")}, POSTER)

        body = json.loads(receiver.received[0].body)
        assert "@everyone" not in json.dumps(body, ensure_ascii=False)
        assert "@here" not in json.dumps(body, ensure_ascii=False)
        assert "<!" not in json.dumps(body, ensure_ascii=False)


def test_a_service_that_points_elsewhere_is_not_followed() -> None:
    with Receiver() as inside, Receiver() as receiver:
        receiver.behaviour = Behaviour(status=307, headers={"Location": inside.url})

        outcome = services.send(CHANNEL, MESSAGE, {"URL": receiver.url.replace("http", "json")}, POSTER)

        assert isinstance(outcome, Retry)
        assert inside.received == []


def test_a_service_that_is_slow_is_given_up() -> None:
    with Receiver() as receiver:
        receiver.behaviour = Behaviour(write=lambda handler, stopped: stopped.wait(5) and None)
        url = receiver.url.replace("http", "json")

        assert services.send(CHANNEL, MESSAGE, {"URL": url}, POSTER) == Retry(
            reason="service: no answer within 0.5 seconds"
        )


def test_an_address_of_no_service_is_not_repeated() -> None:

    with pytest.raises(InputError, match="env:URL holds no address") as error:
        services.send(CHANNEL, MESSAGE, {"URL": "nonsense://s3cret"}, POSTER)

    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433"])
def test_a_service_at_a_private_address_is_refused_unless_it_is_allowed(host: str) -> None:
    with Receiver() as receiver:
        url = receiver.url.replace("http", "json").replace("127.0.0.1", host)

        outcome = services.send(replace(CHANNEL, allow_private=()), MESSAGE, {"URL": url}, POSTER)

        assert isinstance(outcome, Dead)
        assert "allow_private of the channel" in outcome.reason
        assert receiver.received == []


@pytest.mark.parametrize("url", ["ntfy://sometopic", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"])
def test_a_key_in_the_place_of_a_host_is_shown_to_no_resolver(url: str) -> None:
    service = apprise.Apprise.instantiate(url)

    assert service is not None
    assert services._host(service) == ""


def test_the_host_of_a_service_of_ones_own_is_known() -> None:
    for url in ("json://intranet/path", "ntfy://intranet.example/topic", "gotify://10.0.0.7/token1234567890x"):
        service = apprise.Apprise.instantiate(url)
        assert service is not None
        assert services._host(service) in ("intranet", "intranet.example", "10.0.0.7")
