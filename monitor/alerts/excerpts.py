"""Texts cut down to what a message has room for, without losing what changed."""

from collections.abc import Iterable

from monitor.model.comparison import Hunk, Operation
from monitor.model.statistic import Statistic

MOST_CHARACTERS = 1_200
_AROUND = 60
_LONGEST_RUN = 400
_LONGEST_SENTENCE = 300
_GAP = "…"


def excerpt(hunks: Iterable[Hunk]) -> tuple[Hunk, ...]:
    """The hunks with long runs shortened: at most MOST_CHARACTERS together, an ellipsis where text is left out.

    Of what stands in both texts the characters next to a change stay; the last hunk is an ellipsis if changes had to
    be left out.
    """
    found = tuple(hunks)
    shown: list[Hunk] = []
    room = MOST_CHARACTERS
    for index, hunk in enumerate(found):
        text = _shortened(hunk, first=index == 0, last=index == len(found) - 1)
        if len(text) > room:
            shown.append(Hunk(Operation.EQUAL, _GAP))
            break
        room -= len(text)
        shown.append(Hunk(hunk.operation, text))
    return tuple(shown)


def sentence(text: str, statistic: Statistic | None) -> str:
    """The sentence, cut down around the statistic if it is long."""
    if len(text) <= _LONGEST_SENTENCE:
        return text
    at = max(text.find(statistic.quote), 0) if statistic else 0
    start = max(0, at - _LONGEST_SENTENCE // 2)
    end = start + _LONGEST_SENTENCE
    return (_GAP if start else "") + text[start:end] + (_GAP if end < len(text) else "")


def _shortened(hunk: Hunk, *, first: bool, last: bool) -> str:
    """The run with its middle left out; of equal text at an edge only the side next to a change."""
    text = hunk.text
    if hunk.operation is not Operation.EQUAL:
        return text if len(text) <= _LONGEST_RUN else text[: _LONGEST_RUN // 2] + _GAP + text[-_LONGEST_RUN // 2 :]
    if first and last:
        return text[:_LONGEST_RUN] + (_GAP if len(text) > _LONGEST_RUN else "")
    head = "" if first else text[:_AROUND]
    tail = "" if last else text[-_AROUND:]
    return text if len(text) <= len(head) + len(tail) + 1 else head.rstrip() + _GAP + tail.lstrip()
