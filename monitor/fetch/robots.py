"""What a site's robots.txt allows (RFC 9309). The only module that knows Protego."""

import threading
from collections.abc import Callable

from monitor.errors import RefusedError, RetryableError
from monitor.fetch.address import Address
from monitor.fetch.wire import Reply

LARGEST = 500 * 1024
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


class Robots:
    """The rules of every origin met in a run, each fetched once. Shared by all threads."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str, int], Rules | RetryableError] = {}
        self._lock = threading.Lock()

    def check(self, address: Address, ask: Callable[[str], Reply]) -> Rules:
        """The rules of the address's origin, which `ask` fetches if they are not known yet.

        Raises:
            RefusedError: they forbid the address. RetryableError: they cannot be had, which forbids everything for now.
        """
        with self._lock:
            rules = self._rules.get(address.origin)
        if rules is None:
            rules = _fetched(address, ask)
            with self._lock:
                self._rules[address.origin] = rules
        if isinstance(rules, RetryableError):
            raise RetryableError(str(rules), cause=rules.cause, retry_after=rules.retry_after)
        if not rules.allow(address.url):
            raise RefusedError(
                f"{address.url}: robots.txt of the site forbids it; ask the site for permission", cause="robots"
            )
        return rules


def _fetched(address: Address, ask: Callable[[str], Reply]) -> Rules | RetryableError:
    url = f"{address.scheme}://{address.authority}/robots.txt"
    try:
        reply = ask(url)
    except RefusedError:
        return Rules()
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
        return Rules()
    return Rules(reply.body.decode("utf-8-sig", "replace"))
