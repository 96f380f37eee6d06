"""What the store is given and gives back on the path of a page: what is held, snapshots, readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.model.capture import Validators
from monitor.model.quality import Verdict

if TYPE_CHECKING:
    from monitor.model.comparison import Comparison
    from monitor.model.target import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the store knows of a page before it is asked for again.

    `latest` is the SHA-256 of the last capture, `base` that of the last one that was the report: the old side of the
    next comparison (None: there is none yet), `base_accepted` is true if it was not taken for the report. `verdict` and `reason` are those of the last capture. `relied` counts
    the checks since the last body that came, at `full_at`.
    """

    latest: str
    latest_at: datetime
    verdict: Verdict
    reason: str = ""
    base: str | None = None
    base_accepted: bool = False
    validators: Mapping[str, Validators] = field(default_factory=dict)
    relied: int = 0
    full_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The bytes of a capture, with what is needed to read them as they were meant."""

    target: str
    language: str
    sha256: str
    content: bytes
    url: str
    media_type: str | None
    captured_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What today's code makes of a snapshot.

    `digest` names what the reader sees, noise removed; None if the page is not the report. `same_as` is the SHA-256
    of an earlier snapshot of the page that reads the same, although its digest differs (typography).
    """

    verdict: Verdict
    reason: str = ""
    digest: bytes | None = None
    title: str = ""
    edition: int | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A capture since the last version of its page (`base`; None: it has none) that was not believed.

    `since` is when its bytes were first captured after that version, `captured_at` when they were last.
    """

    page: Key
    sha256: str
    base: str | None
    verdict: Verdict
    reason: str
    since: datetime
    captured_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A comparison to be kept with the capture that brought it: `old_sha256` names its old side."""

    old_sha256: str
    comparison: Comparison
