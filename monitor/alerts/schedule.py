"""Which alerts go out together, and when. Pure: the outbox and the present come in, a plan goes out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.alerts.clock import after_quiet, is_quiet, next_digest
from monitor.alerts.criteria import Pace, Rule, Timing
from monitor.alerts.merging import same_events, united
from monitor.model.alert import Alert, Delivery, stable_id

HOUR = timedelta(hours=1)


class Form(StrEnum):
    """What a message is: one alert, a digest that was asked for, or alerts rolled up that came too fast or at night."""

    SINGLE = "single"
    DIGEST = "digest"
    ROLL_UP = "roll_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A delivery of the outbox that no message has been made of yet."""

    delivery: Delivery
    alert: Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message that went out. `rule` is the first of its first alert."""

    channel: str
    rule: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One message to be: the alerts that it tells, merged, and the keys of the deliveries that it fulfils.

    When it is due it is kept in the outbox with its keys before it is sent: a try after a crash is then of the same
    message with the same `key`.
    """

    channel: str
    wording: str
    form: Form
    at: datetime
    alerts: tuple[Alert, ...]
    deliveries: tuple[str, ...]

    @property
    def key(self) -> str:
        """The idempotency key of the message: that of its only delivery, or a hash of all."""
        if len(self.deliveries) == 1:
            return self.deliveries[0]
        return stable_id(self.channel, *sorted(self.deliveries))

    @property
    def rule(self) -> str:
        """The rule whose limit the message counts for."""
        return self.alerts[0].rules[0]

    @property
    def targets(self) -> frozenset[str]:
        """The targets that the message tells of."""
        return frozenset(alert.target for alert in self.alerts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """A merged alert with the keys of its deliveries, and when it would go out if nothing else did."""

    alert: Alert
    keys: tuple[str, ...]
    form: Form = Form.SINGLE
    at: datetime


def schedule(
    waiting: Iterable[Waiting], rules: Iterable[Rule], history: Iterable[Sent], now: datetime
) -> tuple[Dispatch, ...]:
    """Every waiting delivery in exactly one dispatch, with the time at which it is to be sent, earliest first.

    Nothing is sent in quiet hours or before its digest; what they hold back comes in one message. To one channel no
    rule sends more than its `at_most` messages in any hour, `history` included; what exceeds that is rolled up into
    the next one. A rule that is no longer configured has the timing of a new one. The plan is made anew each time:
    only what is due is acted on.
    """
    timings = {rule.name: rule.timing for rule in rules}
    sent = list(history)
    plans: list[Dispatch] = []
    for (channel, wording, rule), items in _lanes(waiting).items():
        timing = timings.get(rule, Timing())
        events = [_timed(alert, keys, timing, now) for alert, keys in items]
        dispatches = [_dispatch(channel, wording, group) for group in _together(events)]
        times = sorted(message.at for message in sent if (message.channel, message.rule) == (channel, rule))
        plans += _limited(dispatches, timing, times)
    return tuple(sorted(plans, key=_order))


def sendable(plan: Iterable[Dispatch], now: datetime, held: Iterable[tuple[str, str]] = ()) -> tuple[Dispatch, ...]:
    """The dispatches that are due, in order, without those whose channel and target are held.

    `held` are the (channel, target) pairs with an earlier message still to be delivered; a dispatch that is left out
    holds its own pairs, so that order is kept within target and channel.
    """
    blocked = set(held)
    ready = []
    for dispatch in plan:
        pairs = {(dispatch.channel, target) for target in dispatch.targets}
        if dispatch.at <= now and not pairs & blocked:
            ready.append(dispatch)
        elif dispatch.at <= now:
            blocked |= pairs
    return tuple(ready)


_Merged = tuple[Alert, tuple[str, ...]]


def _lanes(waiting: Iterable[Waiting]) -> dict[tuple[str, str, str], list[_Merged]]:
    """The merged alerts by channel, wording and rule, each with the keys of the deliveries that it fulfils."""
    readers: dict[tuple[str, str], dict[str, Waiting]] = defaultdict(dict)
    for item in waiting:
        readers[item.delivery.channel, item.delivery.wording][item.alert.id] = item
    lanes: dict[tuple[str, str, str], list[_Merged]] = defaultdict(list)
    for (channel, wording), items in readers.items():
        for group in same_events(item.alert for item in items.values()):
            merged = united(group)
            keys = tuple(items[alert.id].delivery.key for alert in group)
            lanes[channel, wording, merged.rules[0]].append((merged, keys))
    return lanes


def _timed(alert: Alert, keys: tuple[str, ...], timing: Timing, now: datetime) -> _Event:
    """An alert of the future was raised before the clock was set back: it has waited."""
    if timing.pace is Pace.IMMEDIATE:
        form, at = Form.SINGLE, now if alert.raised_at > now else alert.raised_at + timing.gather
    else:
        form, at = Form.DIGEST, next_digest(min(alert.raised_at, now), timing)
    if form is Form.SINGLE and is_quiet(at, timing.quiet, timing.zone):
        form = Form.ROLL_UP
    at = after_quiet(max(at, now), timing.quiet, timing.zone)
    return _Event(alert=alert, keys=keys, form=form, at=at)


def _together(events: Iterable[_Event]) -> list[list[_Event]]:
    """Single events alone; those of one trouble, of one digest and of one night together."""
    groups: dict[tuple[object, ...], list[_Event]] = defaultdict(list)
    for event in events:
        incident = event.alert.incident
        if event.form is not Form.SINGLE:
            groups[event.form, event.at].append(event)
        elif incident is not None:
            groups[event.alert.kind, incident.cause].append(event)
        else:
            groups[event.alert.id,].append(event)
    return list(groups.values())


def _dispatch(channel: str, wording: str, events: Sequence[_Event]) -> Dispatch:
    several = Form.SINGLE if len(events) == 1 else Form.ROLL_UP
    form = Form.DIGEST if events[0].form is Form.DIGEST else several
    return Dispatch(
        channel=channel, wording=wording, form=form, at=min(event.at for event in events),
        alerts=tuple(event.alert for event in events), deliveries=tuple(key for event in events for key in event.keys),
    )  # fmt: skip


def _limited(dispatches: Iterable[Dispatch], timing: Timing, times: list[datetime]) -> list[Dispatch]:
    """The dispatches of one rule to one channel, those beyond the limit rolled up into the next message allowed."""
    waiting = sorted(dispatches, key=_order)
    if timing.at_most is None:
        return waiting
    limit = max(timing.at_most, 1)
    plans: list[Dispatch] = []
    while waiting:
        at = waiting[0].at
        recent = [time for time in times if time > at - HOUR]
        if len(recent) < limit:
            plans.append(waiting.pop(0))
        else:
            free = after_quiet(recent[-limit] + HOUR, timing.quiet, timing.zone)
            plans.append(_rolled_up([plan for plan in waiting if plan.at <= free], free))
            waiting = [plan for plan in waiting if plan.at > free]
        times = [*times, plans[-1].at]
    return plans


def _rolled_up(dispatches: Sequence[Dispatch], at: datetime) -> Dispatch:
    first = dispatches[0]
    form = first.form if len(dispatches) == 1 else Form.ROLL_UP
    return Dispatch(
        channel=first.channel, wording=first.wording, form=form, at=at,
        alerts=tuple(alert for plan in dispatches for alert in plan.alerts),
        deliveries=tuple(key for plan in dispatches for key in plan.deliveries),
    )  # fmt: skip


def _order(plan: Dispatch) -> tuple[datetime, datetime, str]:
    return plan.at, plan.alerts[0].raised_at, plan.key
