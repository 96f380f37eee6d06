"""The channels as values, as the configuration describes them, and what is sent through one. Secrets by reference."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from monitor.delivery.secrets import Secret


class Security(StrEnum):
    """How a mail server is spoken to. Nothing ever falls back to a weaker one."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailChannel:
    """Recipients behind a mail server.

    `sender` and `recipients` are addresses, bare or as `Name <address>`. `ca_file` holds the certificates to trust
    instead of the system's. A report of more than `largest_report` bytes is linked, not attached; 0 attaches none.
    """

    name: str
    host: str
    sender: str
    recipients: tuple[str, ...]
    port: int = 587
    security: Security = Security.STARTTLS
    username: str | None = None
    password: Secret | None = None
    ca_file: Path | None = None
    seconds: float = 30.0
    largest_report: int = 2_000_000


class Form(StrEnum):
    """What a webhook's receiver understands. `standard` is our own JSON, signed."""

    STANDARD = "standard"
    SLACK = "slack"
    DISCORD = "discord"
    TEAMS = "teams"
    MATRIX = "matrix"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookChannel:
    """An address that takes messages by HTTP.

    `url` is a Secret where the address is itself the key, as with Slack, Discord and Teams. `signing` are the keys of
    the standard form, the newest first, all of which sign. A Matrix channel has its server as `url`, a `room` (its id)
    and a `token`. `allow_private` are networks outside the public internet that the address may lead to.
    """

    name: str
    url: str | Secret
    form: Form = Form.STANDARD
    signing: tuple[Secret, ...] = ()
    room: str = ""
    token: Secret | None = None
    allow_private: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedChannel:
    """An Atom feed kept in a file; `address` is where readers find it, if it is published."""

    name: str
    path: Path
    title: str = "monitor"
    address: str = ""
    most_entries: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChannel:
    """A service that Apprise speaks (extra `notify`); its address holds keys and is a Secret."""

    name: str
    url: Secret
    seconds: float = 30.0


Channel = MailChannel | WebhookChannel | FeedChannel | ServiceChannel
