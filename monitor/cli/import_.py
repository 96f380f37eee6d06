"""`monitor import wayback|warc|file`: fill in the past."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli.main import SAME, TROUBLE, counted, printable
from monitor.cli.progress import Progress
from monitor.errors import InputError
from monitor.language.tag import UNKNOWN
from monitor.model.past import Damage, Fate, Placed
from monitor.wiring_past import Import, import_run, page_key, saved_page

if TYPE_CHECKING:
    from monitor.model.target import Key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor import` takes."""
    parser.add_argument(
        "kind", choices=("wayback", "warc", "file"), help="an archive's server, WARC or WACZ files, a page"
    )
    parser.add_argument("names", nargs="+", metavar="TARGET[/LANG] | FILE", help="what to look for, or what to read")
    parser.add_argument("--as", dest="page", metavar="TARGET/LANG", help="the page that the file (all its pages) is of")
    parser.add_argument("--new", action="store_true", help="take --as for a target or a language that is new")
    parser.add_argument(
        "--captured-at", metavar="TIME", help="when the file was captured: 2024-04-24T10:00:00Z, or a day"
    )
    parser.add_argument("--url", default="", help="the address that the file was saved from")
    parser.add_argument("--from", dest="since", metavar="DATE", default="", help="wayback: the earliest day")
    parser.add_argument("--to", dest="until", metavar="DATE", default="", help="wayback: the latest day")
    parser.add_argument("--dry-run", action="store_true", help="wayback: only say what would be fetched")
    parser.add_argument("--retry", action="store_true", help="wayback: ask again for captures that were skipped before")
    parser.add_argument("--alert", action="store_true", help="let changes of the past raise alerts")


def run(options: argparse.Namespace) -> int:
    """Take in, place, and tell what became of it; 2 if a part could not be used."""
    if options.kind == "wayback":
        from monitor.cli.wayback import run_wayback

        return run_wayback(options)
    with import_run(options.config, options.store, alert=options.alert) as under_way:
        if options.kind == "file":
            return _file(under_way, options)
        assigned = _page(under_way, options) if options.page else None
        return _warc(under_way, [Path(name) for name in options.names], assigned)


def _page(under_way: Import, options: argparse.Namespace) -> "Key":
    """The page that --as names. Raises InputError if its target is neither configured nor held and others are
    configured: it may be misspelt."""
    page = page_key(options.page)
    targets = dict.fromkeys(known.target for known in under_way.pages)
    if options.new or not targets or page[0] in targets or under_way.store.languages(page[0]):
        return page
    from difflib import get_close_matches

    near = " or ".join(get_close_matches(page[0], targets, cutoff=0.5) or list(targets)[:3])
    raise InputError(f"{page[0]}: no target that is configured or held; is it {near}? --new takes in a new one")


def _check_language(under_way: Import, options: argparse.Namespace, page: "Key", content: bytes) -> None:
    """Raises InputError if a page of a language that is neither configured nor held is in another one."""
    configured = {known.language for known in under_way.pages if known.target == page[0]}
    if options.new or page[1] in configured or page[1] in under_way.store.languages(page[0]):
        return
    from monitor.extract.reading import read

    found = read(content, source=options.names[0]).language
    if found not in (page[1], UNKNOWN):
        raise InputError(f"{options.page}: the text is in {found}; give --as {page[0]}/{found}, or --new if it is not")


def _warc(under_way: Import, paths: list[Path], assigned: "Key | None") -> int:
    from monitor.runs.taking import Tally, take_all

    reader, tally = under_way.reader(assigned), Tally()
    progress = Progress("captures read", 0)
    for path in paths:
        for count in take_all(reader.captures(path), under_way.store.intake, tally):
            for _ in range(count):
                progress.step()
    progress.clear()
    print(f"{counted(tally.came, 'capture')} found, {tally.new} of them new")
    tell_counts("not taken", reader.skipped)
    place(under_way)
    for damage in reader.damages:
        print(printable(f"monitor: {_told(damage)}"), file=sys.stderr)
    return TROUBLE if reader.damages else SAME


def _file(under_way: Import, options: argparse.Namespace) -> int:
    if len(options.names) > 1 or not options.page or not options.captured_at:
        raise InputError("one file is a page: `monitor import file REF --as TARGET/LANG --captured-at TIME`")
    page = _page(under_way, options)
    known = {each.key: each.url for each in under_way.pages}
    reference = options.names[0]
    url = options.url or known.get(page) or Path(reference.partition("#")[0]).resolve().as_uri()
    capture = saved_page(reference, page, time_of(options.captured_at), url=url)
    _check_language(under_way, options, page, capture.content or b"")
    if not under_way.store.intake.take([capture]):
        print(f"{options.page}: held already")
        return SAME
    counts = place(under_way, [page])
    return TROUBLE if counts[Fate.SKIPPED] else SAME


def place(under_way: Import, pages: "Iterable[Key] | None" = None) -> Counter[Fate]:
    """Place what waits, and print how many found their place, and why others did not."""
    counts: Counter[Fate] = Counter()
    reasons: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    wanted = None if pages is None else list(pages)
    intake = under_way.store.intake
    progress = Progress("captures placed", sum(intake.count(page) for page in intake.waiting(wanted)))
    for placed in under_way.backfill.fill(wanted):
        counts[placed.fate] += 1
        if placed.reason:
            reasons[placed.reason.replace("_", " ")] += 1
        if placed.comparison is not None:
            changed[_name(placed)] += 1
        progress.step()
    progress.clear()
    if counts:
        print(f"{counted(counts[Fate.KEPT], 'capture')} placed in order of time, {counted(changed.total(), 'change')}")
        tell_counts("not the report, not kept", reasons)
    return counts


def time_of(text: str) -> datetime:
    """An aware time: a day is its beginning, and without a zone it is UTC. Raises InputError."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text}: is no time; write it as 2024-04-24T10:00:00Z or 2024-04-24") from None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def tell_counts(what: str, reasons: Counter[str]) -> None:
    """Print how many there were, by reason; nothing for none."""
    if reasons:
        parts = ", ".join(f"{count} {printable(reason)}" for reason, count in reasons.most_common())
        print(f"{reasons.total()} {what}: {parts}")


def _told(damage: Damage) -> str:
    return f"{damage.name}, record at byte {damage.offset:,}: {damage.reason}; what was good around it is kept"


def _name(placed: Placed) -> str:
    return "/".join(placed.page)
