"""A message as a mail: its headers and parts as bytes, safe against whatever a page may put into them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime

from monitor.delivery.message import Message
from monitor.errors import InputError
from monitor.model.alert import stable_id

LONGEST_VALUE = 200
_LOST = frozenset({"Cc", "Zl", "Zp", "Cf", "Cn", "Cs", "Co"})
_PART = r"[^\s<>@\"(),:;\\\[\]\x00-\x1f\x7f]+"
_ADDRESS = re.compile(rf'"?([^<>"\r\n]*?)"? *<({_PART})@({_PART})>|({_PART})@({_PART})')
_KNOWN = frozenset({
    "message-id", "date", "from", "to", "subject", "references", "in-reply-to", "auto-submitted",
    "x-auto-response-suppress", "list-id", "x-monitor-delivery", "content-language", "mime-version", "content-type",
    "content-transfer-encoding",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What a mail says of itself beside its message. `key` makes the Message-ID, `targets` the thread; `tries` counts
    how often it was sent before."""

    sender: str
    recipients: tuple[str, ...]
    channel: str
    key: str
    targets: frozenset[str]
    date: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """The full report as a file."""

    name: str
    content: bytes


def envelope(message: Message, head: Letterhead, report: Attachment | None = None, *, short: bool = False) -> bytes:
    """The mail: text and HTML as alternatives, with the report attached if there is one; only the short text with the links if `short`.

    The same key gives the same Message-ID, so that a mail that arrives twice is seen as one. Mails about one target
    belong to one thread.

    Raises:
        InputError: an address is none, or the finished mail has headers that were not put there.
    """
    mail = EmailMessage(policy=policy.SMTP.clone(max_line_length=76))
    for name, value in _headers(message, head):
        mail[name] = value
    mail.set_content(_body(_brief(message) if short else message.text), cte="base64")
    if not short:
        mail.add_alternative(_body(message.html), subtype="html", cte="base64")
        if report is not None:
            mail.add_attachment(
                report.content, maintype="text", subtype="html", filename=header_value(report.name, 100)
            )
    mail["Content-Language"] = message.language
    raw = mail.as_bytes()
    _check(raw)
    return raw


def header_value(text: str, longest: int = LONGEST_VALUE) -> str:
    """The text as one harmless header line: no control or invisible characters, no encoded words, not too long."""
    kept = "".join(" " if unicodedata.category(c) in ("Zs", "Cc", "Zl", "Zp") else c for c in text)
    kept = "".join(c for c in kept if unicodedata.category(c) not in _LOST)
    kept = " ".join(part for part in kept.split(" ") if part)
    while "=?" in kept:
        kept = kept.replace("=?", "= ?")
    return kept if len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def address(text: str) -> Address:
    """An address, bare or as `Name <address>`. Raises InputError if it is none."""
    found = _ADDRESS.fullmatch(text.strip(" "))
    try:
        if found is None:
            raise ValueError(text)
        made = Address(header_value(found[1] or ""), found[2] or found[4], _domain(found[3] or found[5]))
        made.addr_spec.encode("ascii")
    except ValueError as error:
        raise InputError(f"{header_value(text)!r} is no mail address; give name@example.org") from error
    return made


def _domain(text: str) -> str:
    """The domain as mail writes it. Raises ValueError if it is none."""
    return text.encode("idna").decode("ascii")


def _headers(message: Message, head: Letterhead) -> list[tuple[str, object]]:
    sender = address(head.sender)
    thread = f"<thread_{_thread(head)}@{sender.domain}>"
    return [
        ("Message-ID", f"<{head.key}@{sender.domain}>"), ("Date", format_datetime(head.date)), ("From", sender),
        ("To", tuple(map(address, head.recipients))), ("Subject", header_value(message.subject)),
        ("References", thread), ("In-Reply-To", thread), ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"), ("List-Id", f"<{_slug(head.channel)}.monitor.{sender.domain}>"),
        ("X-Monitor-Delivery", str(head.tries + 1)),
    ]  # fmt: skip


def _thread(head: Letterhead) -> str:
    """One thread for each target; messages about several belong to one of the channel's own."""
    return stable_id(head.channel, *(sorted(head.targets) if len(head.targets) == 1 else ()))


def _slug(name: str) -> str:
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)
    return kept[:60].strip("-") or "alerts"


def _brief(message: Message) -> str:
    """The short text with the ways to more."""
    return "\n".join([message.short, "", *(f"{link.label}: {link.href}" for link in message.links[:6])]) + "\n"


def _body(text: str) -> str:
    """The text without what no mail may hold: lone surrogates, NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def _check(raw: bytes) -> None:
    """Read the finished mail as its receiver will: every header known, none twice, no line end hidden in one."""
    found = [name.lower() for name in BytesHeaderParser(policy=policy.compat32).parsebytes(raw).keys()]  # noqa: SIM118
    head = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n", b"")
    if len(set(found)) < len(found) or not set(found) <= _KNOWN or any(byte in head for byte in b"\r\n\x00"):
        raise InputError("the mail has headers that were not put there; it was not sent")
