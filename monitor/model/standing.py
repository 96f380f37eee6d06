"""How following a page stands, beside what was captured of it: its troubles, its claims on attention, its next turn."""

from dataclasses import dataclass
from datetime import datetime

from monitor.model.target import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is kept of a page between two checks.

    `failures` counts the checks in a row in which it could not be had or was not the report, for the same or for
    changing causes; `cause` is the last one, `since` when the first of them was. `told` is true once the trouble was
    made an event, `good` counts the good checks since. `surprised_at` is when the page last lost most of its text or of
    its outline. `unaccepted` is true as long as it did so with its whole site and nobody has accepted that: its base
    stays what it was at `surprised_at`. `distrusted` is true once its server said "not modified" of a page that was. `moved_to` is where it
    led permanently when that was told. `next_at` is when it is due (None: as kept).
    """

    page: Key
    site: str = ""
    failures: int = 0
    good: int = 0
    cause: str = ""
    since: datetime | None = None
    told: bool = False
    surprised_at: datetime | None = None
    unaccepted: bool = False
    distrusted: bool = False
    moved_to: str = ""
    changed_at: datetime | None = None
    next_at: datetime | None = None

    @property
    def is_clean(self) -> bool:
        """True if the page was in no trouble when it was last looked at."""
        return not self.failures and not self.told

    @property
    def is_pristine(self) -> bool:
        """True if nothing is known of the page that could not be forgotten."""
        return self == Standing(page=self.page, site=self.site)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What a host is owed: nothing before `free_at`, and before `closed_until` if it asked to be left alone; `pause`
    is what its robots.txt asks for, in seconds."""

    host: str
    free_at: datetime
    closed_until: datetime | None = None
    pause: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsText:
    """A site's robots.txt as it was had; None where everything is allowed."""

    origin: str
    text: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one language of a target lacks against the source, by a name that stays as long as it lasts."""

    page: Key
    name: str
    noticed_at: datetime
    told: bool = False
