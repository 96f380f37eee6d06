from pathlib import Path

import pytest

from monitor.config import Configuration, load
from monitor.errors import ConfigError

TARGET = '[[target]]\nid = "maravel"\naddresses = { en = "https://reports.example/maravel/" }\n'


@pytest.fixture
def write(tmp_path: Path):
    def writer(text: str | bytes) -> Path:
        path = tmp_path / "config.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return writer


def problems(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(path)
    return [problem.removeprefix(f"{path.parent}/") for problem in raised.value.problems]


def test_the_configuration_that_comes_with_the_program_has_no_mistakes() -> None:
    settings = load(Path(__file__).parents[3] / "config.toml")
    assert len(settings.targets) >= 3
    assert {page.language for page in settings.targets[0].pages} == {"en", "es", "fr", "ar", "zh", "ru"}


def test_a_pattern_and_addresses_make_the_pages(write) -> None:
    settings = load(
        write(
            """
            [defaults]
            languages = ["en", "zh-Hans", "ru"]
            pattern = "https://reports.example/{language}/{path}/report-{id}/"
            codes = { zh = "zh-hans" }
            [[target]]
            id = "maravel"
            path = "islands/maravel"
            [target.addresses]
            ru = "https://ru.reports.example/maravel/"
            fr = "https://fr.reports.example/maravel/"
            """
        )
    )
    assert {page.language: page.url for page in settings.targets[0].pages} == {
        "en": "https://reports.example/en/islands/maravel/report-maravel/",
        "zh": "https://reports.example/zh-hans/islands/maravel/report-maravel/",
        "ru": "https://ru.reports.example/maravel/",
        "fr": "https://fr.reports.example/maravel/",
    }


def test_what_is_not_said_takes_its_default_and_paths_start_from_the_file(write) -> None:
    path = write(f'[store]\npath = "kept"\n{TARGET}')
    settings = load(path)
    assert settings.store == path.parent / "kept"
    assert settings.fetch == Configuration().fetch


def test_every_mistake_is_named_at_once_with_its_line(write) -> None:
    found = problems(
        write(
            '[fetch]\nintervall = 3\ntimeout = "60"\nallow_private = ["10.0.0.0/99", "localhost"]\nrobots = 1\n'
            '[defaults]\nlanguages = [\n  "en",\n  "klingonisch",\n]\npattern = "https://x.example/{lang}/"\n'
            '[[target]]\nid = "Mara vel"\n[[target]]\nid = "b"\naddresses = { en = "ftp://x", fr = "x" }\n'
            '[[target]]\ntitle = "nameless"\n[[target]]\nid = "b"\nprofile = "amnesti"\n[tagret]\n'
        )
    )
    assert [problem.partition("; ")[0] for problem in found] == [
        "config.toml:2: [fetch] intervall: is not known",
        'config.toml:3: [fetch] timeout: found "60"',
        'config.toml:4: [fetch] allow_private: found "10.0.0.0/99"',
        "config.toml:5: [fetch] robots: found 1",
        'config.toml:7: [defaults] languages: found "klingonisch"',
        'config.toml:11: [defaults] pattern: found "https://x.example/{lang}/"',
        'config.toml:13: [[target]] "Mara vel" id: found "Mara vel"',
        'config.toml:16: [[target]] "b" addresses: found ["ftp://x", "x"]',
        "config.toml:17: [[target]] number 3: found no id",
        'config.toml:20: [[target]] "b" id: "b" is the id of another target',
        'config.toml:21: [[target]] "b" profile: found "amnesti"',
        "config.toml:22: [tagret]: is not known",
    ]
    assert all("; expected " in problem for problem in found)
    assert found[0].endswith("expected interval")
    assert found[-1].endswith("expected target")


MISTAKES = {
    "no_toml": ("[fetch]\ninterval =\n", "config.toml:2: is no TOML"),
    "unclosed_string": ('[[target]]\nid = "a\n', "config.toml:2: is no TOML"),
    "key_twice": ("[fetch]\ninterval = 1\n# …\ninterval = 2\n", "config.toml:4: fetch.interval is written a second time (first on line 2)"),
    "table_twice": ("[fetch]\n[store]\n[fetch]\n", "config.toml:3: fetch is written a second time (first on line 1)"),
    "nothing": ("", "config.toml:1: found no target"),
    "single_brackets": ('[target]\nid = "a"\n', "config.toml:1: [target]: found a single table or value; expected [[target]]"),
    "no_address": ('[[target]]\nid = "a"\nlanguages = ["en"]\n', "config.toml:1: [[target]] \"a\": found no address for en"),
    "no_path": ('[defaults]\npattern = "https://x.example/{path}/"\n[[target]]\nid = "a"\nlanguages = ["en"]\n', "config.toml:3: [[target]] \"a\": found no path"),
    "a_value_for_a_table": ("fetch = 3\n" + TARGET, "config.toml:1: fetch: found 3; expected a table"),
    "nan": ("[fetch]\ninterval = nan\n" + TARGET, "config.toml:2: [fetch] interval: found nan"),
    "password": ('[[target]]\nid = "a"\naddresses = { en = "https://me:pw@x.example/" }\n', "expected an address without a user name"),
    "deep": ("a = " + "[1," * 5000, "nested deeper"),
    "dotted": ("a" + ".a" * 20_000 + " = 1", "config.toml:1: more than 200 dots"),
    "missing_profile_file": (TARGET + 'profile = "mine.toml"\n', "mine.toml is no file"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_one_line(write, mistake: str) -> None:
    text, told = MISTAKES[mistake]
    found = problems(write(text))
    assert len(found) == 1
    assert "\n" not in found[0]
    assert told in found[0]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + TARGET.encode(), TARGET.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_windows_lines_do_not_matter(write, content: bytes) -> None:
    assert load(write(content)).targets[0].id == "maravel"


def test_bytes_that_are_no_utf8_are_told_with_their_line(write) -> None:
    assert problems(write(b"[fetch]\n# caf\xe9\n"))[0].startswith("config.toml:2: found a byte that is no UTF-8")


def test_a_file_that_is_missing_a_folder_or_too_large_is_told(write, tmp_path: Path) -> None:
    assert "no such file" in problems(tmp_path / "none.toml")[0]
    assert "cannot be read" in problems(tmp_path)[0]
    assert "larger than 5 MB" in problems(write(b"#" * 5_000_001))[0]


@pytest.mark.parametrize("value", ["true", '["127.0.0.0/8", "intranet.example", "::1"]'])
def test_private_addresses_are_allowed_by_name_or_all(write, value: str) -> None:
    assert load(write(f"[fetch]\nallow_private = {value}\n{TARGET}")).fetch.allow_private


def test_strings_brackets_and_comments_do_not_disturb_the_lines(write) -> None:
    text = (
        '# [fetch]\n[store]\npath = """\n[fetch]\n"""  # a = [\n\n[fetch]\ncontact = "# x [ \\" ]"\ntimeout = "x"\n'
        + TARGET
    )
    found = problems(write(text))
    assert [problem.partition(" ")[0] for problem in found] == ["config.toml:3:", "config.toml:9:"]
