"""What a report calls a page without a title, a lead, one of a kind, two captures of one minute."""

import pytest

import monitor
from monitor.model.comparison import Comparison
from monitor.report.shapes import text_of
from monitor.report.view import view
from monitor.report.wording import wording_of, wordings

_LEAD = "<p>The mayor spoke in the harbour for an hour on a Monday, and nobody came to listen to him.</p>"
_SECTIONS = "".join(
    f"<h2>On {crop}</h2><p>Text of the section about {crop} and what the court found of it in the year, at length.</p>"
    for crop in ("wheat", "barley", "oats")
)
_TITLE = "<h1>Norvania 2024</h1>"
_NOTES = '<ol class="footnotes"><li>{}</li></ol>'


def compared(old: str, new: str) -> Comparison:
    pages = (monitor.read(markup.encode(), language="en", media_type="text/html") for markup in (old, new))
    return monitor.compare(*pages)


def told(comparison: Comparison, wording: str = "en") -> list[str]:
    return [text_of(remark.phrase) for remark in view(comparison, wording=wording).summary]


def test_a_page_without_a_title_goes_by_the_name_of_its_source() -> None:
    comparison = compared(_LEAD, _LEAD.replace("Monday", "Sunday"))
    comparison = comparison._replace(new=comparison.new._replace(source="https://norvania.example/reports/2024/"))

    assert text_of(view(comparison).headline) == "2024 changed"


def test_a_lead_without_text_is_no_section_that_could_change() -> None:
    comparison = compared(_TITLE + _SECTIONS, _TITLE + _SECTIONS.replace("court", "judge"))

    assert told(comparison)[0] == "3 of 3 sections changed."


def test_where_only_a_footnote_changed_no_section_is_counted() -> None:
    page = _TITLE + _LEAD + _SECTIONS

    assert told(compared(page + _NOTES.format("Radio."), page + _NOTES.format("Press."))) == ["Changed: 1 footnote."]


def test_the_lead_is_not_called_by_the_title() -> None:
    page = _TITLE + _LEAD + _SECTIONS
    comparison = compared(page, page.replace("<h2>On wheat</h2>", ""))

    assert "A section was merged from several: Opening text." in told(comparison)


def test_a_heading_without_text_of_its_own_is_no_subject() -> None:
    old = "<h1>Norvania 2023</h1>" + _LEAD + _SECTIONS
    new = "<h1>Norvania 2024</h1>" + _LEAD + "<h2>Crops</h2>" + _SECTIONS.replace("h2", "h3")
    shown = view(compared(old, new))

    assert shown.edition is not None
    assert [row.new[0].text for row in shown.edition.subjects] == ["On wheat", "On barley", "On oats"]
    assert not any("Crops" in text_of(remark.phrase) for remark in shown.summary)


def test_a_denial_that_went_between_two_editions_is_in_the_summary() -> None:
    old = (
        "<h1>Norvania 2023</h1>"
        + _LEAD
        + _SECTIONS
        + "<h2>Courts</h2><p>The ministry did not publish the findings of it.</p>"
    )
    new = old.replace("2023", "2024").replace("did not publish", "published")

    assert "A negation was dropped: “not”, in Courts." in told(compared(old, new))


def test_a_year_inside_a_title_leaves_one_space() -> None:
    old, new = (f"<h1>Norvania {year} Human Rights Report</h1>" + _LEAD + _SECTIONS for year in (2023, 2024))
    comparison = compared(old, new.replace("court", "judge"))

    assert text_of(view(comparison).headline).startswith("Norvania Human Rights Report: ")


@pytest.mark.parametrize("tag", wordings())
def test_one_of_a_kind_is_told_as_one(tag: str) -> None:
    words = wording_of(tag)
    several = {key: words.say(key, n=5) for key in ("key_names", "key_disagree", "key_grid_sections", "key_grid_lags")}

    one = {key: words.say(key, n=1) for key in several}

    assert tag == "zh" or all(one[key] != several[key] for key in several)


def test_captures_of_one_minute_are_told_apart_by_their_seconds() -> None:
    moments = wording_of("en").moments("2024-11-02T14:50:03+00:00", "2024-11-02T14:50:41+00:00")

    assert moments == ("2 November 2024, 14:50:03 UTC", "2 November 2024, 14:50:41 UTC")
