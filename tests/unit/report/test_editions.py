"""Two editions as their reader meets them: subjects, figures, names, and both texts where sentences are new."""

import re

import pytest

from monitor.demo.stages import Stage
from monitor.diff.comparison import compare
from monitor.model.comparison import Comparison, ComparisonKind, Operation
from monitor.model.note import NoteCode, note
from monitor.report.markdown import markdown
from monitor.report.page import page
from monitor.report.plain import plain
from monitor.report.shapes import Beside, ChangeCard, Fold, SectionCard, View, text_of
from monitor.report.view import view
from tests.fakes.norvania import document
from tests.unit.report import samples

LANGUAGES = ["en", "ar", "zh"]


def editions(language: str = "en") -> Comparison:
    return compare(document(Stage.TRANSLATIONS_FOLLOW, language), document(Stage.NEW_EDITION_TRANSLATED, language))


@pytest.fixture(scope="module")
def shown() -> View:
    return view(editions())


def card_of(shown: View, title: str) -> SectionCard:
    return next(card for card in shown.sections if card.title == title)


def told(shown: View) -> list[str]:
    return [text_of(remark.phrase) for remark in shown.summary]


def test_the_headline_names_the_country_and_both_years(shown: View) -> None:
    assert text_of(shown.headline) == "Norvania: what the 2025 report says that 2024 did not"


def test_the_summary_says_what_is_compared_then_subjects_then_figures_then_names(shown: View) -> None:
    found = told(shown)
    assert found[0].startswith("The text is new almost throughout: ")
    assert found[1] == "A subject is new: Women’s and girls’ rights."
    assert found[2] == "2 subjects are gone: Freedom of religion and belief; Death penalty."
    assert found[3] == "A subject was split: Refugees’ and migrants’ rights → Refugees’ rights and Migrants’ rights."
    assert found[4].startswith("4 subjects have new headings: Impunity → Right to truth, justice and reparation; ")
    assert "figures moved: " in found[5]
    assert "64,800 → 57,200 refugees, −7,600 (−11.7%)" in found[5]
    assert any(line.endswith("more.") and "names stand in both years" in line for line in found[6:])


def test_the_numbers_on_top_sum_it_up(shown: View) -> None:
    values = [(key.value, key.label) for key in shown.keys]
    assert values[0] == ("12 of 14", "subjects continued, 4 of them under a new heading")
    assert ("1,214 → 822", "words") in values
    assert values[-1][1] == "how far the outlines correspond, from 0 to 1"


def test_every_subject_has_a_row_with_its_words_and_bars(shown: View) -> None:
    assert shown.edition is not None
    rows = {" · ".join(p.text for p in row.new or row.old): row for row in shown.edition.subjects}
    expression = rows["Freedom of expression"]
    assert (expression.old_words, expression.new_words, expression.change) == ("136", "66", "−51%")
    assert (expression.old_bar, expression.became) == (24, False)
    assert rows["Right to truth, justice and reparation"].became
    assert rows["Refugees’ rights · Migrants’ rights"].became
    assert (rows["Death penalty"].new_bar, rows["Death penalty"].new_words) == (None, "")
    assert [state.name for state in rows["Women’s and girls’ rights"].states] == ["added"]
    assert len(rows) == 15


def test_figures_that_moved_stand_with_both_sentences_and_how_sure_it_is(shown: View) -> None:
    row = next(row for row in shown.figures if row.new == "57,200")
    assert row.old_sentence is not None
    assert "".join(row.old_sentence) == "Norvania hosted 64,800 refugees, most of them from Lurenia."
    assert "".join(row.sentence) == "Norvania hosted 57,200 refugees."
    assert row.sure.endswith("%")
    assert all(row.old and row.new for row in shown.figures)


def test_figures_of_one_year_are_folded_apart(shown: View) -> None:
    new, old = shown.figure_groups
    assert (new.label, old.label) == (f"{len(new.rows)} figures only in 2025", f"{len(old.rows)} figures only in 2024")
    assert all(not row.old for row in new.rows)


def test_names_stand_by_the_years_they_are_named_in(shown: View) -> None:
    assert shown.edition is not None
    found = {
        (kind.label, group.label): [(name.name, name.times) for name in group.names]
        for kind in shown.edition.names for group in kind.groups
    }  # fmt: skip
    assert ("Karsund", "3 → 2") in found["Places", "In 2024 and 2025"]
    assert ("Vera Solm", "") in found["Other names", "Only in 2024"]
    assert ("Supreme Court", "") in found["Organizations", "Only in 2025"]
    assert ("Ilse Maren", "1 → 1") in found["People", "In 2024 and 2025"]


def test_inside_a_subject_updated_sentences_come_first_then_both_years_side_by_side(shown: View) -> None:
    items = card_of(shown, "Right to a healthy environment").items
    kinds = [type(item) for item in items]
    assert kinds.index(ChangeCard) < kinds.index(Beside) < kinds.index(Fold)
    beside = next(item for item in items if isinstance(item, Beside))
    assert beside.heads == ("Only in 2024", "Only in 2025")
    assert beside.label == ""
    texts = [segment.text for _, new in beside.rows for text in new for segment in text.segments]
    assert any("A plan to cut emissions by 15% by 2035" in text for text in texts)


def test_a_subject_that_is_gone_stands_on_its_side_alone(shown: View) -> None:
    (beside,) = card_of(shown, "Death penalty").items
    assert isinstance(beside, Beside)
    assert beside.only == "old"
    assert card_of(shown, "Death penalty").measure == "36 words"


def test_sentences_carried_over_word_for_word_are_folded() -> None:
    kept = "The council of Maravel kept the wells of the upper valley closed for the whole dry season."
    old = samples.document(samples.section(0, "Lead", "One."), samples.section(1, "Water", kept + " Old words here stood alone."),
                           title="Maravel 2023", edition=2023)  # fmt: skip
    new = samples.document(samples.section(0, "Lead", "Two."), samples.section(1, "Water", kept + " Rain fell in the autumn at last."),
                           title="Maravel 2024", edition=2024)  # fmt: skip
    fold = next(item for item in card_of(view(compare(old, new)), "Water").items if isinstance(item, Fold))
    assert (fold.label, [text.text for text in fold.texts]) == ("1 sentence carried over word for word", [kept])


def test_a_figure_that_moved_is_marked_in_both_texts(shown: View) -> None:
    beside = next(item for item in card_of(shown, "Torture and other ill-treatment").items if isinstance(item, Beside))
    marked = [s.text for row in beside.rows for side in row for text in side for s in text.segments if s.figure]
    assert marked == ["131", "104"]
    assert all(
        s.operation is Operation.EQUAL for row in beside.rows for side in row for text in side for s in text.segments
    )


def test_outlines_that_hardly_correspond_are_said_on_top() -> None:
    found = editions()._replace(outline_similarity=0.2, notes=(note(NoteCode.OUTLINES_DIFFER),))
    assert told(view(found))[1].startswith("The outlines hardly correspond (0.2 ")


def test_related_sections_point_to_each_other() -> None:
    base = editions()
    assert base.editions is not None
    gone = next(link.old[0] for link in base.alignment if not link.new)
    facts = base.editions._replace(related=((gone, base.new.sections[1].id),))
    found = view(base._replace(editions=facts))
    assert [text_of(r.phrase) for r in card_of(found, "Freedom of religion and belief").remarks] == [
        "Shares telling words with Background."
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wording", ["en", "es", "fr", "ar", "zh", "ru"])
def test_the_report_can_be_told_of_every_language_in_every_language(language: str, wording: str) -> None:
    found = view(editions(language), wording=wording)
    assert "{" not in "".join(told(found)) + "".join(key.label for key in found.keys)
    for text in (page(found), plain(found, colour=False, width=80), markdown(found)):
        assert "57,200" in text or "57.200" in text or "57 200" in text or "5.72" in text


def test_text_and_markdown_tell_subjects_figures_and_names(shown: View) -> None:
    text = plain(shown, colour=False, width=100)
    assert "12 of 14 subjects continued, 4 of them under a new heading" in text
    assert "136 → 66    −51%  Freedom of expression" in text
    assert "2025: Norvania hosted 57,200 refugees." in text
    assert "In 2024 and 2025: Karsund (3 → 2)" in text
    assert "Only in 2024:\n" in text
    written = markdown(shown)
    assert "| Freedom of expression | 136 | Freedom of expression | 66 |  |" in written
    assert "- **In 2024 and 2025:** Karsund (3 → 2)" in written
    assert "**Only in 2025**" in written


def test_two_editions_that_say_the_same_are_said_to() -> None:
    same = document(Stage.FIRST_EDITION, "en")
    found = view(compare(same, same, ComparisonKind.EDITION))
    assert told(found)[0] == "Nothing that a reader of the report would see has changed."
    assert (found.edition, found.keys) == (None, ())


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\x1b[2J\u202e", "</style><img src=x onerror=alert(1)>", "| a | `b` |"]
)
def test_hostile_text_stays_text_in_subjects_names_and_columns(text: str) -> None:
    told = f"The “{text}” of Maravel held 40 people, according to Ilse Maren, in the dry season of that year."
    newer = f"In the year after, the “{text} two” of Maravel held 55 people, said the Harbour Post to its readers."
    old = samples.document(
        samples.section(0, text, told), samples.section(1, f"{text} one", told), title=text, edition=2023
    )
    new = samples.document(
        samples.section(0, text, newer), samples.section(1, f"{text} two", newer), title=text, edition=2024
    )
    found = view(compare(old, new))
    html = page(found)
    assert re.findall(r"<(?:script|img)", html) == []
    for written in (plain(found, colour=False, width=80), html):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", written)
    assert "<script" not in markdown(found)
