"""Where the past is let in and out: the store, archives and files introduced to each other (see wiring.py)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

from monitor.errors import InputError
from monitor.wiring import CLOCK, STORE, configuration, desk_of, targets
from monitor.wiring import CONFIG as DEFAULT_CONFIG

if TYPE_CHECKING:
    from monitor.archive.warc import Reader
    from monitor.config import Configuration
    from monitor.model.past import PastCapture
    from monitor.model.target import Key, Page
    from monitor.runs.backfill import Backfill
    from monitor.store.store import SnapshotStore

TOLERANCE = timedelta(days=1)
"""How far ahead of this machine's clock a capture may be dated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import under way: alone in its store, with the pages of the configuration (none without one)."""

    store: SnapshotStore
    backfill: Backfill
    settings: Configuration | None

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
            return None if page is None else (page.target, page.language)

        return Reader(page_of, CLOCK.now() + TOLERANCE, assigned=assigned)


@contextmanager
def import_run(config: Path | None, store: Path | None, *, alert: bool = False) -> Iterator[Import]:
    """Prepare an import, alone in its store. The configuration need not exist. With `alert` the past raises alerts.

    Raises:
        ConfigError: the configuration is wrong. StoreError: the store cannot be used.
    """
    from monitor.runs.backfill import Backfill
    from monitor.sandbox.parent import Sandbox
    from monitor.store.store import SnapshotStore

    settings = configuration(config) if config or DEFAULT_CONFIG.exists() else None
    kept = SnapshotStore(store or (settings and settings.store) or STORE, create=True)
    sandbox = Sandbox()
    profiles = {(p.target, p.language): p.profile for t in settings.targets for p in t.pages} if settings else {}
    desk = desk_of(settings) if alert and settings else None
    try:
        with kept.claimed():
            backfill = Backfill(kept.intake, profiles=profiles, examiner=sandbox, desk=desk, clock=CLOCK)
            yield Import(store=kept, backfill=backfill, settings=settings)
    finally:
        sandbox.close()
        kept.close()


def saved_page(path: Path, page: Key, captured_at: datetime, *, url: str) -> PastCapture:
    """A file with one page in it, as a capture at that time. It is what it says it is: only what is no report at all
    is refused.

    Raises:
        UnknownReferenceError: it cannot be read. InputError: its time is in the future.
    """
    from hashlib import sha256

    from monitor.model.past import PastCapture
    from monitor.references import read_file

    if captured_at > CLOCK.now() + TOLERANCE:
        raise InputError(f"{captured_at:%Y-%m-%d %H:%M}: is in the future; give the time when {path} was captured")
    content = read_file(path)
    kind = {".md": "text/markdown", ".markdown": "text/markdown", ".txt": "text/plain"}.get(path.suffix.lower())
    return PastCapture(
        page=page, url=url, status=200, headers=(("Content-Type", kind),) if kind else (), content=content,
        sha256=sha256(content).hexdigest(), captured_at=captured_at, origin=f"file {path.name}",
    )  # fmt: skip


def page_key(name: str) -> Key:
    """The page that TARGET/LANG names. Raises InputError if that is not what it is."""
    from monitor.language.tag import canonical
    from monitor.model.target import is_target_id

    target, _, tag = name.partition("/")
    if not is_target_id(target) or canonical(tag) == "und":
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


def profiles_of(config: Path | None) -> dict[Key, str | None]:
    """The site profile of every page of the configuration."""
    return {(page.target, page.language): page.profile for target in targets(config) for page in target.pages}
