"""Which paragraphs correspond, and what a comparison makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.comparison import compare, kind_of
from monitor.model.comparison import ChangeClass, Comparison, ComparisonKind, Operation, SectionStatus
from monitor.model.document import Document
from tests.fakes.documents import document, linked

_LONG = [
    "Guards beat prisoners in the quarry near Tilan and denied them water.",
    "Soldiers searched the offices of two weekly papers in the capital.",
    "The council demolished nine settlements by the harbour before dawn.",
    "Courts sentenced eleven men to death under the emergency law.",
]


def _compared(old: list[str], new: list[str], **details: bool) -> Comparison:
    return compare(*(document("# Abuses\n" + "\n".join(lines)) for lines in (old, new)), **details)  # type: ignore[arg-type]


def _told(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [(change.change_class.value, change.old_text, change.new_text) for change in comparison.changes]


lines = st.lists(
    st.sampled_from([*_LONG, "Short.", "45", "98 men", _LONG[0].replace("water", "air"), "![a map]"]), max_size=7
)


@given(lines, lines)
def test_what_is_gone_and_what_came_add_up(old: list[str], new: list[str]) -> None:
    comparison = _compared(old, new)

    for change in comparison.changes:
        hunks = change.hunks
        assert "".join(hunk.text for hunk in hunks if hunk.operation is not Operation.INSERT) == change.old_text
        assert "".join(hunk.text for hunk in hunks if hunk.operation is not Operation.DELETE) == change.new_text
    assert comparison.changed == (_visible(old) != _visible(new))
    assert comparison.changed == any(link.status is not SectionStatus.UNCHANGED for link in comparison.alignment)


def _visible(lines_of_one_side: list[str]) -> str:
    return " ".join(lines_of_one_side)


def test_a_paragraph_that_moved_within_its_section() -> None:
    comparison = _compared(_LONG, [_LONG[3], *_LONG[:3]])

    assert _told(comparison) == [("moved", _LONG[3], _LONG[3])]
    assert comparison.alignment[1].status is SectionStatus.EDITED
    assert comparison.alignment[1].similarity == 1.0


def test_a_paragraph_that_moved_and_lost_a_hedge() -> None:
    hedged = "Guards reportedly beat prisoners in the quarry near Tilan and denied them water."

    (change,) = _compared([hedged, *_LONG[1:]], [*_LONG[1:], _LONG[0]]).changes

    assert change.change_class is ChangeClass.HEDGING
    assert change.moved


def test_a_repeated_paragraph_is_added_once() -> None:
    assert _told(_compared([_LONG[0], _LONG[1], _LONG[0]], [_LONG[0], _LONG[0], _LONG[1], _LONG[0]])) == [
        ("added", "", _LONG[0])
    ]


def test_two_paragraphs_are_joined_and_edited() -> None:
    joined = f"{_LONG[0]} {_LONG[1]}".replace("two weekly", "three weekly")

    (change,) = _compared(_LONG[:3], [joined, _LONG[2]]).changes

    assert (change.old_text, change.new_text) == (f"{_LONG[0]} {_LONG[1]}", joined)


def test_rows_of_a_long_table_are_updated_in_step() -> None:
    old = [f"Detained in district number {row}: {row * 3} persons" for row in range(60)]
    new = [f"Detained in district number {row}: {row * 3 + 1} persons" for row in range(60)]

    comparison = _compared(old, new)

    assert [(change.old_text, change.new_text) for change in comparison.changes] == list(zip(old, new, strict=True))


def test_a_figure_that_stands_alone_took_its_predecessors_place() -> None:
    assert _told(_compared([_LONG[0], "45", _LONG[1]], [_LONG[0], "52", _LONG[1]])) == [("number", "45", "52")]


def test_an_unrelated_paragraph_in_the_same_place_is_no_edit() -> None:
    assert [told[0] for told in _told(_compared(_LONG[:1], _LONG[2:3]))] == ["added", "removed"] or [
        told[0] for told in _told(_compared(_LONG[:1], _LONG[2:3]))
    ] == ["removed", "added"]


def test_an_image_that_goes_and_one_that_is_described_anew() -> None:
    old = [_LONG[0], "![Miners at the gate]", _LONG[1], "![The harbour at night]"]
    new = [_LONG[0], _LONG[1], "![The harbour at dawn]"]

    assert [told[0] for told in _told(_compared(old, new))] == ["image", "image"]


def test_a_link_that_leads_elsewhere() -> None:
    old, new = document("# Abuses\nx"), document("# Abuses\nx")
    old = _with_block(old, "https://norland.example/a")
    new = _with_block(new, "https://norland.example/b")

    (change,) = compare(old, new).changes

    assert change.change_class is ChangeClass.LINK
    assert (change.old_text, change.new_text) == (
        "the inquiry (https://norland.example/a)", "the inquiry (https://norland.example/b)",
    )  # fmt: skip


def _with_block(report: Document, href: str) -> Document:
    block = linked("Read the inquiry of the bar.", "the inquiry", href)
    lead, section = report.sections
    return report._replace(sections=(lead, section._replace(blocks=(block,))))


def test_footnotes_are_a_list_of_their_own() -> None:
    notes = ["Norland: Miners at risk, 3 March.", "Bar Association, letter of 9 May."]
    old = document("# Abuses\n" + _LONG[0], footnotes=notes)
    new = document(
        "# Abuses\n" + _LONG[0],
        footnotes=["A new first note about the harbour.", notes[0].replace("March", "May"), notes[1]],
    )

    comparison = compare(old, new)

    assert [(change.change_class.value, change.old_section, change.new_section) for change in comparison.changes] == [
        ("footnote", None, None)
    ] * 2
    assert comparison.changed
    assert all(link.status is SectionStatus.UNCHANGED for link in comparison.alignment)


def test_typography_is_told_on_request_and_is_no_change() -> None:
    old, new = ["The guard’s “order” — given twice — was lost."], ['The guard\'s "order" - given twice - was lost.']

    assert _told(_compared(old, new)) == []
    shown = _compared(old, new, typography=True)
    assert [change.change_class for change in shown.changes] == [ChangeClass.TYPOGRAPHY]
    assert not shown.changed
    assert shown.alignment[1].status is SectionStatus.UNCHANGED


def test_a_section_of_which_little_stayed_is_rewritten() -> None:
    new = ["Nobody has visited any of the barracks upriver since the spring floods.", _LONG[3]]

    comparison = _compared([_LONG[0], _LONG[1], _LONG[2], _LONG[3]], new)

    assert comparison.alignment[1].status is SectionStatus.REWRITTEN
    assert 0 < comparison.alignment[1].similarity < 0.4


def test_a_section_that_was_empty_is_edited() -> None:
    comparison = _compared([], _LONG[:1])

    assert comparison.alignment[1].status is SectionStatus.EDITED
    assert _told(comparison) == [("added", "", _LONG[0])]


def test_a_hundred_thousand_words_of_one_paragraph() -> None:
    paragraph = " ".join(_LONG * 2)
    count = 100_000 // len(paragraph.split())

    comparison = _compared(["First.", *[paragraph] * count, "Last."], ["Start.", *[paragraph] * (count - 7), "End."])

    assert [change.change_class.value for change in comparison.changes].count("removed") >= 7


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ({}, {}, ComparisonKind.REVISION),
        ({"edition": 2023}, {}, ComparisonKind.EDITION),
        ({"edition": None}, {}, ComparisonKind.REVISION),
        ({"language": "en-GB"}, {}, ComparisonKind.REVISION),
        ({"language": "fr"}, {"edition": 2023}, ComparisonKind.TRANSLATION),
    ],
)
def test_the_kind_follows_from_the_documents(old: dict[str, str], new: dict[str, str], kind: ComparisonKind) -> None:
    assert kind_of(document("x", **old), document("x", **new)) is kind  # type: ignore[arg-type]
