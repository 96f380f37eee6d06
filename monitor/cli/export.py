"""`monitor export`: a WARC of what is held, and its comparisons as JSON lines."""

import argparse
import json
from pathlib import Path

from monitor.cli.main import SAME, counted
from monitor.cli.progress import Progress
from monitor.errors import InputError
from monitor.wiring import opened_store, profiles
from monitor.wiring_past import keys_of, written


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor export` takes."""
    parser.add_argument("names", nargs="*", metavar="TARGET[/LANG]", help="what to export (default: everything)")
    parser.add_argument("--warc", type=Path, metavar="FILE", help="every capture as WARC 1.1; packed if it ends in .gz")
    parser.add_argument("--comparisons", type=Path, metavar="FILE.jsonl", help="every comparison, a line of JSON each")


def run(options: argparse.Namespace) -> int:
    """Write the files that were asked for; each appears when it is whole."""
    if not options.warc and not options.comparisons:
        raise InputError("say what to write: `monitor export --warc FILE.warc.gz` or `--comparisons FILE.jsonl`")
    with opened_store(options.config, options.store) as store:
        outgoing = store.outgoing(keys_of(options.names, store))
        if options.warc:
            from monitor.archive.writer import Writer

            progress = Progress("captures written", outgoing.count())
            with written(options.warc) as file:
                writer = Writer(file, gzip=options.warc.suffix == ".gz")
                count = writer.write_all(outgoing.captures(), progress.step)
            progress.clear()
            print(f"{options.warc}: {counted(count, 'capture')}")
        if options.comparisons:
            from monitor.runs.export import comparison_records

            count = 0
            with written(options.comparisons) as file:
                for record in comparison_records(outgoing.comparisons(), profiles(options.config)):
                    file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
                    count += 1
            print(f"{options.comparisons}: {counted(count, 'comparison')}")
    return SAME
