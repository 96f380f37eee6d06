"""Delivery through the services that Apprise speaks (extra `notify`). The only module that knows Apprise, which it
imports when something is sent."""

import contextlib
from collections.abc import Mapping
from typing import Any

from monitor.alerts.outcome import Dead, Delivered, Outcome, Retry
from monitor.delivery.chat import unmentioned
from monitor.delivery.deadline import within
from monitor.delivery.message import Message
from monitor.delivery.secrets import resolve
from monitor.errors import InputError, RefusedError, RetryableError
from monitor.model.channel import ServiceChannel
from monitor.model.post import Poster


def send(channel: ServiceChannel, message: Message, environment: Mapping[str, str], poster: Poster) -> Outcome:
    """Send the message to the one service, and give up waiting for it after the channel's time.

    A service that takes longer may still deliver: the message may then come twice. Redirects are not followed. Where
    the host in the address leads is looked at first; Apprise resolves it once more when it connects.

    Raises:
        InputError: Apprise is not installed, or the address is of no service that it knows.
    """
    service = _service(channel, resolve(channel.url, environment))
    try:
        _check(service, channel, poster)
    except RefusedError as error:
        return Dead(reason=f"{channel.name}: {error}")
    body, title = unmentioned(message.text), unmentioned(message.subject)
    try:
        taken = within(
            channel.seconds,
            lambda: bool(service.notify(body=body, title=title, body_format="text")),
            name=f"service {channel.name}",
        )
    except TimeoutError:
        return Retry(reason=f"{channel.name}: no answer within {channel.seconds:g} seconds")
    except (OSError, ValueError, TypeError, RuntimeError, LookupError, AttributeError) as error:
        return Retry(reason=f"{channel.name}: the service failed ({type(error).__name__})")
    return Delivered() if taken else Retry(reason=f"{channel.name}: the service did not take the message")


def _service(channel: ServiceChannel, url: str) -> Any:
    """The service behind the address, not following redirects, which could lead to internal addresses."""
    try:
        import apprise
    except ImportError:
        raise InputError(
            f"{channel.name}: needs Apprise, which is not installed; pip install 'monitor[notify]'"
        ) from None
    service = apprise.Apprise.instantiate(url, asset=apprise.AppriseAsset(async_mode=False), suppress_exceptions=True)
    if service is None:
        raise InputError(f"{channel.name}: {channel.url} holds no address that Apprise knows")
    service.redirects = False
    return service


def _check(service: Any, channel: ServiceChannel, poster: Poster) -> None:
    """Raises RefusedError if the service's own host lies outside the public internet and what the channel allows."""
    host = _host(service)
    if host:
        with contextlib.suppress(RetryableError):  # what cannot be resolved is not reached either
            poster.check(host, channel.allow_private)


def _host(service: Any) -> str:
    """The host that the address of the service names; "" if a key may stand in its place, which no resolver may see."""
    host = str(service.host or "").strip("[]")
    always = all("{host}" in template for template in service.templates)
    return host if always or service.port or "." in host or ":" in host or host == "localhost" else ""
