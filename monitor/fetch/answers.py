"""What a server's answer means for us: a page, nothing new, another address, or an error of a certain type."""

from datetime import UTC, datetime

from monitor.errors import FetchError, RefusedError, RetryableError
from monitor.fetch.wire import Reply

REDIRECTS = frozenset({301, 302, 303, 307, 308})
LASTING = frozenset({301, 308})
PERMANENT = frozenset({301, 308})
PAGE_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/xml", "text/xml"}
)

_REMEDIES = {
    400: "the site does not understand the address; check it",
    401: "it wants a login; check the address",
    403: "the site refuses; ask it for permission, or check the address in a browser",
    404: "there is no such page; check the address",
    410: "the page is gone for good; check the address",
    451: "withheld for legal reasons",
}


def failure_of(reply: Reply, url: str, now: datetime) -> FetchError | None:
    """The error that an answer is, or None for a page (200) and for "not modified" (304)."""
    status = reply.status
    if status in (200, 304):
        return None
    if status in (408, 425, 429) or status >= 500:
        wait = retry_after(reply, now)
        when = f"in {wait:.0f} s" if wait else "later"
        return RetryableError(
            f"{url}: the site answers {status}; it is tried again {when}",
            cause="status",
            retry_after=wait,
            status=status,
        )
    remedy = _REMEDIES.get(status, "no page; check the address in a browser")
    cause = "gone" if status in (404, 410) else "blocked" if status in (401, 403, 451) else "status"
    return RefusedError(f"{url}: the site answers {status}: {remedy}", cause=cause)


def type_failure(reply: Reply, url: str) -> RefusedError | None:
    """The error of an answer that is no page of text, by its media type; a missing type is given the benefit."""
    media_type = (reply.header("content-type") or "").partition(";")[0].strip().lower()
    if not media_type or media_type in PAGE_TYPES:
        return None
    return RefusedError(f"{url}: is {media_type[:60]}, not a page; check the address", cause="type")


def retry_after(reply: Reply, now: datetime) -> float | None:
    """How many seconds the server asks to wait: digits or a date (RFC 9110, 10.2.3); junk and the past are None."""
    value = (reply.header("retry-after") or "").strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    if not value:
        return None
    from email.utils import parsedate_to_datetime

    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    seconds = (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()
    return seconds if seconds > 0 else None
