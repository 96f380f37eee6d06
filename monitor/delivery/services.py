"""Delivery through the services that Apprise speaks (extra `notify`). The only module that knows Apprise, which it
imports when something is sent."""

import threading
from collections.abc import Mapping
from typing import Any

from monitor.delivery.channels import ServiceChannel
from monitor.delivery.message import Message
from monitor.delivery.outcome import Delivered, Outcome, Retry
from monitor.delivery.secrets import resolve
from monitor.errors import InputError


def send(channel: ServiceChannel, message: Message, environment: Mapping[str, str]) -> Outcome:
    """Send the message to the one service, and give up waiting for it after the channel's time.

    A service that takes longer may still deliver: the message may then come twice. Redirects are not followed.

    Raises:
        InputError: Apprise is not installed, or the address is of no service that it knows.
    """
    service = _service(channel, resolve(channel.url, environment))
    said: list[bool] = []
    failed: list[str] = []

    def deliver() -> None:
        try:
            said.append(bool(service.notify(body=message.text, title=message.subject, body_format="text")))
        except (OSError, ValueError, TypeError, RuntimeError, LookupError, AttributeError) as error:
            failed.append(type(error).__name__)

    worker = threading.Thread(target=deliver, name=f"service {channel.name}", daemon=True)
    worker.start()
    worker.join(channel.seconds)
    if worker.is_alive():
        return Retry(reason=f"{channel.name}: no answer within {channel.seconds:g} seconds")
    if said == [True]:
        return Delivered()
    return Retry(reason=f"{channel.name}: the service did not take the message" + "".join(f" ({e})" for e in failed))


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
