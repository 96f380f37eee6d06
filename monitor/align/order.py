"""What kept its place and what moved, given pairs of positions. Knows nothing of what stands at them."""

from collections.abc import Sequence

Weight = tuple[float, ...]


def in_order(pairs: Sequence[tuple[int, int]], weights: Sequence[Weight]) -> set[int]:
    """The indices of the pairs that keep the common order: the heaviest increasing subsequence.

    Old and new positions are unique. Weights add up component by component and are compared like tuples, so
    (1, length) asks for the fewest moves and, among equals, for the shortest text to have moved.
    """
    if not pairs:
        return set()
    by_old = sorted(range(len(pairs)), key=lambda index: pairs[index])
    rank = {new: number for number, new in enumerate(sorted(new for _, new in pairs), start=1)}
    zero: Weight = (0.0,) * len(weights[0])
    tree: list[tuple[Weight, int]] = [(zero, -1)] * (len(rank) + 1)
    before: dict[int, int] = {}
    for index in by_old:
        position = rank[pairs[index][1]]
        weight, before[index] = _heaviest_below(tree, position - 1)
        total = tuple(one + other for one, other in zip(weight, weights[index], strict=True))
        _raise(tree, position, (total, index))
    _, index = _heaviest_below(tree, len(rank))
    kept: set[int] = set()
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept


def _heaviest_below(tree: list[tuple[Weight, int]], position: int) -> tuple[Weight, int]:
    """The heaviest chain that ends at or before a position (Fenwick tree of prefix maxima)."""
    best = tree[0]
    while position > 0:
        if tree[position][0] > best[0]:
            best = tree[position]
        position -= position & -position
    return best


def _raise(tree: list[tuple[Weight, int]], position: int, chain: tuple[Weight, int]) -> None:
    while position < len(tree):
        if chain[0] > tree[position][0]:
            tree[position] = chain
        position += position & -position
