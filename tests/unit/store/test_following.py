from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model.standing import HostState, RobotsText, Standing
from monitor.model.told import Told
from monitor.store.store import SnapshotStore
from tests.unit.store.samples import PAGE, START, capture, reading

MINUTE = timedelta(minutes=1)
PAGES = {
    (f"t{n}", tag): ("a.example" if n < 2 else "b.example", START + 60 * MINUTE)
    for n in range(4)
    for tag in ("en", "fr")
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SnapshotStore]:
    made = SnapshotStore(tmp_path, create=True)
    yield made
    made.close()


def standing(**values: object) -> Standing:
    return replace(Standing(page=("t0", "en"), site="a.example"), **values)  # type: ignore[arg-type]


def test_a_standing_comes_back_as_it_was_kept(store: SnapshotStore) -> None:
    kept = standing(
        failures=3, good=1, cause="timeout", since=START, told=True, surprised_at=START, unaccepted=True, distrusted=True,
        moved_to="https://x.example/", changed_at=START, next_at=START + MINUTE,
    )  # fmt: skip
    store.tell(Told(standings=(kept,)))
    assert store.following.standings([("t0", "en"), PAGE.key]) == {("t0", "en"): kept}


def test_a_page_that_is_not_followed_any_more_waits_for_nobody(store: SnapshotStore) -> None:
    for name in ("t0", "gone"):
        store.tell(Told(standings=(standing(page=(name, "en"), surprised_at=START, unaccepted=True),)))
    store.following.plan(PAGES, START)
    assert store.following.unaccepted() == [("a.example", ("t0", "en"), START)]


def test_new_pages_are_due_and_claimed_by_target(store: SnapshotStore) -> None:
    store.following.plan(PAGES, START)
    assert store.following.claim(START, START + MINUTE, 2) == [("t0", "en"), ("t0", "fr"), ("t1", "en"), ("t1", "fr")]
    assert store.following.claim(START, START + MINUTE, 9, busy=["a.example"])[0][0] == "t2"
    assert store.following.claim(START, START + MINUTE, 9) == []


def test_a_target_is_never_claimed_twice_at_once(store: SnapshotStore) -> None:
    store.following.plan(PAGES, START)
    store.following.claim(START, START + 30 * MINUTE, 9)
    done = standing(next_at=START + MINUTE)
    store.tell(Told(standings=(done,)))
    assert store.following.claim(START + 2 * MINUTE, START + 9 * MINUTE, 9) == []


def test_a_lease_that_ran_out_is_free_again(store: SnapshotStore) -> None:
    store.following.plan(PAGES, START)
    store.following.claim(START, START + MINUTE, 9)
    assert len(store.following.claim(START + MINUTE, START + 2 * MINUTE, 9)) == 8


def test_the_result_sets_when_a_page_is_due_and_ends_its_claim(store: SnapshotStore) -> None:
    store.following.plan(PAGES, START)
    store.following.claim(START, START + 30 * MINUTE, 9)
    for page in PAGES:
        store.tell(Told(standings=(standing(page=page, next_at=START + 10 * MINUTE),)))
    assert store.following.claim(START + 9 * MINUTE, START + 30 * MINUTE, 9) == []
    assert len(store.following.claim(START + 10 * MINUTE, START + 30 * MINUTE, 9)) == 8


def test_a_new_start_keeps_the_times_and_ends_the_claims(store: SnapshotStore) -> None:
    store.following.plan(PAGES, START)
    store.tell(Told(standings=(standing(next_at=START + 10 * MINUTE),)))
    store.following.claim(START, START + 30 * MINUTE, 9)
    store.following.plan(PAGES, START + MINUTE)
    assert max(store.following.due().values()) == START + 10 * MINUTE
    assert len(store.following.claim(START + MINUTE, START + 30 * MINUTE, 9)) == 7


def test_a_shorter_schedule_pulls_pages_in_and_one_that_is_dropped_is_not_due(store: SnapshotStore) -> None:
    store.following.plan(PAGES, START)
    store.tell(Told(standings=(standing(next_at=START + timedelta(days=9)),)))
    store.following.plan({("t0", "en"): ("a.example", START + 5 * MINUTE)}, START)
    assert store.following.due() == {("t0", "en"): START + 5 * MINUTE}


def test_a_clock_set_back_leaves_nothing_waiting_too_long(store: SnapshotStore) -> None:
    store.following.plan(PAGES, START + timedelta(days=400))
    tomorrow = START + timedelta(days=1)
    assert store.following.pull_in(dict.fromkeys(PAGES, tomorrow)) == 8
    assert store.following.pull_in(dict.fromkeys(PAGES, tomorrow)) == 0
    assert set(store.following.due().values()) == {tomorrow}


def test_a_claim_outlasts_a_clock_that_is_set(store: SnapshotStore) -> None:
    store.following.plan(PAGES, START)
    store.following.claim(START, START + 30 * MINUTE, 9)
    later = START + timedelta(hours=2)
    store.following.renew(later + 30 * MINUTE)
    assert store.following.claim(later, later + 30 * MINUTE, 9) == []


def test_hosts_and_robots_outlive_the_process(tmp_path: Path) -> None:
    host = HostState(host="a.example", free_at=START, closed_until=START + MINUTE, pause=5.0)
    robots = RobotsText(origin="https://a.example", text="User-agent: *", fetched_at=START)
    first = SnapshotStore(tmp_path, create=True)
    first.following.remember([host], [robots, replace(robots, origin="https://b.example", text=None)])
    first.close()
    second = SnapshotStore(tmp_path)
    assert second.following.hosts() == [host]
    assert second.following.robots(START - MINUTE)[0] == robots
    assert second.following.robots(START) == []
    second.close()


def test_a_body_on_its_way_is_forgotten_with_the_capture_that_keeps_it(store: SnapshotStore) -> None:
    found = capture(b"body", headers=(("Content-Type", "text/html"), ("X", "\u00e9")))
    store.following.keep_arrivals([found])
    assert store.following.arrivals([PAGE]) == ([found], [])
    store.record(found, reading("one"))
    assert store.following.arrivals([PAGE]) == ([], [])


def test_what_is_told_is_kept_with_the_capture_or_not_at_all(store: SnapshotStore) -> None:
    broken = standing(page=("x", None))
    with pytest.raises(Exception, match="NOT NULL"):
        store.record(capture(b"body"), reading("one"), None, Told(standings=(broken,)))
    assert store.inspect().captures == 0
