"""What a rule makes of an event, in values small enough to be stored and sent: the alert, and its deliveries."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from monitor.model.comparison import ChangeClass, Finding, Hunk, Operation, SectionStatus
from monitor.model.statistic import (
    Magnitude,
    Qualifier,
    Statistic,
    StatisticChange,
    StatisticEvent,
    StatisticKind,
)


class EventKind(StrEnum):
    """What happened. The first five are about the report, the others about following it.

    A return is a revision that leads back to an earlier version of the edition (A→B→A).
    """

    REVISION = "revision"
    EDITION = "edition"
    RETURN = "return"
    TRANSLATION_LAG = "translation_lag"
    TRANSLATION_DISAGREEMENT = "translation_disagreement"
    TROUBLE_BEGAN = "trouble_began"
    TROUBLE_ENDED = "trouble_ended"
    MOVED_ADDRESS = "moved_address"
    REDESIGN_SUSPECTED = "redesign_suspected"
    DELIVERY_FAILED = "delivery_failed"


class Severity(StrEnum):
    """How an alert is meant to strike its reader. A note is kept and listed, and never sent."""

    NOTE = "note"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A section as an alert names it. `position` is that in its document (None: a footnote, or no such side)."""

    heading: str
    topic: str | None = None
    position: int | None = None

    def matches(self, other: "Place") -> bool:
        """True if both name the same section in whatever language: the same topic, or the same position."""
        if self.topic is not None and self.topic == other.topic:
            return True
        return self.position is not None and self.position == other.position

    def to_dict(self) -> dict[str, object]:
        """The section as it stands in JSON."""
        return {"heading": self.heading, "topic": self.topic, "position": self.position}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Place":
        """The section that `to_dict` wrote."""
        return cls(heading=data["heading"], topic=data["topic"], position=data["position"])


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeExcerpt:
    """One change with its text cut down around what changed; what is left out of a hunk is an ellipsis."""

    change_class: ChangeClass
    place: Place
    hunks: tuple[Hunk, ...]
    findings: tuple[Finding, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The excerpt as it stands in JSON."""
        return {
            "class": self.change_class.value, "section": self.place.to_dict(),
            "hunks": [[hunk.operation.value, hunk.text] for hunk in self.hunks],
            "findings": [{"class": f.change_class.value, "old": f.old, "new": f.new} for f in self.findings],
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ChangeExcerpt":
        """The excerpt that `to_dict` wrote."""
        return cls(
            change_class=ChangeClass(data["class"]), place=Place.from_dict(data["section"]),
            hunks=tuple(Hunk(Operation(operation), text) for operation, text in data["hunks"]),
            findings=tuple(
                Finding(change_class=ChangeClass(f["class"]), old=f["old"], new=f["new"]) for f in data["findings"]
            ),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticExcerpt:
    """One statistic that changed, came or went, its sentences cut down around it."""

    place: Place
    change: StatisticChange

    def to_dict(self) -> dict[str, object]:
        """The excerpt as it stands in JSON: the statistic's change, and its section."""
        return self.change.to_dict() | {"section": self.place.to_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "StatisticExcerpt":
        """The excerpt that `to_dict` wrote."""
        return cls(
            place=Place.from_dict(data["section"]),
            change=StatisticChange(
                change=StatisticEvent(data["change"]), old=_statistic(data["old"]), new=_statistic(data["new"]),
                old_sentence=data["old_sentence"], new_sentence=data["new_sentence"], delta=data["delta"],
                ratio=data["ratio"], qualifier_changed=data["qualifier_changed"], confidence=data["confidence"],
            ),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionExcerpt:
    """A section that came, went, split, merged, moved or was renamed (then `old_heading` is what it was called)."""

    place: Place
    status: SectionStatus
    old_heading: str = ""
    renamed: bool = False
    moved: bool = False

    def to_dict(self) -> dict[str, object]:
        """The section as it stands in JSON."""
        return self.place.to_dict() | {
            "status": self.status.value, "old_heading": self.old_heading, "renamed": self.renamed, "moved": self.moved,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "SectionExcerpt":
        """The section that `to_dict` wrote."""
        return cls(
            place=Place.from_dict(data), status=SectionStatus(data["status"]), old_heading=data["old_heading"],
            renamed=data["renamed"], moved=data["moved"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two documents of a comparison. `source` is its address or file name."""

    language: str
    title: str
    edition: int | None
    source: str
    sha256: str

    def to_dict(self) -> dict[str, object]:
        """The side as it stands in JSON."""
        return {
            "language": self.language, "title": self.title, "edition": self.edition, "source": self.source,
            "sha256": self.sha256,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Side":
        """The side that `to_dict` wrote."""
        return cls(
            language=data["language"], title=data["title"], edition=data["edition"], source=data["source"],
            sha256=data["sha256"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """An event as one language shows it: what a rule asked for of one comparison.

    `left_out` counts the changes and statistics that the comparison has beyond those told here. Of a language that lags it
    tells what the other one changed, `since` when.
    """

    comparison_id: str
    old: Side
    new: Side
    changes: tuple[ChangeExcerpt, ...] = ()
    statistics: tuple[StatisticExcerpt, ...] = ()
    sections: tuple[SectionExcerpt, ...] = ()
    left_out: int = 0
    since: datetime | None = None

    @property
    def language(self) -> str:
        """The language of the text that is told."""
        return self.new.language

    def to_dict(self) -> dict[str, object]:
        """The sighting as it stands in JSON."""
        return {
            "comparison": self.comparison_id, "old": self.old.to_dict(), "new": self.new.to_dict(),
            "changes": [change.to_dict() for change in self.changes],
            "statistics": [statistic.to_dict() for statistic in self.statistics],
            "sections": [section.to_dict() for section in self.sections], "left_out": self.left_out,
            "since": self.since and self.since.isoformat(),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Sighting":
        """The sighting that `to_dict` wrote."""
        return cls(
            comparison_id=data["comparison"], old=Side.from_dict(data["old"]), new=Side.from_dict(data["new"]),
            changes=tuple(map(ChangeExcerpt.from_dict, data["changes"])),
            statistics=tuple(map(StatisticExcerpt.from_dict, data["statistics"])),
            sections=tuple(map(SectionExcerpt.from_dict, data["sections"])), left_out=data["left_out"],
            since=datetime.fromisoformat(data["since"]) if data.get("since") else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What an alert tells that comes from no comparison.

    `cause` is a short stable word (`timeout`, `block_page`, …), `detail` one sentence in English, `since` when it
    began, `address` where a page moved to or what is concerned, `count` how many pages are.
    """

    cause: str
    detail: str = ""
    since: datetime | None = None
    address: str = ""
    count: int = 0

    def to_dict(self) -> dict[str, object]:
        """The incident as it stands in JSON."""
        return {
            "cause": self.cause, "detail": self.detail, "since": self.since and self.since.isoformat(),
            "address": self.address, "count": self.count,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Incident":
        """The incident that `to_dict` wrote."""
        since = data["since"]
        return cls(
            cause=data["cause"], detail=data["detail"], since=datetime.fromisoformat(since) if since else None,
            address=data["address"], count=data["count"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What one rule makes of one event; merged alerts name several rules.

    `id` is stable (see `alert_id`): the same event met again is the same alert. `title` is the target's for a
    reader, `raised_at` aware. `sightings` hold the event in each language it was seen in, `incident` what comes
    from no comparison.
    """

    id: str
    rules: tuple[str, ...]
    kind: EventKind
    severity: Severity
    target: str
    title: str
    languages: tuple[str, ...]
    raised_at: datetime
    sightings: tuple[Sighting, ...] = ()
    incident: Incident | None = None

    @property
    def comparison_ids(self) -> tuple[str, ...]:
        """The comparisons that the alert tells of."""
        return tuple(sighting.comparison_id for sighting in self.sightings)

    def to_dict(self) -> dict[str, object]:
        """The alert as it is stored, and as it stands in JSON (`alert/1`)."""
        return {
            "id": self.id, "schema": "alert/1", "rules": list(self.rules), "kind": self.kind.value,
            "severity": self.severity.value, "target": self.target, "title": self.title,
            "languages": list(self.languages), "raised_at": self.raised_at.isoformat(),
            "sightings": [sighting.to_dict() for sighting in self.sightings],
            "incident": self.incident and self.incident.to_dict(),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Alert":
        """The alert that `to_dict` wrote. Raises KeyError or ValueError for anything else."""
        incident = data["incident"]
        return cls(
            id=data["id"], rules=tuple(data["rules"]), kind=EventKind(data["kind"]),
            severity=Severity(data["severity"]), target=data["target"], title=data["title"],
            languages=tuple(data["languages"]), raised_at=datetime.fromisoformat(data["raised_at"]),
            sightings=tuple(map(Sighting.from_dict, data["sightings"])),
            incident=Incident.from_dict(incident) if incident else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert on its way to one channel, in the words of one language."""

    alert_id: str
    channel: str
    wording: str = "en"

    @property
    def key(self) -> str:
        """The idempotency key: a hash of alert and channel, of hexadecimal digits only."""
        return stable_id(self.alert_id, self.channel)

    def to_dict(self) -> dict[str, object]:
        """The delivery as it stands in JSON."""
        return {"key": self.key, "alert": self.alert_id, "channel": self.channel, "wording": self.wording}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Delivery":
        """The delivery that `to_dict` wrote."""
        return cls(alert_id=data["alert"], channel=data["channel"], wording=data["wording"])


def alert_id(*, rule: str, target: str, languages: tuple[str, ...], event: str) -> str:
    """The name of an alert: the same rule, target, languages and event give the same one."""
    return stable_id(rule, target, *sorted(languages), event)


def stable_id(*parts: str) -> str:
    """A name of 32 hexadecimal digits that depends on the parts and their order only."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _statistic(data: Mapping[str, Any] | None) -> Statistic | None:
    if data is None:
        return None
    value, magnitude = data["value"], data["magnitude"]
    return Statistic(
        start=data["start"], end=data["end"], quote=data["quote"],
        value=(value[0], value[1]) if isinstance(value, list) else value, low=data["low"], high=data["high"],
        magnitude=Magnitude(magnitude) if magnitude else None, qualifier=Qualifier(data["qualifier"]),
        kind=StatisticKind(data["kind"]), unit=data["unit"], counted=data["counted"], section=data["section"],
        block=data["block"],
    )  # fmt: skip
