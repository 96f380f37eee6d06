"""The languages of one target side by side, out of what the store holds of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from monitor.diff.lags import Stand
from monitor.diff.languages import Languages, side_by_side
from monitor.errors import MonitorError, ReadingError, StoreError, UnknownReferenceError
from monitor.language.tag import canonical
from monitor.model.document import Document
from monitor.model.history import Snapshot
from monitor.model.holdings import CaptureRow
from monitor.model.ports import Store
from monitor.model.target import Key, Target
from monitor.runs.reading import read_snapshot

Profiles = Mapping[Key, str | None]
"""The site profile that each page is read with, where one is configured."""


class Text(NamedTuple):
    """A text as it stood (see `diff.lags.Stand`), unread, with the site profile to read it with."""

    snapshot: Snapshot
    profile: str | None
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The texts that each page of an edition went through, oldest first, and the last ones of pages that stand apart."""

    pages: Mapping[Key, Sequence[Text]]
    apart: Sequence[Text]
    source: Key


def languages_of(
    store: Store, target: str, profiles: Profiles, *, source: str = "en", edition: int | None = None
) -> Languages:
    """Every language held of an edition, by default of the one that the source language carries now.

    A language that does not hold that edition stands apart, with what it carries. The source is the first language
    held if the one wanted is not.

    Raises:
        UnknownReferenceError: nothing of the target, or nothing of that edition, is held.
        ReadingError: what is held is no document any more.
    """
    return put_side_by_side(gathered(store, target, profiles, source=source, edition=edition))


def gathered(
    store: Store, target: str, profiles: Profiles, *, source: str = "en", edition: int | None = None
) -> Gathered:
    """What `languages_of` puts side by side, out of the store and unread.

    Raises:
        UnknownReferenceError: nothing of the target, or nothing of that edition, is held.
    """
    held = held_reports(store, target)
    wanted = edition or held[_source(source, held)][-1].edition
    of_edition = {page: [row for row in rows if row.edition == wanted] for page, rows in held.items()}
    if not any(of_edition.values()):
        known = sorted({row.edition for rows in held.values() for row in rows if row.edition})
        raise UnknownReferenceError(f"{target}@{wanted}: nothing held; editions held are {', '.join(map(str, known))}")
    pages = {page: _texts(store, page, rows, profiles) for page, rows in of_edition.items() if rows}
    apart = [_texts(store, page, held[page][-1:], profiles)[0] for page, rows in of_edition.items() if not rows]
    return Gathered(pages=pages, apart=apart, source=_source(source, pages))


def put_side_by_side(found: Gathered) -> Languages:
    """The languages of what was gathered. Pure, and the part that hostile pages reach (see `model.ports.Examiner`).

    Raises:
        ReadingError: what is held is no document any more.
    """
    stands = {page: _stands(texts) for page, texts in found.pages.items()}
    last = {page: own[-1].document for page, own in stands.items()}
    apart = [read_snapshot(text.snapshot, text.profile) for text in found.apart]
    by_language = {last[page].language: own for page, own in stands.items()}
    return side_by_side([*last.values(), *apart], last[found.source].language, by_language)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLanguages:
    """The languages of a target; `error` is why they could not be put side by side."""

    target: str
    languages: Languages | None = None
    error: MonitorError | None = None


def compared_languages(
    store: Store, targets: Iterable[Target], beside: Callable[[Gathered], Languages] = put_side_by_side
) -> Iterator[TargetLanguages]:
    """The languages of each target as they stand now, as `beside` finds them; what cannot be read, or costs too much, of
    one stops no other."""
    for target in targets:
        profiles = {page.key: page.profile for page in target.pages}
        try:
            languages = beside(gathered(store, target.id, profiles, source=target.source))
        except (ReadingError, StoreError, UnknownReferenceError) as error:
            yield TargetLanguages(target=target.id, error=error)
        else:
            yield TargetLanguages(target=target.id, languages=languages)


def held_reports(store: Store, target: str, language: str | None = None) -> dict[Key, list[CaptureRow]]:
    """The captures that were the report, oldest first, of every page of the target, or of its page in one language.

    Raises:
        UnknownReferenceError: there are none.
    """
    tags = store.languages(target) if language is None else [canonical(language)]
    held = {(target, tag): [row for row in store.captures((target, tag)) if row.version is not None] for tag in tags}
    held = {page: rows for page, rows in held.items() if rows}
    if not held:
        raise UnknownReferenceError(f"{target}: no captures are held; run `monitor check`, or check the name")
    return held


def stands_of(store: Store, page: Key, rows: Sequence[CaptureRow], profiles: Profiles) -> list[Stand]:
    """The texts that a page went through, oldest first; a text that came back stands there twice."""
    return _stands(_texts(store, page, rows, profiles))


def _texts(store: Store, page: Key, rows: Sequence[CaptureRow], profiles: Profiles) -> list[Text]:
    snapshots: dict[int | None, Snapshot] = {}
    texts = []
    for version, captures in groupby(rows, key=lambda row: row.version):
        own = list(captures)
        if version not in snapshots:
            snapshots[version] = store.snapshot(page, own[-1].sha256)
        since, until = own[0].captured_at, own[-1].captured_at
        texts.append(Text(snapshot=snapshots[version], profile=profiles.get(page), since=since, until=until))
    return texts


def _stands(texts: Sequence[Text]) -> list[Stand]:
    documents: dict[str, Document] = {}
    for text in texts:
        if text.snapshot.sha256 not in documents:
            documents[text.snapshot.sha256] = read_snapshot(text.snapshot, text.profile)
    return [Stand(document=documents[each.snapshot.sha256], since=each.since, until=each.until) for each in texts]


def _source(wanted: str, pages: Mapping[Key, object]) -> Key:
    return next((page for page in pages if page[1] == canonical(wanted)), next(iter(pages)))
