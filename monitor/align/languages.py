"""Which sections of one report in two languages correspond: in order where the order is kept, by their signals alone
where it is not. Needs no model."""

import math
from collections.abc import Sequence

from monitor.align.assignment import assign
from monitor.align.confidence import TranslationLink, translation_confidence
from monitor.align.evidence import Evidence
from monitor.align.groups import Group, link, moved, with_the_rest
from monitor.align.order import in_order
from monitor.align.signatures import Signature, main_script_is_latin, signature
from monitor.model.comparison import SectionLink, SectionStatus
from monitor.model.document import Document

_GAP = -2.0
_MERGED = -3.0
_OUT_OF_ORDER = -2.0
_WEAK = -3.0
_SURE = 2.0
_KEPT_ORDER = 0.6
_NEAR = 3
_CELLS = 360_000


def align_languages(old: Document, new: Document) -> tuple[SectionLink, ...]:
    """The links between the sections of two language versions: every section of both sides stands in exactly one.

    A pair is `unchanged`: what its figures say is not asked here. Links come in the new order. Time grows with the
    product of the numbers of sections, up to 360,000 pairs; larger documents are aligned in equal slices.
    """
    if len(old.sections) * len(new.sections) > _CELLS:
        groups, confidences = _in_slices(old, new)
    else:
        groups, confidences = _aligned(*_signatures(old, new))
    return _links(groups, confidences, old, new)


def _signatures(old: Document, new: Document) -> tuple[list[Signature], list[Signature]]:
    latin = [main_script_is_latin(" ".join(section.text for section in side.sections)) for side in (old, new)]
    sounds = latin[0] != latin[1]
    one, other = ([signature(s, side.language, sounds=sounds) for s in side.sections] for side in (old, new))
    return one, other


def _aligned(old: list[Signature], new: list[Signature]) -> tuple[list[Group], dict[Group, float]]:
    """The groups of corresponding positions, with the confidence in each."""
    if not old or not new:
        return [], {}
    evidence = Evidence(old, new)
    by_signals = assign(_by_signals(evidence, range(len(old)), range(len(new))))
    groups: list[Group]
    if _order_is_kept(by_signals, evidence):
        path = _best_path(evidence)
        groups = _without_weak(path, evidence)
        groups += _moved_sections(groups, evidence)
    else:
        groups = [((i,), (j,)) for i, j in by_signals.items()]
    return groups, _confidences(groups, evidence)


def _by_signals(evidence: Evidence, olds: Sequence[int], news: Sequence[int]) -> dict[tuple[int, int], float]:
    """The pairs of some sections that their signals alone speak for, whatever the order."""
    pairs = evidence.pairs
    return {(i, j): pairs[i][j] + _OUT_OF_ORDER for i in olds for j in news if pairs[i][j] > -_OUT_OF_ORDER}


def _order_is_kept(pairing: dict[int, int], evidence: Evidence) -> bool:
    """True unless the pairs that are sure without any order contradict it."""
    sure = [(i, j) for i, j in pairing.items() if evidence.pairs[i][j] >= _SURE]
    return len(in_order(sure, [(1.0,)] * len(sure))) >= _KEPT_ORDER * len(sure)


def _best_path(evidence: Evidence) -> list[Group]:
    """The best way through both documents in order: sections in pairs, two merged into one, or skipped.

    Mergers are weighed only near sections that pairs alone leave over: there are none elsewhere.
    """
    path = _path(evidence, {}, {})
    left_old = _near_the_left(len(evidence.old), {i for group in path for i in group[0]})
    left_new = _near_the_left(len(evidence.new), {j for group in path for j in group[1]})
    if not left_old and not left_new:
        return path
    return _path(
        evidence, {i: evidence.merged(i) for i in left_old}, {j: evidence.split(j) for j in left_new}
    )  # fmt: skip


def _near_the_left(count: int, taken: set[int]) -> list[int]:
    """Where two neighbours, neither of them the lead, may be one section on the other side."""
    left = [place for place in range(count) if place not in taken]
    near = {place + step for place in left for step in range(-_NEAR, _NEAR)}
    return [place for place in range(1, count - 1) if place in near]


def _path(evidence: Evidence, merged: dict[int, list[float]], split: dict[int, list[float]]) -> list[Group]:
    rows, columns = len(evidence.old), len(evidence.new)
    best = [[_GAP * column for column in range(columns + 1)]]
    steps: list[list[tuple[int, int]]] = [[(0, 1)] * (columns + 1)]
    for row in range(1, rows + 1):
        above, line, taken = best[row - 1], [_GAP * row], [(1, 0)]
        pairs, merging = evidence.pairs[row - 1], merged.get(row - 2)
        for column in range(1, columns + 1):
            score, step = above[column - 1] + pairs[column - 1], (1, 1)
            if above[column] + _GAP > score:
                score, step = above[column] + _GAP, (1, 0)
            if line[column - 1] + _GAP > score:
                score, step = line[column - 1] + _GAP, (0, 1)
            if merging and column > 1 and (joint := best[row - 2][column - 1] + merging[column - 1] + _MERGED) > score:
                score, step = joint, (2, 1)
            if row > 1 and column - 2 in split:
                joint = above[column - 2] + split[column - 2][row - 1] + _MERGED
                if joint > score:
                    score, step = joint, (1, 2)
            line.append(score)
            taken.append(step)
        best.append(line)
        steps.append(taken)
    return _walk_back(steps)


def _walk_back(steps: list[list[tuple[int, int]]]) -> list[Group]:
    row, column = len(steps) - 1, len(steps[0]) - 1
    groups: list[Group] = []
    while row and column:
        down, right = steps[row][column]
        if down and right:
            groups.append((tuple(range(row - down, row)), tuple(range(column - right, column))))
        row, column = row - down, column - right
    return groups[::-1]


def _without_weak(groups: list[Group], evidence: Evidence) -> list[Group]:
    """The groups without those pairs that only their place spoke for, against all that they say."""
    return [group for group in groups if len(group[0]) + len(group[1]) > 2 or _score(group, evidence) > _WEAK]


def _moved_sections(groups: list[Group], evidence: Evidence) -> list[Group]:
    """What the path had to leave out, paired by its signals alone; a lead never moves."""
    taken_old = {0, *(i for group in groups for i in group[0])}
    taken_new = {0, *(j for group in groups for j in group[1])}
    left_old = [i for i in range(len(evidence.old)) if i not in taken_old]
    left_new = [j for j in range(len(evidence.new)) if j not in taken_new]
    return [((i,), (j,)) for i, j in assign(_by_signals(evidence, left_old, left_new)).items()]


def _score(group: Group, evidence: Evidence) -> float:
    return max(evidence.pairs[i][j] for i in group[0] for j in group[1])


def _confidences(groups: list[Group], evidence: Evidence) -> dict[Group, float]:
    """How sure each group is: its evidence, its best rival, and whether its neighbours agree."""
    partner = {i: group[1] for group in groups for i in group[0]}
    columns = list(zip(*evidence.pairs, strict=True))
    found = {}
    for group in groups:
        rivals = [_rival(evidence.pairs[i], group[1]) for i in group[0]]
        rivals += [_rival(columns[j], group[0]) for j in group[1]]
        margin = _score(group, evidence) - max(rivals)
        neighbours = _agreeing_neighbours(group, partner, evidence)
        merged = len(group[0]) + len(group[1]) > 2
        found[group] = translation_confidence(TranslationLink(margin, neighbours, merged))
    return found


def _rival(scores: Sequence[float], own: tuple[int, ...]) -> float:
    """The best score of a section with another one than those next to each other that are its own."""
    return max([*scores[: own[0]], *scores[own[-1] + 1 :]], default=-math.inf)


def _agreeing_neighbours(group: Group, partner: dict[int, tuple[int, ...]], evidence: Evidence) -> int:
    """How many of the sections before and after a group are linked with each other; the ends of a document agree."""
    (old, new), (next_old, next_new) = (group[0][0], group[1][0]), (group[0][-1] + 1, group[1][-1] + 1)
    at_start = old == new == 0
    at_end = (next_old, next_new) == (len(evidence.old), len(evidence.new))
    before = at_start or new - 1 in partner.get(old - 1, ())
    after = at_end or next_new in partner.get(next_old, ())
    return before + after


def _in_slices(old: Document, new: Document) -> tuple[list[Group], dict[Group, float]]:
    one, other = _signatures(old, new)
    slices = -(-len(one) * len(other) // _CELLS)
    groups: list[Group] = []
    confidences: dict[Group, float] = {}
    for index in range(slices):
        starts = [len(side) * index // slices for side in (one, other)]
        ends = [len(side) * (index + 1) // slices for side in (one, other)]
        inner, sure = _aligned(one[starts[0] : ends[0]], other[starts[1] : ends[1]])
        for group in inner:
            shifted = (tuple(i + starts[0] for i in group[0]), tuple(j + starts[1] for j in group[1]))
            groups.append(shifted)
            confidences[shifted] = sure[group]
    return groups, confidences


def _links(
    groups: list[Group], confidences: dict[Group, float], old: Document, new: Document
) -> tuple[SectionLink, ...]:
    out_of_place = moved(groups, lambda j: len(new.sections[j].text))
    return tuple(
        link(
            group, old, new, paired=SectionStatus.UNCHANGED, moved=group in out_of_place,
            similarity=confidences.get(group, 0.0), confidence=confidences.get(group, 1.0),
        )
        for group in with_the_rest(groups, old, new)
    )  # fmt: skip
