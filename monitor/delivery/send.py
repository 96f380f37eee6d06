"""A message through any channel: the one call that the outbox makes for each try."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.alerts.outcome import MAIL_WAITS, WEBHOOK_WAITS, Outcome, Retry
from monitor.alerts.schedule import Dispatch
from monitor.delivery import feed, mail, services, webhook
from monitor.delivery.envelope import Attachment, Letterhead, envelope
from monitor.delivery.message import message
from monitor.errors import InputError
from monitor.model.channel import Channel, FeedChannel, MailChannel, ServiceChannel, WebhookChannel
from monitor.model.post import Poster


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A dispatch with what belongs to this try.

    `reports` are the addresses of the full reports by comparison id, `report` is one as a file. `tries` counts the
    tries before this one; `recipients` are those of a mail still to be served (empty: all). `sequence` orders the
    messages of a channel.
    """

    dispatch: Dispatch
    now: datetime
    reports: Mapping[str, str] = field(default_factory=dict)
    report: Attachment | None = None
    tries: int = 0
    recipients: tuple[str, ...] = ()
    sequence: int | None = None


def send(channel: Channel, parcel: Parcel, *, poster: Poster, environment: Mapping[str, str]) -> Outcome:
    """Try once to deliver. Blocks for at most the channel's time for each step; call it in a thread.

    What the operator can mend (a secret that is missing, an address that is none) is a Retry that says so: nothing is
    lost while it is mended.
    """
    try:
        match channel:
            case MailChannel():
                return _mail(channel, parcel, environment)
            case WebhookChannel():
                told = message(parcel.dispatch, parcel.reports)
                return webhook.send(
                    channel, parcel.dispatch, told, now=parcel.now, poster=poster, environment=environment,
                    sequence=parcel.sequence, reports=parcel.reports,
                )  # fmt: skip
            case FeedChannel():
                told = message(parcel.dispatch, parcel.reports)
                return feed.send(channel, feed.Entry(key=parcel.dispatch.key, updated=parcel.dispatch.at, message=told))
            case ServiceChannel():
                return services.send(channel, message(parcel.dispatch, parcel.reports), environment, poster)
    except InputError as error:
        return Retry(reason=str(error), recipients=parcel.recipients)


def waits(channel: Channel) -> Sequence[timedelta]:
    """How long to wait between tries, before it is given up (see `outcome.next_wait`)."""
    return MAIL_WAITS if isinstance(channel, MailChannel) else WEBHOOK_WAITS


def _mail(channel: MailChannel, parcel: Parcel, environment: Mapping[str, str]) -> Outcome:
    dispatch, report = parcel.dispatch, parcel.report
    if report is not None and len(report.content) > channel.largest_report:
        report = None
    told = message(dispatch, parcel.reports, attached=report is not None)
    head = Letterhead(
        sender=channel.sender, recipients=channel.recipients, channel=channel.name, key=dispatch.key,
        targets=dispatch.targets, date=parcel.now, tries=parcel.tries,
    )  # fmt: skip
    letter = mail.Mail(full=envelope(told, head, report), short=envelope(told, head, short=True))
    return mail.send(channel, letter, parcel.recipients or channel.recipients, environment)
