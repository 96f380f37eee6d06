"""`monitor inspect REF…`: what was read of a document: sections, statistics, footnotes and the verdict."""

import argparse
import json
from pathlib import Path

from monitor.cli.main import SAME, TROUBLE, tell
from monitor.cli.options import language_tag, open_output, places
from monitor.errors import MonitorError
from monitor.references import read_reference


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor inspect` takes."""
    parser.add_argument("references", nargs="+", metavar="REF", help="a file, `-`, an address or a stored document")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text")
    parser.add_argument(
        "--language", type=language_tag, metavar="TAG", help="the document's language, where it does not say"
    )
    parser.add_argument("--profile", metavar="NAME | FILE.toml", help="read as this site's, to try a profile out")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to standard output")


def run(options: argparse.Namespace) -> int:
    """Print every document that can be read; 2 if any could not, after the others are done."""
    from monitor.report.data import document_record
    from monitor.report.outline import outline

    status, where = SAME, places(options)
    with open_output(options.output) as output:
        for reference in options.references:
            try:
                document = read_reference(reference, where, language=options.language, profile=options.profile)
            except MonitorError as error:
                tell(error)
                status = TROUBLE
                continue
            if options.format == "jsonl":
                output.write(json.dumps(document_record(document), ensure_ascii=False) + "\n")
            else:
                output.write(outline(document))
    return status
