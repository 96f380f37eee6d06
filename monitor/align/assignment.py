"""The best one-to-one pairing for scored pairs, each side free to stay alone. Knows nothing of what is paired."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

_EXACT_STEPS = 1_000_000

Scores = Mapping[tuple[int, int], float]
"""What each pair (left, right) scores."""


def assign(scores: Scores) -> dict[int, int]:
    """Left index -> right index of the pairing with the highest total score.

    Pairs that are not listed, or score 0 or less, are never made: subtract what staying alone is worth beforehand.
    Each connected group of pairs is solved on its own, exactly up to about 100 x 100 (Hungarian method with
    potentials, Kuhn 1955, Jonker and Volgenant 1987), by the best pair first beyond.
    """
    wanted = {pair: score for pair, score in scores.items() if score > 0}
    pairing: dict[int, int] = {}
    for group in _groups(wanted):
        lefts = sorted({left for left, _ in group})
        rights = sorted({right for _, right in group})
        if len(group) == 1:
            pairing[lefts[0]] = rights[0]
        elif min(len(lefts), len(rights)) ** 2 * max(len(lefts), len(rights)) <= _EXACT_STEPS:
            pairing |= _exact(group, lefts, rights)
        else:
            pairing |= _best_first(group)
    return pairing


def _groups(scores: Scores) -> Iterator[Scores]:
    """The pairs by connected group, each group in sorted order."""
    rights_of: defaultdict[int, list[int]] = defaultdict(list)
    lefts_of: defaultdict[int, list[int]] = defaultdict(list)
    for left, right in sorted(scores):
        rights_of[left].append(right)
        lefts_of[right].append(left)
    reached = set[int]()
    for start in rights_of:
        if start not in reached:
            group, waiting = {start}, [start]
            while waiting:
                found = {other for right in rights_of[waiting.pop()] for other in lefts_of.pop(right, ())} - group
                group |= found
                waiting += found
            reached |= group
            yield {(left, right): scores[left, right] for left in sorted(group) for right in rights_of[left]}


def _best_first(scores: Scores) -> dict[int, int]:
    pairing: dict[int, int] = {}
    taken: set[int] = set()
    for left, right in sorted(scores, key=lambda pair: (-scores[pair], abs(pair[0] - pair[1]), pair)):
        if left not in pairing and right not in taken:
            pairing[left] = right
            taken.add(right)
    return pairing


def _exact(scores: Scores, lefts: list[int], rights: list[int]) -> dict[int, int]:
    flipped = len(lefts) > len(rights)
    rows, columns = (rights, lefts) if flipped else (lefts, rights)
    row_of, column_of = ({each: place for place, each in enumerate(side)} for side in (rows, columns))
    costs = [[0.0] * len(columns) for _ in rows]
    for (left, right), score in scores.items():
        row, column = (right, left) if flipped else (left, right)
        costs[row_of[row]][column_of[column]] = -score
    pairing: dict[int, int] = {}
    for place, column in enumerate(_cheapest_columns(costs)):
        pair = (columns[column], rows[place]) if flipped else (rows[place], columns[column])
        if pair in scores:
            pairing[pair[0]] = pair[1]
    return pairing


def _cheapest_columns(costs: list[list[float]]) -> list[int]:
    """A column for each row at the lowest total cost; there are at least as many columns as rows."""
    row_count, column_count = len(costs), len(costs[0])
    row_potential = [0.0] * (row_count + 1)
    column_potential = [0.0] * (column_count + 1)
    row_of = [0] * (column_count + 1)
    for row in range(1, row_count + 1):
        row_of[0] = row
        before = _shortest_path(costs, row_potential, column_potential, row_of)
        column = before.pop()
        while column:
            row_of[column] = row_of[before[column]]
            column = before[column]
    columns = [0] * row_count
    for column in range(1, column_count + 1):
        if row_of[column]:
            columns[row_of[column] - 1] = column - 1
    return columns


def _shortest_path(
    costs: list[list[float]], row_potential: list[float], column_potential: list[float], row_of: list[int]
) -> list[int]:
    """The way from column 0 to the nearest free column: each column's predecessor, the free column last.

    Potentials are updated in place.
    """
    count = len(column_potential)
    distance = [float("inf")] * count
    before = [0] * count
    open_columns = list(range(1, count))
    visited = [0]
    column = 0
    while row_of[column]:
        row = row_of[column]
        line, base = costs[row - 1], row_potential[row]
        nearest, step = 0, float("inf")
        for other in open_columns:
            reduced = line[other - 1] - base - column_potential[other]
            if reduced < distance[other]:
                distance[other], before[other] = reduced, column
            if distance[other] < step:
                step, nearest = distance[other], other
        for seen in visited:
            row_potential[row_of[seen]] += step
            column_potential[seen] -= step
        for other in open_columns:
            distance[other] -= step
        open_columns.remove(nearest)
        visited.append(nearest)
        column = nearest
    return [*before, column]
