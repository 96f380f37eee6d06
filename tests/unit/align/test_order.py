"""What moved, and what did not."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.align.order import in_order

ONE = (1.0,)


def _moved(new_positions: list[int], weights: list[tuple[float, ...]] | None = None) -> set[int]:
    pairs = list(enumerate(new_positions))
    return set(range(len(pairs))) - in_order(pairs, weights or [ONE] * len(pairs))


@given(st.permutations(range(12)))
def test_what_stays_is_in_order_and_cannot_be_longer(new_positions: list[int]) -> None:
    kept = [new_positions[place] for place in sorted(in_order(list(enumerate(new_positions)), [ONE] * 12))]

    assert kept == sorted(kept)
    assert len(kept) == _longest(new_positions)


def _longest(values: list[int]) -> int:
    lengths: list[int] = []
    for place, value in enumerate(values):
        lengths.append(1 + max((lengths[before] for before in range(place) if values[before] < value), default=0))
    return max(lengths, default=0)


def test_one_that_jumps_over_many_moved_alone() -> None:
    assert _moved([4, 0, 1, 2, 3]) == {0}
    assert _moved([1, 2, 3, 4, 0]) == {4}


def test_of_two_that_changed_places_the_lighter_moved() -> None:
    assert _moved([1, 0], [(1.0, 500.0), (1.0, 20.0)]) == {1}
    assert _moved([1, 0], [(1.0, 20.0), (1.0, 500.0)]) == {0}


def test_fewer_moves_go_before_less_text_moved() -> None:
    assert _moved([2, 0, 1], [(1.0, 900.0), (1.0, 100.0), (1.0, 100.0)]) == {0}


def test_nothing_moved_in_nothing() -> None:
    assert in_order([], []) == set()
