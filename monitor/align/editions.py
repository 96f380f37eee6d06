"""Which sections of two editions of a report correspond: by heading, topic, content and place.

Scores are log-odds: headings that say the same or the contrary, a content closer than that of any two sections, and
nothing where a heading says nothing.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from statistics import median
from typing import NamedTuple

from monitor.align.assignment import assign
from monitor.align.closeness import closeness
from monitor.align.confidence import EditionLink, edition_confidence
from monitor.align.groups import Group, link, moved, with_the_rest
from monitor.align.headings import Headings
from monitor.language.lexicon import lexicon
from monitor.model.comparison import SectionLink, SectionStatus
from monitor.model.document import Document, Section, SectionId

_CONTENT = 2.0
_CONTENT_FLOOR = 0.02
_NO_CONTENT = math.log(_CONTENT_FLOOR)
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


class Outlines(NamedTuple):
    """How the sections of two editions correspond.

    Every section of both sides stands in exactly one of the `links`. `similarity` says how far the outlines correspond
    (0…1). `related` are removed and added sections that share much rare vocabulary with one on the other side, as (old,
    new): not the same section, but a reader who looks for the one may find something in the other.
    """

    links: tuple[SectionLink, ...]
    similarity: float
    related: tuple[tuple[SectionId, SectionId], ...]


def align_editions(old: Document, new: Document) -> Outlines:
    """How the sections of two editions correspond; links come in the new order.

    A pair is `unchanged` if the text is the same, `edited` if most of it was carried over, else `rewritten`. Leads
    always correspond.
    """
    scores = _Scores(old.sections[1:], new.sections[1:], old.language)
    pairs = assign(scores.pairs)
    joined = _joined(pairs, scores)
    groups: list[Group] = [((0,), (0,))] if old.sections and new.sections else []
    groups += [(tuple(i + 1 for i in left), tuple(j + 1 for j in right)) for left, right in joined]
    out_of_place = moved(groups, lambda j: len(new.sections[j].text))
    links = [_link(group, scores, group in out_of_place, old, new) for group in with_the_rest(groups, old, new)]
    return Outlines(
        links=tuple(links), similarity=_outline_similarity(joined, scores), related=_related(joined, scores)
    )


class _Scores:
    """What speaks for each pair of sections of two editions."""

    def __init__(self, old: Sequence[Section], new: Sequence[Section], language: str) -> None:
        self.old, self.new = old, new
        self.headings = Headings(old, new, language)
        self.cosines = closeness([s.text for s in old], [s.text for s in new], frozenset(lexicon(language).common))
        usual = median(chain.from_iterable(self.cosines)) if old and new else 0.0
        usual = math.log(min(_MOST_USUAL, max(_LEAST_USUAL, usual)) + _CONTENT_FLOOR)
        self._logs = [[math.log(cosine + _CONTENT_FLOOR) for cosine in row] for row in self.cosines]
        self._best = [_best_two(row) for row in self._logs], [_best_two(row) for row in zip(*self._logs, strict=True)]
        self.content = [[_CONTENT * (log - usual) if log > _NO_CONTENT else 0.0 for log in row] for row in self._logs]
        self.pairs = dict(self._possible())

    def _possible(self) -> Iterator[tuple[tuple[int, int], float]]:
        """The log-odds of every pair that content and heading together speak for, or might once it is ahead."""
        for i, row in enumerate(self.content):
            for j, (content, heading) in enumerate(zip(row, self.headings.odds[i], strict=True)):
                if content > 0 if heading is None else content + heading > -_APART - _AHEAD - _PLACE:
                    yield (i, j), self._odds(i, j, heading)

    def pair(self, i: int, j: int) -> float:
        """The log-odds of a pair."""
        return self.pairs[i, j] if (i, j) in self.pairs else self._odds(i, j, self.headings.odds[i][j])

    def _odds(self, i: int, j: int, heading: float | None) -> float:
        place = _PLACE * (1 - 2 * abs(i / len(self.old) - j / len(self.new)))
        score = self.content[i][j] + self._ahead(i, j) + place
        return score + _APART_WITHOUT_HEADINGS if heading is None else score + heading + _APART

    def _ahead(self, i: int, j: int) -> float:
        """How far the content is ahead of the best rival of either side, or behind it; at most `_AHEAD` either way."""
        own = self._logs[i][j]
        if own <= _NO_CONTENT:
            return 0.0
        rival = max([best if own != best else second for best, second in (self._best[0][i], self._best[1][j])])
        return _AHEAD * max(-1.0, min(1.0, own - rival))

    def joins(self, i: int, j: int) -> float:
        """What speaks for two sections that one may have gone into the other beside its own counterpart."""
        content = self.content[i][j]
        topic = self.headings.topic(i, j) if content >= _JOINING_CONTENT else 0.0
        return content + topic if topic > 0 else 0.0

    def confidence(self, i: int, j: int) -> float:
        """How sure a link is, 0…1."""
        return edition_confidence(EditionLink(self.pair(i, j), self.headings.are_same(i, j)))

    def agree(self, i: int, j: int) -> bool:
        """Whether the outlines agree on a link."""
        heading = self.headings.odds[i][j]
        return self.confidence(i, j) >= _SURE if heading is None else heading >= _AGREES

    def is_best(self, i: int, j: int) -> bool:
        """True if neither section's content is closer to another one."""
        return self._best[0][i][0] == self._best[1][j][0] == self._logs[i][j]


def _best_two(scores: Iterable[float]) -> tuple[float, float]:
    """The best score and the one after it, which is that of no content if there is none."""
    best, second, *_ = *sorted(scores, reverse=True), _NO_CONTENT, _NO_CONTENT
    return best, second


def _related(groups: Sequence[Group], scores: _Scores) -> tuple[tuple[SectionId, SectionId], ...]:
    """Sections that correspond to none, each with the one whose content is closest, in the order of their ids."""
    taken_old, taken_new = {i for old, _ in groups for i in old}, {j for _, new in groups for j in new}
    return tuple(sorted(
        (old.id, new.id)
        for i, old in enumerate(scores.old) for j, new in enumerate(scores.new)
        if (i not in taken_old or j not in taken_new) and scores.content[i][j] >= _JOINS and scores.is_best(i, j)
    ))  # fmt: skip


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
    similarity = 1.0 if texts[0] == texts[1] else min(1.0, max([scores.cosines[i][j] for i, j in inner], default=0.0))
    status = SectionStatus.EDITED if similarity >= _CARRIED else SectionStatus.REWRITTEN
    return link(
        group, old, new, paired=SectionStatus.UNCHANGED if texts[0] == texts[1] else status, moved=out_of_place,
        renamed=len(inner) == 1 and scores.headings.is_renamed(*inner[0]), similarity=similarity,
        confidence=min((scores.confidence(*pair) for pair in inner), default=1.0),
    )  # fmt: skip
