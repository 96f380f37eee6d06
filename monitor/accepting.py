"""What `monitor accept` needs, introduced to each other: the pages meant, what was set aside of them, who examines it.

Stands beside wiring.py and, like it, imports each thing only where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import wiring
from monitor.errors import InputError
from monitor.model.target import named_pages

if TYPE_CHECKING:
    from monitor.alerts.outbox import Settled
    from monitor.config import Configuration
    from monitor.model.history import SetAside
    from monitor.model.target import Page
    from monitor.runs.accept import Accepted
    from monitor.sandbox.parent import Sandbox
    from monitor.store.store import SnapshotStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """An acceptance under way. `waiting` are the pages meant, each with what was set aside of it."""

    waiting: Sequence[tuple[Page, SetAside]]
    settings: Configuration
    store: SnapshotStore
    sandbox: Sandbox

    def accept(self, page: Page, aside: SetAside, *, tell: bool) -> Accepted:
        """See `runs.accept.accept`."""
        from monitor.runs.accept import accept

        desk = wiring.desk_of(self.settings)
        return accept(page, aside, self.store, self.sandbox, desk, wiring.CLOCK, tell=tell)

    def deliver(self) -> Iterator[Settled]:
        """Send what is due. Raises BusyError if a daemon or a check works in the store, which sends it then."""
        with self.store.claimed():
            yield from wiring.delivered(self.store, self.settings, gathered=True)


@contextmanager
def acceptance(
    config: Path | None, store: Path | None, names: Sequence[str], hosts: Sequence[str]
) -> Iterator[Acceptance]:
    """What was set aside of the named targets, pages and hosts, by default of all. It works beside a daemon.

    Of a target or a host that is what waits to be believed; of a page that is named itself, what came last.

    Raises:
        InputError: a name is not in the configuration, or nothing of it was set aside.
    """
    from monitor.sandbox.parent import Sandbox

    settings = wiring.configuration(config)
    with wiring.opened_store(config, store) as kept:
        sandbox = Sandbox()
        try:
            waiting = _waiting(kept, settings, names, hosts)
            yield Acceptance(waiting=waiting, settings=settings, store=kept, sandbox=sandbox)
        finally:
            sandbox.close()


def _waiting(
    kept: SnapshotStore, settings: Configuration, names: Sequence[str], hosts: Sequence[str]
) -> list[tuple[Page, SetAside]]:
    found = []
    for page in _meant(settings, names, hosts):
        aside = kept.acceptance.set_aside(page.key)
        if aside is not None and (aside.verdict.waits or page.name in names):
            found.append((page, aside))
    known = {name for page, _ in found for name in (page.name, page.target, page.site)}
    for name in (*names, *hosts):
        if name not in known:
            raise InputError(f"{name}: nothing waits to be accepted; `monitor accept` lists what does")
    return found


def _meant(settings: Configuration, names: Sequence[str], hosts: Sequence[str]) -> list[Page]:
    pages = named_pages(settings.targets, ())
    sites = sorted({page.site for page in pages})
    for host in hosts:
        if host not in sites:
            raise InputError(f"{host}: no page of the configuration is there; there are {', '.join(sites)}")
    named = set(named_pages(settings.targets, names)) if names or not hosts else set()
    return [page for page in pages if page in named or page.site in hosts]
