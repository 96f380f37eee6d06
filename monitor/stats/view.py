"""A text made ready for reading numbers: one digit script, one space, one apostrophe, nothing invisible. The only module
that knows how such a text maps back to the text as given."""

import unicodedata
from typing import NamedTuple

import regex

_INVISIBLE = regex.compile(r"[\p{Cf}\u034f\u0640\ufe00-\ufe0f]|[\u064b-\u0652\u0670]|\p{Cs}")
_COMPOSABLE = regex.compile(r"\p{L}\p{M}+")
_FOLDED = str.maketrans({
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\u2008\u200a\u3000\t", " "),
    **dict.fromkeys("’‘ʼ＇`´", "'"),
    **dict.fromkeys("‐‑−﹣－", "-"),
    **dict.fromkeys("–—―‒", "–"),
    **dict.fromkeys("٪％﹪", "%"),
    **dict.fromkeys("\u2028\u2029\r\x0b\x0c\x85", "\n"),
    "٬": ",", "，": ",", "٫": ".", "．": ".", "：": ":", "（": "(", "）": ")", "～": "~", "〜": "~", "／": "/", "⁄": "/",
    "＄": "$", "￥": "¥", "￡": "£", "؛": ";", "؟": "?",
})  # fmt: skip
_OTHER_DIGIT = regex.compile(r"(?![0-9])\p{Nd}")


class View(NamedTuple):
    """The readable text, and for each of its characters where it begins and ends in the text as given.

    `offsets` is None where every character kept its place.
    """

    text: str
    offsets: list[tuple[int, int]] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where characters `start` to `end` of the readable text stand in the text as given; `start` < `end`."""
        if self.offsets is None:
            return start, end
        return self.offsets[start][0], self.offsets[end - 1][1]


def view(text: str) -> View:
    """The text made ready: Arabic-Indic, full-width and other digits become ASCII, spaces and dashes are folded,
    invisible characters and Arabic vowel signs go, decomposed letters are composed."""
    if text.isascii():
        return View(text=text.translate(_FOLDED), offsets=None)
    folded = _OTHER_DIGIT.sub(_ascii, text.translate(_FOLDED))
    if not _INVISIBLE.search(folded) and not _COMPOSABLE.search(folded):
        return View(text=folded, offsets=None)
    return _compacted(folded)


def _ascii(digit: "regex.Match[str]") -> str:
    """The ASCII digit; a digit of a script younger than this Python's Unicode stays what it is."""
    character = digit[0]
    return str(unicodedata.digit(character, character))


def _compacted(text: str) -> View:
    kept: list[str] = []
    offsets: list[tuple[int, int]] = []
    for offset, character in enumerate(text):
        if _INVISIBLE.match(character):
            if kept and unicodedata.combining(character):
                offsets[-1] = offsets[-1][0], offset + 1
            continue
        if kept and unicodedata.combining(character):
            composed = unicodedata.normalize("NFC", kept[-1] + character)
            if len(composed) == 1:
                kept[-1] = composed
                offsets[-1] = offsets[-1][0], offset + 1
                continue
        kept.append(character)
        offsets.append((offset, offset + 1))
    return View(text="".join(kept), offsets=offsets)
