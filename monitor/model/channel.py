"""The channels as values, as the configuration describes them, and what is sent through one. Secrets by reference."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from monitor.errors import InputError

_REFERENCE = re.compile(r"(env|file|credential):(.+)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z0-9_.-]+")


class Source(StrEnum):
    """Where a secret stands: in a variable of the environment, in a file, among systemd's credentials."""

    ENVIRONMENT = "env"
    FILE = "file"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A reference to a secret, never the secret: safe to show, to compare and to store."""

    source: Source
    name: str

    def __str__(self) -> str:
        return f"{self.source}:{self.name}"

    @classmethod
    def parse(cls, text: str) -> "Secret":
        """The reference that the configuration writes as `env:NAME`, `file:PATH` or `credential:NAME`.

        Raises:
            InputError: it is none; the text itself is not told, since it may be the secret.
        """
        found = _REFERENCE.fullmatch(text)
        if found is None:
            raise InputError("a secret is given as env:NAME, file:PATH or credential:NAME, never as itself")
        source = Source(found[1])
        if source is not Source.FILE and not _NAME.fullmatch(found[2]):
            raise InputError(f"{source}: is followed by a name of letters, digits and _ . -")
        return cls(source=source, name=found[2])


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
    """A service that Apprise speaks (extra `notify`); its address holds keys and is a Secret.

    `allow_private` are networks outside the public internet that the host in the address may lead to.
    """

    name: str
    url: Secret
    seconds: float = 30.0
    allow_private: tuple[str, ...] = ()


Channel = MailChannel | WebhookChannel | FeedChannel | ServiceChannel
