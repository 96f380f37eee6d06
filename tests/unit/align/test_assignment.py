"""The best one-to-one pairing."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from monitor.align.assignment import assign

scores = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(-3, 20).map(float), max_size=16)


def _total(pairing: dict[int, int], table: dict[tuple[int, int], float]) -> float:
    return sum(table[pair] for pair in pairing.items())


def _best_total(table: dict[tuple[int, int], float]) -> float:
    best = 0.0
    for rights in itertools.permutations([*range(4), -1, -2, -3, -4], 4):
        best = max(best, sum(max(0.0, table.get(pair, 0.0)) for pair in enumerate(rights)))
    return best


@given(scores)
def test_no_other_pairing_scores_more(table: dict[tuple[int, int], float]) -> None:
    pairing = assign(table)

    assert len(set(pairing.values())) == len(pairing)
    assert all(table[pair] > 0 for pair in pairing.items())
    assert _total(pairing, table) == _best_total(table)


def test_the_best_whole_goes_before_the_best_pair() -> None:
    assert assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}) == {0: 1, 1: 0}


def test_a_pair_worth_nothing_is_not_made() -> None:
    assert assign({(0, 0): 0.0, (1, 1): -1.0}) == {}
    assert assign({}) == {}


def test_large_groups_are_paired_best_first() -> None:
    table = {(left, right): 1.0 - abs(left - right) / 500 for left in range(500) for right in range(500)}

    assert assign(table) == {place: place for place in range(500)}


def test_many_separate_groups_are_each_solved_exactly() -> None:
    chance = random.Random(5)
    table = {}
    for start in range(0, 900, 3):
        for left, right in itertools.product(range(3), repeat=2):
            table[start + left, start + right] = chance.random()

    pairing = assign(table)

    assert len(pairing) == 900
    assert all(left // 3 == right // 3 for left, right in pairing.items())
