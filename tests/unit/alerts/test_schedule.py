"""Which alerts go out together, and when."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts.clock import is_quiet
from monitor.alerts.criteria import Pace, Quiet, Rule, Timing
from monitor.alerts.rules import decide_incident, deliveries
from monitor.alerts.schedule import HOUR, Dispatch, Form, Sent, Waiting, schedule, sendable
from monitor.model.alert import Alert, EventKind, Incident
from tests.unit.alerts.samples import LANGUAGES, NOW, alert, context, rule

PARIS = ZoneInfo("Europe/Paris")
MINUTE = timedelta(minutes=1)


def waiting(*alerts: Alert, rules: tuple[Rule, ...]) -> list[Waiting]:
    return [Waiting(delivery=delivery, alert=one) for one in alerts for delivery in deliveries(one, rules)]


def plan(*alerts: Alert, of: Rule, now: datetime = NOW, history: tuple[Sent, ...] = ()) -> tuple[Dispatch, ...]:
    return schedule(waiting(*alerts, rules=(of,)), [of], history, now)


def apart(number: int, of: Rule, at: datetime = NOW) -> list[Alert]:
    """Alerts of that many targets."""
    return [alert(of=of, at=at + timedelta(seconds=n), target=f"country-{n}") for n in range(number)]


def timed(**values: object) -> Rule:
    return rule(timing=Timing(**values))  # type: ignore[arg-type]


def test_an_immediate_alert_waits_for_the_other_languages() -> None:
    asked = timed(gather=5 * MINUTE)
    seen = [alert(language, of=asked, at=NOW + n * MINUTE / 2) for n, language in enumerate(LANGUAGES)]

    (found,) = plan(*seen, of=asked)

    assert (found.form, found.at) == (Form.SINGLE, NOW + 5 * MINUTE)
    assert len(found.alerts) == 1
    assert len(found.deliveries) == 6


def test_the_key_of_one_delivery_is_its_own_and_of_several_depends_on_all() -> None:
    asked = rule()
    one = alert(of=asked)
    (single,) = plan(one, of=asked)
    (both,) = plan(one, alert("fr", of=asked), of=asked)

    assert single.key == deliveries(one, [asked])[0].key
    assert both.key not in both.deliveries
    assert both.key == plan(alert("fr", of=asked), one, of=asked)[0].key


def test_a_daily_digest_gathers_the_day() -> None:
    asked = timed(pace=Pace.DAILY, digest_at=time(8), zone=PARIS)

    found = plan(*apart(3, asked), alert(of=asked, at=NOW - timedelta(days=2)), of=asked)

    assert [(p.form, len(p.alerts), p.at) for p in found] == [
        (Form.DIGEST, 1, NOW),
        (Form.DIGEST, 3, datetime(2026, 3, 3, 7, tzinfo=UTC)),
    ]


def test_a_weekly_digest_goes_out_on_its_day() -> None:
    asked = timed(pace=Pace.WEEKLY, digest_day=4)

    (found,) = plan(*apart(2, asked), of=asked)

    assert found.at == datetime(2026, 3, 6, 8, tzinfo=UTC)


def test_a_night_comes_in_one_message() -> None:
    asked = timed(quiet=Quiet(start=time(22), end=time(7)), zone=PARIS)
    night = apart(4, asked, at=datetime(2026, 3, 2, 23, tzinfo=UTC))
    morning = datetime(2026, 3, 3, 6, tzinfo=UTC)

    (planned,) = plan(*night, of=asked, now=night[0].raised_at)
    (due,) = plan(*night, of=asked, now=morning + timedelta(seconds=7))

    assert (planned.form, planned.at, len(planned.alerts)) == (Form.ROLL_UP, morning, 4)
    assert due.key == planned.key


def test_one_alert_at_night_is_no_roll_up() -> None:
    asked = timed(quiet=Quiet(start=time(22), end=time(7)))

    assert plan(alert(of=asked, at=datetime(2026, 3, 2, 23, tzinfo=UTC)), of=asked)[0].form is Form.SINGLE


def test_what_is_overdue_waits_for_the_end_of_quiet_hours() -> None:
    asked = timed(quiet=Quiet(start=time(22), end=time(7)))
    night = datetime(2026, 3, 3, 2, tzinfo=UTC)

    (found,) = plan(alert(of=asked, at=NOW), of=asked, now=night)

    assert found.at == datetime(2026, 3, 3, 7, tzinfo=UTC)


def test_what_exceeds_the_limit_is_rolled_up() -> None:
    asked = timed(at_most=3, gather=timedelta(0))

    found = plan(*apart(10, asked), of=asked, now=NOW + MINUTE)

    assert [(p.form, len(p.alerts)) for p in found] == [(Form.SINGLE, 1)] * 3 + [(Form.ROLL_UP, 7)]
    assert found[3].at == NOW + MINUTE + HOUR


def test_what_was_sent_before_counts() -> None:
    asked = timed(at_most=2, gather=timedelta(0))
    history = tuple(Sent(channel="desk", rule="figures", at=NOW - ago * MINUTE) for ago in (70, 50, 20))
    others = (Sent(channel="hook", rule="figures", at=NOW), Sent(channel="desk", rule="other", at=NOW))

    (found,) = plan(*apart(1, asked), of=asked, history=(*history, *others))

    assert found.at == NOW + 10 * MINUTE


def test_targets_in_the_same_trouble_come_in_one_message() -> None:
    asked = rule(kinds=())
    troubled = [
        decide_incident(
            EventKind.TROUBLE_BEGAN, Incident(cause="tls"), ("en",), [asked], context(target=f"country-{n}")
        )[0]
        for n in range(200)
    ]

    (found,) = plan(*troubled, of=asked)

    assert (found.form, len(found.alerts)) == (Form.ROLL_UP, 200)


def test_a_rule_that_is_gone_still_tells() -> None:
    asked = rule()

    assert len(schedule(waiting(alert(of=asked), rules=(asked,)), [], (), NOW)) == 1


def test_two_rules_on_one_channel_tell_one_event_once() -> None:
    rules = (rule("first"), rule("second"))
    both = [alert(of=one) for one in rules]

    (found,) = schedule(waiting(*both, rules=rules), rules, (), NOW)

    assert len(found.deliveries) == 2
    assert len(found.alerts) == 1


def test_order_is_kept_within_target_and_channel() -> None:
    asked = timed(gather=timedelta(0))
    first, second = plan(*apart(2, asked), of=asked, now=NOW + MINUTE)
    again = replace(first, deliveries=("a" * 32,))

    assert sendable([first, second, again], NOW + MINUTE) == (first, second, again)
    assert sendable([first, second, again], NOW + MINUTE, [("desk", "country-0")]) == (second,)
    assert sendable([first, second], NOW - HOUR) == ()


ALERTS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["en", "fr", "zh"]), st.integers(0, 60 * 48)), min_size=1, max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ALERTS, st.integers(1, 4), st.integers(0, 60 * 50), st.booleans(), st.sampled_from(Pace))
def test_everything_is_sent_once_never_at_night_and_never_too_often(
    raised: list[tuple[int, str, int]], at_most: int, later: int, quiet: bool, pace: Pace
) -> None:
    hours = Quiet(start=time(22), end=time(7)) if quiet else None
    asked = timed(at_most=at_most, quiet=hours, zone=PARIS, pace=pace)
    items = waiting(*(
        alert(language, of=asked, at=NOW + minutes * MINUTE, target=f"country-{n}") for n, language, minutes in raised
    ), rules=(asked,))  # fmt: skip
    items = list({item.delivery.key: item for item in items}.values())

    found = schedule(items, [asked], (), NOW + later * MINUTE)

    assert Counter(key for p in found for key in p.deliveries) == Counter(item.delivery.key for item in items)
    assert not any(is_quiet(p.at, hours, PARIS) for p in found)
    assert all(p.at >= NOW + later * MINUTE for p in found)
    assert all(sum(p.at - HOUR < other.at <= p.at for other in found) <= at_most for p in found)
    assert [p.at for p in found] == sorted(p.at for p in found)
