"""`monitor translations`: all languages of one report side by side, of a target held or of documents given."""

import argparse
from pathlib import Path
from typing import IO, TYPE_CHECKING

from monitor.cli.main import SAME
from monitor.cli.options import add_wording, language_tag, open_output, places
from monitor.errors import InputError
from monitor.language.tag import canonical
from monitor.references import Places, read_reference

if TYPE_CHECKING:
    from monitor.diff.languages import Languages


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor translations` takes."""
    parser.epilog = (
        "One name is a target that is held (russia, russia@2024); several are documents, as `diff` takes them."
    )
    parser.add_argument("names", nargs="+", metavar="TARGET[@EDITION] | REF", help="a target, or two documents or more")
    parser.add_argument(
        "--source",
        type=language_tag,
        metavar="TAG",
        help="the language the others are held against (default: as configured, else en)",
    )
    parser.add_argument("--format", choices=("text", "html", "json"), default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to standard output")
    add_wording(parser)


def run(options: argparse.Namespace) -> int:
    """Put them side by side and print."""
    languages = _languages(options.names, options.source, places(options))
    _check_source(languages, options.source)
    with open_output(options.output) as output:
        output.write(_report(languages, options, output))
    return SAME


def _languages(names: list[str], source: str | None, where: Places) -> "Languages":
    if len(names) == 1 and "/" not in names[0] and not Path(names[0]).exists():
        from monitor.wiring import stored_languages

        return stored_languages(names[0], source=source, config=where.config, store=where.store)
    from monitor.diff.languages import side_by_side

    return side_by_side([read_reference(name, where) for name in names], source or "en")


def _check_source(languages: "Languages", source: str | None) -> None:
    """Raises InputError if the language that was asked for as the source is not there."""
    held = [document.language for document in (*languages.matrix.documents, *languages.left_out)]
    if source is not None and canonical(source) != canonical(languages.matrix.source_language):
        raise InputError(f"--source {source}: no text to be compared is in it; there are {', '.join(held)}")


def _report(languages: "Languages", options: argparse.Namespace, output: IO[str]) -> str:
    if options.format == "json":
        from monitor.report.data import as_indented, languages_record

        return as_indented(languages_record(languages))
    from monitor.report.grid import grid

    shown = grid(languages, wording=options.wording)
    if options.format == "html":
        from monitor.report.page import grid_page

        return grid_page(shown)
    from monitor.cli.main import terminal_width
    from monitor.cli.options import colour_wanted
    from monitor.report.grid_plain import grid_plain

    return grid_plain(shown, colour=colour_wanted(output), width=terminal_width())
