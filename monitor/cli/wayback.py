"""`monitor import wayback TARGET[/LANG]`: what a web archive holds of pages."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.cli.import_ import place, tell_counts
from monitor.cli.main import SAME, TROUBLE, counted, printable, tell
from monitor.cli.progress import Progress
from monitor.errors import InputError
from monitor.model.target import named_pages
from monitor.runs.wayback import ArchiveTroubleError, Wayback
from monitor.wiring_past import Import, import_run

if TYPE_CHECKING:
    from monitor.model.target import Page

_ASKED = {"kept": "held from it", "known": "of a digest that is known"}
_SHOWN = 3


def run_wayback(options: argparse.Namespace) -> int:
    """List, fetch and place, telling what became of it; 2 if the archive stopped the work."""
    span = (_digits(options.since), _digits(options.until))
    if all(span) and span[0] > span[1].ljust(8, "9"):
        raise InputError(f"--from {options.since} is later than --to {options.until}; give the earlier one first")
    with import_run(options.config, options.store, alert=options.alert) as under_way:
        if under_way.settings is None:
            raise InputError("import wayback needs a configuration that names the target and its addresses")
        pages = named_pages(under_way.settings.targets, options.names)
        under_way.store.backlog.begin(under_way.archive_name, pages, retry=options.retry)
        with under_way.wayback(span) as wayback:
            stopped = _asked(under_way, wayback, pages, span, dry_run=options.dry_run)
        if not options.dry_run:
            place(under_way, [page.key for page in pages])
    if stopped is not None:
        tell(stopped)
        return TROUBLE
    return SAME


def _asked(
    under_way: Import, wayback: Wayback, pages: "Sequence[Page]", span: tuple[str, str], *, dry_run: bool
) -> ArchiveTroubleError | None:
    """Read the lists and, unless it is a dry run, fetch; the trouble that stopped it, if any did."""
    try:
        _list(wayback, pages)
        _tell_plan(under_way, pages, span, dry_run=dry_run)
        if not dry_run:
            _fetch(under_way, wayback, pages, span)
    except ArchiveTroubleError as trouble:
        return trouble
    return None


def _list(wayback: Wayback, pages: "Sequence[Page]") -> None:
    progress = Progress("lists read", sum(len({page.url, *page.former}) for page in pages))
    for listed in wayback.list_all(pages):
        progress.clear()
        for line in listed.malformed[:_SHOWN]:
            print(printable(f"{listed.page.name}: a line of the list is not usable: {line}"), file=sys.stderr)
        if len(listed.malformed) > _SHOWN:
            print(f"{listed.page.name}: and {len(listed.malformed) - _SHOWN} more such lines", file=sys.stderr)
        progress.step()
    progress.clear()


def _tell_plan(under_way: Import, pages: "Sequence[Page]", span: tuple[str, str], *, dry_run: bool) -> None:
    for page in pages:
        counts = under_way.store.backlog.counts(under_way.archive_name, page, span)
        parts = [f"{counts.get('', 0)} to be fetched"]
        parts += [f"{counts[name]} {words}" for name, words in _ASKED.items() if counts.get(name)]
        parts += [f"{count} {printable(name)}" for name, count in sorted(counts.items()) if name not in ("", *_ASKED)]
        print(
            f"{page.name}: {counted(sum(counts.values()), 'capture')} in {under_way.archive_name}: {', '.join(parts)}"
        )
        if dry_run:
            for address in dict.fromkeys((page.url, *page.former)):
                print(f"    looked for at {printable(address)}")


def _fetch(under_way: Import, wayback: Wayback, pages: "Sequence[Page]", span: tuple[str, str]) -> None:
    name, backlog = under_way.archive_name, under_way.store.backlog
    progress = Progress("captures fetched", sum(backlog.counts(name, page, span).get("", 0) for page in pages))
    reasons: Counter[str] = Counter()
    fetched = unverified = 0
    try:
        for had in wayback.fetch_all(pages):
            fetched += not had.reason
            unverified += not had.verified
            if had.reason:
                reasons[had.reason] += 1
            progress.step()
    finally:
        progress.clear()
        print(f"{counted(fetched, 'capture')} fetched")
        tell_counts("skipped", reasons)
        if unverified:
            print(f"not of the digest that the list gives, kept as they came: {counted(unverified, 'capture')}")


def _digits(text: str) -> str:
    """A day, a month or a year as the digits that archives take. Raises InputError."""
    if not text:
        return ""
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            datetime.strptime(text, form)  # noqa: DTZ007  # only its form is looked at
        except ValueError:
            continue
        return text.replace("-", "")
    raise InputError(f"{text}: is no day; write it as 2024-04-24, 2024-04 or 2024")
