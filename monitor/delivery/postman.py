"""Messages taken to their channels, a thread a channel, so that one that is down or slow holds nobody else up."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.alerts.outcome import Outcome, Retry
from monitor.delivery.envelope import Attachment
from monitor.delivery.send import Parcel, send, waits
from monitor.errors import MonitorError
from monitor.model.channel import Channel, MailChannel, WebhookChannel
from monitor.model.post import Poster

if TYPE_CHECKING:
    from monitor.runs.deliver import Post


class Postman:
    """Delivers through the channels of the configuration (see `model.ports.Sender`)."""

    def __init__(
        self, channels: Sequence[Channel], poster: Poster, environment: Mapping[str, str], reports_at: str | None = None
    ) -> None:
        """`reports_at` is the address under which full reports can be read, by the name of their comparison."""
        self._channels = {channel.name: channel for channel in channels}
        self._poster = poster
        self._environment = environment
        self._reports_at = reports_at

    @property
    def channels(self) -> Sequence[str]:
        """The names of the channels there are."""
        return list(self._channels)

    def carries_reports(self, channel: str) -> bool:
        """True for mail that may carry attachments."""
        found = self._channels.get(channel)
        return isinstance(found, MailChannel) and found.largest_report > 0

    def waits(self, channel: str) -> Sequence[timedelta]:
        """How long to wait between tries."""
        return waits(self._channels[channel])

    def is_endpoint(self, channel: str) -> bool:
        """True for a webhook, which is switched off if it takes nothing for long."""
        return isinstance(self._channels[channel], WebhookChannel)

    def send_all(self, posts: Sequence[Post], now: datetime) -> Iterator[tuple[str, Outcome]]:
        """Try each message once, those of one channel one after the other; yield what became of it, as it is known."""
        lanes: dict[str, list[Post]] = {}
        for post in posts:
            lanes.setdefault(post.outgoing.dispatch.channel, []).append(post)
        done = queue.SimpleQueue[tuple[str, Outcome]]()
        for name, lane in lanes.items():
            arguments = (self._channels[name], lane, now, done)
            threading.Thread(target=self._carry, args=arguments, name=f"deliver {name}", daemon=True).start()
        for _ in posts:
            yield done.get()

    def _carry(
        self, channel: Channel, lane: Sequence[Post], now: datetime, done: queue.SimpleQueue[tuple[str, Outcome]]
    ) -> None:
        for post in lane:
            key = post.outgoing.dispatch.key
            try:
                outcome = self._tried(channel, post, now)
            except MonitorError as error:
                outcome = Retry(reason=f"{channel.name}: {error}")
            except Exception as error:  # noqa: BLE001  # a message that cannot be made must not hold the others up
                outcome = Retry(reason=f"{channel.name}: failed unexpectedly ({type(error).__name__})")
            done.put((key, outcome))

    def _tried(self, channel: Channel, post: Post, now: datetime) -> Outcome:
        outgoing = post.outgoing
        names = [name for alert in outgoing.dispatch.alerts for name in alert.comparison_ids]
        reports = {name: f"{self._reports_at}{name}" for name in names} if self._reports_at else {}
        parcel = Parcel(
            dispatch=outgoing.dispatch, now=now, reports=reports, tries=outgoing.tries, recipients=outgoing.recipients,
            report=None if post.report is None else Attachment(name="report.html", content=post.report),
            sequence=outgoing.sequence,
        )  # fmt: skip
        return send(channel, parcel, poster=self._poster, environment=self._environment)
