"""`monitor diff OLD NEW`: one report of what changed, or a line of JSON for each of many pairs."""

import argparse
import json
from pathlib import Path
from typing import IO, TYPE_CHECKING

from monitor.cli.main import DIFFERENT, SAME, TROUBLE
from monitor.cli.options import add_wording, language_tag, open_output, places
from monitor.errors import InputError, MonitorError
from monitor.model.comparison import Comparison, ComparisonKind
from monitor.model.document import Document
from monitor.references import read_reference

if TYPE_CHECKING:
    from monitor.diff.languages import Languages


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor diff` takes."""
    parser.epilog = "A document is a file, `-` (standard input), an address, or a stored TARGET/LANG[@edition|date|…]."
    parser.add_argument("old", nargs="?", metavar="OLD", help="the older document")
    parser.add_argument("new", nargs="?", metavar="NEW", help="the newer document")
    parser.add_argument("--pairs", type=Path, metavar="FILE.jsonl", help="many pairs: {id, old, new} a line")
    parser.add_argument("--format", choices=("text", "html", "markdown", "json", "jsonl"))
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to standard output")
    parser.add_argument("--as", dest="kind", choices=[kind.value for kind in ComparisonKind], help="compare as")
    parser.add_argument(
        "--language", type=language_tag, metavar="TAG", help="the language of both documents, where they do not say"
    )
    add_wording(parser)
    parser.add_argument("--typography", action="store_true", help="show changes of quotes, dashes and spaces too")


def run(options: argparse.Namespace) -> int:
    """Compare, print, and return 0 if the documents say the same, 1 if not (2, with the reason, by the caller)."""
    if options.pairs:
        return _run_pairs(options)
    if not options.old or not options.new:
        raise InputError("diff compares two documents: `monitor diff OLD NEW`, or `--pairs FILE.jsonl` for many")
    comparison = _compare(options.old, options.new, options, Path())
    with open_output(options.output) as output:
        output.write(_report(comparison, options, output))
    return DIFFERENT if comparison.changed else SAME


def _compare(old: str, new: str, options: argparse.Namespace, folder: Path) -> Comparison:
    from monitor.diff.comparison import compare

    where = places(options, folder)
    old_document = read_reference(old, where, language=options.language)
    new_document = read_reference(new, where, language=options.language)
    kind = ComparisonKind(options.kind) if options.kind else None
    return compare(old_document, new_document, kind, typography=options.typography)


def _report(comparison: Comparison, options: argparse.Namespace, output: IO[str]) -> str:
    if options.format in ("json", "jsonl"):
        from monitor.report.data import as_json, as_json_line

        return as_json(comparison) if options.format == "json" else as_json_line(comparison)
    from monitor.report.view import view

    shown = view(
        comparison, wording=options.wording, typography=options.typography, languages=_languages(comparison, options)
    )
    if options.format == "html":
        from monitor.report.page import page

        return page(shown)
    if options.format == "markdown":
        from monitor.report.markdown import markdown

        return markdown(shown)
    from monitor.cli.main import terminal_width
    from monitor.cli.options import colour_wanted
    from monitor.report.plain import plain

    return plain(shown, colour=colour_wanted(output), width=terminal_width())


def _languages(comparison: Comparison, options: argparse.Namespace) -> "Languages | None":
    """All languages of the new side's edition, if both sides are versions of one page that is held; None too if one
    cannot be read."""
    old, new = _page(comparison.old), _page(comparison.new)
    if new is None or old != new or not comparison.changed:
        return None
    from monitor.wiring import stored_languages

    target, edition, where = new.rpartition("/")[0], comparison.new.edition, places(options)
    try:
        return stored_languages(f"{target}@{edition}" if edition else target, config=where.config, store=where.store)
    except MonitorError:
        return None


def _page(document: Document) -> str | None:
    """TARGET/LANG of a version that is held, by the name that the store gives it."""
    page, _, version = document.source.partition("@")
    return page if version and "/" in page and document.sha256.startswith(version) else None


def _run_pairs(options: argparse.Namespace) -> int:
    """Each pair's comparison as a line of JSON, in order, written as it is made; an unreadable pair is an error line."""
    if options.old or options.new:
        raise InputError("give either OLD and NEW or --pairs, not both")
    if options.format not in (None, "jsonl"):
        raise InputError(f"--pairs gives JSON lines, not {options.format}: leave out --format, or give jsonl")
    status = SAME
    with open_output(options.output) as output:
        for number, line in _lines(options.pairs):
            record, pair_status = _pair(line, number, options)
            output.write(json.dumps(record, ensure_ascii=False) + "\n")
            output.flush()
            status = max(status, pair_status)
    return status


def _lines(path: Path) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as JSON lines ({error}); give a UTF-8 file of pairs") from error


def _pair(line: str, number: int, options: argparse.Namespace) -> tuple[dict[str, object], int]:
    identity: object = f"line {number}"
    try:
        row = _row(line, number)
        identity = row.get("id", identity)
        if missing := [key for key in ("id", "old", "new") if key not in row]:
            raise InputError(f"line {number} has no {', no '.join(missing)}")
        comparison = _compare(str(row["old"]), str(row["new"]), options, options.pairs.parent)
    except MonitorError as error:
        return {"id": identity, "error": str(error)}, TROUBLE
    return {**comparison.to_dict(), "id": identity}, DIFFERENT if comparison.changed else SAME


def _row(line: str, number: int) -> dict[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise InputError(f'line {number} is no JSON object; give {{"id": …, "old": …, "new": …}}')
    return row
