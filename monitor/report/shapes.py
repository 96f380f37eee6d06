"""What a report is made of before it has a format: sentences, cards, rows. Values only; every decision is taken.

Named tuples, built with keywords: twenty dataclasses would cost every start of the program 10 ms.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from monitor.model.comparison import Operation

if TYPE_CHECKING:
    from monitor.report.facts import EditionPart, FigureGroup, Key
    from monitor.report.held import SmallGrid


class Tone(StrEnum):
    """How a thing is meant to strike the eye."""

    FLAG = "flag"
    EDIT = "edit"
    MOVE = "move"
    ADD = "add"
    REMOVE = "remove"
    CALM = "calm"


class Piece(NamedTuple):
    """A run of a sentence. `language` is set for words of a document and None for the report's own words;
    `anchor` is the id of the card that the words lead to, or ""."""

    text: str
    language: str | None = None
    strong: bool = False
    anchor: str = ""


Phrase = tuple[Piece, ...]


def text_of(phrase: Phrase) -> str:
    """The phrase as bare text."""
    return "".join(piece.text for piece in phrase)


class Segment(NamedTuple):
    """A run of a changed text: standing in both, removed or added. `figure` is true on a changed statistic."""

    operation: Operation
    text: str
    figure: bool = False


class Reason(NamedTuple):
    """Why a change is shown: one finding in words. Tone `flag` is for what must not be overlooked."""

    tone: Tone
    phrase: Phrase


class ChangeCard(NamedTuple):
    """One change of one paragraph. `kind` is what the block is (`paragraph`, `list_item`, …); `cut` tells how much
    text is left out, or ""."""

    anchor: str
    change_class: str
    tone: Tone
    reasons: tuple[Reason, ...]
    segments: tuple[Segment, ...]
    old_language: str
    new_language: str
    kind: str = "paragraph"
    cut: str = ""

    @property
    def old_segments(self) -> tuple[Segment, ...]:
        """The old text alone."""
        return tuple(segment for segment in self.segments if segment.operation is not Operation.INSERT)

    @property
    def new_segments(self) -> tuple[Segment, ...]:
        """The new text alone."""
        return tuple(segment for segment in self.segments if segment.operation is not Operation.DELETE)


class FoldedText(NamedTuple):
    """One unchanged block."""

    kind: str
    text: str


class Fold(NamedTuple):
    """A run of unchanged blocks, folded under its label."""

    label: str
    language: str
    texts: tuple[FoldedText, ...]
    cut: str = ""


class MarkedText(NamedTuple):
    """One block of a text that stands beside another, its telling figures marked."""

    kind: str
    segments: tuple[Segment, ...]


class Beside(NamedTuple):
    """Texts of both sides next to each other, row by row; folded under its label, or open if that is ""."""

    label: str
    heads: tuple[str, str]
    languages: tuple[str, str]
    rows: tuple[tuple[tuple[MarkedText, ...], tuple[MarkedText, ...]], ...]
    cut: str = ""

    @property
    def only(self) -> str:
        """The side, "old" or "new", that alone has a text, else ""."""
        has_old, has_new = (any(row[side] for row in self.rows) for side in (0, 1))
        return "" if has_old and has_new else "old" if has_old else "new"


class Remark(NamedTuple):
    """A line of the report's own between the texts ("This paragraph moved to …", "and 12 more changes")."""

    tone: Tone
    phrase: Phrase


Item = ChangeCard | Fold | Beside | Remark


class State(NamedTuple):
    """What became of a section: a symbol and, always beside it, the word."""

    name: str
    symbol: str
    label: str
    tone: Tone


class SectionCard(NamedTuple):
    """One section, or several that were split or merged.

    `changed`: a reader of the report would see a difference; `quiet`: there is nothing to show but unchanged text.
    `href` leads to the section on the page it came from, or is "". `beside` is the heading in the other language of a
    translation, `measure` how long the section was and is, or "".
    """

    anchor: str
    language: str
    heading: tuple[Segment, ...]
    states: tuple[State, ...]
    remarks: tuple[Remark, ...]
    items: tuple[Item, ...]
    changed: bool
    quiet: bool
    href: str = ""
    beside: Piece | None = None
    measure: str = ""

    @property
    def still(self) -> bool:
        """True if the card holds nothing but a heading and unchanged text."""
        return self.quiet and not self.changed

    @property
    def title(self) -> str:
        """The heading as it stands now."""
        return "".join(segment.text for segment in self.heading if segment.operation is not Operation.DELETE)


class FigureRow(NamedTuple):
    """A statistic before and after. `direction` is "up", "down" or ""; the sentence is cut into what stands before
    the figure, the figure and what stands after it; `old_sentence` is that of the old side where both are told.
    `sure` is how sure it is that both count the same, where that is told."""

    section: Piece
    counted: str
    old: str
    new: str
    difference: str
    direction: str
    sentence: tuple[str, str, str]
    old_language: str
    new_language: str
    tone: Tone
    old_sentence: tuple[str, str, str] | None = None
    sure: str = ""

    @property
    def language(self) -> str:
        """The language that `counted` and `sentence` are in."""
        return self.new_language if self.new else self.old_language


class Side(NamedTuple):
    """One of the two documents. `href` is its address if it is one for a browser, else ""."""

    label: str
    title: str
    language: str
    language_name: str
    source: str
    href: str
    sha256: str


class View(NamedTuple):
    """A whole report. `wording` is the language of its own words; `warnings` say that a side is not the report. `keys`
    and `edition` are empty for a revision; `figure_groups` hold the figures of one side where `figures` has the others.
    `languages`: the other languages of a new edition that is held.
    """

    wording: str
    direction: str
    kind: str
    changed: bool
    kicker: str
    headline: Phrase
    summary: tuple[Remark, ...]
    warnings: tuple[Phrase, ...]
    notes: tuple[Phrase, ...]
    figures: tuple[FigureRow, ...]
    figures_cut: str
    sections: tuple[SectionCard, ...]
    footnotes: tuple[Item, ...]
    old: Side
    new: Side
    not_counted: str
    keys: "tuple[Key, ...]" = ()
    figure_groups: "tuple[FigureGroup, ...]" = ()
    edition: "EditionPart | None" = None
    languages: "SmallGrid | None" = None

    @property
    def has_two_layouts(self) -> bool:
        """True if there are changes that can be read in one text or side by side."""
        items = (item for card in self.sections for item in card.items)
        return any(isinstance(item, ChangeCard) for item in (*items, *self.footnotes))
