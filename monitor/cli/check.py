"""`monitor check`: one run over what is followed, a line for each page as it is found."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING

from monitor.cli.main import DIFFERENT, SAME, TROUBLE, counted, printable
from monitor.cli.progress import Progress
from monitor.errors import FetchError
from monitor.model.quality import Verdict
from monitor.runs.check import Outcome, State
from monitor.wiring import check_run

if TYPE_CHECKING:
    from monitor.alerts.outbox import Settled
    from monitor.diff.languages import Languages
    from monitor.model.comparison import Comparison
    from monitor.runs.translations import TargetLanguages

_TROUBLE = frozenset({State.FAILED, State.UNCOMPARED})
_COUNTED = {
    State.CHANGED: "changed", State.FIRST: "captured for the first time", State.UNCHANGED: "unchanged",
    State.SET_ASIDE: "set aside", State.UNCOMPARED: "not compared", State.FAILED: "failed",
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor check` takes."""
    parser.add_argument("names", nargs="*", metavar="TARGET", help="a target, or TARGET/LANG (default: all)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object a line")
    parser.add_argument("--exit-code", action="store_true", help="exit with 1 when something changed")


def run(options: argparse.Namespace) -> int:
    """Check, print, and return 2 if a page failed, 1 if one changed and that was asked for, else 0."""
    counts: Counter[State] = Counter()
    show = _line if options.format == "text" else _record
    with check_run(options.config, options.store, options.names) as under_way:
        if not under_way.contact:
            print("monitor: sites cannot tell who is asking; set contact in [fetch]", file=sys.stderr)
        progress = Progress("checked", len(under_way.pages))
        progress.show()
        for outcome in under_way.outcomes:
            counts[outcome.state] += 1
            progress.clear()
            print(show(outcome), flush=True)
            progress.step()
        progress.clear()
        for found in under_way.languages():
            print(_languages_line(found) if options.format == "text" else _languages_record(found), flush=True)
        for settled in under_way.deliver():
            print(delivery_line(settled) if options.format == "text" else delivery_record(settled), flush=True)
    if options.format == "text" and counts.total() > 1:
        parts = [f"{counts[state]} {name}" for state, name in _COUNTED.items() if counts[state]]
        print(f"{counted(counts.total(), 'page')}: {', '.join(parts)}")
    if any(counts[state] for state in _TROUBLE):
        return TROUBLE
    return DIFFERENT if options.exit_code and counts[State.CHANGED] else SAME


def _line(outcome: Outcome) -> str:
    """The outcome in one line, and for a change the command that shows it on another."""
    line = f"{outcome.page.name}  {printable(_told(outcome))}"
    comparison, document = outcome.comparison, outcome.document
    if comparison is not None:
        line += f"\n    see it with: monitor diff {comparison.old.source} {comparison.new.source}"
    elif outcome.verdict.waits and document is not None:
        line += f"\n    see it with: monitor diff {outcome.page.name} {document.source}"
    return line


def _told(outcome: Outcome) -> str:
    match outcome.state:
        case State.FIRST:
            assert outcome.document is not None
            edition = f", edition {outcome.document.edition}" if outcome.document.edition else ""
            return f"first capture: “{outcome.document.title}”{edition}, {len(outcome.document.sections)} sections"
        case State.CHANGED:
            assert outcome.comparison is not None
            since = outcome.returned_to
            back = f"; back to the version first seen {since:%Y-%m-%d %H:%M} UTC" if since else ""
            late = f"; it was not believed before: {outcome.reason}" if outcome.reason else ""
            return f"changed: {changes_in_words(outcome.comparison.summary(), outcome.comparison)}{back}{late}"
        case State.SET_ASIDE if outcome.verdict is Verdict.UNCONFIRMED:
            return f"not believed yet: {outcome.reason}"
        case State.SET_ASIDE if outcome.verdict is Verdict.UNACCEPTED:
            return f"not accepted yet: {outcome.reason}"
        case State.SET_ASIDE:
            kept = "It is kept, and not compared"
            way = "" if outcome.verdict is Verdict.UNREADABLE else f"; `monitor accept {outcome.page.name}` believes it"
            return f"not the report: {outcome.reason or outcome.verdict} {kept}{way}."
        case State.UNCOMPARED:
            return f"kept, but not compared with the version before: {outcome.error}"
        case State.FAILED:
            return f"failed: {outcome.error}"
        case _:
            return "unchanged"


def changes_in_words(summary: dict[str, dict[str, int]], comparison: Comparison | None = None) -> str:
    """A summary of counts as words: "edition 2024 to 2025; 2 edited sections; 1 number, 1 hedging"."""
    parts = []
    if comparison is not None and comparison.old.edition != comparison.new.edition:
        parts.append(f"edition {comparison.old.edition} to {comparison.new.edition}")
    if summary.get("sections"):
        parts.append("sections " + ", ".join(f"{count} {name}" for name, count in summary["sections"].items()))
    if summary.get("changes"):
        parts.append("changes " + ", ".join(f"{count} {name}" for name, count in summary["changes"].items()))
    if summary.get("statistics"):
        parts.append("figures " + ", ".join(f"{count} {name}" for name, count in summary["statistics"].items()))
    return "; ".join(parts) or "in what the reader sees"


def comparison_record(comparison: Comparison) -> dict[str, object]:
    """A comparison as it stands in the JSON of a run: its name, its sides and its summary."""
    return {
        "id": comparison.id, "kind": comparison.kind.value, "old": comparison.old.source,
        "new": comparison.new.source, "summary": comparison.summary(),
    }  # fmt: skip


def delivery_line(settled: Settled) -> str:
    """What became of one try to deliver, in a line."""
    dispatch = settled.outgoing.dispatch
    told = {"delivered": "delivered", "retry": "not yet delivered, it is tried again", "dead": "NOT delivered, given up",
            "disabled": "NOT delivered, the channel is switched off"}[settled.outcome]  # fmt: skip
    about = ", ".join(sorted({alert.title for alert in dispatch.alerts}))
    detail = f" ({settled.detail})" if settled.detail else ""
    return printable(f"{dispatch.channel}  {counted(len(dispatch.alerts), 'alert')} about {about}: {told}{detail}")


def delivery_record(settled: Settled) -> str:
    """The same as one line of JSON."""
    import json

    dispatch = settled.outgoing.dispatch
    record = {"channel": dispatch.channel, "state": "delivery", "id": dispatch.key, "outcome": settled.outcome,
              "detail": settled.detail, "alerts": [alert.id for alert in dispatch.alerts]}  # fmt: skip
    return json.dumps(record, ensure_ascii=True)


def _languages_line(found: TargetLanguages) -> str:
    """What the languages of a target disagree on, a line each, and the command that shows it."""
    if found.languages is None:
        return f"{found.target}  languages not compared: {printable(str(found.error))}"
    told = [printable(line) for line in languages_in_words(found.languages)]
    if not told:
        return f"{found.target}  all languages agree"
    lines = "".join(f"\n    {line}" for line in told)
    return f"{found.target}  languages:{lines}\n    see them with: monitor translations {found.target}"


def languages_in_words(languages: Languages) -> list[str]:
    """What is to be known of the languages of a target beside that they agree: a sentence each, none if they do."""
    from monitor.report.grid_summary import told_of
    from monitor.report.shapes import text_of

    return [] if languages.agree else [text_of(remark.phrase) for remark in told_of(languages)[1:]]


def _languages_record(found: TargetLanguages) -> str:
    import json

    from monitor.report.data import languages_record

    record = languages_record(found.languages) if found.languages else {"schema": "translations/1"}
    error = None if found.error is None else str(found.error)
    return json.dumps({"target": found.target, "state": "languages", **record, "error": error}, ensure_ascii=True)


def _record(outcome: Outcome) -> str:
    """The outcome as one line of JSON."""
    import json

    comparison, error = outcome.comparison, outcome.error
    record: dict[str, object] = {
        "target": outcome.page.target, "language": outcome.page.language, "url": outcome.page.url,
        "state": outcome.state.value, "at": outcome.at.isoformat(timespec="microseconds"),
        "verdict": None if isinstance(error, FetchError) else outcome.verdict.value,
        "reason": outcome.reason, "alerts": outcome.alerts,
        "sha256": outcome.document and outcome.document.sha256,
        "returned_to": outcome.returned_to and outcome.returned_to.isoformat(timespec="microseconds"),
        "comparison": comparison and comparison_record(comparison),
        "error": None if error is None else str(error),
        "cause": error.cause if isinstance(error, FetchError) else None,
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=True)
