"""The decisions of a report: what is told first, what is flagged, what stands where, what is left out."""

import pytest

from monitor.model.comparison import ChangeClass, ComparisonKind, Operation, SectionStatus
from monitor.model.document import Block, BlockKind, Quality, Section, Verdict
from monitor.model.note import NoteCode, note
from monitor.model.statistic import StatisticEvent, StatisticKind
from monitor.report.shapes import ChangeCard, Fold, Remark, Tone, View, text_of
from monitor.report.view import view
from tests.unit.report import samples

MOMENTS = ("2025-04-29T10:00:00+00:00", "2025-05-03T09:00:00+00:00")
LANGUAGES = ["en", "ar", "zh"]


def summary(shown: View) -> list[str]:
    return [text_of(remark.phrase) for remark in shown.summary]


def reasons(card: ChangeCard) -> list[str]:
    return [text_of(reason.phrase) for reason in card.reasons]


def card_of(shown: View, title: str):  # type: ignore[no-untyped-def]
    return next(card for card in shown.sections if card.title == title)


def kinds(items) -> list[str]:  # type: ignore[no-untyped-def]
    return [type(item).__name__ for item in items]


def test_the_headline_tells_dates_only_if_the_sources_do() -> None:
    assert text_of(view(samples.correction()).headline) == "Norvania 2024 changed"
    dated = view(samples.correction(), moments=MOMENTS)
    assert text_of(dated.headline) == "Norvania 2024 changed between 29 April and 3 May 2025"
    assert (dated.old.label, dated.new.label) == ("29 April", "3 May 2025")


def test_the_summary_tells_the_gravest_first() -> None:
    assert summary(view(samples.correction())) == [
        "8 of 12 sections changed.",
        "A negation was dropped: “not”, in Torture and other ill-treatment.",
        "A reservation was dropped: “reportedly”, in Violations of international humanitarian law.",
        "A reservation was dropped: “At least”, in Freedom of expression.",
        (
            "2 figures changed: 171 → 186 people sentenced under the “wartime speech” laws, +15 (+8.8%); "
            "At least 98 → 98 new criminal cases, limit dropped."
        ),
        "A section is new: Women’s rights.",
        "A section is gone: Death penalty.",
        "A section was renamed: Refugees is now called Refugees and migrants.",
        "A section moved: Right to education (from place 7 to place 5).",
        "Also: 1 paragraph added, 1 paragraph removed, 1 paragraph moved and 1 footnote.",
    ]


def test_every_section_named_in_the_summary_leads_to_its_card() -> None:
    shown = view(samples.correction())
    anchors = {piece.anchor for remark in shown.summary for piece in remark.phrase if piece.anchor}
    assert anchors <= {card.anchor for card in shown.sections}
    assert len(anchors) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dropped_reservation_is_flagged_with_its_words(language: str) -> None:
    shown = view(samples.correction(language))
    words = samples.WORDS[language]
    card = next(item for item in card_of(shown, words["headings"][1]).items if isinstance(item, ChangeCard))
    assert card.tone is Tone.FLAG
    assert reasons(card) == [f"A reservation was dropped: “{words['hedge_word'].strip()}”"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_figures_stand_in_the_table_and_are_marked_in_the_text(language: str) -> None:
    shown = view(samples.correction(language))
    rows = [(row.old, row.new, row.difference, row.direction) for row in shown.figures]
    assert rows == [
        ("171", "186", "+15 (+8.8%)", "up"),
        (samples.WORDS[language]["old_bound"], "98", "limit dropped", ""),
    ]
    card = next(
        c for section in shown.sections for c in section.items if isinstance(c, ChangeCard) and len(c.reasons) == 2
    )
    marked = [(segment.operation, segment.text) for segment in card.segments if segment.figure]
    assert marked[-2:] == [(Operation.DELETE, "171"), (Operation.INSERT, "186")]
    assert (Operation.EQUAL, "98") in marked


def test_the_sentence_of_a_figure_is_cut_around_it() -> None:
    row = view(samples.correction()).figures[0]
    assert row.sentence[1] == "186"
    assert "".join(row.sentence) == samples.sides(samples.WORDS["en"]["figure"])[1]


def test_sections_stand_in_the_new_order_and_a_removed_one_after_what_it_followed() -> None:
    titles = [card.title for card in view(samples.correction()).sections]
    assert titles[7:12] == ["Torture and other ill-treatment", "Refugees and migrants", "Death penalty", "Women’s rights",
                            "Right to a healthy environment"]  # fmt: skip


def test_every_section_tells_its_state_in_words() -> None:
    states = {card.title: [(s.symbol, s.label) for s in card.states] for card in view(samples.correction()).sections}
    assert states["Violations of international humanitarian law"] == [("≠", "edited")]
    assert states["Right to education"] == [("↑", "moved")]
    assert states["Refugees and migrants"] == [("Aa", "renamed")]
    assert states["Women’s rights"] == [("+", "new")]
    assert states["Death penalty"] == [("−", "gone")]
    assert states["Background"] == []


def test_a_moved_section_says_from_where_to_where_and_that_its_text_is_the_same() -> None:
    moved = card_of(view(samples.correction()), "Right to education")
    assert [text_of(remark.phrase) for remark in moved.remarks] == ["↑ From place 7 to place 5. The text is the same."]


def test_a_renamed_heading_shows_both_names() -> None:
    heading = card_of(view(samples.correction()), "Refugees and migrants").heading
    assert [(s.operation.value, s.text) for s in heading] == [("-", "Refugees"), ("+", "Refugees and migrants")]


def test_unchanged_text_is_folded_between_the_changes_and_a_removed_paragraph_keeps_its_place() -> None:
    items = card_of(view(samples.correction()), "Freedom of expression").items
    assert kinds(items) == ["Fold", "ChangeCard", "Fold", "ChangeCard", "Fold", "ChangeCard"]
    assert [reasons(item)[0] for item in items if isinstance(item, ChangeCard)] == [
        "A reservation was dropped: “At least”", "Paragraph removed", "Paragraph added",
    ]  # fmt: skip
    assert items[0].label == "1 paragraph unchanged"


def test_a_new_section_shows_its_paragraphs_without_a_reason_for_each() -> None:
    items = card_of(view(samples.correction()), "Women’s rights").items
    assert kinds(items) == ["ChangeCard", "ChangeCard"]
    assert [item.reasons for item in items] == [(), ()]


def test_a_new_section_is_shown_whole_even_if_no_change_names_its_paragraphs() -> None:
    base = samples.correction()
    bare = base._replace(changes=tuple(c for c in base.changes if c.new_section != "s9" and c.old_section != "s9"))
    shown = view(bare)
    assert kinds(card_of(shown, "Women’s rights").items) == ["ChangeCard", "ChangeCard"]
    assert [s.operation for item in card_of(shown, "Death penalty").items for s in item.segments] == [Operation.DELETE]


def test_a_divided_paragraph_is_not_shown_twice() -> None:
    old = samples.document(samples.section(0, "Lead", "One two. Three four.", "Last."))
    new = samples.document(samples.section(0, "Lead", "One two.", "Three five.", "Last."))
    change = samples.change(ChangeClass.WORDING, "One two. Three [-four-]{+five+}.", old=("s0", 0), new=("s0", 0))
    comparison = samples.one_edit("x", old=old, new=new, changes=(change,))
    items = view(comparison).sections[0].items
    assert kinds(items) == ["ChangeCard", "Fold"]
    assert [text.text for text in items[1].texts] == ["Last."]


def test_a_paragraph_moved_to_another_section_leaves_a_pointer() -> None:
    text = samples.WORDS["en"]["moved"]
    old = samples.document(samples.section(0, "Here", "Stays.", text), samples.section(1, "There", "Too."))
    new = samples.document(samples.section(0, "Here", "Stays."), samples.section(1, "There", text, "Too."))
    change = samples.change(ChangeClass.MOVED, text, old=("s0", 1), new=("s1", 0), moved=True)
    edited = SectionStatus.EDITED
    links = (samples.link("s0", "s0", edited), samples.link("s1", "s1", edited))
    shown = view(samples.one_edit("x", old=old, new=new, alignment=links, changes=(change,)))
    here, there = shown.sections
    assert kinds(here.items) == ["Fold", "Remark"]
    assert text_of(here.items[1].phrase) == "A paragraph moved from here to There."
    assert kinds(there.items) == ["ChangeCard", "Fold"]


def test_split_and_merged_sections_name_their_parts() -> None:
    one, two = samples.section(0, "Freedoms", "A.", "B."), samples.section(1, "Refugees", "C.")
    parts = (
        samples.section(0, "Expression", "A."),
        samples.section(1, "Assembly", "B."),
        samples.section(2, "Refugees", "C."),
    )
    links = (samples.link("s0", "s0 s1", SectionStatus.SPLIT), samples.link("s1", "s2", SectionStatus.UNCHANGED))
    old, new = samples.document(one, two), samples.document(*parts)
    card = view(samples.one_edit("x", old=old, new=new, alignment=links, changes=())).sections[0]
    assert card.title == "Expression · Assembly"
    assert text_of(card.remarks[0].phrase) == "Freedoms was split into Expression and Assembly."
    assert card.items[0].label == "2 paragraphs unchanged"


def test_a_footnote_has_its_own_part() -> None:
    shown = view(samples.correction())
    assert [reasons(card) for card in shown.footnotes] == [["Footnote"]]


def test_nothing_changed_is_said_plainly_with_what_does_not_count() -> None:
    shown = view(samples.unchanged())
    assert text_of(shown.headline) == "Norvania 2024 did not change"
    assert summary(shown)[0] == "Nothing that a reader of the report would see has changed."
    assert summary(shown)[1].startswith("Not counted as change: white space")
    assert all(card.still for card in shown.sections)


def test_typography_is_shown_on_request_only() -> None:
    same = (samples.link("s0", "s0", SectionStatus.UNCHANGED),)
    comparison = samples.one_edit('The [-"law"-]{+“law”+}.', ChangeClass.TYPOGRAPHY, changed=False, alignment=same)
    hidden, shown = view(comparison), view(comparison, typography=True)
    assert kinds(hidden.sections[0].items) == ["Fold"]
    assert "1 difference of typography (white space, quotes, dashes) is not counted." in summary(hidden)
    assert kinds(shown.sections[0].items) == ["Fold", "ChangeCard", "Fold"]
    assert [state.label for state in shown.sections[0].states if state.name == "typography"] == ["typography"]


def test_a_page_that_is_not_the_report_is_said_on_top() -> None:
    base = samples.unchanged()
    wall = base.new._replace(quality=Quality(verdict=Verdict.COOKIE_WALL, reason="the page asks for consent"))
    warnings = view(base._replace(new=wall)).warnings
    assert [text_of(w) for w in warnings] == [
        "The new page is not the report: a cookie wall. the page asks for consent"
    ]  # fmt: skip


def test_notes_are_told_once() -> None:
    undecoded = note(NoteCode.UNDECODED, n=1, charset="utf-8")
    base = samples.unchanged(notes=(undecoded,))
    side = base.old._replace(notes=(undecoded, note(NoteCode.LANGUAGE_TAKEN, language="fr")))
    assert [text_of(told) for told in view(base._replace(old=side, new=side)).notes] == [
        "1 character could not be decoded as utf-8.", "One text is taken to be in French, like the other.",
    ]  # fmt: skip


def test_figures_that_only_moved_or_are_written_otherwise_are_not_told() -> None:
    base = samples.correction()
    silent = [
        s._replace(change=event) for s in base.statistics for event in (StatisticEvent.NOTATION, StatisticEvent.MOVED)
    ]
    shown = view(base._replace(statistics=tuple(silent)))
    assert shown.figures == ()
    assert not any("figure" in sentence for sentence in summary(shown))


def test_the_difference_of_percentages_is_in_points() -> None:
    base = samples.correction()
    change = base.statistics[1]
    percent = change._replace(old=change.old._replace(kind=StatisticKind.PERCENT), delta=-3.5, ratio=0.9)
    row = view(base._replace(statistics=(percent,))).figures[0]
    assert (row.difference, row.direction) == ("−3.5 points", "down")


def test_an_image_is_shown_by_its_words() -> None:
    image = Section(
        id="s0", position=0, level=1, heading="Lead", blocks=(Block(kind=BlockKind.IMAGE, text="A bridge"),)
    )
    new = samples.document(image._replace(blocks=()), samples.section(1, "Next", "Text."))
    old = samples.document(image, samples.section(1, "Next", "Text."))
    change = samples.change(ChangeClass.IMAGE, "[-A bridge-]", old=("s0", 0), new=None,
                            findings=((ChangeClass.IMAGE, "A bridge", ""),))  # fmt: skip
    links = (samples.link("s0", "s0", SectionStatus.EDITED), samples.link("s1", "s1", SectionStatus.UNCHANGED))
    card = view(samples.one_edit("x", old=old, new=new, changes=(change,), alignment=links)).sections[0].items[0]
    assert (card.kind, reasons(card)) == ("image", ["Image dropped"])


def test_a_very_long_text_is_cut_and_says_by_how_much() -> None:
    comparison = samples.one_edit(f"{{+{'word ' * 10_000}+}}", ChangeClass.ADDED)
    card = view(comparison).sections[0].items[1]
    assert sum(len(segment.text) for segment in card.segments) == 20_000
    assert card.cut == "… and 30,000 more characters: the JSON report has the whole text."


def test_very_many_changes_are_counted_where_they_are_left_out() -> None:
    texts = [f"Paragraph {number}." for number in range(3_000)]
    old = samples.document(samples.section(0, "Lead"))
    new = samples.document(samples.section(0, "Lead", *texts))
    changes = tuple(
        samples.change(ChangeClass.ADDED, f"{{+{text}+}}", old=None, new=("s0", number)) for number, text in enumerate(texts)
    )  # fmt: skip
    items = view(samples.one_edit("x", old=old, new=new, changes=changes)).sections[0].items
    assert len([item for item in items if isinstance(item, ChangeCard)]) == 2_000
    assert isinstance(items[-1], Remark)
    assert text_of(items[-1].phrase) == "And 1,000 more changes here: the JSON report has all of them."


def test_very_much_unchanged_text_is_cut_and_says_by_how_much() -> None:
    texts = ["x" * 100_000] * 9
    side = samples.document(samples.section(0, "Lead", *texts))
    fold = (
        view(samples.unchanged(old=side, new=side, alignment=(samples.link("s0", "s0", SectionStatus.UNCHANGED),)))
        .sections[0]
        .items[0]
    )
    assert isinstance(fold, Fold)
    assert fold.cut == "… and 300,000 more characters: the JSON report has the whole text."
    assert fold.label == "9 paragraphs unchanged"


@pytest.mark.parametrize("wording", ["ar", "en", "es", "fr", "ru", "zh"])
def test_a_report_can_be_worded_in_every_language(wording: str) -> None:
    shown = view(samples.correction("en"), wording=wording, moments=MOMENTS)
    assert shown.wording == wording
    assert all("{" not in sentence for sentence in summary(shown))
    assert shown.direction == ("rtl" if wording == "ar" else "ltr")


def test_the_sides_are_named_by_what_tells_them_apart() -> None:
    base = samples.unchanged()
    last_year = base._replace(kind=ComparisonKind.EDITION, old=base.old._replace(edition=2023, title="Norvania 2023"))
    arabic = base._replace(kind=ComparisonKind.TRANSLATION, new=base.new._replace(language="ar"))
    labels = [(shown.old.label, shown.new.label) for shown in map(view, (base, last_year, arabic))]
    assert labels == [("Old", "New"), ("2023", "2024"), ("English", "Arabic")]
    assert text_of(view(last_year).headline) == "Norvania: what the 2024 report says that 2023 did not"
    assert view(arabic).kicker == "Languages compared · English → Arabic · edition 2024"


def test_only_a_revision_calls_a_paragraph_unchanged() -> None:
    base = samples.unchanged()
    label = view(base._replace(kind=ComparisonKind.TRANSLATION)).sections[1].items[0].label
    assert (view(base).sections[1].items[0].label, label) == ("2 paragraphs unchanged", "both texts")
