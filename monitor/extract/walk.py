"""A parsed element into the pieces a reader sees, in one walk over its tree. Knows what HTML elements mean; nothing of
sites, sections or languages."""

from collections.abc import Callable, Collection, Mapping

import regex

from monitor.extract.flow import LINK_END, LINK_START, Piece, linked_text
from monitor.extract.node import Node
from monitor.language.words import clean
from monitor.model.document import BlockKind, Link

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "td", "th", "ul"
}) | frozenset(HEADINGS)  # fmt: skip
_UNREAD = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "video", "audio",
    "canvas", "map", "input", "button", "select", "textarea", "head", "title", "meta", "link", "datalist",
    "progress", "meter", "applet", "rp"
})  # fmt: skip
_KINDS = {
    "li": BlockKind.LIST_ITEM, "dd": BlockKind.LIST_ITEM, "dt": BlockKind.LIST_ITEM, "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION, "caption": BlockKind.CAPTION,
}  # fmt: skip
_CELLS = ("td", "th")
_NONE: Mapping[int, int] = {}
_LAYOUT_PARTS = ", ".join(
    f"{cell} {part}"
    for cell in _CELLS
    for part in ("table", "h1", "h2", "h3", "h4", "p + p", "br + br", "ul", "ol", "blockquote")
)
_RANDOM_ID = r"(?i)(?:h-|[a-z]+-)?(?:(?=[0-9a-f-]*\d)[0-9a-f]{6,}|[0-9a-f]{8,})(?:-[0-9a-f]{4,})*|\d+"
_MARK = r"[\[(]?(\p{Nd}{1,3}|[*†‡§]{1,3}|[a-z])[\])]?"
_DIGITS = r"[0-9]{1,4}|[+−-][0-9]{1,3}"
_MEASURED = r"(?:\p{Nd}|(?<!\p{L})(?:[kcdm]?m|км|см|м|كم|م|ft|CO))$"
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_FILE_NAME = r"(?i)\S+\.(?:jpe?g|png|gif|webp|svg|avif)|[\p{L}]*[_-]?\d{3,}[\w-]*"
_BLANK_LINES = r"\n[ \t]*\n\s*"
_FILLED = r"[\p{L}\p{N}]"


def pieces(
    root: Node,
    *,
    skip: Collection[int] = (),
    plain: Collection[int] = (),
    heads: Mapping[int, int] = _NONE,
    resolve: Callable[[str], str | None],
) -> tuple[list[Piece], list[str]]:
    """The pieces under `root` in order, and the footnote marks taken out of them.

    `skip` are the nodes (by mem_id) not to be read, `plain` the headings that are mere text, `heads` the levels of
    the others that are headings; `resolve` makes an address of an href, or None if it leads nowhere.
    """
    walk = _Walk(skip, plain, heads, resolve)
    walk.run(root)
    return walk.pieces, walk.marks


class _Walk:
    """The state of one walk: the text run since the last break, and what encloses it."""

    def __init__(
        self,
        skip: Collection[int],
        plain: Collection[int],
        heads: Mapping[int, int],
        resolve: Callable[[str], str | None],
        *,
        unread: Collection[str] = _UNREAD,
        in_heading: bool = False,
    ) -> None:
        self.pieces: list[Piece] = []
        self.marks: list[str] = []
        self._skip, self._plain, self._heads, self._resolve = skip, plain, heads, resolve
        self._unread, self._in_heading = unread, in_heading
        self._run: list[str] = []
        self._hrefs: list[str | None] = []
        self._open_link = False
        self._images: list[Piece] = []
        self._kinds: list[BlockKind] = []
        self._numbers: list[int | None] = []
        self._number: int | None = None
        self._bold = 0
        self._has_plain = False
        self._broken = False
        self._row = 0
        self._layout: list[bool] = []

    def run(self, root: Node) -> None:
        """Visits every node under the root once, in document order, without recursion."""
        node = root.first_child
        root_id = root.mem_id
        while node is not None:
            child = node.first_child if self._enter(node) else None
            while child is None:
                if node.is_element_node:
                    self._leave(node)
                child = node.next
                if child is None:
                    node = node.parent
                    if node is None or node.mem_id == root_id:
                        self.flush()
                        return
                else:
                    break
            node = child

    def flush(self) -> None:
        """Ends the run of text: what was read since the last break becomes a piece."""
        if self._run:
            self._end_link()
            raw = "".join(self._run)
            if not raw.isspace():
                self._append(*linked_text(raw, self._hrefs))
            self._run, self._hrefs, self._has_plain, self._broken = [], [], False, False
        if self._images:
            self.pieces.extend(self._images)
            self._images = []

    def _append(self, text: str, links: tuple[Link, ...]) -> None:
        if not text or (self._row and not regex.search(_FILLED, text)):
            return
        kind = BlockKind.TABLE_ROW if self._row else self._kinds[-1] if self._kinds else BlockKind.PARAGRAPH
        self.pieces.append(Piece(text=text, kind=kind, links=links, number=self._number, bold=not self._has_plain))
        self._number = None

    def _enter(self, node: Node) -> bool:
        """Takes in a node; true if its children are to be read."""
        tag = node.tag or ""
        if tag == "-text":
            self._text(node.text_content or "")
            return False
        if tag in self._unread or node.mem_id in self._skip or tag[:1] in ("-", "!"):
            return False
        if tag in _BLOCKS:
            return self._enter_block(node, tag)
        return self._enter_inline(node, tag)

    def _text(self, text: str) -> None:
        if not text.isspace():
            self._end_bold_line()
        self._run.append(text)
        if (self._broken or not (self._bold or self._has_plain)) and not text.isspace():
            self._has_plain = self._has_plain or not self._bold
            self._broken = False

    def _end_bold_line(self) -> None:
        """Ends a run that is bold up to a line break if plain text comes next: it may be a heading."""
        if self._broken and not (self._bold or self._has_plain or self._kinds or self._row):
            self.flush()

    def _enter_block(self, node: Node, tag: str) -> bool:
        if self._row:
            self._enter_cell(tag)
            return True
        self.flush()
        if tag in _CELLS and all(self._layout[-1:]) and _is_menu(node):
            return False
        if tag == "pre":
            self._preformatted(node)
            return False
        if level := self._level(node, tag):
            self._heading(node, level)
            self._kinds.extend([_KINDS[tag]] if tag in _KINDS else [])
            return False
        if tag in _KINDS:
            self._kinds.append(_KINDS[tag])
        if tag == "li":
            self._count()
        elif tag in ("ol", "ul", "menu"):
            self._numbers.append(_start(node) if tag == "ol" else None)
        elif tag == "table":
            self._layout.append(
                node.css_first(_LAYOUT_PARTS) is not None or node.css_first("td + td, th + td, th + th") is None
            )
        elif tag == "tr" and self._layout and not self._layout[-1]:
            self._row = 1
        return True

    def _enter_cell(self, tag: str) -> None:
        if tag in _CELLS:
            self._run.append(" | " if self._row > 1 else "")
            self._row += 1
        else:
            self._run.append(" ")

    def _enter_inline(self, node: Node, tag: str) -> bool:
        if tag == "br":
            self._break()
        elif tag == "a":
            self._start_link(node)
        elif tag == "img":
            self._image(node)
        elif tag == "sup":
            return not self._superscript(node)
        elif tag in ("b", "strong"):
            self._bold += 1
        return True

    def _leave(self, node: Node) -> None:
        tag = node.tag or ""
        if node.mem_id in self._skip:
            return
        if tag == "a":
            self._end_link()
        elif tag in ("b", "strong"):
            self._bold -= self._bold > 0
        elif tag in _BLOCKS:
            self._leave_block(tag)

    def _leave_block(self, tag: str) -> None:
        if self._row and tag != "tr":
            self._run.append(" ")
            return
        self.flush()
        self._row = 0
        self._number = None
        if tag in _KINDS and self._kinds:
            self._kinds.pop()
        elif tag in ("ol", "ul", "menu") and self._numbers:
            self._numbers.pop()
        elif tag == "table" and self._layout:
            self._layout.pop()

    def _level(self, node: Node, tag: str) -> int:
        """The level of a heading, 0 for what is none: a part of a heading, too."""
        if self._in_heading:
            return 0
        return HEADINGS.get(tag) or (self._heads.get(node.mem_id, 0) if self._heads else 0)

    def _heading(self, node: Node, level: int) -> None:
        inner = self._inside(node, _UNREAD)
        text = _heading_text(inner) or _heading_text(self._inside(node, _UNREAD - {"button"}))
        self.marks.extend(inner.marks)
        if not text:
            return
        if self._kinds or node.mem_id in self._plain:
            kind = self._kinds[-1] if self._kinds else BlockKind.PARAGRAPH
            self.pieces.append(Piece(text=text, kind=kind))
            return
        self.pieces.append(Piece(text=text, level=level, anchor=_anchor(node.attributes.get("id"))))

    def _inside(self, heading: Node, unread: Collection[str]) -> "_Walk":
        """A walk through a heading, without the links in it that are signs."""
        signs = {link.mem_id for link in heading.css("a") if not regex.search(_FILLED, link.text())}
        inner = _Walk({*self._skip, *signs}, self._plain, _NONE, self._resolve, unread=unread, in_heading=True)
        inner.run(heading)
        return inner

    def _preformatted(self, node: Node) -> None:
        for part in regex.split(_BLANK_LINES, node.text()):
            text = clean(part)
            if text:
                self.pieces.append(Piece(text=text, kind=self._kinds[-1] if self._kinds else BlockKind.PARAGRAPH))

    def _count(self) -> None:
        if self._numbers and self._numbers[-1] is not None:
            self._number = self._numbers[-1]
            self._numbers[-1] += 1
        else:
            self._number = None

    def _break(self) -> None:
        """One line break is white space; two in a row end a paragraph."""
        if self._broken and not self._row:
            self.flush()
        else:
            self._run.append("\n")
            self._broken = True

    def _start_link(self, node: Node) -> None:
        self._end_link()
        href = node.attributes.get("href")
        if href is None:
            return
        self._end_bold_line()
        self._hrefs.append(self._resolve(href))
        self._run.append(LINK_START)
        self._open_link = True

    def _end_link(self) -> None:
        if self._open_link:
            self._run.append(LINK_END)
            self._open_link = False

    def _image(self, node: Node) -> None:
        attributes = node.attributes
        alternative = clean(attributes.get("alt") or "")
        if "emoji" in (attributes.get("class") or ""):
            self._run.append(alternative)
        elif alternative and attributes.get("role") != "presentation" and not regex.fullmatch(_FILE_NAME, alternative):
            self._images.append(Piece(text=alternative, kind=BlockKind.IMAGE))

    def _superscript(self, node: Node) -> bool:
        """True if the node was dealt with: a footnote mark is taken out, raised digits stay raised."""
        text = clean(node.text())
        before = "".join(self._run[-3:]).rstrip()
        mark = regex.fullmatch(_MARK, text)
        referring = "fn" in (node.attributes.get("class") or "").split() or node.css_first("a[href*='#']") is not None
        if mark and (referring or ((mark[1] != text or not text.isalpha()) and not regex.search(_MEASURED, before))):
            self.marks.append(mark[1])
            return True
        if regex.fullmatch(_DIGITS, text):
            self._text(text.translate(_RAISED))
            return True
        return False


def _heading_text(inner: _Walk) -> str:
    return clean(" ".join(piece.text for piece in inner.pieces if piece.kind is not BlockKind.IMAGE))


def _is_menu(cell: Node) -> bool:
    """Whether a cell of a layout table holds several links and no word beside them."""
    links = cell.css("a[href]")
    letters = len(regex.findall(_FILLED, cell.text()))
    return len(links) > 1 and letters == sum(len(regex.findall(_FILLED, link.text())) for link in links)


def _start(node: Node) -> int:
    start = node.attributes.get("start") or ""
    return int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 1


def _anchor(identifier: str | None) -> str | None:
    """The id that a heading carries, unless it is one of those made up anew for every copy of the page."""
    if not identifier or regex.fullmatch(_RANDOM_ID, identifier):
        return None
    return identifier
