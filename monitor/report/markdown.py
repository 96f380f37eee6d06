"""The report as Markdown, to paste into an issue, a chat or a mail: rendered or not, it reads."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from monitor.model.comparison import Operation
from monitor.report.excerpt import excerpt, joined
from monitor.report.shapes import (
    Beside,
    ChangeCard,
    FigureRow,
    Fold,
    Item,
    Phrase,
    SectionCard,
    Segment,
    Side,
    Tone,
    View,
)
from monitor.report.wording import Wording, wording_of

if TYPE_CHECKING:
    from monitor.report.facts import EditionPart, NameGroup

_AROUND = 200
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|&$]|(?<=www)\.|:(?=//)|[@#](?=\S)", re.IGNORECASE)
_LINE_START = re.compile(r"^(?:[-+=]|#(?=\s|$)|[0-9]+(?=[.)]))")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_MARKS = {Operation.DELETE: ("~~", "{--", "--}"), Operation.INSERT: ("**", "{++", "++}")}


def markdown(view: View) -> str:
    """The report in Markdown, unchanged text left out.

    Removed text is ~~struck~~ and added text **bold**; where a renderer would not take these marks (between a letter
    and a quotation mark, say) the text stands in {--…--} and {++…++}.
    """
    return "\n\n".join(_parts(view, wording_of(view.wording))) + "\n"


def escaped(text: str) -> str:
    """The text with everything defused that Markdown, a chat or a code host would act on: marks, tags, addresses,
    mentions."""
    return _started(_inner(text))


def _defused(found: re.Match[str]) -> str:
    character = found[0]
    if character in "@#":
        return f"{character}\u200b"
    return _ENTITIES.get(character, f"\\{character}")


def _parts(view: View, words: Wording) -> Iterator[str]:
    yield f"# {_phrase(view.headline)}"
    yield escaped(view.kicker)
    yield from (f"> ⚠ {_phrase(warning)}" for warning in view.warnings)
    yield "\n".join(f"- {'⚠ ' if remark.tone is Tone.FLAG else ''}{_phrase(remark.phrase)}" for remark in view.summary)
    yield from (f"> {words.say('note')}{words.say('colon')}{_phrase(note)}" for note in view.notes)
    if view.keys:
        yield "\n".join(f"- **{escaped(key.value)}** {escaped(key.label)}" for key in view.keys)
    if view.edition:
        yield f"## {words.say('subjects')}"
        yield "\n".join(_subjects(view.edition, view, words))
    if view.figures:
        yield f"## {words.say('figures' if view.kind == 'revision' else f'figures_{view.kind}')}"
        yield "\n".join(_table(view, words))
        if view.figures_cut:
            yield view.figures_cut
    yield from (escaped(group.label) for group in view.figure_groups)
    if view.edition:
        yield from _all_names(view.edition, words)
    for card in view.sections:
        if not card.still:
            yield from _section(card)
    if view.footnotes:
        yield f"## {words.say('footnotes')}"
        yield from _items(view.footnotes)
    yield from _foot(view, words)


def _subjects(part: "EditionPart", view: View, words: Wording) -> Iterator[str]:
    yield _row(
        escaped(head)
        for head in (view.old.label, words.say("column_words"), view.new.label, words.say("column_words"), "")
    )
    yield "|---|---|---|---|---|"
    for row in part.subjects:
        old, new = (" · ".join(piece.text for piece in side) or "—" for side in (row.old, row.new))
        states = ", ".join(f"{state.symbol} {state.label}" for state in row.states)
        yield _row(escaped(cell) for cell in (old, row.old_words, new, row.new_words, states))


def _all_names(part: "EditionPart", words: Wording) -> Iterator[str]:
    if part.names:
        yield f"## {words.say('names')}"
    for kind in part.names:
        yield f"### {escaped(kind.label)}"
        yield "\n".join(_names(kind.groups, words))
    if part.sources:
        yield f"## {words.say('sources')}"
        yield "\n".join(_names(part.sources, words))


def _names(groups: "Iterable[NameGroup]", words: Wording) -> Iterator[str]:
    for group in groups:
        names = [f"{name.name} ({name.times})" if name.times else name.name for name in group.names]
        listed = words.sentences["list_comma"].join([*names, *([group.cut] if group.cut else [])])
        yield f"- **{escaped(group.label)}{words.say('colon').rstrip()}** {escaped(listed)}"


def _table(view: View, words: Wording) -> Iterator[str]:
    heads = [
        words.say("column_section"),
        words.say("column_counted"),
        view.old.label,
        view.new.label,
        words.say("column_difference"),
    ]
    yield _row(escaped(head) for head in heads)
    yield "|---|---|---|---|---|"
    yield from (_row(_cells(row)) for row in view.figures)


def _cells(row: FigureRow) -> list[str]:
    difference = f"{row.difference} · {row.sure}" if row.sure else row.difference
    cells = [row.section.text, row.counted, row.old or "—", row.new or "—", difference]
    return [escaped(cell) for cell in cells]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _section(card: SectionCard) -> Iterator[str]:
    states = ", ".join([*(f"{state.symbol} {state.label}" for state in card.states), *filter(None, [card.measure])])
    beside = f" · {_inner(card.beside.text)}" if card.beside else ""
    yield f"## {_segments(card.heading)}{beside}" + (f" ({states})" if states else "")
    yield from (_phrase(remark.phrase) for remark in card.remarks)
    yield from _items(card.items)


def _items(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if isinstance(item, ChangeCard):
            yield from _change(item)
        elif isinstance(item, Beside):
            yield from _beside(item)
        elif not isinstance(item, Fold):
            yield f"*{_phrase(item.phrase, strong=False)}*"


def _change(card: ChangeCard) -> Iterator[str]:
    if card.reasons:
        yield "\n".join(
            f"- {'⚠ ' if reason.tone is Tone.FLAG else ''}{_phrase(reason.phrase)}" for reason in card.reasons
        )
    yield f"> {_segments(excerpt(card.segments, _AROUND))}"
    if card.cut:
        yield f"> {card.cut}"


def _beside(item: Beside) -> Iterator[str]:
    """What stands on one side only; what is folded is left out."""
    for side in (0, 1):
        texts = [text for row in item.rows for text in row[side]] if not item.label else []
        if texts:
            yield f"**{escaped(item.heads[side])}**"
        yield from (f"> {_segments(text.segments)}" for text in texts)
    if item.cut:
        yield f"> {item.cut}"


def _foot(view: View, words: Wording) -> Iterator[str]:
    still = [escaped(card.title) for card in view.sections if card.still]
    if still:
        yield f"{words.say('sections_agreeing' if view.kind == 'translation' else 'sections_unchanged', n=len(still))}{words.say('colon')}{' · '.join(still)}"
    yield "---"
    yield "\n".join(f"- {_side(side, words)}" for side in (view.old, view.new))
    if view.not_counted:
        yield view.not_counted


def _side(side: Side, words: Wording) -> str:
    source = f"<{side.href}>" if side.href else escaped(side.source)
    return f"{escaped(side.label)}{words.say('colon')}{source} (SHA-256 {side.sha256[:16]})"


def _phrase(phrase: Phrase, *, strong: bool = True) -> str:
    return "".join(f"**{escaped(piece.text)}**" if piece.strong and strong else _inner(piece.text) for piece in phrase)


def _inner(text: str) -> str:
    return _SPECIAL.sub(_defused, text)


def _started(text: str) -> str:
    """The text with no list, heading or rule at its start."""
    return _LINE_START.sub(lambda start: f"\\{start[0]}" if start[0] in "-+=#" else f"{start[0]}\\", text)


def _segments(segments: Iterable[Segment]) -> str:
    found = list(joined(segments))
    written: list[str] = []
    for index, segment in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        if segment.operation is Operation.EQUAL:
            written.append(_inner(segment.text))
            continue
        if before and before.operation is not Operation.EQUAL and not written[-1].endswith(" "):
            written.append(" ")
        written.append(_marked(segment, _last_character(before), _first_character(after)))
    return _started("".join(written))


def _marked(segment: Segment, before: str, after: str) -> str:
    """The run in its marks, the white space at its ends outside of them."""
    mark, opening, closing = _MARKS[segment.operation]
    inner = segment.text.strip()
    start, end = segment.text.partition(inner)[::2] if inner else ("", "")
    safe = inner and _may_touch(start[-1:] or before, inner[0]) and _may_touch(end[:1] or after, inner[-1])
    if not safe:
        return f"{opening}{_inner(segment.text)}{closing}"
    return f"{start}{mark}{_inner(inner)}{mark}{end}"


def _may_touch(outside: str, inside: str) -> bool:
    """The rule of CommonMark for emphasis: a mark between a letter outside and punctuation inside is none."""
    return not _is_mark(inside) or not outside or outside.isspace() or _is_mark(outside)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _first_character(segment: Segment | None) -> str:
    return segment.text[:1] if segment and segment.operation is Operation.EQUAL else " " if segment else ""


def _last_character(segment: Segment | None) -> str:
    return segment.text[-1:] if segment and segment.operation is Operation.EQUAL else " " if segment else ""
