"""Where ports meet adapters: the configuration's values, the store, the fetcher and the clock, introduced to each other.

Imported only by commands that need one of them; each is imported only where it is used.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.errors import ConfigError, UnknownReferenceError
from monitor.model.target import named_pages

if TYPE_CHECKING:
    from monitor.alerts.outbox import Settled
    from monitor.config import Configuration
    from monitor.delivery.postman import Postman
    from monitor.diff.languages import Languages
    from monitor.fetch.client import Manners
    from monitor.model.capture import Capture
    from monitor.model.document import Document
    from monitor.model.target import Page, Target
    from monitor.runs.check import Outcome
    from monitor.runs.desk import Desk
    from monitor.runs.figures import Series, Subject
    from monitor.runs.translations import TargetLanguages
    from monitor.sandbox.parent import Sandbox
    from monitor.store.store import SnapshotStore

CONFIG = Path("config.toml")
STORE = Path("snapshots")


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        return datetime.now(UTC)


CLOCK = SystemClock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A check under way: the pages it asks for, and how each is found, as it goes.

    `languages` puts the languages of the targets side by side of which a page was found new or changed so far, or which
    are late. `deliver` sends what is due, and tells what became of it.
    """

    pages: tuple["Page", ...]
    outcomes: Iterator["Outcome"]
    contact: str | None
    languages: Callable[[], Iterator["TargetLanguages"]]
    deliver: Callable[[], Iterator["Settled"]]


def configuration(path: Path | None) -> "Configuration":
    """The configuration at the path, by default `./config.toml`. Raises ConfigError with every mistake in it."""
    from monitor.config import load

    return load(path or CONFIG)


@contextmanager
def check_run(config: Path | None, store: Path | None, names: Sequence[str] = ()) -> Iterator[Run]:
    """Prepare a run over the named targets (`russia`) and pages (`russia/en`), all by default; alone in its store.

    Raises:
        ConfigError: the configuration is wrong. InputError: a name is not in it. StoreError: the store cannot be used.
    """
    from monitor.fetch.lanes import Lanes
    from monitor.runs.check import check
    from monitor.sandbox.parent import Sandbox
    from monitor.store.store import SnapshotStore

    settings = configuration(config)
    pages = named_pages(settings.targets, names)
    kept = SnapshotStore(store or settings.store or STORE, create=True)
    sandbox = Sandbox()
    try:
        with kept.claimed():
            kept.prove()
            kept.ballast.demand()
            manners = remembering_manners(settings, kept)
            desk = desk_of(settings)
            changed: set[str] = set()
            outcomes = _noting(check(pages, Lanes(manners, CLOCK), kept, sandbox, desk), changed)
            yield Run(
                pages=pages, outcomes=outcomes, contact=settings.fetch.contact,
                languages=partial(_languages, kept, sandbox, settings.targets, changed, desk),
                deliver=partial(delivered, kept, settings, gathered=True),
            )  # fmt: skip
            remember(kept, manners)
    finally:
        sandbox.close()
        kept.close()


def desk_of(settings: "Configuration") -> "Desk":
    """The rules, with what they have to know."""
    from collections import Counter

    from monitor.runs.desk import Desk

    followed = Counter(page.site for target in settings.targets for page in target.pages)
    desk = Desk(
        rules=settings.rules, titles={target.id: target.title for target in settings.targets}, followed=followed
    )
    if settings.alerts is None:
        return desk
    return replace(desk, confirm_after=settings.alerts.confirm_after, grace=settings.alerts.translation_grace)


def delivered(kept: "SnapshotStore", settings: "Configuration", *, gathered: bool) -> Iterator["Settled"]:
    """Send what is due, until nothing more is, and tell what became of each try."""
    if not settings.channels:
        return
    from monitor.runs.deliver import deliver

    sender = postman(settings)
    while tried := list(deliver(kept, sender, settings.rules, CLOCK, gathered=gathered)):
        yield from tried


def postman(settings: "Configuration") -> "Postman":
    """Who takes messages to the channels."""
    import os

    from monitor.delivery.postman import Postman
    from monitor.fetch.poster import HttpPoster

    poster = HttpPoster(ca_file=settings.fetch.ca_file, http2=settings.fetch.http2)
    reports_at = settings.alerts.reports_at if settings.alerts else None
    return Postman(settings.channels, poster, os.environ, reports_at)


def remembering_manners(settings: "Configuration", kept: "SnapshotStore") -> "Manners":
    """How sites are treated, with what earlier runs owe them."""
    from monitor.fetch.robots import HELD, Robots

    now = CLOCK.now()
    manners = manners_of(settings)
    manners.politeness.restore(kept.following.hosts(), now)
    if manners.robots is None:
        return manners
    return replace(manners, robots=Robots(CLOCK, kept.following.robots(now - HELD)))


def remember(kept: "SnapshotStore", manners: "Manners") -> None:
    """Keep what sites are owed, for the next run."""
    robots = manners.robots
    kept.following.remember(manners.politeness.owed(CLOCK.now()), robots.fetched() if robots else [])


def _noting(outcomes: Iterable["Outcome"], changed: set[str]) -> Iterator["Outcome"]:
    """The outcomes as they come; the targets of which a page is new or changed are noted."""
    from monitor.runs.check import State

    for outcome in outcomes:
        if outcome.state in (State.FIRST, State.CHANGED):
            changed.add(outcome.page.target)
        yield outcome


def _languages(
    store: "SnapshotStore", sandbox: "Sandbox", targets: Iterable["Target"], changed: Container[str], desk: "Desk"
) -> Iterator["TargetLanguages"]:
    late = store.following.untold(CLOCK.now() - desk.grace) if desk.hears_of_languages else ()
    several = [target for target in targets if len(target.pages) > 1 and (target.id in changed or target.id in late)]
    if several:
        yield from told_languages(store, sandbox, several, desk)


def told_languages(
    store: "SnapshotStore", sandbox: "Sandbox", targets: Iterable["Target"], desk: "Desk"
) -> Iterator["TargetLanguages"]:
    """The languages of each target side by side; what a rule asks to hear of them is in the outbox by then."""
    from monitor.runs.gaps import tell_gaps
    from monitor.runs.translations import compared_languages

    for found in compared_languages(store, targets, sandbox.put_side_by_side):
        if found.languages is not None and desk.hears_of_languages:
            tell_gaps(store, found.target, found.languages, CLOCK.now(), desk)
        yield found


@contextmanager
def opened_store(config: Path | None, store: Path | None) -> Iterator["SnapshotStore"]:
    """The store to look into; the configuration is read only if no path is given, and need not exist. Raises StoreError
    if there is none, or it cannot be used."""
    from monitor.store.store import SnapshotStore

    settings = None if store else _configuration_if_any(config)
    kept = SnapshotStore(store or (settings and settings.store) or STORE)
    try:
        yield kept
    finally:
        kept.close()


def targets(config: Path | None) -> tuple["Target", ...]:
    """The targets of the configuration; none where there is no configuration."""
    settings = _configuration_if_any(config)
    return settings.targets if settings else ()


def stored_document(
    reference: str, *, config: Path | None = None, store: Path | None = None, language: str | None = None,
    profile: str | None = None,
) -> "Document":  # fmt: skip
    """The document that a stored reference names: TARGET/LANG, or TARGET/LANG@ and what `model.ports.Store.find` takes.

    Raises:
        UnknownReferenceError: it names nothing held. ReadingError: the bytes held are no document.
    """
    from monitor.language.tag import UNKNOWN, canonical
    from monitor.model.target import is_target_id
    from monitor.runs.reading import read_snapshot

    name, _, which = reference.partition("@")
    target, _, tag = name.partition("/")
    if not is_target_id(target) or canonical(tag) == UNKNOWN:
        raise UnknownReferenceError(
            f"{reference}: no such file, and no stored document, which is TARGET/LANG or TARGET/LANG@WHICH"
        )
    page = (target, canonical(tag))
    with opened_store(config, store) as kept:
        snapshot = kept.find(page, which or "latest")
    snapshot = replace(snapshot, language=language or snapshot.language)
    return read_snapshot(snapshot, profile or profiles(config).get(page))


def stored_languages(
    name: str, *, source: str | None = None, config: Path | None = None, store: Path | None = None
) -> "Languages":
    """The languages held of a target, `russia` or `russia@2024` (see `runs.translations.languages_of`); the source is
    the configured one by default.

    Raises:
        UnknownReferenceError: it names nothing held. ReadingError: what is held is no document any more.
    """
    from monitor.runs.translations import languages_of

    target, _, edition = name.partition("@")
    if edition and not (len(edition) == 4 and edition.isdecimal() and edition.isascii()):
        raise UnknownReferenceError(f"{name}: after the @ of a target stands an edition, as in {target}@2024")
    configured = next((known.source for known in targets(config) if known.id == target), "en")
    with opened_store(config, store) as kept:
        year = int(edition) if edition else None
        return languages_of(kept, target, profiles(config), source=source or configured, edition=year)


def stored_series(name: str, *, config: Path | None = None, store: Path | None = None) -> "list[Series]":
    """The figures of a target, `russia` or `russia/en`, through its versions (see `runs.figures.series_of`)."""
    from monitor.runs.figures import series_of

    target, _, language = name.partition("/")
    with opened_store(config, store) as kept:
        return series_of(kept, target, profiles(config), language or None)


def stored_subjects(name: str, *, config: Path | None = None, store: Path | None = None) -> "list[Subject]":
    """The subjects of a target through its editions (see `runs.figures.subjects_of`)."""
    from monitor.runs.figures import subjects_of

    target, _, language = name.partition("/")
    with opened_store(config, store) as kept:
        return subjects_of(kept, target, profiles(config), language or None)


def profiles(config: Path | None) -> dict[tuple[str, str], str | None]:
    """The site profile of every page of the configuration, by target and language."""
    return {page.key: page.profile for target in targets(config) for page in target.pages}


def fetched(url: str, config: Path | None = None, *, language: str | None = None) -> "Capture":
    """What stands at an address that a person gave: its host may be a private one, and robots.txt is not asked.

    Raises:
        FetchError: it cannot be had.
    """
    from monitor.fetch.address import parse
    from monitor.fetch.client import Client
    from monitor.fetch.guard import Guard
    from monitor.model.capture import Capture, Request
    from monitor.model.target import Page

    try:
        settings = _configuration_if_any(config)
    except ConfigError:
        if config is not None:
            raise
        settings = None  # an address needs no configuration: one that lies about and is broken does not matter
    manners = replace(manners_of(settings), robots=None, guard=Guard((parse(url).host,)))
    client = Client(manners, CLOCK)
    try:
        capture = client.fetch(Request(page=Page(target="", language=language or "", url=url)))
    finally:
        client.close()
    assert isinstance(capture, Capture)
    return capture


def _configuration_if_any(path: Path | None) -> "Configuration | None":
    return None if path is None and not CONFIG.exists() else configuration(path)


def manners_of(settings: "Configuration | None") -> "Manners":
    """How sites are treated, as it is configured."""
    from monitor.config import FetchSettings
    from monitor.fetch.client import Bounds, Manners
    from monitor.fetch.guard import Guard
    from monitor.fetch.politeness import Politeness
    from monitor.fetch.robots import Robots

    fetch = settings.fetch if settings else FetchSettings()
    private = fetch.allow_private
    raw = int(fetch.max_megabytes * 1_000_000)
    return Manners(
        contact=fetch.contact,
        politeness=Politeness(fetch.interval),
        robots=Robots(CLOCK) if fetch.robots else None,
        guard=Guard(everything=private) if isinstance(private, bool) else Guard(private),
        bounds=Bounds(connect=fetch.connect_timeout, whole=fetch.timeout, raw=raw, content=2 * raw),
        ca_file=fetch.ca_file,
        http2=fetch.http2,
    )
