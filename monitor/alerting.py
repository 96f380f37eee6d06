"""What `monitor alerts` needs, introduced to each other: rules to the history held, channels to their probes.

Stands beside wiring.py and, like it, imports each thing only where it is used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import wiring
from monitor.model.target import named_pages

if TYPE_CHECKING:
    from monitor.alerts.outcome import Outcome
    from monitor.alerts.schedule import Dispatch
    from monitor.config import Configuration
    from monitor.model.told import Raised
    from monitor.runs.rehearse import Rehearsed


def rehearsed(config: Path | None, store: Path | None, names: Sequence[str]) -> Iterator[Rehearsed]:
    """What the rules would have said about what is held of the named targets, by default all."""
    from monitor.runs.rehearse import rehearse

    settings = wiring.configuration(config)
    chosen = {page.target for page in named_pages(settings.targets, names)}
    with wiring.opened_store(config, store) as kept:
        yield from rehearse(kept, [target for target in settings.targets if target.id in chosen], settings.rules)


def probed(config: Path | None, store: Path | None) -> Iterator[tuple[str, str | None]]:
    """Each channel with what hinders it (None: nothing); nothing is sent."""
    from monitor.delivery.probe import probe

    with wiring.opened_store(config, store) as kept:
        off = kept.outbox.disabled()
    for channel in wiring.configuration(config).channels:
        if channel.name in off:
            yield channel.name, f"switched off: {off[channel.name]}; `monitor alerts retry` switches it on again"
        else:
            yield channel.name, probe(channel, os.environ)


def sent_as_a_test(settings: Configuration) -> Iterator[tuple[str, Outcome]]:
    """Each channel with what became of a test message through it. Nothing of it is kept."""
    from monitor.alerts.schedule import Dispatch, Form
    from monitor.model.alert import Alert, EventKind, Incident, Severity, stable_id

    now = wiring.CLOCK.now()
    incident = Incident(cause="test", detail="This is a test of the channel; nothing has happened.", since=now)
    alert = Alert(
        id=stable_id("test", now.isoformat()), rules=("monitor alerts test",), kind=EventKind.TROUBLE_ENDED,
        severity=Severity.NORMAL, target="monitor", title="monitor alerts test", languages=(), raised_at=now,
        incident=incident,
    )  # fmt: skip
    wordings = {channel: rule.wording for rule in settings.rules for channel in rule.channels}
    dispatches = [
        Dispatch(
            channel=channel.name, wording=wordings.get(channel.name, "en"), form=Form.SINGLE, at=now, alerts=(alert,),
            deliveries=(stable_id(alert.id, channel.name),),
        )
        for channel in settings.channels
    ]  # fmt: skip
    return _sent(settings, dispatches, now)


def sent_past_the_outbox(settings: Configuration, raised: Iterable[Raised]) -> Iterator[tuple[str, Outcome]]:
    """Each channel with what became of these alerts, sent once and at once. Nothing of it is kept: a repeat has the same
    id, and nothing else tells one from the other."""
    from monitor.alerts.schedule import Waiting, schedule

    now = wiring.CLOCK.now()
    waiting = [Waiting(delivery=delivery, alert=one.alert) for one in raised for delivery in one.deliveries]
    return _sent(settings, schedule(waiting, (), (), now), now)


def _sent(settings: Configuration, dispatches: Sequence[Dispatch], now: datetime) -> Iterator[tuple[str, Outcome]]:
    from monitor.alerts.outbox import Outgoing
    from monitor.runs.deliver import Post

    posts = [Post(outgoing=Outgoing(dispatch=each, sequence=0, made_at=now, next_at=now)) for each in dispatches]
    names = {each.key: each.channel for each in dispatches}
    for key, outcome in wiring.postman(settings).send_all(posts, now):
        yield names[key], outcome
