"""A redesigned site: the versions before stay the bases until somebody accepts, and nothing is lost or said twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import LimitError, RetryableError, StoreError
from monitor.model.alert import EventKind, Severity
from monitor.model.history import SetAside
from monitor.model.quality import Verdict
from monitor.runs.accept import Accepted, accept
from monitor.runs.check import Checker, Outcome, State, check
from monitor.runs.examine import Examination, Here, Sample
from tests.fakes.clock import FakeClock
from tests.fakes.reports import MAINTENANCE, report
from tests.unit.runs.test_following import World

OLD, NEW, NEWER = report(length=6), report(length=1), report(length=1, figure=15)


class Site(World):
    """Eight pages of one site, which operators accept."""

    def aside(self, number: int = 0) -> SetAside:
        found = self.store.acceptance.set_aside((f"t{number}", "en"))
        assert found is not None
        return found

    def accept(self, number: int = 0, *, tell: bool = False) -> Accepted:
        return accept(
            self.pages[number],
            self.aside(number),
            self.store,
            Here(),
            self.desk,
            FakeClock(self.fetcher.now),
            tell=tell,
        )

    def look_at_all(self) -> list[Outcome]:
        return list(check(self.pages, self.fetcher, self.store, None, self.desk))

    def versions(self, number: int = 0) -> int:
        return len(self.store.versions((f"t{number}", "en")))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, pages=8)
    made.serve(OLD)
    yield made
    held = made.store.inspect()
    assert (held.problems, held.remarks) == ((), ())
    made.store.close()


def redesigned(site: Site) -> Site:
    site.serve(NEW)
    site.serve(NEW)
    return site


def test_the_versions_before_stay_the_bases_however_often_it_is_seen(site: Site) -> None:
    redesigned(site)
    for _ in range(5):
        outcomes = site.serve(NEW)
        assert {(outcome.state, outcome.verdict) for outcome in outcomes} == {(State.SET_ASIDE, Verdict.UNACCEPTED)}
        assert "monitor accept t0/en" in outcomes[0].reason
    assert {site.versions(number) for number in range(8)} == {1}
    assert site.kinds.count(EventKind.REDESIGN_SUSPECTED) == 1


def test_every_body_that_comes_meanwhile_is_kept(site: Site) -> None:
    redesigned(site)
    site.serve(NEWER)
    assert site.store.find(("t0", "en"), site.aside().sha256).content == NEWER
    assert len(site.store.captures(("t0", "en"))) == 4


def test_the_newest_that_came_is_accepted_and_noted(site: Site) -> None:
    redesigned(site)
    site.serve(NEWER)
    accepted = site.accept()
    assert accepted.comparison is not None
    assert site.versions() == 2
    assert site.store.find(("t0", "en"), "latest").content == NEWER
    note = next(alert for alert in site.said if alert.comparison_ids == (accepted.comparison.id,))
    assert (note.kind, note.severity) == (EventKind.REVISION, Severity.NOTE)
    assert [each.alert.kind for each in site.store.outbox.waiting()].count(EventKind.REVISION) == 0


def test_what_is_accepted_is_sent_if_that_is_asked_for(site: Site) -> None:
    redesigned(site)
    site.accept(tell=True)
    assert EventKind.REVISION in [each.alert.kind for each in site.store.outbox.waiting()]


def test_an_accepted_page_is_compared_as_ever(site: Site) -> None:
    redesigned(site)
    for number in range(8):
        site.accept(number)
    assert {outcome.state for outcome in site.serve(NEW)} == {State.UNCHANGED}
    assert {outcome.state for outcome in site.serve(NEWER)} == {State.CHANGED}
    assert site.store.following.unaccepted() == []


def test_the_change_stands_where_it_was_first_seen(site: Site) -> None:
    redesigned(site)
    site.accept()
    (first, second), summaries = site.store.versions(("t0", "en")), site.store.summaries(("t0", "en"))
    assert second.first_seen - first.last_seen == timedelta(days=1)
    assert list(summaries) == [second.first_seen]


def test_pages_that_were_not_accepted_go_on_waiting(site: Site) -> None:
    redesigned(site)
    for number in range(7):
        site.accept(number)
    for _ in range(4):
        *others, last = site.serve(NEW)
        assert {outcome.state for outcome in others} == {State.UNCHANGED}
        assert last.verdict is Verdict.UNACCEPTED


def test_a_site_that_goes_back_ends_it_by_itself(site: Site) -> None:
    redesigned(site)
    assert {outcome.state for outcome in site.serve(OLD)} == {State.UNCHANGED}
    assert site.store.following.unaccepted() == []
    assert site.store.acceptance.set_aside(("t0", "en")) is None
    assert EventKind.REVISION not in site.kinds


def test_a_correction_in_the_old_look_is_told_as_ever(site: Site) -> None:
    redesigned(site)
    assert {outcome.state for outcome in site.serve(report(length=6, figure=99))} == {State.CHANGED}
    assert site.store.following.unaccepted() == []


def test_it_outlasts_outages_and_maintenance(site: Site) -> None:
    redesigned(site)
    site.serve(RetryableError("no connection", cause="connect"))
    for _ in range(3):
        site.serve(MAINTENANCE)
    assert site.aside().verdict is Verdict.UNACCEPTED
    assert {outcome.verdict for outcome in site.serve(NEW)} == {Verdict.UNACCEPTED}
    assert site.kinds.count(EventKind.REDESIGN_SUSPECTED) == 1


def test_a_page_of_the_site_that_follows_days_later_waits_with_the_others(site: Site) -> None:
    for page in site.pages[:7]:
        site.fetcher.pages[page.url] = NEW
    for _ in range(5):
        site.look_at_all()
    site.fetcher.pages[site.pages[7].url] = NEW
    assert site.look_at_all()[7].verdict is Verdict.UNACCEPTED
    assert site.kinds == [EventKind.REDESIGN_SUSPECTED]


def test_what_waits_is_no_trouble(site: Site) -> None:
    redesigned(site)
    for _ in range(3):
        site.serve(NEW)
    assert site.kinds == [EventKind.REDESIGN_SUSPECTED]


def test_what_came_meanwhile_is_not_accepted_unseen(site: Site) -> None:
    redesigned(site)
    aside = site.aside()
    site.serve(NEWER)
    clock = FakeClock(site.fetcher.now)
    with pytest.raises(StoreError, match="in this very moment"):
        accept(site.pages[0], aside, site.store, Here(), site.desk, clock, tell=False)
    assert site.versions() == 1


def test_an_acceptance_while_the_page_is_asked_for_is_seen(site: Site) -> None:
    redesigned(site)
    checker = Checker(site.store, None, site.desk)
    (request,) = checker.requests(site.pages[:1])
    site.accept()
    (outcome,) = checker.take([site.fetcher._answer(request)])
    assert outcome.state is State.UNCHANGED
    assert site.store.following.unaccepted() == [("reports.example", (f"t{n}", "en"), at) for n, at in since(site)]


def since(site: Site) -> list[tuple[int, object]]:
    standings = site.store.following.standings(page.key for page in site.pages)
    return [(number, standings[f"t{number}", "en"].surprised_at) for number in range(1, 8)]


def test_a_page_that_kills_its_reader_when_accepted_stays_as_it_was(site: Site) -> None:
    def dies(sample: Sample) -> Examination:
        raise LimitError("it crashed the parser", cause="parser_crash")

    redesigned(site)
    with pytest.raises(LimitError):
        accept(site.pages[0], site.aside(), site.store, dies, site.desk, FakeClock(site.fetcher.now), tell=False)
    assert site.versions() == 1


def test_a_second_look_that_confirms_dates_the_change_from_the_first(tmp_path: Path) -> None:
    world = Site(tmp_path)
    for content in (OLD, NEW, NEW):
        world.look(content)
    second = world.store.versions(("t0", "en"))[1]
    assert list(world.store.summaries(("t0", "en"))) == [second.first_seen]
    assert second.captures == 2
    world.store.close()


def test_compacting_keeps_everything_that_waits(site: Site) -> None:
    redesigned(site)
    for figure in range(20, 26):
        site.serve(report(length=1, figure=figure))
    (row, page), *_ = site.store.compaction.pages()
    done = site.store.compaction.compact(row, page, site.fetcher.now + timedelta(days=1), timedelta(days=365))
    assert (done.captures, done.snapshots) == (0, 0)
