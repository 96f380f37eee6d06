"""Text laid out for a terminal: wrapped by what the characters take up, with or without colour."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

_CHUNK = re.compile("[ ]+|[^ ]+")
_FIRST_WIDE = "\u1100"
_OPENING = frozenset({"Ps", "Pi"})
_CLOSING = frozenset({"Po", "Pe", "Pf"})


class Style(StrEnum):
    """How a run looks, as the parameters of an SGR escape; each is told apart by more than its colour."""

    PLAIN = ""
    STRONG = "1"
    SOFT = "2"
    REMOVED = "31;9"
    ADDED = "32;4"
    FLAG = "1;33"
    MOVED = "35"


class Run(NamedTuple):
    """Text of one style."""

    text: str
    style: Style = Style.PLAIN


def columns(text: str) -> int:
    """How many columns of a terminal the text takes: two for wide characters, none for marks that combine."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def wrapped(runs: Iterable[Run], *, width: int, indent: str = "", hanging: str | None = None, colour: bool) -> str:
    """The runs as lines no wider than `width`, the first indented by `indent`, the others by `hanging`.

    Breaks stand at spaces and between wide characters, never before closing or after opening punctuation. A word
    wider than a line is cut.
    """
    first, rest = indent, indent if hanging is None else hanging
    room = max(width - max(columns(first), columns(rest)), 8)
    lines: list[list[Run]] = [[]]
    used = 0
    for unit in _units(runs, room):
        text = "".join(run.text for run in unit)
        if used and used + columns(text.rstrip(" ")) > room:
            lines.append([])
            used = 0
        if used or len(lines) == 1 or text.strip(" "):
            lines[-1].extend(unit)
            used += columns(text)
    indents = [first, *[rest] * (len(lines) - 1)]
    return "".join(f"{lead}{_painted(line, colour=colour)}\n" for lead, line in zip(indents, lines, strict=True))


def _units(runs: Iterable[Run], longest: int) -> Iterator[list[Run]]:
    """The runs cut where a line may break; no unit is wider than `longest`."""
    unit: list[Run] = []
    used = 0
    for run in runs:
        for token in _tokens(run.text, longest):
            needed = columns(token)
            if unit and (_may_break(unit[-1].text, token) or used + needed > longest):
                yield unit
                unit, used = [], 0
            unit.append(Run(token, run.style))
            used += needed
    if unit:
        yield unit


def _tokens(text: str, longest: int) -> Iterator[str]:
    """Spaces, words and single wide characters; no token is wider than `longest`."""
    for chunk in _CHUNK.findall(text):
        if max(chunk) >= _FIRST_WIDE:
            yield from chunk
        elif len(chunk) <= longest:
            yield chunk
        else:
            yield from (chunk[start : start + longest] for start in range(0, len(chunk), longest))


def _may_break(before: str, after: str) -> bool:
    if " " in (before[0], after[0]):
        return before[0] != after[0]
    if _width(before[-1]) < 2 or _width(after[0]) < 2:
        return False
    return unicodedata.category(before[-1]) not in _OPENING and unicodedata.category(after[0]) not in _CLOSING


def _painted(line: list[Run], *, colour: bool) -> str:
    while line and line[-1].text[0] == " ":
        line.pop()
    if not colour:
        return "".join(run.text for run in line)
    parts, style = [], Style.PLAIN
    for run in line:
        if run.style is not style:
            parts.append("\x1b[0m" if style else "")
            parts.append(f"\x1b[{run.style.value}m" if run.style else "")
            style = run.style
        parts.append(run.text)
    return "".join(parts) + ("\x1b[0m" if style else "")


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
