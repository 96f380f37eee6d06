"""Profiles: chosen by address or markup, told every mistake at once, and true to their own examples."""

from datetime import date
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.extract.page import Page
from monitor.extract.reading import read
from monitor.sites.profile import Example, choose, generic, known_profiles, load_profile, parse_profile


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.amnesty.org/en/location/x/report-x/", "amnesty"), ("https://eurasia.amnesty.org/ru/", "amnesty"),
        ("https://amnesty.org.example.com/", "generic"), ("https://example.org/", "generic"), (None, "generic"),
    ],
)  # fmt: skip
def test_the_address_chooses_the_profile(url: str | None, name: str) -> None:
    assert choose(url, matches=lambda _: False).name == name


def test_the_markup_chooses_when_the_address_is_unknown() -> None:
    page = Page('<div class="article-container--report"><p>x</p></div>')
    assert choose(None, matches=page.matches).name == "amnesty"


def test_a_profile_of_the_user_comes_first() -> None:
    own = parse_profile({"hosts": ["amnesty.org"]}, name="own")
    assert choose("https://www.amnesty.org/", matches=lambda _: False, more=(own,)) is own


def test_every_mistake_is_told_at_once() -> None:
    data = {
        "host": ["x.org"], "selectors": {"main": "article", "titles": ["h1"]}, "labels": {"end": [""]}, "addresses": {"en": 1},
        "older": [{"before": "long ago"}], "examples": {"page": "x"},
    }  # fmt: skip
    with pytest.raises(ConfigError) as told:
        parse_profile(data, name="own", where="own.toml")
    problems = told.value.problems
    for key in (
        "host:",
        "selectors.main:",
        "selectors.titles:",
        "labels.end:",
        "addresses.en:",
        "older.before:",
        "examples:",
        "hosts, markup or phrases",
    ):
        assert any(key in problem and problem.startswith("own.toml: ") for problem in problems), key


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("hosts = [", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"own\.toml"):
        load_profile(path)


def test_the_ten_lines_of_the_manual_make_a_profile(tmp_path: Path) -> None:
    manual = Path(__file__).parents[3] / "docs" / "sites.md"
    lines = manual.read_text(encoding="utf-8").split("```toml\n", 1)[1].split("```", 1)[0]
    path = tmp_path / "observer.toml"
    path.write_text(lines, encoding="utf-8")
    assert load_profile(path).name == "observer"
    assert len(lines.splitlines()) <= 12


def test_a_broken_selector_is_told_by_name() -> None:
    own = parse_profile({"hosts": ["x.org"], "selectors": {"main": ["div[["]}}, name="own")
    with pytest.raises(ConfigError, match=r"div\[\["):
        read(b"<h1>T</h1><p>x</p>", source="x.html", profile=own)


def test_older_layouts_serve_when_the_present_one_finds_nothing() -> None:
    older = [{"before": date(2010, 1, 1), "main": [".old"]}, {"before": date(2018, 1, 1), "main": [".middle"]}]
    own = parse_profile({"hosts": ["x.org"], "selectors": {"main": [".new"]}, "older": older}, name="own")
    document = read(b"<h1>T</h1><div class=old><p>in</p></div><p>out</p>", source="x.html", profile=own)
    assert [layout.before for layout in own.layouts] == [None, date(2018, 1, 1), date(2010, 1, 1)]
    assert [block.text for block in document.sections[0].blocks] == ["in"]


def test_the_address_pattern_makes_the_address_of_each_language() -> None:
    amnesty = choose("https://amnesty.org/", matches=lambda _: False)
    assert (
        amnesty.address("ar", region="europe", country="varnia")
        == "https://www.amnesty.org/ar/location/europe/varnia/report-varnia/"
    )
    assert generic().address("ar") is None


_EXAMPLES = [(profile.name, example) for profile in known_profiles() for example in profile.examples]


@pytest.mark.parametrize(("name", "example"), _EXAMPLES)
def test_a_profile_is_true_to_its_own_examples(name: str, example: Example) -> None:
    if example.address:
        assert choose(example.address, matches=lambda _: False).name == name
    if example.page:
        document = read(example.page.encode(), source="example.html")
        text = "\n".join(section.text for section in document.sections)
        assert document.profile == name
        assert [sentence for sentence in example.has if sentence not in text] == []
        assert [sentence for sentence in example.has_not if sentence in text] == []
