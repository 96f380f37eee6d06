"""`monitor import wayback` against an archive on loopback, well and badly behaved."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.archive import Held, WebArchive
from tests.fakes.reports import MAINTENANCE, report
from tests.functional.conftest import Ran

Run = Callable[..., Ran]
URL = "https://reports.example/maravel/"
OLD = "https://www.reports.example/countries/maravel/"


@pytest.fixture
def archive() -> Iterator[WebArchive]:
    with WebArchive() as running:
        yield running


@pytest.fixture
def configured(archive: WebArchive, tmp_path: Path) -> None:
    configure(tmp_path, archive)


def configure(folder: Path, archive: WebArchive, more: str = "", **archive_settings: str) -> None:
    settings = {
        "cdx": f"{archive.address}/cdx", "replay": f"{archive.address}/web/{{time}}id_/{{url}}", **archive_settings
    }  # fmt: skip
    lines = "".join(f'{name} = "{value}"\n' for name, value in settings.items())
    (folder / "config.toml").write_text(
        f"[fetch]\ninterval = 0\nallow_private = true\n[archive]\nname = 'shelf'\ninterval = 0\nlisting_interval = 0\n"
        f'{lines}[[target]]\nid = "maravel"\naddresses = {{ en = "{URL}" }}\n'
        f'former = ["https://www.reports.example/countries/maravel/"]\n{more}'
    )


def history(run_monitor: Run) -> dict[str, list[dict[str, object]]]:
    found = run_monitor("history", "maravel/en", "--format", "json")
    record: dict[str, list[dict[str, object]]] = json.loads(found.out)
    return record


def times(run_monitor: Run) -> list[str]:
    return [str(capture["captured_at"])[:19] for capture in history(run_monitor)["captures"]]


@pytest.mark.usefixtures("configured")
def test_captures_of_every_address_come_in_the_order_of_their_time(run_monitor: Run, archive: WebArchive) -> None:
    archive.held = [
        Held(at="20240501120000", url=URL, body=report(figure=14)),
        Held(at="20230501120000", url=OLD, body=report(figure=12, edition=2023)),
        Held(at="20240601120000", url="http://reports.example/maravel", body=report(figure=15)),
    ]
    ran = run_monitor("import", "wayback", "maravel")
    assert (ran.status, ran.err) == (0, "")
    found = history(run_monitor)
    assert [row["edition"] for row in found["versions"]] == [2023, 2024, 2024]
    assert [row["summary"] is None for row in found["versions"]] == [True, False, False]
    assert {row["url"] for row in found["captures"]} == {URL, OLD, "http://reports.example/maravel"}
    assert run_monitor("verify").status == 0


@pytest.mark.usefixtures("configured")
def test_one_capture_is_fetched_for_each_digest_and_a_return_is_seen(run_monitor: Run, archive: WebArchive) -> None:
    first, second = report(figure=12), report(figure=13)
    bodies = [first, first, first, second, first]
    archive.held = [Held(at=f"2024050{day}120000", url=URL, body=body) for day, body in enumerate(bodies, start=1)]
    ran = run_monitor("import", "wayback", "maravel/en")
    assert "2 captures fetched" in ran.out
    assert archive.played == [f"20240501120000 {URL}", f"20240504120000 {URL}"]
    assert [capture["version"] for capture in history(run_monitor)["captures"]] == [1, 1, 2, 1]
    assert run_monitor("verify").status == 0


@pytest.mark.usefixtures("configured")
def test_a_dry_run_says_what_would_be_fetched_and_fetches_nothing(run_monitor: Run, archive: WebArchive) -> None:
    archive.held = [
        Held(at="20240501120000", url=URL, body=report(figure=12)),
        Held(at="20240502120000", url=URL, status=301),
        Held(at="20240503120000", url=URL, media_type="image/png"),
    ]
    ran = run_monitor("import", "wayback", "maravel", "--dry-run")
    assert "maravel/en: 3 captures in shelf: 1 to be fetched, 1 status 301, 1 type image/png" in ran.out
    assert archive.played == []


@pytest.mark.usefixtures("configured")
def test_only_the_days_asked_for_are_fetched(run_monitor: Run, archive: WebArchive) -> None:
    archive.held = [Held(at=f"202{year}0501120000", url=URL, body=report(figure=year)) for year in range(1, 6)]
    run_monitor("import", "wayback", "maravel", "--from", "2022", "--to", "2023-12-31")
    assert times(run_monitor) == ["2022-05-01T12:00:00", "2023-05-01T12:00:00"]


@pytest.mark.usefixtures("configured")
def test_pages_that_are_not_the_report_are_skipped_with_the_reason(run_monitor: Run, archive: WebArchive) -> None:
    archive.held = [
        Held(at="20240501120000", url=URL, body=report()),
        Held(at="20240502120000", url=URL, body=MAINTENANCE),
        Held(at="20240503120000", url=URL, body=report("fr")),
    ]
    ran = run_monitor("import", "wayback", "maravel")
    assert "2 skipped: 1 maintenance, 1 wrong language" in ran.out
    assert len(times(run_monitor)) == 1
    archive.asked.clear()
    assert "0 captures fetched" in run_monitor("import", "wayback", "maravel").out
    assert archive.played == []


@pytest.mark.usefixtures("configured")
def test_an_archive_that_asks_to_be_left_alone_is_left_alone_and_the_next_run_goes_on(
    run_monitor: Run, archive: WebArchive, tmp_path: Path
) -> None:
    archive.held = [Held(at=f"2024050{day}120000", url=URL, body=report(figure=day)) for day in range(1, 6)]
    archive.overrides = {"20240503": (429, {"Retry-After": "900"}, b"")}
    ran = run_monitor("import", "wayback", "maravel")
    assert ran.status == 2
    assert "run the same again in 900 s, it goes on where it was" in ran.err
    assert len(times(run_monitor)) == 2
    archive.asked.clear()
    archive.overrides = {}
    assert "asked to be left alone" in run_monitor("import", "wayback", "maravel").err
    assert archive.asked == []
    _forget_hosts(tmp_path)
    assert run_monitor("import", "wayback", "maravel").status == 0
    assert len(times(run_monitor)) == 5
    assert archive.played == [f"2024050{day}120000 {URL}" for day in (3, 4, 5)]


def _forget_hosts(folder: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(folder / "snapshots/store.sqlite")
    with connection:
        connection.execute("DELETE FROM hosts")
    connection.close()


@pytest.mark.usefixtures("configured")
def test_a_capture_that_cannot_be_had_now_is_asked_for_the_next_time(run_monitor: Run, archive: WebArchive) -> None:
    archive.held = [Held(at=f"2024050{day}120000", url=URL, body=report(figure=day)) for day in range(1, 4)]
    archive.overrides = {"20240502": (503, {}, b"")}
    ran = run_monitor("import", "wayback", "maravel")
    assert (ran.status, "1 skipped: 1 not had now (status)" in ran.out) == (0, True)
    assert len(times(run_monitor)) == 2
    archive.overrides = {}
    run_monitor("import", "wayback", "maravel")
    assert len(times(run_monitor)) == 3
    assert [row["summary"] is None for row in history(run_monitor)["versions"]] == [True, False, False]


@pytest.mark.usefixtures("configured")
def test_an_error_page_answered_with_200_is_not_taken_for_the_report(run_monitor: Run, archive: WebArchive) -> None:
    sorry = b"<html><title>Shelf</title><body><h1>Hrm.</h1><p>This page is not in the archive.</p></body></html>"
    archive.held = [Held(at=f"2024050{day}120000", url=URL, body=report(figure=day)) for day in (1, 2)]
    archive.overrides = {"/web/20240502": (200, {"Content-Type": "text/html"}, sorry)}
    ran = run_monitor("import", "wayback", "maravel")
    assert "1 capture fetched" in ran.out
    assert "1 skipped: 1" in ran.out
    assert len(times(run_monitor)) == 1


@pytest.mark.usefixtures("configured")
def test_a_list_answered_with_a_web_page_is_named(run_monitor: Run, archive: WebArchive) -> None:
    archive.overrides = {"/cdx": (200, {"Content-Type": "text/html"}, b"<html>Temporarily offline</html>")}
    ran = run_monitor("import", "wayback", "maravel")
    assert "answered a list with a web page" in ran.err


@pytest.mark.usefixtures("configured")
def test_lines_that_are_malformed_or_lie_are_named_and_the_others_used(run_monitor: Run, archive: WebArchive) -> None:
    archive.held = [
        Held(at="20240501120000", url=URL, body=report(figure=1), digest="A" * 32),
        Held(at="20240502120000", url=URL, body=report(figure=2), digest="A" * 32),
        Held(at="20240503120000", url=URL, body=report(figure=3)),
    ]
    archive.junk = [
        "garbage",
        f"example,reports)/ 20249999120000 {URL} text/html 200 BBBB 1",
        f"x 20240101000000 {URL}x text/html 200 CC 1",
    ]
    ran = run_monitor("import", "wayback", "maravel")
    assert "not usable: garbage" in ran.err
    assert "not usable: example,reports)/ 20249999120000" in ran.err
    assert "not of the digest that the list gives, kept as they came: 2 captures" in ran.out
    assert [capture["version"] for capture in history(run_monitor)["captures"]] == [1, 2, 3]


@pytest.mark.usefixtures("configured")
def test_a_redirect_to_another_capture_gives_that_captures_time(run_monitor: Run, archive: WebArchive) -> None:
    elsewhere = "https://other.example/"
    archive.held = [
        Held(at="20240501120000", url=URL, body=report(figure=1)),
        Held(at="20240502120000", url=URL, digest="D" * 32, location=f"/web/20240501120000id_/{URL}"),
        Held(at="20240503120000", url=URL, digest="E" * 32, location=f"/web/20240503120000id_/{elsewhere}"),
        Held(at="20240503120000", url=elsewhere, body=report(figure=9)),
    ]
    ran = run_monitor("import", "wayback", "maravel")
    assert "1 redirected to another page" in ran.out
    assert times(run_monitor) == ["2024-05-01T12:00:00"]


@pytest.mark.usefixtures("configured")
def test_a_capture_dated_in_the_future_is_not_taken(run_monitor: Run, archive: WebArchive) -> None:
    archive.held = [
        Held(at="20240501120000", url=URL, body=report()),
        Held(at="29990501120000", url=URL, body=report(figure=3)),
    ]
    ran = run_monitor("import", "wayback", "maravel")
    assert "1 dated in the future" in ran.out
    assert times(run_monitor) == ["2024-05-01T12:00:00"]


@pytest.mark.usefixtures("configured")
def test_two_captures_in_one_second_are_both_kept_and_only_once(run_monitor: Run, archive: WebArchive) -> None:
    archive.held = [
        Held(at="20240501120000", url=URL, body=report(figure=1)),
        Held(at="20240501120000", url="http://reports.example/maravel/", body=report(figure=2)),
    ]
    run_monitor("import", "wayback", "maravel")
    run_monitor("import", "wayback", "maravel", "--retry")
    assert len(times(run_monitor)) == 2
    assert run_monitor("verify").status == 0


def test_a_long_list_is_read_in_parts_with_and_without_a_key(
    run_monitor: Run, archive: WebArchive, tmp_path: Path
) -> None:
    configure(tmp_path, archive)
    archive.page_size = 2
    archive.held = [Held(at=f"2024050{day}120000", url=URL, body=report(figure=day)) for day in range(1, 6)]
    run_monitor("import", "wayback", "maravel")
    assert len(times(run_monitor)) == 5


@pytest.mark.usefixtures("configured")
def test_lines_in_the_form_of_pywb_are_read(run_monitor: Run, archive: WebArchive) -> None:
    archive.form = "cdxj"
    archive.held = [Held(at=f"2024050{day}120000", url=URL, body=report(figure=day)) for day in range(1, 4)]
    ran = run_monitor("import", "wayback", "maravel")
    assert "not of the digest" not in ran.out
    assert len(times(run_monitor)) == 3


def test_any_archive_that_knows_memento_is_read_by_its_timemap(
    run_monitor: Run, archive: WebArchive, tmp_path: Path
) -> None:
    configure(tmp_path, archive, timemap=f"{archive.address}/timemap/{{url}}")
    archive.held = [
        Held(at="20240501120000", url=URL, body=report(figure=1)),
        Held(at="20230501120000", url=OLD, body=report(figure=2, edition=2023)),
    ]
    ran = run_monitor("import", "wayback", "maravel")
    assert (ran.status, ran.err) == (0, "")
    assert [row["edition"] for row in history(run_monitor)["versions"]] == [2023, 2024]


def test_a_former_pattern_with_a_star_finds_what_lies_under_it(
    run_monitor: Run, archive: WebArchive, tmp_path: Path
) -> None:
    configure(tmp_path, archive)
    text = (tmp_path / "config.toml").read_text()
    (tmp_path / "config.toml").write_text(text.replace("/countries/maravel/", "/location/*/maravel/"))
    archive.held = [
        Held(at="20240501120000", url="https://www.reports.example/location/south/maravel/", body=report(figure=1)),
        Held(at="20240502120000", url="https://www.reports.example/location/south/veldara/", body=report(figure=2)),
    ]
    run_monitor("import", "wayback", "maravel")
    assert times(run_monitor) == ["2024-05-01T12:00:00"]


@pytest.mark.usefixtures("configured")
def test_the_past_raises_no_alert(run_monitor: Run, archive: WebArchive) -> None:
    archive.held = [Held(at=f"2024050{day}120000", url=URL, body=report(figure=day)) for day in range(1, 4)]
    run_monitor("import", "wayback", "maravel")
    assert "alert" not in run_monitor("history", "maravel").out


def test_an_archive_that_does_not_answer_is_named_with_what_to_do(
    run_monitor: Run, archive: WebArchive, tmp_path: Path
) -> None:
    configure(tmp_path, archive, cdx="http://127.0.0.1:9/cdx")
    ran = run_monitor("import", "wayback", "maravel")
    assert ran.status == 2
    assert "wait an hour" in ran.err


@pytest.mark.usefixtures("configured")
def test_a_span_that_ends_before_it_begins_asks_no_archive(run_monitor: Run) -> None:
    ran = run_monitor("import", "wayback", "maravel", "--from", "2020-05", "--to", "2019")
    assert ran.status == 2
    assert ran.err == "monitor: --from 2020-05 is later than --to 2019; give the earlier one first\n"
