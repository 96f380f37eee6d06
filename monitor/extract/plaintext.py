"""Plain text into a flow: paragraphs between blank lines, headings by their shape."""

import regex

from monitor.extract.flow import Flow, Piece
from monitor.language.words import clean
from monitor.model.document import BlockKind

_BLANK = regex.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+|\f")
_UNDERLINE = regex.compile(r"[=\-~_*]{3,}")
_ITEM = regex.compile(r"^(?:[-*•◦‣·–—]\s+|(\p{Nd}{1,3})[.)]\s+)")
_ITEM_LINE = regex.compile(r"(?m)^\s*(?=(?:[-*•◦‣·–—]|\p{Nd}{1,3}[.)]|\[\p{Nd}{1,3}\])\s+\S)")
_FINAL = regex.compile(r"[.!?。！？؟۔,،，;；:：]$")
_LETTER = regex.compile(r"\p{L}")
_SHORT, _SHORT_WIDE = 90, 30
_WIDE = regex.compile(r"\p{Han}|\p{Hangul}|\p{Hiragana}|\p{Katakana}")


def read_plain_text(text: str) -> Flow:
    """The flow of a plain text. A heading is a short line by itself, without a final mark, above longer text."""
    blocks = _blocks(text.replace("\r\n", "\n").replace("\r", "\n"))
    pieces: list[Piece] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else ""
        pieces.extend(_pieces(block, following))
    title = pieces[0].text if pieces and pieces[0].is_heading else ""
    return Flow(pieces=tuple(pieces), titles=(title,) if title else ())


def _blocks(text: str) -> list[str]:
    blocks = [block for block in _BLANK.split(text) if block.strip()]
    if len(blocks) > 1:
        return blocks
    return [line for line in text.split("\n") if line.strip()]


def _pieces(block: str, following: str) -> list[Piece]:
    lines = block.strip().split("\n")
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1].strip()):
        rest = "\n".join(lines[2:])
        return [
            Piece(text=clean(lines[0]), level=1 if lines[1].strip()[0] == "=" else 2),
            *(_body(rest) if rest else []),
        ]
    if len(lines) == 1 and _is_heading(clean(block), clean(following)):
        return [Piece(text=clean(block), level=2)]
    return _body(block)


def _is_heading(text: str, following: str) -> bool:
    limit = _SHORT_WIDE if _WIDE.search(text) else _SHORT
    if not text or len(text) > limit or not following or _FINAL.search(text) or not _LETTER.search(text):
        return False
    if text[0].islower() or _ITEM.match(text) or text.startswith(("(", "[", "“", '"', "«", "©", "←")):
        return False
    return len(following) > len(text) or not _FINAL.search(following)


def _body(block: str) -> list[Piece]:
    found = []
    for part in _ITEM_LINE.split(block):
        text = clean(part)
        item = _ITEM.match(text)
        if item:
            number = int(item[1]) if item[1] else None
            found.append(Piece(text=text[item.end() :], kind=BlockKind.LIST_ITEM, number=number))
        elif text and not _UNDERLINE.fullmatch(text):
            found.append(Piece(text=text))
    return found
