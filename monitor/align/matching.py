"""Which sections of two versions are the same: pairs by evidence, strongest first, then splits and merges.

Knows headings and bodies; nothing of order beyond neighbourhood, and nothing of word-level differences. What is
equal is paired before anything is counted, so that only what changed costs anything.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property

from monitor.align.assignment import assign
from monitor.align.similarity import (
    bags_of_words,
    containment,
    cosine,
    cosines,
    heading_similarity,
    shared_ends,
    shingles,
)
from monitor.language.lexicon import lexicon
from monitor.language.words import has_words, key, run_on, words
from monitor.model.document import BlockKind, Document, Section

MOVABLE_WORDS = 8
"""Shorter texts are too common to be known again by their words alone."""

_ALONE = 0.35
_SAME_HEADING_BODY = 0.2
_PLAINLY_ALIKE = 0.5
_CONTAINED = 0.5
_DIVIDED = 0.7
_FEW = 40_000

Group = tuple[tuple[int, ...], tuple[int, ...]]
"""Sections that correspond, by their positions on the old and the new side."""


class Side:
    """A section as it is compared; what is costly is worked out when first asked for."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.raw = tuple((block.kind is BlockKind.IMAGE, block.text) for block in section.blocks)

    @cached_property
    def heading(self) -> str:
        """The heading as it is compared: typography, case and a closing mark away."""
        return key(self.section.heading).casefold().rstrip(" .:")

    @cached_property
    def body(self) -> str:
        """The text without its division into blocks, typography folded."""
        return key(run_on(text for _, text in self.raw))

    @cached_property
    def words(self) -> list[str]:
        """The body's words."""
        return words(self.body)

    @cached_property
    def shingles(self) -> set[tuple[str, ...]]:
        """The body's runs of words."""
        return shingles(self.words)

    @cached_property
    def texts(self) -> Counter[str]:
        """The blocks' texts and how often each stands there."""
        return Counter(text for _, text in self.raw)


class Matching:
    """The pairs found so far (old position -> new position), how sure each is, and what is left on either side."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old = [Side(section) for section in old.sections]
        self.new = [Side(section) for section in new.sections]
        self.pairs: dict[int, int] = {}
        self.confidence: dict[int, float] = {}
        self.left_old = list(range(len(self.old)))
        self.left_new = list(range(len(self.new)))
        self._common = frozenset(lexicon(new.language).common)

    def pair_all(self) -> None:
        """Pair what can be paired; each step sees only what the one before has left."""
        self._pair_identical()
        if self.left_old and self.left_new:
            self._pair_by_heading_and_blocks()
            self._pair_unchanged_bodies()
            self._pair_by_heading()
            self._pair_alike()
            self._pair_same_place()

    def _pair_identical(self) -> None:
        """Same heading and same text: the first with the first, the second with the second."""
        self._pair_by(lambda side: (side.section.heading, side.raw), confidence=1.0, unique=False)

    def _pair_by_heading_and_blocks(self) -> None:
        self._pair_by(lambda side: side.heading or None, confidence=1.0, accept=self._share_a_block)

    def _pair_unchanged_bodies(self) -> None:
        """The same text under the same heading, or, if it is long enough to be known again, under another."""
        self._pair_by(lambda side: (side.heading, side.body), confidence=1.0, unique=False)
        self._pair_by(lambda side: side.body if has_words(side.body, MOVABLE_WORDS) else None, confidence=0.98)

    def _pair_by_heading(self) -> None:
        """A heading, or an id of the page, that stands once on each side, if the texts have anything in common."""
        self._pair_by(lambda side: side.heading or None, confidence=0.95, accept=self._have_text_in_common)
        self._pair_by(lambda side: side.section.anchor, confidence=0.9, accept=self._share_a_block)

    def _pair_alike(self) -> None:
        """The best pairing of the rest by text, heading, identical paragraphs and place."""
        lefts, rights = self.left_old, self.left_new
        bag_old, bag_new = bags_of_words(
            [self.old[i].words for i in lefts], [self.new[j].words for j in rights], self._common
        )
        close = cosines(bag_old, bag_new, 0.1)
        candidates: Iterable[tuple[int, int]] = close
        if len(lefts) * len(rights) <= _FEW:
            candidates = [(i, j) for i in range(len(lefts)) for j in range(len(rights))]
        scores = {
            (lefts[i], rights[j]): self._score(lefts[i], rights[j], close.get((i, j), 0.0)) for i, j in candidates
        }
        for i, j in assign({pair: score - _ALONE for pair, score in scores.items()}).items():
            self._take({i: j}, min(0.95, scores[i, j]))

    def _pair_same_place(self) -> None:
        """A bare heading that stands between the same neighbours as before was renamed."""
        new_of = {-1: -1, **self.pairs, len(self.old): len(self.new)}
        for i in self.left_old:
            j = new_of.get(i - 1, len(self.new)) + 1
            if j in self.left_new and new_of.get(i + 1) == j + 1 and not self.old[i].body and not self.new[j].body:
                self._take({i: j}, 0.5)

    def groups(self) -> dict[Group, float]:
        """Every section in one group, with how sure it is: pairs, splits, merges, and those that stand alone."""
        splits = _divided(self.old, self.new, self.pairs, self.left_old, self.left_new)
        parts_new = {j for parts in splits.values() for j in parts}
        merges = _divided(
            self.new, self.old, {j: i for i, j in self.pairs.items() if i not in splits},
            [j for j in self.left_new if j not in parts_new], [i for i in self.left_old if i not in splits],
        )  # fmt: skip
        parts_old = {i for parts in merges.values() for i in parts}
        groups: dict[Group, float] = {((i,), tuple(parts)): _DIVIDED for i, parts in splits.items()}
        groups |= {(tuple(parts), (j,)): _DIVIDED for j, parts in merges.items()}
        for i, j in self.pairs.items():
            if i not in splits and j not in merges:
                groups[(i,), (j,)] = self.confidence[i]
        groups |= {((i,), ()): 1.0 for i in self.left_old if i not in splits and i not in parts_old}
        groups |= {((), (j,)): 1.0 for j in self.left_new if j not in merges and j not in parts_new}
        return groups

    def _pair_by(
        self,
        name: Callable[[Side], Hashable],
        *,
        confidence: float,
        unique: bool = True,
        accept: Callable[[int, int], bool] = lambda _old, _new: True,
    ) -> None:
        """Pair what has the same name (None: no name) on both sides; `unique`: only what has it alone."""
        olds, news = _by_name(self.left_old, self.old, name), _by_name(self.left_new, self.new, name)
        found: dict[int, int] = {}
        for common, lefts in olds.items():
            rights = news.get(common, [])
            if not unique or len(lefts) == len(rights) == 1:
                found |= {i: j for i, j in zip(lefts, rights, strict=False) if accept(i, j)}
        self._take(found, confidence)

    def _take(self, found: dict[int, int], confidence: float) -> None:
        if found:
            self.pairs |= found
            self.confidence |= dict.fromkeys(found, confidence)
            taken = set(found.values())
            self.left_old = [i for i in self.left_old if i not in found]
            self.left_new = [j for j in self.left_new if j not in taken]

    def _have_text_in_common(self, i: int, j: int) -> bool:
        one, other = self.old[i], self.new[j]
        if not one.body or not other.body or shared_ends(one.body, other.body) >= _PLAINLY_ALIKE:
            return True
        (bag_old,), (bag_new,) = bags_of_words([one.words], [other.words], self._common)
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


def _by_name(
    positions: Iterable[int], sides: Sequence[Side], name: Callable[[Side], Hashable]
) -> dict[Hashable, list[int]]:
    named: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position in positions:
        found = name(sides[position])
        if found is not None:
            named[found].append(position)
    return named


def _divided(
    wholes: Sequence[Side], parts: Sequence[Side], pairs: dict[int, int], left_wholes: list[int], left_parts: list[int]
) -> dict[int, list[int]]:
    """The wholes that went into two parts or more: whole -> parts, in order.

    A part counts if at least half of its runs of words stand in the whole, and are not still in the part that the
    whole is already paired with. `pairs` leads from wholes to parts.
    """
    long_enough = [j for j in left_parts if has_words(parts[j].body, MOVABLE_WORDS)]
    if not long_enough:
        return {}
    changed = [i for i, j in pairs.items() if wholes[i].raw != parts[j].raw]
    runs = {i: wholes[i].shingles for i in sorted([*left_wholes, *changed])}
    found: defaultdict[int, list[int]] = defaultdict(list)
    for j in long_enough:
        own = parts[j].shingles
        i = max(runs, key=lambda whole: containment(own, runs[whole]), default=-1)
        if i < 0 or containment(own, runs[i]) < _CONTAINED:
            continue
        partner = parts[pairs[i]].shingles if i in pairs else set()
        if not partner or _was_cut_off(own & runs[i], partner, runs[i]):
            found[i].append(j)
    groups = {i: sorted([*found[i], pairs[i]] if i in pairs else found[i]) for i in found}
    return {i: group for i, group in groups.items() if len(group) > 1}


def _was_cut_off(carried: set[tuple[str, ...]], kept: set[tuple[str, ...]], whole: set[tuple[str, ...]]) -> bool:
    """Whether what a part carries is gone from the part that was kept, and that one still is the whole's own."""
    return containment(kept, whole) >= _CONTAINED and containment(carried, kept) < _CONTAINED
