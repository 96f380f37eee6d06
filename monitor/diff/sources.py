"""On whose word a text relies: who stands where a phrase gives a source ("according to …", "… said")."""

from collections import Counter

from monitor.diff.names import Name, Names
from monitor.diff.phrases import Mention, Sense, may_attribute, mentions
from monitor.diff.units import Shape, Units, units
from monitor.language.lexicon import lexicon
from monitor.language.tag import uses_spaces

_MOST_WORDS = 5
_MOST_HAN = 12
_NEAR = 2


def sources(named: Names, language: str) -> dict[str, int]:
    """How often a text relies on each source: a name, or the words for one without a name ("survivors").

    A source stands between its phrase and the next mark of punctuation; one of more than a few words counts only if a
    name stands beside the phrase.
    """
    counts = Counter[str]()
    for text, found in named.sentences:
        if may_attribute(text, language):
            cut = units(text, language)
            for mention in mentions(cut, language):
                if mention.sense is Sense.ATTRIBUTION:
                    counts.update(_source(cut, mention, found, language))
    return dict(counts)


def _source(cut: Units, mention: Mention, found: tuple[Name, ...], language: str) -> list[str]:
    """The one source of a mention, if there is one to be told."""
    attributions = lexicon(language).attributions
    if mention.name in attributions:
        told = _told(cut, _inside(cut, mention, attributions) or _after(cut, mention), mention, found, language)
    elif mention.start and cut.shapes[mention.start - 1] is Shape.COMMON:
        told = ""  # "their claims", "he said"
    elif before := _before(cut, mention):
        told = _told(cut, before, mention, found, language)
    else:
        behind = (name for name in found if name.start >= cut.ends[mention.end - 1])
        told = next((name.text for name in behind if _is_beside(cut, name, mention)), "")
    return [told] if told else []


def _told(cut: Units, span: range, mention: Mention, found: tuple[Name, ...], language: str) -> str:
    """The name in the span that is nearest to the phrase, else the words themselves, without what is around them."""
    whole = span
    while span and cut.shapes[span[0]] is not Shape.WORD:
        span = span[1:]
    while span and cut.shapes[span[-1]] is not Shape.WORD:
        span = span[:-1]
    if not span:
        return ""
    is_short = len(span) <= (_MOST_WORDS if uses_spaces(language) else _MOST_HAN)
    names = [
        name for name in found if cut.starts[whole[0]] <= name.start and name.end <= cut.ends[whole[-1]]
        and (is_short or _is_beside(cut, name, mention))
    ]  # fmt: skip
    if names:
        return min(names, key=lambda name: abs(name.start - cut.starts[mention.start])).text
    words = cut.slice(span[0], span[-1] + 1) if is_short and Shape.NUMBER not in cut.shapes[span[0] : span[-1]] else ""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _is_beside(cut: Units, name: Name, mention: Mention) -> bool:
    first = next(unit for unit, start in enumerate(cut.starts) if cut.ends[unit] > name.start)
    last = next(unit for unit, end in enumerate(cut.ends) if end >= name.end)
    return min(abs(first - mention.end), abs(mention.start - 1 - last)) <= _NEAR


def _inside(cut: Units, mention: Mention, attributions: tuple[str, ...]) -> range:
    """What stands in the gap of a phrase that has one; empty for any other."""
    words = "".join(cut.keys[mention.start : mention.end])
    for phrase in attributions[attributions.index(mention.name)].split(" | "):
        head, gap, tail = (part.strip() for part in phrase.partition("…"))
        if gap and words.startswith(head) and words.endswith(tail):
            return range(mention.start + len(head), mention.end - len(tail))
    return range(0)


def _after(cut: Units, mention: Mention) -> range:
    start = end = mention.end
    while end < len(cut.keys) and cut.shapes[end] is not Shape.MARK:
        end += 1
    return range(start, end)


def _before(cut: Units, mention: Mention) -> range:
    start = end = mention.start
    while start > 0 and cut.shapes[start - 1] is not Shape.MARK:
        start -= 1
    return range(start, end)
