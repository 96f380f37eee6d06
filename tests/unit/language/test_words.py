"""Text into comparable text, sentences and words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.language.words import clean, has_words, key, run_on, sentences, tokens, word_count, words

any_text = st.text(max_size=80)


@given(any_text)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(any_text)
def test_every_token_is_either_white_space_or_free_of_it_or_a_grouped_number(text: str) -> None:
    for token in tokens(text):
        assert token.isspace() or not any(map(str.isspace, token)) or token[0].isdecimal()


@given(any_text)
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(any_text)
def test_a_key_is_its_own_key_once_clean(text: str) -> None:
    assert key(clean(text)) == key(text)


@given(any_text, st.integers(min_value=1, max_value=9))
def test_has_words_agrees_with_the_count(text: str, count: int) -> None:
    assert has_words(text, count) == (word_count(text) >= count)


@given(any_text)
def test_sentences_leave_nothing_but_white_space_out(text: str) -> None:
    spans = sentences(text)

    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the well-known «raid»", ["the", " ", "well-known", " ", "«", "raid", "»"]),
        ("didn’t 1,234.5 kg", ["didn’t", " ", "1,234.5", " ", "kg"]),
        ("150 000 people in 2024", ["150 000", " ", "people", " ", "in", " ", "2024"]),
        ("on 03/04/2024, 4,5", ["on", " ", "03/04/2024", ",", " ", "4,5"]),
        ("U.S. forces", ["U.S", ".", " ", "forces"]),
        ("detained.The", ["detained", ".", "The"]),
        ("men/women", ["men", "/", "women"]),
        ("他们20人", ["他", "们", "20", "人"]),
        ("كَتَبَ ٩٨٫٥", ["كَتَبَ", " ", "٩٨٫٥"]),
        ("de\u0301tenu", ["de\u0301tenu"]),
        ("из-за 4,5 %", ["из-за", " ", "4,5", " ", "%"]),
    ],
)
def test_tokens_of_each_script(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_words_are_case_folded_and_without_marks() -> None:
    assert words("The STRASSE, ‘the’ Straße!") == ["the", "strasse", "the", "strasse"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He said “no”…", 'He said "no"...'),
        ("l’État : « non »", "l'État: «non»"),
        ("2020–2024 — now", "2020-2024 - now"),
        ("soft\u00adhyphen", "softhyphen"),
        ("non\u00a0breaking  space", "non breaking space"),
        ("كـــتاب", "كتاب"),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("在NGO工作了3年。后来", "在 NGO 工作了 3 年。\u3000后来"),
        ("他（律师）走了，她留下；是吗？", "他(律师) 走了, 她留下; 是吗?"),
        ("غادر، ثم عاد؛ هل عاد؟", "غادر, ثم عاد; هل عاد?"),
        ("ما ﻻ يقل عن ﻣﺌﺔ", "ما لا يقل عن مئة"),
        ("men , women", "men, women"),
    ],
)
def test_typography_has_no_part_in_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("10⁵", "105"), ("re-sign", "resign"), ("no", "No"), ("a, b", "a b"), ("ﷺ", "ص"), ("10², x", "102, x")],
)
def test_what_a_reader_sees_has_a_part_in_a_key(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_texts_run_on_with_a_space_except_in_chinese() -> None:
    assert run_on(["One.", "Two."]) == "One. Two."
    assert run_on(["一。", "二。"]) == "一。二。"
    assert run_on(["", "x", ""]) == "x"
    assert run_on([]) == ""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Marek left. He was tired.", 2),
        ("It fell by 4.5 per cent. Why?", 2),
        ("他走了。她留下。", 2),
        ("هل غادر؟ نعم.", 2),
        ("Ivo M. Marek left.", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, count: int) -> None:
    assert len(sentences(text, {"dr"})) == count
