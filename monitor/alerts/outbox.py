"""What the outbox keeps, as values: alerts with their deliveries, messages under way, and what became of each try."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.alerts.criteria import Rule
from monitor.alerts.outcome import Dead, Delivered, Disabled, Outcome, Retry, next_wait
from monitor.alerts.rules import deliveries
from monitor.alerts.schedule import Dispatch
from monitor.model.alert import Alert
from monitor.model.told import Raised


class Status(StrEnum):
    """What became of a message."""

    UNDER_WAY = "under_way"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message that is kept: `sequence` numbers those of its channel, `tries` counts what was tried, `recipients` are
    those of a mail still to be served (empty: all)."""

    dispatch: Dispatch
    sequence: int
    made_at: datetime
    status: Status = Status.UNDER_WAY
    tries: int = 0
    next_at: datetime
    recipients: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What one try left: the message as it stands now, and what is to be noted of the try."""

    outgoing: Outgoing
    at: datetime
    outcome: str
    detail: str
    disabled: bool = False


def raised(alerts: Iterable[Alert], rules: Sequence[Rule]) -> tuple[Raised, ...]:
    """The alerts with the deliveries that their rules ask for."""
    return tuple(Raised(alert=alert, deliveries=deliveries(alert, rules)) for alert in alerts)


def settled(tried: Outgoing, outcome: Outcome, waits: Sequence[timedelta], now: datetime) -> Settled:
    """The message after one more try with that outcome; a retry beyond the last wait is dead."""
    tries = tried.tries + 1
    match outcome:
        case Delivered(refused=refused):
            told = _refused(refused)
            done = replace(tried, status=Status.DELIVERED, tries=tries, reason=told, next_at=now)
            return Settled(outgoing=done, at=now, outcome="delivered", detail=told)
        case Retry(reason=reason, after=after, recipients=recipients, refused=refused):
            told = "; ".join(filter(None, (reason, _refused(refused))))
            wait = next_wait(waits, tries, key=tried.dispatch.key, after=after)
            if wait is None:
                dead = replace(tried, status=Status.DEAD, tries=tries, reason=told, next_at=now, recipients=recipients)
                return Settled(outgoing=dead, at=now, outcome="dead", detail=f"given up after {tries} tries: {told}")
            again = replace(tried, tries=tries, reason=told, next_at=now + wait, recipients=recipients)
            return Settled(outgoing=again, at=now, outcome="retry", detail=told)
        case Dead(reason=reason):
            dead = replace(tried, status=Status.DEAD, tries=tries, reason=reason, next_at=now)
            return Settled(outgoing=dead, at=now, outcome="dead", detail=reason)
        case Disabled(reason=reason):
            dead = replace(tried, status=Status.DEAD, tries=tries, reason=reason, next_at=now)
            return Settled(outgoing=dead, at=now, outcome="disabled", detail=reason, disabled=True)


def _refused(refused: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name} refused for good: {answer}" for name, answer in refused)
