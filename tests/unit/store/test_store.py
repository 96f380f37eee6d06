from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import StoreError, UnknownReferenceError
from monitor.model.capture import Unmodified, Validators
from monitor.model.quality import Verdict
from monitor.model.target import Page
from monitor.store.store import SnapshotStore

from .samples import ASIDE, KEY, PAGE, START, capture, reading


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SnapshotStore]:
    kept = SnapshotStore(tmp_path, create=True)
    yield kept
    kept.close()


def test_a_page_never_captured_is_not_held(store: SnapshotStore) -> None:
    assert store.held([PAGE]) == {}


def test_a_capture_is_held_with_what_the_server_wants_to_hear_again(store: SnapshotStore) -> None:
    first = capture(b"one")
    store.record(first, reading("one"))
    held = store.held([PAGE])[KEY]
    assert (held.latest, held.base, held.latest_at) == (first.sha256, first.sha256, START)
    assert held.validators == {PAGE.url: Validators(etag='"a1"')}


def test_a_page_that_is_not_the_report_never_becomes_the_base(store: SnapshotStore) -> None:
    good, aside = capture(b"one"), capture(b"down", day=1)
    store.record(good, reading("one"))
    store.record(aside, ASIDE)
    held = store.held([PAGE])[KEY]
    assert (held.latest, held.base, held.verdict) == (aside.sha256, good.sha256, Verdict.MAINTENANCE)
    assert store.find(KEY, "latest").sha256 == good.sha256


def test_bytes_headers_and_time_come_back_as_captured(store: SnapshotStore) -> None:
    store.record(capture(b"one \xff\x00 two", day=3), reading("one"))
    snapshot = store.find(KEY, "latest")
    assert snapshot.content == b"one \xff\x00 two"
    assert snapshot.media_type == "text/html; charset=utf-8"
    assert snapshot.captured_at == START + timedelta(days=3)
    assert snapshot.url == PAGE.url


def test_a_return_to_an_old_version_is_recognised(store: SnapshotStore) -> None:
    assert store.record(capture(b"a"), reading("a")) is None
    assert store.record(capture(b"b", day=1), reading("b")) is None
    assert store.record(capture(b"a", day=2), reading("a")) == START
    assert [(row.number, row.captures) for row in store.versions(KEY)] == [(1, 2), (2, 1)]


def test_a_reading_that_differs_in_typography_only_is_the_same_version(store: SnapshotStore) -> None:
    from dataclasses import replace

    first = capture(b"a")
    store.record(first, reading("a"))
    store.record(capture(b"a'", day=1), replace(reading("a'"), same_as=first.sha256))
    assert len(store.versions(KEY)) == 1


def test_an_unchanged_capture_costs_a_row_and_no_bytes(store: SnapshotStore, tmp_path: Path) -> None:
    store.record(capture(b"one"), reading("one"))
    again = [capture(b"one", day=day / 100) for day in range(1, 1001)]
    before = _size(store, tmp_path)
    store.record_unchanged(again)
    assert (_size(store, tmp_path) - before) / 1000 <= 200
    assert len(store.captures(KEY)) == 1001


def test_not_modified_is_kept_as_met_again(store: SnapshotStore) -> None:
    store.record(capture(b"one"), reading("one"))
    store.record_unchanged([Unmodified(page=PAGE, url=PAGE.url, captured_at=START + timedelta(days=9))])
    assert [row.status for row in store.captures(KEY)] == [200, 304]
    assert store.find(KEY, "2024-04-10").captured_at == START + timedelta(days=9)


def test_a_clock_set_back_does_not_reorder_the_captures(store: SnapshotStore) -> None:
    store.record(capture(b"one", day=5), reading("one"))
    store.record(capture(b"two", day=1), reading("two"))
    assert store.find(KEY, "latest").content == b"two"


def history(store: SnapshotStore) -> None:
    store.record(capture(b"2023", day=-365), reading("2023", edition=2023))
    store.record(capture(b"2024", day=0), reading("2024"))
    store.record(capture(b"2024 corrected", day=30), reading("2024 corrected"))
    store.record(capture(b"2025", day=365), reading("2025", edition=2025))


@pytest.mark.parametrize(
    ("which", "content"),
    [
        ("first", b"2023"), ("latest", b"2025"), ("2024", b"2024 corrected"), ("2023", b"2023"),
        ("2024-04-01", b"2024"), ("2024-03-31", b"2023"), ("2024-12-31", b"2024 corrected"), ("2030-01-01", b"2025"),
    ],
)  # fmt: skip
def test_a_stored_reference_finds_its_version(store: SnapshotStore, which: str, content: bytes) -> None:
    history(store)
    assert store.find(KEY, which).content == content


def test_a_prefix_of_the_sha256_finds_any_capture(store: SnapshotStore) -> None:
    aside = capture(b"down")
    store.record(aside, ASIDE)
    assert store.find(KEY, aside.sha256[:8]).content == b"down"


@pytest.mark.parametrize(
    ("which", "told"),
    [
        ("2022", "editions 2023,2024,2025"), ("2020-01-01", "held from 2023-04-02"), ("2024-02-31", "no day"),
        ("newest", "after @"), ("abcdef", "no snapshot"),
    ],
)  # fmt: skip
def test_what_is_not_held_is_told_with_what_is(store: SnapshotStore, which: str, told: str) -> None:
    history(store)
    with pytest.raises(UnknownReferenceError, match=told):
        store.find(KEY, which)


def test_a_language_that_is_not_held_is_told_with_those_that_are(store: SnapshotStore) -> None:
    history(store)
    with pytest.raises(UnknownReferenceError, match="held in en"):
        store.find(("maravel", "fr"), "latest")


def test_one_text_on_two_pages_is_kept_once_and_found_on_both(store: SnapshotStore) -> None:
    other = Page(target="maravel", language="ru", url="https://reports.example/ru/maravel/")
    store.record(capture(b"same"), reading("same"))
    store.record(capture(b"same", page=other), reading("same"))
    assert store.find(("maravel", "ru"), "latest").content == b"same"
    assert store.inspect().snapshots == 1
    assert store.languages("maravel") == ["en", "ru"]


def test_a_failed_transaction_leaves_no_trace(store: SnapshotStore) -> None:
    from dataclasses import replace

    broken = replace(reading("one"), title=None)  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        store.record(capture(b"one"), broken)
    assert store.held([PAGE]) == {}
    store.record(capture(b"one"), reading("one"))
    assert store.inspect().problems == ()


def test_two_checks_cannot_use_one_store_at_once(store: SnapshotStore, tmp_path: Path) -> None:
    other = SnapshotStore(tmp_path)
    with store.claimed(), pytest.raises(StoreError, match="under way"), other.claimed():
        raise AssertionError
    with other.claimed():
        pass
    other.close()


def _size(store: SnapshotStore, folder: Path) -> int:
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (folder / "store.sqlite").stat().st_size
