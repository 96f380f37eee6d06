"""Cosines of many texts at once."""

import random

import pytest

from monitor.align.similarity import bags_of_words, cosine, cosines


def texts(seed: int, count: int) -> list[list[str]]:
    chooser = random.Random(seed)
    words = [f"w{number}" for number in range(60)]
    weights = [1 / (rank + 1) for rank in range(60)]
    return [chooser.choices(words, weights, k=chooser.randint(0, 20)) for _ in range(count)]


@pytest.mark.parametrize("floor", [0.1, 0.5, 0.75])
def test_every_pair_that_reaches_the_floor_is_found_and_no_other(floor):
    old, new = bags_of_words(texts(1, 40), texts(2, 50), common=frozenset({"w0", "w1"}))
    every = {(i, j): cosine(one, other) for i, one in enumerate(old) for j, other in enumerate(new)}
    wanted = {pair: pytest.approx(score) for pair, score in every.items() if score >= floor}
    assert cosines(old, new, floor) == wanted
    assert wanted


def test_words_that_stand_in_very_many_texts_bring_no_pair_together_but_count_in_one():
    everywhere = [["the", "of", f"old{number}"] for number in range(150)] + [["the", "of", "quarry"]]
    old, new = bags_of_words(everywhere, [["the", "of", f"new{number}"] for number in range(150)] + everywhere[-1:])
    found = cosines(old, new, 0.001)
    assert found == {(150, 150): pytest.approx(1.0)}
