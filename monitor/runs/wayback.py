"""The past of pages filled in from a web archive: what it lists, one capture for each of its digests, politely.

Everything that is learned is kept at once: how far each list was read, what it named, what became of each capture. So a
run that ends at any moment is taken up where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from monitor.errors import FetchError, ReadingError, RetryableError
from monitor.model.history import Snapshot
from monitor.model.past import PastCapture
from monitor.runs.examine import Sample

if TYPE_CHECKING:
    from monitor.model.past import Line, Played
    from monitor.model.past_ports import Archive, Backlog
    from monitor.model.ports import Clock, Examiner
    from monitor.model.target import Page

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "warc/revisit", "unk", "-", ""})
_STATUS_OF_PAGES = frozenset({"200", "-", ""})
MOST_TROUBLES = 5
"""Captures in a row that cannot be had before the archive is left alone."""


class ArchiveTroubleError(FetchError):
    """The archive asks to be left alone, or does not answer: what was had is kept, and a later run goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One address whose list was read: how many captures it names of the page, and lines that made no sense."""

    page: Page
    address: str
    lines: int
    malformed: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Had:
    """What became of one capture that was asked for: taken in, or skipped for a `reason`. `verified` is false if its
    bytes are not those that the list's digest names."""

    page: Page
    line: Line
    reason: str = ""
    verified: bool = True


class Wayback:
    """One archive asked about pages."""

    def __init__(
        self,
        archive: Archive,
        backlog: Backlog,
        examiner: Examiner,
        clock: Clock,
        *,
        is_of: Callable[[Page, str], bool],
        span: tuple[str, str] = ("", ""),
    ) -> None:
        """`is_of` says whether an address is one of the page; `span` are the first and last moment wanted, as digits."""
        self._archive = archive
        self._backlog = backlog
        self._examine = examiner
        self._clock = clock
        self._is_of = is_of
        self._span = span

    def list_all(self, pages: Sequence[Page]) -> Iterator[Listed]:
        """Read the archive's list of every address that each page has or had.

        Raises:
            ArchiveTroubleError: it asks to be left alone, or does not answer.
        """
        for page in pages:
            for address in dict.fromkeys((page.url, *page.former)):
                yield self._listed(page, address)

    def fetch_all(self, pages: Sequence[Page]) -> Iterator[Had]:
        """Ask for one capture of each digest that was listed, and take in those that are the report.

        Raises:
            ArchiveTroubleError: the archive asks to be left alone, or does not answer.
        """
        troubles = 0
        for page in pages:
            while (line := self._backlog.next(self._archive.name, page, self._span)) is not None:
                had, trouble = self._had(page, line)
                yield had
                troubles = troubles + 1 if trouble else 0
                if trouble is not None and troubles >= MOST_TROUBLES:
                    raise self._trouble(trouble)
            self._backlog.repeat(self._archive.name, page)

    def _listed(self, page: Page, address: str) -> Listed:
        count = 0
        malformed: list[str] = []
        where = self._backlog.where(self._archive.name, page, address, self._span, self._clock.now())
        while where is not None:
            try:
                found = self._archive.listed(address, *self._span, where)
            except RetryableError as error:
                raise self._trouble(error) from error
            except FetchError as error:
                gone = [] if error.cause == "gone" else [str(error)]
                return Listed(page=page, address=address, lines=count, malformed=malformed + gone)
            except ReadingError as error:
                return Listed(page=page, address=address, lines=count, malformed=[*malformed, str(error)])
            lines = [(line, _useless(line)) for line in found.lines if self._is_of(page, line.address)]
            count += len(lines)
            malformed += found.malformed
            where = found.following if found.following and found.following != where else None
            self._backlog.note(self._archive.name, page, address, self._span, lines, where, self._clock.now())
        return Listed(page=page, address=address, lines=count, malformed=malformed)

    def _had(self, page: Page, line: Line) -> tuple[Had, RetryableError | None]:
        """What became of a capture, and the trouble if the archive could not give it."""
        try:
            played = self._archive.played(line)
        except RetryableError as error:
            if error.status == 429 or error.cause in ("host_wait", "connect"):
                raise self._trouble(error) from error
            return self._skipped(page, line, f"not had now ({error.cause})", later=True), error
        except FetchError as error:
            return self._skipped(page, line, error.cause), None
        except ReadingError as error:
            return self._skipped(page, line, str(error)), None
        if not self._is_of(page, played.address):
            return self._skipped(page, line, "redirected to another page"), None
        if played.at > self._clock.now():
            return self._skipped(page, line, "dated in the future"), None
        return self._judged(page, line, played), None

    def _judged(self, page: Page, line: Line, played: Played) -> Had:
        """Take the capture in if it is the report."""
        capture = PastCapture(
            page=page.key, url=played.address, status=200, headers=played.headers,
            content=played.content, sha256=sha256(played.content).hexdigest(), captured_at=played.at,
            origin=self._archive.name,
        )  # fmt: skip
        verified = bool(line.digest) and line.digest in played.sha1
        try:
            reading = self._examine(Sample(new=_snapshot(page, capture), profile=page.profile)).reading
            reason = "" if reading.digest is not None else reading.verdict.value.replace("_", " ")
        except ReadingError:
            reason = "unreadable"
        if reason:
            return self._skipped(page, line, reason, sha256=capture.sha256 if verified else None)
        self._backlog.keep(self._archive.name, page, line, capture, verified=verified)
        return Had(page=page, line=line, verified=verified or not line.digest)

    def _skipped(self, page: Page, line: Line, reason: str, *, later: bool = False, sha256: str | None = None) -> Had:
        self._backlog.settle(self._archive.name, page, line, reason, later=later, sha256=sha256)
        return Had(page=page, line=line, reason=reason)

    def _trouble(self, error: RetryableError) -> ArchiveTroubleError:
        if error.cause == "connect":
            when = "it may have shut this machine out: wait an hour, then run the same again"
        elif error.retry_after:
            when = f"run the same again in {error.retry_after:.0f} s"
        else:
            when = "run the same again later"
        return ArchiveTroubleError(
            f"the archive {self._archive.name} stopped the work: {error}; {when}, it goes on where it was",
            cause=error.cause,
        )


def _useless(line: Line) -> str:
    """Why a line is not worth asking for; empty if it is."""
    if line.status not in _STATUS_OF_PAGES:
        return f"status {line.status[:3]}"
    if line.media_type not in _PAGE_TYPES:
        return f"type {line.media_type[:40]}"
    return ""


def _snapshot(page: Page, capture: PastCapture) -> Snapshot:
    from monitor.model.capture import header

    return Snapshot(
        target=page.target, language=page.language, sha256=capture.sha256, content=capture.content or b"",
        url=capture.url, media_type=header(capture.headers, "content-type"), captured_at=capture.captured_at,
    )  # fmt: skip
