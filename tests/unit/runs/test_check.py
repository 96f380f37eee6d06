from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.errors import FetchError, RefusedError, RetryableError
from monitor.model.comparison import ComparisonKind
from monitor.model.quality import Verdict
from monitor.model.target import Page
from monitor.runs.check import Outcome, State, check
from monitor.store.store import SnapshotStore
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.reports import LANGUAGES, MAINTENANCE, report


class World:
    """A page that is followed in one language, and what is served there."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        self.page = Page(target="maravel", language=language, url=f"https://reports.example/{language}/maravel/")
        self.store = SnapshotStore(folder, create=True)
        self.fetcher = FakeFetcher()

    def serve(self, content: bytes | FetchError | None) -> Outcome:
        """One run while the site answers so."""
        self.fetcher.pages[self.page.url] = content
        (outcome,) = check([self.page], self.fetcher, self.store)
        return outcome


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    assert made.store.inspect().problems == ()
    made.store.close()


@pytest.fixture(params=LANGUAGES)
def any_world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    made = World(tmp_path, request.param)
    yield made
    made.store.close()


def test_a_first_capture_is_read_and_kept(any_world: World) -> None:
    outcome = any_world.serve(report(any_world.page.language))
    assert outcome.state is State.FIRST
    assert outcome.document is not None
    assert outcome.document.edition == 2024
    assert any_world.store.find(("maravel", any_world.page.language), "2024").content == report(any_world.page.language)


def test_a_corrected_figure_is_a_change(any_world: World) -> None:
    language = any_world.page.language
    any_world.serve(report(language, figure=12))
    outcome = any_world.serve(report(language, figure=13))
    assert outcome.state is State.CHANGED
    assert outcome.comparison is not None
    assert len(outcome.comparison.changes) == 3
    assert outcome.comparison.changes[0].old_text.count("12") == 1
    assert any_world.store.versions(("maravel", language))[1].summary == outcome.comparison.summary()


def test_noise_in_the_markup_is_no_change_but_is_kept(any_world: World) -> None:
    language = any_world.page.language
    any_world.serve(report(language, noise="a1"))
    outcome = any_world.serve(report(language, noise="b2"))
    assert outcome.state is State.UNCHANGED
    assert len(any_world.store.versions(("maravel", language))) == 1
    assert any_world.store.inspect().snapshots == 2


def test_the_same_bytes_stop_at_the_hash(world: World) -> None:
    world.serve(report())
    outcome = world.serve(report())
    assert (outcome.state, outcome.document) == (State.UNCHANGED, None)
    assert world.store.inspect().snapshots == 1


def test_what_the_server_wants_to_hear_again_is_sent(world: World) -> None:
    world.serve(report())
    outcome = world.serve(None)
    assert outcome.state is State.UNCHANGED
    assert world.fetcher.asked[0].validators == {}
    assert world.fetcher.asked[1].validators[world.page.url].etag is not None


def test_a_vanished_page_stores_nothing(world: World) -> None:
    outcome = world.serve(RefusedError("no such page", cause="gone"))
    assert (outcome.state, str(outcome.error)) == (State.FAILED, "no such page")
    assert world.store.inspect().captures == 0


def test_a_page_that_is_not_the_report_is_kept_aside_and_the_next_good_one_compares_with_the_last_good_one(
    world: World,
) -> None:
    world.serve(report(figure=12))
    aside = world.serve(MAINTENANCE)
    assert (aside.state, aside.verdict) == (State.SET_ASIDE, Verdict.MAINTENANCE)
    still = world.serve(MAINTENANCE)
    assert (still.state, still.verdict, still.reason) == (aside.state, aside.verdict, aside.reason)
    back = world.serve(report(figure=12))
    assert back.state is State.UNCHANGED
    changed = world.serve(report(figure=15))
    assert changed.comparison is not None
    assert changed.comparison.old.sha256 == back.document.sha256  # type: ignore[union-attr]
    assert world.store.inspect().snapshots == 3


def test_not_modified_while_the_page_is_set_aside_is_still_not_the_report(world: World) -> None:
    world.serve(MAINTENANCE)
    assert world.serve(None).state is State.SET_ASIDE


def test_a_first_page_that_is_not_the_report_leaves_the_first_good_one_the_first(world: World) -> None:
    world.serve(MAINTENANCE)
    assert world.serve(report()).state is State.FIRST


def test_bytes_that_are_no_document_are_set_aside(world: World) -> None:
    world.serve(report())
    outcome = world.serve(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert (outcome.state, outcome.verdict) == (State.SET_ASIDE, Verdict.UNREADABLE)
    assert outcome.reason
    assert world.serve(report(noise="2")).state is State.UNCHANGED


def test_a_page_in_another_language_is_set_aside(world: World) -> None:
    world.serve(report("en"))
    assert world.serve(report("ru", length=4)).verdict is Verdict.WRONG_LANGUAGE


def test_a_return_to_an_old_version_is_told_with_when_it_was_first_seen(world: World) -> None:
    first = world.serve(report(figure=12, noise="1"))
    world.serve(report(figure=13))
    outcome = world.serve(report(figure=12, noise="2"))
    assert (outcome.state, outcome.returned_to) == (State.CHANGED, first.at)
    assert [row.captures for row in world.store.versions(("maravel", "en"))] == [2, 1]


def test_a_new_edition_is_compared_as_one(world: World) -> None:
    world.serve(report(edition=2024))
    outcome = world.serve(report(edition=2025, figure=80))
    assert outcome.comparison is not None
    assert outcome.comparison.kind is ComparisonKind.EDITION
    assert world.store.find(("maravel", "en"), "2024").content == report(edition=2024)


def test_one_failing_page_stops_no_other(world: World) -> None:
    other = Page(target="other", language="en", url="https://reports.example/other/")
    world.fetcher.pages = {world.page.url: RetryableError("slow", cause="timeout"), other.url: report()}
    outcomes = list(check([world.page, other], world.fetcher, world.store))
    assert [outcome.state for outcome in outcomes] == [State.FAILED, State.FIRST]


def test_a_damaged_earlier_version_does_not_lose_the_new_one(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.serve(report(figure=12))
    with world.store._database.transaction() as connection:
        connection.execute("UPDATE snapshots SET data = x'00'")
    outcome = world.serve(report(figure=13))
    assert outcome.state is State.UNCOMPARED
    assert "damaged" in str(outcome.error)
    assert world.store.find(("maravel", "en"), "latest").content == report(figure=13)
    world.store.close()


@pytest.mark.parametrize("interrupted_after", [1, 2])
def test_a_run_broken_off_loses_nothing_that_was_told(world: World, interrupted_after: int) -> None:
    pages = [Page(target=f"t{number}", language="en", url=f"https://reports.example/{number}/") for number in range(3)]
    world.fetcher.pages = {page.url: report(figure=number * 100) for number, page in enumerate(pages)}
    run = check(pages, world.fetcher, world.store)
    told = [next(run) for _ in range(interrupted_after)]
    run.close()
    assert len(world.store.held(pages)) == len(told)
