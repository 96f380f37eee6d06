"""Text into comparable text, sentences and words, for any script. The only module that knows the `regex` library's
word shapes; nothing here knows a language by name."""

import unicodedata
from collections.abc import Iterable
from itertools import islice

import regex

_SPACES = regex.compile(r"\s+")
_INVISIBLE = regex.compile(r"[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u202A-\u202E"
                           r"\u2060-\u206F\uFE00-\uFE0F\uFEFF\uFFF9-\uFFFB\U000E0000-\U000E0FFF]"
                           r"|(?<!\p{Arabic}|\p{Syriac}|\p{Indic_Syllabic_Category=Virama})[\u200C\u200D]"
                           r"|[\u200C\u200D](?!\p{L})")  # fmt: skip
_UNCLEAN_YET_PRINTABLE = regex.compile(
    r"[\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\uFB50-\uFDFF\uFE00-\uFE0F\uFE70-\uFEFC\U000E0100-\U000E01EF]"
)
_CONTROL = regex.compile(r"[\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\uD800-\uDFFF\uFFFE\uFFFF]")
_JOINERS_AND_TATWEEL = regex.compile("[\u200c\u200d\u0640]")
_TATWEEL_ALONE = regex.compile(r"(?<![\p{L}\p{M}])\u0640+(?![\p{L}\p{M}])")
_ARABIC_SHAPE = regex.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_TYPOGRAPHY = str.maketrans({
    **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},
    "،": ",", "؛": ";", "؟": "?",
    **dict.fromkeys("‘’‚‛′ʼ`´＇｀", "'"),
    **dict.fromkeys("“”„‟″«»「」『』〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–—―−－﹣", "-"),
    "…": "...",
})  # fmt: skip
_SPACE_BESIDE_MARK = regex.compile(r" (?=[,;:!?%»\"')\]])|(?<=[«\"'(\[]) ")
_RUN = r"[[\p{L}\p{N}]--\p{Han}][[\p{L}\p{N}\p{M}\u200c\u200d]--\p{Han}]*+"
_WORD_SHAPE = (
    r"\p{Han}"
    r"|\p{Nd}{1,3}(?:[.,٫٬'’ \u202f\u00a0]\p{Nd}{3}(?!\p{Nd}))+(?:[.,٫]\p{Nd}+)?"  # grouped digits
    rf"|{_RUN}(?:(?:[-‐‑'’·&]|[.,٫:/](?<=\p{{Nd}}.)(?=\p{{Nd}})|\.(?<=\b\p{{L}}\.)(?=\p{{L}}\b)){_RUN})*"
)
_WORD = regex.compile(_WORD_SHAPE, regex.V1)
_TOKEN = regex.compile(rf"\s+|{_WORD_SHAPE}|.", regex.V1 | regex.DOTALL)
_SPACELESS = regex.compile(r"[\p{Han}\p{Block=CJK_Symbols_And_Punctuation}\p{Block=Halfwidth_And_Fullwidth_Forms}]")
_WIDE = regex.compile("[\u2e80-\uffef\U00020000-\U0003ffff]")
_SPACE_BESIDE_HAN = regex.compile(rf" (?:(?={_SPACELESS.pattern})|(?<=(?:{_SPACELESS.pattern}|\p{{Han}}[,;:!?)]) ))")
_SENTENCE_END = regex.compile(r"[.!?؟۔]+[\p{Pf}\p{Pe}\"'’”»]*(?=\s|$)|[。！？；]+[\p{Pf}\p{Pe}”’」』]*|\n+")


def clean(text: str) -> str:
    """The text as its reader sees it: NFC, every run of white space one space, invisible characters gone.

    Joiners inside Arabic and Indic words stay, since they change what is seen. Arabic letters that are coded by their
    shape become letters. Control characters and lone surrogates become U+FFFD. Never NFKC as a whole: it would turn
    10⁵ into 105.
    """
    if text.isprintable() and "  " not in text and (text.isascii() or not _UNCLEAN_YET_PRINTABLE.search(text)):
        return unicodedata.normalize("NFC", text).strip()
    text = _CONTROL.sub("\ufffd", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ARABIC_SHAPE.sub(_letters, _INVISIBLE.sub("", text)))
    return _SPACES.sub(" ", text).strip()


def _letters(shape: regex.Match[str]) -> str:
    """The letters that an Arabic shape stands for; a whole phrase in one shape stays as it is."""
    letters = unicodedata.normalize("NFKC", shape[0]).strip()
    return shape[0] if " " in letters else letters


def key(text: str) -> str:
    """The text for comparison: `clean`, and quotes, dashes, ellipses, full-width and Arabic marks, tatweel, joiners
    and the white space before a punctuation mark or beside a Han character folded; a tatweel that stretches no letter
    is a dash. Two texts with equal keys differ in typography at most."""
    text = clean(text)
    if not text.isascii():
        if "\u0640" in text:
            text = _TATWEEL_ALONE.sub("-", text)
        if _WIDE.search(text):
            text = _SPACE_BESIDE_HAN.sub("", text)
        text = _JOINERS_AND_TATWEEL.sub("", text).translate(_TYPOGRAPHY)
    return _SPACE_BESIDE_MARK.sub("", text.replace("`", "'").replace("''", '"'))


def tokens(text: str) -> list[str]:
    """The text cut into tokens that, joined, give it back: words with their inner apostrophes, hyphens and initials'
    stops, numbers whole ("150 000", "4,5", "03/04/2024"), Han characters one by one, white space runs, single marks."""
    return _TOKEN.findall(text)


def words(text: str) -> list[str]:
    """The tokens that carry letters or digits, case-folded."""
    return _WORD.findall(text.casefold())


def placed_words(text: str) -> list[tuple[int, str]]:
    """The tokens that carry letters or digits as they are written, each with the character that it begins at."""
    found, place = [], 0
    for word in _WORD.findall(text):
        place = text.index(word, place)
        found.append((place, word))
        place += len(word)
    return found


def word_count(text: str) -> int:
    """How long a text is in words; a Han character counts as one."""
    return len(_WORD.findall(text))


def run_on(texts: Iterable[str]) -> str:
    """The texts as one: a space between two of them, except beside a Han character or its punctuation."""
    whole = ""
    for text in texts:
        close = not whole or not text or _SPACELESS.match(whole[-1]) or _SPACELESS.match(text)
        whole += text if close else f" {text}"
    return whole


def has_words(text: str, count: int) -> bool:
    """Whether a text is at least so many words long; reads no further than that."""
    return next(islice(_WORD.finditer(text), count - 1, None), None) is not None


def sentences(text: str, abbreviations: Iterable[str] = ()) -> list[tuple[int, int]]:
    """The spans of the text's sentences, in order, without the white space around them.

    A full stop after one of the `abbreviations` (case-folded, without their last stop), a single capital letter or
    before a lower-case letter ends no sentence.
    """
    known = frozenset(abbreviations)
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if text[end.start()] == "." and _is_inner_stop(text, end.start(), end.end(), known):
            continue
        _append_span(spans, text, start, end.end())
        start = end.end()
    _append_span(spans, text, start, len(text))
    return spans


def _is_inner_stop(text: str, stop: int, after: int, abbreviations: frozenset[str]) -> bool:
    before = text[max(0, stop - 24) : stop]
    last = before[before.rfind(" ") + 1 :].lstrip("(«“\"'‘[")
    if last.casefold() in abbreviations or (len(last) == 1 and last.isupper()):
        return True
    following = text[after : after + 2].lstrip()
    return following[:1].islower()


def _append_span(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
