"""Topics: one taxonomy for headings in six languages, wary of headings that it does not know."""

import pytest

from monitor.sites.topics import aliases, parts, topic, topics

LANGUAGES = ("en", "es", "fr", "ar", "zh", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_every_topic(language):
    assert list(aliases(language)) == list(parts())
    assert all(aliases(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_alias_leads_to_its_own_topic(language):
    wrong = {
        (alias, topic(alias.replace("*", "").removeprefix("="), language))
        for name, known in aliases(language).items()
        for alias in known
        if topic(alias.replace("*", "").removeprefix("="), language) != name
    }
    assert not wrong


@pytest.mark.parametrize(
    ("language", "heading", "expected"),
    [
        ("en", "Freedom of expression – journalists", "freedom_of_expression"),
        ("en", "FREEDOM OF EXPRESSION", "freedom_of_expression"),
        ("en", "Freedom of peaceful assembly", "freedom_of_assembly"),
        ("en", "Freedoms of expression and assembly", "freedoms_of_expression_association_and_assembly"),
        ("en", "Failure to tackle climate crisis", "environment_and_climate"),
        ("en", "Right to a healthy environment", "environment_and_climate"),
        ("en", "Discrimination – Roma", "roma"),
        ("en", "Women’s and girls’ rights", "womens_rights"),
        ("en", "e. Denial of Fair Public Trial", "unfair_trials"),
        ("en", "Section 7. Worker Rights", "workers_rights"),
        ("en", "Freedoms of Peaceful Assembly and Association", "freedoms_of_expression_association_and_assembly"),
        ("en", "Coercion in Population Control", "sexual_and_reproductive_rights"),
        ("en", "Technology and Rights", "right_to_privacy"),
        ("en", "IV. Political Pluralism and Participation", "elections"),
        ("es", "Derechos de las personas refugiadas y migrantes", "refugees_and_migrants"),
        ("es", "2) Participación política", "elections"),
        ("es", "Información General", "background"),
        ("fr", "Défenseur·e·s des droits humains", "human_rights_defenders"),
        ("fr", "Liberté d’expression, d’association et de réunion", "freedoms_of_expression_association_and_assembly"),
        ("fr", "Droit à l\u2019éducation", "right_to_education"),
        ("ar", "خَلْفِيَّة", "background"),
        ("ar", "حقوق اللاجئين والمهاجرين", "refugees_and_migrants"),
        ("ar", "عقـوبة الإعدام", "death_penalty"),
        ("zh", "法律、宪法或体制发展", "legal_developments"),
        ("zh", "人权捍卫者", "human_rights_defenders"),
        ("zh", "一、背景", "background"),
        ("zh", "监狱和拘留中心条件", "prison_conditions"),
        ("ru", "Свобода мирных собраний", "freedom_of_assembly"),
        ("ru", "3.1. Контекст", "background"),
        ("ru", "Нарушения норм международного гуманитарного права", "international_humanitarian_law"),
    ],
)
def test_a_heading_finds_its_topic(language, heading, expected):
    assert topic(heading, language) == expected


@pytest.mark.parametrize(
    "heading", ["", "Norvania 2024", "1", "Article 5", "What comes next?", "***", "–", "Children.map()"]
)
def test_an_unknown_heading_has_no_topic(heading):
    assert topic(heading, "en") is None


@pytest.mark.parametrize(
    "numbered", ["1. Background", "a) Background", "IV. Background", "2.3. Background", "(b) Background"]
)
def test_the_number_of_an_outline_is_no_part_of_a_heading(numbered):
    assert topic(numbered, "en") == "background"


def test_a_heading_of_two_subjects_names_both_in_order():
    assert topics("Human rights defenders and journalists", "en") == ("human_rights_defenders", "freedom_of_expression")


def test_a_regional_tag_uses_its_language():
    assert topic("死刑", "zh-Hans") == "death_penalty"


def test_a_language_without_aliases_has_no_topics():
    assert topic("Death penalty", "sw") is None


def test_a_topic_covers_known_topics_only():
    assert {part for narrower in parts().values() for part in narrower} <= set(parts())
