"""A message ready for a channel: subject, short text, full text and HTML."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.alerts.schedule import Dispatch
from monitor.delivery.letter import Figure, Letter, Link, Part, Passage, Story, letter
from monitor.delivery.words import words_of
from monitor.language.tag import uses_spaces
from monitor.model.comparison import Operation
from monitor.report.shapes import Phrase
from monitor.report.wording import Wording

_MARKS = {Operation.DELETE: ("[-", "-]"), Operation.INSERT: ("{+", "+}"), Operation.EQUAL: ("", "")}
_ISOLATE, _END = "\u2068", "\u2069"
_MOST_IN_SHORT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is told, in every form that a channel may want.

    `html` is a document, `fragment` the same without what stands around its body; `links` lead to the report and the
    page.
    """

    subject: str
    short: str
    text: str
    html: str
    fragment: str
    language: str
    direction: str
    links: tuple[Link, ...] = ()


def message(dispatch: Dispatch, reports: Mapping[str, str] | None = None, *, attached: bool = False) -> Message:
    """The dispatch in the words of its language.

    `reports` are the addresses of the full reports by comparison id; `attached` says that a report comes with the
    message.
    """
    from monitor.delivery.html import fragment, page

    found = letter(dispatch.alerts, wording=dispatch.wording, form=dispatch.form, reports=reports or {})
    return Message(
        subject=found.subject, short=_short(found), text=_text(found, attached=attached),
        html=page(found, attached=attached), fragment=fragment(found), language=found.wording, direction=found.direction,
        links=tuple(link for story in found.stories for part in story.parts for link in part.links),
    )  # fmt: skip


def marked(passage: Passage) -> str:
    """The text of a passage with what is gone in [-…-] and what is new in {+…+}."""
    return "".join(
        segment.text.join(_MARKS[segment.operation]) if segment.operation is not Operation.EQUAL else segment.text
        for segment in passage.segments
    )


def _short(found: Letter) -> str:
    """A line or two: what a chat or a telephone shows."""
    if len(found.stories) == 1:
        story = found.stories[0]
        return "\n".join(
            [_bare(story.heading, found.direction), *(_bare(phrase, found.direction) for phrase in story.sentences[:1])]
        )
    shown = [f"• {_bare(story.heading, found.direction)}" for story in found.stories[:_MOST_IN_SHORT]]
    return "\n".join([found.subject, *shown, *(["…"] if len(found.stories) > _MOST_IN_SHORT else [])])


def _text(found: Letter, *, attached: bool) -> str:
    words = words_of(found.wording)
    lines = [found.intro] if found.intro else []
    for story in found.stories:
        lines += ["", *_story(story, words), ""]
    if attached:
        lines += [words.say("attached")]
    if found.has_passages:
        lines += [words.say("marks")]
    return "\n".join([*lines, *found.closing]).strip("\n") + "\n"


def _story(story: Story, words: Wording) -> Iterator[str]:
    heading = _bare(story.heading, words.direction)
    yield from (heading, "=" * min(_width(heading), 70))
    space = " " if uses_spaces(words.tag) else ""
    yield space.join(_bare(phrase, words.direction) for phrase in story.sentences)
    for part in story.parts:
        yield from _part(part, words)
    if story.rest:
        yield from ("", story.rest)


def _part(part: Part, words: Wording) -> Iterator[str]:
    if part.label and (part.sections or part.figures or part.passages):
        yield from ("", part.label)
    if part.sections:
        yield from ("", *(f"- {_bare(phrase, words.direction)}" for phrase in part.sections))
    if part.figures:
        yield from ("", words.say("figures") + words.sentences["colon"].rstrip())
        yield from (f"- {_figure(figure, part.heads, words)}" for figure in part.figures)
    for passage in part.passages:
        yield from ("", _about(passage, words), f"  {_isolated(marked(passage), words.direction)}")
    if part.links:
        yield from ("", *(f"{link.label}: {link.href}" for link in part.links))


def _figure(figure: Figure, heads: tuple[str, str], words: Wording) -> str:
    """One line: the figure before and after, or in both languages, the difference, and what it counts where."""
    old, new = (_isolated(text, words.direction) or "—" for text in (figure.old, figure.new))
    bilingual = figure.old_language != figure.language
    both = words.say("figure_in_both" if bilingual else "gist_figure", old=old, new=new, one=heads[0], other=heads[1])
    about = [_isolated(text, words.direction) for text in (figure.counted, figure.section) if text]
    told = words.sentences["list_heavy"].join([figure.difference, *about])
    return words.sentences["colon"].join([both, told])


def _about(passage: Passage, words: Wording) -> str:
    """Where a passage stands and why it is told."""
    why = words.sentences["list_heavy"].join(_bare(reason, words.direction) for reason in passage.reasons)
    return words.sentences["colon"].join(filter(None, (_isolated(passage.section, words.direction), why)))


def _bare(phrase: Phrase, direction: str) -> str:
    """The phrase as text, the words of documents kept from reordering the sentence around them."""
    pieces: Sequence[str] = [
        _isolated(piece.text, direction) if piece.language is not None else piece.text for piece in phrase
    ]
    return "".join(pieces)


def _isolated(text: str, direction: str) -> str:
    """The text, isolated if it may run against the direction of what stands around it."""
    if direction == "rtl":
        against = any(unicodedata.bidirectional(character) == "L" for character in text)
    else:
        against = _runs_right_to_left(text)
    return f"{_ISOLATE}{text}{_END}" if against else text


def _runs_right_to_left(text: Iterable[str]) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
