"""What a check keeps and says beside the captures: trouble, surprises, redesigns, distrust, bodies on their way."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.alerts.criteria import Rule
from monitor.errors import FetchError, LimitError, RefusedError, RetryableError
from monitor.model.alert import Alert, EventKind, Severity
from monitor.model.capture import Capture, Fetched
from monitor.model.quality import Verdict
from monitor.model.target import Page
from monitor.runs.check import RELIED, Checker, Outcome, State, check
from monitor.runs.desk import Desk
from monitor.runs.examine import Examination, Sample
from monitor.store.store import SnapshotStore
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.reports import MAINTENANCE, report

EVERYTHING = Rule(name="everything", channels=("desk",), kinds=tuple(EventKind))
DOWN = RetryableError("no connection", cause="connect")


class World:
    """Pages of one site, followed under rules; an hour passes between two looks."""

    def __init__(self, folder: Path, pages: int = 1) -> None:
        self.pages = [Page(target=f"t{n}", language="en", url=f"https://reports.example/{n}/") for n in range(pages)]
        self.store = SnapshotStore(folder, create=True)
        self.fetcher = FakeFetcher()
        self.desk = Desk(rules=(EVERYTHING,), followed={"reports.example": pages})

    def serve(self, content: bytes | FetchError | None, *, every: int = 1) -> list[Outcome]:
        """One run while the site answers so: every so many pages; the others as before."""
        for page in self.pages[::every]:
            self.fetcher.pages[page.url] = content
        return list(check(self.pages, self.fetcher, self.store, None, self.desk))

    def look(self, content: bytes | FetchError | None) -> Outcome:
        (outcome,) = self.serve(content)
        return outcome

    @property
    def said(self) -> list[Alert]:
        return [alert for alert, _ in self.store.outbox.alerts(100)]

    @property
    def kinds(self) -> list[EventKind]:
        return [alert.kind for alert in self.said]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    assert made.store.inspect().problems == ()
    made.store.close()


def test_a_change_is_said_in_the_transaction_that_keeps_it(world: World) -> None:
    world.look(report(figure=12))
    assert world.said == []
    outcome = world.look(report(figure=13))
    assert outcome.comparison is not None
    assert [alert.comparison_ids for alert in world.said] == [(outcome.comparison.id,)]
    assert outcome.alerts == 1
    assert [each.delivery.channel for each in world.store.outbox.waiting()] == ["desk"]


def test_trouble_is_told_when_it_has_lasted_and_once(world: World) -> None:
    world.look(report())
    for looks, expected in ((2, []), (1, [EventKind.TROUBLE_BEGAN]), (4, [EventKind.TROUBLE_BEGAN])):
        for _ in range(looks):
            world.look(DOWN)
        assert world.kinds == expected
    incident = world.said[0].incident
    assert incident is not None
    assert (incident.cause, incident.address) == ("connect", "reports.example")


def test_its_end_is_told_after_two_good_looks(world: World) -> None:
    world.look(report())
    for _ in range(3):
        world.look(DOWN)
    world.look(None)
    assert world.kinds == [EventKind.TROUBLE_BEGAN]
    world.look(None)
    assert sorted(world.kinds) == [EventKind.TROUBLE_BEGAN, EventKind.TROUBLE_ENDED]
    began, ended = world.said[0].incident, world.said[1].incident
    assert began is not None
    assert ended is not None
    assert began.since == ended.since


def test_a_short_trouble_is_never_told(world: World) -> None:
    world.look(report())
    for content in (DOWN, DOWN, None, DOWN, DOWN, None, None):
        world.look(content)
    assert world.said == []


def test_a_page_that_stays_not_the_report_is_trouble_and_never_a_change(world: World) -> None:
    world.look(report(figure=12))
    for _ in range(4):
        assert world.look(MAINTENANCE).state is State.SET_ASIDE
    assert world.kinds == [EventKind.TROUBLE_BEGAN]
    assert world.look(report(figure=12)).state is State.UNCHANGED


def test_a_site_that_asks_to_wait_is_trouble_only_after_a_day(world: World) -> None:
    world.look(report())
    busy = RetryableError("busy", cause="status", retry_after=60)
    world.look(busy)
    assert world.said == []
    world.look(busy)
    assert world.kinds == [EventKind.TROUBLE_BEGAN]


@pytest.mark.parametrize("cause", ["robots", "forbidden_address"])
def test_what_no_second_try_mends_is_told_at_once(world: World, cause: str) -> None:
    world.look(RefusedError("no", cause=cause))
    assert world.kinds == [EventKind.TROUBLE_BEGAN]
    world.look(RefusedError("no", cause=cause))
    assert len(world.said) == 1


def test_most_of_the_report_gone_is_believed_only_when_seen_again_later(world: World) -> None:
    world.look(report(length=6))
    first = world.look(report(length=1))
    assert (first.state, first.verdict) == (State.SET_ASIDE, Verdict.UNCONFIRMED)
    assert world.said == []
    second = world.look(report(length=1))
    assert world.fetcher.asked[-1].validators == {}
    assert second.state is State.CHANGED
    assert world.kinds == [EventKind.REVISION]


def test_a_second_look_too_soon_believes_nothing(world: World) -> None:
    world.desk = Desk(rules=(EVERYTHING,), confirm_after=timedelta(days=3))
    world.look(report(length=6))
    for _ in range(3):
        assert world.look(report(length=1)).verdict is Verdict.UNCONFIRMED
    assert world.look(report(length=1)).state is State.CHANGED


def test_a_flap_is_never_told(world: World) -> None:
    world.look(report(length=6))
    world.look(report(length=1))
    assert world.look(report(length=6)).state is State.UNCHANGED
    assert world.said == []


def test_a_return_to_an_old_version_is_a_note(world: World) -> None:
    world.desk = Desk(rules=(Rule(name="changes", channels=("desk",)),))
    for figure in (12, 13, 12):
        world.look(report(figure=figure))
    assert [alert.severity for alert in world.said][-1] is Severity.NOTE
    assert len(world.store.outbox.waiting()) == 1


def test_a_return_to_an_old_version_is_sent_to_who_asks_for_returns(world: World) -> None:
    for figure in (12, 13, 12):
        world.look(report(figure=figure))
    assert [each.alert.kind for each in world.store.outbox.waiting()] == [EventKind.REVISION, EventKind.RETURN]


def test_a_rebuilt_site_is_one_event(tmp_path: Path) -> None:
    world = World(tmp_path, pages=8)
    world.serve(report(length=6))
    world.serve(report(length=1))
    assert world.kinds == [EventKind.REDESIGN_SUSPECTED]
    incident = world.said[0].incident
    assert incident is not None
    assert (incident.count, incident.address) == (5, "reports.example")
    assert "monitor accept --host reports.example" in incident.detail
    outcomes = world.serve(report(length=1))
    assert [outcome.verdict for outcome in outcomes] == [Verdict.UNACCEPTED] * 8
    sent = [each.alert.kind for each in world.store.outbox.waiting()]
    assert sent == [EventKind.REDESIGN_SUSPECTED]
    world.store.close()


def test_a_few_pages_that_lose_most_of_themselves_are_no_redesign(tmp_path: Path) -> None:
    world = World(tmp_path, pages=8)
    world.serve(report(length=6))
    world.serve(report(length=1), every=3)
    assert world.said == []
    world.serve(report(length=1), every=3)
    assert world.kinds == [EventKind.REVISION] * 3
    world.store.close()


def test_every_tenth_look_asks_for_the_page_itself(world: World) -> None:
    world.look(report())
    for _ in range(RELIED):
        world.look(None)
    assert all(asked.validators for asked in world.fetcher.asked[1:])
    world.look(report())
    assert world.fetcher.asked[-1].validators == {}
    world.look(None)
    assert world.fetcher.asked[-1].validators


class Liar(FakeFetcher):
    """A server that gives every version the same ETag."""

    def _answer(self, request: object) -> Fetched:
        found = super()._answer(request)  # type: ignore[arg-type]
        if isinstance(found, Capture):
            from dataclasses import replace

            return replace(found, headers=(("Content-Type", "text/html"), ("ETag", '"same"')))
        return found


def test_a_server_that_lies_about_changes_is_not_believed_again(world: World) -> None:
    world.fetcher = Liar()
    world.look(report(figure=12))
    assert world.look(report(figure=13)).state is State.CHANGED
    world.look(report(figure=13))
    assert world.fetcher.asked[-1].validators == {}


def test_a_page_that_kills_its_reader_is_kept_aside(world: World) -> None:
    def dies(sample: Sample) -> Examination:
        raise LimitError("it crashed the parser", cause="parser_crash")

    world.look(report())
    world.fetcher.pages[world.pages[0].url] = report(figure=99)
    (outcome,) = check(world.pages, world.fetcher, world.store, dies, world.desk)
    assert (outcome.state, outcome.verdict) == (State.SET_ASIDE, Verdict.UNREADABLE)
    assert world.store.find(("t0", "en"), outcome_sha(report(figure=99))).content == report(figure=99)
    assert world.store.following.standings(page.key for page in world.pages)["t0", "en"].cause == "parser_crash"


def outcome_sha(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def test_a_body_that_had_arrived_is_read_without_asking_again(world: World) -> None:
    world.look(report(figure=12))

    def ends(sample: Sample) -> Examination:
        raise KeyboardInterrupt

    world.fetcher.pages[world.pages[0].url] = report(figure=13)
    with pytest.raises(KeyboardInterrupt):
        list(check(world.pages, world.fetcher, world.store, ends, world.desk))
    asked = len(world.fetcher.asked)
    (outcome,) = check(world.pages, world.fetcher, world.store, None, world.desk)
    assert outcome.state is State.CHANGED
    assert len(world.fetcher.asked) == asked
    assert world.kinds == [EventKind.REVISION]


def test_a_body_that_ends_the_program_each_time_is_set_aside(world: World) -> None:
    def ends(sample: Sample) -> Examination:
        raise KeyboardInterrupt

    world.fetcher.pages[world.pages[0].url] = report()
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            list(check(world.pages, world.fetcher, world.store, ends, world.desk))
    (outcome,) = check(world.pages, world.fetcher, world.store, ends, world.desk)
    assert (outcome.state, outcome.verdict) == (State.SET_ASIDE, Verdict.UNREADABLE)


def test_a_moved_address_is_told_once(world: World) -> None:
    from dataclasses import replace

    page = world.pages[0]
    checker = Checker(world.store, None, world.desk)
    for day in range(3):
        content = report(figure=12 + day)
        checker.requests([page])
        world.fetcher.pages[page.url] = content
        fetched = world.fetcher._answer(checker.requests([page])[0])
        assert isinstance(fetched, Capture)
        list(checker.take([replace(fetched, moved_to="https://reports.example/new/")]))
    assert world.kinds.count(EventKind.MOVED_ADDRESS) == 1


def test_without_rules_nothing_is_said_and_trouble_is_still_counted(world: World) -> None:
    world.desk = Desk()
    for _ in range(4):
        world.look(DOWN)
    assert world.said == []
    assert world.store.following.standings(page.key for page in world.pages)["t0", "en"].failures == 4
