"""Cosines of the sections of two editions: what tells, what does not."""

import pytest

from monitor.align.closeness import closeness

SAME_FIRST = {
    "en": (["Miners struck at Halden.", "Judges resigned."], ["“Miners” struck, at Halden!", "Rivers flooded villages."]),
    "ru": (["Шахтёры бастовали в Хальдене.", "Судьи ушли."], ["«ШАХТЁРЫ» бастовали в Хальдене", "Реки вышли из берегов"]),
    "ar": (["أضرب عمال المناجم.", "استقال القضاة."], ["أضرب عمال المناجم؟", "غمرت الأنهار القرى"]),
    "zh": (["矿工在哈尔登罢工。", "法官辞职。"], ["矿工在哈尔登罢工！", "河水淹没村庄"]),
}  # fmt: skip


@pytest.mark.parametrize("language", SAME_FIRST)
def test_the_same_words_are_closest_whatever_marks_and_capitals_stand_around_them(language):
    assert closeness(*SAME_FIRST[language], frozenset()) == [
        [pytest.approx(1.0), 0.0],
        [0.0, 0.0],
    ]


def test_figures_tell_in_a_text_without_spaces_too():
    rows = closeness(["其中98人获释", "河水上涨"], ["法院判处98人", "村庄被淹"], frozenset())
    assert rows[0][0] > rows[0][1] == 0.0


def test_what_stands_in_most_sections_and_common_words_tell_nothing():
    sections = [f"the government {word}" for word in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")]
    others = [f"the government {word}" for word in ("one", "two", "three", "four", "five", "six")]
    assert closeness(sections, others, frozenset({"the"})) == [[0.0] * 6] * 6


def test_a_rare_word_brings_two_sections_closer_than_one_of_many_sections():
    old = ["quarry strike", "river port", "river flood", "river mill"]
    new = ["quarry tax", "river tax", "river bridge", "river boats"]
    rows = closeness(old, new, frozenset())
    assert rows[0][0] > rows[1][1] > 0.0


def test_a_word_of_more_than_a_hundred_sections_is_not_followed_into_each_of_them():
    of_most = ["quarry"] * 100 + ["river"] * 105 + ["", "mill"]
    rows = closeness(of_most, of_most, frozenset())
    assert rows[0][0] == pytest.approx(1.0)
    assert rows[-1][-1] == pytest.approx(1.0)
    assert rows[100][100] == 0.0


@pytest.mark.parametrize("sides", [([], []), (["Text."], []), ([], ["Text."]), ([""], [""])])
def test_nothing_is_close_to_nothing(sides):
    assert [sum(row) for row in closeness(*sides, frozenset())] == [0.0] * len(sides[0])
