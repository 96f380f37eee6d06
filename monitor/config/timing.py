"""The table [schedule]: how often pages are looked at."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from monitor.config import checks, formats
from monitor.config.checks import Setting, Table
from monitor.config.cron import cron, passed_over
from monitor.config.tables import Form
from monitor.model.schedule import Schedule, Season

_EVERY = formats.duration("1m", "52w")

SCHEDULE: Table = {
    "every": Setting(_EVERY, timedelta(days=1)),
    "cron": Setting(cron),
    "zone": Setting(formats.zone, UTC),
    "season": Setting(checks.anything, ()),
    "relax_after": Setting(formats.duration("1d", "52w")),
    "relax_to": Setting(_EVERY, timedelta(weeks=1)),
    "port": Setting(formats.whole(1, 65535)),
}

SEASON: Table = {"from": Setting(formats.day_of_year), "to": Setting(formats.day_of_year), "every": Setting(_EVERY)}

OWN: Table = {"every": Setting(_EVERY), "cron": Setting(cron)}
"""What a target may say for itself."""


def schedule_of(form: Form) -> Schedule:
    """The schedule of the file; what is wrong is noted."""
    table = form.table("schedule", SCHEDULE)
    seasons = form.inner_tables(("schedule", "season"), table.pop("season"), SEASON)
    made = []
    for number, season in enumerate(seasons):
        missing = [key for key in SEASON if season[key] is None]
        if missing and not form.is_wrong(("schedule", "season")):
            form.wrong(("schedule", "season"), f"found no {missing[0]} in number {number + 1}", "from, to and every")
        if not missing:
            made.append(Season(start=season["from"], end=season["to"], every=season["every"]))  # type: ignore[arg-type]
    own = tuple(_own(form, number, table) for number, table in enumerate(form.raw_tables("target")))
    return Schedule(**table, seasons=tuple(made), own=tuple(each for each in own if any(each[1:])))  # type: ignore[arg-type]


def remarks(schedule: Schedule) -> Iterator[str]:
    """What is no mistake, and may not be meant."""
    for name, _, expression in (("[schedule]", None, schedule.cron), *schedule.own):
        if expression and (found := passed_over(expression)):
            yield f'cron = "{expression}" of {name} {found}'


def _own(form: Form, number: int, table: dict[str, object]) -> tuple[str, timedelta | None, str | None]:
    said = {key: table[key] for key in OWN if key in table}
    values = form.values(("target", number), said, OWN)
    return str(table.get("id")), values["every"], values["cron"]  # type: ignore[return-value]
