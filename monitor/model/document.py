"""A report as its reader sees it: sections of blocks, footnotes apart, noise gone."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, NewType

from monitor.model.quality import Quality, Verdict

if TYPE_CHECKING:
    from monitor.model.note import Note

__all__ = ["Block", "BlockKind", "Document", "Footnote", "Link", "Quality", "Section", "SectionId", "Verdict"]

SectionId = NewType("SectionId", str)


class BlockKind(StrEnum):
    """What a block is. The text of an image is its alternative text."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    QUOTE = "quote"
    CAPTION = "caption"
    IMAGE = "image"


class Link(NamedTuple):
    """A link inside a block: characters `start` to `end` of its text lead to `href`."""

    start: int
    end: int
    href: str


class Block(NamedTuple):
    """The smallest unit that is aligned: a paragraph and its like. Its text is clean (see `language.words.clean`)."""

    kind: BlockKind
    text: str
    links: tuple[Link, ...] = ()


class Section(NamedTuple):
    """A heading with what stands under it.

    The lead is the section at position 0, headed by the title. `anchor` is the id that the page gives the heading,
    `topic` a name of the topic taxonomy, the same in every language, or None.
    """

    id: SectionId
    position: int
    level: int
    heading: str
    blocks: tuple[Block, ...]
    anchor: str | None = None
    topic: str | None = None

    @property
    def text(self) -> str:
        """The blocks' texts, a line each, without the heading."""
        return "\n".join(block.text for block in self.blocks)


class Footnote(NamedTuple):
    """A note apart from the text, with the address it points to, if any."""

    mark: str
    text: str
    href: str | None = None


class Document(NamedTuple):
    """One reading of one report.

    `language` is a BCP 47 tag, `direction` "ltr" or "rtl", `country` an ISO 3166 code, `edition` the year that the
    title names. `alternates` are the (language, address) pairs that the page itself offers. `notes` are remarks
    on the reading that a user should see. `captured_at` (aware, UTC) is known of what was
    captured or is stored, and None for a file.
    """

    source: str
    sha256: str
    language: str
    direction: str
    title: str
    sections: tuple[Section, ...]
    quality: Quality
    country: str | None = None
    edition: int | None = None
    footnotes: tuple[Footnote, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    profile: str = ""
    notes: "tuple[Note, ...]" = ()
    captured_at: datetime | None = None

    def section(self, section_id: str) -> Section:
        """The section of that id. Raises KeyError if there is none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)
