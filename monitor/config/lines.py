"""On which line of a TOML text each key stands, also in one with mistakes. Used only once something is wrong."""

import re
from dataclasses import dataclass, field

Place = tuple[str | int, ...]
"""Where a value stands: keys, and a number for each entry of an array of tables."""

_LITERALS = re.compile(
    r'"""(?:\\.|[^\\])*?"""|' + r"'''.*?'''" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'|#[^\n]*", re.DOTALL
)
_KEY = re.compile(r""""((?:\\.|[^"\\])*)"|'([^']*)'|([A-Za-z0-9_-]+)""")
_HEADER = re.compile(r"\[\[?[A-Za-z0-9_.\- ]+\]\]?[ \t_]*(?:\n|$)")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True, slots=True)
class Lines:
    """On which line each value stands, and what is written twice. `twice` holds (path, first line, second line)."""

    known: dict[Place, int] = field(default_factory=dict)
    twice: list[tuple[Place, int, int]] = field(default_factory=list)

    def of(self, path: Place) -> int:
        """The line of a value, or of the nearest table around it; 1 if that is nowhere."""
        while path and path not in self.known:
            path = path[:-1]
        return self.known.get(path, 1)


def lines_of(text: str) -> Lines:
    """Where every key of a TOML text stands, also of one with mistakes in it."""
    masked = _LITERALS.sub(lambda literal: "_" * len(literal.group()), text)
    lines = Lines()
    table: Place = ()
    counts: dict[Place, int] = {}
    line, counted = 1, 0
    for start, end in _statements(masked):
        line += text.count("\n", counted, start)
        counted = start
        statement = masked[start:end].strip()
        if statement.startswith("[["):
            table = _header(statement, counts)
            number = counts[table] = counts.get(table, -1) + 1
            table = (*table, number)
            lines.known[table] = line
        elif statement.startswith("["):
            table = _header(statement, counts)
            _note(lines, table, line)
        elif "=" in masked[start:end]:
            key = text[start : masked.index("=", start)]
            _note(lines, (*table, *_keys(key)), line)
    return lines


def syntax_problems(name: str, text: str, message: str) -> list[str]:
    """What to tell of a text that the parser refused with that message: what is written twice, else the message."""
    twice = lines_of(text).twice
    if twice:
        return [
            f"{name}:{second}: {'.'.join(map(str, path))} is written a second time (first on line {first}); remove one"
            for path, first, second in twice
        ]
    place = _AT_LINE.search(message)
    line = int(place.group(1)) if place else text.count("\n") + 1
    shown = text.split("\n")[line - 1].strip()[:80] if place else "the end of the file"
    reason = _AT_LINE.sub("", message).removesuffix(" (at end of document)")
    return [f"{name}:{line}: is no TOML: {reason[:1].lower()}{reason[1:]}; found {shown!r}"]


def _statements(masked: str) -> list[tuple[int, int]]:
    """The spans of the statements: lines, joined while a bracket that a value opened is open."""
    spans = []
    start = depth = 0
    for match in re.finditer(r"[\[\]{}\n]", masked):
        character = match.group()
        if character in "[{":
            depth += 1
        elif character in "]}":
            depth = max(0, depth - 1)
        elif depth == 0 or _begins_table(masked, match.end()):
            spans.append((start, match.start()))
            start, depth = match.end(), 0
    spans.append((start, len(masked)))
    return [(start, end) for start, end in spans if masked[start:end].strip(" \t_\n")]


def _begins_table(masked: str, at: int) -> bool:
    """True where a header stands at the start of a line: a bracket that was never closed ends there at the latest."""
    return _HEADER.match(masked, at) is not None


def _header(statement: str, counts: dict[Place, int]) -> Place:
    """The path of a header; below an array of tables it goes on from the last entry."""
    keys = _keys(statement.strip("[]").partition("]")[0])
    path: Place = ()
    for number, key in enumerate(keys, 1):
        path = (*path, key)
        if path in counts and not (number == len(keys) and statement.startswith("[[")):
            path = (*path, counts[path])
    return path


def _keys(text: str) -> list[str]:
    return ["".join(groups) for groups in _KEY.findall(text)]


def _note(lines: Lines, path: Place, line: int) -> None:
    if path in lines.known:
        lines.twice.append((path, lines.known[path], line))
    else:
        lines.known[path] = line
