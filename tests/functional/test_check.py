"""`monitor check` and what goes with it, against a site on loopback."""

import json
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.reports import LANGUAGES, MAINTENANCE, report
from tests.fakes.site import Site, page, status, zipped


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def follow(site: Site, tmp_path: Path) -> Callable[..., None]:
    """Follow a target in some languages, served as `serve` says."""

    def write(*languages: str, more: str = "") -> None:
        addresses = ", ".join(f'{language} = "{site.address}/{language}/"' for language in languages)
        (tmp_path / "config.toml").write_text(
            f'[fetch]\ncontact = "mailto:desk@newsroom.example"\ninterval = 0\nallow_private = ["127.0.0.0/8"]\n'
            f'[[target]]\nid = "maravel"\naddresses = {{ {addresses} }}\n{more}',
            encoding="utf-8",
        )

    return write


def serve(site: Site, language: str = "en", **changes: object) -> None:
    body = report(language, **changes)  # type: ignore[arg-type]
    site.answers[f"/{language}/"] = page(body, etag=f'"{hash(body)}"')


def test_six_languages_are_followed_through_a_correction(site: Site, follow, run_monitor) -> None:
    follow(*LANGUAGES)
    for language in LANGUAGES:
        serve(site, language)
    first = run_monitor("check")
    assert (first.status, first.err) == (0, "")
    assert first.out.count("first capture") == 6
    serve(site, "ar", figure=15)
    serve(site, "zh", noise="ff")
    second = run_monitor("check", "--exit-code")
    assert second.status == 1
    assert "maravel/ar  changed: " in second.out
    assert second.out.endswith("6 pages: 1 changed, 5 unchanged\n")


def test_the_command_that_a_change_names_shows_it(site: Site, follow, run_monitor) -> None:
    follow("en")
    serve(site)
    run_monitor("check")
    serve(site, figure=15)
    out = run_monitor("check").out
    command = out.split("see it with: monitor ")[1].split("\n")[0]
    shown = run_monitor(*command.split(" "), "--format", "json")
    assert shown.status == 1
    assert json.loads(shown.out)["summary"]["changes"] == {"number": 3}


def test_a_second_run_asks_with_validators_and_keeps_no_bytes(site: Site, follow, run_monitor) -> None:
    follow("en")
    serve(site)
    run_monitor("check")
    again = run_monitor("check")
    assert (again.status, again.out) == (0, "maravel/en  unchanged\n")
    assert "if-none-match" in site.asked[-1].headers
    assert json.loads(run_monitor("history", "maravel", "--format", "json").out)["captures"][1]["status"] == 304


def test_a_failed_page_stops_no_other_and_the_run_says_so(site: Site, follow, run_monitor) -> None:
    follow("en", "fr")
    serve(site, "fr")
    ran = run_monitor("check")
    assert ran.status == 2
    assert "maravel/en  failed: " in ran.out
    assert "404" in ran.out
    assert "maravel/fr  first capture" in ran.out


def test_a_page_that_is_not_the_report_is_named_and_raises_no_change(site: Site, follow, run_monitor) -> None:
    follow("en")
    serve(site)
    run_monitor("check")
    site.answers["/en/"] = page(MAINTENANCE)
    ran = run_monitor("check", "--exit-code")
    assert ran.status == 0
    assert "not the report" in ran.out
    assert run_monitor("verify").status == 0


def test_json_has_one_object_a_page(site: Site, follow, run_monitor) -> None:
    follow("en", "fr", "ru")
    serve(site)
    serve(site, "ru")
    site.answers["/fr/"] = status(503, Retry_After="60")
    records = [json.loads(line) for line in run_monitor("check", "--format", "json").out.splitlines()]
    assert {r["language"]: (r["state"], r["cause"]) for r in records if "language" in r} == {
        "en": ("first", None), "fr": ("failed", "status"), "ru": ("failed", "host_wait"),
    }  # fmt: skip


def test_named_targets_and_pages_are_checked_alone(site: Site, follow, run_monitor) -> None:
    follow("en", "fr", more=f'[[target]]\nid = "other"\naddresses = {{ en = "{site.address}/en/" }}\n')
    serve(site)
    serve(site, "fr")
    assert run_monitor("check", "maravel/fr").out.startswith("maravel/fr  first capture")
    assert run_monitor("check", "other").out.startswith("other/en  first capture")
    wrong = run_monitor("check", "marvel")
    assert (wrong.status, wrong.err) == (
        2,
        "monitor: marvel: is no target of the configuration; did you mean maravel?\n",
    )


def test_loopback_is_not_fetched_unless_it_is_allowed(site: Site, follow, run_monitor, tmp_path: Path) -> None:
    follow("en")
    serve(site)
    config = tmp_path / "config.toml"
    config.write_text(config.read_text().replace('allow_private = ["127.0.0.0/8"]', ""))
    ran = run_monitor("check")
    assert ran.status == 2
    assert "not in the public internet" in ran.out
    assert site.asked == []


def test_stored_references_stand_beside_files_and_addresses(site: Site, follow, run_monitor, tmp_path: Path) -> None:
    follow("en")
    serve(site, edition=2023, figure=50)
    run_monitor("check")
    serve(site, edition=2024)
    run_monitor("check")
    (tmp_path / "page.html").write_bytes(report(edition=2024))
    assert run_monitor("diff", "maravel/en@2024", "page.html").status == 0
    assert run_monitor("diff", "maravel/en", f"{site.address}/en/").status == 0
    assert run_monitor("diff", "maravel/en@first", "maravel/en@latest").status == 1
    for wrong in ("maravel/en@2019", "maravel/fr", "nowhere/en", "Mara/vel/en"):
        ran = run_monitor("diff", wrong, "page.html")
        assert ran.status == 2
        assert len(ran.err.splitlines()) == 1


def test_an_address_needs_no_configuration_not_even_a_good_one(site: Site, run_monitor, tmp_path: Path) -> None:
    serve(site)
    (tmp_path / "config.toml").write_text("nonsense")
    (tmp_path / "page.html").write_bytes(report())
    assert run_monitor("diff", f"{site.address}/en/", "page.html").status == 0


def test_history_lists_captures_versions_and_editions(site: Site, follow, run_monitor) -> None:
    follow("en", "fr")
    serve(site, "fr")
    for edition, figure in ((2023, 50), (2024, 12), (2024, 13), (2024, 13)):
        serve(site, edition=edition, figure=figure)
        run_monitor("check")
    out = run_monitor("history", "maravel").out
    assert "maravel/en: 4 captures, 3 versions, editions 2023, 2024" in out
    assert "maravel/fr: 4 captures, 1 version, edition 2024" in out
    assert run_monitor("history", "maravel/en", "--captures").out.count(" bytes  version ") == 4


def test_history_tells_that_a_page_is_in_trouble(site: Site, follow, run_monitor) -> None:
    follow("en")
    serve(site)
    run_monitor("check")
    assert "in trouble" not in run_monitor("history", "maravel").out
    del site.answers["/en/"]
    for _ in range(2):
        run_monitor("check")
    told = next(line for line in run_monitor("history", "maravel").out.splitlines() if "in trouble since" in line)
    assert told.endswith(": gone, 2 checks in a row")
    assert json.loads(run_monitor("history", "maravel", "--format", "json").out)["trouble"]["checks"] == 2


def test_two_checks_do_not_share_a_store(site: Site, follow, run_monitor, tmp_path: Path) -> None:
    import fcntl

    follow("en")
    serve(site)
    run_monitor("check")
    with (tmp_path / "snapshots" / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = run_monitor("check")
    assert ran.status == 2
    assert "another check is under way" in ran.err


@pytest.mark.parametrize("command", [["history", "maravel"], ["verify"], ["diff", "maravel/en", "maravel/en"]])
def test_without_a_store_the_remedy_is_told(run_monitor, command: list[str]) -> None:
    ran = run_monitor(*command)
    assert ran.status == 2
    assert "monitor check" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_broken_configuration_names_every_mistake_and_nothing_is_fetched(site: Site, follow, run_monitor) -> None:
    follow("en", more="[fetsh]\n[[target]]\nid = 3\n")
    for command in (["config", "check"], ["check"]):
        ran = run_monitor(*command)
        assert ran.status == 2
        assert len(ran.err.splitlines()) == 2
        assert all("config.toml:" in line for line in ran.err.splitlines())
    assert site.asked == []


def test_a_good_configuration_is_counted(follow, run_monitor) -> None:
    follow("en", "fr")
    ran = run_monitor("config", "check")
    assert (ran.status, ran.out) == (0, "config.toml: no mistakes; 1 target, 2 pages\n")


HOSTILE = "\x1b]0;owned\x1b\\\x1b[2J\x9b31m\u202e\u2066\u200f\x85\u2028"
COMMANDS = (
    ("check",), ("history", "maravel"), ("history", "maravel/en"), ("diff", "maravel/en@first", "maravel/en@latest"),
    ("inspect", "maravel/en"), ("translations", "maravel"), ("statistics", "maravel"),
    ("statistics", "maravel", "--outline"), ("statistics", "maravel", "--format", "csv"), ("alerts", "list"),
    ("alerts", "test"), ("verify",), ("diff", "maravel/en@first", "maravel/en@latest", "--format", "markdown"),
)  # fmt: skip


def test_no_text_of_a_page_drives_a_terminal(site: Site, follow, run_monitor) -> None:
    rule = '[[channel]]\nname = "feed"\ntype = "feed"\npath = "feed.xml"\n[[rule]]\nname = "all"\nchannels = ["feed"]\n'
    follow("en", "fr", more=rule)
    for figure in (12, 15):
        for language in ("en", "fr"):
            hostile = report(language, figure=figure).decode().replace("Maravel", f"Ma{HOSTILE}ravel")
            hostile = hostile.replace("</h2>", f"{HOSTILE}</h2>").replace("15 ", f"15 {HOSTILE}puits wells ")
            site.answers[f"/{language}/"] = page(hostile.encode())
        run_monitor("check")
    for command in COMMANDS:
        ran = run_monitor(*command)
        assert ran.out, command
        acting = {c for c in ran.out + ran.err if c != "\n" and (unicodedata.category(c) == "Cc" or c in _BIDI)}
        assert acting == set(), command


_BIDI = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


def test_a_page_that_takes_more_memory_than_it_may_is_set_aside_and_harms_no_other(
    site: Site, follow, run_monitor
) -> None:
    follow("en", "fr", "ru")
    for language in ("en", "fr", "ru"):
        serve(site, language)
    run_monitor("check")
    heavy = b"<p " + b" ".join(b"a%d" % number for number in range(990)) + b">x</p>"
    site.answers["/en/"] = zipped(b"<html lang=en><body>" + heavy * 2_200 + b"</body></html>")
    serve(site, "ru", figure=15)
    records = [json.loads(line) for line in run_monitor("check", "--format", "json").out.splitlines()]
    found = {record["language"]: record for record in records if "language" in record}
    assert {language: record["state"] for language, record in found.items()} == {
        "en": "set_aside", "fr": "unchanged", "ru": "changed",
    }  # fmt: skip
    assert "more memory than a page may" in found["en"]["reason"]
    serve(site)
    assert "maravel/en  unchanged" in run_monitor("check").out
