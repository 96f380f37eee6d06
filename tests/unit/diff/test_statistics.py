"""What becomes of the figures between two versions, and what that makes of a change."""

import pytest

from monitor.diff.comparison import compare
from monitor.diff.statistics import attach
from monitor.extract.reading import read
from monitor.model.comparison import Change, ChangeClass, Finding, SectionStatus
from monitor.model.document import Document, Quality, SectionId, Verdict
from monitor.model.statistic import StatisticChange, StatisticEvent

BASE = "The police arrested many people in Mirasol. At least 98 cases were opened and nine men died in the town."


def document(language: str = "en") -> Document:
    return Document(
        source="x", sha256="0", language=language, direction="ltr", title="Mirasol", sections=(),
        quality=Quality(verdict=Verdict.REPORT),
    )  # fmt: skip


def change(old: str, new: str, change_class: ChangeClass = ChangeClass.WORDING, section: str = "s1") -> Change:
    return Change(
        change_class=change_class, old_section=SectionId(section), new_section=SectionId(section), old_text=old, new_text=new,
        hunks=(), old_block=0, new_block=0, findings=(Finding(change_class=change_class, old="", new=""),),
    )  # fmt: skip


def attached(old: str, new: str, language: str = "en") -> tuple[Change, tuple[StatisticChange, ...]]:
    changes, statistics = attach((change(old, new),), document(language), document(language))
    return changes[0], statistics


def test_a_corrected_figure_is_a_number_change_with_its_difference() -> None:
    found, (event,) = attached(BASE, BASE.replace("98", "104"))

    assert found.change_class is ChangeClass.NUMBER
    assert (event.change, event.delta, event.ratio) == (StatisticEvent.CHANGED, 6, 1.061)
    assert event.old is not None
    assert (event.old.quote, event.old.section, event.old.block) == ("At least 98", "s1", 0)
    assert found.statistics == (event,)


def test_a_dropped_bound_is_hedging_with_the_statistic_attached() -> None:
    found, (event,) = attached(BASE, BASE.replace("At least 98", "98"))

    assert found.change_class is ChangeClass.HEDGING
    assert event.change is StatisticEvent.CHANGED
    assert event.qualifier_changed


def test_a_range_of_which_one_end_changes_is_one_changed_figure() -> None:
    found, (event,) = attached("He was alone for 23 or 24 hours a day.", "He was alone for 23 or 25 hours a day.")

    assert found.change_class is ChangeClass.NUMBER
    assert event.old is not None
    assert event.new is not None
    assert (event.change, event.old.value, event.new.value) == (StatisticEvent.CHANGED, (23, 24), (23, 25))


def test_another_notation_alone_is_typography() -> None:
    found, (event,) = attached(BASE, BASE.replace("nine", "9"))

    assert found.change_class is ChangeClass.TYPOGRAPHY
    assert event.change is StatisticEvent.NOTATION


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        ("Au moins 1 240 personnes furent libérées.", "Au moins 1240 personnes furent libérées.", "fr"),
        ("Не менее 1 240 человек вышли на свободу.", "Не менее 1240 человек вышли на свободу.", "ru"),
        ("Some 12 per cent of the miners were ill.", "Some 12% of the miners were ill.", "en"),
        ("El 12 por ciento de los mineros enfermó.", "El 12 % de los mineros enfermó.", "es"),
        ("Quelque 12 pour cent des mineurs étaient malades.", "Quelque 12 % des mineurs étaient malades.", "fr"),
        ("Около 12 процентов шахтёров болели.", "Около 12% шахтёров болели.", "ru"),
        ("كان 12 في المائة من العمال مرضى.", "كان 12% من العمال مرضى.", "ar"),
        ("约百分之十二的矿工生病。", "约12%的矿工生病。", "zh"),
    ],
)
def test_groups_of_digits_and_the_word_for_percent_are_notation(old: str, new: str, language: str) -> None:
    found, (event,) = attached(old, new, language)

    assert found.change_class is ChangeClass.TYPOGRAPHY
    assert event.change is StatisticEvent.NOTATION


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        ("At least nine miners were ill.", "No fewer than 9 miners were ill.", "en"),
        ("Al menos nueve mineros enfermaron.", "Como mínimo 9 mineros enfermaron.", "es"),
    ],
)
def test_another_word_for_the_same_bound_is_no_mere_notation(old: str, new: str, language: str) -> None:
    found, _ = attached(old, new, language)

    assert found.change_class is not ChangeClass.TYPOGRAPHY


def test_another_notation_beside_other_words_makes_no_number_change() -> None:
    found, _ = attached(BASE, BASE.replace("nine", "9").replace("town", "city"))

    assert found.change_class is ChangeClass.WORDING


def test_a_new_paragraph_adds_its_figures() -> None:
    found, (event,) = attached("", "In all, 30 people were freed.")

    assert event.change is StatisticEvent.ADDED
    assert event.old is None
    assert found.statistics == (event,)


def test_a_moved_paragraph_gives_no_event() -> None:
    _, events = attached(BASE, BASE)

    assert events == ()


def test_a_sentence_that_went_to_another_section_is_moved_not_removed_and_added() -> None:
    sentence = "In June, 30 people were freed by the court of Mirasol."
    first = change("The court sat. " + sentence, "The court sat.", section="s1")
    second = change("The prison closed.", "The prison closed. " + sentence, section="s2")

    _, events = attach((first, second), document(), document())

    assert [event.change for event in events] == [StatisticEvent.MOVED]


def test_a_graver_class_stays() -> None:
    changes, _ = attach((change(BASE, BASE.replace("98", "104"), ChangeClass.NEGATION),), document(), document())

    assert changes[0].change_class is ChangeClass.NEGATION


@pytest.mark.parametrize(
    ("language", "old", "new", "delta"),
    [
        ("es", "Al menos 98 personas fueron detenidas.", "Al menos 104 personas fueron detenidas.", 6),
        ("fr", "Au moins 98 personnes ont été arrêtées.", "Au moins 104 personnes ont été arrêtées.", 6),
        ("ru", "Не менее 98 человек были задержаны.", "Не менее 104 человек были задержаны.", 6),
        ("ar", "واعتُقل ما لا يقل عن 98 شخصًا.", "واعتُقل ما لا يقل عن 104 أشخاص.", 6),
        ("zh", "至少98人被捕。", "至少104人被捕。", 6),
    ],
)
def test_a_figure_is_corrected_in_every_language(language: str, old: str, new: str, delta: int) -> None:
    _, (event,) = attached(old, new, language)

    assert event.delta == delta


def test_only_the_figure_that_changed_is_told() -> None:
    old = "In May 12 men, 5 women and 3 children died."

    _, (event,) = attached(old, old.replace("5 women", "6 women"))

    assert event.old is not None
    assert event.old.value == 5


def test_two_versions_that_differ_in_notation_alone_are_unchanged() -> None:
    page = f"<html lang=en><title>Mirasol 2024</title><main><h1>Mirasol 2024</h1><h2>Prisons</h2><p>{BASE}</p></main>"
    old, new = read(page.encode(), source="old"), read(page.replace("nine", "9").encode(), source="new")

    comparison = compare(old, new)

    assert (comparison.changed, comparison.changes) == (False, ())
    assert [event.change for event in comparison.statistics] == [StatisticEvent.NOTATION]
    assert {link.status for link in comparison.alignment} == {SectionStatus.UNCHANGED}
