"""Bytes into a Document: the one way in to everything below."""

import functools
import hashlib
from functools import partial
from typing import TYPE_CHECKING

from monitor.errors import LimitError, ReadingError
from monitor.extract.addresses import readable_address
from monitor.extract.charset import decode
from monitor.extract.cuts import joined
from monitor.extract.detect import language_of
from monitor.extract.flow import Flow, Piece
from monitor.extract.footnotes import closing_notes, heads_notes, without_raised_marks, without_references
from monitor.extract.limits import check_lines, check_size
from monitor.extract.media import Media, charset_in, check_bytes, check_text, media_of
from monitor.extract.quality import judge
from monitor.extract.sections import report_pieces, sections
from monitor.extract.titles import country, edition, title_of
from monitor.language.tag import UNKNOWN, canonical, direction
from monitor.model.document import Document, Footnote
from monitor.sites.profile import Labels, Profile, choose, generic

if TYPE_CHECKING:
    from monitor.model.note import Note


def read(
    content: bytes,
    *,
    source: str,
    language: str | None = None,
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    profile: Profile | None = None,
) -> Document:
    """The document that the bytes are, as its reader sees it.

    `language` is the one asked for: it wins over what the page says, and a text that clearly is in another one gets
    the verdict "wrong language". `charset` is the server's. Without a `profile` the one that knows the site is
    taken. Raises ReadingError if the bytes are no document, LimitError if it would cost too much to read.
    """
    try:
        return _read(content, source, language, url, media_type, charset, profile)
    except LimitError as error:
        raise LimitError(f"{source}: {error}", cause=error.cause) from error
    except ReadingError as error:
        raise ReadingError(f"{source}: {error}") from error


def _read(
    content: bytes,
    source: str,
    language: str | None,
    url: str | None,
    media_type: str | None,
    charset: str | None,
    profile: Profile | None,
) -> Document:
    check_size(content)
    charset = charset or charset_in(media_type)
    check_bytes(content, charset)
    text, notes = decode(content, charset=charset, language=language)
    check_text(text)
    media = media_of(text, source, media_type, url)
    flow, profile = _flow(text, media, url, profile)
    return _document(
        flow,
        profile,
        media=media,
        source=source,
        sha256=hashlib.sha256(content).hexdigest(),
        asked=language,
        url=url,
        notes=notes,
    )


def _flow(text: str, media: Media, url: str | None, profile: Profile | None) -> tuple[Flow, Profile]:
    if media is Media.HTML:
        from monitor.extract.page import Page

        page = Page(text)
        profile = profile or choose(url or page.canonical, matches=page.matches)
        return page.flow(profile, url=url), profile
    check_lines(text)
    profile = profile or choose(url, matches=lambda _: False, text=text)
    if media is Media.MARKDOWN:
        from monitor.extract.markdown import read_markdown

        return read_markdown(text, resolve=partial(readable_address, base=url)), profile
    from monitor.extract.plaintext import read_plain_text

    return read_plain_text(text), profile


def _document(
    flow: Flow,
    profile: Profile,
    *,
    media: Media,
    source: str,
    sha256: str,
    asked: str | None,
    url: str | None,
    notes: "tuple[Note, ...]",
) -> Document:
    labels = _labels(profile)
    title = title_of(flow.titles, flow.pieces, flow.page_title)
    pieces, footnotes = _report(flow, title, labels, paged=media is not Media.HTML)
    spoken = "\n".join(piece.text for piece in pieces)
    language, remarks = _language(asked, flow.language, spoken or flow.outside or title)
    found = sections(pieces, title, partial(_topic, language=language))
    return Document(
        source=source, sha256=sha256, language=language, direction=direction(language), title=title, sections=found,
        quality=judge(flow, title, found, expected=canonical(asked) if asked else None, url=url, notes=notes),
        country=country(title, url or flow.canonical), edition=_edition(title, flow.page_title), footnotes=footnotes,
        alternates=flow.alternates, profile=profile.name, notes=(*notes, *remarks),
    )  # fmt: skip


@functools.cache
def _labels(profile: Profile) -> Labels:
    return profile.labels if profile is generic() else profile.labels.joined(generic().labels)


def _report(flow: Flow, title: str, labels: Labels, *, paged: bool) -> tuple[list[Piece], tuple[Footnote, ...]]:
    """The pieces of the report and its footnotes."""
    pieces = report_pieces(flow.pieces, title, labels)
    footnotes = list(flow.footnotes)
    if footnotes:
        pieces = [piece for piece in pieces if not heads_notes(piece, labels.footnotes)]
    else:
        pieces, references = without_references(pieces, labels.footnotes) if not flow.marks else (pieces, [])
        pieces, footnotes = closing_notes(pieces, references or flow.marks, labels.footnotes)
    if footnotes and pieces and pieces[-1].is_heading:
        pieces = pieces[:-1]
    pieces = without_raised_marks(pieces, footnotes)
    return joined(pieces) if paged else pieces, tuple(footnotes)


def _language(asked: str | None, declared: str, text: str) -> "tuple[str, list[Note]]":
    """The language: asked for, or what the text clearly is, or what the page says it is; with remarks."""
    if asked:
        return canonical(asked), []
    found, said = language_of(text), canonical(declared)
    if found != said and UNKNOWN in (found, said):
        return (said if found == UNKNOWN else found), []
    if found == said != UNKNOWN:
        return said, []
    from monitor.model.note import NoteCode, note

    if found == UNKNOWN:
        return found, [note(NoteCode.LANGUAGE_UNKNOWN)]
    return found, [note(NoteCode.LANGUAGE_CONTRADICTED, language=said, found_language=found)]


def _edition(title: str, page_title: str) -> int | None:
    """The year in the title; else in what the page calls itself, if that is the same title and more."""
    found = edition(title)
    if found is None and title and title.casefold() in page_title.casefold():
        return edition(page_title)
    return found


@functools.lru_cache(maxsize=4_096)
def _topic(heading: str, language: str) -> str | None:
    from monitor.sites.topics import topic

    return topic(heading, language)
