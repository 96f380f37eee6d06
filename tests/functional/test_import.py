"""`monitor import warc` and `import file`: the past put into its place, in and out of order, whole and damaged."""

import hashlib
import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.reports import LANGUAGES, MAINTENANCE, report
from tests.fakes.warcs import URL, Page, warc, write
from tests.functional.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def configured(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[[target]]\nid = "maravel"\naddresses = {{ en = "{URL}" }}\n')


def page(day: int, **report_options: int) -> Page:
    return Page(at=f"2024-05-{day:02}T12:00:00Z", body=report(**{"noise": str(day), **report_options}))  # type: ignore[arg-type]


def history(run: Run, store: str = "snapshots", name: str = "maravel/en") -> dict[str, Any]:
    record: dict[str, Any] = json.loads(run("history", name, "--format", "json", "--store", store).out)
    return record


def without_origin(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "captures": [{**capture, "origin": ""} for capture in record["captures"]]}


def test_a_line_is_the_same_in_whatever_order_it_was_imported(run_monitor: Run, tmp_path: Path) -> None:
    figures = [1, 1, 2, 2, 3, 1, 4, 4, 5]
    days = [page(day, figure=figure, edition=2023 + (day > 6)) for day, figure in enumerate(figures, start=1)]
    run_monitor("import", "warc", write(tmp_path, warc(days), "all.warc.gz"), "--store", "whole")
    shuffled = random.Random(7).sample(days, len(days))
    for number, one in enumerate(shuffled):
        ran = run_monitor("import", "warc", write(tmp_path, warc([one]), f"{number}.warc.gz"), "--store", "parts")
        assert (ran.status, ran.err) == (0, "")
    whole, parts = history(run_monitor, "whole"), history(run_monitor, "parts")
    assert without_origin(parts) == without_origin(whole)
    assert [each["event"] for each in whole["timeline"]] == [
        "first", "correction", "correction", "return", "edition", "correction",
    ]  # fmt: skip
    assert run_monitor("verify", "--store", "parts").status == 0


def test_a_comparison_that_is_split_is_made_anew(run_monitor: Run, tmp_path: Path) -> None:
    run_monitor("import", "warc", write(tmp_path, warc([page(1, figure=1), page(9, figure=9)])))
    assert len(history(run_monitor)["versions"]) == 2
    run_monitor("import", "warc", write(tmp_path, warc([page(5, figure=5)]), "between.warc.gz"))
    run_monitor("export", "--comparisons", tmp_path / "all.jsonl")
    found = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert [(one["captured_at"][:10], one["summary"]["changes"]) for one in found] == [
        ("2024-05-05", {"number": 3}), ("2024-05-09", {"number": 3}),
    ]  # fmt: skip
    assert found[0]["new"]["sha256"] == found[1]["old"]["sha256"]


def test_a_check_compares_with_the_imported_past(run_monitor: Run, tmp_path: Path) -> None:
    from tests.fakes.site import Site
    from tests.fakes.site import page as served

    with Site() as site:
        site.answers["/en/"] = served(report(figure=12))
        address = f"{site.address}/en/"
        (tmp_path / "config.toml").write_text(
            "[fetch]\ninterval = 0\nallow_private = true\n"
            f'[[target]]\nid = "maravel"\naddresses = {{ en = "{address}" }}\nformer = ["{URL}"]\n'
        )
        run_monitor("import", "warc", write(tmp_path, warc([page(1, figure=11)])))
        ran = run_monitor("check")
    assert "changed" in ran.out
    assert [row["origin"] for row in history(run_monitor)["captures"]] == ["warc crawl.warc.gz", ""]


def test_pages_that_are_not_the_report_are_counted_and_leave_nothing(run_monitor: Run, tmp_path: Path) -> None:
    bad = [Page(at="2024-05-02T12:00:00Z", body=MAINTENANCE), Page(at="2024-05-03T12:00:00Z", body=b"\x00\x01" * 400)]
    ran = run_monitor("import", "warc", write(tmp_path, warc([page(1), *bad])))
    assert "2 not the report, not kept: 1 maintenance, 1 unreadable" in ran.out
    assert "1 capture, 1 snapshot" in run_monitor("verify").out


def test_a_damaged_file_gives_what_is_whole_and_says_what_is_not(run_monitor: Run, tmp_path: Path) -> None:
    whole = warc([page(day, figure=day) for day in range(1, 5)])
    ran = run_monitor("import", "warc", write(tmp_path, whole[:-300]))
    assert ran.status == 2
    assert "record at byte" in ran.err
    assert "what was good around it is kept" in ran.err
    assert len(history(run_monitor)["captures"]) == 3
    assert run_monitor("import", "warc", write(tmp_path, whole)).status == 0
    assert len(history(run_monitor)["captures"]) == 4


def test_the_same_file_twice_adds_nothing(run_monitor: Run, tmp_path: Path) -> None:
    path = write(tmp_path, warc([page(day, figure=day) for day in range(1, 4)]))
    run_monitor("import", "warc", path)
    before = history(run_monitor)
    assert "0 of them new" in run_monitor("import", "warc", path).out
    assert history(run_monitor) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_saved_page_takes_its_place(run_monitor: Run, tmp_path: Path, language: str) -> None:
    (tmp_path / "saved.html").write_bytes(report(language, figure=7))
    name = f"maravel/{language}"
    ran = run_monitor("import", "file", "saved.html", "--as", name, "--captured-at", "2023-04-24")
    assert (ran.status, ran.err) == (0, "")
    found = history(run_monitor, name=name)
    assert found["captures"][0]["captured_at"] == "2023-04-24T00:00:00+00:00"
    assert found["captures"][0]["origin"] == "file saved.html"
    assert run_monitor("diff", "saved.html", name).status == 0


@pytest.mark.parametrize("name", ["report.md", "report.txt"])
def test_markdown_and_text_editions_are_imported_too(run_monitor: Run, tmp_path: Path, name: str) -> None:
    mark = "#" if name.endswith("md") else ""
    text = f"{mark} Maravel 2023\n\nThe council of Maravel closed 12 wells in the dry season, villagers said.\n\n"
    text += f"{mark}{mark} Right to water\n\n" + "The courts heard none of their complaints before the autumn. " * 9
    (tmp_path / name).write_text(text)
    ran = run_monitor("import", "file", name, "--as", "maravel/en", "--captured-at", "2023-04-24T10:00:00+02:00")
    assert (ran.status, ran.err) == (0, "")
    assert history(run_monitor)["captures"][0]["captured_at"] == "2023-04-24T08:00:00+00:00"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--as", "maravel/en", "--captured-at", "2999-01-01"], "future"),
        (["--as", "maravel/en", "--captured-at", "yesterday"], "2024-04-24"),
        (["--as", "Maravel", "--captured-at", "2024-01-01"], "russia/en"),
        (["--as", "maravel/en"], "--captured-at"),
    ],
)  # fmt: skip
def test_what_is_not_said_rightly_is_told_in_one_line(
    run_monitor: Run, tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "saved.html").write_bytes(report())
    ran = run_monitor("import", "file", "saved.html", *arguments)
    assert ran.status == 2
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_full_disk_in_the_middle_loses_nothing_and_the_next_run_completes(run_monitor: Run, tmp_path: Path) -> None:
    chance = random.Random(2)
    many = [
        Page(
            at=f"2024-05-{n // 24 + 1:02}T{n % 24:02}:00:00Z",
            body=report(figure=n, noise=chance.randbytes(4_000).hex()),
        )
        for n in range(40)
    ]
    path = write(tmp_path, warc(many))
    run_monitor("import", "warc", write(tmp_path, warc(many[:2]), "two.warc.gz"))
    script = (
        "import sys, monitor.store.database as d\nfrom monitor.cli.main import main\nreal = d.prepare\n"
        "def prepare(connection, name):\n    real(connection, name)\n"
        "    pages = connection.execute('PRAGMA page_count').fetchone()[0]\n"
        "    connection.execute(f'PRAGMA max_page_count = {pages + int(sys.argv[1])}')\n"
        "d.prepare = prepare\nsys.exit(main(sys.argv[2:]))\n"
    )
    for room in (2, 30):
        ran = _python(script, tmp_path, str(room), "import", "warc", str(path))
        assert ran.status == 3
        assert "the disk is full" in ran.err
        assert run_monitor("verify").status == 0
    assert run_monitor("import", "warc", path).status == 0
    assert len(history(run_monitor)["captures"]) == 40


def _python(script: str, folder: Path, *arguments: str) -> Ran:
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", script, *arguments], cwd=folder, capture_output=True, check=False)
    return Ran(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def test_versions_in_any_order_lean_on_each_other_and_stay_shallow(run_monitor: Run, tmp_path: Path) -> None:
    hours = random.Random(3).sample(range(120), 120)
    for part in range(4):
        some = hours[part::4]
        many = [Page(at=f"2024-05-{n // 24 + 1:02}T{n % 24:02}:00:00Z", body=report(figure=n, length=30)) for n in some]
        run_monitor("import", "warc", write(tmp_path, warc(many), f"{part}.warc.gz"))
    connection = sqlite3.connect(tmp_path / "snapshots/store.sqlite")
    depth, alone, data = connection.execute(
        "SELECT max(depth), sum(base IS NULL), avg(length(data)) FROM snapshots"
    ).fetchone()
    carried = connection.execute(
        "SELECT max(n) FROM (SELECT count(*) AS n FROM snapshots GROUP BY base HAVING base)"
    ).fetchone()
    connection.close()
    assert depth <= 10
    assert carried[0] <= 2
    assert alone <= 6
    assert data < 500
    assert run_monitor("verify").status == 0


def test_a_page_in_a_warc_is_a_document_reference(run_monitor: Run, tmp_path: Path) -> None:
    other = Page(at="2024-06-01T12:00:00Z", body=report(figure=77), url="https://reports.example/veldara/")
    write(tmp_path, warc([page(1, figure=1), page(2, figure=2), other]), "a.warc.gz")
    (tmp_path / "two.html").write_bytes(report(figure=2))
    (tmp_path / "other.html").write_bytes(report(figure=77))
    assert run_monitor("diff", f"a.warc.gz#{URL}", "two.html").status == 0
    assert run_monitor("diff", "a.warc.gz", "other.html").status == 0
    ran = run_monitor("inspect", "a.warc.gz#https://reports.example/nowhere/")
    assert ran.status == 2
    assert URL in ran.err


def test_a_page_of_a_warc_and_standard_input_can_be_imported_as_files(run_monitor: Run, tmp_path: Path) -> None:
    write(tmp_path, warc([page(1, figure=1)]), "a.warc.gz")
    named = ("--as", "maravel/en", "--captured-at")
    assert run_monitor("import", "file", "a.warc.gz", *named, "2022-01-01").status == 0
    assert run_monitor("import", "file", "-", *named, "2022-01-02", standard_input=report(figure=2)).status == 0
    assert [row["origin"] for row in history(run_monitor)["captures"]] == ["file a.warc.gz", "file -"]


def test_bytes_come_back_bit_for_bit(run_monitor: Run, tmp_path: Path) -> None:
    from monitor.store.store import SnapshotStore

    bodies = [report(figure=n) + bytes([n]) for n in range(1, 6)]
    many = [Page(at=f"2024-05-0{n}T12:00:00Z", body=body) for n, body in enumerate(bodies, start=1)]
    run_monitor("import", "warc", write(tmp_path, warc(many)))
    store = SnapshotStore(tmp_path / "snapshots")
    try:
        for body in bodies:
            assert store.find(("maravel", "en"), hashlib.sha256(body).hexdigest()).content == body
    finally:
        store.close()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("marvel/en", "is it maravel?"),
        ("maravel/xx", "the text is in en; give --as maravel/en"),
        ("maravel/fr", "in en"),
    ],
)
def test_a_misspelt_page_is_refused_unless_it_is_new(run_monitor: Run, tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "saved.html").write_bytes(report())
    arguments = ("import", "file", "saved.html", "--as", name, "--captured-at", "2024-01-01")

    refused = run_monitor(*arguments)

    assert (refused.status, refused.out, len(refused.err.splitlines())) == (2, "", 1)
    assert told in refused.err
    assert "held already" not in run_monitor(*arguments, "--new").out
