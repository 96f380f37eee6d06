"""A further language is data: a small lexicon made up here is read by the same code."""

import pytest

from monitor.stats.lexer import items
from monitor.stats.quantities import quantity
from monitor.stats.reading import Reading
from monitor.stats.view import view
from monitor.stats.vocabulary import Vocabulary, compiled, vocabulary

GERMAN = {
    "grammar": {"decimal": ","},
    "roles": {
        "bare": ["tausend"],
        "before": {"at_least": ["mindestens"], "approx": ["rund"]},
        "duration": {"year": ["Jahr*"]},
        "percent": {"percent": ["Prozent"]},
        "month": ["Mai"],
    },
}
NUMERALS = {"cardinals": {"achtundneunzig": 98, "sieben": 7, "tausend": 1000}, "ordinals": {"dritte": 3}}


@pytest.fixture
def german() -> Vocabulary:
    return compiled("de", GERMAN, NUMERALS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("achtundneunzig Menschen", [98]), ("sieben tausend", [7000]), ("sieben Jahre Haft", [7]), ("4,5 Prozent", [4.5]),
        ("1. Mai 2024", []), ("der dritte Mann", []),
    ],
)  # fmt: skip
def test_a_seventh_language_needs_data_only(german: Vocabulary, text: str, expected: list[int]) -> None:
    reading = Reading(items(view(text).text, german), german)

    found = [quantity(reading, index) for index in range(len(reading.items))]

    assert [one.value for one in found if one is not None] == expected


def test_a_language_without_a_lexicon_has_the_neutral_vocabulary() -> None:
    assert vocabulary("sw") is vocabulary("und")


@pytest.mark.parametrize("tag", ["en", "es", "fr", "ru", "ar", "zh"])
def test_every_lexicon_compiles(tag: str) -> None:
    assert vocabulary(tag).tag == tag
