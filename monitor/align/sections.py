"""Which sections of two versions in one language correspond, and which of them moved.

Knows headings, bodies and order; nothing of word-level differences. What is equal is paired first, so that only
what changed costs anything.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import pairwise

from monitor.align.assignment import assign
from monitor.align.order import in_order
from monitor.align.similarity import bags, containment, cosine, cosines, heading_similarity, shingles
from monitor.language.lexicon import lexicon
from monitor.language.words import key, word_count
from monitor.model.comparison import SectionLink, SectionStatus
from monitor.model.document import BlockKind, Document, Section, SectionId

MOVABLE_WORDS = 8
"""Shorter texts are never called moved, unless something else tells them apart."""

_REWRITTEN_BELOW = 0.4
_ALONE = 0.35
_SAME_HEADING_BODY = 0.2
_CONTAINED = 0.5
_FEW = 40_000


def align_sections(old: Document, new: Document) -> tuple[SectionLink, ...]:
    """The links between the sections of two versions: every section of both sides stands in exactly one.

    Links come in the new order; a removed section follows what it followed in the old document.
    """
    matching = _Matching(old, new)
    matching.pair_identical()
    if matching.left_old and matching.left_new:
        matching.pair_unchanged_bodies()
        matching.pair_headings()
        matching.pair_alike()
        matching.pair_same_place()
    groups = matching.groups()
    moved = _moved(groups, matching)
    return tuple(_link(group, group in moved, matching) for group in sorted(groups, key=_reading_order(groups)))


Group = tuple[tuple[int, ...], tuple[int, ...]]


class _Matching:
    """The pairs found so far (old position -> new position), and what is left on either side."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old = [_Side(section) for section in old.sections]
        self.new = [_Side(section) for section in new.sections]
        self.pairs: dict[int, int] = {}
        self.left_old = list(range(len(self.old)))
        self.left_new = list(range(len(self.new)))
        self._common = frozenset(lexicon(new.language).common)

    def pair_identical(self) -> None:
        """Same heading and same text: the first with the first, the second with the second."""
        self._pair_by(lambda side: (side.section.heading, side.raw), unique=False)

    def pair_unchanged_bodies(self) -> None:
        """The same text, long enough to tell, under whatever heading."""
        self._pair_by(lambda side: (side.heading, side.body), unique=False)
        self._pair_by(lambda side: side.body if word_count(side.body) >= MOVABLE_WORDS else None, unique=True)

    def pair_headings(self) -> None:
        """A heading, or an id of the page, that stands once on each side, if the texts have anything in common."""
        self._pair_by(lambda side: side.heading or None, unique=True, accept=self._have_text_in_common)
        self._pair_by(lambda side: side.section.anchor, unique=True, accept=self._share_a_block)

    def pair_alike(self) -> None:
        """The best pairing of the rest by text, heading, identical paragraphs and place."""
        lefts, rights = self.left_old, self.left_new
        bag_old, bag_new = bags([self.old[i].body for i in lefts], [self.new[j].body for j in rights], self._common)
        close = cosines(bag_old, bag_new, 0.1)
        scores: dict[tuple[int, int], float] = dict.fromkeys(close, 0.0)
        if len(lefts) * len(rights) <= _FEW:
            scores = {(i, j): 0.0 for i in range(len(lefts)) for j in range(len(rights))}
        for i, j in scores:
            scores[i, j] = self._score(lefts[i], rights[j], close.get((i, j), 0.0)) - _ALONE
        self._take({lefts[i]: rights[j] for i, j in assign(scores).items()})

    def pair_same_place(self) -> None:
        """A bare heading that stands between the same neighbours as before was renamed."""
        found = {}
        for i in self.left_old:
            j = self.pairs.get(i - 1, -1) + 1 if i else 0
            after_old, after_new = i + 1, j + 1
            bare = (
                j in self.left_new and not self.old[i].body and not self.new[j].body and (i == 0 or i - 1 in self.pairs)
            )
            at_end = after_old == len(self.old) and after_new == len(self.new)
            if bare and (at_end or self.pairs.get(after_old) == after_new):
                found[i] = j
        self._take(found)

    def groups(self) -> list[Group]:
        """Every section in one group: pairs, splits, merges, and those that stand alone."""
        splits = _absorbed(self.old, self.new, self.pairs, self.left_old, self.left_new)
        flipped = {new: old for old, new in self.pairs.items() if old not in splits}
        taken = {j for parts in splits.values() for j in parts}
        merges = _absorbed(
            self.new, self.old, flipped,
            [j for j in self.left_new if j not in taken], [i for i in self.left_old if i not in splits],
        )  # fmt: skip
        merged = {i for parts in merges.values() for i in parts}
        groups: list[Group] = [((i,), tuple(parts)) for i, parts in splits.items()]
        groups += [(tuple(parts), (j,)) for j, parts in merges.items()]
        groups += [((i,), (j,)) for i, j in self.pairs.items() if i not in splits and j not in merges]
        groups += [((i,), ()) for i in self.left_old if i not in splits and i not in merged]
        groups += [((), (j,)) for j in self.left_new if j not in merges and j not in taken]
        return groups

    def _pair_by(
        self,
        name: Callable[["_Side"], Hashable],
        *,
        unique: bool,
        accept: Callable[[int, int], bool] = lambda _old, _new: True,
    ) -> None:
        """Pair what has the same name (None: no name) on both sides."""
        olds, news = _by_name(self.left_old, self.old, name), _by_name(self.left_new, self.new, name)
        found: dict[int, int] = {}
        for common, lefts in olds.items():
            rights = news.get(common, [])
            if not unique or len(lefts) == len(rights) == 1:
                found |= {i: j for i, j in zip(lefts, rights, strict=False) if accept(i, j)}
        self._take(found)

    def _take(self, found: dict[int, int]) -> None:
        if found:
            self.pairs |= found
            taken = set(found.values())
            self.left_old = [i for i in self.left_old if i not in found]
            self.left_new = [j for j in self.left_new if j not in taken]

    def _have_text_in_common(self, i: int, j: int) -> bool:
        one, other = self.old[i], self.new[j]
        if not one.body or not other.body or self._share_a_block(i, j):
            return True
        (bag_old,), (bag_new,) = bags([one.body], [other.body], self._common)
        return cosine(bag_old, bag_new) >= _SAME_HEADING_BODY

    def _share_a_block(self, i: int, j: int) -> bool:
        return not self.old[i].texts.keys().isdisjoint(self.new[j].texts)

    def _score(self, i: int, j: int, body: float) -> float:
        """How well two sections fit, about 0…1.2; what staying alone is worth is not yet taken off."""
        one, other = self.old[i], self.new[j]
        same = one.heading == other.heading
        heading = 1.0 if same else heading_similarity(one.heading, other.heading)
        place = 1 - abs(i / max(1, len(self.old)) - j / max(1, len(self.new)))
        shared = (one.texts & other.texts).total() / max(1, one.texts.total(), other.texts.total())
        if not one.body and not other.body:
            return 0.5 * heading + 0.05 * place
        return 0.55 * body + 0.25 * heading + 0.2 * same + 0.2 * shared + 0.05 * place

    def similarity(self, group: Group) -> float:
        """How much of the text of both sides is the same, 0…1; equal blocks count whole, the rest by its words."""
        old = sum((self.old[i].texts for i in group[0]), Counter[str]())
        new = sum((self.new[j].texts for j in group[1]), Counter[str]())
        kept = old & new
        same = 2 * sum(len(text) * count for text, count in kept.items())
        rest = [" ".join((side - kept).elements()) for side in (old, new)]
        total = same + len(rest[0]) + len(rest[1])
        (bag_old,), (bag_new,) = bags([rest[0]], [rest[1]], self._common)
        return (same + (len(rest[0]) + len(rest[1])) * cosine(bag_old, bag_new)) / total if total else 1.0


class _Side:
    """A section as it is compared; what is costly is worked out when first asked for."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.raw = tuple((block.kind is BlockKind.IMAGE, block.text) for block in section.blocks)
        self._heading: str | None = None
        self._body: str | None = None
        self._texts: Counter[str] | None = None

    @property
    def heading(self) -> str:
        if self._heading is None:
            self._heading = key(self.section.heading).casefold().rstrip(" .:")
        return self._heading

    @property
    def body(self) -> str:
        """The text without its division into blocks, typography folded."""
        if self._body is None:
            self._body = key(" ".join(block.text for block in self.section.blocks))
        return self._body

    @property
    def texts(self) -> Counter[str]:
        if self._texts is None:
            self._texts = Counter(block.text for block in self.section.blocks)
        return self._texts


def _by_name(
    positions: Iterable[int], sides: Sequence[_Side], name: Callable[[_Side], Hashable]
) -> dict[Hashable, list[int]]:
    named: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position in positions:
        found = name(sides[position])
        if found is not None:
            named[found].append(position)
    return named


def _absorbed(
    whole: Sequence[_Side],
    part: Sequence[_Side],
    pairs: dict[int, int],
    left_whole: Sequence[int],
    left_part: Sequence[int],
) -> dict[int, list[int]]:
    """The wholes that went into two parts or more: whole -> parts, in order.

    A part counts if at least half of its runs of words stand in the whole, and are not still in the part that the
    whole is already paired with.
    """
    long_enough = [j for j in left_part if word_count(part[j].body) >= MOVABLE_WORDS]
    if not long_enough:
        return {}
    candidates = [
        i for i in range(len(whole)) if i in left_whole or (i in pairs and whole[i].raw != part[pairs[i]].raw)
    ]
    runs = {i: shingles(whole[i].body) for i in candidates}
    found: defaultdict[int, list[int]] = defaultdict(list)
    for j in long_enough:
        own = shingles(part[j].body)
        share, i = max(((containment(own, runs[i]), -i) for i in candidates), default=(0.0, 0))
        if share >= _CONTAINED and _left_its_pair(-i, own & runs[-i], part, pairs, runs):
            found[-i].append(j)
    groups = {i: sorted([*parts, pairs[i]] if i in pairs else parts) for i, parts in found.items()}
    return {i: parts for i, parts in groups.items() if len(parts) > 1}


def _left_its_pair(
    i: int,
    carried: set[tuple[str, ...]],
    part: Sequence[_Side],
    pairs: dict[int, int],
    runs: dict[int, set[tuple[str, ...]]],
) -> bool:
    if i not in pairs:
        return True
    kept = shingles(part[pairs[i]].body)
    return containment(kept, runs[i]) >= _CONTAINED and containment(carried, kept) < _CONTAINED


def _moved(groups: Sequence[Group], matching: _Matching) -> set[Group]:
    """The fewest groups that explain the new order, those with the least text among equals; never the lead."""
    placed = sorted((group for group in groups if group[0] and group[1]), key=lambda group: group[0][0])
    starts = [(group[0][0], group[1][0]) for group in placed]
    if all(one[1] < other[1] for one, other in pairwise(starts)):
        return set()
    headings = [Counter(side.heading for side in sides) for sides in (matching.old, matching.new)]

    def weight(group: Group) -> tuple[float, float]:
        one, other = matching.old[group[0][0]], matching.new[group[1][0]]
        length = word_count(other.body)
        if group[0][0] == 0 and group[1][0] == 0:
            return (len(groups) + 1.0, 0.0)
        known = headings[0][one.heading] == headings[1][other.heading] == 1 and one.heading == other.heading
        return (1.0 if length >= MOVABLE_WORDS or known else 0.0, length + 1.0)

    weights = [weight(group) for group in placed]
    kept = in_order(starts, weights)
    return {group for index, group in enumerate(placed) if index not in kept and weights[index][0]}


def _reading_order(groups: Sequence[Group]) -> Callable[[Group], tuple[int, int, int]]:
    place = {i: group[1][0] for group in groups if group[1] for i in group[0]}

    def order(group: Group) -> tuple[int, int, int]:
        if group[1]:
            return (group[1][0], 0, 0)
        before = group[0][0] - 1
        while before >= 0 and before not in place:
            before -= 1
        return (place.get(before, -1), 1, group[0][0])

    return order


def _link(group: Group, moved: bool, matching: _Matching) -> SectionLink:
    olds, news = [matching.old[i] for i in group[0]], [matching.new[j] for j in group[1]]
    status = _status(group, olds, news)
    similarity = float(bool(olds and news))
    renamed = len(olds) == len(news) == 1 and _title(olds[0]) != _title(news[0])
    if status not in (SectionStatus.UNCHANGED, SectionStatus.ADDED, SectionStatus.REMOVED):
        similarity = matching.similarity(group)
        if status is SectionStatus.EDITED and similarity < _REWRITTEN_BELOW and olds[0].body and news[0].body:
            status = SectionStatus.REWRITTEN
    return SectionLink(
        old=_ids(olds), new=_ids(news), status=status, renamed=renamed, moved=moved,
        similarity=similarity, confidence=_confidence(olds, news, similarity),
    )  # fmt: skip


def _status(group: Group, olds: Sequence[_Side], news: Sequence[_Side]) -> SectionStatus:
    match len(group[0]), len(group[1]):
        case 0, _:
            return SectionStatus.ADDED
        case _, 0:
            return SectionStatus.REMOVED
        case 1, 1:
            same = olds[0].raw == news[0].raw or olds[0].body == news[0].body
            return SectionStatus.UNCHANGED if same else SectionStatus.EDITED
        case 1, _:
            return SectionStatus.SPLIT
        case _:
            return SectionStatus.MERGED


def _confidence(olds: Sequence[_Side], news: Sequence[_Side], similarity: float) -> float:
    """How sure a link is: the heading alone speaks for half, the text for the rest; standing alone is certain."""
    if not olds or not news:
        return 1.0
    headings = max(heading_similarity(one.heading, other.heading) for one in olds for other in news)
    return max(similarity, 0.5 * headings + 0.5 * similarity)


def _title(side: _Side) -> str:
    return key(side.section.heading)


def _ids(sides: Sequence[_Side]) -> tuple[SectionId, ...]:
    return tuple(side.section.id for side in sides)
