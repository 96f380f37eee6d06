"""When a page is due again. Pure: a standing, a schedule and a time in, a time out.

Looks are spread over the interval by the name of the target, always at the same place, so that many targets do not come
at once and the languages of one do.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from monitor.model.schedule import Schedule
from monitor.model.standing import Standing

_HOUR = timedelta(hours=1)
BACK_OFF = (timedelta(minutes=5), timedelta(minutes=30), 2 * _HOUR, 6 * _HOUR, 24 * _HOUR)
SECOND_LOOK = (6 * _HOUR, 24 * _HOUR)
LONGEST_WAIT = timedelta(days=7)
_JITTER = 0.1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRM = frozenset({"gone", "status", "type", "redirect", "size", "headers", "address", "forbidden_address", "robots"})
"""Causes that a few minutes do not mend: "status" stands for what the site says, with a wait of its own if busy."""

_NOT_THE_REPORT = frozenset({
    "block_page", "cookie_wall", "maintenance", "not_found", "empty", "truncated", "wrong_language", "unreadable",
    "parse_limit", "parse_memory", "parser_crash",
})  # fmt: skip

Slots = Callable[[str, tzinfo, datetime], datetime]
"""The first time of a cron expression by the clock of a zone after a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A schedule at work (see `model.ports.Planner`). A surprising change is looked at again after `confirm_after`."""

    schedule: Schedule
    slots: Slots
    confirm_after: timedelta = _HOUR

    def __call__(self, standing: Standing, at: datetime, wait: float | None) -> datetime:
        """The next time for a page that stands so after a check at `at`."""
        if not standing.failures:
            return self._regular(standing, at)
        if wait is not None:
            return at + _varied(min(timedelta(seconds=wait), LONGEST_WAIT), standing, least=1.0)
        every, _ = self.schedule.of(standing.page[0])
        tries = standing.failures - 1
        if standing.cause == "unconfirmed":
            return at + self.confirm_after
        if standing.cause == "blocked":
            return at + _varied(4 * every, standing)
        if standing.cause in _NOT_THE_REPORT:
            return at + _varied(min(SECOND_LOOK[min(tries, 1)], max(every, BACK_OFF[0])), standing)
        pause = BACK_OFF[min(tries, len(BACK_OFF) - 1)]
        return at + _varied(max(pause, 6 * _HOUR) if standing.cause in _FIRM else pause, standing)

    def _regular(self, standing: Standing, at: datetime) -> datetime:
        every, cron = self.schedule.of(standing.page[0])
        season = self.schedule.season(at)
        if season is not None and season.every < every:
            return _spread(standing.page[0], season.every, at)
        if season is None and self._is_idle(standing, at):
            return _spread(standing.page[0], max(every, self.schedule.relax_to), at)
        if cron is not None:
            return self.slots(cron, self.schedule.zone, at)
        return _spread(standing.page[0], every, at)

    def _is_idle(self, standing: Standing, at: datetime) -> bool:
        after = self.schedule.relax_after
        return after is not None and standing.changed_at is not None and at - standing.changed_at >= after


def _spread(name: str, every: timedelta, at: datetime) -> datetime:
    """The target's own place in the interval, at least half an interval ahead."""
    offset = every * _fraction(name)
    ahead = every - (at - _EPOCH - offset) % every
    return at + (ahead if ahead >= every / 2 else ahead + every)


def _varied(pause: timedelta, standing: Standing, *, least: float = 1 - _JITTER) -> timedelta:
    """The pause, varied by a tenth, always the same for one page and try."""
    chance = _fraction(f"{standing.page}{standing.failures}")
    return pause * (least + 2 * _JITTER * chance)


def _fraction(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32
