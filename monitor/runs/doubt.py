"""Changes too large to be believed at once: a second look decides, or the operator, if a whole site changed so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.model.quality import Verdict
from monitor.runs.desk import round_began

if TYPE_CHECKING:
    from monitor.model.ports import Following
    from monitor.model.standing import Standing
    from monitor.model.target import Key, Page
    from monitor.runs.desk import Desk
    from monitor.runs.examine import Examination


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a change is not believed: a doubtful `verdict`, its `reason` in sentences, and `since` when it is found so.

    `redesigned` are the pages of the site that changed so in this round, with the time when each did, if this change
    makes it clear that the site is the cause; else none.
    """

    verdict: Verdict
    reason: str
    since: datetime
    redesigned: dict[Key, datetime]


def doubt(
    found: Examination, page: Page, standing: Standing, at: datetime, desk: Desk, following: Following
) -> Doubt | None:
    """Why the change is not to be believed now; None if it is like any other, or a second look has confirmed it.

    While many pages of the site change so, second looks go on until it is clear whether the site is the cause.
    """
    if not found.surprise:
        return None
    known = found.agrees or standing.unaccepted
    since = standing.surprised_at if known and standing.surprised_at else at
    if following.has_unaccepted(page.site):
        return _of_site(found, page, since, {})
    surprised = dict(following.surprised(page.site, round_began(at))) | {page.key: since}
    if desk.is_redesign(page.site, len(surprised)):
        return _of_site(found, page, since, surprised)
    verdict = found.reading.verdict if found.believed else Verdict.UNCONFIRMED
    due = since + (desk.believe_after if found.believed else desk.confirm_after)
    if found.agrees and at >= due:
        if not _is_spreading(page.site, surprised, following):
            return None
        due = at + desk.confirm_after
    reason = f"{found.surprise} It is believed if it is found again after {due:%Y-%m-%d %H:%M} UTC."
    return Doubt(verdict=verdict, reason=reason, since=since, redesigned={})


def _is_spreading(site: str, surprised: Mapping[Key, datetime], following: Following) -> bool:
    """True if so many of the pages looked at since the first surprise changed so that the site may be the cause: where
    pages are spread over a day, their number comes to light only with time."""
    from monitor.alerts.redesign import is_redesign

    return is_redesign(len(surprised), following.looked_at(site, min(surprised.values())))


def _of_site(found: Examination, page: Page, since: datetime, redesigned: dict[Key, datetime]) -> Doubt:
    reason = (
        f"{found.surprise} Many pages of {page.site} changed so at once. The version before stays the base until"
        f" `monitor accept {page.name}`, or `monitor accept --host {page.site}` for all of them."
    )
    return Doubt(verdict=Verdict.UNACCEPTED, reason=reason, since=since, redesigned=redesigned)
