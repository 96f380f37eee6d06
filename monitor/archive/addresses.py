"""Addresses as archives spell them: which page one is of, however it is written. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from monitor.model.target import Page

_NOISE = re.compile(r"(?:utm_[a-z]+|fbclid|gclid)=[^&]*&?")
_PORTS = {"http": ":80", "https": ":443"}


def key(address: str) -> str:
    """What is the same in all spellings of an address: no scheme, "www.", port of the scheme, final slash, fragment,
    counting parameters, and no percent-encoding; host in lower case. `*` stays."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    host = parts.netloc.lower().rpartition("@")[2].removesuffix(_PORTS.get(parts.scheme.lower(), ":80"))
    query = _NOISE.sub("", parts.query).rstrip("&")
    path = unquote(parts.path).rstrip("/")
    return host.removeprefix("www.") + path + (f"?{query}" if query else "")


class Matcher:
    """Says which page of which target an address is, or was."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._exact: dict[str, Page] = {}
        self._patterns: list[tuple[re.Pattern[str], Page]] = []
        for page in pages:
            for address in (page.url, *page.former):
                if "*" in address:
                    self._patterns.append((_pattern(address), page))
                else:
                    self._exact.setdefault(key(address), page)

    def page_of(self, address: str) -> Page | None:
        """The page; None for an address of something else."""
        wanted = key(address)
        found = self._exact.get(wanted)
        if found is None:
            found = next((page for pattern, page in self._patterns if pattern.fullmatch(wanted)), None)
        return found


def _pattern(address: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in key(address).split("*")))
