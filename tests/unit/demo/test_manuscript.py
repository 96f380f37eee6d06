"""The fictional report: six translations of the same text, in two editions."""

import pytest
import regex

from monitor.demo.manuscript import EDITIONS, LANGUAGES, Manuscript, corrected, manuscript
from monitor.language.words import clean, sentences, word_count

TRANSLATIONS = [(edition, language) for edition in EDITIONS for language in LANGUAGES]

_MONTH_OR_MARK = regex.compile(r"\p{Nd}+月|\[\^\p{Nd}\]")
_NUMBER = regex.compile(r"\p{Nd}+(?:[.,٫٬\u00a0\u202f]\p{Nd}+)*(万)?")
_GROUPED = regex.compile(r"(?<=\d)[.,٬\u00a0\u202f](?=\d{3})")


def _figures(text: str) -> list[float]:
    """The numbers of a text that are written in digits, from ten upwards or with decimals; smaller ones are words
    in one language and digits in the next."""
    found = []
    for match in _NUMBER.finditer(_MONTH_OR_MARK.sub("", text)):
        digits = "".join(
            str(ord_digit) if (ord_digit := _digit(letter)) is not None else letter for letter in match[0].rstrip("万")
        )
        value = float(_GROUPED.sub("", digits).replace(",", ".").replace("٫", "."))
        found.append(round(value * 10_000) if match[1] else value)
    return sorted(value for value in found if value >= 10 or value % 1)


def _digit(letter: str) -> int | None:
    return "٠١٢٣٤٥٦٧٨٩".find(letter) if letter in "٠١٢٣٤٥٦٧٨٩" else None


def _shape(report: Manuscript) -> list[tuple[str, list[str]]]:
    return [(chapter.key, [type(block).__name__ for block in chapter.blocks]) for chapter in report.chapters]


def _prose(report: Manuscript) -> str:
    return "\n".join([report.lead, *(text for chapter in report.chapters for text in chapter.paragraphs)])


@pytest.mark.parametrize(("edition", "language"), TRANSLATIONS)
def test_a_translation_has_the_sections_and_paragraphs_of_the_original(edition: int, language: str) -> None:
    original, translation = manuscript(edition, "en"), manuscript(edition, language)

    assert _shape(translation) == _shape(original)
    assert [note.mark for note in translation.notes] == ["1", "2"]
    assert translation.edition == edition


@pytest.mark.parametrize(("edition", "language"), TRANSLATIONS)
def test_a_translation_states_the_figures_of_the_original_paragraph_by_paragraph(edition: int, language: str) -> None:
    original, translation = manuscript(edition, "en"), manuscript(edition, language)

    assert _figures(translation.lead) == _figures(original.lead)
    for here, there in zip(translation.chapters, original.chapters, strict=True):
        for own, theirs in zip(here.paragraphs, there.paragraphs, strict=True):
            assert _figures(own) == _figures(theirs), own


@pytest.mark.parametrize(("edition", "language"), TRANSLATIONS)
def test_every_paragraph_is_clean_and_translated(edition: int, language: str) -> None:
    original, translation = _prose(manuscript(edition, "en")), _prose(manuscript(edition, language))

    assert not regex.search(r"\p{Cf}|  ", translation)
    assert clean(translation) == clean(clean(translation))
    if language != "en":
        assert not set(translation.splitlines()) & set(original.splitlines())


def test_the_first_edition_is_as_long_as_a_real_report() -> None:
    assert 900 <= word_count(_prose(manuscript(2024, "en"))) <= 1_400
    assert 600 <= word_count(_prose(manuscript(2025, "en"))) <= 900


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edition_keeps_about_two_in_a_hundred_sentences(language: str) -> None:
    old, new = (_sentences(_prose(manuscript(edition, language))) for edition in EDITIONS)

    assert len(old & new) == 1
    assert len(old & new) / len(new) < 0.03


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_correction_touches_four_paragraphs_a_heading_and_a_place(language: str) -> None:
    before, after = manuscript(2024, language), corrected(2024, language)
    old = {chapter.key: chapter for chapter in before.chapters}
    keys = [chapter.key for chapter in after.chapters]

    touched = [chapter.key for chapter in after.chapters if chapter.blocks != old[chapter.key].blocks]
    renamed = [chapter.key for chapter in after.chapters if chapter.heading != old[chapter.key].heading]

    assert touched == ["humanitarian-law", "impunity", "expression", "assembly"]
    assert renamed == ["refugees"]
    assert keys.index("education") == keys.index("torture") - 1
    assert sorted(keys) == sorted(old)


def test_the_french_slip_swaps_two_digits() -> None:
    assert "168 personnes" in _prose(corrected(2024, "fr", slip=True))
    assert "186 personnes" in _prose(corrected(2024, "fr"))
    assert corrected(2024, "es", slip=True) == corrected(2024, "es")


def _sentences(text: str) -> set[str]:
    text = regex.sub(r"\[\^\p{Nd}\]", "", text)
    return {text[start:end] for start, end in sentences(text)}
