import pytest

from monitor.errors import RetryableError
from monitor.fetch.politeness import LONGEST_PAUSE, LONGEST_WAIT, Politeness


class Time:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.at = 100.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.at

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += seconds


@pytest.fixture
def time() -> Time:
    return Time()


def polite(time: Time, interval: float = 3.0) -> Politeness:
    return Politeness(interval, now=time.now, wait=time.wait)


def test_two_requests_to_a_host_are_an_interval_apart(time: Time) -> None:
    politeness = polite(time)
    for _ in range(3):
        with politeness.turn("a.example"):
            time.at += 1.0
    assert time.waits == [3.0, 3.0]


def test_hosts_do_not_wait_for_each_other(time: Time) -> None:
    politeness = polite(time)
    for host in ("a.example", "b.example", "c.example"):
        with politeness.turn(host):
            pass
    assert time.waits == []


def test_a_failed_request_counts(time: Time) -> None:
    politeness = polite(time)
    with pytest.raises(ZeroDivisionError), politeness.turn("a.example"):
        raise ZeroDivisionError
    with politeness.turn("a.example"):
        pass
    assert time.waits == [3.0]


@pytest.mark.parametrize(("asked", "kept"), [(1.0, 3.0), (20.0, 20.0), (99_999_999.0, LONGEST_PAUSE)])
def test_a_crawl_delay_is_kept_within_reason(time: Time, asked: float, kept: float) -> None:
    politeness = polite(time)
    politeness.slow_down("a.example", asked)
    for _ in range(2):
        with politeness.turn("a.example"):
            pass
    assert time.waits == [kept]


def test_a_host_that_asked_to_be_left_alone_is_left_alone_and_then_asked_again(time: Time) -> None:
    politeness = polite(time)
    politeness.leave_alone("a.example", 50)
    with pytest.raises(RetryableError, match="left alone") as raised, politeness.turn("a.example"):
        raise AssertionError
    assert raised.value.retry_after == 50
    time.at += 51
    with politeness.turn("a.example"):
        pass


def test_no_host_closes_itself_for_longer_than_a_week(time: Time) -> None:
    politeness = polite(time)
    politeness.leave_alone("a.example", 1e12)
    time.at += LONGEST_WAIT + 1
    with politeness.turn("a.example"):
        pass
