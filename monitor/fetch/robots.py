"""What a site's robots.txt allows (RFC 9309). The only module that knows Protego."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.errors import RefusedError, RetryableError
from monitor.fetch.address import Address
from monitor.fetch.wire import Reply
from monitor.model.standing import RobotsText

if TYPE_CHECKING:
    from monitor.model.ports import Clock

LARGEST = 500 * 1024
HELD = timedelta(hours=24)
REFUSED = timedelta(minutes=5)
"""How long a file is believed, and how long nothing is asked where it cannot be had."""

TOKEN = "monitor"  # noqa: S105  # the product's name in robots.txt, no secret


class Rules:
    """The rules of one origin for this program. Without a text everything is allowed."""

    def __init__(self, text: str | None = None) -> None:
        self._parsed = None
        if text and text.strip():
            from protego import Protego

            self._parsed = Protego.parse(text)

    def allow(self, url: str) -> bool:
        """True if the address may be fetched."""
        return self._parsed is None or bool(self._parsed.can_fetch(url, TOKEN))

    @property
    def delay(self) -> float:
        """The pause in seconds that the site asks for; 0 if it asks for none."""
        return float((self._parsed and self._parsed.crawl_delay(TOKEN)) or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of an origin, and until when it holds; `text` is what was had, None where everything is allowed."""

    rules: Rules | RetryableError
    until: datetime
    text: str | None = None
    fetched_at: datetime


class Robots:
    """The rules of every origin met, each fetched once a day. Shared by all threads."""

    def __init__(self, clock: Clock, known: Iterable[RobotsText] = ()) -> None:
        """`known` are the files of earlier runs."""
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._fresh: set[str] = set()
        self._lock = threading.Lock()
        for each in known:
            self._known[each.origin] = _Known(
                rules=Rules(each.text), until=each.fetched_at + HELD, text=each.text, fetched_at=each.fetched_at
            )

    def check(self, address: Address, ask: Callable[[str], Reply]) -> Rules:
        """The rules of the address's origin, which `ask` fetches if they are not known or too old.

        Raises:
            RefusedError: they forbid the address. RetryableError: they cannot be had, which forbids everything for now.
        """
        origin = f"{address.scheme}://{address.authority}"
        now = self._clock.now()
        with self._lock:
            known = self._known.get(origin)
        if known is None or not known.fetched_at <= now < known.until:
            known = self._learnt(origin, _fetched(address, ask), now)
        rules = known.rules
        if isinstance(rules, RetryableError):
            raise RetryableError(str(rules), cause=rules.cause, retry_after=rules.retry_after)
        if not rules.allow(address.url):
            raise RefusedError(
                f"{address.url}: robots.txt of the site forbids it; ask the site for permission", cause="robots"
            )
        return rules

    def fetched(self) -> list[RobotsText]:
        """The files that were fetched since this was last asked."""
        with self._lock:
            fresh, self._fresh = self._fresh, set()
            return [
                RobotsText(origin=origin, text=self._known[origin].text, fetched_at=self._known[origin].fetched_at)
                for origin in fresh
            ]

    def _learnt(self, origin: str, found: str | RetryableError | None, now: datetime) -> _Known:
        if isinstance(found, RetryableError):
            known = _Known(rules=found, until=now + REFUSED, fetched_at=now)
        else:
            known = _Known(rules=Rules(found), until=now + HELD, text=found, fetched_at=now)
        with self._lock:
            self._known[origin] = known
            if not isinstance(found, RetryableError):
                self._fresh.add(origin)
        return known


def _fetched(address: Address, ask: Callable[[str], Reply]) -> str | RetryableError | None:
    """The text of robots.txt, None where everything is allowed, or why it cannot be had."""
    url = f"{address.scheme}://{address.authority}/robots.txt"
    try:
        reply = ask(url)
    except RefusedError:
        return None
    except RetryableError as error:
        return RetryableError(
            f"{address.host}: robots.txt cannot be had, so nothing is asked for: {error}", cause=error.cause
        )
    if reply.status >= 500 or reply.status == 429:
        return RetryableError(
            f"{address.host}: robots.txt answers {reply.status}, so nothing is asked for; try again later",
            cause="robots",
        )
    is_page = (reply.header("content-type") or "text/plain").lower().startswith("text/html")
    if reply.status != 200 or is_page:
        return None
    return reply.body.decode("utf-8-sig", "replace")
