import os
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.alerts.outbox import Settled, Status
from monitor.errors import FullError, UnwritableError
from monitor.store.ballast import Ballast
from monitor.store.store import SnapshotStore

from .samples import capture, reading

SIZE = 100_000


@pytest.fixture
def ballast(tmp_path: Path) -> Ballast:
    return Ballast(tmp_path, SIZE)


def on_disk(folder: Path) -> int:
    """The bytes that the disk really has for the file."""
    return (folder / "ballast").stat().st_blocks * 512


def test_the_room_that_is_set_aside_is_room_on_the_disk(tmp_path: Path, ballast: Ballast) -> None:
    assert ballast.hold()
    assert on_disk(tmp_path) >= SIZE
    assert ballast.full_since is None
    ballast.demand()


def test_none_is_set_aside_where_twice_as_much_is_not_free(tmp_path: Path) -> None:
    disk = os.statvfs(tmp_path)
    greedy = Ballast(tmp_path, disk.f_blocks * disk.f_frsize // 2)
    assert not greedy.hold()
    greedy.demand()
    assert list(tmp_path.iterdir()) == []


def test_what_was_given_up_says_since_when_for_everybody_and_for_good(tmp_path: Path, ballast: Ballast) -> None:
    ballast.hold()
    ballast.release()
    since = ballast.full_since
    assert since is not None
    assert on_disk(tmp_path) == 0
    os.utime(tmp_path / "ballast", (1_000_000_000, 1_000_000_000))
    other = Ballast(tmp_path, SIZE)
    other.release()
    assert other.full_since == ballast.full_since != since


def test_while_there_is_no_room_nothing_may_be_added(tmp_path: Path) -> None:
    disk = os.statvfs(tmp_path)
    greedy = Ballast(tmp_path, disk.f_blocks * disk.f_frsize // 2)
    greedy.release()
    with pytest.raises(FullError, match="the disk is full; free more than"):
        greedy.demand()


def test_the_end_is_told_before_it_counts_as_one(ballast: Ballast) -> None:
    ballast.release()
    since = ballast.full_since
    seen: list[tuple[datetime, datetime | None]] = []
    assert ballast.hold(lambda told: seen.append((told, ballast.full_since)))
    assert seen == [(since, since)]
    assert ballast.full_since is None
    assert ballast.hold(lambda told: seen.append((told, None)))
    assert len(seen) == 1


def test_an_end_that_cannot_be_kept_is_none(tmp_path: Path, ballast: Ballast) -> None:
    ballast.release()

    def fails(since: datetime) -> None:
        raise FullError("full again")

    with pytest.raises(FullError, match="full again"):
        ballast.hold(fails)
    assert ballast.full_since is not None
    assert [path.name for path in tmp_path.iterdir()] == ["ballast"]


def test_a_copy_that_is_all_holes_is_filled(tmp_path: Path, ballast: Ballast) -> None:
    with (tmp_path / "ballast").open("wb") as file:
        file.truncate(SIZE)
    assert ballast.hold()
    assert on_disk(tmp_path) >= SIZE


class Bound(Ballast):
    """Room in a store that may not become larger: what is given up are pages of it."""

    def __init__(self, folder: Path, store: SnapshotStore) -> None:
        super().__init__(folder, SIZE)
        self.store = store
        self.bind(more=0)

    def bind(self, *, more: int) -> None:
        """Let the file have as many pages as it has, and so many more."""
        connection = self.store._database.connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + more}")

    def release(self) -> None:
        super().release()
        self.bind(more=100)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SnapshotStore]:
    with closing(SnapshotStore(tmp_path, create=True)) as kept:
        yield kept


def test_a_full_disk_gives_the_room_up_and_keeps_nothing_by_halves(tmp_path: Path, store: SnapshotStore) -> None:
    store.record(capture(b"one"), reading("one"))
    store._database.ballast = Bound(tmp_path, store)
    with pytest.raises(FullError, match="the disk is full; free some space"):
        store.record(capture(os.urandom(50_000), day=1), reading("two"))
    assert store.ballast.full_since is not None
    assert store.inspect().captures == 1
    assert store.inspect().problems == ()


def test_what_became_of_a_message_that_was_sent_is_noted_all_the_same(tmp_path: Path, store: SnapshotStore) -> None:
    from monitor.model.told import Told
    from tests.unit.alerts.samples import NOW, alert
    from tests.unit.delivery.samples import dispatch

    said = alert()
    store.tell(Told(raised=()))
    (sealed,) = store.outbox.seal([dispatch(said)], NOW)
    store._database.ballast = Bound(tmp_path, store)
    detail = os.urandom(20_000).hex()
    store.outbox.settle(Settled(outgoing=sealed, at=NOW + timedelta(1), outcome="retry", detail=detail))
    (kept,) = store.outbox.messages(1)
    assert [told for _, _, told in store.outbox.attempts(kept.dispatch.key)] == [detail]
    assert kept.status is Status.UNDER_WAY
    assert store.ballast.full_since is not None


def test_a_store_that_may_not_be_written_refuses_whoever_means_to(tmp_path: Path, store: SnapshotStore) -> None:
    store._database.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(UnwritableError, match=r"store\.sqlite: cannot be written"), store.claimed():
        store.record(capture(b"one"), reading("one"))
