import sqlite3
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.model.standing import Standing
from monitor.model.target import Page
from monitor.store.schema import APPLICATION, MIGRATIONS, VERSION, prepare
from monitor.store.store import SnapshotStore


def test_a_store_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    SnapshotStore(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StoreError, match=f"version {VERSION + 1}.*knows up to {VERSION}"):
        SnapshotStore(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.sqlite") as connection:
        connection.execute("CREATE TABLE songs (title)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        SnapshotStore(tmp_path, create=True)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_text("hello " * 1000)
    with pytest.raises(StoreError, match="no store"):
        SnapshotStore(tmp_path)


def test_looking_into_a_store_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="monitor check"):
        SnapshotStore(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        SnapshotStore(tmp_path / "file" / "store", create=True)


def test_an_open_store_and_a_reopened_one_are_the_same(tmp_path: Path) -> None:
    SnapshotStore(tmp_path, create=True).close()
    store = SnapshotStore(tmp_path)
    assert store.inspect().problems == ()
    store.close()


def test_a_store_from_before_acceptances_keeps_how_its_pages_stand(tmp_path: Path) -> None:
    before = 3
    connection = sqlite3.connect(tmp_path / "store.sqlite")
    connection.executescript("".join(MIGRATIONS[:before]))
    connection.execute(
        "INSERT INTO followed (target, language, site, failures, good, cause, told, distrusted, moved_to)"
        " VALUES ('veland', 'en', 'reports.example', 2, 0, 'timeout', 0, 0, '')"
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {before}")
    connection.commit()
    connection.close()
    store = SnapshotStore(tmp_path)
    page = Page(target="veland", language="en", url="https://reports.example/")
    expected = Standing(page=("veland", "en"), site="reports.example", failures=2, cause="timeout")
    assert store.following.standings([page.key]) == {("veland", "en"): expected}
    assert store.following.unaccepted() == []
    assert store.inspect().problems == ()
    store.close()


def test_a_disk_too_full_for_the_tables_leaves_none_of_them() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA max_page_count = 5")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        prepare(connection, "store")
    assert connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
    connection.close()
