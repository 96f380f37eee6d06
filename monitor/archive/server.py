"""An archive's server: its lists (CDX or Memento TimeMaps) asked for, its captures played back as they were archived."""

import re
from urllib.parse import urlencode

from monitor.archive.addresses import key
from monitor.archive.listing import cdx, instant, is_time, timemap
from monitor.errors import ReadingError
from monitor.model.past import Headers, Line, ListPage, Played
from monitor.model.past_ports import Getter

AT_ONCE = 5_000
"""Lines asked for in one part of a list."""

_STAMPED = re.compile(r"/([0-9]{14})(?:[a-z]{2}_)?/(.+)$")
_FROM = "from:"
"""Where a list goes on that says nothing of that itself: at the time of its last line."""

_ORIGINAL = "x-archive-orig-"


class Server:
    """One archive, by the addresses of its services (see `model.past_ports.Archive`)."""

    def __init__(
        self, name: str, *, lists: Getter, captures: Getter, cdx_url: str, timemap_url: str | None, replay_url: str
    ) -> None:
        """`lists` and `captures` ask it, each with a pause of its own. With a `timemap_url` lists are asked there."""
        self.name = name
        self._lists = lists
        self._captures = captures
        self._cdx = cdx_url
        self._timemap = timemap_url
        self._replay = replay_url

    def listed(self, address: str, since: str, until: str, following: str = "") -> ListPage:
        """A part of the list of an address, which may hold `*`. Raises FetchError, or ReadingError if it is no list."""
        if self._timemap is not None:
            return self._by_timemap(address, since, until, following)
        prefix, star, _ = address.partition("*")
        asked = {"url": prefix if star else address, "limit": str(AT_ONCE), "showResumeKey": "true"}
        asked |= {"matchType": "prefix"} if star else {}
        if following.startswith(_FROM):
            since, following = following.removeprefix(_FROM), ""
        asked |= {name: value for name, value in (("from", since), ("to", until), ("resumeKey", following)) if value}
        found = cdx(self._lists.download(f"{self._cdx}?{urlencode(asked)}").content.decode("utf-8", "replace"))
        if len(found.lines) < AT_ONCE or found.following or star or found.lines[-1].at == since:
            return found
        return ListPage(lines=found.lines, following=_FROM + found.lines[-1].at, malformed=found.malformed)

    def _by_timemap(self, address: str, since: str, until: str, following: str) -> ListPage:
        assert self._timemap is not None
        if "*" in address:
            return ListPage(lines=[], malformed=[f"{address}: a TimeMap is of one address; * is passed over"])
        found = self._lists.download(following or self._timemap.format(url=address))
        page = timemap(found.content.decode("utf-8", "replace"))
        first, last = since.ljust(14, "0"), until.ljust(14, "9")
        lines = [_of(address, line) for line in page.lines if first <= line.at <= last]
        return ListPage(lines=lines, following=page.following, malformed=page.malformed)

    def played(self, line: Line) -> Played:
        """A capture as it was archived, with the time and the address that the archive says it is of.

        Raises:
            FetchError: it cannot be had. ReadingError: the answer is no capture: archives date those (RFC 7089, 2.1.1).
        """
        found = self._captures.download(self._replay.format(time=line.at, url=line.address))
        dated = found.header("memento-datetime")
        at = instant(is_time(dated or "") or "")
        if at is None:
            raise ReadingError("a page of the archive itself" if dated is None else "dated senselessly")
        stamped = _STAMPED.search(found.url)
        address = stamped[2] if stamped and key(stamped[2]) != key(line.address) else line.address
        headers = original_headers(found.headers)
        return Played(at=at, address=address, headers=headers, content=found.content, sha1=found.sha1)


def original_headers(headers: Headers) -> Headers:
    """The headers that the site sent: where the archive marks them those, else those that are not its own."""
    marked = tuple((name[len(_ORIGINAL) :], value) for name, value in headers if name.lower().startswith(_ORIGINAL))
    if marked:
        known = {name.lower() for name, _ in marked}
        return marked + tuple(
            (name, value) for name, value in headers if name.lower() == "content-type" and "content-type" not in known
        )
    return tuple((name, value) for name, value in headers if not _is_of_archive(name.lower()))


def _is_of_archive(name: str) -> bool:
    return name in _ITS_OWN or name.startswith("x-")


def _of(address: str, line: Line) -> Line:
    """A memento's line under the address that it is of."""
    return Line(at=line.at, address=address)


_ITS_OWN = frozenset(
    {"memento-datetime", "link", "content-location", "server", "date", "connection", "preference-applied", "vary"}
)
