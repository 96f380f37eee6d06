"""`monitor statistics TARGET[/LANG]`: the figures of a target through its versions, editions and languages."""

import argparse
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.cli.main import SAME
from monitor.cli.options import open_output

if TYPE_CHECKING:
    from monitor.model.statistic import Value
    from monitor.runs.figures import Point, Series, Subject

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Record = Mapping[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `monitor statistics` takes."""
    parser.add_argument("name", metavar="TARGET[/LANG]", help="a target that is held, or one language of it")
    parser.add_argument("--outline", action="store_true", help="its subjects instead: words by edition")
    parser.add_argument("--changed", action="store_true", help="only figures that changed from one version to another")
    parser.add_argument("--format", choices=("table", "csv", "jsonl"), default="table")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to standard output")


def run(options: argparse.Namespace) -> int:
    """Follow the figures, or the subjects, and print."""
    lines = _outline(options) if options.outline else _figures(options)
    with open_output(options.output) as output:
        output.writelines(lines)
    return SAME


def _figures(options: argparse.Namespace) -> Iterable[str]:
    from monitor.wiring import stored_series

    found = stored_series(options.name, config=options.config, store=options.store)
    if options.changed:
        found = [series for series in found if len(series.turns) > 1]
    if options.format == "table":
        return _figure_table(found)
    records = [_record(number, point, series) for number, series in enumerate(found, 1) for point in series.points]
    return _csv(records) if options.format == "csv" else _jsonl(records)


def _outline(options: argparse.Namespace) -> Iterable[str]:
    from monitor.wiring import stored_subjects

    found = stored_subjects(options.name, config=options.config, store=options.store)
    if options.format == "table":
        return _outline_table(found)
    if options.format == "jsonl":
        return _jsonl([_subject(subject) for subject in found])
    years = _years(found)
    return _csv([_outline_row(subject, years) for subject in found])


# figures


def _record(number: int, point: "Point", series: "Series") -> Record:
    """A figure in one version, flat, so that a spreadsheet can pivot it."""
    statistic, document, change = point.statistic, point.stand.document, point.change
    low, high = _ends(statistic.value)
    return {
        "series": number, "target": series.page[0], "language": series.page[1], "edition": document.edition,
        "since": point.stand.since.isoformat(), "until": point.stand.until.isoformat(), "sha256": document.sha256,
        "topic": point.section.topic, "section": point.section.heading, "counted": statistic.counted,
        "quote": statistic.quote, "value": low if low == high else None, "value_low": low, "value_high": high,
        "low": statistic.low, "high": statistic.high, "magnitude": statistic.magnitude and statistic.magnitude.value,
        "qualifier": statistic.qualifier.value, "kind": statistic.kind.value, "unit": statistic.unit,
        "change": change.change.value if change else "first" if point is series.points[0] else "same",
        "delta": change and change.delta, "ratio": change and change.ratio,
        "confidence": round(change.confidence, 3) if change else None, "sentence": point.sentence,
        "last": series.ended is not None and point is series.points[-1],
    }  # fmt: skip


def _ends(value: "Value | None") -> tuple[int | float | None, int | float | None]:
    return value if isinstance(value, tuple) else (value, value)


def _figure_table(found: Sequence["Series"]) -> Iterator[str]:
    """A line for each figure with its values and when they were first seen: by language and section, what is stated now
    first, then what no longer is, the latest edition first."""
    from monitor.cli.main import terminal_width
    from monitor.report.columns import Run, wrapped

    width = terminal_width()
    page, place = ("", ""), ""
    for series in sorted(found, key=_order):
        if series.page != page:
            yield f"{'/'.join(series.page)}\n" if not page[0] else f"\n{'/'.join(series.page)}\n"
            page, place = series.page, ""
        if (here := _place(series)) != place:
            yield wrapped([Run(here)], width=width, indent="  ", hanging="    ", colour=False)
            place = here
        runs = [Run(_safe(" ".join(_line(series))))]
        yield wrapped(runs, width=width, indent="    ", hanging="        ", colour=False)
    if not found:
        yield "no figures\n"


def _order(series: "Series") -> tuple[object, ...]:
    last = series.points[-1]
    edition = last.stand.document.edition or 0
    return (
        series.page, series.ended is not None, -edition, last.section.position, last.statistic.block or 0,
        last.statistic.start,
    )  # fmt: skip


def _place(series: "Series") -> str:
    last = series.points[-1]
    heading = _safe(last.section.heading)
    return heading if series.ended is None else f"{heading}, {_when(last)} (no longer stated)"


def _line(series: "Series") -> Iterator[str]:
    """The figure's values with what they count: "171 (2024, 3 May 2025) → 186 (2024, 9 May 2025) people"."""
    for number, point in enumerate(series.turns):
        yield f"{'→ ' if number else ''}{point.statistic.quote} ({_when(point)}{_difference(point)})"
    yield series.points[-1].statistic.counted


def _when(point: "Point") -> str:
    edition = point.stand.document.edition
    return f"{edition}, {point.stand.since:%Y-%m-%d}" if edition else f"{point.stand.since:%Y-%m-%d}"


def _difference(point: "Point") -> str:
    change = point.change
    if change is None or not change.delta:
        return ""
    sure = f", {change.confidence:.0%} sure" if change.confidence < 0.9 else ""
    return f", {change.delta:+,}{sure}"


# subjects


def _years(found: Iterable["Subject"]) -> list[int]:
    return sorted({year for subject in found for year in subject.editions})


def _name(subject: "Subject") -> str:
    """The headings of the last edition that has the subject."""
    return " · ".join(subject.editions[max(subject.editions)].headings)


def _outline_row(subject: "Subject", years: Iterable[int]) -> Record:
    counts = {str(year): subject.editions[year].words if year in subject.editions else None for year in years}
    return {
        "target": subject.page[0],
        "language": subject.page[1],
        "topic": subject.topic,
        "subject": _name(subject),
        **counts,
    }


def _subject(subject: "Subject") -> Record:
    editions = {
        str(year): {"headings": list(written.headings), "words": written.words}
        for year, written in subject.editions.items()
    }
    return {
        "target": subject.page[0], "language": subject.page[1], "topic": subject.topic, "subject": _name(subject),
        "editions": editions,
    }  # fmt: skip


def _outline_table(found: Sequence["Subject"]) -> Iterator[str]:
    """Subjects × years for each language: how many words each edition gives them."""
    for page in dict.fromkeys(subject.page for subject in found):
        own = [subject for subject in found if subject.page == page]
        years = _years(own)
        yield f"{'/'.join(page)} (words)\n"
        yield "  " + "".join(f"{year:>8}" for year in years) + "\n"
        for subject in own:
            counts = (f"{subject.editions[y].words:,}" if y in subject.editions else "—" for y in years)
            yield "  " + "".join(f"{count:>8}" for count in counts) + f"  {_safe(_name(subject))}\n"
    if not found:
        yield "no editions\n"


# formats


def _safe(text: str) -> str:
    from monitor.report.visible import visible

    return visible(text)


def _csv(records: Sequence[Record]) -> Iterator[str]:
    """The records as CSV. Text that a spreadsheet would take for a formula is led in by an apostrophe."""
    if not records:
        return
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    rows: list[list[object]] = [list(records[0]), *(list(record.values()) for record in records)]
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        yield held.getvalue()
        held.seek(0)
        held.truncate()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    text = _safe(value)
    return f"'{text}" if value.startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _jsonl(records: Iterable[Record]) -> Iterator[str]:
    from monitor.report.data import json_line

    return (json_line(record) for record in records)
