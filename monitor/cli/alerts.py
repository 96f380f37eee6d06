"""`monitor alerts`: what was said, what waits to be delivered, and what the rules would say."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

from monitor import alerting, wiring
from monitor.cli.main import SAME, TROUBLE, counted, printable
from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.alerts.outbox import Outgoing
    from monitor.model.alert import Alert
    from monitor.runs.rehearse import Rehearsed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor alerts` takes."""
    parser.add_argument(
        "action", choices=("list", "retry", "test"),
        help="list: the newest alerts and messages; retry: send anew what was given up; test: what the rules would have"
        " said about what is held, and whether the channels could be used; nothing is sent",
    )  # fmt: skip
    parser.add_argument("names", nargs="*", metavar="NAME", help="test: targets; retry: the start of a message's id")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object a line")
    parser.add_argument("--limit", type=_count, default=20, metavar="N", help="list: how many (default: 20)")
    parser.add_argument("--undelivered", action="store_true", help="list: only messages that are not delivered")
    parser.add_argument("--send", action="store_true", help="test: send a test message through each channel")


def run(options: argparse.Namespace) -> int:
    """Do what is asked for; 2 if a channel cannot be used, or there is nothing to retry."""
    match options.action:
        case "list":
            return _list(options)
        case "retry":
            return _retry(options)
        case _:
            return _test(options)


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise InputError(f"--limit {text}: give how many, 1 or more")
    return int(text)


def _list(options: argparse.Namespace) -> int:
    with wiring.opened_store(options.config, options.store) as kept:
        alerts = [] if options.undelivered else kept.outbox.alerts(options.limit)
        messages = kept.outbox.messages(options.limit, undelivered=options.undelivered)
        tries = {each.dispatch.key: kept.outbox.attempts(each.dispatch.key) for each in messages}
        disabled, counts = kept.outbox.disabled(), kept.outbox.counts()
    if options.format == "json":
        for alert, states in alerts:
            _print_json(alert.to_dict() | {"deliveries": states})
        for each in messages:
            _print_json(_message_record(each, tries[each.dispatch.key]))
        return SAME
    for alert, states in alerts:
        told = ", ".join(f"{channel}: {state}" for channel, state in states.items()) or "noted, not sent"
        print(printable(f"{_about(alert)}  [{told}]"))
    for each in messages:
        print(printable(_message_line(each)))
    for name, reason in disabled.items():
        print(printable(f"{name}  switched off: {reason}; `monitor alerts retry` switches it on again"))
    order = ("waiting", "under_way", "delivered", "dead")
    print("; ".join(f"{counts.get(name, 0)} {name.replace('_', ' ')}" for name in order))
    return SAME


def _about(alert: Alert) -> str:
    languages = " ".join(alert.languages)
    grave = " HIGH" if alert.severity.value == "high" else ""
    rules = ", ".join(alert.rules)
    return f"{alert.raised_at:%Y-%m-%d %H:%M}  {alert.kind.value}{grave}  {alert.target} {languages}  ({rules})"


def _message_line(each: Outgoing) -> str:
    dispatch = each.dispatch
    when = f", next try {each.next_at:%Y-%m-%d %H:%M} UTC" if each.status.value == "under_way" else ""
    why = f": {each.reason}" if each.reason else ""
    state = each.status.value.replace("_", " ")
    return (
        f"{each.made_at:%Y-%m-%d %H:%M}  message {dispatch.key[:12]} no. {each.sequence} to {dispatch.channel}, "
        f"{counted(len(dispatch.alerts), 'alert')}  {state} after {counted(each.tries, 'try')}{when}{why}"
    )


def _message_record(each: Outgoing, tries: list) -> dict[str, object]:  # type: ignore[type-arg]
    dispatch = each.dispatch
    return {
        "schema": "message/1", "id": dispatch.key, "channel": dispatch.channel, "sequence": each.sequence,
        "form": dispatch.form.value, "status": each.status.value, "tries": each.tries, "made_at": each.made_at.isoformat(),
        "next_at": each.next_at.isoformat(), "reason": each.reason, "alerts": [alert.id for alert in dispatch.alerts],
        "attempts": [
            {"at": at.isoformat(), "outcome": outcome, "detail": detail} for at, outcome, detail in tries
        ],
    }  # fmt: skip


def _retry(options: argparse.Namespace) -> int:
    """What was given up is due at once: the daemon sends it, or this command if there is none."""
    from monitor.errors import BusyError

    with wiring.opened_store(options.config, options.store) as kept:
        found = [each for name in options.names or [None] for each in kept.outbox.retry(name, wiring.CLOCK.now())]
        if not found:
            raise InputError("nothing to send anew; `monitor alerts list` shows what there is")
        print(f"{len(found)} messages are due again")
        try:
            with kept.claimed():
                failed = 0
                for settled in wiring.delivered(kept, wiring.configuration(options.config), gathered=True):
                    from monitor.cli.check import delivery_line

                    failed += settled.outcome != "delivered"
                    print(delivery_line(settled), flush=True)
                return TROUBLE if failed else SAME
        except BusyError:
            print("the daemon that is running sends them")
            return SAME


def _test(options: argparse.Namespace) -> int:
    settings = wiring.configuration(options.config)
    if not settings.rules:
        print("monitor: there are no rules; write a [[rule]] and a [[channel]]", file=sys.stderr)
    said: Counter[str] = Counter()
    changes = 0
    for found in alerting.rehearsed(options.config, options.store, options.names):
        changes += 1
        said.update(each.rule for each in found.explanations if each.alert)
        if options.format == "json":
            _print_json(_rehearsed_record(found))
        else:
            print("\n".join(map(printable, _rehearsed_lines(found))), flush=True)
    status = _test_channels(options)
    if options.format == "text":
        told = ", ".join(f"{rule.name} {said[rule.name]}" for rule in settings.rules)
        print(f"{counted(changes, 'change')} held; alerts by rule: {told or 'none'}. Nothing was kept.")
    return status


def _rehearsed_lines(found: Rehearsed) -> list[str]:
    from monitor.cli.check import changes_in_words

    told = changes_in_words(found.comparison.summary(), found.comparison)
    head = f"{found.at:%Y-%m-%d %H:%M}  {found.page.name}  {found.comparison.kind.value}: {told}"
    said = [f"    {'ALERT ' if each.alert else 'silent'}  {each.rule}: {each.detail}" for each in found.explanations]
    return [head, *said]


def _rehearsed_record(found: Rehearsed) -> dict[str, object]:
    return {
        "target": found.page.target, "language": found.page.language, "at": found.at.isoformat(),
        "comparison": found.comparison.id, "kind": found.comparison.kind.value,
        "rules": [
            {
                "rule": each.rule, "refusal": each.refusal and each.refusal.value, "detail": each.detail,
                "alert": each.alert and each.alert.to_dict(),
            }
            for each in found.explanations
        ],
    }  # fmt: skip


def _test_channels(options: argparse.Namespace) -> int:
    from monitor.alerts.outcome import Delivered

    status = SAME
    for name, problem in alerting.probed(options.config, options.store):
        status = TROUBLE if problem else status
        _print_channel(options, name, "ready" if problem is None else f"CANNOT BE USED: {problem}")
    if options.send:
        for name, outcome in alerting.sent_as_a_test(wiring.configuration(options.config)):
            good = isinstance(outcome, Delivered)
            status = status if good else TROUBLE
            told = "test message delivered" if good else f"test message NOT delivered: {getattr(outcome, 'reason', '')}"
            _print_channel(options, name, told)
    return status


def _print_channel(options: argparse.Namespace, name: str, told: str) -> None:
    if options.format == "json":
        _print_json({"channel": name, "told": told})
    else:
        print(printable(f"channel {name}: {told}"), flush=True)


def _print_json(record: dict[str, object]) -> None:
    print(json.dumps(record, ensure_ascii=True), flush=True)
