"""`monitor verify`: every stored byte re-hashed, every index row accounted for, and what copies allow mended."""

import argparse
from pathlib import Path

from monitor.cli.main import SAME, TROUBLE, counted, printable
from monitor.errors import InputError
from monitor.wiring import opened_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor verify` takes."""
    parser.add_argument("--repair", action="store_true", help="mend what can be mended; deletes nothing")
    parser.add_argument(
        "--from", dest="copies", action="append", type=Path, default=[], metavar="PATH",
        help="a copy to mend from: the folder of another store, or a WARC file; may be given several times",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Print what was mended, counted and found; 2 if anything is damaged."""
    if options.copies and not options.repair:
        raise InputError("--from names copies to mend from; give it with --repair")
    if options.repair:
        from monitor.wiring_past import import_run

        with import_run(options.config, options.store, create=False) as under_way:
            for line in under_way.mend(options.copies):
                print(printable(line), flush=True)
    with opened_store(options.config, options.store) as store:
        found = store.inspect()
    for line in (*found.problems, *found.remarks):
        print(printable(line))
    print(
        f"{counted(found.captures, 'capture')}, {counted(found.snapshots, 'snapshot')}, {counted(found.comparisons, 'comparison')};"
        f" {found.content_bytes:,} bytes as captured, {found.stored_bytes:,} as stored"
    )
    if found.problems and not options.repair:
        print("to mend it: monitor verify --repair, with --from COPY for bytes that a copy of the store or a WARC has")
    print(counted(len(found.problems), "problem") if found.problems else "all whole")
    return TROUBLE if found.problems else SAME
