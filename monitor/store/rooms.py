"""The rooms of the store beside the path of a page, each opened when it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from monitor.model.target import Key

if TYPE_CHECKING:
    from monitor.store.acceptance import Acceptance
    from monitor.store.backlog import Backlog
    from monitor.store.compaction import Compaction
    from monitor.store.database import Database
    from monitor.store.intake import Intake
    from monitor.store.outbox import Outbox
    from monitor.store.outgoing import Outgoing
    from monitor.store.repair import Repair
    from monitor.store.rereading import Rereading


class Rooms:
    """What else the store's file holds. `_database` is set by who opens it."""

    _database: Database

    @property
    def outbox(self) -> Outbox:
        """What is to be said, and what was."""
        from monitor.store.outbox import Outbox

        return Outbox(self._database)

    @property
    def acceptance(self) -> Acceptance:
        """What was set aside, and may be made a version after all."""
        from monitor.store.acceptance import Acceptance

        return Acceptance(self._database)

    @property
    def intake(self) -> Intake:
        """What comes out of the past, and the line that it goes into."""
        from monitor.store.intake import Intake

        return Intake(self._database)

    @property
    def backlog(self) -> Backlog:
        """What archives were found to hold, and what became of it."""
        from monitor.store.backlog import Backlog

        return Backlog(self._database)

    @property
    def repair(self) -> Repair:
        """What finds damage and puts good bytes in its place."""
        from monitor.store.repair import Repair

        return Repair(self._database)

    @property
    def rereading(self) -> Rereading:
        """Readings made anew."""
        from monitor.store.rereading import Rereading

        return Rereading(self._database)

    @property
    def compaction(self) -> Compaction:
        """What makes the store smaller."""
        from monitor.store.compaction import Compaction

        return Compaction(self._database)

    def outgoing(self, pages: Iterable[Key] | None = None) -> Outgoing:
        """What is held of these pages, or of all, on its way out."""
        from monitor.store.outgoing import Outgoing

        return Outgoing(self._database, pages)
