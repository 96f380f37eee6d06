"""Where the past is let in and out: the store, archives and files introduced to each other (see wiring.py)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

from monitor.errors import InputError, RetryableError
from monitor.references import ARCHIVES
from monitor.wiring import CLOCK, STORE, configuration, desk_of, opened_store
from monitor.wiring import CONFIG as DEFAULT_CONFIG

if TYPE_CHECKING:
    from monitor.archive.warc import Reader
    from monitor.config import Configuration
    from monitor.fetch.client import Manners
    from monitor.model.download import Download
    from monitor.model.past import PastCapture
    from monitor.model.target import Key, Page
    from monitor.runs.backfill import Backfill
    from monitor.runs.reread import Reread
    from monitor.runs.wayback import Wayback
    from monitor.store.repair import Repair
    from monitor.store.store import SnapshotStore

_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".txt": "text/plain"}
TOO_MANY = 429
PAUSE = 60.0
TOLERANCE = timedelta(days=1)
"""How far ahead of this machine's clock a capture may be dated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import under way: alone in its store, with the pages of the configuration (none without one)."""

    store: SnapshotStore
    backfill: Backfill
    settings: Configuration | None

    @property
    def reread(self) -> Reread:
        """What reads the past again."""
        from monitor.runs.reread import Reread

        return Reread(
            self.store.rereading, self.backfill, profiles=self.backfill.profiles, examiner=self.backfill.examiner
        )

    def mend(self, places: Sequence[Path]) -> Iterator[str]:
        """Mend the store from copies of it and from WARC files, telling each step.

        Raises:
            InputError: a copy is neither.
        """
        from contextlib import ExitStack

        from monitor.runs.mending import mend

        with ExitStack() as open_copies:
            copies = [open_copies.enter_context(_copy(place)) for place in places]
            yield from mend(self.store.repair, copies, self.backfill, self.reread, CLOCK)

    @contextmanager
    def wayback(self, span: tuple[str, str]) -> Iterator[Wayback]:
        """The archive of the configuration, asked about captures within a span of digits.

        Raises:
            StoreError: what is owed to the archive cannot be kept.
        """
        from monitor.archive.addresses import Matcher
        from monitor.archive.server import Server
        from monitor.config.past import ArchiveSettings
        from monitor.runs.wayback import Wayback

        chosen = (self.settings.archive if self.settings else None) or ArchiveSettings()
        manners = archive_manners(self.settings)
        manners.politeness.restore(self.store.following.hosts(), CLOCK.now())
        matchers = {page.name: Matcher([page]) for page in self.pages}
        lists = _Asking(manners, chosen.listing_interval)
        captures = _Asking(manners, chosen.interval)
        server = Server(
            chosen.name, lists=lists, captures=captures, cdx_url=chosen.cdx, timemap_url=chosen.timemap,
            replay_url=chosen.replay,
        )  # fmt: skip

        def is_of(page: Page, address: str) -> bool:
            return matchers[page.name].page_of(address) is not None

        try:
            yield Wayback(server, self.store.backlog, self.backfill.examiner, CLOCK, is_of=is_of, span=span)
        finally:
            lists.close()
            captures.close()
            self.store.following.remember(manners.politeness.owed(CLOCK.now()), [])

    @property
    def archive_name(self) -> str:
        """What the archive of the configuration is called."""
        return self.settings.archive.name if self.settings and self.settings.archive else "wayback"

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page of the configuration."""
        return tuple(page for target in self.settings.targets for page in target.pages) if self.settings else ()

    def reader(self, assigned: Key | None = None) -> Reader:
        """What reads WARC and WACZ files into captures of the pages configured, or of the one that is assigned."""
        from monitor.archive.addresses import Matcher
        from monitor.archive.warc import Reader

        matcher = Matcher(self.pages)

        def page_of(address: str) -> Key | None:
            page = matcher.page_of(address)
            return None if page is None else page.key

        return Reader(page_of, CLOCK.now() + TOLERANCE, assigned=assigned)


@dataclass(frozen=True, slots=True, kw_only=True)
class _StoreCopy:
    """Another store."""

    name: str
    repair: Repair

    def content(self, sha256: str) -> bytes | None:
        return self.repair.content(sha256)

    def captured(self, page: Key, at: datetime) -> bytes | None:
        return self.repair.captured(page, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileCopy:
    """A WARC or WACZ file that was exported from the store, or has the same captures in it."""

    name: str
    path: Path

    def content(self, sha256: str) -> bytes | None:
        return self._first(lambda capture: capture.sha256 == sha256)

    def captured(self, page: Key, at: datetime) -> bytes | None:
        return self._first(lambda capture: (capture.page, capture.captured_at) == (page, at))

    def _first(self, is_meant: Callable[[PastCapture], bool]) -> bytes | None:
        from monitor.archive.warc import Reader

        reader = Reader(lambda _: ("any", "en"), CLOCK.now() + TOLERANCE)
        found = (each.content for each in reader.captures(self.path) if each.content is not None and is_meant(each))
        return next(found, None)


@contextmanager
def _copy(place: Path) -> Iterator[_StoreCopy | _FileCopy]:
    if not place.is_dir():
        yield _FileCopy(name=str(place), path=place)
        return
    from monitor.store.store import SnapshotStore

    other = SnapshotStore(place)
    try:
        yield _StoreCopy(name=str(place), repair=other.repair)
    finally:
        other.close()


class _Asking:
    """One kind of question to an archive, with a pause of its own; an archive that says that it is too much is left
    alone for a minute at least."""

    def __init__(self, manners: Manners, interval: float) -> None:
        from monitor.fetch.client import Client
        from monitor.fetch.politeness import Politeness

        self._politeness = manners.politeness
        self._own = Politeness(interval)
        self._client = Client(manners, CLOCK)

    def download(self, url: str) -> Download:
        """See `model.past_ports.Getter`."""
        from monitor.fetch.address import parse

        host = parse(url).host
        try:
            with self._own.turn(host):
                return self._client.download(url)
        except RetryableError as error:
            if error.status == TOO_MANY:
                self._politeness.leave_alone(host, max(PAUSE, error.retry_after or 0.0))
            raise

    def close(self) -> None:
        """Close every connection."""
        self._client.close()


def archive_manners(settings: Configuration | None) -> Manners:
    """How an archive is asked: its services are for programs, so that robots.txt is not asked."""
    from monitor.wiring import manners_of

    manners = manners_of(settings)
    return replace(manners, robots=None, politeness=type(manners.politeness)(0.0))


@contextmanager
def import_run(
    config: Path | None, store: Path | None, *, alert: bool = False, create: bool = True
) -> Iterator[Import]:
    """Prepare work on the past, alone in its store. The configuration need not exist. With `alert` the past raises
    alerts.

    Raises:
        ConfigError: the configuration is wrong. StoreError: the store cannot be used.
    """
    from monitor.runs.backfill import Backfill
    from monitor.sandbox.parent import Sandbox
    from monitor.store.store import SnapshotStore

    settings = configuration(config) if config or DEFAULT_CONFIG.exists() else None
    kept = SnapshotStore(store or (settings and settings.store) or STORE, create=create)
    sandbox = Sandbox()
    profiles = {p.key: p.profile for t in settings.targets for p in t.pages} if settings else {}
    desk = desk_of(settings) if alert and settings else None
    try:
        with kept.claimed():
            if create:
                kept.prove()
                kept.ballast.demand()
            backfill = Backfill(kept.intake, profiles=profiles, examiner=sandbox, desk=desk, clock=CLOCK)
            yield Import(store=kept, backfill=backfill, settings=settings)
    finally:
        sandbox.close()
        kept.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactRun:
    """What is to be compacted, and by which rule."""

    store: SnapshotStore
    before: datetime
    thin_to_days: float


@contextmanager
def compact_run(
    config: Path | None, store: Path | None, keep_all_days: float | None, thin_to_days: float | None
) -> Iterator[CompactRun]:
    """Prepare to compact, alone in the store; what is None is as configured.

    Raises:
        StoreError: there is no store, or it cannot be used.
    """
    from monitor.config.past import RetentionSettings

    settings = configuration(config) if config or DEFAULT_CONFIG.exists() else None
    rule = (settings.retention if settings else None) or RetentionSettings()
    days = rule.keep_all_days if keep_all_days is None else keep_all_days
    with opened_store(config, store) as kept, kept.claimed():
        yield CompactRun(
            store=kept, before=CLOCK.now() - timedelta(days=days),
            thin_to_days=rule.thin_to_days if thin_to_days is None else thin_to_days,
        )  # fmt: skip


def saved_page(reference: str, page: Key, captured_at: datetime, *, url: str) -> PastCapture:
    """A file with one page in it (`-` is standard input), or the newest page of a WARC, as a capture at that time.

    Raises:
        UnknownReferenceError: it cannot be read. InputError: its time is in the future.
    """
    from dataclasses import replace as changed
    from hashlib import sha256

    from monitor.model.past import PastCapture
    from monitor.references import read_bytes

    if captured_at > CLOCK.now() + TOLERANCE:
        raise InputError(f"{captured_at:%Y-%m-%d %H:%M}: is in the future; give the time when {reference} was captured")
    name, _, address = reference.partition("#")
    if name.endswith(ARCHIVES):
        from monitor.archive.pages import newest_page

        found = newest_page(Path(name), address)
        return changed(found, page=page, captured_at=captured_at, origin=f"file {Path(name).name}")
    content = read_bytes(reference)
    kind = _TYPES.get(Path(reference).suffix.lower())
    return PastCapture(
        page=page, url=url, status=200, headers=(("Content-Type", kind),) if kind else (), content=content,
        sha256=sha256(content).hexdigest(), captured_at=captured_at, origin=f"file {Path(reference).name}",
    )  # fmt: skip


def page_key(name: str) -> Key:
    """The page that TARGET/LANG names. Raises InputError if that is not what it is."""
    from monitor.language.tag import UNKNOWN, canonical
    from monitor.model.target import is_target_id

    target, _, tag = name.partition("/")
    if not is_target_id(target) or canonical(tag) == UNKNOWN:
        raise InputError(f"{name}: is no TARGET/LANG; write it as russia/en")
    return target, canonical(tag)


def keys_of(names: Sequence[str], store: SnapshotStore) -> list[Key] | None:
    """The pages held of the targets and pages named; None for no names: all.

    Raises:
        InputError: nothing is held of one.
    """
    found: list[Key] = []
    for name in names:
        target, _, tag = name.partition("/")
        keys = [page_key(name)] if tag else [(target, language) for language in store.languages(target)]
        if not any(key[1] in store.languages(target) for key in keys):
            raise InputError(f"{name}: no captures are held; `monitor history` knows what is")
        found += keys
    return found or None


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name when it is whole and on the disk, and not before.

    Raises:
        InputError: it cannot be written.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from error
