"""Two editions compared: subjects, sentences carried over, figures, names, sources."""

import pytest

from monitor.diff.editions import compare_editions
from monitor.diff.names import names, same_names
from monitor.model.comparison import ChangeClass, ComparisonKind, Operation, SectionStatus
from monitor.model.statistic import StatisticEvent
from tests.unit.align.norvania import LANGUAGES, TEXTS, document, report

OLD = document(
    ("Norvania 2023", ["The year in short."]),
    ("Freedom of expression", [
        ("The editor Ilya Marek remained free on bail. Courts convicted 133 people under the law on wartime speech. "
        "According to the Halden Press Union, two newspapers closed.")]),
    ("Death penalty", ["Courts sentenced 4 people to death."]),
    edition=2023,
)  # fmt: skip
NEW = document(
    ("Norvania 2024", ["The year in short."]),
    ("Freedom of expression", [
        ("Courts convicted at least 186 people under the law on wartime speech. Marek was sent to prison in May. According "
        "to the Halden Press Union, nine newspapers closed.")]),
    ("Right to education", ["In villages, Vera Solm counted 70 closed schools."]),
    edition=2024,
)  # fmt: skip


def test_new_and_dropped_subjects_are_told():
    comparison = compare_editions(OLD, NEW)
    assert comparison.kind is ComparisonKind.EDITION
    statuses = {(link.old, link.new): link.status for link in comparison.alignment}
    assert statuses[("s2",), ()] is SectionStatus.REMOVED
    assert statuses[(), ("s2",)] is SectionStatus.ADDED


def test_an_updated_sentence_has_a_word_diff_and_the_rest_is_gone_or_new():
    comparison = compare_editions(OLD, NEW)
    (updated,) = [c for c in comparison.changes if "186" in c.new_text and c.old_text]
    assert "".join(h.text for h in updated.hunks if h.operation is not Operation.INSERT) == updated.old_text
    assert "".join(h.text for h in updated.hunks if h.operation is not Operation.DELETE) == updated.new_text
    gone = [c.old_text for c in comparison.changes if c.change_class is ChangeClass.REMOVED]
    new = [c.new_text for c in comparison.changes if c.change_class is ChangeClass.ADDED]
    assert "The editor Ilya Marek remained free on bail." in gone
    assert "Marek was sent to prison in May." in new


def test_a_figure_of_the_same_count_changed_and_others_did_not():
    changed = {
        (event.old.value, event.new.value): event
        for event in compare_editions(OLD, NEW).statistics
        if event.change is StatisticEvent.CHANGED
    }
    assert (133, 186) in changed
    event = changed[133, 186]
    assert (event.delta, event.ratio, event.qualifier_changed) == (53, 1.398, True)
    assert event.confidence > 0.65
    assert (4, 70) not in changed


def changed_figures(old, new, language="en"):
    """The figures that changed between two editions whose one subject says this."""
    sides = [
        document(("Elections", [text]), language=language, edition=year) for text, year in ((old, 2023), (new, 2024))
    ]
    statistics = compare_editions(*sides).statistics
    return [(e.old.value, e.new.value) for e in statistics if e.change is StatisticEvent.CHANGED]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The Sarn Front won 25 seats; the Unity Bloc took 10 seats.", "The Sarn Front won 44 seats; small parties won the remaining 18 seats."),
        ("More than 350 people were killed in the violence in Sarn.", "The minister said that 20,000 people had been killed in ten years."),
        ("Women won 27 of 545 seats in the last vote, up from 22.", "Women won 27 seats in the last vote, up from 22."),
    ],
    ids=["another_party", "another_event", "a_part_and_a_whole"],
)  # fmt: skip
def test_figures_that_only_count_the_same_kind_of_thing_are_no_change(old, new):
    assert set(changed_figures(old, new)) <= {(25, 44)}


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "Norvania hosted 64,800 refugees, most of them from Lurenia.", "Norvania hosted 57,200 refugees."),
        ("es", "Norvania acogía a 64.800 personas refugiadas, la mayoría de Lurenia.", "Norvania acogía a 57.200 personas refugiadas."),
        ("fr", "La Norvanie accueillait 64 800 réfugiés, venus surtout de Lurénie.", "La Norvanie accueillait 57 200 réfugiés."),
        ("ar", "استضافت نورفانيا 64,800 لاجئ، معظمهم من لورينيا.", "استضافت نورفانيا 57,200 لاجئ."),
        ("zh", "诺瓦尼亚收容了64,800名难民，多数来自卢雷尼亚。", "诺瓦尼亚收容了57,200名难民。"),
        ("ru", "Норвания приняла 64 800 беженцев, в основном из Лурении.", "Норвания приняла 57 200 беженцев."),
    ],
)  # fmt: skip
def test_a_figure_said_of_the_same_in_other_words_is_a_change(language, old, new):
    assert changed_figures(old, new, language) == [(64_800, 57_200)]


def test_names_of_both_years_are_told_from_those_of_one():
    named = {name.name: (name.old, name.new) for name in compare_editions(OLD, NEW).editions.names}
    assert named["Ilya Marek"] == (1, 1)
    assert named["Halden Press Union"] == (1, 1)
    assert named["Vera Solm"] == (0, 1)


def test_the_source_of_a_statement_is_named():
    sources = {source.name: (source.old, source.new) for source in compare_editions(OLD, NEW).editions.sources}
    assert sources == {"Halden Press Union": (1, 1)}


def test_the_length_of_every_subject_is_told():
    lengths = {(s.old, s.new): (s.old_words, s.new_words) for s in compare_editions(OLD, NEW).editions.subjects}
    assert lengths[("s2",), ()] == (6, None)
    assert lengths[(), ("s2",)] == (None, 8)


def test_editions_given_the_wrong_way_round_are_compared_and_said():
    comparison = compare_editions(NEW, OLD)
    assert any("older edition (2023) is given second" in str(note) for note in comparison.notes)
    assert comparison.old is NEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_edition_twice_has_no_differences(language):
    comparison = compare_editions(report(language), report(language))
    assert not comparison.changed
    assert comparison.changes == ()
    assert comparison.statistics == ()
    assert comparison.editions.carried_over == 1.0
    assert any("the same" in str(note) for note in comparison.notes)


def test_outlines_that_do_not_correspond_are_said():
    other = document(
        ("Norvania 2024", ["x"]), ("Ten questions", ["Bread and ships."]), ("Voices", ["Songs."]), edition=2024
    )
    comparison = compare_editions(OLD, other)
    assert comparison.outline_similarity == 0.0
    assert any("outlines hardly correspond" in str(note) for note in comparison.notes)


def test_an_edition_without_sections_is_said():
    comparison = compare_editions(OLD, document(("Norvania 2024", ["One text."]), edition=2024))
    assert any("has no sections" in str(note) for note in comparison.notes)


def test_the_facts_stand_in_the_json():
    found = compare_editions(OLD, NEW).to_dict()["editions"]
    assert set(found) == {"carried_over", "subjects", "names", "sources", "related"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "On Monday, the Ministry of Justice freed Ilya Marek. Marek's lawyer thanked “Voices of Halden”.",
         {"Ministry of Justice", "Ilya Marek", "Marek", "Voices of Halden"}),
        ("fr", "La police a arrêté la journaliste Vera Solm à Halden. L’avocat d’Orlan a protesté.", {"Vera Solm", "Halden", "Orlan"}),
        ("es", "La policía detuvo a Vera Solm, de la Unión de Prensa de Halden.", {"Vera Solm", "Unión de Prensa de Halden"}),
        ("ru", "В мае суд освободил Илью Марека. Компания «Орлан» не согласилась.", {"Илью Марека", "Орлан"}),
        ("ar", "اعتقلت الشرطة الصحفي إيليا ماريك. وأغلقت جماعة «أصوات هالدن» مكتبها.", {"إيليا ماريك", "أصوات هالدن"}),
        ("zh", "警方拘留了编辑伊利亚·马雷克，并查封了《哈尔登日报》和“自由之声”。", {"伊利亚·马雷克", "哈尔登日报", "自由之声"}),
    ],
)  # fmt: skip
def test_names_are_found_as_far_as_the_script_shows_them(language, text, expected):
    (found,) = names(document(("Title", [text]), language=language))
    assert set(found.counts) == expected


def test_a_case_form_is_the_same_name():
    old, new = names(
        document(("Т", ["Суд освободил Илью Марека в Хальдене."]), language="ru"),
        document(("Т", ["Газета писала, что Илья Марек уехал из Хальдена."]), language="ru"),
    )
    full = same_names((old, new), "ru")
    assert full["Илью Марека"] == full["Илья Марек"]
    assert full["Хальдене"] == full["Хальдена"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_compared(language):
    old = document(*TEXTS[language][:5], language=language, edition=2023)
    new = document(*TEXTS[language][2:], language=language, edition=2024)
    assert compare_editions(old, new).changed
