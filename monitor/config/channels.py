"""The table [[channel]]: what each form of channel takes, and the channels made of it."""

import re
from collections.abc import Callable
from pathlib import Path

from monitor.config import checks, formats
from monitor.config.checks import Setting, Table, Wrong
from monitor.config.tables import Form, Place
from monitor.errors import InputError
from monitor.model.channel import Channel, FeedChannel, MailChannel, Secret, Security, ServiceChannel, WebhookChannel
from monitor.model.channel import Form as WebhookForm

_MAILBOX = re.compile(r"(?:[^<>\"\r\n]{0,200}<([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))")
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,253}")


def secret(value: object) -> Secret:
    """A reference to a secret."""
    try:
        return Secret.parse(value if isinstance(value, str) else "")
    except InputError as error:
        raise Wrong("env:NAME, file:PATH or credential:NAME, never the secret itself", found=_HIDDEN) from error


def secret_or_address(value: object) -> Secret | str:
    """A reference to a secret, or an address."""
    try:
        return secret(value)
    except Wrong:
        return checks.address(value)


def mailbox(value: object) -> str:
    """A mail address, with or without a name."""
    if not isinstance(value, str) or not value.isprintable() or not _MAILBOX.fullmatch(value.strip()):
        raise Wrong('a mail address, such as "desk@newsroom.example" or "Desk <desk@newsroom.example>"')
    return value.strip()


def host(value: object) -> str:
    """The name of a server."""
    if not isinstance(value, str) or not _HOST.fullmatch(value):
        raise Wrong('the name of a server, such as "smtp.newsroom.example"; the port stands in port')
    return value


_HIDDEN = "something else (not shown: it may be the secret)"
_NETWORKS = formats.listed(checks.text, 'a list of networks, such as ["10.0.0.0/8"]')

MAIL: Table = {
    "host": Setting(host),
    "port": Setting(formats.whole(1, 65535)),
    "security": Setting(formats.one_of(Security), Security.STARTTLS),
    "sender": Setting(mailbox),
    "recipients": Setting(formats.listed(mailbox, "a list of mail addresses")),
    "username": Setting(checks.text),
    "password": Setting(secret),
    "ca_file": Setting(checks.text),
    "timeout": Setting(checks.number(1, 300, "seconds"), 30.0),
    "largest_report": Setting(formats.whole(0, 50_000_000), 2_000_000),
}
WEBHOOK: Table = {
    "url": Setting(secret_or_address),
    "signing": Setting(formats.listed(secret, "a list of secrets, the newest first"), ()),
    "allow_private": Setting(_NETWORKS, ()),
}
CHAT: Table = {"url": Setting(secret), "allow_private": Setting(_NETWORKS, ())}
MATRIX: Table = {
    "url": Setting(checks.address),
    "room": Setting(checks.text),
    "token": Setting(secret),
    "allow_private": Setting(_NETWORKS, ()),
}
FEED: Table = {
    "path": Setting(checks.text),
    "title": Setting(checks.text, "monitor"),
    "address": Setting(checks.address, ""),
    "most_entries": Setting(formats.whole(1, 10_000), 200),
}
SERVICE: Table = {
    "url": Setting(secret),
    "timeout": Setting(checks.number(1, 300, "seconds"), 30.0),
    "allow_private": Setting(_NETWORKS, ()),
}

_FORMS: dict[str, tuple[Table, tuple[str, ...]]] = {
    "mail": (MAIL, ("host", "sender", "recipients")),
    "webhook": (WEBHOOK, ("url",)),
    "slack": (CHAT, ("url",)),
    "discord": (CHAT, ("url",)),
    "teams": (CHAT, ("url",)),
    "matrix": (MATRIX, ("url", "room", "token")),
    "feed": (FEED, ("path",)),
    "service": (SERVICE, ("url",)),
}
_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


def channels_of(form: Form, folder: Path) -> dict[str, Channel | None]:
    """The channels of the file by name; what is wrong in one is noted, and leaves it None."""
    channels: dict[str, Channel | None] = {}
    for number, table in enumerate(form.raw_tables("channel")):
        place: Place = ("channel", number)
        kind = table.get("type")
        if kind not in _FORMS:
            found = "found no type" if kind is None else f'found "{kind}"'
            form.wrong(place if kind is None else (*place, "type"), found, f"one of {', '.join(_FORMS)}")
            channels[str(table.get("name"))] = None
            continue
        settings, needed = _FORMS[str(kind)]
        values = form.values(place, table, {"name": _NAME, "type": Setting(checks.text), **settings})
        for key in ("name", *needed):
            if values[key] in (None, ()) and not form.is_wrong((*place, key)):
                form.wrong(place, f"found no {key}", f"one: a channel of type {kind} needs it")
        if values["name"] in channels:
            form.wrong((*place, "name"), f'"{values["name"]}" is the name of another channel', "a name of its own")
        maker = _MAKERS.get(str(kind), _chat)
        channels[str(values["name"])] = None if form.is_wrong(place) else maker(values, folder)
    return channels


_NAME = Setting(checks.text)


def _mail(values: dict[str, object], folder: Path) -> Channel:
    kept = {key: values[key] for key in ("name", "host", "sender", "recipients", "security", "username")}
    security = values["security"]
    return MailChannel(
        **kept, port=values["port"] or _PORTS[security], seconds=values["timeout"],  # type: ignore[arg-type, index]
        password=_beside(values["password"], folder), largest_report=values["largest_report"],  # type: ignore[arg-type]
        ca_file=folder / str(values["ca_file"]) if values["ca_file"] else None,
    )  # fmt: skip


def _webhook(values: dict[str, object], folder: Path) -> Channel:
    return WebhookChannel(
        name=str(values["name"]), url=_beside(values["url"], folder),
        signing=tuple(_beside(each, folder) for each in values["signing"]),  # type: ignore[attr-defined]
        allow_private=values["allow_private"],  # type: ignore[arg-type]
    )  # fmt: skip


def _chat(values: dict[str, object], folder: Path) -> Channel:
    return WebhookChannel(
        name=str(values["name"]), url=_beside(values["url"], folder), form=WebhookForm(str(values["type"])),
        room=str(values.get("room") or ""), token=_beside(values.get("token"), folder),
        allow_private=values["allow_private"],  # type: ignore[arg-type]
    )  # fmt: skip


def _feed(values: dict[str, object], folder: Path) -> Channel:
    return FeedChannel(
        name=str(values["name"]), path=folder / str(values["path"]), title=str(values["title"]),
        address=str(values["address"]), most_entries=values["most_entries"],  # type: ignore[arg-type]
    )  # fmt: skip


def _service(values: dict[str, object], folder: Path) -> Channel:
    return ServiceChannel(
        name=str(values["name"]), url=_beside(values["url"], folder), seconds=values["timeout"],  # type: ignore[arg-type]
        allow_private=values["allow_private"],  # type: ignore[arg-type]
    )  # fmt: skip


def _beside(value: object, folder: Path):  # type: ignore[no-untyped-def]  # what was given, of whatever type
    """A secret in a file starts from the configuration's folder."""
    if isinstance(value, Secret) and value.source.value == "file":
        return Secret(source=value.source, name=str(folder / value.name))
    return value


_MAKERS: dict[str, Callable[[dict[str, object], Path], Channel]] = {
    "mail": _mail, "webhook": _webhook, "feed": _feed, "service": _service,
}  # fmt: skip
