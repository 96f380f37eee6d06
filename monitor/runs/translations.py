"""The languages of one target side by side, out of what the store holds of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from monitor.diff.lags import Stand
from monitor.diff.languages import Languages, side_by_side
from monitor.errors import MonitorError, ReadingError, StoreError, UnknownReferenceError
from monitor.language.tag import canonical
from monitor.model.document import Document
from monitor.model.holdings import CaptureRow
from monitor.model.ports import Store
from monitor.model.target import Key, Target
from monitor.runs.reading import read_snapshot

Profiles = Mapping[Key, str | None]
"""The site profile that each page is read with, where one is configured."""


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
    held = held_reports(store, target)
    wanted = edition or held[_source(source, held)][-1].edition
    of_edition = {page: [row for row in rows if row.edition == wanted] for page, rows in held.items()}
    if not any(of_edition.values()):
        known = sorted({row.edition for rows in held.values() for row in rows if row.edition})
        raise UnknownReferenceError(f"{target}@{wanted}: nothing held; editions held are {', '.join(map(str, known))}")
    stands = {page: stands_of(store, page, rows, profiles) for page, rows in of_edition.items() if rows}
    first = stands[_source(source, stands)][-1].document
    apart = [_read(store, page, held[page][-1], profiles) for page, rows in of_edition.items() if not rows]
    by_language = {own[-1].document.language: own for own in stands.values()}
    return side_by_side([*(own[-1].document for own in stands.values()), *apart], first.language, by_language)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLanguages:
    """The languages of a target; `error` is why they could not be put side by side."""

    target: str
    languages: Languages | None = None
    error: MonitorError | None = None


def compared_languages(store: Store, targets: Iterable[Target]) -> Iterator[TargetLanguages]:
    """The languages of each target as they stand now; what cannot be read of one stops no other."""
    for target in targets:
        profiles = {(page.target, page.language): page.profile for page in target.pages}
        try:
            languages = languages_of(store, target.id, profiles, source=target.source)
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
    documents: dict[int | None, Document] = {}
    stands = []
    for version, captures in groupby(rows, key=lambda row: row.version):
        own = list(captures)
        if version not in documents:
            documents[version] = _read(store, page, own[-1], profiles)
        stands.append(Stand(document=documents[version], since=own[0].captured_at, until=own[-1].captured_at))
    return stands


def _source(wanted: str, pages: Mapping[Key, object]) -> Key:
    return next((page for page in pages if page[1] == canonical(wanted)), next(iter(pages)))


def _read(store: Store, page: Key, row: CaptureRow, profiles: Profiles) -> Document:
    return read_snapshot(store.snapshot(page, row.sha256), profiles.get(page))
