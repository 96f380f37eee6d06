import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.model.history import Found
from monitor.runs.reading import read_snapshot, reading_of
from monitor.store.store import SnapshotStore
from tests.fakes.reports import report

from .samples import KEY, PAGE, capture, reading


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of twelve versions, the last of which was compared with the one before."""
    from monitor.diff.comparison import compare

    store = SnapshotStore(tmp_path, create=True)
    for number in range(11):
        store.record(capture(report(figure=100 + number), day=number), reading(str(number)))
    old = store.find(KEY, "latest")
    new = capture(report(figure=900), day=20)
    store.record(new, reading("new"))
    again = capture(report(figure=901), day=21)
    documents = [read_snapshot(old), read_snapshot(store.find(KEY, "latest"))]
    store.record(again, reading_of(documents[1]), Found(old_sha256=old.sha256, comparison=compare(*documents)))
    store.close()
    return tmp_path


def problems(folder: Path) -> tuple[str, ...]:
    store = SnapshotStore(folder)
    try:
        return store.inspect().problems
    finally:
        store.close()


def damage(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "store.sqlite", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(statement)
    connection.close()


def test_a_whole_store_has_no_problems(folder: Path) -> None:
    assert problems(folder) == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE snapshots SET data = x'0011' WHERE id = 5", "damaged"),
        ("UPDATE snapshots SET sha256 = zeroblob(32) WHERE id = 5", "not those captured"),
        ("DELETE FROM snapshots WHERE id = 1", "missing"),
        ("DELETE FROM readings WHERE snapshot = 3", "no reading"),
        ("UPDATE captures SET headers = x'22' WHERE id = 2", "headers"),
        ("UPDATE comparisons SET summary = '{'", "comparison 1"),
        ("UPDATE pages SET url = 99", "missing"),
    ],
)
def test_damage_is_named(folder: Path, statement: str, told: str) -> None:
    damage(folder, statement)
    assert any(told in problem for problem in problems(folder))


def test_a_snapshot_without_a_capture_is_harmless_and_remarked(folder: Path) -> None:
    damage(folder, "DELETE FROM captures WHERE id = 13")
    store = SnapshotStore(folder)
    found = store.inspect()
    store.close()
    assert found.problems == ()
    assert any("harmless" in remark for remark in found.remarks)


def test_a_page_of_the_file_overwritten_is_told_without_a_crash(folder: Path) -> None:
    path = folder / "store.sqlite"
    content = bytearray(path.read_bytes())
    content[3 * 4096 : 4 * 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    assert problems(folder)


def test_a_copied_folder_is_the_same_store(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    import shutil

    copy = tmp_path_factory.mktemp("copy") / "store"
    shutil.copytree(folder, copy)
    first, second = SnapshotStore(folder), SnapshotStore(copy)
    assert first.captures(KEY) == second.captures(KEY)
    assert second.held([PAGE]) == first.held([PAGE])
    first.close()
    second.close()


def scribble(folder: Path, table: str) -> None:
    """Have the first page of a table say of itself what no page may."""
    path = folder / "store.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = ?"
        root, size = connection.execute(query, (table,)).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff")


@pytest.mark.parametrize("table", ["captures", "snapshots", "followed", "dispatches"])
def test_a_file_that_is_damaged_is_refused_and_the_table_named(folder: Path, table: str) -> None:
    scribble(folder, table)
    with (
        closing(SnapshotStore(folder)) as store,
        pytest.raises(StoreError, match=rf"the table {table} cannot be read; try `monitor verify --repair"),
    ):
        store.prove()


def test_a_whole_file_is_not_refused(folder: Path) -> None:
    with closing(SnapshotStore(folder)) as store:
        store.prove()
