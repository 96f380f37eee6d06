"""Pages of one site that are looked at one after another, as the daemon does, while they change."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model.alert import EventKind
from monitor.model.quality import Verdict
from monitor.model.target import Page
from monitor.runs.check import Outcome, State, check
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.reports import report
from tests.unit.runs.test_following import World

OLD, NEW = report(length=6), report(length=1)
PAGES = 30


class TenMinutes(FakeFetcher):
    """Ten minutes pass between two looks."""

    def fetch_all(self, requests):  # type: ignore[no-untyped-def]
        self.now -= timedelta(hours=24, minutes=-10)
        return super().fetch_all(requests)


class Spread(World):
    """Each page has a place of its own in the day."""

    def look_at(self, pages: Sequence[Page]) -> list[Outcome]:
        return list(check(pages, self.fetcher, self.store, None, self.desk))

    def change(self, pages: Sequence[Page]) -> None:
        for page in pages:
            self.fetcher.pages[page.url] = NEW

    def waiting(self, pages: Sequence[Page]) -> list[Page]:
        return [page for page in pages if self.store.acceptance.set_aside((page.target, page.language))]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Spread]:
    made = Spread(tmp_path, pages=PAGES)
    made.fetcher = TenMinutes()
    made.serve(OLD)
    yield made
    made.store.close()


def test_a_redesign_that_comes_to_light_page_by_page_tells_of_no_page(site: Spread) -> None:
    site.change(site.pages)
    for number, page in enumerate(site.pages):
        site.look_at([*site.waiting(site.pages[:number]), page])
    assert site.kinds == [EventKind.REDESIGN_SUSPECTED]
    assert {outcome.verdict for outcome in site.look_at(site.pages)} == {Verdict.UNACCEPTED}


def test_one_report_rebuilt_in_all_its_languages_is_believed_once_the_others_were_looked_at(site: Spread) -> None:
    rebuilt, others = site.pages[:6], site.pages[6:]
    site.change(rebuilt)
    for _ in range(12):
        assert {outcome.state for outcome in site.look_at(rebuilt)} == {State.SET_ASIDE}
    site.look_at(others)
    assert {outcome.state for outcome in site.look_at(rebuilt)} == {State.CHANGED}
    assert EventKind.REDESIGN_SUSPECTED not in site.kinds


def test_a_redesign_seen_over_a_week_tells_of_no_page_once_five_have_changed(site: Spread) -> None:
    site.change(site.pages)
    for number, page in enumerate(site.pages):
        site.fetcher.now += timedelta(hours=5)
        site.look_at([*site.waiting(site.pages[:number]), page])
    assert site.kinds.count(EventKind.REVISION) == 4
    assert site.kinds.count(EventKind.REDESIGN_SUSPECTED) == 1
