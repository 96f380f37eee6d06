"""`monitor export`, `compact`, `verify --repair` and `history --reread` on a store with a past."""

import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from tests.fakes.reports import MAINTENANCE, report
from tests.fakes.site import Site, zipped
from tests.fakes.site import page as served
from tests.fakes.warcs import URL, Page, warc, write
from tests.functional.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def followed(run_monitor: Run, tmp_path: Path) -> Path:
    """A store with an imported past and captures of its own: unchanged, packed, not modified, set aside."""
    past = [Page(at=f"2024-05-0{n}T12:00:00Z", body=report(figure=n), asked=True) for n in (1, 2)]
    past.append(Page(at="2024-05-01T12:00:00Z", body=report("fr", figure=1), url="https://reports.example/fr/"))
    with Site() as site:
        (tmp_path / "config.toml").write_text(
            "[fetch]\ninterval = 0\nallow_private = true\ncontact = 'desk@reports.example'\n"
            f'[[target]]\nid = "maravel"\naddresses = {{ en = "{site.address}/en/", fr = "{site.address}/fr/" }}\n'
            f'former = {{ en = ["{URL}"], fr = ["https://reports.example/fr/"] }}\n'
        )
        run_monitor("import", "warc", write(tmp_path, warc(past)))
        body = report(figure=12)
        site.answers["/fr/"] = served(report("fr", figure=1))
        for answer in (
            zipped(body), served(body, etag='"a"'), served(body, etag='"a"'), served(MAINTENANCE), served(report(figure=13)),
        ):  # fmt: skip
            site.answers["/en/"] = answer
            run_monitor("check")
    return tmp_path


def history(run: Run, store: str) -> list[Any]:
    lines = run("history", "maravel", "--format", "json", "--store", store).out.splitlines()
    return [json.loads(line) for line in lines]


def test_a_store_moved_by_export_or_by_copy_has_the_same_history(run_monitor: Run, followed: Path) -> None:
    shutil.copytree(followed / "snapshots", followed / "copied")
    assert run_monitor("export", "--warc", "all.warc.gz").status == 0
    (followed / "config.toml").unlink()
    ran = run_monitor("import", "warc", "all.warc.gz", "--store", "moved")
    assert (ran.status, ran.err) == (0, "")
    here = history(run_monitor, "snapshots")
    assert len(here[0]["captures"]) == 7
    assert history(run_monitor, "copied") == here
    assert history(run_monitor, "moved") == here
    assert run_monitor("verify", "--store", "moved").status == 0


def test_an_export_of_what_was_imported_is_the_same_file(run_monitor: Run, followed: Path) -> None:
    run_monitor("export", "--warc", "first.warc")
    (followed / "config.toml").unlink()
    run_monitor("import", "warc", "first.warc", "--store", "moved")
    run_monitor("export", "--warc", "second.warc", "--store", "moved")
    assert (followed / "first.warc").read_bytes() == (followed / "second.warc").read_bytes()


@pytest.mark.parametrize("name", ["all.warc.gz", "all.warc"])
def test_the_export_is_a_warc_that_others_read_and_check(run_monitor: Run, followed: Path, name: str) -> None:
    run_monitor("export", "--warc", name)
    assert Checker(cmd=_Command(str(followed / name))).process_all() in (None, 0)
    with (followed / name).open("rb") as file:
        records = [(record.rec_type, record.rec_headers, record.http_headers) for record in ArchiveIterator(file)]
    kinds = [kind for kind, _, _ in records]
    assert (kinds[0], kinds.count("response"), kinds.count("revisit"), kinds.count("request")) == ("warcinfo", 6, 7, 11)
    assert {headers.get_header("WARC-Profile", "").rpartition("/")[2] for kind, headers, _ in records if kind == "revisit"} == {
        "identical-payload-digest", "server-not-modified",
    }  # fmt: skip
    asked = [http.get_header("User-Agent") for kind, _, http in records if kind == "request"]
    assert {"crawler", "monitor (+desk@reports.example)"} == set(asked)
    packed = next(http for _, _, http in records if http and http.get_header("X-Archive-Orig-Content-Encoding"))
    assert packed.get_header("Content-Encoding") is None


class _Command:
    """What warcio's checker wants of a command line."""

    def __init__(self, path: str) -> None:
        self.inputs = [path]
        self.verbose = False


def test_an_export_of_one_language_has_nothing_else(run_monitor: Run, followed: Path) -> None:
    run_monitor("export", "maravel/fr", "--warc", "fr.warc")
    with (followed / "fr.warc").open("rb") as file:
        pages = {record.rec_headers.get_header("Monitor-Page") for record in ArchiveIterator(file)}
    assert pages == {None, "maravel/fr"}
    assert run_monitor("export", "nowhere", "--warc", "x.warc").status == 2


def test_comparisons_are_lines_as_diff_writes_them(run_monitor: Run, followed: Path) -> None:
    run_monitor("export", "--comparisons", "all.jsonl")
    records = [json.loads(line) for line in (followed / "all.jsonl").read_text().splitlines()]
    assert [record["language"] for record in records] == ["en", "en", "en"]
    assert all(record["schema"] == "comparison/1" and record["changed"] for record in records)
    old, new = records[0]["old"]["source"], records[0]["new"]["source"]
    shown = json.loads(run_monitor("diff", old, new, "--format", "json").out)
    assert shown["alignment"] == records[0]["alignment"]


def test_compacting_keeps_every_version_and_thins_out_what_changed_nothing(run_monitor: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[[target]]\nid = "maravel"\naddresses = {{ en = "{URL}" }}\n')
    many = [
        Page(at=f"2024-05-{day:02}T12:00:00Z", body=report(figure=day // 10, noise=str(day), length=20))
        for day in range(1, 31)
    ]
    run_monitor("import", "warc", write(tmp_path, warc(many)))
    before = history(run_monitor, "snapshots")[0]
    ran = run_monitor("compact", "--thin-to-days", "5")
    assert ran.status == 0
    after = history(run_monitor, "snapshots")[0]
    assert len(after["captures"]) < 15
    assert [row["sha256"] for row in after["versions"]] == [row["sha256"] for row in before["versions"]]
    kept = ("event", "since", "until", "ended", "summary")
    assert [[each[name] for name in kept] for each in after["timeline"]] == [
        [each[name] for name in kept] for each in before["timeline"]
    ]
    assert run_monitor("verify").status == 0
    assert run_monitor("diff", "maravel/en@first", "maravel/en").status == 1
    assert "0 captures without change" in run_monitor("compact", "--thin-to-days", "5").out


def damage(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "snapshots/store.sqlite")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


DAMAGES = (
    "UPDATE snapshots SET data = x'0011' WHERE id = 1",
    "DELETE FROM snapshots WHERE id = (SELECT max(snapshot) FROM captures)",
    "DELETE FROM readings WHERE snapshot = 2",
    "UPDATE comparisons SET summary = 'x'",
)


@pytest.mark.parametrize("copy", ["copied", "all.warc.gz"])
def test_what_is_damaged_is_mended_from_a_copy(run_monitor: Run, followed: Path, copy: str) -> None:
    run_monitor("export", "--warc", "all.warc.gz")
    shutil.copytree(followed / "snapshots", followed / "copied")
    before = history(run_monitor, "snapshots")
    damage(followed, *DAMAGES)
    assert run_monitor("verify").status == 2
    ran = run_monitor("verify", "--repair", "--from", copy)
    assert (ran.status, "all whole" in ran.out) == (0, True), ran.out
    assert history(run_monitor, "snapshots") == before


def test_without_a_copy_what_can_be_mended_is_and_the_rest_is_named(run_monitor: Run, followed: Path) -> None:
    damage(followed, DAMAGES[0], DAMAGES[3])
    ran = run_monitor("verify", "--repair")
    assert ran.status == 2
    assert "summary is damaged" not in ran.out
    assert "compressed bytes are damaged" in ran.out


def test_a_past_read_otherwise_is_told_and_kept(run_monitor: Run, followed: Path) -> None:
    assert "maravel/en: read as before" in run_monitor("history", "maravel", "--reread").out
    damage(
        followed, "UPDATE readings SET digest = x'0102030405060708' WHERE snapshot = 2",
        "UPDATE versions SET title = 'Maravel of old' WHERE id = 1",
    )  # fmt: skip
    out = run_monitor("history", "maravel", "--reread").out
    assert "its text is read differently" in out
    assert "title “Maravel of old”, now “Maravel 2024”" in out
    assert "maravel/en: read as before" in run_monitor("history", "maravel", "--reread").out
    assert run_monitor("verify").status == 0


def test_a_profile_of_ones_own_reads_the_past_anew(run_monitor: Run, followed: Path) -> None:
    before = history(run_monitor, "snapshots")[0]
    text = (followed / "config.toml").read_text()
    (followed / "old.toml").write_text('name = "old"\n[[layout]]\nmain = ["main h2"]\ntitle = ["h1"]\n')
    (followed / "config.toml").write_text(text + 'profile = "old.toml"\n')
    ran = run_monitor("history", "maravel/en", "--reread", "--format", "json")
    assert ran.status == 0, ran.err
    assert json.loads(ran.out)["read_differently"]
    (followed / "config.toml").write_text(text)
    run_monitor("history", "maravel/en", "--reread")
    assert history(run_monitor, "snapshots")[0] == before


def test_history_tells_how_long_each_version_stood(run_monitor: Run, followed: Path) -> None:
    out = run_monitor("history", "maravel/en").out
    assert "edition 2024" in out
    assert "2024-05-01 12:00  first seen “Maravel 2024”; stood 1 day" in out
    assert "silent correction; stands" in out
    assert "captures not the report" in out or "1 capture not the report" in out


def test_a_foreign_reader_gets_the_bytes_that_were_captured(run_monitor: Run, followed: Path) -> None:
    run_monitor("export", "maravel/en", "--warc", "en.warc.gz")
    with (followed / "en.warc.gz").open("rb") as file:
        bodies = [
            record.content_stream().read()
            for record in ArchiveIterator(io.BytesIO(file.read()))
            if record.rec_type == "response"
        ]
    assert report(figure=12) in bodies
    assert MAINTENANCE in bodies
