"""The lexicons as data: complete, consistent, and every phrase found in a text of its own."""

import pytest

from monitor.diff.phrases import Sense, mentions
from monitor.diff.units import units
from monitor.language.lexicon import Lexicon, known_languages, lexicon

in_every_language = pytest.mark.parametrize("tag", known_languages())
_LINES = ("hedges", "negations", "attributions", "sayings")
_MAY_BE_EMPTY = {"clitics", "abbreviations"}


def test_six_languages_are_known() -> None:
    assert known_languages() == ["ar", "en", "es", "fr", "ru", "zh"]


def test_an_unknown_language_has_an_empty_lexicon() -> None:
    assert lexicon("sw") == Lexicon(tag="sw", name="")


@in_every_language
def test_every_key_is_filled(tag: str) -> None:
    known = lexicon(tag)

    assert not {name for name in known._fields if not getattr(known, name)} - _MAY_BE_EMPTY


@in_every_language
def test_a_year_has_twelve_months_and_a_week_seven_days(tag: str) -> None:
    assert (len(lexicon(tag).months), len(lexicon(tag).weekdays)) == (12, 7)


@in_every_language
def test_no_name_stands_for_two_months_or_days(tag: str) -> None:
    names = [name for names in (*lexicon(tag).months, *lexicon(tag).weekdays) for name in names]

    assert len(names) == len(set(names))


@in_every_language
def test_no_phrase_is_written_twice(tag: str) -> None:
    phrases = [phrase for key in _LINES for line in getattr(lexicon(tag), key) for phrase in line.split(" | ")]
    phrases += lexicon(tag).plain

    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []
    for key in ("common", "numbers", "abbreviations"):
        assert len(getattr(lexicon(tag), key)) == len(set(getattr(lexicon(tag), key)))


@in_every_language
def test_abbreviations_are_folded_and_without_their_last_stop(tag: str) -> None:
    assert all(word == word.casefold() and not word.endswith(".") for word in lexicon(tag).abbreviations)


@in_every_language
@pytest.mark.parametrize(
    ("key", "sense"),
    [
        ("hedges", Sense.HEDGE),
        ("negations", Sense.NEGATION),
        ("attributions", Sense.ATTRIBUTION),
        ("sayings", Sense.ATTRIBUTION),
    ],
)
def test_every_phrase_is_found_as_what_it_is(tag: str, key: str, sense: Sense) -> None:
    for line in getattr(lexicon(tag), key):
        for phrase in line.split(" | "):
            text = phrase.replace("#", "98").replace("…", "x").replace("*", "a")
            found = mentions(units(text, tag), tag)
            assert [(mention.sense, mention.name) for mention in found] == [(sense, line)], (phrase, found)


@in_every_language
def test_no_plain_phrase_hedges_or_denies(tag: str) -> None:
    for phrase in lexicon(tag).plain:
        text = phrase.replace("#", "98").replace("*", "x")
        assert mentions(units(text, tag), tag) == [], phrase
