"""Figures of two languages that contradict each other, wherever their language puts them in the sentence."""

import pytest

from monitor.demo.stages import Stage
from monitor.diff.translations import compare_translations
from monitor.model.document import Document
from monitor.model.statistic import StatisticEvent
from tests.fakes import norvania
from tests.fakes.trial import trial
from tests.unit.align.norvania import document


def told(old: Document, new: Document) -> list[tuple[str, object, object]]:
    events = compare_translations(old, new).statistics
    return [(e.change.value, e.old and e.old.value, e.new and e.new.value) for e in events]


@pytest.mark.parametrize("language", ["zh", "ru", "ar"])
def test_figures_that_agree_say_nothing_whatever_their_order(language: str) -> None:
    assert told(trial("en"), trial(language)) == []


@pytest.mark.parametrize(
    ("language", "edit", "values"),
    [
        ("zh", ("两天", "三天"), (2, 3)), ("zh", ("五年", "八年"), (5, 8)), ("ru", ("1240", "1420"), (1240, 1420)),
        ("ru", ("14 человек", "16 человек"), (14, 16)), ("ru", ("каждое третье", "каждое пятое"), (1 / 3, 1 / 5)),
        ("ar", ("كل ثلاث", "كل أربع"), (1 / 3, 1 / 4)), ("ar", ("خمس سنوات", "تسع سنوات"), (5, 9)),
    ],
)  # fmt: skip
def test_a_figure_is_contradicted_at_another_place_of_its_sentence(
    language: str, edit: tuple[str, str], values: tuple[float, float]
) -> None:
    assert told(trial("en"), trial(language, edit)) == [("changed", *map(pytest.approx, values))]


def test_figures_of_different_units_do_not_contradict_each_other() -> None:
    found = told(trial("en"), trial("zh", ("两天", "三天"), ("五年", "八年")))
    assert sorted(found) == [("changed", 2, 3), ("changed", 5, 8)]


@pytest.mark.parametrize(
    ("language", "edit", "value"),
    [
        ("zh", ("两天", "两周"), 2), ("ru", ("пяти годам", "пяти месяцам"), 5), ("ar", ("خمس سنوات", "خمسة أشهر"), 5),
    ],
)  # fmt: skip
def test_the_same_number_in_another_unit_is_a_contradiction(language: str, edit: tuple[str, str], value: int) -> None:
    assert told(trial("en"), trial(language, edit)) == [("changed", value, value)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El presupuesto bajó un 15 % hasta los 2,3 millones de dólares."),
        ("fr", "Le budget a baissé de 15 % pour atteindre 2,3 millions de dollars."),
        ("ru", "Бюджет сократился на 15% до 2,3 млн рублей."), ("zh", "预算减少15%，降至230万美元。"),
        ("es", "El presupuesto bajó 15 hasta los 2,3 millones de euros."),
    ],
)  # fmt: skip
def test_the_same_number_in_another_currency_or_without_its_per_cent_is_a_contradiction(
    language: str, text: str
) -> None:
    english = document(("Budget", ["The budget fell by 15% to 2.3 million euros."]))
    assert [change for change, *_ in told(english, document(("X", [text]), language=language))] == ["changed"]


@pytest.mark.parametrize("term", ["un mes", "cinco años"])
def test_one_year_is_contradicted_by_another_length_of_time(term: str) -> None:
    english = document(("Trials", ["The editor was sentenced to one year in prison."]))
    spanish = document(("Juicios", [f"El editor fue condenado a {term} de prisión."]), language="es")
    assert [change for change, *_ in told(english, spanish)] == ["changed"]


def test_an_amount_that_is_converted_is_the_same() -> None:
    english = document(("Trials", ["The trial lasted one week and ended with 24 months in prison."]))
    spanish = document(("Juicios", ["El juicio duró siete días y acabó con dos años de prisión."]), language="es")
    assert told(english, spanish) == []


def test_what_only_one_language_states_is_no_agreement() -> None:
    comparison = compare_translations(trial("en"), trial("ru", (", умерли из них 14 человек", "")))
    (event,) = comparison.statistics
    assert (event.change, event.old and event.old.value) == (StatisticEvent.REMOVED, 14)
    assert comparison.changed


@pytest.mark.parametrize(
    ("language", "text", "only"),
    [
        ("zh", "法院判处12人死刑，执行了3项死刑。", 3), ("ru", "Суды вынесли 12 смертных приговоров; казнили 6 человек.", 6),
        ("es", "Los tribunales dictaron 12 condenas a muerte; ejecutaron a cuatro personas.", 4),
    ],
)  # fmt: skip
def test_a_small_figure_that_only_one_language_states_is_no_agreement(language: str, text: str, only: int) -> None:
    english = document(("Death penalty", ["Courts handed down 12 death sentences; no executions were carried out."]))
    assert told(english, document(("X", [text]), language=language)) == [("added", None, only)]


def test_a_two_that_a_language_words_otherwise_is_stated_by_both() -> None:
    english = document(("Peace", ["Both sides broke the truce of Halden, which had lasted 40 days."]))
    french = document(
        ("Paix", ["Les deux camps ont rompu la trêve de Halden, qui durait depuis 40 jours."]), language="fr"
    )
    assert told(english, french) == []


def test_a_figure_that_is_only_said_twice_is_stated_by_both() -> None:
    assert told(trial("en"), trial("ru", ("умерли из них 14", "умерли 14 из этих 1240"))) == []


def test_a_figure_that_stands_in_another_section_is_stated_by_both() -> None:
    english = [
        ("Trials", ["Courts heard 340 cases. The court of Halden moved."]),
        ("Prisons", ["The prison was full."]),
    ]
    spanish = [
        ("Juicios", ["El tribunal de Halden se mudó."]),
        ("Prisiones", ["Hubo 340 causas. La prisión se llenó."]),
    ]
    assert told(document(*english), document(*spanish, language="es")) == []


def test_a_range_is_stated_by_its_two_ends() -> None:
    english = document(("Prices", ["The fee rose from 12 crowns to 15 crowns, the harbour of Halden said."]))
    russian = document(
        ("Цены", ["Порт Халден сообщил, что сбор вырос: раньше он был 12 крон, а теперь 15 крон."]), language="ru"
    )
    assert told(english, russian) == []


def test_a_close_figure_is_another_figure() -> None:
    english = document(("Detention", ["The police held 12,450 people."]))
    spanish = document(("Detenciones", ["La policía detuvo a 12.400 personas."]), language="es")
    assert told(english, spanish) == [("changed", 12450, 12400)]


def test_a_figure_worded_so_that_it_is_not_found_is_stated_by_both() -> None:
    english = document(("Abortion", ["The law allows abortion only in the first eight weeks of pregnancy."]))
    spanish = document(("Aborto", ["La ley sólo permite abortar durante las ocho primeras semanas."]), language="es")
    assert told(english, spanish) == []


@pytest.mark.parametrize("stage", [Stage.FIRST_EDITION, Stage.TRANSLATIONS_FOLLOW, Stage.NEW_EDITION_TRANSLATED])
@pytest.mark.parametrize("language", ["es", "fr", "ar", "zh", "ru"])
def test_a_whole_report_that_is_truly_translated_agrees(language: str, stage: Stage) -> None:
    assert told(norvania.document(stage, "en"), norvania.document(stage, language)) == []
