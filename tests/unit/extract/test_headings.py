"""What heads a section of a page, however the page marks it."""

import pytest

from monitor.extract.reading import read

_FIRST = "The mayors of Norvania met in May and closed two piers of the harbour."
_SECOND = "The inspector did not visit the quarry, and nobody said why."


def _sections(report: str) -> list[tuple[str, int, list[str]]]:
    markup = f'<!doctype html><html lang="en"><body><main><h1>Norvania 2024</h1>{report}</main></body></html>'
    found = read(markup.encode(), source="page.html").sections
    return [(section.heading, section.level, [block.text for block in section.blocks]) for section in found]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<h2><button aria-expanded=true>Piers</button></h2>", "<h2>Quarry <button>Copy link</button></h2>"),
        ("<div role=heading aria-level=2>Piers</div>", "<div role=heading><span>Quarry</span></div>"),
    ],
)
def test_a_heading_may_be_a_button_or_have_the_role_of_one(first: str, second: str) -> None:
    assert _sections(f"{first}<p>{_FIRST}</p>{second}<p>{_SECOND}</p>")[1:] == [
        ("Piers", 2, [_FIRST]), ("Quarry", 2, [_SECOND]),
    ]  # fmt: skip


def test_a_whole_report_in_an_element_with_the_role_of_a_heading_is_still_read() -> None:
    assert _sections(f"<div role=heading><p>{_FIRST}</p></div>")[0][2] == [_FIRST]


@pytest.mark.parametrize(("opening", "closing"), [("<h2><div>", "</div></h2>"), ("<div role=heading>", "</div>")])
def test_a_heading_in_a_heading_is_its_text(opening: str, closing: str) -> None:
    empty, nested = (opening * 60 + text + closing * 60 for text in ("", "<button>Piers</button>"))

    assert [heading for heading, _, _ in _sections(f"{empty}{nested}<p>{_FIRST}</p>")[1:]] == ["Piers"]


@pytest.mark.parametrize("container", ["details", "div class=accordion-item", "div class=card"])
def test_the_headings_of_folded_parts_head_sections_if_these_hold_most_of_the_text(container: str) -> None:
    folded = (
        f"<{container}><summary><h2>{heading}</h2></summary><p>{text}</p></{container.split()[0]}>"
        for heading, text in (("Piers", _FIRST), ("Quarry", _SECOND))
    )

    assert _sections("".join(folded))[1:] == [("Piers", 2, [_FIRST]), ("Quarry", 2, [_SECOND])]


def test_the_heading_of_one_folded_part_among_others_heads_no_section() -> None:
    folded = "<details><summary><h3>Method</h3></summary><p>We asked 12 mayors.</p></details>"

    found = _sections(f"<h2>Piers</h2><p>{_FIRST}</p>{folded}<h2>Quarry</h2><p>{_SECOND}</p>")

    assert [heading for heading, _, _ in found[1:]] == ["Piers", "Quarry"]


@pytest.mark.parametrize(
    "part",
    [
        "<dl><dt>{}</dt><dd><p>{}</p></dd></dl>", "<dl><div><dt>{}</dt><dd>{}</dd></div></dl>",
        "<details><summary>{}</summary><p>{}</p></details>", "<ul><li><details><summary>{}</summary>{}</details></li></ul>",
    ],
)  # fmt: skip
def test_terms_and_summaries_head_sections_only_where_nothing_else_does(part: str) -> None:
    report = part.format("Piers", _FIRST) + part.format("Quarry", _SECOND)
    plain = part.startswith("<ul>")

    assert [heading for heading, _, _ in _sections(report)[1:]] == ([] if plain else ["Piers", "Quarry"])
    assert [heading for heading, _, _ in _sections(f"<h2>Harbour</h2>{report}")[1:]] == ["Harbour"]


def test_a_list_of_facts_heads_nothing() -> None:
    facts = "<dl><dt>Head of state</dt><dd>Ilo Maren</dd><dt>Head of government</dt><dd>Ana Ruiz</dd></dl>"

    assert [heading for heading, _, _ in _sections(facts)] == ["Norvania 2024"]
