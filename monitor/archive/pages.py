"""One page picked out of a WARC or WACZ file."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.archive.addresses import key
from monitor.archive.warc import Reader
from monitor.errors import UnknownReferenceError
from monitor.model.capture import header
from monitor.model.past import PastCapture

_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")
_SHOWN = 5


def newest_page(path: Path, address: str = "") -> PastCapture:
    """The page in the file that was captured last, or the last one of an address.

    Raises:
        UnknownReferenceError: there is none; the message names addresses that there are. InputError: it is no such file.
    """
    if not path.exists():
        raise UnknownReferenceError(f"{path}: no such file; give a file, an http(s) address or a stored TARGET/LANG")
    wanted = key(address) if address else ""
    reader = Reader(lambda _: ("page", "en"), datetime.max.replace(tzinfo=UTC))
    newest: PastCapture | None = None
    known: dict[str, None] = {}
    for capture in reader.captures(path):
        if capture.content is None or not is_page(capture):
            continue
        if len(known) < _SHOWN:
            known[capture.url] = None
        fits = not wanted or key(capture.url) == wanted
        if fits and (newest is None or capture.captured_at >= newest.captured_at):
            newest = replace(capture, request=())
    if newest is None:
        damaged = f"; {len(reader.damages)} of its records are damaged" if reader.damages else ""
        held = f"; it has {', '.join(known)}" if known else "; it has no page"
        raise UnknownReferenceError(f"{path}: no page{f' of {address}' if address else ''} in it{held}{damaged}")
    return newest


def is_page(capture: PastCapture) -> bool:
    """True if the capture's media type is one of a page, or is not said."""
    kind = header(capture.headers, "content-type") or ""
    return not kind or kind.partition(";")[0].strip().lower() in _PAGES
