"""The client: one page asked for, with its redirects, within every bound, politely."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.errors import RefusedError, RetryableError
from monitor.fetch.address import Address, joined, parse
from monitor.fetch.answers import LASTING, REDIRECTS, failure_of, type_failure
from monitor.fetch.decoding import decoded
from monitor.fetch.guard import Guard
from monitor.fetch.politeness import Politeness
from monitor.fetch.robots import LARGEST as LARGEST_ROBOTS
from monitor.fetch.robots import Robots
from monitor.fetch.wire import Ask, Reply, Wire
from monitor.model.capture import Capture, Request, Unmodified, Validators

if TYPE_CHECKING:
    from monitor.model.download import Download
    from monitor.model.ports import Clock

MOST_REDIRECTS = 5
ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.8,text/markdown;q=0.8,*/*;q=0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one fetch may cost: seconds to connect and for the whole, bytes as sent and once unpacked."""

    connect: float = 10.0
    whole: float = 60.0
    raw: int = 10_000_000
    content: int = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How this program appears to sites, and what it is careful of. Shared by all clients of a run.

    `contact` is an address or mail address that the site's people can turn to. `robots` is None where robots.txt is not
    asked: for an address that a person gave on the command line.
    """

    contact: str | None = None
    politeness: Politeness = field(default_factory=lambda: Politeness(0.0))
    robots: Robots | None = None
    guard: Guard = field(default_factory=Guard)
    bounds: Bounds = field(default_factory=Bounds)
    ca_file: Path | None = None
    http2: bool = True

    @property
    def user_agent(self) -> str:
        """The name that sites see."""
        return f"monitor (+{self.contact})" if self.contact else "monitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """Where redirects ended: the address, its answer, the headers sent for it, and the address again in `moved_to` if
    every redirect on the way was for good."""

    address: Address
    reply: Reply
    headers: list[tuple[str, str]]
    moved_to: str


class Client:
    """Asks for one page after the other over connections that are kept open. Used by one thread."""

    def __init__(self, manners: Manners, clock: Clock) -> None:
        self._manners = manners
        self._clock = clock
        self._wire = Wire(
            manners.guard, connect_timeout=manners.bounds.connect, ca_file=manners.ca_file, http2=manners.http2
        )

    def close(self) -> None:
        """Close every connection."""
        self._wire.close()

    def fetch(self, request: Request) -> Capture | Unmodified:
        """Ask for the page, following redirects; with validators the server may answer that nothing has changed.

        Raises:
            RetryableError: it may go through later. RefusedError: it will not.
        """
        page = request.page
        end = self._followed(page.url, page.language, request.validators)
        address, reply, now = end.address, end.reply, self._clock.now()
        if reply.status == 304:
            return Unmodified(page=page, url=address.url, captured_at=now, moved_to=end.moved_to)
        failure = type_failure(reply, address.url)
        if failure is not None:
            raise failure
        from hashlib import sha256

        content = decoded(reply, address.url, largest=self._manners.bounds.content)
        return Capture(
            page=page,
            url=address.url,
            status=reply.status,
            headers=reply.headers,
            content=content,
            sha256=sha256(content).hexdigest(),
            captured_at=now,
            moved_to=end.moved_to,
            request=tuple(end.headers),
        )

    def download(self, url: str) -> Download:
        """What an address gives, of whatever type, redirects followed: for lists and playback of archives.

        Raises:
            RetryableError: it may go through later. RefusedError: it will not.
        """
        from monitor.model.download import Download, sha1_of

        end = self._followed(url, "", {})
        content = decoded(end.reply, end.address.url, largest=self._manners.bounds.content)
        return Download(
            url=end.address.url,
            headers=end.reply.headers,
            content=content,
            sha1=frozenset({sha1_of(content), sha1_of(end.reply.body)}),
        )

    def _followed(self, url: str, language: str, validators: Mapping[str, Validators]) -> _End:
        """The end of the redirects from an address."""
        left = self._manners.bounds.whole
        first = address = parse(url)
        lasting = True
        for _ in range(MOST_REDIRECTS + 1):
            self._ask_robots(address)
            known = validators.get(address.url)
            headers = self._headers(address, language, known)
            with self._manners.politeness.turn(address.host):
                started = time.monotonic()
                ask = Ask(address=address, headers=headers, deadline=started + left, largest=self._manners.bounds.raw)
                reply = self._wire.exchange(ask)
                left -= time.monotonic() - started
            if reply.status not in REDIRECTS:
                self._check(address, reply, conditional=known is not None)
                moved = lasting and _is_elsewhere(first, address)
                return _End(address=address, reply=reply, headers=headers, moved_to=address.url if moved else "")
            lasting = lasting and reply.status in LASTING
            address = _redirected(address, reply)
        raise RefusedError(f"{url}: more than {MOST_REDIRECTS} redirects; check the address", cause="redirect")

    def _check(self, address: Address, reply: Reply, *, conditional: bool) -> None:
        failure = failure_of(reply, address.url, self._clock.now())
        if isinstance(failure, RetryableError) and failure.retry_after:
            self._manners.politeness.leave_alone(address.host, failure.retry_after)
        if failure is not None:
            raise failure
        if reply.status == 304 and not conditional:
            raise RetryableError(f"{address.url}: answers “not modified” to a first request", cause="unasked_304")

    def _ask_robots(self, address: Address) -> None:
        robots = self._manners.robots
        if robots is None:
            return
        rules = robots.check(address, self._robots_text)
        if rules.delay:
            self._manners.politeness.slow_down(address.host, rules.delay)

    def _robots_text(self, url: str) -> Reply:
        """The answer to a request for robots.txt, redirects followed, cut at the size that RFC 9309 asks for."""
        address = parse(url)
        for _ in range(MOST_REDIRECTS + 1):
            headers = self._headers(address, None, None)
            with self._manners.politeness.turn(address.host):
                deadline = time.monotonic() + self._manners.bounds.whole
                ask = Ask(address=address, headers=headers, deadline=deadline, largest=LARGEST_ROBOTS, cut=True)
                reply = self._wire.exchange(ask)
            if reply.status not in REDIRECTS:
                break
            address = _redirected(address, reply)
        if reply.cut:
            return reply
        body = decoded(reply, address.url, largest=LARGEST_ROBOTS * 4)
        return Reply(status=reply.status, headers=reply.headers, body=body[:LARGEST_ROBOTS])

    def _headers(self, address: Address, language: str | None, known: Validators | None) -> list[tuple[str, str]]:
        headers = [("Host", address.authority), ("User-Agent", self._manners.user_agent)]
        headers += [("Accept", ACCEPT), ("Accept-Encoding", "gzip")]
        if language:
            headers.append(("Accept-Language", language))
        if known and known.etag:
            headers.append(("If-None-Match", known.etag))
        if known and known.last_modified:
            headers.append(("If-Modified-Since", known.last_modified))
        return headers


def _is_elsewhere(first: Address, last: Address) -> bool:
    """True if the addresses differ in more than a final slash or the step from http to https."""
    return (first.host, first.target.rstrip("/")) != (last.host, last.target.rstrip("/"))


def _redirected(address: Address, reply: Reply) -> Address:
    location = reply.header("location")
    if not location:
        raise RefusedError(f"{address.url}: redirects without saying where", cause="redirect")
    following = parse(joined(address, location))
    if address.scheme == "https" and following.scheme == "http":
        raise RefusedError(f"{address.url}: redirects from https to http ({following.url})", cause="redirect")
    return following
