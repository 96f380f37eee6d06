"""Sections of two editions: what continued under whatever heading, what is new, what is gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.align.editions import align_editions
from monitor.model.comparison import SectionStatus
from tests.unit.align.norvania import LANGUAGES, TEXTS, document, report

OLD = {
    "Background": "The crown lost value and the parliament of Norvania was dissolved before its term ended.",
    "Freedom of assembly": "Police broke up the march of the harbour unions in Halden with water cannon and dogs.",
    "Failure to tackle climate crisis": "Coal mines near Brenk poisoned wells; the company Orlan denied that.",
    "Torture and ill-treatment": "Guards in Tolmin prison beat detainees; the ombudsman Vera Solm asked for charges.",
    "Death penalty": "Courts passed two sentences of death.",
}
NEW = {
    "Right to education": "Teachers taught four classes at once since half of the village schools had closed.",
    "Torture and other ill-treatment": "In Tolmin prison, beatings went on; Vera Solm reported nine guards to prosecutors.",
    "Right to a healthy environment": "Orlan opened another pit near Brenk while its wells stayed poisoned.",
    "Freedom of peaceful assembly": "The unions of the harbour marched in Halden twice; police used dogs again.",
    "Background": "Elections brought a coalition to power in Norvania, and prices kept rising.",
}


def edition(sections, year):
    return document(
        (f"Norvania {year}", ["The year in short."]), *((h, [t]) for h, t in sections.items()), edition=year
    )


def found(old, new):
    links, *_ = align_editions(old, new)
    return {
        (
            " + ".join(old.section(i).heading for i in link.old),
            " + ".join(new.section(j).heading for j in link.new),
        ): link
        for link in links
    }


def test_subjects_continue_under_new_headings_and_in_another_order():
    links = found(edition(OLD, 2023), edition(NEW, 2024))
    renamed = [pair for pair, link in links.items() if link.renamed]
    assert sorted(renamed) == [
        ("Failure to tackle climate crisis", "Right to a healthy environment"),
        ("Freedom of assembly", "Freedom of peaceful assembly"),
        ("Torture and ill-treatment", "Torture and other ill-treatment"),
    ]
    assert links["Background", "Background"].status is SectionStatus.REWRITTEN
    assert links["Death penalty", ""].status is SectionStatus.REMOVED
    assert links["", "Right to education"].status is SectionStatus.ADDED


def test_what_corresponds_is_surer_than_what_only_looks_alike():
    links = found(edition(OLD, 2023), edition(NEW, 2024))
    assert links["Background", "Background"].confidence > 0.9
    assert links["Failure to tackle climate crisis", "Right to a healthy environment"].confidence > 0.8


def test_leads_always_correspond():
    assert found(edition(OLD, 2023), edition(NEW, 2024))["Norvania 2023", "Norvania 2024"].confidence == 1.0


def test_a_subject_that_was_divided_is_split():
    old = {"Freedom of expression, association and assembly": (
        "Police broke up the march of the harbour unions in Halden with dogs. The editor Ilya Marek was fined for an "
        "article on the harbour strike.")}  # fmt: skip
    new = {
        "Freedom of expression": "Ilya Marek, an editor, was fined again for an article on the harbour strike.",
        "Freedom of peaceful assembly": "The march of the harbour unions in Halden was broken up with dogs.",
        "Right to health": "Two hospitals closed.",
    }
    links = found(edition(old, 2023), edition(new, 2024))
    key = ("Freedom of expression, association and assembly", "Freedom of expression + Freedom of peaceful assembly")
    assert links[key].status is SectionStatus.SPLIT


def test_bare_numbers_as_headings_say_nothing():
    order = [2, 0, 4, 1, 3]
    texts = list(OLD.values())
    old = edition({str(n + 1): text for n, text in enumerate(texts)}, 2023)
    new = edition({str(n + 1): texts[at] for n, at in enumerate(order)}, 2024)
    links, *_ = align_editions(old, new)
    assert {(i, j) for link in links for i in link.old for j in link.new if i != "s0"} == {
        (f"s{at + 1}", f"s{n + 1}") for n, at in enumerate(order)
    }
    assert not any(link.renamed for link in links)


def test_the_outlines_correspond_as_far_as_headings_and_topics_connect_them():
    same = align_editions(edition(OLD, 2023), edition(OLD, 2024)).similarity
    partly = align_editions(edition(OLD, 2023), edition(NEW, 2024)).similarity
    hardly = align_editions(
        edition(OLD, 2023), edition({"Ten questions": "Bread and ships.", "Voices": "Songs of the north."}, 2024)
    ).similarity
    assert same == 1.0
    assert 0.6 < partly < 1.0
    assert hardly == 0.0


def test_what_does_not_belong_together_is_not_paired():
    links = found(
        edition({"Death penalty": OLD["Death penalty"]}, 2023), edition({"Right to health": "Clinics closed."}, 2024)
    )
    assert ("Death penalty", "") in links
    assert ("", "Right to health") in links


def test_a_dropped_section_whose_rare_words_live_on_is_related():
    old = edition(OLD, 2023)
    new = edition(
        NEW
        | {
            "Women’s rights": (
                "A shelter for women opened in Halden after years of protest, the first one in the whole north of the country; "
                "another is planned. Courts passed fewer sentences for rape. Divorced mothers lost benefits they had relied on."
            )
        },
        2024,
    )
    named = [(old.section(i).heading, new.section(j).heading) for i, j in align_editions(old, new).related]
    assert ("Death penalty", "Women’s rights") in named


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_edition_twice_is_unchanged(language):
    links, outline, _ = align_editions(report(language), report(language))
    assert {link.status for link in links} == {SectionStatus.UNCHANGED}
    assert not any(link.moved or link.renamed for link in links)
    assert outline == 1.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_subject_shifts_nothing(language):
    texts = TEXTS[language]
    old, new = document(*texts[:3], *texts[4:], language=language), document(*texts, language=language)
    links, *_ = align_editions(old, new)
    assert [link.new for link in links if link.status is SectionStatus.ADDED] == [("s3",)]
    assert not any(link.moved for link in links)


@pytest.mark.parametrize(("old", "new"), [((), ()), ((), (0, 1)), ((0,), (0, 1, 2)), ((0, 1), ())])
def test_documents_without_sections_are_aligned_with_whatever_there_is(old, new):
    sides = [document(*(TEXTS["en"][n] for n in numbers)) for numbers in (old, new)]
    links, outline, _ = align_editions(*sides)
    assert sum(len(link.old) for link in links) == len(old)
    assert sum(len(link.new) for link in links) == len(new)
    assert 0 <= outline <= 1


@given(st.permutations(range(1, 7)), st.integers(0, 6), st.sampled_from(LANGUAGES))
def test_every_section_stands_in_exactly_one_link(order, kept, language):
    old, new = report(language), report(language, 0, *order[:kept])
    links, *_ = align_editions(old, new)
    assert sorted(i for link in links for i in link.old) == sorted(section.id for section in old.sections)
    assert sorted(j for link in links for j in link.new) == sorted(section.id for section in new.sections)
