"""What find_statistics promises whatever the text: valid spans, no crash, no invented figure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.document import Block, BlockKind, Section, SectionId
from monitor.model.statistic import Qualifier, StatisticKind
from monitor.stats.mentions import find_statistics, section_statistics, written_numbers

LANGUAGES = ["en", "es", "fr", "ru", "ar", "zh", "xx"]
SCRAPS = [
    "1", "12", "1,234", "1.5", "２０", "٣٤", "%", "-", "–", "/", "(", ")", "[", ".", ",", "、", "و", "de", "of", "and", "May",
    "мая", "两", "三", "百", "万", "多", "第", "年", "one", "hundred", "cent", "vingt", "сто", "тысяч", "مئة", "ألف", "at least",
    "au moins", "между", "between", "to", "half", "doubled", "$", "€", "km", "лет", "ans", "\n", "\u200f", "\u0301", "COVID-",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200), language=st.sampled_from(LANGUAGES))
def test_any_text_in_any_language_gives_valid_spans(text: str, language: str) -> None:
    check(text, language)


@settings(max_examples=300, deadline=None)
@given(scraps=st.lists(st.sampled_from(SCRAPS), max_size=25), glue=st.sampled_from(["", " ", "\u00a0"]))
@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_marks_in_any_order_give_valid_spans(language: str, scraps: list[str], glue: str) -> None:
    check(glue.join(scraps), language)


def check(text: str, language: str) -> None:
    end = 0
    for statistic in find_statistics(text, language):
        assert end <= statistic.start < statistic.end <= len(text)
        assert statistic.quote == text[statistic.start : statistic.end]
        assert (statistic.value is None) == (statistic.magnitude is not None)
        end = statistic.end


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["1,2,3,4", "9" * 400, "+41 22 555 01 42", "2.4.1", "12/05/2024", "2024-05-12", "10:30:15", "192.168.0.1", ""],
)
def test_digits_that_state_nothing_give_no_figure(text: str, language: str) -> None:
    assert find_statistics(text, language) == []


@pytest.mark.parametrize(
    "written", ["1,247", "1\u202f247", "1\u00a0247", "1.247", "1'247", "١٬٢٤٧", "１２４７", "1\u200f,247"]
)
def test_a_number_is_read_in_every_grouping_and_script(written: str) -> None:
    found = find_statistics(f"x {written} y", "xx")

    assert [statistic.value for statistic in found] == [1247]
    assert written in found[0].quote


def test_a_digit_that_python_does_not_know_yet_is_left_alone() -> None:
    assert [statistic.value for statistic in find_statistics("\U00011bf0 of 12 towns", "en")] == [12]


def test_an_unknown_language_is_read_by_neutral_rules() -> None:
    found = find_statistics("Watu 1,250 na 4.5% na $20", "sw")

    assert [(s.value, s.kind) for s in found] == [
        (1250, StatisticKind.COUNT), (4.5, StatisticKind.PERCENT), (20, StatisticKind.MONEY)
    ]  # fmt: skip


def test_offsets_survive_decomposed_letters_and_hidden_marks() -> None:
    text = "La cifra se duplico\u0301: al\u00ad menos 98\u200b casos."

    found = find_statistics(text, "es")

    assert [s.value for s in found] == [2, 98]
    assert [s.quote for s in found] == ["duplico\u0301", "al\u00ad menos 98"]


def test_a_long_text_is_read_in_stretches_with_the_right_offsets() -> None:
    sentence = "At least 98 cases were opened. "
    text = sentence * 3000

    found = find_statistics(text, "en")

    assert len(found) == 3000
    assert all(text[s.start : s.end] == "At least 98" for s in found)


def test_a_long_text_is_read_to_its_end_where_it_is_prose() -> None:
    text = "At least 98 cases were opened in the towns. " * 5500

    assert len(find_statistics(text, "en")) == 5500


@pytest.mark.parametrize("unit", ["(1)[2] ", "one hundred and two, ", "12 34\n"])
def test_of_a_long_heap_of_numbers_only_the_beginning_is_read(unit: str) -> None:
    found = find_statistics(unit * (300_000 // len(unit)), "en")

    assert all(statistic.end <= 220_000 for statistic in found)


def test_what_is_counted_stands_beside_it() -> None:
    found = find_statistics("At least 98 new criminal cases were opened in May.", "en")

    assert found[0].counted == "new criminal cases were opened"


@pytest.mark.parametrize(
    ("text", "language", "counted"),
    [
        ("In all, 12 people in Varn, and 14 trees.", "en", ["people in Varn", "trees"]),
        ("There were 12 people in 14 towns.", "en", ["people", "towns"]),
        ("Superó los 38 °C durante 17 días.", "es", ["", ""]),
        ("The camp held 40.", "en", ["The camp held"]),
        ("Huyeron 264 personas al menos.", "es", ["personas"]),
        ("فر 264 شخصا على الأقل.", "ar", ["شخصا"]),
        ("40 people missing since the 5 May", "en", ["people missing"]),
        ("Out of 350 out of", "en", [""]),
        ("40 personnes disparues selon la", "fr", ["personnes disparues"]),
        ("40 человек пропали из-под", "ru", ["человек пропали"]),
        ("40名记者被", "zh", ["名记者"]),
    ],
)
def test_what_is_counted_ends_in_a_word_that_says_something(text: str, language: str, counted: list[str]) -> None:
    assert [statistic.counted for statistic in find_statistics(text, language)] == counted


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("At least 98 men died.", 98, None), ("Up to 30 men died.", None, 30), ("Around 30 men died.", 27, 33),
        ("Dozens of men died.", 20, 99), ("Between 10 and 20 men died.", 10, 20), ("Nine men died.", 9, 9),
    ],
)  # fmt: skip
def test_the_wording_sets_the_bounds(text: str, low: int | None, high: int | None) -> None:
    (found,) = find_statistics(text, "en")

    assert (found.low, found.high) == (low, high)


def test_a_section_tells_section_and_block_and_passes_images_over() -> None:
    blocks = (
        Block(kind=BlockKind.PARAGRAPH, text="Nothing here."),
        Block(kind=BlockKind.IMAGE, text="A map of 12 towns"),
        Block(kind=BlockKind.LIST_ITEM, text="Over 40 towns were flooded."),
    )
    section = Section(id=SectionId("s2"), position=1, level=2, heading="Floods", blocks=blocks)

    (found,) = section_statistics(section, "en")

    assert (found.section, found.block, found.value, found.qualifier) == ("s2", 2, 40, Qualifier.MORE_THAN)


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("durante las ocho primeras semanas, en lugar de 12", "es", {8, 12}),
        ("des durées de quatre à neuf ans", "fr", {4, 9}),
        ("Article 7 of the law of 2019 and twenty-one men", "en", {7, 2019, 21}),
        ("خمس سنوات ويومان", "ar", {5, 2}), ("五年和37个网站", "zh", {5, 37}), ("в пяти городах", "ru", {5}),
    ],
)  # fmt: skip
def test_numbers_are_found_whether_or_not_they_state_something(text: str, language: str, numbers: set[float]) -> None:
    assert numbers <= written_numbers(text, language)
