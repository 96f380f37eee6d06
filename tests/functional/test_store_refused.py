"""Disks that are full and stores that may not be written, as who starts a command meets them."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.reports import report
from tests.fakes.site import Site, page
from tests.functional.conftest import Ran
from tests.unit.store.test_audit import scribble

Run = Callable[..., Ran]

FULL, UNWRITABLE = 3, 4

_ON_A_FULL_DISK = """
import resource, sys
from monitor.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
sys.exit(main(sys.argv[1:]))
"""
_BOUND_BY_PERMISSIONS = """
import ctypes, os, sys
DROP_FROM_BOUNDING_SET, WRITE_EVERYTHING, READ_EVERYTHING = 24, 1, 2
for right in (WRITE_EVERYTHING, READ_EVERYTHING):
    ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, right, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "monitor", *sys.argv[1:]])
"""
"""Even where root runs the tests."""


@pytest.fixture
def run_so(tmp_path: Path) -> Run:
    """Run the program through a script."""

    def run(script: str, *arguments: object) -> Ran:
        command = [sys.executable, "-c", script, *map(str, arguments)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        return Ran(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())

    return run


@pytest.fixture
def site(tmp_path: Path):
    with Site({"/en/": page(report("en"), etag='"1"')}) as running:
        (tmp_path / "config.toml").write_text(
            '[fetch]\ncontact = "mailto:desk@newsroom.example"\ninterval = 0\nallow_private = ["127.0.0.0/8"]\n'
            f'[[target]]\nid = "maravel"\naddresses = {{ en = "{running.address}/en/" }}\n'
        )
        yield running


def test_a_full_disk_is_told_by_the_status_and_nothing_more_is_asked_until_there_is_room(
    run_monitor: Run, run_so: Run, tmp_path: Path, site: Site
) -> None:
    assert run_monitor("check").status == 0
    site.answers["/en/"] = page(report("en", figure=15), etag='"2"')

    ran = run_so(_ON_A_FULL_DISK, "check")
    assert ran.status == FULL
    assert (
        ran.err == "monitor: snapshots/store.sqlite: the disk is full; free some space, nothing that was kept is lost\n"
    )
    asked = len(site.paths)

    ran = run_so(_ON_A_FULL_DISK, "check")
    assert ran.status == FULL
    assert len(site.paths) == asked
    assert len(ran.err.splitlines()) == 1

    found = run_monitor("verify")
    assert found.status == 0
    assert "the disk was found full" in found.out
    assert "changed" in run_monitor("check").out
    assert "all whole" in run_monitor("verify").out
    assert "full" not in run_monitor("verify").out


COMMANDS = (
    ("check",), ("run",), ("import", "file", "page.html", "--as", "maravel/fr", "--captured-at", "2024-01-01"),
    ("compact",), ("verify", "--repair"), ("history", "maravel", "--reread"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(("name", "mode"), [("snapshots", 0o555), ("snapshots/store.sqlite", 0o444)])
def test_who_means_to_write_and_may_not_is_told_at_once(
    run_monitor: Run, run_so: Run, tmp_path: Path, site: Site, command: tuple[str, ...], name: str, mode: int
) -> None:
    (tmp_path / "page.html").write_bytes(report("fr"))
    run_monitor("check")
    asked = len(site.paths)
    (tmp_path / name).chmod(mode)
    ran = run_so(_BOUND_BY_PERMISSIONS, *command)
    (tmp_path / name).chmod(0o755)
    assert ran.status == UNWRITABLE
    told = ran.err.splitlines()[-1]
    assert told.startswith("monitor: snapshots/")
    assert told.endswith("let this user write the folder and what is in it, or give another as --store")
    assert len(site.paths) == asked


@pytest.mark.parametrize("command", [("check",), ("run",)], ids=" ".join)
def test_a_folder_that_cannot_be_made_is_named(run_so: Run, tmp_path: Path, site: Site, command: tuple[str]) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    ran = run_so(_BOUND_BY_PERMISSIONS, *command, "--store", "closed/store")
    assert ran.status == UNWRITABLE
    assert ran.err.splitlines()[-1].startswith("monitor: closed/store: cannot be used (Permission denied); ")
    assert site.paths == []


def test_a_store_that_may_not_be_looked_into_is_told_in_one_line(run_monitor: Run, run_so: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(report("fr"))
    run_monitor("import", "file", "page.html", "--as", "maravel/fr", "--captured-at", "2024-01-01")
    (tmp_path / "snapshots").chmod(0)
    ran = run_so(_BOUND_BY_PERMISSIONS, "history", "maravel")
    (tmp_path / "snapshots").chmod(0o755)
    assert ran.status == UNWRITABLE
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("command", [("check",), ("run",)], ids=" ".join)
def test_a_damaged_store_is_not_gone_on_with(
    run_monitor: Run, tmp_path: Path, site: Site, command: tuple[str, ...]
) -> None:
    run_monitor("check")
    asked = len(site.paths)
    scribble(tmp_path / "snapshots", "captures")
    ran = run_monitor(*command)
    assert ran.status == 2
    assert ran.err.splitlines()[-1] == (
        "monitor: snapshots/store.sqlite: the table captures cannot be read;"
        " try `monitor verify --repair --from COPY`; where that does not help, put a copy of the store in its place"
    )
    assert len(site.paths) == asked
    assert run_monitor("verify").status == 2


def test_a_store_of_a_newer_program_is_refused_with_both_versions(run_monitor: Run, tmp_path: Path, site: Site) -> None:
    from monitor.store.schema import VERSION

    run_monitor("check")
    with sqlite3.connect(tmp_path / "snapshots/store.sqlite") as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    for command in ("check", "run", "verify"):
        ran = run_monitor(command)
        assert ran.status == 2
        assert f"is of version {VERSION + 1}, and this program knows up to {VERSION}" in ran.err.splitlines()[-1]


def test_a_comparison_of_files_leaves_no_store(run_monitor: Run, tmp_path: Path) -> None:
    for name, figure in (("old.html", 14), ("new.html", 15)):
        (tmp_path / name).write_bytes(report("en", figure=figure))
    assert run_monitor("diff", "old.html", "new.html").status == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.html", "old.html"]
