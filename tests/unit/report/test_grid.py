"""The grid of languages: what each cell says, where it leads, and how it is told."""

import html
import re
from datetime import timedelta

import pytest

from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage
from monitor.diff.lags import Stand
from monitor.diff.languages import Languages, side_by_side
from monitor.model.document import Quality, Verdict
from monitor.model.note import NoteCode, note
from monitor.report.columns import columns
from monitor.report.data import as_indented, languages_record
from monitor.report.grid import grid
from monitor.report.grid_plain import grid_plain
from monitor.report.grid_shapes import Grid, GridCell
from monitor.report.page import grid_page
from monitor.report.shapes import Tone, text_of
from monitor.runs.translations import languages_of
from tests.fakes.norvania import START, TARGET, document, shelf
from tests.fakes.trial import trial
from tests.unit.report import samples

WORDINGS = ["en", "es", "fr", "ar", "zh", "ru"]


@pytest.fixture(scope="module")
def lagging() -> Languages:
    held = shelf(Stage.FIRST_EDITION, Stage.SILENT_CORRECTION, Stage.TRANSLATION_LAGS)
    return languages_of(held, TARGET, {})


@pytest.fixture(scope="module")
def shown(lagging: Languages) -> Grid:
    return grid(lagging)


def told(found: Grid) -> list[str]:
    return [text_of(remark.phrase) for remark in found.summary]


def cell(found: Grid, heading: str, language: str) -> GridCell:
    row = next(row for row in found.rows if row.heading.text == heading)
    return row.cells[found.columns.index(language)]


def without(stage: Stage, language: str, *topics: str):  # type: ignore[no-untyped-def]
    whole = document(stage, language)
    return whole._replace(sections=tuple(s for s in whole.sections if s.topic not in topics))


def test_the_summary_tells_lags_with_their_day_then_who_is_alone(shown: Grid) -> None:
    assert told(shown)[0] == "The languages do not say quite the same."
    assert told(shown)[1].startswith(
        "5 sections lag behind in other languages: English changed on 3 May 2025, not followed by Arabic and Russian: "
        "Violations of international humanitarian law, Impunity, Freedom of expression"
    )
    assert told(shown)[2] == (
        "A figure stands alone against the other languages: Freedom of expression: 186 in English and 168 in French."
    )


@pytest.mark.parametrize(
    ("language", "mark", "tone", "note"),
    [
        ("en", "186", Tone.CALM, ""), ("es", "186", Tone.CALM, ""), ("zh", "186", Tone.CALM, ""),
        ("fr", "168", Tone.REMOVE, ""), ("ar", "171", Tone.FLAG, "since 3 May"), ("ru", "171", Tone.FLAG, "since 3 May"),
    ],
)  # fmt: skip
def test_a_row_on_which_languages_differ_shows_the_figure_of_each(
    shown: Grid, language: str, mark: str, tone: Tone, note: str
) -> None:
    found = cell(shown, "Freedom of expression", language)
    assert (found.mark, found.tone, found.note) == (mark, tone, note)


def test_a_section_that_lags_without_a_figure_is_flagged_with_the_day(shown: Grid) -> None:
    assert cell(shown, "Impunity", "ar") == GridCell(
        mark="●", tone=Tone.FLAG, told="lags", note="since 3 May", anchor=cell(shown, "Impunity", "ar").anchor
    )
    assert cell(shown, "Background", "ar").tone is Tone.CALM


def test_what_changed_in_the_source_stands_behind_the_row(shown: Grid) -> None:
    section = next(section for section in shown.sections if section.heading.text == "Impunity")
    assert [text_of(r.phrase) for r in section.remarks] == [
        "The text in English changed on 3 May 2025, not followed by Arabic and Russian."
    ]
    (change,) = section.changes
    assert [text_of(reason.phrase) for reason in change.reasons] == ["A negation was dropped: “not”"]


def test_missing_and_extra_sections_have_their_marks_and_are_named() -> None:
    documents = [
        without(Stage.FIRST_EDITION, "en", "torture"), document(Stage.FIRST_EDITION, "es"),
        without(Stage.FIRST_EDITION, "fr", "death_penalty"),
    ]  # fmt: skip
    found = grid(side_by_side(documents))
    assert (cell(found, "Death penalty", "fr").mark, cell(found, "Death penalty", "fr").told) == ("−", "missing")
    extra = next(row for row in found.rows if row.heading.language == "es")
    assert [c.told for c in extra.cells] == ["not here", "extra", "not here"]
    assert "A section is missing in some languages: Death penalty (French)." in told(found)
    assert any("stand only in some languages" in line for line in told(found))


def held_without(language: str, *topics: str) -> list[Stand]:
    """The first edition in a language without a section, then with it or without another one, a day each."""
    texts = [without(Stage.FIRST_EDITION, language, topic) for topic in topics]
    return [
        Stand(document=text, since=START + timedelta(days=place), until=START + timedelta(days=place, hours=9))
        for place, text in enumerate(texts)
    ]


def test_what_the_source_dropped_and_added_is_said_with_the_day_instead_of_extra_and_missing() -> None:
    held = {"en": held_without("en", "torture", "death_penalty"), "fr": held_without("fr", "torture")}
    documents = [held["en"][-1].document, held["fr"][-1].document]
    languages = side_by_side(documents, "en", held)
    found = grid(languages)

    assert (
        "A section lags behind in other languages: English added on 2 May 2025, not yet in French: " in told(found)[1]
    )
    assert told(found)[2].startswith(
        "A section that the source dropped still stands elsewhere: Death penalty, dropped on 2 May"
    )
    assert not any("only in some languages" in line or "missing" in line for line in told(found))
    dropped = found.rows[-1].cells[1]
    assert (dropped.mark, dropped.tone, dropped.told, dropped.note) == (
        "+",
        Tone.FLAG,
        "dropped in the source",
        "since 2 May",
    )
    added = cell(found, "Torture and ill-treatment", "fr")
    assert (added.mark, added.tone, added.told, added.note) == ("−", Tone.FLAG, "not yet here", "since 2 May")
    assert [text_of(r.phrase) for r in found.sections[-1].remarks] == [
        "English dropped this section on 2 May 2025; French still has it."
    ]
    record = languages_record(languages)
    cells = [c for row in record["rows"] for c in row["cells"]]  # type: ignore[attr-defined]
    assert [c["dropped"]["heading"] for c in cells if c["dropped"]] == ["Death penalty"]
    assert [c["lag"]["added"] for c in cells if c["lag"]] == [True]


def test_a_language_of_another_edition_is_named_and_not_compared() -> None:
    found = grid(side_by_side([document(Stage.NEW_EDITION, language) for language in ("en", "fr")]))
    assert told(found)[1] == "A language carries another edition: French 2024."
    assert [(edition.mark, edition.tone) for edition in found.editions] == [("2025", Tone.CALM), ("2024", Tone.FLAG)]
    assert {row.cells[1].mark for row in found.rows} == {""}


def test_one_language_alone_is_said_to_be() -> None:
    found = grid(side_by_side([document(Stage.FIRST_EDITION, "en")]))
    assert [text_of(note) for note in found.notes] == [
        "There is only one language of this edition: nothing to compare."
    ]
    assert found.summary == ()


def test_every_cell_with_a_text_leads_to_both_texts(lagging: Languages) -> None:
    page = grid_page(grid(lagging))
    ids = set(re.findall(r' id="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= ids
    assert {f"row-{row}-{place}" for row in range(1, 16) for place in range(1, 6)} <= links


def test_the_source_leads_to_what_stands_behind_the_row(shown: Grid) -> None:
    assert [row.cells[0].anchor for row in shown.rows] == [section.anchor for section in shown.sections]


@pytest.mark.parametrize("wording", WORDINGS)
def test_the_grid_can_be_told_in_every_language(lagging: Languages, wording: str) -> None:
    found = grid(lagging, wording=wording)
    assert "{" not in "".join(told(found)) + "".join(key.label for key in found.keys)
    assert 'dir="rtl"' in grid_page(found)
    assert "168" in grid_plain(found, colour=False, width=100)


@pytest.mark.parametrize("width", [60, 100])
def test_the_table_of_the_terminal_marks_what_is_to_be_looked_at(shown: Grid, width: int) -> None:
    text = grid_plain(shown, colour=False, width=width)
    row = next(line for line in text.splitlines() if line.startswith("Freedom of ex") and "186" in line)
    assert row.split()[-6:] == ["186", "!168", "!171", "since", "3", "May"] or "!168" in row
    assert ("!171 since 3 May" in row) is (width == 100)
    assert max(map(columns, text.splitlines()[:-8])) <= width


def test_rows_that_agree_are_one_line_of_the_terminal_and_folded_on_the_page(shown: Grid) -> None:
    text = grid_plain(shown, colour=False, width=100)
    assert "9 sections agree." in text
    assert "Background  " not in text
    page = grid_page(shown)
    folded = page.index('<summary id="agreeing">9 sections agree</summary>')
    assert page.index("186") < folded < page.index(">Background<")


def test_a_row_without_anything_to_look_at_is_shown_where_all_agree() -> None:
    found = grid(side_by_side([document(Stage.FIRST_EDITION, language) for language in ("en", "fr")]))
    assert "Background" in grid_plain(found, colour=False, width=100)
    assert '<details class="fold" open>' in grid_page(found)


def test_the_record_has_rows_cells_lags_and_who_is_alone(lagging: Languages) -> None:
    record = languages_record(lagging)
    assert (record["schema"], record["source"], record["edition"], record["agree"]) == (
        "translations/1",
        "en",
        2024,
        False,
    )
    row = next(row for row in record["rows"] if row["topic"] == "freedom_of_expression")  # type: ignore[attr-defined]
    lags = {cell["language"]: cell["lag"] and cell["lag"]["since"] for cell in row["cells"]}
    assert lags == {"es": None, "fr": None, "zh": None, "ar": lags["ru"], "ru": "2025-05-03T08:00:00+00:00"}
    (disagreement,) = row["disagreements"]
    assert (disagreement["outliers"], sorted(disagreement["lagging"])) == (["fr"], ["ar", "ru"])
    assert as_indented(record).startswith('{\n  "schema": "translations/1"')


def test_hostile_text_stays_text() -> None:
    hostile = "</td><script>alert(1)</script>\x1b[2J\u202e"
    sections = [samples.section(n, f"{hostile} {n}", f"{hostile} {n} people left.") for n in range(3)]
    documents = [
        samples.document(*sections, title=hostile, source=hostile, notes=(note(NoteCode.NO_SECTIONS, title=hostile),)),
        samples.document(*sections[:2], title=hostile, language="es", source=hostile),
    ]
    found = grid(side_by_side(documents))
    page = grid_page(found)
    assert "<script" not in page
    assert "&lt;script" in page
    assert "\x1b" not in grid_plain(found, colour=False, width=80)
    assert "\u202e" not in html.unescape(page)


def test_all_languages_of_the_demo_have_a_column(shown: Grid) -> None:
    assert sorted(shown.columns) == sorted(LANGUAGES)


def test_a_language_is_shown_with_its_own_figure_never_with_that_of_the_source() -> None:
    found = grid(side_by_side([trial("en"), trial("ru", ("1240", "1420")), trial("ar", ("1,240 شخص", "كثيرين: "))]))
    (row,) = found.rows
    assert [one.mark for one in row.cells] == ["1,240", "1,420", "−1,240"]
    assert [one.tone for one in row.cells] == [Tone.CALM, Tone.FLAG, Tone.FLAG]


def test_a_figure_with_a_unit_is_shown_in_the_words_of_its_language() -> None:
    found = grid(side_by_side([trial("en"), trial("zh", ("两天", "三天")), trial("ru")]))
    assert [one.mark for one in found.rows[0].cells] == ["two days", "三天", "два дня"]
    assert "two days in English and 三天 in Chinese" in told(found)[1]


def test_a_figure_that_not_every_language_states_is_told_with_its_sentence() -> None:
    found = grid(side_by_side([trial("en"), trial("zh"), trial("ru", (", умерли из них 14 человек", ""))]))
    assert told(found) == [
        "The languages do not say quite the same.",
        "A figure is not stated in every language: Trials: 14 in English and Chinese, not in Russian.",
    ]
    assert [one.mark for one in found.rows[0].cells] == ["●", "●", "−14"]
    (remark,) = found.sections[0].remarks
    assert text_of(remark.phrase).startswith("14 in English and Chinese, not in Russian: At least 1,240 people waited")


def test_a_figure_that_only_a_translation_states_is_told() -> None:
    found = grid(side_by_side([trial("en", (", and 14 of them died", "")), trial("zh"), trial("ru")]))
    assert "14 in Chinese and Russian, not in English" in told(found)[1]
    assert [one.mark for one in found.rows[0].cells] == ["●", "+14", "+14"]


def test_a_section_of_which_half_is_missing_is_shorter() -> None:
    whole = document(Stage.FIRST_EDITION, "fr")
    cut = [s._replace(blocks=s.blocks[:1]) if s.topic == "torture" else s for s in whole.sections]
    english = document(Stage.FIRST_EDITION, "en")
    found = grid(side_by_side([english, whole._replace(sections=tuple(cut))]))
    assert any(line.startswith("A section is far shorter in some languages: Torture") for line in told(found))
    assert not grid(side_by_side([english, whole])).rows[3].cells[1].tone.startswith("flag")


def test_a_page_that_is_not_the_report_is_named_and_not_compared() -> None:
    lost = trial("zh")._replace(quality=Quality(verdict=Verdict.NOT_FOUND, reason="The page says so."))
    found = grid(side_by_side([trial("en"), lost, trial("ru")]))
    assert told(found) == [
        "The languages do not say quite the same.",
        "A page is not the report: Chinese: a page that says it was not found.",
    ]
    assert found.columns == ("en", "ru", "zh")
    assert found.rows[0].cells[2].told == "not compared"


def test_counts_have_their_plural() -> None:
    found = grid(side_by_side([trial("en"), trial("ru", ("1240", "1420"))]))
    assert [f"{key.value} {key.label}" for key in found.keys] == [
        "1 section in the source", "1 figure that disagrees", "0 sections that lag somewhere",
        "0 missing translations of sections",
    ]  # fmt: skip


def test_a_figure_of_a_language_that_only_lags_is_not_counted_among_those_that_disagree() -> None:
    held = shelf(Stage.FIRST_EDITION, Stage.SILENT_CORRECTION)
    found = languages_of(held, TARGET, {})
    assert len(found.judgements) == 1
    assert "0 figures that disagree" in [f"{key.value} {key.label}" for key in grid(found).keys]
