"""One round over the outbox: messages are made of what waits, kept, sent, and what became of each try is kept.

Order is kept within target and channel, and a channel that is down holds nobody else up. A message is kept with the
deliveries that it fulfils before it is sent, so that a try after a crash is of the same message under the same key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.alerts.outbox import Outgoing, Settled, Status, raised, settled
from monitor.alerts.outcome import ENDURANCE, unless_endured
from monitor.alerts.schedule import HOUR, Dispatch, schedule, sendable
from monitor.errors import MonitorError
from monitor.model.alert import Alert, EventKind, Incident
from monitor.model.told import Raised

if TYPE_CHECKING:
    from monitor.alerts.criteria import Rule
    from monitor.model.ports import Clock, Outbox, Sender, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message on its way out, with the full report of its comparison as a page, if it tells of only one."""

    outgoing: Outgoing
    report: bytes | None = None


def deliver(
    store: Store, sender: Sender, rules: Sequence[Rule], clock: Clock, *, gathered: bool = False
) -> Iterator[Settled]:
    """Send what is due and yield what became of each try, as it is known and kept.

    If `gathered` nothing waits for other languages any more: the run that would bring them is over.

    Raises:
        StoreError: something cannot be kept; what was sent may be sent again under the same key.
    """
    now = clock.now()
    outbox = store.outbox
    under_way = outbox.under_way()
    under_way += outbox.seal(_due(outbox, under_way, rules, now, gathered=gathered), now)
    ready = _ready(under_way, now, sender.channels, outbox.disabled())
    posts = [Post(outgoing=each, report=_report(store, each, sender)) for each in ready]
    by_key = {post.outgoing.dispatch.key: post.outgoing for post in posts}
    for key, outcome in sender.send_all(posts, now):
        tried, at = by_key[key], clock.now()
        channel = tried.dispatch.channel
        failing = outbox.failing(channel, at - ENDURANCE)
        if sender.is_endpoint(channel):
            outcome = unless_endured(outcome, failing, at)
        found = settled(tried, outcome, sender.waits(channel), at)
        outbox.settle(found, _failed(found, rules, failing.since if failing else at))
        yield found


def _due(
    outbox: Outbox, under_way: Sequence[Outgoing], rules: Sequence[Rule], now: datetime, *, gathered: bool
) -> Sequence[Dispatch]:
    """The messages to be made now. What is said of a target waits, and is put together, while a channel is behind."""
    waiting = outbox.waiting()
    if not waiting:
        return ()
    if gathered:
        rules = [replace(rule, timing=replace(rule.timing, gather=timedelta(0))) for rule in rules]
    history = outbox.sent(now - HOUR)
    held = [(each.dispatch.channel, target) for each in under_way for target in each.dispatch.targets]
    return sendable(schedule(waiting, rules, history, now), now, held)


def _ready(
    under_way: Sequence[Outgoing], now: datetime, channels: Sequence[str], disabled: Mapping[str, str]
) -> list[Outgoing]:
    """The messages whose time has come, none before an earlier one to the same channel about the same target."""
    held: set[tuple[str, str]] = set()
    ready = []
    for each in under_way:
        name = each.dispatch.channel
        pairs = {(name, target) for target in each.dispatch.targets}
        if each.next_at <= now and not pairs & held and name in channels and name not in disabled:
            ready.append(each)
        held |= pairs
    return ready


def _report(store: Store, outgoing: Outgoing, sender: Sender) -> bytes | None:
    """The full report as a page, where the channel can carry it; a report that cannot be made holds no message up."""
    names = {name for alert in outgoing.dispatch.alerts for name in alert.comparison_ids}
    if len(names) != 1 or not sender.carries_reports(outgoing.dispatch.channel):
        return None
    from monitor.runs.reports import report_page

    try:
        return report_page(store, names.pop(), outgoing.dispatch.wording)
    except MonitorError:
        return None


def _failed(found: Settled, rules: Sequence[Rule], since: datetime) -> tuple[Raised, ...]:
    """What the rules say of a message that was given up: told through other channels, and only about the report's.

    All messages of a channel that takes nothing since that time are one event, told once.
    """
    dispatch = found.outgoing.dispatch
    ours = all(alert.kind is EventKind.DELIVERY_FAILED for alert in dispatch.alerts)
    if found.outgoing.status is not Status.DEAD or ours:
        return ()
    from monitor.alerts.criteria import Context
    from monitor.alerts.rules import decide_incident

    incident = Incident(cause=found.outcome, detail=found.detail, since=since)
    context = Context(target=dispatch.channel, title=dispatch.channel, now=found.at)
    alerts: Sequence[Alert] = decide_incident(EventKind.DELIVERY_FAILED, incident, (), rules, context)
    others = tuple(
        replace(each, deliveries=tuple(d for d in each.deliveries if d.channel != dispatch.channel))
        for each in raised(alerts, rules)
    )
    return tuple(each for each in others if each.deliveries)
