"""`monitor history TARGET[/LANG]`: the life of a report as a timeline, and on demand the past read again."""

import argparse
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.cli.check import changes_in_words
from monitor.cli.main import SAME, counted, printable
from monitor.errors import UnknownReferenceError
from monitor.language.tag import canonical
from monitor.model.holdings import CaptureRow, VersionRow
from monitor.model.standing import Standing
from monitor.model.target import Key
from monitor.runs.timeline import Event, Stretch, timeline
from monitor.store.store import SnapshotStore
from monitor.wiring import CLOCK, opened_store

_EVENTS = {
    Event.FIRST: "first seen", Event.EDITION: "new edition", Event.CORRECTION: "silent correction",
    Event.RETURN: "back to an earlier version",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Life:
    """What is held of one page, with its timeline."""

    page: Key
    captures: Sequence[CaptureRow]
    versions: Sequence[VersionRow]
    stretches: Sequence[Stretch]
    standing: Standing | None

    @property
    def waiting(self) -> CaptureRow | None:
        """The newest capture since the last version that waits to be believed."""
        since = itertools.takewhile(lambda row: row.version is None, reversed(self.captures))
        return next((row for row in since if row.verdict.waits), None)

    @property
    def name(self) -> str:
        """How the page is named in a reference."""
        return "/".join(self.page)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor history` takes."""
    parser.add_argument("name", metavar="TARGET[/LANG]", help="a target, or one language of it")
    parser.add_argument("--captures", action="store_true", help="list every capture, too")
    parser.add_argument(
        "--reread", action="store_true", help="read the past again with today's program, without alerts"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: one object a page")


def run(options: argparse.Namespace) -> int:
    """Print what is held of every page meant."""
    if options.reread:
        return _reread(options)
    with opened_store(options.config, options.store) as store:
        lives = [_life(store, page) for page in _pages(store, options.name)]
    now = CLOCK.now()
    if options.format == "json":
        for life in lives:
            print(json.dumps(_record(life, now), ensure_ascii=True))
        return SAME
    for place, life in enumerate(lives):
        print(("\n" if place else "") + "\n".join(_shown(life, now, every=options.captures)))
    return SAME


def _pages(store: SnapshotStore, name: str) -> list[Key]:
    target, _, tag = name.partition("/")
    languages = [canonical(tag)] if tag else store.languages(target)
    if not languages:
        raise UnknownReferenceError(f"{target}: no captures are held; run `monitor check`, or check the name")
    return [(target, language) for language in languages]


def _life(store: SnapshotStore, page: Key) -> _Life:
    captures, versions = store.captures(page), store.versions(page)
    standings = store.following.standings([page])
    return _Life(
        page=page, captures=captures, versions=versions, stretches=timeline(captures, versions, store.summaries(page)),
        standing=standings.get(page),
    )  # fmt: skip


def _shown(life: _Life, now: datetime, *, every: bool) -> Iterator[str]:
    editions = sorted({row.edition for row in life.versions if row.edition})
    parts = [counted(len(life.captures), "capture"), counted(len(life.versions), "version")]
    if editions:
        parts.append(f"{'edition' if len(editions) == 1 else 'editions'} {', '.join(map(str, editions))}")
    aside = sum(row.version is None for row in life.captures)
    if aside:
        parts.append(f"{counted(aside, 'capture')} not the report")
    yield f"{life.name}: {', '.join(parts)}"
    yield from _trouble(life.standing)
    shown: list[int | None] = []
    for stretch in life.stretches:
        edition = stretch.version.edition
        if not shown or shown[-1] != edition:
            shown.append(edition)
            yield f"  edition {edition}" if edition else "  edition unknown"
        yield from _stretch(life.name, stretch, now)
    if life.waiting:
        yield f"  waits to be believed  {life.name}@{life.waiting.sha256[:12]}"
        yield f"        {printable(life.waiting.reason)}"
    if every:
        yield "  captures"
        yield from (f"    {_capture(row)}" for row in life.captures)


def _trouble(standing: Standing | None) -> Iterator[str]:
    if standing and standing.failures and standing.since:
        checks = counted(standing.failures, "check")
        yield f"  in trouble since {standing.since:%Y-%m-%d %H:%M}: {standing.cause}, {checks} in a row"


def _stretch(name: str, stretch: Stretch, now: datetime) -> Iterator[str]:
    lasted = _lasted(stretch.stood(now))
    stood = f"stood {lasted}" if stretch.ended else f"stands, {lasted} so far"
    told = f"    {stretch.since:%Y-%m-%d %H:%M}  {_EVENTS[stretch.event]}"
    if stretch.event in (Event.FIRST, Event.EDITION):
        told += f" “{printable(stretch.version.title or 'without a title')}”"
    met = f", met {stretch.captures} times" if stretch.captures > 1 else ""
    yield f"{told}; {stood}{met}  {name}@{stretch.version.sha256[:12]}"
    if stretch.not_before and stretch.event is not Event.FIRST:
        between = stretch.since - stretch.not_before
        if between > timedelta(days=1):
            yield f"        it came within {_lasted(between)} before that"
    if stretch.summary:
        yield f"        {changes_in_words({key: dict(value) for key, value in stretch.summary.items()})}"


def _capture(row: CaptureRow) -> str:
    what = f"version {row.version}" if row.version else f"not the report: {printable(row.reason or row.verdict)}"
    origin = f"  from {printable(row.origin)}" if row.origin else ""
    return f"{row.captured_at:%Y-%m-%d %H:%M:%S}  {row.status}  {row.sha256[:12]}  {row.size:>9,} bytes  {what}{origin}"


def _lasted(length: timedelta) -> str:
    """A length of time in the largest unit that says something."""
    days = length.days
    if days >= 730:
        return f"{days / 365.25:.1f} years"
    if days >= 1:
        return counted(days, "day")
    hours = int(length.total_seconds() // 3600)
    return counted(hours, "hour") if hours else counted(int(length.total_seconds() // 60), "minute")


def _record(life: _Life, now: datetime) -> dict[str, object]:
    standing = life.standing
    return {
        "target": life.page[0],
        "language": life.page[1],
        "waiting": life.waiting and _capture_record(life.waiting),
        "trouble": {
            "since": standing.since.isoformat(), "cause": standing.cause, "checks": standing.failures,
        } if standing and standing.failures and standing.since else None,
        "timeline": [
            {
                "event": each.event.value, "version": each.version.number, "edition": each.version.edition,
                "title": each.version.title, "sha256": each.version.sha256,
                "not_before": each.not_before and each.not_before.isoformat(), "since": each.since.isoformat(),
                "until": each.until.isoformat(), "ended": each.ended and each.ended.isoformat(),
                "stood_days": round(each.stood(now).total_seconds() / 86_400, 2) if each.ended else None,
                "captures": each.captures, "summary": each.summary,
            }
            for each in life.stretches
        ],
        "versions": [
            {
                "number": row.number, "edition": row.edition, "title": row.title, "sha256": row.sha256,
                "first_seen": row.first_seen.isoformat(), "last_seen": row.last_seen.isoformat(),
                "captures": row.captures, "summary": row.summary,
            }
            for row in life.versions
        ],
        "captures": [_capture_record(row) for row in life.captures],
    }  # fmt: skip


def _capture_record(row: CaptureRow) -> dict[str, object]:
    return {
        "captured_at": row.captured_at.isoformat(), "status": row.status, "sha256": row.sha256, "size": row.size,
        "url": row.url, "verdict": row.verdict.value, "reason": row.reason, "version": row.version,
        "edition": row.edition, "origin": row.origin,
    }  # fmt: skip


def _reread(options: argparse.Namespace) -> int:
    """Read the past again and print what is read differently."""
    from monitor.wiring_past import import_run

    with import_run(options.config, options.store, create=False) as under_way:
        for page in _pages(under_way.store, options.name):
            found = under_way.reread.page(page)
            name = "/".join(page)
            if options.format == "json":
                differing = [
                    {"captured_at": one.captured_at.isoformat(), "sha256": one.sha256, "how": one.how} for one in found
                ]
                print(json.dumps({"target": page[0], "language": page[1], "read_differently": differing}))
                continue
            print(f"{name}: " + (f"{counted(len(found), 'snapshot')} read differently" if found else "read as before"))
            for one in found:
                how = printable("; ".join(one.how))
                print(f"    {one.captured_at.astimezone(UTC):%Y-%m-%d %H:%M}  {name}@{one.sha256[:12]}  {how}")
    return SAME
