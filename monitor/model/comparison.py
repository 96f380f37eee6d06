"""Two documents side by side: which sections correspond, what changed in them, and which figures."""

import hashlib
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from monitor.model.document import Document, Section, SectionId
from monitor.model.statistic import StatisticChange

if TYPE_CHECKING:
    from monitor.model.note import Note


class ComparisonKind(StrEnum):
    """What the two documents are to each other; it follows from their languages and editions."""

    REVISION = "revision"
    EDITION = "edition"
    TRANSLATION = "translation"


class SectionStatus(StrEnum):
    """What became of a section's text. Renamed and moved are told apart from it."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    REWRITTEN = "rewritten"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"


class SectionLink(NamedTuple):
    """Sections that correspond: one id a side, none (added, removed) or several (split, merged).

    `similarity` of the texts and `confidence` in the link are in 0…1. `shorter`: a translation is far shorter than its
    other sections lead to expect.
    """

    old: tuple[SectionId, ...]
    new: tuple[SectionId, ...]
    status: SectionStatus
    renamed: bool = False
    moved: bool = False
    similarity: float = 0.0
    confidence: float = 1.0
    shorter: bool = False

    def to_dict(self) -> dict[str, object]:
        """The link as it stands in the JSON output."""
        return {
            "old": list(self.old), "new": list(self.new), "status": self.status.value, "renamed": self.renamed,
            "moved": self.moved, "similarity": round(self.similarity, 4), "confidence": round(self.confidence, 4),
            "shorter": self.shorter,
        }  # fmt: skip


class ChangeClass(StrEnum):
    """What a change is to its reader, gravest first. Typography is shown on request only and never alerts."""

    NEGATION = "negation"
    HEDGING = "hedging"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    ADDED = "added"
    REMOVED = "removed"
    WORDING = "wording"
    FOOTNOTE = "footnote"
    LINK = "link"
    IMAGE = "image"
    MOVED = "moved"
    TYPOGRAPHY = "typography"


class Operation(StrEnum):
    """What a hunk does: stand in both texts, only in the old, only in the new."""

    EQUAL = "="
    DELETE = "-"
    INSERT = "+"


class Hunk(NamedTuple):
    """A run of text. A change's `=` and `-` hunks joined give the old text, its `=` and `+` hunks the new."""

    operation: Operation
    text: str


class Finding(NamedTuple):
    """One thing that a change did: its class, with the words that went and the words that came (either may be "")."""

    change_class: ChangeClass
    old: str
    new: str


class Change(NamedTuple):
    """One paragraph-level change.

    `change_class` is the gravest of `findings`. `old_block`/`new_block` number the blocks in their sections (None:
    the heading, a footnote, or no such side). `moved` is true if the block also changed its place.
    """

    change_class: ChangeClass
    old_section: SectionId | None
    new_section: SectionId | None
    old_text: str
    new_text: str
    hunks: tuple[Hunk, ...]
    old_block: int | None = None
    new_block: int | None = None
    moved: bool = False
    findings: tuple[Finding, ...] = ()
    statistics: tuple[StatisticChange, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The change as it stands in the JSON output."""
        return {
            "old_section": self.old_section, "new_section": self.new_section, "class": self.change_class.value,
            "old_text": self.old_text, "new_text": self.new_text,
            "hunks": [[hunk.operation.value, hunk.text] for hunk in self.hunks],
            "old_block": self.old_block, "new_block": self.new_block, "moved": self.moved,
            "findings": [{"class": f.change_class.value, "old": f.old, "new": f.new} for f in self.findings],
            "statistics": [statistic.to_dict() for statistic in self.statistics],
        }  # fmt: skip


class NameKind(StrEnum):
    """What bears a name, where words in or around it tell."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


class Mentioned(NamedTuple):
    """A name in both editions or one of them, with how often it stands there."""

    name: str
    old: int
    new: int
    kind: NameKind = NameKind.OTHER

    def to_dict(self) -> dict[str, object]:
        """The name as it stands in the JSON output."""
        return {"name": self.name, "old": self.old, "new": self.new, "kind": self.kind.value}


class Subject(NamedTuple):
    """How much a subject is written about: its sections and their words on both sides (None: the subject is missing)."""

    old: tuple[SectionId, ...]
    new: tuple[SectionId, ...]
    old_words: int | None
    new_words: int | None

    def to_dict(self) -> dict[str, object]:
        """The subject as it stands in the JSON output."""
        return {
            "old": list(self.old), "new": list(self.new), "old_words": self.old_words, "new_words": self.new_words,
        }  # fmt: skip


class EditionFacts(NamedTuple):
    """What a reader asks of two editions beside their sections and figures.

    `carried_over` is the share of the new text (0…1) that the old edition had, word for word or nearly. `names` are
    those mentioned in either edition, `sources` those whose statements the text gives ("according to …"). `related`
    are sections that correspond to no other but share rare words with one: (old, new).
    """

    carried_over: float
    subjects: tuple[Subject, ...]
    names: tuple[Mentioned, ...]
    sources: tuple[Mentioned, ...]
    related: tuple[tuple[SectionId, SectionId], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The facts as they stand in the JSON output."""
        return {
            "carried_over": round(self.carried_over, 4),
            "subjects": [subject.to_dict() for subject in self.subjects],
            "names": [name.to_dict() for name in self.names],
            "sources": [source.to_dict() for source in self.sources],
            "related": [list(pair) for pair in self.related],
        }


class Comparison(NamedTuple):
    """Two documents compared.

    `alignment` covers every section of both sides exactly once. `changed` is false if a reader of the report would
    see no difference. `outline_similarity` (0…1) says how far the outlines of two editions correspond, `editions` what else is known of two. `notes` are
    remarks for the reader.
    """

    kind: ComparisonKind
    old: Document
    new: Document
    alignment: tuple[SectionLink, ...]
    changes: tuple[Change, ...]
    statistics: tuple[StatisticChange, ...] = ()
    changed: bool = True
    outline_similarity: float | None = None
    editions: EditionFacts | None = None
    notes: "tuple[Note, ...]" = ()

    @property
    def id(self) -> str:
        """A stable name: the same two texts compared as the same kind have the same id."""
        return hashlib.sha256(f"{self.kind}\n{self.old.sha256}\n{self.new.sha256}".encode()).hexdigest()[:24]

    def to_dict(self) -> dict[str, object]:
        """The comparison as it stands in the JSON output (`comparison/1`)."""
        return {
            "id": self.id, "schema": "comparison/1", "kind": self.kind.value, "changed": self.changed,
            "old": side(self.old), "new": side(self.new),
            "sections": {"old": [_outline(s) for s in self.old.sections], "new": [_outline(s) for s in self.new.sections]},
            "alignment": [link.to_dict() for link in self.alignment],
            "changes": [change.to_dict() for change in self.changes],
            "statistics": [statistic.to_dict() for statistic in self.statistics],
            "summary": self.summary(), "outline_similarity": self.outline_similarity,
            "editions": self.editions and self.editions.to_dict(), "notes": [str(note) for note in self.notes],
            "note_codes": [note.to_dict() for note in self.notes],
        }  # fmt: skip

    def summary(self) -> dict[str, dict[str, int]]:
        """How many sections, changes and statistics changed, by status, class and event."""
        sections = Counter(link.status.value for link in self.alignment if link.status is not SectionStatus.UNCHANGED)
        sections.update({"moved": sum(link.moved for link in self.alignment)})
        sections.update({"renamed": sum(link.renamed for link in self.alignment)})
        return {
            "sections": {name: count for name, count in sections.items() if count},
            "changes": dict(Counter(change.change_class.value for change in self.changes)),
            "statistics": dict(Counter(statistic.change.value for statistic in self.statistics)),
        }


def side(document: Document) -> dict[str, object]:
    """What is told of a document in a comparison's record: everything but its text."""
    return {
        "source": document.source, "sha256": document.sha256, "language": document.language,
        "title": document.title, "edition": document.edition, "direction": document.direction,
        "verdict": document.quality.verdict.value, "reason": document.quality.reason,
        "captured_at": document.captured_at and document.captured_at.isoformat(),
    }  # fmt: skip


def _outline(section: Section) -> dict[str, object]:
    return {
        "id": section.id, "position": section.position, "level": section.level,
        "heading": section.heading, "topic": section.topic,
    }  # fmt: skip
