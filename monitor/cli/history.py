"""`monitor history TARGET[/LANG]`: the captures, versions and editions held."""

import argparse
import json
from collections.abc import Sequence
from datetime import datetime

from monitor.cli.check import changes_in_words
from monitor.cli.main import SAME, printable
from monitor.errors import UnknownReferenceError
from monitor.language.tag import canonical
from monitor.model.holdings import CaptureRow, VersionRow
from monitor.wiring import opened_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor history` takes."""
    parser.add_argument("name", metavar="TARGET[/LANG]", help="a target, or one language of it")
    parser.add_argument("--captures", action="store_true", help="list every capture, not only the versions")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object a page")


def run(options: argparse.Namespace) -> int:
    """Print what is held of every page meant."""
    target, _, tag = options.name.partition("/")
    with opened_store(options.config, options.store) as store:
        languages = [canonical(tag)] if tag else store.languages(target)
        if not languages:
            raise UnknownReferenceError(f"{target}: no captures are held; run `monitor check`, or check the name")
        for language in languages:
            page = (target, language)
            captures, versions = store.captures(page), store.versions(page)
            if options.format == "json":
                print(json.dumps(_record(page, captures, versions), ensure_ascii=True))
            else:
                print("\n".join(_table(f"{target}/{language}", captures, versions, every=options.captures)))
    return SAME


def _table(name: str, captures: Sequence[CaptureRow], versions: Sequence[VersionRow], *, every: bool) -> list[str]:
    aside = sum(row.version is None for row in captures)
    editions = sorted({row.edition for row in versions if row.edition})
    held = f"{len(captures)} captures, {len(versions)} versions"
    named = f", editions {', '.join(map(str, editions))}" if editions else ""
    lines = [f"{name}: {held}{named}" + (f", {aside} captures not the report" if aside else "")]
    lines += [f"  {line}" for row in versions for line in _version(name, row)]
    if every:
        lines += ["  captures"] + [f"    {_capture(row)}" for row in captures]
    return lines


def _version(name: str, row: VersionRow) -> list[str]:
    stood = f"{_day(row.first_seen)} to {_day(row.last_seen)}, {row.captures} captures"
    lines = [f"{row.number:>3}  {printable(row.title or 'without a title')}  {stood}  {name}@{row.sha256[:12]}"]
    if row.summary:
        lines.append(f"     {changes_in_words({key: dict(value) for key, value in row.summary.items()})}")
    return lines


def _capture(row: CaptureRow) -> str:
    what = f"version {row.version}" if row.version else f"not the report: {printable(row.reason or row.verdict)}"
    return f"{_day(row.captured_at)}  {row.status}  {row.sha256[:12]}  {row.size:>9,} bytes  {what}"


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _record(page: tuple[str, str], captures: Sequence[CaptureRow], versions: Sequence[VersionRow]) -> dict[str, object]:
    return {
        "target": page[0],
        "language": page[1],
        "versions": [
            {
                "number": row.number, "edition": row.edition, "title": row.title, "sha256": row.sha256,
                "first_seen": row.first_seen.isoformat(), "last_seen": row.last_seen.isoformat(),
                "captures": row.captures, "summary": row.summary,
            }
            for row in versions
        ],
        "captures": [
            {
                "captured_at": row.captured_at.isoformat(), "status": row.status, "sha256": row.sha256,
                "size": row.size, "url": row.url, "verdict": row.verdict.value, "reason": row.reason,
                "version": row.version, "edition": row.edition,
            }
            for row in captures
        ],
    }  # fmt: skip
