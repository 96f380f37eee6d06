"""What a change is called, and what it is not called."""

import pytest

from monitor.diff.classes import findings
from monitor.diff.comparison import compare
from monitor.diff.words import compare_words
from monitor.extract.reading import read
from monitor.model.comparison import ChangeClass, Finding
from monitor.model.note import NoteCode, note


def _findings(old: str, new: str, language: str = "en", *, heading: bool = False) -> tuple[Finding, ...]:
    return findings(compare_words(old, new, language), language, heading=heading)


def _classes(old: str, new: str, language: str = "en", *, heading: bool = False) -> list[str]:
    return [finding.change_class.value for finding in _findings(old, new, language, heading=heading)]


@pytest.mark.parametrize(
    ("old", "new", "language", "gone"),
    [
        ("Guards didn't open the gate.", "Guards opened the gate.", "en", "didn't"),
        ("The state failed to protect witnesses.", "The state protected witnesses.", "en", "failed to"),
        ("Prisoners had no access to lawyers.", "Prisoners had access to lawyers.", "en", "no"),
        ("The mayor cannot leave the town.", "The mayor can leave the town.", "en", "cannot"),
        ("No se cerró ninguna cantera en Tilán.", "Se cerró una cantera en Tilán.", "es", "No se cerró ninguna"),
        ("Los presos vivían sin agua en la cantera.", "Los presos vivían con agua en la cantera.", "es", "sin"),
        ("Les gardiens ne sont plus dans la carrière.", "Les gardiens sont dans la carrière.", "fr", "ne sont plus"),
        (
            "Aucune enquête n’a été ouverte à ce sujet.",
            "Une enquête a été ouverte à ce sujet.",
            "fr",
            "Aucune enquête n’a",
        ),
        ("Никто из охраны не был наказан за это.", "Охранник был наказан за это.", "ru", "Никто из охраны не"),
        ("Суд прошёл без адвоката и свидетелей.", "Суд прошёл при участии адвоката и свидетелей.", "ru", "без"),
        ("أُفرج عنه دون توجيه تهمة إليه.", "أُفرج عنه بعد توجيه تهمة إليه.", "ar", "دون"),
        ("ليس لديه محامٍ في القضية.", "لديه محامٍ في القضية.", "ar", "ليس"),
        ("法院从未公布判决书。", "法院公布判决书。", "zh", "从未"),
        ("囚犯无法会见律师。", "囚犯会见律师。", "zh", "无法"),
        ("لم يعاقب أحد", "عوقب أحد", "ar", "لم يعاقب أحد"),
        ("Jamás salió.", "Salió.", "es", "Jamás"),
        ("Нет доказательств.", "Есть доказательства.", "ru", "Нет"),
    ],
)
def test_a_denial_that_goes_is_named(old: str, new: str, language: str, gone: str) -> None:
    found = _findings(old, new, language)

    assert (found[0].change_class, found[0].old, found[0].new) == (ChangeClass.NEGATION, gone, "")


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        ("They did not open the gate.", "They never opened the gate.", "en"),
        ("Not only soldiers but guards fired.", "Soldiers and also guards fired.", "en"),
        ("No obstante, el tribunal se reunió allí.", "El tribunal se reunió allí.", "es"),
        (
            "Non seulement les soldats mais aussi les gardiens ont tiré.",
            "Les soldats et aussi les gardiens ont tiré.",
            "fr",
        ),
        ("Не только солдаты, но и охранники стреляли.", "Солдаты и охранники стреляли.", "ru"),
        ("ولا تزال المحاجر مفتوحة في الوادي.", "والمحاجر مفتوحة في الوادي.", "ar"),
        ("采石场不断扩大。", "采石场扩大。", "zh"),
        ("两名未成年人被无期徒刑判决。", "两名少年被判决。", "zh"),
    ],
)
def test_what_only_looks_like_a_denial_is_none(old: str, new: str, language: str) -> None:
    assert "negation" not in _classes(old, new, language)


@pytest.mark.parametrize(
    ("old", "new", "language", "words"),
    [
        ("Up to 40 men were held.", "At least 40 men were held.", "en", ("Up to", "At least")),
        ("About 40 men were held.", "40 men were held.", "en", ("About", "")),
        ("Around forty men were held.", "Forty men were held.", "en", ("Around", "")),
        ("The acts may amount to war crimes.", "The acts amounted to war crimes.", "en", ("may", "")),
        ("Unos 40 hombres habrían muerto allí.", "Unos 40 hombres murieron allí.", "es", ("habrían", "")),
        ("Près de 40 hommes y étaient détenus.", "40 hommes y étaient détenus.", "fr", ("Près de", "")),
        ("Apenas 300 personas quedaron libres.", "Unas 300 personas quedaron libres.", "es", ("Apenas", "Unas")),
        (
            "À peine 300 personnes furent libérées.",
            "Quelque 300 personnes furent libérées.",
            "fr",
            ("À peine", "Quelque"),
        ),
        ("Barely 300 people were freed.", "Some 300 people were freed.", "en", ("Barely", "Some")),
        ("Предполагаемые участники задержаны вчера.", "Участники задержаны вчера.", "ru", ("Предполагаемые", "")),
        ("الجناة المزعومون أحرار في تيلان.", "الجناة أحرار في تيلان.", "ar", ("المزعومون", "")),
        ("اعتُقل نحو 98 شخصًا.", "اعتُقل 98 شخصًا.", "ar", ("نحو", "")),
        ("100多名矿工被拘留。", "100名矿工被拘留。", "zh", ("多", "")),
        ("军方可能犯下罪行。", "军方犯下罪行。", "zh", ("可能", "")),
    ],
)
def test_a_hedge_that_goes_is_named(old: str, new: str, language: str, words: tuple[str, str]) -> None:
    found = _findings(old, new, language)

    assert (found[0].change_class, (found[0].old, found[0].new)) == (ChangeClass.HEDGING, words)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Around 40 men were held.", "About 40 men were held."),
        ("Villagers raised concerns about the dam.", "Villagers raised concerns over the dam."),
        ("Reportedly the guards beat prisoners.", "The guards reportedly beat prisoners."),
        (
            "Guards beat him in the yard, and he was freed in June.",
            "Guards beat him in the yard, while officers allegedly burned three other men for days, and he was freed in June.",
        ),
        (
            "Miners slept in the yard. They were fed twice a day.",
            "Witnesses said that the quarry was reportedly never inspected. Trucks left for the coast every night.",
        ),
    ],
)
def test_no_hedge_is_seen_where_none_came_or_went(old: str, new: str) -> None:
    assert not {"hedging", "negation"} & set(_classes(old, new))


def test_a_number_that_only_changed_its_place_is_no_number_change() -> None:
    assert "number" not in _classes(
        "In Tilan 40 men and in Orr 20 men fled.", "20 men in Orr and in Tilan 40 men fled."
    )


def test_a_number_in_a_new_sentence_is_no_number_change() -> None:
    assert _classes("Guards left.", "Guards left. Then 40 men fled to Orr.") == ["wording"]


def test_numbers_in_another_script_are_the_same_numbers() -> None:
    assert "number" not in _classes("فر 98 رجلًا من المحجر.", "فر ٩٨ رجلًا من المحجر.", "ar")


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        ("The trial opened in March.", "The trial opened in April.", "en"),
        ("The trial opened on Monday.", "The trial opened on Tuesday.", "en"),
        ("The trial opened in 2021.", "The trial opened in 2022.", "en"),
        ("El juicio empezó el lunes.", "El juicio empezó el martes.", "es"),
        ("Le procès s'est ouvert en mars.", "Le procès s'est ouvert en avril.", "fr"),
        ("Суд начался в среду.", "Суд начался в пятницу.", "ru"),
        ("بدأت المحاكمة يوم الاثنين.", "بدأت المحاكمة يوم الثلاثاء.", "ar"),
        ("审判于三月开始。", "审判于四月开始。", "zh"),
    ],
)
def test_months_days_and_years_are_dates(old: str, new: str, language: str) -> None:
    assert _classes(old, new, language)[0] == "date"


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        ("The court freed Ivo Marek.", "The court freed Ivo Marec.", "en"),
        ("Ivo Marek was freed.", "Iwo Marek was freed.", "en"),
        ("The NBA objected.", "The NBC objected.", "en"),
        ("Суд освободил Иво Марека.", "Суд освободил Иво Мареца.", "ru"),
        ("督察伊沃·马雷克辞职。", "督察伊沃·马列克辞职。", "zh"),
    ],
)
def test_a_name_is_known_by_its_looks(old: str, new: str, language: str) -> None:
    assert _classes(old, new, language) == ["name"]


@pytest.mark.parametrize(
    ("old", "new"), [("Police left.", "Soldiers left."), ("He left. Police came.", "He left. Guards came.")]
)
def test_the_first_word_of_a_sentence_is_no_name(old: str, new: str) -> None:
    assert _classes(old, new) == ["wording"]


def test_capitals_in_a_heading_make_no_name() -> None:
    assert _classes("Freedom of Expression", "Freedom of Assembly", heading=True) == ["wording"]


def test_several_things_in_one_change_are_told_gravest_first() -> None:
    old = "Guards reportedly did not release 98 miners on 3 March 2024."
    new = "Guards released 104 miners on 5 March 2024."

    assert _classes(old, new) == ["negation", "hedging", "number", "date", "wording"]


def test_a_language_without_lexicon_has_numbers_and_wording() -> None:
    assert _classes("Walinzi 98 waliondoka.", "Walinzi 104 waliondoka.", "sw") == ["number"]
    assert _classes("Walinzi waliondoka.", "Walinzi walirudi.", "sw") == ["wording"]


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_language_without_lexicon_is_remarked_on(year: int) -> None:
    text = (
        "# Norvania {}\n\nDie Richter wurden nicht entlassen, und der Hafen war den ganzen Sommer über geschlossen.\n"
    )
    old, new = (read(text.format(of).encode(), source="a.md", language="de") for of in (2024, year))

    assert compare(old, new).notes[-1] == note(NoteCode.NO_LEXICON, language="de")
