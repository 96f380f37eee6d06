"""One change as a card: its marked text, and why it is shown, in words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from monitor.model.comparison import Change, ChangeClass, Finding, Hunk, Operation
from monitor.model.statistic import Statistic, StatisticChange, StatisticEvent
from monitor.report.figures import difference
from monitor.report.shapes import ChangeCard, Phrase, Piece, Reason, Segment, Tone
from monitor.report.visible import visible
from monitor.report.wording import Wording

FLAGGED = frozenset({ChangeClass.HEDGING, ChangeClass.NEGATION})
LONGEST_TEXT = 20_000
_REASONS = 6
_LONGEST_WORDS = 90
_PAIRED = frozenset({
    ChangeClass.HEDGING, ChangeClass.NEGATION, ChangeClass.NUMBER, ChangeClass.DATE, ChangeClass.NAME,
    ChangeClass.LINK, ChangeClass.IMAGE, ChangeClass.FOOTNOTE,
})  # fmt: skip
_TONES = {ChangeClass.ADDED: Tone.ADD, ChangeClass.REMOVED: Tone.REMOVE, ChangeClass.MOVED: Tone.MOVE}
_SHOWN_EVENTS = frozenset({StatisticEvent.CHANGED, StatisticEvent.ADDED, StatisticEvent.REMOVED})

Span = tuple[int, int]


def card(
    change: Change,
    words: Wording,
    *,
    anchor: str,
    languages: tuple[str, str],
    kind: str = "paragraph",
    bare: bool = False,
) -> ChangeCard:
    """The card of a change, without its reasons if `bare`.

    A text longer than LONGEST_TEXT characters is cut, and the card says by how much.
    """
    found = segments(change)
    shown, left_out = limited(found, LONGEST_TEXT)
    return ChangeCard(
        anchor=anchor, change_class=change.change_class.value, tone=tone(change),
        reasons=() if bare else reasons(change, words, languages),
        segments=shown, old_language=languages[0], new_language=languages[1], kind=kind,
        cut=words.say("characters_more", n=left_out) if left_out else "",
    )  # fmt: skip


def tone(change: Change) -> Tone:
    """Flag for a change that touched a reservation or a negation, else the tone of its class."""
    if any(finding.change_class in FLAGGED for finding in change.findings) or change.change_class in FLAGGED:
        return Tone.FLAG
    return _TONES.get(change.change_class, Tone.EDIT)


def segments(change: Change) -> tuple[Segment, ...]:
    """The hunks of a change as segments, with its changed statistics marked."""
    shown = [statistic for statistic in change.statistics if statistic.change in _SHOWN_EVENTS]
    old_spans = _spans(change.old_text, (statistic.old for statistic in shown))
    new_spans = _spans(change.new_text, (statistic.new for statistic in shown))
    found: list[Segment] = []
    old = new = 0
    for hunk in change.hunks:
        length = len(hunk.text)
        spans: list[Span] = []
        if hunk.operation is not Operation.INSERT:
            spans += [(start - old, end - old) for start, end in old_spans]
            old += length
        if hunk.operation is not Operation.DELETE:
            spans += [(start - new, end - new) for start, end in new_spans]
            new += length
        found.extend(_cut(hunk, spans))
    return tuple(found)


def limited(found: Sequence[Segment], limit: int) -> tuple[tuple[Segment, ...], int]:
    """The first segments with `limit` characters together, and how many characters are left out."""
    shown: list[Segment] = []
    room = limit
    for segment in found:
        if room <= 0:
            break
        text = segment.text[:room]
        room -= len(text)
        shown.append(Segment(operation=segment.operation, text=text, figure=segment.figure))
    return tuple(shown), sum(len(segment.text) for segment in found) - sum(len(segment.text) for segment in shown)


def reasons(change: Change, words: Wording, languages: tuple[str, str]) -> tuple[Reason, ...]:
    """Why the change is shown: a line for each finding, or for its class if it has none."""
    telling = [finding for finding in change.findings if finding.change_class is not ChangeClass.WORDING]
    findings = telling or [Finding(change_class=change.change_class, old="", new="")]
    lines = [_reason(finding, change.statistics, words, languages) for finding in findings]
    if change.moved and change.change_class is not ChangeClass.MOVED:
        lines.append(Reason(tone=Tone.MOVE, phrase=words.phrase("moved")))
    lines = list(dict.fromkeys(lines))
    if len(lines) > _REASONS:
        more = words.phrase("findings_more", n=len(lines) - _REASONS)
        lines = [*lines[:_REASONS], Reason(tone=Tone.CALM, phrase=more)]
    return tuple(lines)


def finding_phrase(
    finding: Finding, statistics: Iterable[StatisticChange], words: Wording, languages: tuple[str, str]
) -> Phrase:
    """A finding in words: "A reservation was dropped: “reportedly”"."""
    name = finding.change_class.value
    old, new = finding.old.strip(), finding.new.strip()
    if finding.change_class not in _PAIRED or not (old or new):
        return words.phrase(name)
    event = "changed" if old and new else "dropped" if old else "added"
    values = {"old": _quoted(old, languages[0]), "new": _quoted(new, languages[1])}
    change = _statistic(finding, statistics)
    if event == "changed" and change and (by := difference(change, words)):
        return words.phrase("number_changed_by", difference=by, **values)
    return words.phrase(f"{name}_{event}", **values)


def shortened(text: str, longest: int = _LONGEST_WORDS) -> str:
    """The text made safe to show, its middle left out if it is longer than that."""
    if len(text) > longest:
        text = f"{text[: longest // 2].rstrip()} … {text[-longest // 2 :].lstrip()}"
    return visible(text)


def _reason(
    finding: Finding, statistics: Iterable[StatisticChange], words: Wording, languages: tuple[str, str]
) -> Reason:
    found = Tone.FLAG if finding.change_class in FLAGGED else _TONES.get(finding.change_class, Tone.EDIT)
    return Reason(tone=found, phrase=finding_phrase(finding, statistics, words, languages))


def _quoted(text: str, language: str) -> Piece:
    return Piece(text=shortened(text), language=language)


def _statistic(finding: Finding, statistics: Iterable[StatisticChange]) -> StatisticChange | None:
    if finding.change_class is not ChangeClass.NUMBER:
        return None
    for change in statistics:
        if (
            change.old
            and change.new
            and finding.old.strip() in change.old.quote
            and finding.new.strip() in change.new.quote
        ):
            return change
    return None


def _spans(text: str, statistics: Iterable[Statistic | None]) -> list[Span]:
    """Where the statistics stand in a change's text, which may join several blocks."""
    found = []
    for statistic in filter(None, statistics):
        start = statistic.start
        if not text.startswith(statistic.quote, start):
            start = text.find(statistic.quote)
        if start >= 0:
            found.append((start, start + len(statistic.quote)))
    return found


def _cut(hunk: Hunk, spans: Iterable[Span]) -> Iterable[Segment]:
    for start, end, figure in cut_at(len(hunk.text), spans):
        yield Segment(operation=hunk.operation, text=visible(hunk.text[start:end]), figure=figure)


def cut_at(length: int, spans: Iterable[Span]) -> Iterator[tuple[int, int, bool]]:
    """A text of that length cut at the ends of the spans: start, end, and whether the part lies in a span."""
    inside = [(max(start, 0), min(end, length)) for start, end in spans if start < length and end > 0]
    edges = sorted({0, length, *(edge for span in inside for edge in span)})
    for start, end in pairwise(edges):
        yield start, end, any(first <= start and end <= last for first, last in inside)
