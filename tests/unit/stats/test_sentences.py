"""Our own sentences, in six languages: what is found in them, and nothing else. The data: sentences/<tag>.toml."""

import tomllib
from pathlib import Path

import pytest

from monitor.model.statistic import Statistic
from monitor.stats.mentions import find_statistics

FOLDER = Path(__file__).parent / "sentences"
CASES = [
    pytest.param(path.stem, text, expected, id=f"{path.stem}: {text[:40]}")
    for path in sorted(FOLDER.glob("*.toml"))
    for text, expected in tomllib.loads(path.read_text(encoding="utf-8")).items()
]
DEFAULTS = ["count", "exact", "None"]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_a_sentence_states_these_quantities_and_no_other(language: str, text: str, expected: list[str]) -> None:
    found = [written(statistic) for statistic in find_statistics(text, language)]

    assert found == [completed(line) for line in expected]


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_every_language_has_its_sentences(language: str) -> None:
    count = sum(case.values[0] == language for case in CASES)

    assert count >= 60


def completed(line: str) -> list[str]:
    parts = [part.strip() for part in line.split(" | ")]
    return parts + DEFAULTS[len(parts) - 2 :]


def written(statistic: Statistic) -> list[str]:
    return [
        statistic.quote, value_of(statistic), statistic.kind.value, statistic.qualifier.value, str(statistic.unit)
    ]  # fmt: skip


def value_of(statistic: Statistic) -> str:
    if statistic.value is None:
        return str(statistic.magnitude)
    if isinstance(statistic.value, tuple):
        return "..".join(map(str, statistic.value))
    return str(round(statistic.value, 4))
