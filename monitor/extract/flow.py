"""What every reader (page, Markdown, plain text) makes of a document: its pieces in reading order, still without
sections. Knows nothing of markup."""

from typing import NamedTuple

import regex

from monitor.language.words import clean
from monitor.model.document import BlockKind, Footnote, Link

LINK_START, LINK_END = "\ue000", "\ue001"
_LINK_SIGNS = regex.compile("[\ue000\ue001]")


class Piece(NamedTuple):
    """A heading (`level` 1 to 6) or a block (`level` 0), with clean text.

    `number` is the place of an item in a numbered list. `bold` is true if the whole text is printed bold.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    anchor: str | None = None
    links: tuple[Link, ...] = ()
    number: int | None = None
    bold: bool = False

    @property
    def is_heading(self) -> bool:
        """True if the piece heads what follows."""
        return self.level > 0


class Flow(NamedTuple):
    """A document in reading order.

    `titles` are the candidates for the title, best first; `page_title` what the page calls itself besides ("" if
    nothing). `marks` are the footnote marks taken out of the text, in order. `incomplete` is true if the source
    stops before its end, `scripted` if it carries scripts, `known` if a site's own profile found the report in it.
    `outside` is what the whole page shows, for a page with next to nothing in it.
    """

    pieces: tuple[Piece, ...]
    titles: tuple[str, ...] = ()
    page_title: str = ""
    language: str = ""
    footnotes: tuple[Footnote, ...] = ()
    marks: tuple[str, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    canonical: str | None = None
    incomplete: bool = False
    scripted: bool = False
    known: bool = False
    outside: str = ""


def linked_text(raw: str, hrefs: list[str | None]) -> tuple[str, tuple[Link, ...]]:
    """The clean text of `raw`, where LINK_START and LINK_END stand around the text of each link, and its links.

    `hrefs` gives the address of each link in order; None or "" drops the link and keeps its text.
    """
    if not hrefs:
        return clean(raw), ()
    if raw.count(LINK_START) != len(hrefs) or raw.count(LINK_END) != len(hrefs):
        return clean(_LINK_SIGNS.sub("", raw)), ()
    return _without_signs(clean(raw), hrefs)


def _without_signs(text: str, hrefs: list[str | None]) -> tuple[str, tuple[Link, ...]]:
    parts: list[str] = []
    length, spaced, start, links = 0, True, 0, []
    position, addresses = 0, iter(hrefs)
    for sign in [*_LINK_SIGNS.finditer(text), None]:
        part = text[position : sign.start() if sign else len(text)]
        part = part.lstrip(" ") if spaced else part
        if part:
            parts.append(part)
            length, spaced = length + len(part), part.endswith(" ")
        if sign is None:
            break
        position = sign.end()
        if sign.group() == LINK_START:
            start = length
        else:
            links.append((start, length, next(addresses)))
    whole = "".join(parts).rstrip(" ")
    return whole, tuple(_links(whole, links))


def _links(text: str, spans: list[tuple[int, int, str | None]]) -> list[Link]:
    found = []
    for start, end, href in spans:
        while start < end and text[start : start + 1] == " ":
            start += 1
        while end > start and (end > len(text) or text[end - 1] == " "):
            end -= 1
        if href and start < end:
            found.append(Link(start=start, end=end, href=href))
    return found
