"""`monitor verify`: every stored byte re-hashed, every index row accounted for."""

import argparse

from monitor.cli.main import SAME, TROUBLE, printable
from monitor.wiring import opened_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor verify` takes: nothing of its own."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Print what was counted and found; 2 if anything is damaged."""
    with opened_store(options.config, options.store) as store:
        found = store.inspect()
    for line in (*found.problems, *found.remarks):
        print(printable(line))
    print(
        f"{found.captures:,} captures, {found.snapshots:,} snapshots, {found.comparisons:,} comparisons;"
        f" {found.content_bytes:,} bytes as captured, {found.stored_bytes:,} as stored"
    )
    print(f"{len(found.problems)} problems" if found.problems else "all whole")
    return TROUBLE if found.problems else SAME
