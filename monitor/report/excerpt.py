"""A change shortened to what changed: long runs that stand in both texts are left out between, by whole words."""

from collections.abc import Iterable, Iterator

from monitor.language.words import tokens
from monitor.model.comparison import Operation
from monitor.report.shapes import Segment

_GAP = "…"


def excerpt(segments: Iterable[Segment], around: int) -> tuple[Segment, ...]:
    """The segments with at most about `around` characters of unchanged text on each side of a change."""
    found = list(segments)
    changed = any(segment.operation is not Operation.EQUAL for segment in found)
    last = len(found) - 1
    return tuple(
        _shortened(segment, around, before=index > 0, after=index < last)
        if changed and segment.operation is Operation.EQUAL
        else segment
        for index, segment in enumerate(found)
    )


def joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours of one operation as one: the mark on figures is lost."""
    last: Segment | None = None
    for segment in segments:
        if last and last.operation is segment.operation:
            last = Segment(operation=last.operation, text=last.text + segment.text)
        else:
            if last:
                yield last
            last = segment
    if last:
        yield last


def _shortened(segment: Segment, around: int, *, before: bool, after: bool) -> Segment:
    """`before`/`after`: whether something stands before and after the run, so that its end or start must stay."""
    text = segment.text
    if len(text) <= around * (before + after) + around // 2:
        return segment
    head = _head(text, around) if before else ""
    tail = _tail(text, around) if after else ""
    return Segment(operation=Operation.EQUAL, text=f"{head}{_GAP}{tail}", figure=segment.figure)


def _head(text: str, length: int) -> str:
    kept, used = [], 0
    for token in tokens(text[: length * 2]):
        used += len(token)
        if used > length:
            break
        kept.append(token)
    return "".join(kept)


def _tail(text: str, length: int) -> str:
    kept, used = [], 0
    for token in reversed(tokens(text[-length * 2 :])):
        used += len(token)
        if used > length:
            break
        kept.append(token)
    return "".join(reversed(kept))
