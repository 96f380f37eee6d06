"""The wordings: complete in six languages, with their plural forms, numbers and dates."""

import re

import pytest

from monitor.model.comparison import ChangeClass, ComparisonKind, SectionStatus
from monitor.model.document import Verdict
from monitor.model.note import NoteCode
from monitor.report.shapes import Piece, text_of
from monitor.report.wording import wording_of, wordings

LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]
_PLACES = re.compile(r"\{\w+\}")


def test_there_is_a_wording_for_each_of_the_six_languages() -> None:
    assert wordings() == LANGUAGES


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_wording_has_the_same_keys(tag: str) -> None:
    english, words = wording_of("en"), wording_of(tag)
    for name in ("sentences", "counts", "numbers", "dates", "languages"):
        assert set(getattr(words, name)) == set(getattr(english, name)), name
    assert len(words.months) == 12


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_sentence_has_the_values_of_the_english_one(tag: str) -> None:
    for key, english in wording_of("en").sentences.items():
        assert set(_PLACES.findall(wording_of(tag).sentences[key])) == set(_PLACES.findall(english)), key


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_count_has_a_form_for_each_plural_category(tag: str) -> None:
    words = wording_of(tag)
    for key, forms in words.counts.items():
        assert set(forms) == {*words.plurals, "other"}, key
        named = set(_PLACES.findall(wording_of("en").counts[key]["other"])) - {"{n}"}
        assert all(set(_PLACES.findall(form)) - {"{n}"} == named for form in forms.values()), key


@pytest.mark.parametrize("tag", LANGUAGES)
def test_emphasis_always_ends(tag: str) -> None:
    words = wording_of(tag)
    forms = [form for counts in words.counts.values() for form in counts.values()]
    assert all(text.count("**") % 2 == 0 for text in [*words.sentences.values(), *forms])


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_member_of_the_closed_sets_has_words(tag: str) -> None:
    sentences = wording_of(tag).sentences
    wanted = [change_class.value for change_class in ChangeClass]
    wanted += [f"state_{status.value}" for status in SectionStatus]
    wanted += [f"verdict_{verdict.value}" for verdict in Verdict if verdict is not Verdict.REPORT]
    wanted += [f"kind_{kind.value}" for kind in ComparisonKind]
    wanted += [f"note_{code.value}" for code in NoteCode if code is not NoteCode.UNDECODED]
    assert [key for key in wanted if key not in sentences] == []
    assert "note_undecoded" in wording_of(tag).counts


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", {0: "other", 1: "one", 2: "other", 21: "other"}),
        ("fr", {0: "one", 1: "one", 2: "other"}),
        ("zh", {0: "other", 1: "other", 2: "other"}),
        ("ru", {0: "many", 1: "one", 2: "few", 4: "few", 5: "many", 11: "many", 12: "many", 21: "one", 22: "few", 111: "many"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other", 102: "other", 103: "few"}),
    ],
)  # fmt: skip
def test_plural_categories_are_those_of_cldr(tag: str, expected: dict[int, str]) -> None:
    assert {count: wording_of(tag).category(count) for count in expected} == expected


@pytest.mark.parametrize(
    ("tag", "number", "percent"),
    [
        ("en", "−1,234,567.5", "+8.8%"), ("zh", "−1,234,567.5", "+8.8%"), ("fr", "−1\u202f234\u202f567,5", "+8,8\u202f%"),
        ("es", "−1\u00a0234\u00a0567,5", "+8,8\u00a0%"), ("ru", "−1\u00a0234\u00a0567,5", "+8,8\u00a0%"),
        ("ar", "\u200e−1,234,567.5", "\u200e+8.8\u200e%\u200e"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_language_writes_them(tag: str, number: str, percent: str) -> None:
    words = wording_of(tag)
    assert (words.number(-1234567.5), words.percent(8.77, signed=True)) == (number, percent)


def test_four_digits_stand_together_where_the_language_keeps_them_together() -> None:
    assert [wording_of(tag).number(1234) for tag in ("en", "es", "ru")] == ["1,234", "1234", "1234"]


@pytest.mark.parametrize(
    ("tag", "dates"),
    [
        ("en", ("29 April", "3 May 2025")), ("es", ("29 de abril", "3 de mayo de 2025")),
        ("fr", ("29 avril", "3 mai 2025")), ("ru", ("29 апреля", "3 мая 2025 года")),
        ("zh", ("4月29日", "2025年5月3日")), ("ar", ("29 أبريل", "3 مايو 2025")),
    ],
)  # fmt: skip
def test_two_days_of_a_year_name_the_year_once(tag: str, dates: tuple[str, str]) -> None:
    assert wording_of(tag).moments("2025-04-29T10:00:00+00:00", "2025-05-03T09:30:00+00:00") == dates


def test_two_moments_of_a_day_tell_the_time() -> None:
    found = wording_of("en").moments("2025-05-03T09:30:00+00:00", "2025-05-03T18:00:00Z")
    assert found == ("3 May 2025, 09:30 UTC", "3 May 2025, 18:00 UTC")


def test_two_days_without_a_time_tell_none() -> None:
    assert wording_of("en").moments("2025-05-03", "2025-05-03") == ("3 May 2025", "3 May 2025")


def test_years_are_told_when_they_differ_and_the_first_of_a_month_as_the_language_says_it() -> None:
    assert wording_of("fr").moments("2024-12-01", "2025-01-02") == ("1er décembre 2024", "2 janvier 2025")


def test_moments_in_other_zones_are_told_in_utc() -> None:
    found = wording_of("en").moments("2025-05-03T01:30:00+03:00", "2025-05-04T12:00:00+00:00")
    assert found == ("2 May", "4 May 2025")


def test_what_is_no_moment_stays_as_it_is() -> None:
    assert wording_of("en").moments("spring\x1b", "summer") == ("spring\\x1b", "summer")


def test_an_unknown_language_is_worded_in_english() -> None:
    assert wording_of("sw").tag == "en"
    assert wording_of("zh-Hans-CN").tag == "zh"


def test_words_of_a_document_keep_their_language_in_a_sentence() -> None:
    found = wording_of("en").phrase("hedging_dropped", old=Piece(text="بحسب ما ورد", language="ar"))
    assert text_of(found) == "A reservation was dropped: “بحسب ما ورد”"
    assert [piece.text for piece in found if piece.language == "ar"] == ["بحسب ما ورد"]
    assert found[0].strong


@pytest.mark.parametrize(
    ("tag", "listed"), [("en", "a, b and c"), ("fr", "a, b et c"), ("zh", "a、b和c"), ("ar", "a، b وc")]
)
def test_enumerations_are_joined_as_the_language_joins_them(tag: str, listed: str) -> None:
    assert text_of(wording_of(tag).listed((Piece(text=item),) for item in "abc")) == listed
