"""What became of one try to deliver, and when to try again. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_JITTER = 0.1
LONGEST_WAIT = timedelta(hours=24)

MAIL_WAITS = (5 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE, _HOUR, 2 * _HOUR, *(4 * _HOUR for _ in range(29)))
"""As Postfix does, for five days."""

ENDURANCE = timedelta(hours=120)
"""A webhook that took nothing for so long is switched off, as Standard Webhooks asks."""

FEWEST_FAILURES = 10
"""So many tries at least have to have failed within that time: one bad moment after a quiet month ends nothing."""

WEBHOOK_WAITS = (
    timedelta(seconds=5), 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, 5 * _HOUR, 10 * _HOUR, 14 * _HOUR, 20 * _HOUR, 24 * _HOUR,
)  # fmt: skip
"""The schedule of Standard Webhooks (https://www.standardwebhooks.com): ten tries within 75 hours and 35 minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """It arrived. `refused` are recipients that will never have it, with the reason."""

    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """It may go through later, no sooner than `after` if the receiver asked so.

    Of a mail, `recipients` are those still to be served, `refused` those that will never have it, with the reason.
    """

    reason: str
    after: timedelta | None = None
    recipients: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead:
    """It will never go through as it is: shown to the operator, who may send it again."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disabled:
    """The receiver wants nothing more of this channel (410), or took nothing for ENDURANCE."""

    reason: str


Outcome = Delivered | Retry | Dead | Disabled


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """The tries of a channel since it last took a message: when the first was, how many are of the last ENDURANCE."""

    since: datetime
    recent: int


def unless_endured(outcome: Outcome, failing: Failing | None, now: datetime) -> Outcome:
    """The outcome; Disabled where it is one more failure of a channel that has failed for too long."""
    if not isinstance(outcome, Retry) or failing is None:
        return outcome
    if now - failing.since < ENDURANCE or failing.recent + 1 < FEWEST_FAILURES:
        return outcome
    return Disabled(reason=f"nothing was taken since {failing.since:%Y-%m-%d %H:%M} UTC; last: {outcome.reason}")


def next_wait(waits: Sequence[timedelta], tries: int, *, key: str, after: timedelta | None = None) -> timedelta | None:
    """How long to wait after that many tries, 1 or more; None if that was the last.

    The wait varies by a tenth, always the same for one key and try, so that many deliveries do not come at once; it is
    at least what the receiver asked for, which counts up to LONGEST_WAIT.
    """
    if tries > len(waits):
        return None
    varied = waits[tries - 1] * (1 - _JITTER + 2 * _JITTER * _fraction(f"{key}\n{tries}"))
    return max(varied, min(after or timedelta(0), LONGEST_WAIT))


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for, in seconds or as a date (RFC 9110); None for none, junk or the past."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(text) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(wait, LONGEST_WAIT) if wait > timedelta(0) else None


def _fraction(text: str) -> float:
    """A number in 0…1 that depends on the text only."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 0xFFFFFFFF
