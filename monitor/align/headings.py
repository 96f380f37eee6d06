"""What the headings of two editions say of their sections' being the same, as log-odds: the same words, letters, topics."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from monitor.language.words import key
from monitor.model.document import Section
from monitor.sites.topics import parts, topics

_SAME_HEADING = 5.0
_SAME_TOPIC = 3.0
_PART_OF_TOPIC = 1.5
_OTHER_TOPIC = -3.0
_UNKNOWN_TOPIC = -0.5
_LIKE_HEADING = 2.0

_Topics = frozenset[str]


class Headings:
    """The headings of the sections of two editions; one that says nothing, like a bare number, is "".

    `odds[i][j]` is what old heading i and new heading j say; None if one of them says nothing.
    """

    def __init__(self, old: Sequence[Section], new: Sequence[Section], language: str) -> None:
        self.old, self.new = [_heading(section) for section in old], [_heading(section) for section in new]
        self._topics = [_named(section, language) for section in old], [_named(section, language) for section in new]
        bits: dict[tuple[str, str], int] = {}
        self._letters = [_letters(text, bits) for text in self.old], [_letters(text, bits) for text in self.new]
        self._known: dict[tuple[_Topics, _Topics], float] = {}
        self.odds = [self._row(i) for i in range(len(old))]

    def topic(self, i: int, j: int) -> float:
        """What the topics of two headings say; 0 if one of the headings says nothing."""
        return self._topic(i, j) if self.old[i] and self.new[j] else 0.0

    def are_same(self, i: int, j: int) -> bool:
        """Whether two headings say the same."""
        return bool(self.old[i]) and self.old[i] == self.new[j]

    def is_renamed(self, i: int, j: int) -> bool:
        """Whether two headings say something and not the same."""
        return bool(self.old[i] and self.new[j]) and self.old[i] != self.new[j]

    def _row(self, i: int) -> list[float | None]:
        own, (letters, count) = self.old[i], self._letters[0][i]
        row: list[float | None] = []
        for j, (other, (other_letters, other_count)) in enumerate(zip(self.new, self._letters[1], strict=True)):
            if not own or not other:
                row.append(None)
            elif own == other:
                row.append(_SAME_HEADING)
            else:
                alike = 2 * (letters & other_letters).bit_count() / (count + other_count)
                row.append(self._topic(i, j) + (_LIKE_HEADING * (2 * alike - 1) if alike > 0.5 else 0.0))
        return row

    def _topic(self, i: int, j: int) -> float:
        old, new = self._topics[0][i], self._topics[1][j]
        if not old or not new:
            return _UNKNOWN_TOPIC
        if (old, new) not in self._known:
            self._known[old, new] = _common_topic(old, new)
        return self._known[old, new]


def _common_topic(old: _Topics, new: _Topics) -> float:
    if old & new:
        return _SAME_TOPIC * (0.5 + 0.5 * len(old & new) / len(old | new))
    narrower = parts()
    if any(b in narrower[a] or a in narrower[b] for a in old for b in new):
        return _PART_OF_TOPIC
    return _OTHER_TOPIC


def _heading(section: Section) -> str:
    heading = key(section.heading).casefold().strip(" .:")
    return heading if any(map(str.isalpha, heading)) else ""


def _named(section: Section, language: str) -> _Topics:
    found: Iterable[str] = topics(section.heading, language)
    return frozenset(found or ((section.topic,) if section.topic else ()))


def _letters(heading: str, bits: dict[tuple[str, str], int]) -> tuple[int, int]:
    """The pairs of neighbouring letters as a set of bits, one for each pair that is met, and how many there are."""
    found = 0
    for pair in pairwise(f" {heading} "):
        found |= bits.setdefault(pair, 1 << len(bits))
    return found, found.bit_count()
