"""Stored bytes read with today's code, and what the store keeps of a reading."""

import hashlib

from monitor.language.words import key
from monitor.model.document import Document
from monitor.model.history import Reading, Snapshot
from monitor.model.quality import Verdict


def read_snapshot(snapshot: Snapshot, profile: str | None = None) -> Document:
    """The document that the snapshot's bytes are; `profile` names the site profile or is the path of the user's own.

    Raises:
        ReadingError: the bytes are no document.
    """
    from monitor.extract.reading import read
    from monitor.sites.profile import named_profile

    name = f"{snapshot.target}/{snapshot.language}@{snapshot.sha256[:12]}"
    document = read(
        snapshot.content,
        source=name,
        language=snapshot.language,
        url=snapshot.url,
        media_type=snapshot.media_type,
        profile=None if profile is None else named_profile(profile),
    )
    return document._replace(captured_at=snapshot.captured_at)


def reading_of(document: Document, *, believed: bool = False) -> Reading:
    """What the store keeps of a reading; one that is `believed` is a version whatever the page is taken for."""
    quality = document.quality
    is_version = quality.is_report or believed
    return Reading(
        verdict=Verdict.ACCEPTED if is_version and not quality.is_report else quality.verdict,
        reason=quality.reason,
        digest=digest_of(document) if is_version else None,
        title=document.title,
        edition=document.edition,
    )


def digest_of(document: Document) -> bytes:
    """A name for what the reader sees: equal for two readings that differ in typography at most."""
    digest = hashlib.sha256(key(document.title).encode())
    for section in document.sections:
        digest.update(f"\x00{key(section.heading)}".encode())
        for block in section.blocks:
            digest.update(f"\x01{block.kind}\x02{key(block.text)}".encode())
            for link in block.links:
                digest.update(f"\x03{link.href}".encode())
    for note in document.footnotes:
        digest.update(f"\x04{key(note.text)}\x02{note.href or ''}".encode())
    return digest.digest()
