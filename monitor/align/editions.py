"""Which sections of two editions of a report correspond: by heading, topic, content and place.

Scores are log-odds: headings that say the same or the contrary, a content closer than that of any two sections, and
nothing where a heading says nothing.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import product
from statistics import median

from monitor.align.assignment import assign
from monitor.align.closeness import closeness
from monitor.align.confidence import EditionLink, edition_confidence
from monitor.align.groups import Group, link, moved, with_the_rest
from monitor.language.lexicon import lexicon
from monitor.language.words import key
from monitor.model.comparison import SectionLink, SectionStatus
from monitor.model.document import Document, Section
from monitor.sites.topics import parts, topics

_SAME_HEADING = 5.0
_SAME_TOPIC = 3.0
_PART_OF_TOPIC = 1.5
_OTHER_TOPIC = -3.0
_UNKNOWN_TOPIC = -0.5
_LIKE_HEADING = 2.0
_CONTENT = 2.0
_CONTENT_FLOOR = 0.02
_LEAST_USUAL, _MOST_USUAL = 0.03, 0.1
_AHEAD = 1.2
_PLACE = 0.5
_APART = -2.5
_APART_WITHOUT_HEADINGS = 0.5
_JOINS = 1.5
_JOINING_CONTENT = 0.7
_CARRIED = 0.6
_AGREES = 0.5
_SURE = 0.9


def align_editions(old: Document, new: Document) -> tuple[tuple[SectionLink, ...], float]:
    """The links between the sections of two editions, and how far the outlines correspond (0…1).

    Every section of both sides stands in exactly one link; links come in the new order. A pair is `unchanged` if the
    text is the same, `edited` if most of it was carried over, else `rewritten`. Leads always correspond.
    """
    scores = _Scores(old.sections[1:], new.sections[1:], old.language)
    pairs = assign(scores.pairs)
    joined = _joined(pairs, scores)
    groups: list[Group] = [((0,), (0,))] if old.sections and new.sections else []
    groups += [(tuple(i + 1 for i in left), tuple(j + 1 for j in right)) for left, right in joined]
    out_of_place = moved(groups, lambda j: len(new.sections[j].text))
    links = [_link(group, scores, group in out_of_place, old, new) for group in with_the_rest(groups, old, new)]
    return tuple(links), _outline_similarity(joined, scores)


def related_sections(old: Document, new: Document, links: Sequence[SectionLink]) -> list[tuple[str, str]]:
    """Removed and added sections that share much rare vocabulary with a section on the other side: (old, new) ids.

    They are not the same section; a reader who looks for the one may find something in the other.
    """
    scores = _Scores(old.sections[1:], new.sections[1:], old.language)
    gone = {i for link in links if not link.new for i in link.old}
    come = {j for link in links if not link.old for j in link.new}
    found = []
    for (i, j), score in scores.content.items():
        ids = scores.old[i].id, scores.new[j].id
        if (ids[0] in gone or ids[1] in come) and score >= _JOINS and scores.is_best(i, j):
            found.append(ids)
    return sorted(found)


class _Scores:
    """What speaks for each pair of sections of two editions."""

    def __init__(self, old: Sequence[Section], new: Sequence[Section], language: str) -> None:
        self.old, self.new = old, new
        self.headings = [_heading(s) for s in old], [_heading(s) for s in new]
        self._topics = [_named(s, language) for s in old], [_named(s, language) for s in new]
        self._grams = [_grams(h) for h in self.headings[0]], [_grams(h) for h in self.headings[1]]
        common = frozenset(lexicon(language).common)
        self.cosines = closeness([s.text for s in old], [s.text for s in new], common)
        self._best_new, self._best_old = _best(self.cosines)
        usual = [self.cosines.get((i, j), 0.0) for i in range(len(old)) for j in range(len(new))]
        self._usual = min(_MOST_USUAL, max(_LEAST_USUAL, median(usual or [0.0]))) + _CONTENT_FLOOR
        self.content = {pair: self._content(*pair) for pair in self.cosines}
        self.pairs = dict(self._possible())

    def _possible(self) -> Iterator[tuple[tuple[int, int], float]]:
        """The log-odds of every pair that anything speaks for."""
        for i, j in product(range(len(self.old)), range(len(self.new))):
            heading = self._spoken(i, j)
            if self.content.get((i, j), 0.0) > 0 or (heading or 0.0) > 0:
                yield (i, j), self._odds(i, j, heading)

    def pair(self, i: int, j: int) -> float:
        """The log-odds of a pair."""
        return self.pairs[i, j] if (i, j) in self.pairs else self._odds(i, j, self._spoken(i, j))

    def _odds(self, i: int, j: int, heading: float | None) -> float:
        place = _PLACE * (1 - 2 * abs(i / len(self.old) - j / len(self.new)))
        score = self.content.get((i, j), 0.0) + self._ahead(i, j) + place
        return score + _APART_WITHOUT_HEADINGS if heading is None else score + heading + _APART

    def _spoken(self, i: int, j: int) -> float | None:
        """What two headings say; None if one of them says nothing."""
        return self.heading(i, j) if self.headings[0][i] and self.headings[1][j] else None

    def heading(self, i: int, j: int) -> float:
        """What two headings say, both of which say something."""
        if self.headings[0][i] == self.headings[1][j]:
            return _SAME_HEADING
        grams_old, grams_new = self._grams[0][i], self._grams[1][j]
        alike = 2 * len(grams_old & grams_new) / max(1, len(grams_old) + len(grams_new))
        return self.topic(i, j) + _LIKE_HEADING * max(0.0, 2 * alike - 1)

    def topic(self, i: int, j: int) -> float:
        """What the topics of two headings say."""
        old, new = self._topics[0][i], self._topics[1][j]
        if not old or not new:
            return _UNKNOWN_TOPIC
        if old & new:
            return _SAME_TOPIC * (0.5 + 0.5 * len(old & new) / len(old | new))
        narrower = parts()
        if any(b in narrower[a] or a in narrower[b] for a in old for b in new):
            return _PART_OF_TOPIC
        return _OTHER_TOPIC

    def joins(self, i: int, j: int) -> float:
        """What speaks for two sections that one may have gone into the other beside its own counterpart."""
        topic = self.topic(i, j) if self.headings[0][i] and self.headings[1][j] else 0.0
        content = self.content.get((i, j), 0.0)
        return content + topic if topic > 0 and content >= _JOINING_CONTENT else 0.0

    def confidence(self, i: int, j: int) -> float:
        """How sure a link is, 0…1."""
        same = bool(self.headings[0][i]) and self.headings[0][i] == self.headings[1][j]
        return edition_confidence(EditionLink(self.pair(i, j), same))

    def agree(self, i: int, j: int) -> bool:
        """Whether the outlines agree on a link."""
        if self.headings[0][i] and self.headings[1][j]:
            return self.heading(i, j) >= _AGREES
        return self.confidence(i, j) >= _SURE

    def is_best(self, i: int, j: int) -> bool:
        """True if neither section's content is closer to another one."""
        return self._best_new[i][0][1] == j and self._best_old[j][0][1] == i

    def _content(self, i: int, j: int) -> float:
        return _CONTENT * math.log((self.cosines[i, j] + _CONTENT_FLOOR) / self._usual)

    def _ahead(self, i: int, j: int) -> float:
        """How far the content is ahead of the best rival of either side, or behind it; at most `_AHEAD` either way."""
        if (i, j) not in self.cosines:
            return 0.0
        rival = max(_rival(self._best_new[i], j), _rival(self._best_old[j], i))
        lead = math.log((self.cosines[i, j] + _CONTENT_FLOOR) / (rival + _CONTENT_FLOOR))
        return _AHEAD * max(-1.0, min(1.0, lead))


_Ranks = dict[int, list[tuple[float, int]]]


def _best(cosines: dict[tuple[int, int], float]) -> tuple[_Ranks, _Ranks]:
    """For each old section its two closest new ones, for each new section its two closest old ones."""
    rows: _Ranks = {}
    columns: _Ranks = {}
    for (i, j), score in cosines.items():
        rows.setdefault(i, []).append((score, j))
        columns.setdefault(j, []).append((score, i))
    rows, columns = ({at: sorted(found, reverse=True)[:2] for at, found in side.items()} for side in (rows, columns))
    return rows, columns


def _rival(best: list[tuple[float, int]], own: int) -> float:
    """The best score but the own one."""
    return next((score for score, other in best if other != own), 0.0)


def _heading(section: Section) -> str:
    """The heading for comparison; "" if it says nothing, like a bare number."""
    heading = key(section.heading).casefold().strip(" .:")
    return heading if any(char.isalpha() for char in heading) else ""


def _named(section: Section, language: str) -> frozenset[str]:
    found = topics(section.heading, language)
    return frozenset(found or ((section.topic,) if section.topic else ()))


def _grams(heading: str) -> frozenset[str]:
    padded = f" {heading} "
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1)) if heading else frozenset()


def _joined(pairs: dict[int, int], scores: _Scores) -> list[Group]:
    """The pairs, and what was split or merged: a section left over joins the pair whose other side holds its topic."""
    groups = {i: ([i], [j]) for i, j in pairs.items()}
    owner = {j: i for i, j in pairs.items()}
    left_old = [i for i in range(len(scores.old)) if i not in pairs]
    left_new = [j for j in range(len(scores.new)) if j not in owner]
    for j in left_new:
        score, i = max(((scores.joins(i, j), i) for i in groups if len(groups[i][0]) == 1), default=(0.0, -1))
        if score >= _JOINS:
            groups[i][1].append(j)
    for i in left_old:
        score, j = max(((scores.joins(i, j), j) for j in owner if len(groups[owner[j]][1]) == 1), default=(0.0, -1))
        if score >= _JOINS:
            groups[owner[j]][0].append(i)
    return [(tuple(sorted(old)), tuple(sorted(new))) for old, new in groups.values()]


def _outline_similarity(groups: Sequence[Group], scores: _Scores) -> float:
    """The share of the sections of both sides that a heading or a topic connects; where a heading says nothing, a sure
    link by content."""
    total = len(scores.old) + len(scores.new)
    connected = [group for group in groups if any(scores.agree(i, j) for i in group[0] for j in group[1])]
    return sum(len(old) + len(new) for old, new in connected) / total if total else 1.0


def _link(group: Group, scores: _Scores, out_of_place: bool, old: Document, new: Document) -> SectionLink:
    if not group[0] or not group[1]:
        return link(group, old, new, paired=SectionStatus.REWRITTEN)
    texts = "\n".join(old.sections[i].text for i in group[0]), "\n".join(new.sections[j].text for j in group[1])
    inner = [(i - 1, j - 1) for i in group[0] for j in group[1] if i and j]
    similarity = 1.0 if texts[0] == texts[1] else max((scores.cosines.get(pair, 0.0) for pair in inner), default=0.0)
    status = SectionStatus.EDITED if similarity >= _CARRIED else SectionStatus.REWRITTEN
    headings = (scores.headings[0][inner[0][0]], scores.headings[1][inner[0][1]]) if len(inner) == 1 else ("", "")
    renamed = all(headings) and headings[0] != headings[1]
    return link(
        group, old, new, paired=SectionStatus.UNCHANGED if texts[0] == texts[1] else status, moved=out_of_place,
        renamed=renamed, similarity=similarity,
        confidence=min((scores.confidence(*pair) for pair in inner), default=1.0),
    )  # fmt: skip
