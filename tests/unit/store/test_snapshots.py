import hashlib
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import StoreError
from monitor.store.schema import prepare
from monitor.store.snapshots import DEEPEST, content_of, put


def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    prepare(connection, "test")
    connection.execute("INSERT INTO pages (id, target, language) VALUES (1, 'maravel', 'en')")
    return connection


def keep(connection: sqlite3.Connection, content: bytes) -> int:
    return put(connection, 1, content, hashlib.sha256(content).hexdigest())


pages = st.lists(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)), max_size=40)


@given(pages)
@settings(max_examples=60, deadline=None)
def test_any_row_of_versions_comes_back_bit_for_bit(contents: list[bytes]) -> None:
    connection = database()
    kept = [(keep(connection, content), content) for content in contents]
    assert all(content_of(connection, snapshot) == content for snapshot, content in kept)
    connection.close()


def test_the_same_bytes_are_kept_once() -> None:
    connection = database()
    assert keep(connection, b"a page") == keep(connection, b"a page")
    assert connection.execute("SELECT count(*) FROM snapshots").fetchone() == (1,)


def edited(page: bytes, count: int) -> list[bytes]:
    """Versions of a page, each with one more word changed than the one before."""
    words = page.split(b" ")
    versions = []
    for number in range(count):
        words[(number * 37) % len(words)] = b"edit%d" % number
        versions.append(b" ".join(words))
    return versions


PAGE = b" ".join(hashlib.sha256(b"%d" % number).hexdigest()[:7].encode() for number in range(1000))


def test_a_thousand_versions_lean_on_few_steps_and_one_full_copy() -> None:
    connection = database()
    versions = edited(PAGE, 300)
    for version in versions:
        keep(connection, version)
    deepest, alone, stored = connection.execute(
        "SELECT max(depth), sum(base IS NULL), sum(length(data)) FROM snapshots"
    ).fetchone()
    assert deepest <= DEEPEST
    assert alone == 1
    assert stored / len(versions) < 150
    assert content_of(connection, 150) == versions[149]


def test_a_page_that_is_written_anew_stands_alone() -> None:
    connection = database()
    keep(connection, PAGE)
    other = b" ".join(hashlib.sha256(b"other %d" % number).hexdigest()[:7].encode() for number in range(1000))
    keep(connection, other)
    assert connection.execute("SELECT base FROM snapshots ORDER BY id").fetchall() == [(None,), (None,)]


def test_damaged_bytes_are_told_and_nothing_new_leans_on_them() -> None:
    connection = database()
    first = keep(connection, PAGE)
    connection.execute("UPDATE snapshots SET data = x'00112233' WHERE id = ?", (first,))
    with pytest.raises(StoreError, match="damaged"):
        content_of(connection, first)
    second = keep(connection, PAGE + b" more")
    assert content_of(connection, second) == PAGE + b" more"


def test_bytes_that_unpack_to_something_else_are_told() -> None:
    connection = database()
    first, other = keep(connection, b"the report as it was"), keep(connection, b"the report as it is!")
    data = connection.execute("SELECT data FROM snapshots WHERE id = ?", (other,)).fetchone()[0]
    connection.execute("UPDATE snapshots SET data = ?, base = NULL WHERE id = ?", (data, first))
    with pytest.raises(StoreError):
        content_of(connection, first)


def test_the_module_names_the_measurements_it_rests_on() -> None:
    assert (Path(__file__).parents[3] / "docs" / "decisions" / "store.md").is_file()
