"""A full disk, as it is told: at once and past the outbox, which cannot be written then; its end through the outbox."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from monitor import wiring
from monitor.alerting import sent_past_the_outbox
from monitor.duty.log import event
from monitor.model.told import Raised, Told
from monitor.store.store import SnapshotStore

if TYPE_CHECKING:
    from monitor.config import Configuration

Opened = Callable[[], SnapshotStore]
"""Opens the store anew, for the thread that calls it."""


def sound(settings: Configuration, since: datetime, problem: str) -> None:
    """Send word that the disk is full, one try through each channel of the rules that hear of trouble."""
    for channel, outcome in sent_past_the_outbox(settings, _raised(settings, since, problem, ended=False)):
        event("alarm", logging.WARNING, channel=channel, outcome=type(outcome).__name__.lower())


def all_clear(settings: Configuration, store: SnapshotStore, since: datetime) -> None:
    """Have it told that there is room again."""
    raised = tuple(_raised(settings, since, "", ended=True))
    store.tell(Told(raised=raised))
    event("room", since=since.isoformat(), alerts=len(raised))


def _raised(settings: Configuration, since: datetime, problem: str, *, ended: bool) -> Iterable[Raised]:
    name = f"monitor on {os.uname().nodename}"
    return wiring.desk_of(settings).full_disk(name, since, wiring.CLOCK.now(), detail=problem, ended=ended)
