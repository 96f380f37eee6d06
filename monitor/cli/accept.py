"""`monitor accept TARGET…`: what was set aside is believed; without a name, the list of what waits for that."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from monitor.accepting import acceptance
from monitor.cli.check import changes_in_words, comparison_record, delivery_line, delivery_record
from monitor.cli.main import SAME, TROUBLE, printable
from monitor.errors import BusyError, FullError, MonitorError

if TYPE_CHECKING:
    from monitor.accepting import Acceptance
    from monitor.model.history import SetAside
    from monitor.model.target import Page
    from monitor.runs.accept import Accepted


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor accept` takes."""
    parser.add_argument(
        "names", nargs="*", metavar="TARGET",
        help="a target, of which what waits is accepted, or TARGET/LANG, of which whatever came last is;"
        " without a name what waits is listed",
    )  # fmt: skip
    parser.add_argument(
        "--host", dest="hosts", action="append", default=[], metavar="HOST", help="all that waits of one site"
    )
    parser.add_argument("--tell", action="store_true", help="send the alerts, too (default: note them)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object a line")


def run(options: argparse.Namespace) -> int:
    """Accept, print, and return 2 if something could not be; without a name print what waits."""
    with acceptance(options.config, options.store, options.names, options.hosts) as under_way:
        if not (options.names or options.hosts):
            return _list(options, under_way)
        troubles = alerts = 0
        for page, aside in under_way.waiting:
            try:
                accepted = under_way.accept(page, aside, tell=options.tell)
            except FullError:
                raise  # of no page in particular
            except MonitorError as error:
                print(printable(f"monitor: {page.name} is not accepted: {error}"), file=sys.stderr)
                troubles += 1
            else:
                alerts += accepted.alerts
                print(_line(accepted) if options.format == "text" else _record(accepted), flush=True)
        if options.tell and alerts:
            _send(options, under_way)
        return TROUBLE if troubles else SAME


def _list(options: argparse.Namespace, under_way: Acceptance) -> int:
    for page, aside in under_way.waiting:
        print(_waiting_line(page, aside) if options.format == "text" else _waiting_record(page, aside))
    if options.format == "text" and not under_way.waiting:
        print("nothing waits to be accepted")
    return SAME


def _send(options: argparse.Namespace, under_way: Acceptance) -> None:
    try:
        for settled in under_way.deliver():
            print(delivery_line(settled) if options.format == "text" else delivery_record(settled), flush=True)
    except BusyError:
        print("monitor: the daemon that is running sends the alerts", file=sys.stderr)


def _line(accepted: Accepted) -> str:
    name, comparison = accepted.page.name, accepted.comparison
    if comparison is None:
        return f"{name}  accepted: {name}@{accepted.aside.sha256[:12]}"
    told = printable(changes_in_words(comparison.summary(), comparison))
    return f"{name}  accepted: {told}\n    see it with: monitor diff {comparison.old.source} {comparison.new.source}"


def _record(accepted: Accepted) -> str:
    comparison = accepted.comparison
    record = _of(accepted.page, accepted.aside) | {
        "state": "accepted", "alerts": accepted.alerts, "comparison": comparison and comparison_record(comparison),
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=True)


def _waiting_line(page: Page, aside: SetAside) -> str:
    return (
        f"{page.name}  waits since {aside.since:%Y-%m-%d %H:%M} UTC: {printable(aside.reason)}"
        f"\n    see it with: monitor diff {page.name} {page.name}@{aside.sha256[:12]}"
    )


def _waiting_record(page: Page, aside: SetAside) -> str:
    return json.dumps(_of(page, aside) | {"state": "waiting"}, ensure_ascii=True)


def _of(page: Page, aside: SetAside) -> dict[str, object]:
    return {
        "target": page.target, "language": page.language, "verdict": aside.verdict.value, "reason": aside.reason,
        "since": aside.since.isoformat(), "captured_at": aside.captured_at.isoformat(), "sha256": aside.sha256,
    }  # fmt: skip
