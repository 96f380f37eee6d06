"""Languages of one report compared: what is missing, which figures disagree, and who is alone."""

import pytest

import monitor
from monitor.diff.matrix import CellStatus, Standing, matrix
from monitor.diff.translations import compare_translations
from monitor.model.comparison import ChangeClass, ComparisonKind, SectionStatus
from monitor.model.statistic import StatisticEvent
from tests.unit.align.norvania import LANGUAGES, TEXTS, document, report

OTHERS = LANGUAGES[1:]


def with_figure(language, old, new, number=4):
    """The report with one figure written otherwise."""
    texts = [
        (heading, [text.replace(old, new) for text in blocks] if place == number else blocks)
        for place, (heading, blocks) in enumerate(TEXTS[language])
    ]
    return document(*texts, language=language)


@pytest.mark.parametrize("language", OTHERS)
def test_a_faithful_translation_is_no_change(language):
    comparison = compare_translations(report("en"), report(language))
    assert comparison.kind is ComparisonKind.TRANSLATION
    assert not comparison.changed, comparison.statistics
    assert comparison.notes == ()


@pytest.mark.parametrize("language", OTHERS)
def test_a_figure_that_disagrees_is_named_with_both_sentences(language):
    comparison = compare_translations(report("en"), with_figure(language, "950", "590"))
    (event,) = [event for event in comparison.statistics if event.change is StatisticEvent.CHANGED]
    assert (event.old.value, event.new.value) == (950, 590)
    assert "950" in event.old_sentence
    assert "590" in event.new_sentence
    assert comparison.changed
    assert [link.old for link in comparison.alignment if link.status is SectionStatus.EDITED] == [("s4",)]


@pytest.mark.parametrize("language", OTHERS)
def test_a_missing_section_is_removed_with_its_text(language):
    comparison = compare_translations(report("en"), report(language, 0, 1, 2, 3, 5, 6))
    removed = [change for change in comparison.changes if change.change_class is ChangeClass.REMOVED]
    assert {change.old_section for change in removed} == {"s4"}


def test_a_page_that_is_not_translated_is_said():
    comparison = compare_translations(report("en"), document(*TEXTS["en"], language="sw"))
    assert any("identical" in str(note) for note in comparison.notes)
    assert not comparison.changed


def test_a_section_that_is_not_translated_is_said():
    mixed = [*TEXTS["fr"][:5], TEXTS["en"][5], TEXTS["fr"][6]]
    comparison = compare_translations(report("en"), document(*mixed, language="fr"))
    assert "Not translated: Right to a healthy environment." in map(str, comparison.notes)


def test_the_text_decides_on_the_language():
    comparison = compare_translations(report("en"), document(*TEXTS["ru"], language="fr"))
    assert any("is labelled fr, but its text is in ru" in str(note) for note in comparison.notes)
    assert not comparison.changed


def test_editions_that_differ_are_said():
    comparison = compare_translations(report("en"), report("ar", edition=2023))
    assert "The editions differ: en is of 2024, ar of 2023." in map(str, comparison.notes)


def test_two_editions_do_not_agree():
    assert compare_translations(report("en"), report("ar", edition=2023)).changed


def test_two_texts_in_one_language_do_not_agree_unless_they_are_the_same():
    assert compare_translations(report("en"), with_figure("en", "Border guards", "Soldiers")).changed
    assert not compare_translations(report("en"), report("en")).changed


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_that_lost_most_of_a_section_is_shorter_there(language):
    texts = TEXTS[language]
    (heading, (first, *_)) = texts[2]
    cut = document(*texts[:2], (heading, [first[: len(first) // 3]]), *texts[3:], language=language)
    comparison = compare_translations(report("en"), cut)
    assert [link.old for link in comparison.alignment if link.shorter] == [("s2",)]
    assert comparison.changed


def test_a_language_without_a_lexicon_is_compared_and_said():
    comparison = compare_translations(report("en"), document(("Norvania 2024", ["Mwaka huu."]), language="sw"))
    assert any("no lexicon for sw" in str(note) for note in comparison.notes)


def test_the_kind_follows_from_the_languages():
    assert monitor.compare(report("en"), report("fr")).kind is ComparisonKind.TRANSLATION


def test_the_matrix_holds_every_section_in_every_language():
    found = matrix([report(language) for language in LANGUAGES])
    assert len(found.rows) == 7
    assert all(cell.status is CellStatus.OK for row in found.rows for cell in row.cells)
    assert [cell.language for cell in found.rows[0].cells] == list(OTHERS)
    assert found.editions == dict.fromkeys(LANGUAGES, 2024)


def test_the_matrix_tells_missing_merged_moved_and_extra_sections():
    texts = TEXTS["fr"]
    merged = document(*texts[:4], (texts[4][0], texts[4][1] + texts[5][1]), texts[6], language="fr")
    extra = document(
        *TEXTS["es"], ("Corrupción", ["El ministro Aron Teik dimitió por el caso del astillero."]), language="es"
    )
    found = matrix([report("en"), merged, report("ar", 0, 1, 3, 4, 5, 6, 2), report("ru", 0, 1, 2, 4, 5, 6), extra])
    by_section = {row.source: {cell.language: cell.status for cell in row.cells} for row in found.rows}
    assert by_section["s4"]["fr"] is CellStatus.MERGED
    assert by_section["s2"]["ar"] is CellStatus.MOVED
    assert by_section["s3"]["ru"] is CellStatus.MISSING
    assert by_section[None] == {"es": CellStatus.EXTRA}


def test_one_language_against_all_others_is_the_outlier():
    found = matrix([report("en"), with_figure("fr", "950", "590"), *(report(tag) for tag in ("es", "ar", "zh", "ru"))])
    (one,) = [d for row in found.rows for d in row.disagreements]
    assert (one.standing, one.outliers, one.source.value) == (Standing.OUTLIER, ("fr",), 950)
    assert one.agreeing == ("es", "ar", "zh", "ru")
    assert [(tag, figure.value) for tag, figure, _ in one.stated] == [("fr", 590)]


def test_the_source_against_all_others_is_the_outlier():
    found = matrix([with_figure("en", "950", "590"), *(report(tag) for tag in OTHERS)])
    (one,) = [d for row in found.rows for d in row.disagreements]
    assert one.standing is Standing.SOURCE_IS_OUTLIER


def test_two_languages_cannot_outvote_each_other():
    found = matrix([report("en"), with_figure("fr", "950", "590")])
    (one,) = [d for row in found.rows for d in row.disagreements]
    assert (one.standing, one.outliers) == (Standing.UNDECIDED, ())


def test_another_language_can_be_the_source():
    assert matrix([report("en"), report("fr")], "fr").source_language == "fr"


def test_without_the_source_language_the_first_document_stands_for_it():
    assert matrix([report("fr"), report("ar")]).source_language == "fr"


def test_no_document_is_no_matrix():
    with pytest.raises(ValueError, match="no document"):
        matrix([])
