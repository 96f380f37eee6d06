"""Which sections of two versions correspond."""

import random

from hypothesis import given
from hypothesis import strategies as st

from monitor.align.sections import align_sections
from monitor.model.comparison import SectionLink, SectionStatus
from monitor.model.document import Document
from tests.fakes.documents import document

_TEXTS = {
    "Background": "Elections took place amid floods that cut off the eastern valleys for many weeks.",
    "Torture": "Guards beat prisoners in the quarry near Tilan and denied them water and medicine.",
    "Expression": "Soldiers searched the offices of two weekly papers whose editors then went into hiding.",
    "Housing": "The city council demolished nine settlements by the harbour and offered no other homes.",
    "Death penalty": "Courts sentenced eleven men to death for murder under the emergency law of last year.",
}


def _report(headings: list[str], **changed: str) -> Document:
    return document("\n".join(f"# {heading}\n{changed.get(heading, _TEXTS.get(heading, ''))}" for heading in headings))


def _links(old: Document, new: Document) -> list[tuple[list[str], list[str], SectionLink]]:
    """The links that are no plain "unchanged", with the headings of both sides."""
    olds, news = ({section.id: section.heading for section in side.sections} for side in (old, new))
    return [
        ([olds[i] for i in link.old], [news[j] for j in link.new], link)
        for link in align_sections(old, new)
        if link.status is not SectionStatus.UNCHANGED or link.moved or link.renamed
    ]


paragraphs = st.sampled_from([*_TEXTS.values(), "Short.", "The same again and again in every one of the sections."])
parts = st.lists(st.tuples(st.sampled_from(["A", "B", "Background", ""]), st.lists(paragraphs, max_size=3)), max_size=7)


@given(parts, parts)
def test_every_section_of_both_sides_stands_in_exactly_one_link(
    old: list[tuple[str, list[str]]], new: list[tuple[str, list[str]]]
) -> None:
    one, other = (
        document("\n".join("\n".join([f"# {heading}", *texts]) for heading, texts in side)) for side in (old, new)
    )

    links = align_sections(one, other)

    assert sorted(i for link in links for i in link.old) == sorted(section.id for section in one.sections)
    assert sorted(j for link in links for j in link.new) == sorted(section.id for section in other.sections)
    assert all(0 <= link.similarity <= 1 and 0 <= link.confidence <= 1 for link in links)


@given(parts)
def test_a_document_has_the_sections_of_itself(text: list[tuple[str, list[str]]]) -> None:
    report = document("\n".join("\n".join([f"# {heading}", *texts]) for heading, texts in text))

    assert _links(report, report) == []


def test_a_section_that_moved_and_was_renamed_and_edited_at_once() -> None:
    old = _report(list(_TEXTS))
    edited = _TEXTS["Torture"].replace("prisoners", "miners")
    new = document(
        "\n".join(
            f"# {heading}\n{_TEXTS[heading]}" for heading in ("Background", "Expression", "Housing", "Death penalty")
        )
        + f"\n# Torture in custody\n{edited}"
    )

    ((one, other, link),) = _links(old, new)

    assert (one, other) == (["Torture"], ["Torture in custody"])
    assert (link.moved, link.renamed, link.status) == (True, True, SectionStatus.EDITED)


def test_headings_that_changed_places_are_two_renamed_sections() -> None:
    old = _report(["Background", "Torture", "Expression"])
    new = _report(["Background", "Expression", "Torture"], Expression=_TEXTS["Torture"], Torture=_TEXTS["Expression"])

    assert all(link.renamed and not link.moved for _, _, link in _links(old, new))
    assert len(_links(old, new)) == 2


def test_a_section_rewritten_under_its_heading_stays_the_same_section() -> None:
    old = _report(["Background", "Torture"])
    new = _report(["Background", "Torture"], Torture="Nobody visited any of the barracks upriver since spring.")

    ((one, other, link),) = _links(old, new)

    assert one == other == ["Torture"]
    assert link.status is SectionStatus.EDITED


def test_two_sections_of_different_matter_do_not_correspond() -> None:
    links = _links(_report(["Background", "Torture"]), _report(["Background", "Housing"]))

    assert [link.status for _, _, link in links] == [SectionStatus.REMOVED, SectionStatus.ADDED]


def test_a_section_is_split() -> None:
    both = f"{_TEXTS['Torture']}\n{_TEXTS['Housing']}"
    old = _report(["Background", "Abuses"], Abuses=both)
    new = _report(
        ["Background", "Abuses", "Forced evictions"],
        **{"Abuses": _TEXTS["Torture"], "Forced evictions": _TEXTS["Housing"]},
    )

    ((one, other, link),) = _links(old, new)

    assert (one, other, link.status) == (["Abuses"], ["Abuses", "Forced evictions"], SectionStatus.SPLIT)
    ((one, other, link),) = _links(new, old)
    assert (one, other, link.status) == (["Abuses", "Forced evictions"], ["Abuses"], SectionStatus.MERGED)


def test_a_copy_of_a_section_is_an_added_section() -> None:
    new = document("\n".join(f"# {heading}\n{_TEXTS['Torture']}" for heading in ("Torture", "Torture again")))

    ((one, other, link),) = _links(_report(["Torture"]), new)

    assert (one, other, link.status) == ([], ["Torture again"], SectionStatus.ADDED)


def test_a_bare_heading_renamed_in_its_place() -> None:
    ((one, other, link),) = _links(
        _report(["Background", "Freedoms", "Torture"]), _report(["Background", "Liberties", "Torture"])
    )

    assert (one, other, link.renamed) == (["Freedoms"], ["Liberties"], True)


def test_short_sections_under_one_heading_are_never_moved() -> None:
    old = document("# Note\nOne.\n# Torture\nGuards beat prisoners in the quarry near Tilan.\n# Note\nTwo.")
    new = document("# Note\nTwo.\n# Torture\nGuards beat prisoners in the quarry near Tilan.\n# Note\nOne.")

    assert not any(link.moved for link in align_sections(old, new))


def test_a_removed_section_follows_what_it_followed() -> None:
    old, new = _report(list(_TEXTS)), _report(["Background", "Torture", "Death penalty"])

    links = align_sections(old, new)

    assert [old.section(link.old[0]).heading for link in links][1:] == list(_TEXTS)


def test_five_hundred_sections_rewritten_and_shuffled() -> None:
    chance = random.Random(7)
    bodies = [" ".join(f"w{chance.randrange(4000)}" for _ in range(60)) for _ in range(500)]
    edited = [" ".join(word if chance.random() < 0.8 else "x" for word in body.split()) for body in bodies]
    order = list(range(500))
    chance.shuffle(order)
    old = document("\n".join(f"# Part {place}\n{body}" for place, body in enumerate(bodies)))
    new = document("\n".join(f"# Chapter {chance.randrange(9)}\n{edited[place]}" for place in order))

    links = align_sections(old, new)

    assert all(len(link.old) == len(link.new) == 1 for link in links)
    assert [int(link.old[0][1:]) - 1 for link in links[1:]] == order
