"""A page that is not the report: what looks that agree make of it, and what only the operator does."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import RetryableError
from monitor.model.alert import EventKind, Severity
from monitor.model.quality import Verdict
from monitor.runs.accept import Accepted, accept
from monitor.runs.backfill import Backfill
from monitor.runs.check import State
from monitor.runs.examine import Here
from monitor.runs.reread import Reread
from tests.fakes.clock import FakeClock
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.reports import BLOCKED, GONE, MAINTENANCE, report
from tests.unit.runs.test_following import EVERYTHING, Desk, World

REPORT = report(length=2)
ELSEWHERE = GONE.replace(b"and this page with us", b"and the report stands at another address")
SPANISH = report("es", length=2)
TRUNCATED = REPORT.replace(b"</html>", b"").replace(b"</body>", b"")


class Sooner(FakeFetcher):
    """Looks so many hours apart."""

    hours = 12.0

    def fetch_all(self, requests):  # type: ignore[no-untyped-def]
        self.now -= timedelta(days=1) - timedelta(hours=self.hours)
        return super().fetch_all(requests)


class Page(World):
    """A page that an operator may accept."""

    fetcher: Sooner

    def accept(self, *, tell: bool = False) -> Accepted:
        aside = self.store.acceptance.set_aside(("t0", "en"))
        assert aside is not None
        clock = FakeClock(self.fetcher.now)
        return accept(self.pages[0], aside, self.store, Here(), self.desk, clock, tell=tell)

    @property
    def verdicts(self) -> list[Verdict]:
        return [row.verdict for row in self.store.captures(("t0", "en"))]


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    made = Page(tmp_path)
    made.fetcher = Sooner()
    made.look(REPORT)
    yield made
    held = made.store.inspect()
    assert (held.problems, held.remarks) == ((), ())
    made.store.close()


def test_a_page_that_says_for_a_day_that_there_is_none_is_believed_and_told(page: Page) -> None:
    for _ in range(2):
        outcome = page.look(GONE)
        assert (outcome.state, outcome.verdict) == (State.SET_ASIDE, Verdict.NOT_FOUND)
    assert page.kinds == []
    outcome = page.look(GONE)
    assert (outcome.state, outcome.verdict) == (State.CHANGED, Verdict.ACCEPTED)
    assert "does not exist" in outcome.reason
    assert page.kinds == [EventKind.REVISION]
    assert page.said[0].severity is Severity.HIGH


def test_looks_within_a_day_believe_nothing(page: Page) -> None:
    page.fetcher.hours = 6
    for _ in range(4):
        assert page.look(GONE).state is State.SET_ASIDE
    assert page.look(GONE).state is State.CHANGED


def test_looks_that_do_not_agree_believe_nothing(page: Page) -> None:
    for _ in range(4):
        assert page.look(GONE).state is State.SET_ASIDE
        assert page.look(ELSEWHERE).state is State.SET_ASIDE


def test_a_return_of_the_report_begins_the_day_anew(page: Page) -> None:
    for content in (GONE, GONE, REPORT, GONE, GONE):
        assert page.look(content).state is not State.CHANGED
    assert page.look(GONE).state is State.CHANGED
    assert Backfill(page.store.intake).mend(("t0", "en")) == 0
    assert len(page.store.summaries(("t0", "en"))) == 3


def test_an_outage_in_between_takes_nothing_away(page: Page) -> None:
    page.look(GONE)
    page.look(RetryableError("no connection", cause="connect"))
    assert page.look(GONE).state is State.CHANGED


@pytest.mark.parametrize(
    "content", [BLOCKED, MAINTENANCE, SPANISH, TRUNCATED], ids=["blocked", "maintenance", "language", "cut"]
)
def test_a_page_that_is_plainly_something_else_is_never_believed(page: Page, content: bytes) -> None:
    for _ in range(20):
        assert page.look(content).state is State.SET_ASIDE
    assert EventKind.REVISION not in page.kinds
    assert len(page.store.versions(("t0", "en"))) == 1


def test_a_page_that_never_was_there_is_never_believed(tmp_path: Path) -> None:
    world = World(tmp_path)
    for _ in range(5):
        assert world.look(GONE).state is State.SET_ASIDE
    assert world.store.versions(("t0", "en")) == []
    world.store.close()


@pytest.mark.parametrize("content", [BLOCKED, GONE, SPANISH, TRUNCATED], ids=["blocked", "gone", "language", "cut"])
def test_the_operator_may_accept_it_all_the_same(page: Page, content: bytes) -> None:
    page.look(content)
    accepted = page.accept()
    assert page.verdicts == [Verdict.REPORT, Verdict.ACCEPTED]
    assert accepted.alerts == len(page.said) == (accepted.comparison is not None)
    assert page.store.outbox.waiting() == []
    assert page.look(content).state is State.UNCHANGED


def test_what_follows_an_accepted_page_is_compared_with_it(page: Page) -> None:
    page.look(GONE)
    page.accept()
    outcome = page.look(ELSEWHERE)
    assert (outcome.state, outcome.verdict) == (State.CHANGED, Verdict.ACCEPTED)
    assert page.look(MAINTENANCE).state is State.SET_ASIDE
    assert page.look(REPORT).state is State.CHANGED
    assert page.look(GONE).state is State.SET_ASIDE


def test_a_page_is_no_report_only_because_the_one_before_is_taken_for_none_today(page: Page) -> None:
    page.store._database.connection.execute("UPDATE readings SET verdict = 'report'")
    page.look(GONE)
    page.accept()
    page.store._database.connection.execute("UPDATE readings SET verdict = 'report'")
    assert page.look(ELSEWHERE).state is State.SET_ASIDE


def test_many_pages_of_a_site_that_go_at_once_wait_for_the_operator(tmp_path: Path) -> None:
    world = World(tmp_path, pages=8)
    world.desk = Desk(rules=(EVERYTHING,), followed={"reports.example": 8})
    world.serve(REPORT)
    for _ in range(4):
        world.serve(GONE)
    assert {outcome.verdict for outcome in world.serve(GONE)} == {Verdict.UNACCEPTED}
    assert world.kinds == [EventKind.REDESIGN_SUSPECTED]
    world.store.close()


def test_the_trouble_that_it_was_ends(page: Page) -> None:
    for _ in range(4):
        page.look(BLOCKED)
    assert page.kinds == [EventKind.TROUBLE_BEGAN]
    page.accept()
    for _ in range(2):
        page.look(BLOCKED)
    assert page.kinds.count(EventKind.TROUBLE_ENDED) == 1


def test_reading_the_past_again_keeps_what_was_accepted(page: Page) -> None:
    page.look(GONE)
    page.accept()
    before = page.store.captures(("t0", "en"))
    assert Reread(page.store.rereading, Backfill(page.store.intake)).page(("t0", "en")) == []
    assert page.store.captures(("t0", "en")) == before


def test_a_gap_beside_an_accepted_version_is_closed(page: Page) -> None:
    page.look(GONE)
    page.accept()
    connection = page.store._database.connection
    connection.execute("DELETE FROM comparisons")
    assert Backfill(page.store.intake).mend(("t0", "en")) == 0
    assert len(page.store.summaries(("t0", "en"))) == 1
