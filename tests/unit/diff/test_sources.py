"""On whose word a text relies."""

import pytest

import monitor
from monitor.diff.names import names
from monitor.diff.sources import sources


def quoted(text: str, language: str) -> dict[str, int]:
    return sources(names(monitor.read(f"# Norvania 2024\n\n{text}\n", language=language))[0], language)


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("en", "According to the provincial administration, the road was closed in May.", "provincial administration"),
        ("en", "Survivors said the shooting went on for an hour.", "survivors"),
        ("en", "The road was closed in May, the Halden Press Union said.", "Halden Press Union"),
        ("en", "“We saw nothing”, said Ana Torel, who lives there.", "Ana Torel"),
        ("es", "Según la administración provincial, la carretera se cerró en mayo.", "administración provincial"),
        ("fr", "Selon la mission d’observation, la route a été fermée en mai.", "mission d’observation"),
        ("zh", "据监察团称，道路于5月关闭。", "监察团"),
        ("ru", "По словам выживших, стрельба продолжалась час.", "выживших"),
        ("ar", "وفقًا لبعثة المراقبة، أُغلق الطريق في مايو.", "بعثة المراقبة"),
    ],
)
def test_who_stands_where_a_phrase_gives_a_source_is_the_source(language: str, text: str, source: str) -> None:
    assert quoted(text, language) == {source: 1}


@pytest.mark.parametrize(
    "text",
    [
        "The court rejected the appeal without examining their claims about Lurenia.",
        "He said the road was closed.",
        "According to 23 of the 40 reports that were seen by the commission and others, it rained.",
    ],
)
def test_a_claim_a_pronoun_and_half_a_sentence_are_no_source(text: str) -> None:
    assert quoted(text, "en") == {}
