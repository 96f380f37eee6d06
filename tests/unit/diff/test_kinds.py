"""Names told apart: people, organisations, places, by cue words in six languages; what is not told stays other."""

import json
from pathlib import Path

import pytest

import monitor.language.cues
from monitor.diff.kinds import kinds_of
from monitor.diff.names import names, same_names
from tests.unit.align.norvania import LANGUAGES, document

PERSON, ORGANISATION, PLACE, OTHER = "person", "organisation", "place", "other"


def kinds(language, *texts):
    """The kind of every name in these texts."""
    (side,) = names(document(("Norvania 2024", list(texts)), language=language))
    full = same_names([side], language)
    return {name: kind.value for name, kind in kinds_of([side], full, language).items()}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Police arrested the journalist Vera Solm.", {"Vera Solm": PERSON}),
        ("en", "The law was signed by President Marek.", {"Marek": PERSON}),
        ("en", "In May, Vera Solm was sentenced to a year.", {"Vera Solm": PERSON}),
        ("en", "They met the activists Ilse Maren and Tomas Verik.", {"Ilse Maren": PERSON, "Tomas Verik": PERSON}),
        ("en", "The case went to the Halden Court of Appeal.", {"Halden Court of Appeal": ORGANISATION}),
        ("en", "The newspaper Open Window closed.", {"Open Window": ORGANISATION}),
        ("en", "The Halden Press Circle (HPC) objected.", {"Halden Press Circle": ORGANISATION, "HPC": ORGANISATION}),
        ("en", "They fled to the town of Karsund.", {"Karsund": PLACE}),
        ("en", "Refugees came from Chile.", {"Chile": PLACE}),
        ("en", "It broke the National Dignity Act.", {"National Dignity Act": OTHER}),
        ("es", "Detuvieron a la periodista Vera Solm.", {"Vera Solm": PERSON}),
        ("es", "Habló el presidente norvano Ilia Marek.", {"Ilia Marek": PERSON}),
        ("es", "Lo anuló el Tribunal Supremo de Norvania.", {"Tribunal Supremo de Norvania": ORGANISATION}),
        ("es", "Lo dijo el grupo activista Ventana Abierta.", {"Ventana Abierta": ORGANISATION}),
        ("es", "Huyeron a la ciudad de Karsund.", {"Karsund": PLACE}),
        ("fr", "La police a interrogé la journaliste Vera Solm.", {"Vera Solm": PERSON}),
        ("fr", "Il a saisi la Cour suprême en mai.", {"Cour suprême": ORGANISATION}),
        ("fr", "Ils ont fui vers la ville de Karsund.", {"Karsund": PLACE}),
        ("ru", "Полиция задержала журналистку Веру Сольм.", {"Веру Сольм": PERSON}),
        ("ru", "Судья Ольга Марек отложила дело.", {"Ольга Марек": PERSON}),
        ("ru", "Решение отменил Верховный суд.", {"Верховный суд": ORGANISATION}),
        ("ru", "Они бежали в город Карсунд.", {"Карсунд": PLACE}),
        ("ru", "Слово взял Председатель Комитета.", {"Председатель Комитета": OTHER}),
        ("ar", "اعتقلت الشرطة الصحفية فيرا سولم.", {"فيرا سولم": PERSON}),
        ("ar", "تحدث الرئيس السابق إيليا مارك.", {"إيليا مارك": PERSON}),
        ("ar", "أُفرج عن الناشط سامر عبد الله.", {"سامر عبد الله": PERSON}),
        ("ar", "ألغت المحكمة العليا الحكم.", {"المحكمة العليا": ORGANISATION}),
        ("ar", "قالت وزارة الداخلية ذلك.", {"وزارة الداخلية": ORGANISATION}),
        ("ar", "فروا إلى مدينة كارسوند.", {"كارسوند": PLACE}),
        ("ar", "وصل اللاجئون من تشيلي.", {"تشيلي": PLACE}),
        ("zh", "警方拘留了记者王小兰。", {"王小兰": PERSON}),
        ("zh", "薇拉·索尔姆被判刑。", {"薇拉·索尔姆": PERSON}),
        ("zh", "最高法院撤销了判决。", {"最高法院": ORGANISATION}),
        ("zh", "他们逃到哈尔登省。", {"哈尔登省": PLACE}),
        ("zh", "法律称之为“受指导组织”。", {"受指导组织": OTHER}),
        ("zh", "武装团体“萨恩阵线”关押了士兵。", {"萨恩阵线": ORGANISATION}),
        ("zh", "伊尔丝·马伦因言论被捕。", {"伊尔丝·马伦": PERSON}),
        ("zh", "难民来自智利。", {"智利": PLACE}),
    ],
)
def test_a_cue_tells_the_kind_of_a_name(language, text, expected):
    assert kinds(language, text) == expected


def test_one_declined_word_after_a_role_may_be_where_people_work():
    assert kinds("ru", "Об этом сообщили юристы Халденики.") == {"Халденики": OTHER}


def test_a_name_whose_cues_contradict_each_other_is_not_told():
    found = kinds("en", "The journalist Halden Lane left.", "They fled to the town of Halden Lane.")
    assert found == {"Halden Lane": OTHER}


def test_a_kind_told_once_holds_for_every_mention():
    assert kinds("en", "Ilse Maren spoke.", "The lawyer Ilse Maren left.") == {"Ilse Maren": PERSON}


def test_a_name_without_cues_is_not_told():
    assert kinds("en", "They asked Halden Lane in vain.") == {"Halden Lane": OTHER}


def test_what_stands_after_in_again_and_again_is_a_place_unless_it_is_quoted():
    found = kinds("en", "They met in Halden, and in “Karsund”.", "They stayed in Halden.", "She wrote in “Karsund”.")
    assert found == {"Halden": PLACE, "Karsund": OTHER}


def test_a_word_for_the_people_of_a_place_is_no_place():
    assert kinds("en", "It was told in Norvanian and in Norvanian only.") == {"Norvanian": OTHER}


def test_a_country_is_not_taken_for_the_surname_of_an_organisation():
    found = kinds("en", "The Red Cross of Chile helped.", "Refugees came from Chile.")
    assert found["Chile"] == PLACE


def test_a_title_is_no_part_of_a_name_but_of_the_name_of_an_organisation():
    assert kinds("en", "They met Prime Minister Ilse Maren at King Harald University.") == {
        "Ilse Maren": PERSON, "King Harald University": ORGANISATION,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "texts", "name"),
    [
        ("zh", ("警方拘留了记者王小兰。", "朋友们说王小兰在家。"), "王小兰"),
        ("ar", ("اعتقلت الشرطة الصحفية فيرا سولم.", "وقالت أسرتها إن فيرا سولم مريضة."), "فيرا سولم"),
    ],
)
def test_a_person_led_in_by_a_role_is_found_without_it(language, texts, name):
    (side,) = names(document(("Norvania 2024", list(texts)), language=language))
    assert side.counts == {name: 2}


@pytest.mark.parametrize(
    "text",
    [
        "她在一家律师事务所工作。",
        "人权组织表示关切。",
        "这家公司否认此事。",
        "他们住在边境地区。",
        "他们住在沿海城市。",
    ],
)
def test_a_chinese_head_without_a_name_before_it_is_no_name(text):
    assert kinds("zh", text) == {}


def test_an_arabic_adjective_after_a_head_is_no_title():
    assert kinds("ar", "قالت المنظمة الحقوقية إنها وثقت ذلك.") == {}


def test_all_languages_have_the_same_keys_of_cues():
    files = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in _folder().glob("*.json")}
    assert set(files) == set(LANGUAGES)
    assert {frozenset(keys) for keys in files.values()} == {frozenset(files["en"])}


def _folder():
    return Path(monitor.language.cues.__file__).parent / "cues"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She was fined for “displaying non-traditional relations” in March."),
        ("fr", "Elle a été condamnée pour « relations non traditionnelles » en mars."),
        ("ru", "Её оштрафовали за «показ нетрадиционных отношений» в марте."),
    ],
)
def test_quoted_words_without_a_capital_letter_are_no_name(language, text):
    assert kinds(language, text) == {}
