"""Whether a channel could be used, found out without sending anything."""

import os
from collections.abc import Mapping
from pathlib import Path

from monitor.delivery import mail
from monitor.delivery.secrets import resolve
from monitor.delivery.webhook import signing_key
from monitor.errors import MonitorError
from monitor.model.channel import Channel, FeedChannel, MailChannel, Secret, ServiceChannel, WebhookChannel


def probe(channel: Channel, environment: Mapping[str, str]) -> str | None:
    """What hinders the channel from being used, in one line with the remedy; None if nothing is seen.

    A mail server is spoken to, up to the login. Webhooks and services are not, since any request would be a message:
    their secrets are looked at.
    """
    try:
        match channel:
            case MailChannel():
                return mail.probe(channel, environment)
            case WebhookChannel():
                secrets = [each for each in (channel.url, channel.token) if isinstance(each, Secret)]
                for secret in secrets:
                    resolve(secret, environment)
                for secret in channel.signing:
                    signing_key(resolve(secret, environment), str(secret))
            case ServiceChannel():
                resolve(channel.url, environment)
            case FeedChannel():
                return _folder(channel.path.parent)
    except MonitorError as error:
        return str(error)
    return None


def _folder(path: Path) -> str | None:
    if path.is_dir() and os.access(path, os.W_OK):
        return None
    return f"{path}: is no folder that can be written; make it, or give another path"
