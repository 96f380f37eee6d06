"""Captures taken in from wherever they come, a good handful to a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model.past import PastCapture
    from monitor.model.past_ports import PastStore

MOST = 200
LARGEST = 8_000_000


@dataclass(slots=True)
class Tally:
    """How many captures came, and how many of them were new."""

    came: int = 0
    new: int = 0


def take_all(captures: Iterable[PastCapture], store: PastStore, tally: Tally) -> Iterator[int]:
    """Keep every capture until it is placed; yields how many came with each transaction that kept them."""
    batch: list[PastCapture] = []
    size = 0
    for capture in captures:
        batch.append(capture)
        size += len(capture.content or b"")
        if len(batch) >= MOST or size >= LARGEST:
            yield _kept(batch, store, tally)
            batch, size = [], 0
    if batch:
        yield _kept(batch, store, tally)


def _kept(batch: list[PastCapture], store: PastStore, tally: Tally) -> int:
    tally.new += store.take(batch)
    tally.came += len(batch)
    return len(batch)
