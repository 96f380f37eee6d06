from collections.abc import Iterator
from datetime import timedelta

import pytest

from monitor.fetch.client import Manners
from monitor.fetch.guard import Guard
from monitor.fetch.politeness import LONGEST_PAUSE, Politeness
from monitor.fetch.robots import Robots
from monitor.fetch.traffic import ENOUGH, Traffic
from monitor.model.capture import Capture, Failure, Fetched, Request
from monitor.model.standing import HostState, RobotsText
from monitor.model.target import Page
from tests.fakes.clock import FakeClock
from tests.fakes.reports import report
from tests.fakes.site import Site, page, status

CLOCK = FakeClock()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({f"/{n}/": page(report()) for n in range(40)}) as running:
        yield running


def request(site: Site, number: int) -> Request:
    return Request(page=Page(target=f"t{number}", language="en", url=f"{site.address}/{number}/"))


def all_of(traffic: Traffic) -> list[Fetched]:
    found: list[Fetched] = []
    while traffic.under_way:
        found += traffic.arrived(1.0)
    return found


def traffic_to(**values: object) -> Traffic:
    return Traffic(Manners(guard=Guard(everything=True), **values), CLOCK)  # type: ignore[arg-type]


def test_what_is_submitted_arrives_and_more_may_be_submitted(site: Site) -> None:
    traffic = traffic_to()
    traffic.submit([request(site, n) for n in range(20)])
    traffic.submit([request(site, n) for n in range(20, 40)])
    assert {fetched.page.target for fetched in all_of(traffic)} == {f"t{n}" for n in range(40)}
    traffic.submit([request(site, 99)])
    (failure,) = all_of(traffic)
    assert isinstance(failure, Failure)
    assert traffic.arrived(0.0) == []


def test_a_site_with_much_waiting_is_busy_and_what_is_withdrawn_is_never_asked(site: Site) -> None:
    slow = Politeness(0.2)
    traffic = traffic_to(politeness=slow)
    traffic.submit([request(site, n) for n in range(ENOUGH + 5)])
    assert traffic.busy() == ["127.0.0.1"]
    given_up = traffic.withdraw()
    got = all_of(traffic)
    assert len(given_up) + len(got) == ENOUGH + 5
    assert len(site.paths) == len(got)
    traffic.close()


def test_sites_do_not_wait_for_each_other(site: Site) -> None:
    with Site({"/1/": page(report())}) as other:
        closed = Politeness(0.0)
        traffic = traffic_to(politeness=closed)
        elsewhere = Request(
            page=Page(target="o", language="en", url=f"{other.address.replace('127.0.0.1', 'localhost')}/1/")
        )
        traffic.submit([request(site, 1), elsewhere])
        assert all(isinstance(fetched, Capture) for fetched in all_of(traffic))


def test_what_a_host_is_owed_outlives_the_process() -> None:
    time = [1000.0]
    first = Politeness(3.0, now=lambda: time[0])
    with first.turn("a.example"):
        pass
    first.slow_down("a.example", 9.0)
    first.leave_alone("b.example", 600)
    owed = {state.host: state for state in first.owed(CLOCK.now())}
    assert owed["a.example"].free_at == CLOCK.now() + timedelta(seconds=3)
    assert owed["a.example"].pause == 9.0
    assert owed["b.example"].closed_until == CLOCK.now() + timedelta(seconds=600)
    waited: list[float] = []
    second = Politeness(3.0, now=lambda: 5.0, wait=waited.append)
    second.restore(owed.values(), CLOCK.now() + timedelta(seconds=1))
    with second.turn("a.example"):
        pass
    assert waited == [2.0]
    assert {state.host for state in second.owed(CLOCK.now()) if state.closed_until} == {"b.example"}


def test_no_state_that_is_kept_makes_anybody_wait_for_ever() -> None:
    far = CLOCK.now() + timedelta(days=5000)
    waited: list[float] = []
    politeness = Politeness(1.0, now=lambda: 0.0, wait=waited.append)
    politeness.restore([HostState(host="a.example", free_at=far, pause=1e9)], CLOCK.now())
    with politeness.turn("a.example"):
        pass
    assert waited == [LONGEST_PAUSE]


def test_robots_are_believed_for_a_day_and_no_longer(site: Site) -> None:
    clock = FakeClock()
    site.answers["/robots.txt"] = page(b"User-agent: *\nDisallow: /2/", Content_Type="text/plain")
    robots = Robots(clock)

    def look(number: int, robots: Robots) -> Fetched:
        traffic = traffic_to(robots=robots)
        traffic.submit([request(site, number)])
        (found,) = all_of(traffic)
        return found

    assert isinstance(look(1, robots), Capture)
    (text,) = robots.fetched()
    assert robots.fetched() == []
    kept = Robots(clock, [text])
    assert isinstance(look(2, kept), Failure)
    clock.pass_by(hours=23)
    look(1, kept)
    asked = [asked.path for asked in site.asked]
    assert asked.count("/robots.txt") == 1
    clock.pass_by(hours=2)
    site.answers["/robots.txt"] = status(404)
    assert isinstance(look(2, kept), Capture)


def test_robots_that_cannot_be_had_are_asked_for_again_after_a_while(site: Site) -> None:
    clock = FakeClock()
    site.answers["/robots.txt"] = status(500)
    robots = Robots(clock)
    for minutes, expected in ((0, Failure), (1, Failure), (10, Capture)):
        clock.pass_by(minutes=minutes)
        traffic = traffic_to(robots=robots)
        traffic.submit([request(site, 1)])
        assert isinstance(all_of(traffic)[0], expected)
        if minutes == 1:
            site.answers["/robots.txt"] = status(404)
    assert robots.fetched() == [RobotsText(origin=site.address, text=None, fetched_at=clock.now())]
