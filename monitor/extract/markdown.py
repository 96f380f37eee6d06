"""Markdown into a flow: the part of it that saved pages and text editions of reports use, HTML rests included."""

import html
from collections.abc import Callable

import regex

from monitor.extract.flow import LINK_END, LINK_START, Flow, Piece, linked_text
from monitor.extract.footnotes import footnote
from monitor.language.words import clean
from monitor.model.document import BlockKind, Footnote, Link

_FRONT_MATTER = regex.compile(r"\A---[^\S\n]*\n(.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", regex.DOTALL)
_FRONT_LINE = regex.compile(r"(?m)^(title|lang|language):[^\S\n]*[\"']?(.*?)[\"']?[^\S\n]*$")
_PERMALINK = regex.compile(r"\s*\[[^\[\]\p{L}\p{N}]+\]\([^()]*\)\s*$")
_UNSEEN = regex.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", regex.DOTALL | regex.IGNORECASE)
_ATX = regex.compile(r" {0,3}(#{1,6})(?:[^\S\n]+(.*?))?(?:[^\S\n]+#+)?[^\S\n]*$")
_SETEXT = regex.compile(r" {0,3}(=+|-{2,})[^\S\n]*$")
_RULE = regex.compile(r" {0,3}(?:(?:\*[^\S\n]*){3,}|(?:-[^\S\n]*){3,}|(?:_[^\S\n]*){3,})$")
_FENCE = regex.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = regex.compile(r"\s*(?:[-*+•]|(\p{Nd}{1,9})[.)])[^\S\n]+(?=\S)")
_QUOTE = regex.compile(r" {0,3}>[^\S\n]?")
_ROW = regex.compile(r"\s*\|.*\|\s*$")
_ROW_RULE = regex.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_NOTE = regex.compile(r" {0,3}\[\^([^\]\s]+)\]:[^\S\n]*")
_TARGET = regex.compile(r" {0,3}\[([^\]^][^\]]*)\]:[^\S\n]*<?(\S+?)>?(?:[^\S\n]+[\"'(].*)?$")
_BLOCK_TAG = regex.compile(
    r"</?(?:p|div|section|article|ul|ol|li|table|tr|figure|br\s*/?|hr\s*/?)\b[^>]*>", regex.IGNORECASE
)
_EXPLICIT_ID = regex.compile(r"\s*\{#([^}\s]+)\}$")
_BOLD = regex.compile(r"(?:\*\*[^*]+\*\*|__[^_]+__)")

_MARK = regex.compile(
    r"<sup[^>]*>\s*(?:\[?<a [^>]*>)?\\?\[?(\p{Nd}{1,3}|[*†‡])\\?\]?(?:</a>)?\s*</sup>"
    r"|\[\^([^\]\s]+)\]|\[(?:<sup>)?\\?\[?(\p{Nd}{1,3})\\?\]?(?:</sup>)?\]\(#[^)]*\)",
    regex.IGNORECASE,
)
_MEASURED = regex.compile(r"(?:\p{Nd}|(?<!\p{L})(?:[kcdm]?m|км|см|м|كم|م))$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_INLINE = regex.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)(?P<code>[^`]+)(?P=ticks)"
    r"|(?P<image>!)?\[(?P<label>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*+)\]"
    r"(?:\(\s*<?(?P<href>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+[\"'(][^)]*)?\s*\)|\[(?P<ref>[^\]]*)\])"
    r"|<(?P<auto>https?://[^\s>]+)>"
    r"|(?P<tag></?[a-zA-Z][^<>]*>)"
)
_EMPHASIS = regex.compile(
    r"(\*{1,3})(?=\S)([^*]*[^*\s])\*{1,3}|(?<![\p{L}\p{N}_])_{1,3}(?=\S)([^_]*[^_\s])_{1,3}(?![\p{L}\p{N}_])|~~(?=\S)[^~]*[^~\s]~~"
)

_NESTED_EMPHASIS = 2
_TO_LITERAL = {ord(sign): 0xE100 + ord(sign) for sign in "*_~`<>[]&"}
_FROM_LITERAL = {private: sign for sign, private in _TO_LITERAL.items()}

Resolve = Callable[[str], str | None]


def read_markdown(text: str, *, resolve: Resolve) -> Flow:
    """The flow of a Markdown text; `resolve` makes an address of a link target, or None if it leads nowhere."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(LINK_START, "\ufffd").replace(LINK_END, "\ufffd")
    front = _FRONT_MATTER.match(text)
    said = dict(_FRONT_LINE.findall(front[1])) if front else {}
    reader = _Reader(resolve)
    reader.read(_UNSEEN.sub("", text[front.end() if front else 0 :]).split("\n"))
    return Flow(
        pieces=tuple(reader.pieces), titles=(said["title"],) if said.get("title") else (),
        language=said.get("lang") or said.get("language", ""), footnotes=tuple(reader.footnotes), marks=tuple(reader.marks),
    )  # fmt: skip


class _Reader:
    """Reads lines into pieces; holds the block that is being read and what it is."""

    def __init__(self, resolve: Resolve) -> None:
        self.pieces: list[Piece] = []
        self.footnotes: list[Footnote] = []
        self.marks: list[str] = []
        self._resolve = resolve
        self._targets: dict[str, str] = {}
        self._lines: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._number: int | None = None
        self._note: str | None = None
        self._fence = ""

    def read(self, lines: list[str]) -> None:
        """Reads all lines; link targets first, since they may stand at the end."""
        self._targets = {
            found[1].casefold(): found[2] for line in lines if "]:" in line and (found := _TARGET.match(line))
        }
        for line in lines:
            self._line(line)
        self._flush()

    def _line(self, line: str) -> None:
        fence = _FENCE.match(line)
        if fence and (not self._fence or line.strip().startswith(self._fence)):
            self._flush()
            self._fence = "" if self._fence else fence[1]
        elif self._fence:
            self._lines.append(line) if line.strip() else self._flush()
        elif not line.strip() or (self._targets and _TARGET.match(line)):
            self._flush()
        elif not self._heading(line) and not self._special(line):
            self._lines.append(line)

    def _heading(self, line: str) -> bool:
        atx = _ATX.match(line)
        if atx:
            self._flush()
            self._append_heading(atx[2] or "", len(atx[1]))
            return True
        setext = _SETEXT.match(line) if self._lines and self._kind is BlockKind.PARAGRAPH and not self._note else None
        if setext:
            text = " ".join(self._lines)
            self._lines = []
            self._append_heading(text, 1 if setext[1][0] == "=" else 2)
            return True
        return False

    def _special(self, line: str) -> bool:
        """Takes a line that begins a block of its own; false for running text."""
        if _RULE.match(line):
            self._flush()
        elif note := _NOTE.match(line):
            self._begin(BlockKind.PARAGRAPH, line[note.end() :])
            self._note = note[1]
        elif quote := _QUOTE.match(line):
            self._quoted(line[quote.end() :])
        elif _ROW.match(line) or (_ROW_RULE.match(line) and "|" in line):
            self._row(line)
        elif item := _ITEM.match(line):
            self._begin(BlockKind.LIST_ITEM, line[item.end() :])
            self._number = int(item[1]) if item[1] else None
        else:
            return False
        return True

    def _begin(self, kind: BlockKind, line: str) -> None:
        self._flush()
        self._kind = kind
        self._lines = [line]

    def _quoted(self, line: str) -> None:
        if self._kind is not BlockKind.QUOTE or not line.strip():
            self._begin(BlockKind.QUOTE, line)
        else:
            self._lines.append(line)

    def _row(self, line: str) -> None:
        self._flush()
        if _ROW_RULE.match(line):
            return
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if any(cells):
            self._kind = BlockKind.TABLE_ROW if len(cells) > 1 else BlockKind.PARAGRAPH
            self._lines = [" | ".join(cells)]
            self._flush()

    def _append_heading(self, source: str, level: int) -> None:
        identifier = _EXPLICIT_ID.search(source)
        text, _, _ = self._inline(_PERMALINK.sub("", source[: identifier.start()] if identifier else source))
        if text:
            self.pieces.append(Piece(text=text, level=level, anchor=identifier[1] if identifier else None))

    def _flush(self) -> None:
        if self._lines:
            for part in _BLOCK_TAG.split("\n".join(self._lines)):
                self._append(part.strip())
        self._lines, self._kind, self._number, self._note = [], BlockKind.PARAGRAPH, None, None

    def _append(self, source: str) -> None:
        if not source:
            return
        text, links, images = self._inline(source)
        if self._note is not None:
            self.footnotes.append(footnote(self._note, text, links))
        elif text:
            bold = _BOLD.fullmatch(source) is not None
            self.pieces.append(Piece(text=text, kind=self._kind, links=links, number=self._number, bold=bold))
        self.pieces.extend(Piece(text=image, kind=BlockKind.IMAGE) for image in images)

    def _inline(self, source: str) -> tuple[str, tuple[Link, ...], list[str]]:
        """The text of a run of Markdown, its links, and the alternative texts of its images."""
        spans = _Spans(self._resolve, self._targets)
        text, links = linked_text(spans.plain(self._without_marks(source)), spans.hrefs)
        return text, links, spans.images

    def _without_marks(self, source: str) -> str:
        def taken(found: regex.Match[str]) -> str:
            mark: str = found[1] or found[2] or found[3]
            if found[1] and _MEASURED.search(source[max(0, found.start() - 4) : found.start()]):
                return mark.translate(_RAISED)
            self.marks.append(mark)
            return ""

        return _MARK.sub(taken, source)


class _Spans:
    """Strips the signs of inline Markdown; keeps the addresses of links and the texts of images."""

    def __init__(self, resolve: Resolve, targets: dict[str, str]) -> None:
        self.hrefs: list[str | None] = []
        self.images: list[str] = []
        self._resolve, self._targets = resolve, targets

    def plain(self, source: str) -> str:
        """The text with LINK_START and LINK_END around the texts of links."""
        text = self._unmarked(source)
        for _ in range(_NESTED_EMPHASIS):
            text = _EMPHASIS.sub(lambda found: found[2] or found[3] or "", text)
        return html.unescape(text.translate(_FROM_LITERAL))

    def _unmarked(self, source: str) -> str:
        return _INLINE.sub(self._replacement, source)

    def _replacement(self, found: regex.Match[str]) -> str:
        if found["escaped"] or found["code"]:
            literal: str = found["escaped"] or found["code"]
            return literal.translate(_TO_LITERAL)
        if found["tag"]:
            return ""
        if found["auto"]:
            return self._link(found["auto"], found["auto"])
        if found["image"]:
            alternative = clean(_EMPHASIS.sub(r"\2\3", found["label"]))
            self.images.extend([alternative] if alternative else [])
            return ""
        href = found["href"] if found["ref"] is None else self._targets.get((found["ref"] or found["label"]).casefold())
        return self._link(found["label"], href)

    def _link(self, label: str, href: str | None) -> str:
        inside = _INLINE.sub(self._without_link, label)
        self.hrefs.append(self._resolve(href) if href else None)
        return f"{LINK_START}{inside}{LINK_END}"

    def _without_link(self, found: regex.Match[str]) -> str:
        if found["image"] or found["label"] is None:
            return self._replacement(found) if not found["auto"] else str(found["auto"])
        return str(found["label"])
