"""`monitor compact`: captures without change thinned out by rule, bytes packed anew, space given back."""

import argparse
import sys
from datetime import timedelta

from monitor.cli.main import SAME, TROUBLE, counted, printable
from monitor.cli.progress import Progress
from monitor.errors import StoreError
from monitor.wiring_past import compact_run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor compact` takes."""
    parser.add_argument("--keep-all-days", type=float, metavar="N", help="captures younger than that all stay")
    parser.add_argument(
        "--thin-to-days", type=float, metavar="N", help="of older ones without change one stays in so many"
    )


def run(options: argparse.Namespace) -> int:
    """Compact page after page, and print what that gave; 2 if a page is damaged."""
    captures = snapshots = troubles = 0
    with compact_run(options.config, options.store, options.keep_all_days, options.thin_to_days) as under_way:
        compaction = under_way.store.compaction
        pages = compaction.pages()
        progress = Progress("pages compacted", len(pages))
        for row, page in pages:
            try:
                done = compaction.compact(row, page, under_way.before, timedelta(days=under_way.thin_to_days))
            except StoreError as error:
                progress.clear()
                print(printable(f"monitor: {'/'.join(page)} stays as it is: {error}"), file=sys.stderr)
                troubles += 1
            else:
                captures += done.captures
                snapshots += done.snapshots
            progress.step()
        progress.clear()
        given = compaction.give_back()
    print(
        f"{counted(captures, 'capture')} without change thinned out, {counted(snapshots, 'snapshot')} dropped, {counted(given, 'byte')} given back"
    )
    print("every version is held as before")
    return TROUBLE if troubles else SAME
