"""One acceptance that kills itself at a named step: `python -m tests.fakes.killed_accept STEP FOLDER`."""

import sys
from pathlib import Path

from monitor.model.target import Page
from monitor.runs.accept import accept
from monitor.runs.desk import Desk
from monitor.runs.examine import Here
from monitor.store.store import SnapshotStore
from monitor.wiring import SystemClock
from tests.fakes.killed import PAGE, RULE, Killer

STEPS = (
    "in the record: readings", "in the record: comparisons", "in the record: followed", "in the record: alerts",
    "in the record: deliveries", "before the commit", "accepted",
)  # fmt: skip


def main(step: str, folder: str) -> None:
    """Accept what waits, if anything does, and have it told."""
    killer = Killer(step)
    store = SnapshotStore(Path(folder))
    aside = store.acceptance.set_aside((PAGE, "en"))
    if aside is not None:
        store._database.connection.set_trace_callback(killer.saw)
        page = Page(target=PAGE, language="en", url="https://reports.example/")
        accept(page, aside, store, Here(), Desk(rules=(RULE,)), SystemClock(), tell=True)
        killer.at("accepted")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
