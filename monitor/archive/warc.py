"""Captures out of WARC and WACZ files. Knows the records of the standard and of the crawlers that write them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from monitor.archive.http import Message, dechunked, request_headers, response
from monitor.archive.records import Record, matches, records
from monitor.errors import InputError, ReadingError
from monitor.model.download import sha1_of
from monitor.model.history import Reading
from monitor.model.past import Damage, Headers, PastCapture
from monitor.model.quality import Verdict
from monitor.model.target import Key, is_target_id

PAGE_FIELD = "Monitor-Page"
VERDICT_FIELD = "Monitor-Verdict"
ORIGIN_FIELD = "Monitor-Origin"
"""The fields by which a store's own export names what WARC has no words for; other programs pass over them."""

_KINDS = frozenset({"response", "resource", "revisit", "request"})
_NOT_MODIFIED = "server-not-modified"
_MOST_SEEN = 1_000_000


class _SkippedError(Exception):
    """A record that is whole and of no use; the message is the reason that it is counted by."""


class Reader:
    """Reads files of records into captures of pages, and keeps count of what it passed over.

    `skipped` counts records of the pages asked for that could not be used, by reason; `damages` are parts of files.
    """

    def __init__(self, page_of: Callable[[str], Key | None], now: datetime, *, assigned: Key | None = None) -> None:
        """`page_of` says which page an address is; all records that are pages are of `assigned` if that is given."""
        self._page_of = page_of
        self._latest = now
        self._assigned = assigned
        self._seen: dict[tuple[str, str], str] = {}
        self._asked: dict[str, Headers] = {}
        self.skipped: Counter[str] = Counter()
        self.damages: list[Damage] = []

    def captures(self, path: Path) -> Iterator[PastCapture]:
        """The captures in a file, in its order.

        Raises:
            InputError: it cannot be opened, or is no such file.
        """
        for file, name in _opened(path):
            yield from self._captures(file, name)

    def _captures(self, file: IO[bytes], name: str) -> Iterator[PastCapture]:
        waiting: tuple[str, PastCapture] | None = None
        for record in records(file, name, self._is_wanted, self.damages.append):
            if record.kind == "request":
                headers = request_headers(record.block)
                about = record.fields.get("warc-concurrent-to", "")
                if waiting is not None and waiting[0] == about:
                    yield _asked(waiting[1], headers)
                    waiting = None
                else:
                    self._asked = {about: headers, record.fields.get("warc-record-id", ""): headers}
                continue
            if waiting is not None:
                yield waiting[1]
                waiting = None
            capture = self._usable(record, name)
            if capture is not None:
                identity, about = (record.fields.get(field, "") for field in ("warc-record-id", "warc-concurrent-to"))
                headers = self._asked.get(identity) or self._asked.get(about) or ()
                waiting = (identity, _asked(capture, headers))
        if waiting is not None:
            yield waiting[1]

    def _is_wanted(self, fields: dict[str, str]) -> bool:
        return fields.get("warc-type", "").lower() in _KINDS and self._page(fields) is not None

    def _page(self, fields: dict[str, str]) -> Key | None:
        named = fields.get(PAGE_FIELD.lower(), "")
        if self._assigned is not None:
            return self._assigned
        if named:
            from monitor.language.tag import canonical

            target, _, tag = named.partition("/")
            return (target, canonical(tag)) if is_target_id(target) and canonical(tag) != "und" else None
        return self._page_of(fields.get("warc-target-uri", "").strip("<>"))

    def _usable(self, record: Record, name: str) -> PastCapture | None:
        """The capture that a record is; None, counted or told, if it cannot be used."""
        try:
            return self._capture(record, name)
        except _SkippedError as skipped:
            self.skipped[str(skipped)] += 1
        except ReadingError as error:
            self.damages.append(Damage(name=name, offset=record.offset, reason=str(error)))
        return None

    def _capture(self, record: Record, name: str) -> PastCapture:
        page, at = self._page(record.fields), moment(record.fields.get("warc-date", ""))
        assert page is not None
        if at is None:
            raise ReadingError(f"its WARC-Date is {record.fields.get('warc-date', '')[:40]!r}")
        if at > self._latest:
            raise _SkippedError("dated in the future")
        message = self._message(record)
        digest = record.fields.get("warc-payload-digest", "")
        if record.kind != "revisit" and not _is_payload(digest, message):
            raise ReadingError("its bytes are not those of its WARC-Payload-Digest")
        own = PAGE_FIELD.lower() in record.fields
        if message.status != 200 and not (own or record.kind == "revisit"):
            raise _SkippedError(f"status {message.status}")
        return PastCapture(
            page=page, url=record.address, status=message.status, headers=message.headers,
            content=None if record.kind == "revisit" else message.body, sha256=self._sha256(record, message, digest),
            captured_at=at, origin=_origin(record, name), aside=_aside(record), only_report=not own,
        )  # fmt: skip

    def _message(self, record: Record) -> Message:
        is_http = "http" in record.fields.get("content-type", "application/http") or record.block[:5] == b"HTTP/"
        if record.kind == "revisit" and not record.block.strip():
            return Message(status=304, headers=(), payload=b"", body=b"")
        if record.kind == "resource" or not is_http:
            headers = (("Content-Type", record.fields.get("content-type", "")),)
            return Message(status=200, headers=headers, payload=record.block, body=record.block)
        return response(record.block)

    def _sha256(self, record: Record, message: Message, digest: str) -> str:
        """The SHA-256 of the body; that of a revisit is known from the record that it refers to."""
        if record.kind != "revisit":
            sha256 = hashlib.sha256(message.body).hexdigest()
            self._note(record, digest or f"sha1:{sha1_of(message.payload)}", sha256)
            return sha256
        profile = record.fields.get("warc-profile", "")
        refers = record.fields.get("warc-refers-to-target-uri", record.address).strip("<>")
        found = self._seen.get((refers, record.fields.get("warc-refers-to-date", "?")))
        if found is None and _NOT_MODIFIED not in profile and digest:
            found = self._seen.get(("", digest.lower()))
        if found is None:
            raise _SkippedError("a revisit of bytes that did not come before it")
        self._note(record, digest, found)
        return found

    def _note(self, record: Record, digest: str, sha256: str) -> None:
        if len(self._seen) < _MOST_SEEN:
            self._seen[record.address, record.fields.get("warc-date", "")] = sha256
            if digest:
                self._seen["", digest.lower()] = sha256


def moment(text: str) -> datetime | None:
    """A WARC-Date: a time in UTC, to the second or finer; None if it is none."""
    if not text.endswith("Z"):
        return None
    whole, _, fraction = text[:-1].partition(".")
    try:
        at = datetime.fromisoformat(whole)
    except ValueError:
        return None
    digits = fraction[:6].ljust(6, "0")
    if at.tzinfo is not None or not (digits.isascii() and digits.isdigit()):
        return None
    return at.replace(microsecond=int(digits), tzinfo=UTC)


def _asked(capture: PastCapture, headers: Headers) -> PastCapture:
    from dataclasses import replace

    return replace(capture, request=headers) if headers else capture


def _is_payload(digest: str, message: Message) -> bool:
    return (
        matches(digest, message.payload) or matches(digest, dechunked(message.payload)) or matches(digest, message.body)
    )


def _origin(record: Record, name: str) -> str:
    if PAGE_FIELD.lower() in record.fields:
        return record.fields.get(ORIGIN_FIELD.lower(), "")
    return f"warc {name}"


def _aside(record: Record) -> Reading | None:
    verdict, _, reason = record.fields.get(VERDICT_FIELD.lower(), "").partition("; ")
    return Reading(verdict=Verdict(verdict), reason=reason) if verdict in set(Verdict) else None


def _opened(path: Path) -> Iterator[tuple[IO[bytes], str]]:
    with _file(path) as file:
        start = file.read(4)
        file.seek(0)
        if start.startswith(b"PK\x03\x04"):
            from monitor.archive.wacz import members

            for member, name in members(file, path):
                yield member, f"{path.name}/{name}"
        elif start.startswith((b"\x1f\x8b", b"WARC")) or not start:
            yield file, path.name
        else:
            raise InputError(f"{path}: is no WARC or WACZ file; give one, or `monitor import file` for a saved page")


@contextmanager
def _file(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: cannot be opened ({error.strerror}); check its name and permissions") from error
    with file:
        yield file
