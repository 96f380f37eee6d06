import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.alerts.criteria import Rule, Timing
from monitor.alerts.outbox import Settled, Status, raised
from monitor.alerts.outcome import Dead, Disabled, Retry
from monitor.model.alert import Alert, EventKind
from monitor.model.told import Told
from monitor.runs.deliver import deliver
from monitor.store.store import SnapshotStore
from tests.fakes.clock import FakeClock
from tests.fakes.sender import FakeSender
from tests.unit.alerts.samples import NOW, alert

NO_WAIT = Timing(gather=timedelta(0))
RULE = Rule(name="figures", channels=("desk", "hook"), timing=NO_WAIT)
OPS = Rule(name="ops", channels=("desk", "hook"), kinds=(EventKind.DELIVERY_FAILED,), timing=NO_WAIT)


class Post:
    """An outbox with a desk and a hook to deliver to."""

    def __init__(self, folder: Path) -> None:
        self.store = SnapshotStore(folder, create=True)
        self.sender = FakeSender("desk", "hook")
        self.clock = FakeClock(NOW)
        self.rules: list[Rule] = [RULE]

    def say(self, name: str, target: str = "veland") -> Alert:
        """An event happens now."""
        said = replace(alert(), id=name, target=target, raised_at=self.clock.time, sightings=())
        self.store.tell(Told(raised=raised([said], self.rules)))
        return said

    def round(self) -> list[Settled]:
        """One round over the outbox."""
        return list(deliver(self.store, self.sender, self.rules, self.clock))


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    made = Post(tmp_path)
    yield made
    made.store.close()


def test_an_alert_goes_to_every_channel_of_its_rule_once(post: Post) -> None:
    post.say("a")
    assert {(s.outgoing.dispatch.channel, s.outcome) for s in post.round()} == {
        ("desk", "delivered"), ("hook", "delivered"),
    }  # fmt: skip
    assert post.round() == []


def test_the_same_event_met_again_is_not_told_again(post: Post) -> None:
    post.say("a")
    post.round()
    post.say("a")
    assert post.round() == []


def test_ten_minutes_of_outage_and_every_alert_arrives_once(post: Post) -> None:
    post.sender.down = {"hook"}
    said = []
    for minute in range(10):
        said.append(post.say(f"a{minute}", target=f"t{minute % 3}").id)
        post.round()
        post.clock.pass_by(minutes=1)
    assert post.sender.alerts("hook") == []
    assert sorted(post.sender.alerts("desk")) == sorted(said)
    post.sender.down = set()
    for _ in range(300):
        post.clock.pass_by(seconds=10)
        post.round()
    assert sorted(post.sender.alerts("hook")) == sorted(said)
    assert sorted(post.sender.alerts("desk")) == sorted(said)


def test_a_clock_that_is_set_back_holds_neither_an_alert_nor_a_retry_up(post: Post) -> None:
    gathering = replace(RULE, timing=Timing(gather=timedelta(minutes=5)))
    post.sender.answers["hook"] = [Retry(reason="busy")]
    post.say("a")
    post.round()
    post.rules = [gathering]
    post.say("b", target="elsewhere")
    assert post.round() == []
    post.clock.pass_by(hours=-2)
    post.store.outbox.move(timedelta(hours=-2))
    post.round()
    assert post.sender.alerts("desk") == ["a", "b"]
    assert post.sender.alerts("hook") == ["b"]
    post.clock.pass_by(minutes=5)
    post.round()
    assert post.sender.alerts("hook") == ["b", "a"]


def test_a_channel_that_is_down_holds_nobody_else_up(post: Post) -> None:
    post.sender.down = {"hook"}
    post.say("a")
    post.round()
    post.say("b")
    post.round()
    assert post.sender.alerts("desk") == ["a", "b"]


def test_order_is_kept_within_target_and_channel(post: Post) -> None:
    post.sender.answers["hook"] = [Retry(reason="busy")]
    post.say("first")
    post.round()
    post.say("second")
    post.say("other", target="elsewhere")
    post.round()
    assert post.sender.alerts("hook") == ["other"]
    for _ in range(4):
        post.clock.pass_by(minutes=1)
        post.round()
    assert post.sender.alerts("hook") == ["other", "first", "second"]


def test_a_retry_keeps_its_key_and_waits_longer_each_time(post: Post) -> None:
    post.sender.down = {"hook", "desk"}
    post.say("a")
    for _ in range(80 * 60):
        post.round()
        post.clock.pass_by(minutes=1)
    times = [at for key, at in post.sender.tried if key == post.sender.tried[0][0]]
    assert len(times) == 10
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert gaps == sorted(gaps)
    assert timedelta(hours=68) < times[-1] - times[0] < timedelta(hours=84)


def test_what_is_given_up_is_dead_and_told_through_another_channel(post: Post) -> None:
    post.rules = [RULE, OPS]
    post.sender.answers["hook"] = [Dead(reason="no such receiver")]
    post.say("a")
    (dead,) = [settled for settled in post.round() if settled.outcome == "dead"]
    assert dead.outgoing.status is Status.DEAD
    post.round()
    last = post.sender.taken["desk"][-1].outgoing.dispatch.alerts[0]
    assert (last.kind, last.target) == (EventKind.DELIVERY_FAILED, "hook")
    assert len(post.sender.taken["hook"]) == 0


def test_word_of_a_failure_that_fails_itself_raises_no_more_word(post: Post) -> None:
    post.rules = [RULE, OPS]
    post.sender.answers = {"hook": [Dead(reason="gone")] * 5, "desk": [Dead(reason="gone")] * 5}
    post.say("a")
    assert sum(len(post.round()) for _ in range(10)) == 4


def test_a_channel_that_wants_nothing_more_is_switched_off_until_a_retry(post: Post) -> None:
    post.sender.answers["hook"] = [Disabled(reason="410")]
    post.say("a")
    post.round()
    post.say("b")
    post.round()
    assert post.store.outbox.disabled() == {"hook": "410"}
    assert post.sender.alerts("hook") == []
    post.store.outbox.retry(None, post.clock.now())
    for _ in range(3):
        post.round()
    assert post.sender.alerts("hook") == ["a", "b"]


def alerts_to(post: Post, channel: str, kind: EventKind) -> list[Alert]:
    said = [alert for each in post.sender.taken[channel] for alert in each.outgoing.dispatch.alerts]
    return [each for each in said if each.kind is kind]


def pass_hours(post: Post, hours: int) -> None:
    for _ in range(hours):
        post.clock.pass_by(hours=1)
        post.round()


def test_a_webhook_that_takes_nothing_for_five_days_is_switched_off_and_that_is_told_once(post: Post) -> None:
    post.rules = [RULE, OPS]
    post.sender.down = {"hook"}
    for day in range(7):
        for number in range(20):
            post.say(f"{day} {number}", target=f"t{number}")
        pass_hours(post, 24)
    assert "nothing was taken since 2026-03-02 10:30 UTC" in post.store.outbox.disabled()["hook"]
    post.say("last", target="elsewhere")
    assert [each.outgoing.dispatch.channel for each in post.round()] == ["desk"]
    told = alerts_to(post, "desk", EventKind.DELIVERY_FAILED)
    assert [each.incident.cause for each in told if each.incident] == ["dead", "disabled"]


def test_a_webhook_that_was_switched_on_again_has_its_time_again(post: Post) -> None:
    post.sender.down = {"hook"}
    post.say("a")
    pass_hours(post, 100)
    post.say("b")
    pass_hours(post, 100)
    assert "hook" in post.store.outbox.disabled()
    post.store.outbox.retry(None, post.clock.now())
    pass_hours(post, 60)
    assert post.store.outbox.disabled() == {}
    post.sender.down = set()
    pass_hours(post, 24)
    assert sorted(post.sender.alerts("hook")) == ["a", "b"]


def test_a_webhook_that_fails_once_after_a_long_quiet_is_not_switched_off(post: Post) -> None:
    post.sender.down = {"hook"}
    post.say("a")
    pass_hours(post, 100)
    pass_hours(post, 24 * 20)
    post.say("b")
    pass_hours(post, 2)
    post.sender.down = set()
    pass_hours(post, 5)
    assert post.sender.alerts("hook") == ["b"]


def test_a_mail_server_is_never_switched_off(post: Post) -> None:
    post.sender.down = {"desk"}
    for day in range(8):
        post.say(f"a{day}", target=f"t{day}")
        pass_hours(post, 24)
    assert post.store.outbox.disabled() == {}


def test_messages_given_up_one_by_one_are_one_word_to_the_operator(post: Post) -> None:
    post.rules = [RULE, OPS]
    post.sender.down = {"hook"}
    for number in range(30):
        post.say(f"a{number}", target=f"t{number}")
        pass_hours(post, 1)
    pass_hours(post, 80)
    dead = [each for each in post.store.outbox.messages(1000) if each.status is Status.DEAD]
    assert len(dead) > 15
    assert len(alerts_to(post, "desk", EventKind.DELIVERY_FAILED)) == 1


def test_a_crash_after_sending_repeats_the_message_under_its_key(post: Post) -> None:
    post.say("a")
    going = deliver(post.store, post.sender, post.rules, post.clock)
    next(going)
    going.close()
    post.round()
    keys = [key for key, _ in post.sender.tried]
    assert len(keys) == 3
    assert len(set(keys)) == 2


def test_a_note_is_kept_and_goes_nowhere(post: Post) -> None:
    from monitor.model.alert import Severity

    said = replace(alert(), severity=Severity.NOTE)
    post.store.tell(Told(raised=raised([said], [RULE])))
    assert post.round() == []
    assert post.store.outbox.alerts(5)[0][1] == {}


def test_an_alert_comes_out_of_the_store_as_it_went_in(post: Post) -> None:
    said = alert()
    post.store.tell(Told(raised=raised([said], [RULE])))
    post.clock.pass_by(minutes=10)
    post.round()
    (kept, states) = post.store.outbox.alerts(5)[0]
    assert kept == said
    assert post.sender.taken["desk"][0].outgoing.dispatch.alerts == (said,)
    assert states == {"desk": "delivered", "hook": "delivered"}


def test_messages_of_a_channel_are_numbered(post: Post) -> None:
    for name in "abc":
        post.say(name, target=name)
        post.round()
    assert [each.outgoing.sequence for each in post.sender.taken["hook"]] == [1, 2, 3]


def test_old_messages_are_forgotten_and_their_events_are_not_told_again(post: Post) -> None:
    post.say("a")
    post.round()
    post.clock.pass_by(minutes=1)
    post.say("b")
    post.round()
    assert post.store.outbox.prune(post.clock.now() + timedelta(days=1)) == 2
    post.say("a")
    assert post.round() == []
