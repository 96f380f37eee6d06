"""Two languages of a report as their reader meets them."""

import pytest

from monitor.demo.stages import Stage
from monitor.diff.comparison import compare
from monitor.report.markdown import markdown
from monitor.report.page import page
from monitor.report.plain import plain
from monitor.report.shapes import Beside, View, text_of
from monitor.report.view import view
from tests.fakes.norvania import document
from tests.fakes.trial import trial
from tests.unit.report import samples

OTHERS = ["es", "fr", "ar", "zh", "ru"]


def languages(language: str, stage: Stage = Stage.TRANSLATION_LAGS) -> View:
    return view(compare(document(stage, "en"), document(stage, language)))


def told(shown: View) -> list[str]:
    return [text_of(remark.phrase) for remark in shown.summary]


def beside(shown: View, number: int) -> Beside:
    (item,) = shown.sections[number].items
    assert isinstance(item, Beside)
    return item


@pytest.mark.parametrize("language", OTHERS)
def test_languages_that_agree_are_said_to(language: str) -> None:
    shown = languages(language, Stage.TRANSLATIONS_FOLLOW)
    assert told(shown)[0].endswith("agree: the same sections, and no figure that differs.")
    assert all(card.still for card in shown.sections)
    assert [key.value for key in shown.keys] == ["15 of 15", "0", "0", "0"]


def test_a_figure_that_disagrees_is_told_with_both_values_and_both_sentences() -> None:
    shown = languages("fr")
    assert told(shown)[1] == "A figure disagrees: 186 (English), 168 (French), in Freedom of expression."
    (row,) = shown.figures
    assert row.old_sentence is not None
    assert "convicted 186 people" in "".join(row.old_sentence)
    assert "condamné 168 personnes" in "".join(row.sentence)
    assert [state.label for state in shown.sections[4].states] == ["figures differ"]


def test_the_headline_names_report_and_languages() -> None:
    assert text_of(languages("ar").headline) == "Norvania 2024: English and Arabic"


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_both_texts_stand_paragraph_by_paragraph_folded_in_their_languages(language: str) -> None:
    item = beside(languages(language), 4)
    assert item.label == "both texts"
    assert item.languages == ("en", language)
    assert all(len(old) == len(new) == 1 for old, new in item.rows)
    marked = [s.text for row in item.rows for side in row for text in side for s in text.segments if s.figure]
    assert len(marked) == (2 if language == "ar" else 0)


def test_a_section_carries_its_heading_in_both_languages() -> None:
    card = languages("fr").sections[4]
    assert card.title.startswith("Liberté")
    assert card.beside is not None
    assert (card.beside.text, card.beside.language) == ("Freedom of expression", "en")


def _missing() -> View:
    old = document(Stage.FIRST_EDITION, "en")
    new = document(Stage.FIRST_EDITION, "es")
    kept = tuple(s for s in new.sections if s.topic != "death_penalty")
    return view(compare(old, new._replace(sections=kept)))


def test_a_section_that_is_missing_is_named_and_its_text_folded() -> None:
    shown = _missing()
    assert "A section is missing in Spanish: Death penalty." in told(shown)
    card = next(card for card in shown.sections if card.title == "Death penalty")
    assert [state.label for state in card.states] == ["missing"]
    assert isinstance(card.items[0], Beside)
    assert card.items[0].only == "old"


def test_a_moved_section_is_not_said_to_have_the_same_text() -> None:
    remarks = [text_of(r.phrase) for card in languages("ar").sections for r in card.remarks]
    assert remarks == ["↓ From place 9 to place 11."]


def test_an_untranslated_page_is_said_on_top() -> None:
    old = document(Stage.FIRST_EDITION, "en")
    shown = view(compare(old, old._replace(language="fr")))
    assert any("labelled French, but its text is in English" in text_of(note) for note in shown.notes)
    html = page(shown)
    assert html.index('class="note"') < html.index('class="summary"')


@pytest.mark.parametrize("wording", ["en", "es", "fr", "ar", "zh", "ru"])
def test_the_report_can_be_told_in_every_language(wording: str) -> None:
    shown = view(
        compare(document(Stage.TRANSLATION_LAGS, "en"), document(Stage.TRANSLATION_LAGS, "ru")), wording=wording
    )
    assert "{" not in "".join(told(shown))
    for text in (page(shown), plain(shown, colour=False, width=80), markdown(shown)):
        assert "186" in text
        assert "171" in text


def test_text_names_the_sections_that_agree_and_leaves_their_texts_out() -> None:
    text = plain(languages("fr"), colour=False, width=100)
    assert "14 sections agree: Norvanie 2024" in text
    assert len(text) < 3_000


def test_hostile_text_stays_text_beside_another() -> None:
    hostile = "<script>alert(1)</script>"
    old = samples.document(samples.section(0, hostile, hostile), samples.section(1, hostile, hostile), title=hostile)
    new = samples.document(
        samples.section(0, hostile, hostile), samples.section(1, "Dos", "Texto."), language="es", title=hostile
    )
    assert "<script" not in page(view(compare(old, new)))


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("en", "The two texts are identical: the page is not translated."),
        ("es", "Los dos textos son idénticos: la página no está traducida."),
        ("fr", "Les deux textes sont identiques : la page n’est pas traduite."),
        ("ar", "النصان متطابقان: الصفحة غير مترجمة."),
        ("zh", "两份文本完全相同：该页面没有翻译。"),
        ("ru", "Оба текста одинаковы: страница не переведена."),
    ],
)
def test_a_note_is_in_the_words_of_the_report_and_the_record_keeps_it_in_english_with_its_code(
    wording, expected
) -> None:
    old = document(Stage.FIRST_EDITION, "en")
    comparison = compare(old, old._replace(language="fr"))
    assert expected in [text_of(note) for note in view(comparison, wording=wording).notes]
    record = comparison.to_dict()
    assert "The two texts are identical: the page is not translated." in record["notes"]
    assert {"code": "untranslated"} in record["note_codes"]
    assert len(record["notes"]) == len(record["note_codes"])


def test_what_only_one_language_states_is_no_agreement() -> None:
    shown = view(compare(trial("en"), trial("ru", (", умерли из них 14 человек", ""))))
    assert told(shown) == ["English and Russian do not say quite the same.", "1 figure only in English."]
    assert [state.label for state in shown.sections[0].states] == ["figures differ"]


def test_two_editions_are_told_first_in_the_order_of_their_languages() -> None:
    shown = view(compare(trial("en"), trial("zh")._replace(edition=2023)))
    assert told(shown) == [
        "English and Chinese do not say quite the same.", "The editions differ: English is of 2024, Chinese of 2023.",
    ]  # fmt: skip
    assert not any("editions differ" in text_of(note) for note in shown.notes)
    assert shown.kicker == "Languages compared · English → Chinese · edition 2024 → 2023"


def test_a_section_that_lost_most_of_its_text_is_shorter() -> None:
    french = document(Stage.TRANSLATIONS_FOLLOW, "fr")
    cut = [s._replace(blocks=s.blocks[:1]) if s.topic == "torture" else s for s in french.sections]
    shown = view(compare(document(Stage.TRANSLATIONS_FOLLOW, "en"), french._replace(sections=tuple(cut))))
    assert any(line.startswith("A section is far shorter in French: Torture") for line in told(shown))
    assert "shorter" in [state.label for card in shown.sections for state in card.states]
