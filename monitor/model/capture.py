"""One retrieval of a page, as received, and what is known before and after asking for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.errors import FetchError
from monitor.model.target import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server wants to hear again to be able to answer "not modified"; either may be missing."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A page to be asked for, with the validators kept of each address that it led to before."""

    page: Page
    validators: Mapping[str, Validators] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One retrieval. `content` is the body as the server meant it: transfer and content coding undone, nothing else.

    `url` is the final address after redirects, `sha256` that of `content` in hex, `captured_at` an aware time in UTC.
    `moved_to` is the final address if every redirect on the way said that it is for good, else empty. `request` are the
    headers that were sent for the answer.
    """

    page: Page
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    sha256: str
    captured_at: datetime
    moved_to: str = ""
    request: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of that lower-case name."""
        return header(self.headers, name)

    @property
    def validators(self) -> Validators:
        """What to send the next time this address is asked for."""
        return Validators(etag=self.header("etag"), last_modified=self.header("last-modified"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmodified:
    """The server's word that the page is still as it was (304)."""

    page: Page
    url: str
    captured_at: datetime
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A page that could not be had, and why."""

    page: Page
    error: FetchError
    failed_at: datetime


Fetched = Capture | Unmodified | Failure


def header(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    """The value of the first header of that lower-case name, or None."""
    for key, value in headers:
        if key.lower() == name:
            return value
    return None
