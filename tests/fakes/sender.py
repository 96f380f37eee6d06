"""A sender whose channels are lists, and do as they are told."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from monitor.alerts.outcome import WEBHOOK_WAITS, Delivered, Outcome, Retry
from monitor.runs.deliver import Post


class FakeSender:
    """`down` names channels that take nothing, `answers` what a channel answers next; `taken` is what arrived, by
    channel, in order."""

    def __init__(self, *channels: str) -> None:
        self._channels = channels
        self.down: set[str] = set()
        self.answers: dict[str, list[Outcome]] = {}
        self.taken: dict[str, list[Post]] = {name: [] for name in channels}
        self.tried: list[tuple[str, datetime]] = []

    @property
    def channels(self) -> Sequence[str]:
        """The names of the channels there are."""
        return self._channels

    def carries_reports(self, channel: str) -> bool:
        """None does."""
        return False

    def waits(self, channel: str) -> Sequence[timedelta]:
        """Those of webhooks."""
        return WEBHOOK_WAITS

    def is_endpoint(self, channel: str) -> bool:
        """The hook is."""
        return channel == "hook"

    def send_all(self, posts: Sequence[Post], now: datetime) -> Iterator[tuple[str, Outcome]]:
        """Try each message once."""
        yield from [(post.outgoing.dispatch.key, self._sent(post, now)) for post in posts]

    def _sent(self, post: Post, now: datetime) -> Outcome:
        name = post.outgoing.dispatch.channel
        self.tried.append((post.outgoing.dispatch.key, now))
        if name in self.down:
            return Retry(reason="it is down")
        outcome = next(iter(self.answers.get(name, ())), Delivered())
        self.answers[name] = self.answers.get(name, [])[1:]
        if isinstance(outcome, Delivered):
            self.taken[name].append(post)
        return outcome

    def alerts(self, channel: str) -> list[str]:
        """The ids of the alerts that arrived, in order."""
        return [alert.id for post in self.taken[channel] for alert in post.outgoing.dispatch.alerts]
