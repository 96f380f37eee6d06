"""Delivery into an Atom feed file (RFC 4287). The only module that writes feeds."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from monitor.alerts.outcome import Dead, Delivered, Outcome, Retry
from monitor.delivery.message import Message
from monitor.model.alert import stable_id
from monitor.model.channel import FeedChannel

_ATOM = "http://www.w3.org/2005/Atom"
_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; `key` makes its id."""

    key: str
    updated: datetime
    message: Message


def send(channel: FeedChannel, entry: Entry) -> Outcome:
    """Put the entry first in the feed, which keeps its newest entries; the same key again replaces its entry.

    A file that is no feed is left as it is, and so is everything if the new file cannot be written whole.
    """
    try:
        kept = _entries(channel.path)
    except (ElementTree.ParseError, ValueError) as error:
        return Dead(reason=f"{channel.path}: is no Atom feed ({error}); it was left alone: move it away, and retry")
    except OSError as error:
        return Retry(reason=f"{channel.path}: cannot be read ({error.strerror})")
    made = _entry(entry)
    name = _id(entry.key)
    others = [element for element in kept if element.findtext(f"{{{_ATOM}}}id") != name]
    try:
        _replace(channel.path, _feed(channel, [made, *others][: channel.most_entries], entry.updated))
    except OSError as error:
        return Retry(reason=f"{channel.path}: cannot be written ({error.strerror})")
    return Delivered()


def xml_text(text: str) -> str:
    """The text without the characters that XML 1.0 does not allow; each becomes U+FFFD."""
    return "".join(character if _is_allowed(ord(character)) else "\ufffd" for character in text)


def _is_allowed(code: int) -> bool:
    if code < 0x20:
        return code in (0x09, 0x0A, 0x0D)
    return code < 0xD800 or 0xE000 <= code < 0xFFFE or code >= 0x10000


def _entries(path: Path) -> list[ElementTree.Element]:
    """The entries of the feed, newest first; none if there is no file yet."""
    if not path.exists() or path.stat().st_size == 0:
        return []
    if path.stat().st_size > _LARGEST:
        raise ValueError("far too large")
    root = ElementTree.fromstring(path.read_bytes())  # noqa: S314 (our own file)
    if root.tag != f"{{{_ATOM}}}feed":
        raise ValueError("another kind of XML")
    return root.findall(f"{{{_ATOM}}}entry")


def _feed(channel: FeedChannel, entries: Sequence[ElementTree.Element], updated: datetime) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed")
    _put(root, "title", channel.title)
    _put(root, "id", channel.address or _id(stable_id(channel.name)))
    _put(root, "updated", _moment(updated))
    _put(_put(root, "author"), "name", "monitor")
    if channel.address:
        _put(root, "link", rel="self", href=channel.address)
    root.extend(entries)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(entry: Entry) -> ElementTree.Element:
    message = entry.message
    found = ElementTree.Element(f"{{{_ATOM}}}entry", {"{http://www.w3.org/XML/1998/namespace}lang": message.language})
    _put(found, "id", _id(entry.key))
    _put(found, "title", message.subject, type="text")
    _put(found, "updated", _moment(entry.updated))
    for number, link in enumerate(message.links[:10]):
        _put(found, "link", rel="related" if number else "alternate", href=link.href, title=link.label)
    _put(found, "summary", message.short, type="text")
    _put(found, "content", message.fragment, type="html")
    return found


def _put(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    clean = {key: xml_text(value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    if text:
        element.text = xml_text(text)
    return element


def _replace(path: Path, content: bytes) -> None:
    """Write the file whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _id(key: str) -> str:
    return f"urn:monitor:{key}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
