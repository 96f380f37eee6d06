"""When two statistics state the same quantity."""

import pytest

from monitor.model.statistic import Statistic
from monitor.stats.comparable import can_contradict, masked, same_quantity
from monitor.stats.mentions import find_statistics


def one(text: str, language: str = "en") -> Statistic:
    (found,) = find_statistics(text, language)
    return found


@pytest.mark.parametrize(
    ("a", "b", "language"),
    [
        ("30 months in prison", "dos años y medio de prisión", "es"),
        ("two weeks in hospital", "quince días en el hospital", "es"),
        ("half of the schools", "50 % des écoles", "fr"),
        ("dozens of men", "47 мужчин", "ru"),
        ("hundreds of men", "上百人", "zh"),
        ("at least 98 cases", "98宗案件", "zh"),
        ("about 1.5 million people", "约150万人", "zh"),
        ("2.5 billion dollars", "2.500 millones de dólares", "es"),
        ("5 km", "5000 mètres", "fr"),
        ("between 10 and 15 years in prison", "من 10 إلى 15 سنة", "ar"),
        ("a dozen men", "十几名男子", "zh"),
        ("about 12,450 people", "12.400 personas", "es"),
        ("1.2 million people", "1 200 000 человек", "ru"),
        ("a third of the schools", "33 % des écoles", "fr"),
    ],
)
def test_one_quantity_in_two_languages_is_the_same(a: str, b: str, language: str) -> None:
    assert same_quantity(one(a), one(b, language))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("98 cases", "99 cases"), ("more than 10 men", "about 20 men"), ("more than 10 men", "12 men"), ("30 months in prison", "3 years in prison"), ("dozens of men", "400 men"), ("hundreds of men", "100 men"), ("thousands of men", "at least 100 men"),
        ("at least 20 men", "fewer than 20 men"), ("5 per cent", "5 km"), ("$40", "€40"),
        ("12,450 people", "12,400 people"), ("about 12,450 people", "about 12,400 people"), ("half of them", "53% of them"),
    ],
)  # fmt: skip
def test_two_quantities_are_not_the_same(a: str, b: str) -> None:
    assert not same_quantity(one(a), one(b))


def test_a_masked_sentence_keeps_its_words_and_loses_its_figures() -> None:
    sentence = "At least 98 men got seven years."

    assert masked(sentence, find_statistics(sentence, "en")) == "<count> men got <duration>."


@pytest.mark.parametrize(
    ("b", "can"), [("three years", True), ("five months", True), ("30 months", False), ("5 men", False)]
)
def test_figures_of_one_unit_or_of_one_value_can_contradict_each_other(b: str, can: bool) -> None:
    assert can_contradict(one("five years"), one(b)) is can
