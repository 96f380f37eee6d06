"""Word-level differences: exact for any text, readable, bounded."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.words import common_runs, compare_words, letters
from monitor.model.comparison import Hunk, Operation

LANGUAGES = ("en", "es", "fr", "ru", "ar", "zh", "und")
any_text = st.text(max_size=60)
_PIECES = ["the", "army", "left", "not", "98", "45 %", "3 March 2024", ".", ",", " ", "  ", "“", '"', "n’a", "不", "死刑",
           "2024年3月3日", "لم", "أُقيل", "не", "е\u0301", "\u200d", "\n", "👩‍🚒", "ß", "İ"]  # fmt: skip
made_up = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)


def _joined(hunks: tuple[Hunk, ...], left_out: Operation) -> str:
    return "".join(hunk.text for hunk in hunks if hunk.operation is not left_out)


def _edits(old: str, new: str, language: str = "en") -> list[tuple[str, str]]:
    hunks = compare_words(old, new, language).hunks
    return [(hunk.operation.value, hunk.text) for hunk in hunks if hunk.operation is not Operation.EQUAL]


@given(any_text | made_up, any_text | made_up, st.sampled_from(LANGUAGES))
def test_hunks_rebuild_both_texts(old: str, new: str, language: str) -> None:
    hunks = compare_words(old, new, language).hunks

    assert _joined(hunks, Operation.INSERT) == old
    assert _joined(hunks, Operation.DELETE) == new
    assert all(hunk.text for hunk in hunks)
    assert all(one.operation is not other.operation for one, other in pairwise(hunks))


@given(made_up, st.sampled_from(LANGUAGES))
def test_a_text_does_not_differ_from_itself(text: str, language: str) -> None:
    assert not compare_words(text, text, language).edits


@given(made_up, made_up)
def test_letters_rebuild_both_texts(old: str, new: str) -> None:
    hunks = letters(old, new)

    assert (_joined(hunks, Operation.INSERT), _joined(hunks, Operation.DELETE)) == (old, new)


@given(st.lists(st.integers(0, 4), max_size=30), st.lists(st.integers(0, 4), max_size=30))
def test_common_runs_are_equal_and_in_order(old: list[int], new: list[int]) -> None:
    end_old = end_new = 0
    for run in common_runs(old, new):
        assert old[run.old : run.old + run.size] == new[run.new : run.new + run.size]
        assert run.old >= end_old
        assert run.new >= end_new
        end_old, end_new = run.old + run.size, run.new + run.size


@pytest.mark.parametrize(
    ("old", "new", "language", "expected"),
    [
        ("It rose by 45%.", "It rose by 46%.", "en", [("-", "45%"), ("+", "46%")]),
        ("It cost $1,450.", "It cost $1,460.", "en", [("-", "$1,450"), ("+", "$1,460")]),
        ("Elle a coûté 45 %.", "Elle a coûté 46 %.", "fr", [("-", "45 %"), ("+", "46 %")]),
        (
            "On March 3, 2024 he left.",
            "On March 4, 2024 he left.",
            "en",
            [("-", "March 3, 2024"), ("+", "March 4, 2024")],
        ),
        ("15 y 16 de abril", "15 y 17 de abril", "es", [("-", "15 y 16 de abril"), ("+", "15 y 17 de abril")]),
        ("于三月五日开始", "于三月六日开始", "zh", [("-", "三月五日"), ("+", "三月六日")]),
        ("In March 1,500 men fled.", "In March 1,600 men fled.", "en", [("-", "1,500"), ("+", "1,600")]),
        ("共3万人", "共5万人", "zh", [("-", "3万"), ("+", "5万")]),
        ("百分之四十五", "百分之四十六", "zh", [("-", "百分之四十五"), ("+", "百分之四十六")]),
        ("٤٥٪ منهم", "٤٦٪ منهم", "ar", [("-", "٤٥٪"), ("+", "٤٦٪")]),
        ("Marek spoke.", "Marec spoke.", "en", [("-", "Marek"), ("+", "Marec")]),
        ("the well-known man", "the well-read man", "en", [("-", "well-known"), ("+", "well-read")]),
    ],
)
def test_no_word_number_or_date_is_cut(old: str, new: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert _edits(old, new, language) == expected


def test_white_space_around_a_replacement_stays_out_of_it() -> None:
    assert _edits("At least 98 were held.", "At least 104 were held.") == [("-", "98"), ("+", "104")]


def test_a_new_sentence_begins_where_the_last_one_ended() -> None:
    assert _edits("He fled. The army left.", "He fled. The police came. The army left.") == [("+", "The police came. ")]
    assert _edits("军队离开。", "军队到来。军队离开。", "zh") == [("+", "军队到来。")]


def test_a_slight_run_between_two_rewritten_parts_is_given_up() -> None:
    old = "Soldiers burned four houses near Tilan and robbed every miner who stayed."
    new = "Militias looted shops, farms, clinics upstream and watched from trucks parked outside town."

    assert _edits(old, new) == [("-", old[:-1]), ("+", new[:-1])]


def test_typography_is_no_edit_but_stands_in_the_hunks() -> None:
    diff = compare_words("He said “no” twice.", 'He said "no" twice.', "en")

    assert not diff.edits
    assert [hunk.text for hunk in diff.hunks if hunk.operation is Operation.INSERT] == ['"', '"']


def test_a_change_of_spelling_is_shown_letter_by_letter() -> None:
    assert [(hunk.operation.value, hunk.text) for hunk in letters("Marek", "Marec")] == [
        ("=", "Mare"),
        ("-", "k"),
        ("+", "c"),
    ]


def test_long_runs_are_not_taken_apart() -> None:
    assert [hunk.operation.value for hunk in letters("a" * 201, "b")] == ["-", "+"]


def test_one_huge_paragraph_against_another() -> None:
    old, new = (" ".join(_random_words(seed, 100_000)) for seed in (1, 2))

    assert _joined(compare_words(old, new, "en").hunks, Operation.INSERT) == old


def test_one_word_a_hundred_thousand_times() -> None:
    old = "ha " * 100_000
    new = "x " + "ha " * 50_000 + "y " + "ha " * 50_000 + "z"

    assert _joined(compare_words(old, new, "en").hunks, Operation.DELETE) == new


def test_one_sentence_a_thousand_times_with_another_in_the_middle() -> None:
    sentence = " ".join(_random_words(3, 99)) + ". "
    old = "First one. " + sentence * 1_000 + "Last one."
    new = "Another first. " + sentence * 500 + "Something in between. " + sentence * 500 + "Another last."

    edits = compare_words(old, new, "en").hunks

    assert ("+", "Something in between. ") in [(hunk.operation.value, hunk.text) for hunk in edits]


def _random_words(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return [f"w{int(chance.paretovariate(0.7)) % 3000}" + "." * (chance.random() < 0.05) for _ in range(count)]
