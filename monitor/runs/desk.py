"""What is to be said of what a check found: events made into alerts by the rules. Acts on nothing itself.

Without rules nothing of alerts is even imported, so that a plain check stays cheap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.model.told import Raised

if TYPE_CHECKING:
    from monitor.alerts.criteria import Context, Rule
    from monitor.model.alert import EventKind, Incident
    from monitor.model.comparison import Comparison
    from monitor.model.standing import Standing
    from monitor.model.target import Page

_ROUND = timedelta(hours=48)
"""Long enough for the second look of who looks once a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The rules, with what they have to know.

    `titles` are those of the targets, `followed` counts the pages of each site. A surprising change is believed when
    it is seen again after `confirm_after`, a page that says for itself that there is none after `believe_after`; a
    language may be `grace` behind before anyone hears of it.
    """

    rules: Sequence[Rule] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    followed: Mapping[str, int] = field(default_factory=dict)
    confirm_after: timedelta = timedelta(hours=1)
    believe_after: timedelta = timedelta(hours=24)
    grace: timedelta = timedelta(days=7)

    def about(
        self, comparison: Comparison, target: str, now: datetime, *, returned_to: datetime | None = None,
        behind_since: datetime | None = None, silent: bool = False,
    ) -> tuple[Raised, ...]:  # fmt: skip
        """What the rules say of a comparison; if `silent` it is noted and not sent."""
        if not self.rules:
            return ()
        from monitor.alerts.outbox import raised
        from monitor.alerts.rules import decide
        from monitor.model.alert import Severity

        context = replace(self._context(target, now), returned_to=returned_to, behind_since=behind_since)
        alerts = decide(comparison, self.rules, context)
        if silent:
            alerts = tuple(replace(alert, severity=Severity.NOTE) for alert in alerts)
        return raised(alerts, self.rules)

    def trouble(self, standing: Standing, page: Page, now: datetime, *, detail: str, ended: bool) -> tuple[Raised, ...]:
        """What the rules say of trouble that began or ended."""
        if not self.rules:
            return ()
        from monitor.model.alert import EventKind, Incident

        kind = EventKind.TROUBLE_ENDED if ended else EventKind.TROUBLE_BEGAN
        incident = Incident(cause=standing.cause, detail=detail, since=standing.since, address=page.site)
        return self._incident(kind, incident, page.target, now, (page.language,))

    def moved(self, page: Page, address: str, now: datetime) -> tuple[Raised, ...]:
        """What the rules say of a page that leads permanently to another address."""
        if not self.rules:
            return ()
        from monitor.model.alert import EventKind, Incident

        incident = Incident(cause="moved", detail="Give the new address in the configuration.", address=address)
        return self._incident(EventKind.MOVED_ADDRESS, incident, page.target, now, (page.language,))

    def redesign(self, site: str, since: datetime, count: int, now: datetime) -> tuple[Raised, ...]:
        """What the rules say of a site of which so many pages changed their structure since then."""
        if not self.rules:
            return ()
        from monitor.model.alert import EventKind, Incident

        detail = f"The versions before stay the base of each page until `monitor accept --host {site}`."
        incident = Incident(cause="redesign", detail=detail, since=since, address=site, count=count)
        return self._incident(EventKind.REDESIGN_SUSPECTED, incident, site, now, ())

    def full_disk(self, store: str, since: datetime, now: datetime, *, detail: str, ended: bool) -> tuple[Raised, ...]:
        """What every rule that hears of trouble, of whatever target, says of a disk that was found full, or has room."""
        if not self.rules:
            return ()
        from monitor.alerts.criteria import Context
        from monitor.alerts.outbox import raised
        from monitor.alerts.rules import decide_incident
        from monitor.model.alert import EventKind, Incident

        kind = EventKind.TROUBLE_ENDED if ended else EventKind.TROUBLE_BEGAN
        rules = [replace(rule, targets=(), languages=()) for rule in self.rules]
        incident = Incident(cause="disk_full", detail=detail, since=since)
        return raised(decide_incident(kind, incident, (), rules, Context(target=store, title=store, now=now)), rules)

    def is_redesign(self, site: str, restructured: int) -> bool:
        """True if so many pages of a site that lost most of themselves within a round mean the site itself."""
        from monitor.alerts.redesign import is_redesign

        return is_redesign(restructured, self.followed.get(site, 0))

    @property
    def hears_of_languages(self) -> bool:
        """True if any rule asks for lags or disagreements of translations."""
        if not self.rules:
            return False
        from monitor.model.alert import EventKind

        wanted = {EventKind.TRANSLATION_LAG, EventKind.TRANSLATION_DISAGREEMENT}
        return any(not rule.kinds or wanted & set(rule.kinds) for rule in self.rules)

    def _incident(
        self, kind: EventKind, incident: Incident, target: str, now: datetime, languages: Sequence[str]
    ) -> tuple[Raised, ...]:
        from monitor.alerts.outbox import raised
        from monitor.alerts.rules import decide_incident

        return raised(decide_incident(kind, incident, languages, self.rules, self._context(target, now)), self.rules)

    def _context(self, target: str, now: datetime) -> Context:
        from monitor.alerts.criteria import Context

        return Context(target=target, title=self.titles.get(target, target), now=now)


def round_began(now: datetime) -> datetime:
    """Since when changes of a site belong to one round."""
    return now - _ROUND
