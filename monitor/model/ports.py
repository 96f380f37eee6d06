"""What the use cases need of the world outside, as Protocols. wiring.py introduces the adapters that fulfil them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from monitor.model.capture import Capture, Fetched, Request, Unmodified
from monitor.model.history import Found, Held, Reading, SetAside, Snapshot
from monitor.model.target import Key, Page
from monitor.model.told import Raised, Told

if TYPE_CHECKING:
    from monitor.alerts.outbox import Outgoing, Settled
    from monitor.alerts.outcome import Failing, Outcome
    from monitor.alerts.schedule import Dispatch, Sent, Waiting
    from monitor.model.holdings import CaptureRow, Inspection, VersionRow
    from monitor.model.standing import Finding, Standing
    from monitor.runs.deliver import Post
    from monitor.runs.examine import Examination, Sample


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""


class Fetcher(Protocol):
    """Asks for pages, politely."""

    def fetch_all(self, requests: Sequence[Request]) -> Iterator[Sequence[Fetched]]:
        """Ask for every page; yield what has arrived, in the order of arrival, each page exactly once.

        A page that cannot be had is a Failure and stops no other. Closing the iterator abandons the rest.
        """


class Examiner(Protocol):
    """Reads, judges and compares new bytes (see `runs.examine.examine`), within bounds of time and memory."""

    def __call__(self, sample: Sample) -> Examination:
        """What was made of the bytes.

        Raises:
            ReadingError: they are no document. LimitError: they cost more than a page may.
        """


class Planner(Protocol):
    """Says when a page is due again."""

    def __call__(self, standing: Standing, at: datetime, wait: float | None) -> datetime:
        """The next time for a page that stands so after a check at `at`; `wait` are the seconds its site asks for."""


class Following(Protocol):
    """What is kept between checks beside the captures: standings, bodies on their way, what languages lack."""

    def standings(self, pages: Iterable[Key]) -> Mapping[Key, Standing]:
        """How each page stands; one of which nothing is kept is missing."""

    def surprised(self, site: str, since: datetime) -> Sequence[tuple[Key, datetime]]:
        """The pages of a site that lost most of their text or outline since then, or did and wait to be believed, the first
        one first."""

    def looked_at(self, site: str, since: datetime) -> int:
        """How many pages of a site were captured since then."""

    def has_unaccepted(self, site: str) -> bool:
        """True if a page of the site waits to be accepted."""

    def keep_arrivals(self, captures: Sequence[Capture]) -> None:
        """Keep bodies before anything looks into them; `Store.record` forgets them."""

    def arrivals(self, pages: Iterable[Page]) -> tuple[Sequence[Capture], Sequence[Capture]]:
        """The bodies of these pages that were kept and not looked into: those to read now, and those that have ended
        the program several times."""

    def findings(self, target: str) -> Sequence[Finding]:
        """What the languages of a target are known to lack."""

    def untold(self, noticed_before: datetime) -> Sequence[str]:
        """The targets with something untold that was noticed before then."""


class Acceptance(Protocol):
    """What was set aside, and may be made a version after all."""

    def set_aside(self, page: Key) -> SetAside | None:
        """The newest capture since the page's last version that waits to be believed, else the newest of all."""

    def accept(self, aside: SetAside, reading: Reading, found: Found | None, told: Told) -> None:
        """Make it the last version of its page, with what it changed and what is told of that.

        Raises:
            StoreError: the page was captured anew since `aside` was found.
        """


class Outbox(Protocol):
    """What is to be said, and what was."""

    def waiting(self) -> Sequence[Waiting]:
        """The deliveries that no message has been made of yet, in the order in which their alerts were raised."""

    def sent(self, since: datetime) -> Sequence[Sent]:
        """The messages made since then, whatever became of them."""

    def under_way(self) -> list[Outgoing]:
        """The messages that are still to be delivered, in the order in which each channel has to get them."""

    def seal(self, dispatches: Sequence[Dispatch], now: datetime) -> list[Outgoing]:
        """Keep messages with the deliveries that they fulfil, each as the next of its channel."""

    def settle(self, settled: Settled, raised: Sequence[Raised] = ...) -> None:
        """Keep what one try left, with the alerts that it raises."""

    def disabled(self) -> Mapping[str, str]:
        """The channels that are switched off, with the reason."""

    def failing(self, channel: str, recently: datetime) -> Failing | None:
        """The tries that failed since the channel last took a message or was switched on again; None if none did.

        Those after `recently` count as recent.
        """


class Sender(Protocol):
    """Tries to deliver messages, each through its channel; a channel that is slow keeps no other waiting."""

    @property
    def channels(self) -> Sequence[str]:
        """The names of the channels there are."""

    def carries_reports(self, channel: str) -> bool:
        """True if a message through that channel can have a full report with it."""

    def waits(self, channel: str) -> Sequence[timedelta]:
        """How long to wait between tries through that channel, before a message is given up."""

    def is_endpoint(self, channel: str) -> bool:
        """True for a webhook, which is switched off if it takes nothing for long."""

    def send_all(self, posts: Sequence[Post], now: datetime) -> Iterator[tuple[str, Outcome]]:
        """Try each message once; yield its key and what became of it, as it is known."""


class Store(Protocol):
    """Keeps what was captured. Every method that writes is one transaction: all of it is kept, or nothing."""

    def held(self, pages: Iterable[Page]) -> Mapping[Key, Held]:
        """What is known of each page; a page never captured is missing."""

    def snapshot(self, page: Key, sha256: str) -> Snapshot:
        """The bytes of that SHA-256 (hex, in full) as last captured for the page.

        Raises:
            UnknownReferenceError: the page has none. StoreError: the bytes held are damaged.
        """

    @property
    def outbox(self) -> Outbox:
        """What is to be said, and what was."""

    @property
    def acceptance(self) -> Acceptance:
        """What was set aside, and may be made a version after all."""

    @property
    def following(self) -> Following:
        """What is kept between checks beside the captures."""

    def record_unchanged(self, seen: Sequence[Capture | Unmodified], told: Told = ...) -> None:
        """Keep that each page was met again with the bytes of its last capture, and what is told of that."""

    def tell(self, told: Told, findings: Mapping[str, Sequence[Finding]] = ...) -> None:
        """Keep how pages stand and what is to be said, without a capture; `findings` are those of whole targets."""

    def first_seen(self, page: Key, digest: bytes) -> datetime | None:
        """When the version of that digest was first captured, if the last version is another (A → B → A); else None."""

    def sides(self, comparison: str) -> tuple[Snapshot, Snapshot]:
        """The old and the new snapshot of the comparison of that name. Raises UnknownReferenceError if none is held."""

    def record(
        self, capture: Capture, reading: Reading, found: Found | None = None, told: Told = ...
    ) -> datetime | None:
        """Keep a capture with its bytes, what was read of it, its comparison with an older snapshot, if any, and what
        is told of it.

        Returns when its version was first seen, if another one stood in between (A → B → A), else None.
        """

    def find(self, page: Key, which: str) -> Snapshot:
        """The snapshot that the part of a stored reference after the `@` names.

        `first`, `latest` (of the captures that were the report), an edition (`2024`: its last version), a day
        (`2024-11-02`: as it stood at its end, UTC) or at least six digits of a SHA-256.

        Raises:
            UnknownReferenceError: nothing held is meant, or more than one; the message names what is held.
        """

    def languages(self, target: str) -> Sequence[str]:
        """The languages that captures of the target are held in, in alphabetical order."""

    def captures(self, page: Key) -> Sequence[CaptureRow]:
        """Every capture of the page, oldest first."""

    def versions(self, page: Key) -> Sequence[VersionRow]:
        """Every version of the page, in order of first sight."""

    def inspect(self) -> Inspection:
        """Re-hash every byte and account for every row. Damage is reported, never raised."""
