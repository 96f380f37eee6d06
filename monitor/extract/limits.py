"""What a page may cost, checked in one linear pass before any parser sees it: parsers of HTML take quadratic time in
depth, in attributes and in formatting elements that are left open."""

import re

from monitor.errors import LimitError

MAX_BYTES = 20_000_000
MAX_DEPTH = 512
MAX_ATTRIBUTES = 1_000
MAX_TAGS = 250_000
MAX_LINES = 250_000
_MAX_HIDDEN = 5_000
_MAX_OPEN_FORMATTING = 64
_MAX_RECONSTRUCTED = 400_000

_TAG = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<(?P<raw>script|style)\b(?P<inside>.*?)(?:</(?P=raw)|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-z][^\s/>]*)",
    re.IGNORECASE | re.DOTALL,
)
_LONG_TAG = re.compile(r"<[a-zA-Z](?:[^<>=]|=\s*(?:\"[^\"]*\"|'[^']*')?){2000,}+")
_ATTRIBUTE = re.compile(r"[^\s=/\"'>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param"]
)
_CELLS, _ROWS = frozenset({"td", "th"}), frozenset({"td", "th", "tr"})
_CLOSED_BY = {
    "td": _CELLS, "th": _CELLS, "tr": _ROWS, "tbody": _ROWS | {"thead", "tbody"}, "tfoot": _ROWS | {"thead", "tbody"},
    "li": frozenset({"p", "li"}), "dt": frozenset({"p", "dt", "dd"}), "dd": frozenset({"p", "dt", "dd"}),
    "option": frozenset({"option"}), **dict.fromkeys(["p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "table", "blockquote"], frozenset({"p"})),
}  # fmt: skip
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_SCOPES = frozenset(["table", "td", "th", "caption", "object", "template", "applet", "marquee", "svg", "math"])


def check_size(content: bytes) -> None:
    """Raises LimitError if there are more bytes than a page may have."""
    if len(content) > MAX_BYTES:
        raise LimitError(f"the document has {len(content) / 1e6:.0f} MB, more than {MAX_BYTES // 1_000_000} MB: "
                         "give the report's own page or a part of it")  # fmt: skip


def check_lines(text: str) -> None:
    """Raises LimitError if a text without markup has more lines than a report may have."""
    if text.count("\n") > MAX_LINES:
        raise LimitError(f"the text has more than {MAX_LINES} lines: it is not a report")


def check_markup(text: str) -> None:
    """Raises LimitError if parsing the page would cost more than a page is allowed to."""
    signs = text.count("<")
    if signs > MAX_TAGS:
        raise LimitError(f"the page has more than {MAX_TAGS} tags: it is not a report page")
    if signs > MAX_DEPTH:
        _check_nesting(text)
    long_tag = _LONG_TAG.search(text)
    if long_tag and len(_ATTRIBUTE.findall(long_tag.group())) > MAX_ATTRIBUTES:
        raise LimitError(f"a tag of the page has more than {MAX_ATTRIBUTES} attributes: it is not a report page")


def _check_nesting(text: str) -> None:
    stack: list[str] = []
    formatting = opened = 0
    for found in _TAG.finditer(text):
        name = found["name"]
        if name is None:
            _check_hidden(found["comment"] or found["inside"] or "")
            continue
        name = name.lower()
        if name in _VOID:
            continue
        opened += not found["slash"]
        formatting += (-1 if found["slash"] else 1) if name in _FORMATTING else 0
        _close(stack, name) if found["slash"] else _open(stack, name)
        if len(stack) > MAX_DEPTH:
            raise LimitError(f"the page nests more than {MAX_DEPTH} elements: it is not a report page")
    if formatting > _MAX_OPEN_FORMATTING and formatting * opened > _MAX_RECONSTRUCTED:
        raise LimitError(f"the page leaves {formatting} formatting elements open: it is not a report page")


def _open(stack: list[str], name: str) -> None:
    closed: frozenset[str] = _CLOSED_BY.get(name, frozenset())
    while stack and stack[-1] in closed:
        stack.pop()
    stack.append(name)


def _close(stack: list[str], name: str) -> None:
    if stack and stack[-1] == name:
        stack.pop()
        return
    if name not in stack:
        return
    for index in range(len(stack) - 1, -1, -1):
        if stack[index] == name:
            del stack[index:]
            return
        if stack[index] in _SCOPES:
            return


def _check_hidden(inside: str) -> None:
    """A parser may see elements where this pass sees a comment or a script: those count too, generously."""
    if inside.count("<") > _MAX_HIDDEN:
        raise LimitError(f"a script or comment of the page holds more than {_MAX_HIDDEN} tags: it is not a report page")
