"""Sections of one report in several languages: paired without a model, whatever the order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.align.languages import align_languages
from monitor.align.signatures import signature
from monitor.align.sounds import plain, skeleton
from monitor.model.comparison import SectionStatus
from monitor.model.document import Block, BlockKind, Link, Section, SectionId
from tests.unit.align.norvania import LANGUAGES, TEXTS, document, report

OTHERS = LANGUAGES[1:]
EVERY = tuple(range(7))


def pairs(links):
    return {(i, j) for link in links for i in link.old for j in link.new}


@pytest.mark.parametrize("language", OTHERS)
def test_every_section_finds_its_translation(language):
    links = align_languages(report("en"), report(language))
    assert pairs(links) == {(f"s{n}", f"s{n}") for n in EVERY}
    assert all(link.status is SectionStatus.UNCHANGED and not link.moved for link in links)


@pytest.mark.parametrize("language", OTHERS)
def test_one_missing_section_does_not_shift_the_others(language):
    links = align_languages(report("en"), report(language, 0, 1, 2, 4, 5, 6))
    assert pairs(links) == {("s0", "s0"), ("s1", "s1"), ("s2", "s2"), ("s4", "s3"), ("s5", "s4"), ("s6", "s5")}
    assert [link.old for link in links if link.status is SectionStatus.REMOVED] == [("s3",)]


@pytest.mark.parametrize("language", OTHERS)
def test_a_moved_section_is_moved_and_not_removed(language):
    links = align_languages(report("en"), report(language, 0, 1, 3, 4, 5, 6, 2))
    moved = [link for link in links if link.moved]
    assert [(link.old, link.new) for link in moved] == [(("s2",), ("s6",))]
    assert not any(link.status in (SectionStatus.REMOVED, SectionStatus.ADDED) for link in links)


@pytest.mark.parametrize("language", OTHERS)
def test_two_sections_under_one_heading_are_merged(language):
    texts = TEXTS[language]
    joined = (texts[4][0], texts[4][1] + texts[5][1])
    links = align_languages(report("en"), document(*texts[:4], joined, texts[6], language=language))
    merged = [link for link in links if link.status is SectionStatus.MERGED]
    assert [(link.old, link.new) for link in merged] == [(("s4", "s5"), ("s4",))]


def test_the_same_the_other_way_round_is_split():
    texts = TEXTS["fr"]
    joined = (texts[4][0], texts[4][1] + texts[5][1])
    links = align_languages(document(*texts[:4], joined, texts[6], language="fr"), report("en"))
    assert [(link.old, link.new) for link in links if link.status is SectionStatus.SPLIT] == [(("s4",), ("s4", "s5"))]


@pytest.mark.parametrize("language", OTHERS)
def test_an_order_that_is_not_kept_is_not_believed(language):
    order = (0, 5, 3, 6, 1, 4, 2)
    links = align_languages(report("en"), report(language, *order))
    assert pairs(links) == {(f"s{old}", f"s{new}") for new, old in enumerate(order)}


def test_equal_ids_of_the_page_bind_sections_that_share_nothing_else():
    def section(number, anchor, text):
        block = Block(kind=BlockKind.PARAGRAPH, text=text)
        return Section(id=SectionId(f"s{number}"), position=number, level=2, heading="", anchor=anchor, blocks=(block,))

    base, other = document(("A", ["Lead."])), document(("B", ["Lead."]), language="sw")
    texts = ["word " * 20, "word " * 20, "word " * 20]
    old = [section(n + 1, name, text) for n, (name, text) in enumerate(zip("xyz", texts, strict=True))]
    new = [section(n + 1, name, text) for n, (name, text) in enumerate(zip("zxy", texts, strict=True))]

    links = align_languages(
        base._replace(sections=(*base.sections, *old)), other._replace(sections=(*other.sections, *new))
    )
    assert pairs(links) == {("s0", "s0"), ("s1", "s2"), ("s2", "s3"), ("s3", "s1")}


@pytest.mark.parametrize("language", ["sw", "und", "ka"])
def test_a_language_without_a_lexicon_is_aligned_by_order_and_figures(language):
    made = [(heading, texts) for heading, texts in TEXTS["es"]]
    links = align_languages(report("en"), document(*made, language=language))
    assert pairs(links) == {(f"s{n}", f"s{n}") for n in EVERY}


def test_a_document_without_sections_leaves_all_alone():
    links = align_languages(report("en"), document(language="fr"))
    assert {link.status for link in links} == {SectionStatus.REMOVED}
    assert len(links) == len(EVERY)


def test_a_lead_alone_is_paired_with_the_lead():
    links = align_languages(report("en"), report("fr", 0))
    assert pairs(links) == {("s0", "s0")}


def test_more_sections_than_fit_are_aligned_in_slices():
    many = [("Norvania 2024", ["Lead."])] + [
        (f"Article {n}", [f"The court fined {n * 13} people in Halden for {n} days."]) for n in range(1, 620)
    ]
    links = align_languages(document(*many), document(*many, language="fr"))
    assert sum(link.old == link.new for link in links) > 600


@given(st.permutations(EVERY[1:]), st.integers(1, 6), st.sampled_from(OTHERS))
def test_every_section_stands_in_exactly_one_link(order, kept, language):
    old, new = report("en"), report(language, 0, *order[:kept])
    links = align_languages(old, new)
    assert sorted(i for link in links for i in link.old) == sorted(section.id for section in old.sections)
    assert sorted(j for link in links for j in link.new) == sorted(section.id for section in new.sections)
    assert all(0 <= link.confidence <= 1 for link in links)


@pytest.mark.parametrize(
    ("words", "sound"),
    [(("Bolsonaro", "Болсонару", "بولسونارو"), "blsnr"), (("Lukashenko", "Лукашенко", "لوكاشنكو"), "lksnk")],
)
def test_a_name_sounds_alike_in_every_alphabet(words, sound):
    assert {skeleton(plain(word)) for word in words} == {sound}


def test_a_short_word_has_no_sound_of_its_own():
    assert skeleton("halo") == ""


@pytest.mark.parametrize(("language", "text"), [("en", "4,200"), ("es", "4.200"), ("fr", "4 200"), ("ar", "٤٢٠٠")])
def test_a_number_is_one_signal_however_it_is_grouped(language, text):
    block = Block(
        kind=BlockKind.PARAGRAPH, text=f"x {text} x", links=(Link(start=0, end=1, href="https://a.example/"),)
    )
    section = Section(id=SectionId("s1"), position=1, level=2, heading="", blocks=(block,))
    found = signature(section, language, sounds=True).tokens
    assert "#4200" in found
    assert "Uhttps://a.example/" in found


@pytest.mark.parametrize("tag", ["en", "fr", "zh-hans"])
def test_the_address_of_a_document_is_the_same_whatever_language_it_names(tag):
    link = Link(start=0, end=1, href=f"https://a.example/{tag}/documents/eur46/4328/2021/{tag}/")
    block = Block(kind=BlockKind.PARAGRAPH, text="x", links=(link,))
    section = Section(id=SectionId("s1"), position=1, level=2, heading="", blocks=(block,))
    assert "Uhttps://a.example/documents/eur46/4328/2021" in signature(section, tag, sounds=False).tokens


@pytest.mark.parametrize(("language", "heading"), [("en", "Article 21"), ("zh", "第二十一条"), ("ar", "المادة ٢١")])
def test_the_number_of_a_heading_with_words_counts(language, heading):
    section = Section(id=SectionId("s1"), position=1, level=2, heading=heading, blocks=())
    assert "N21" in signature(section, language, sounds=False).tokens


def test_a_bare_number_is_no_heading():
    section = Section(id=SectionId("s1"), position=1, level=2, heading="21", blocks=())
    assert signature(section, "en", sounds=False).tokens == {}
