"""A damaged store put right: bytes from copies, readings and comparisons made anew. Tells each step in a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model.past_ports import Copy, Mendable
    from monitor.model.ports import Clock
    from monitor.runs.backfill import Backfill
    from monitor.runs.reread import Reread


def mend(
    store: Mendable, copies: Sequence[Copy], backfill: Backfill, reread: Reread, clock: Clock
) -> Iterator[str]:  # fmt: skip
    """Mend what can be mended; the lines say what was done, and from where.

    Raises:
        StoreError: the store's file itself is damaged beyond its indexes.
    """
    store.rebuild_indexes()
    for row, (page, at) in store.missing().items():
        for copy in copies:
            content = copy.captured(page, at)
            if content is not None:
                store.restore_missing(row, page, content)
                yield f"{'/'.join(page)} of {at:%Y-%m-%d %H:%M:%S}: bytes that were missing are back, from {copy.name}"
                break
    yield from _restored(store, copies, clock)
    for page in store.unread():
        changed = len(reread.page(page))
        yield f"{'/'.join(page)}: read anew from its bytes, {changed} captures differently"
    for page in backfill.waiting():
        backfill.mend(page)
        yield f"{'/'.join(page)}: compared anew"


def _restored(store: Mendable, copies: Sequence[Copy], clock: Clock) -> Iterator[str]:
    """Bytes put right, each once; what leans on them is right by that."""
    hopeless: set[str] = set()
    while wanted := [sha256 for sha256 in store.damaged() if sha256 not in hopeless]:
        sha256 = wanted[0]
        for copy in copies:
            content = copy.content(sha256)
            if content is not None and store.restore(sha256, content, clock.now()):
                yield f"snapshot {sha256[:16]}: restored from {copy.name}"
                break
        else:
            hopeless.add(sha256)
