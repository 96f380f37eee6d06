"""A dispatch as JSON for webhooks (`delivery/1`), cut down until it fits. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from monitor.alerts.schedule import Dispatch
from monitor.delivery.message import Message
from monitor.delivery.subject import in_readers_order
from monitor.model.alert import Alert, Sighting
from monitor.report.visible import web_address

LARGEST = 20_000
_CUTS = (50, 20, 10, 5, 3, 1, 0)


def payload(
    dispatch: Dispatch, message: Message, *, sequence: int | None = None, reports: Mapping[str, str] | None = None
) -> bytes:
    """The dispatch as JSON of less than LARGEST bytes.

    What does not fit is left out from the end, and told: `left_out` of a sighting counts its changes and statistics,
    `left_out` of the whole its alerts. `sequence` orders the messages of a channel.
    """
    return next(body for body in _ever_shorter(dispatch, message, sequence, reports or {}) if len(body) < LARGEST)


def _ever_shorter(
    dispatch: Dispatch, message: Message, sequence: int | None, reports: Mapping[str, str]
) -> Iterator[bytes]:
    for alerts in _CUTS:
        shown = dispatch.alerts[:alerts]
        for items in _CUTS:
            cut = [_shortened(alert, items, message.language) for alert in shown]
            yield _encoded(dispatch, message, cut, sequence, reports)


def _encoded(
    dispatch: Dispatch, message: Message, alerts: Sequence[Alert], sequence: int | None, reports: Mapping[str, str]
) -> bytes:
    first = dispatch.alerts[0]
    data = {
        "form": dispatch.form.value, "language": message.language, "subject": message.subject,
        "text": message.short[:2_000], "alerts": [_alert(alert, reports) for alert in alerts],
        "left_out": len(dispatch.alerts) - len(alerts),
    }  # fmt: skip
    whole = {
        "type": f"report.{first.kind.value}" if len(dispatch.alerts) == 1 else f"report.{dispatch.form.value}",
        "schema": "delivery/1", "id": dispatch.key, "sequence": sequence, "timestamp": first.raised_at.isoformat(),
        "data": data,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _alert(alert: Alert, reports: Mapping[str, str]) -> dict[str, object]:
    """The alert with the addresses of its full reports."""
    links = {name: web_address(reports.get(name, "")) for name in alert.comparison_ids}
    return alert.to_dict() | {"reports": {name: link for name, link in links.items() if link}}


def _shortened(alert: Alert, most: int, language: str) -> Alert:
    """The alert with at most that many changes, statistics and sections in its first sighting, the others bare."""
    seen = in_readers_order(alert.sightings, language)
    shown = [_cut(sighting, most if index == 0 else min(most, 1) * most // 5) for index, sighting in enumerate(seen)]
    title = alert.title[:200]
    return replace(alert, sightings=tuple(shown), title=title)


def _cut(sighting: Sighting, most: int) -> Sighting:
    changes, statistics = sighting.changes[:most], sighting.statistics[:most]
    gone = len(sighting.changes) + len(sighting.statistics) - len(changes) - len(statistics)
    return replace(
        sighting, changes=changes, statistics=statistics, sections=sighting.sections[:most],
        left_out=sighting.left_out + gone,
    )  # fmt: skip
