"""The tables [[rule]] and [alerts]: what they take, and the rules made of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, time, timedelta

from monitor.alerts.criteria import Condition, Pace, Quiet, Rule, Size, Timing
from monitor.config import checks, formats
from monitor.config.checks import Setting, Table
from monitor.config.tables import Form
from monitor.model.alert import EventKind
from monitor.model.comparison import ChangeClass
from monitor.model.statistic import StatisticKind

TROUBLE = "trouble"
"""Stands for both its beginning and its end."""

_AMOUNT = checks.number(0, 1e12, "people, points or whatever is counted")


def _topics() -> list[str]:
    from monitor.sites.topics import parts

    return list(parts())


def _wordings() -> list[str]:
    from monitor.report.wording import wordings

    return wordings()


def _kind(value: object) -> object:
    if value == TROUBLE:
        return value
    try:
        return formats.one_of(EventKind)(value)
    except checks.Wrong as wrong:
        said = str(wrong)
        raise checks.Wrong(f"{said}, {TROUBLE}" if said.startswith("one of") else said) from wrong


ALERTS: Table = {
    "confirm_after": Setting(formats.duration("0s", "14d"), timedelta(hours=1)),
    "translation_grace": Setting(formats.duration("0s", "52w"), timedelta(days=7)),
    "reports_at": Setting(checks.address),
}

RULE: Table = {
    "name": Setting(checks.text),
    "channels": Setting(formats.listed(checks.text, 'a list of names of channels, such as ["desk"]')),
    "targets": Setting(formats.listed(checks.text, 'a list of targets, such as ["russia", "c*"]'), ()),
    "languages": Setting(checks.languages, ()),
    "kinds": Setting(formats.listed(_kind)),
    "topics": Setting(formats.listed(formats.among(_topics)), ()),
    "sections": Setting(formats.listed(checks.text, "a list of headings, in which * and ? may stand"), ()),
    "classes": Setting(formats.listed(formats.one_of(ChangeClass, without=("typography",))), ()),
    "statistics": Setting(checks.anything, ()),
    "smallest": Setting(checks.anything),
    "pace": Setting(formats.one_of(Pace), Pace.IMMEDIATE),
    "digest_at": Setting(formats.clock, time(8)),
    "digest_day": Setting(formats.weekday, 0),
    "quiet": Setting(formats.hours),
    "zone": Setting(formats.zone, UTC),
    "at_most": Setting(formats.whole(1, 10_000)),
    "gather": Setting(formats.duration("0s", "1d"), timedelta(minutes=5)),
    "wording": Setting(formats.among(_wordings), "en"),
}

CONDITION: Table = {
    "by": Setting(_AMOUNT),
    "by_share": Setting(checks.number(0, 100, "parts of the old value (0.1: by a tenth)")),
    "rises_above": Setting(_AMOUNT),
    "falls_below": Setting(_AMOUNT),
    "counted": Setting(formats.listed(checks.text, 'a list of phrases, such as ["death sentences"]'), ()),
    "kinds": Setting(formats.listed(formats.one_of(StatisticKind)), ()),
}

SIZE: Table = {
    "words": Setting(formats.whole(0, 1_000_000), 0),
    "share": Setting(checks.number(0, 1, "parts of the document (0.01: a hundredth)"), 0.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """What holds for all rules. `reports_at` is the address under which full reports can be read, by comparison."""

    confirm_after: timedelta = timedelta(hours=1)
    translation_grace: timedelta = timedelta(days=7)
    reports_at: str | None = None


def rules_of(form: Form, targets: Collection[str], channels: Collection[str]) -> tuple[Rule, ...]:
    """The rules of the file; what is wrong in one is noted."""
    rules: dict[str, Rule] = {}
    for number, table in enumerate(form.tables("rule", RULE)):
        place = ("rule", number)
        name = table["name"]
        if name is None and not form.is_wrong((*place, "name")):
            form.wrong(place, "found no name", 'a line such as name = "figures"')
        elif name in rules:
            form.wrong((*place, "name"), f'"{name}" is the name of another rule', "a name of its own")
        _check_channels(form, number, table["channels"], channels)
        _check_targets(form, number, table["targets"], targets)
        rules[str(name)] = _rule(form, number, table)
    return tuple(rules.values())


def hears_of_trouble(rules: Collection[Rule]) -> bool:
    """True if some rule asks for the beginning of trouble."""
    return any(not rule.kinds or EventKind.TROUBLE_BEGAN in rule.kinds for rule in rules)


def _rule(form: Form, number: int, table: dict[str, object]) -> Rule:
    place = ("rule", number)
    conditions = form.inner_tables((*place, "statistics"), table["statistics"], CONDITION)
    size = form.inner((*place, "smallest"), table["smallest"], SIZE)
    quiet: tuple[time, time] | None = table["quiet"]  # type: ignore[assignment]
    kinds = {} if table["kinds"] is None else {"kinds": tuple(_each_kind(table["kinds"]))}
    timing = Timing(
        quiet=None if quiet is None else Quiet(start=quiet[0], end=quiet[1]),
        **{key: table[key] for key in ("pace", "digest_at", "digest_day", "zone", "at_most", "gather")},  # type: ignore[arg-type]
    )
    plain = ("targets", "languages", "topics", "sections", "classes", "wording")
    return Rule(
        name=str(table["name"]), channels=tuple(table["channels"] or ()),  # type: ignore[arg-type]
        statistics=tuple(Condition(**condition) for condition in conditions),  # type: ignore[arg-type]
        smallest=Size(**size), timing=timing, **kinds,  # type: ignore[arg-type]
        **{key: table[key] for key in plain},  # type: ignore[arg-type]
    )  # fmt: skip


def _each_kind(kinds: object) -> list[EventKind]:
    found: list[EventKind] = []
    for kind in kinds:  # type: ignore[attr-defined]
        found += [EventKind.TROUBLE_BEGAN, EventKind.TROUBLE_ENDED] if kind == TROUBLE else [kind]
    return found


def _check_channels(form: Form, number: int, named: object, channels: Collection[str]) -> None:
    place = ("rule", number, "channels")
    if named is None:
        if not form.is_wrong(place):
            form.wrong(place[:-1], "found no channels", 'a line such as channels = ["desk"]')
        return
    for name in named:  # type: ignore[attr-defined]
        if name not in channels:
            known = f"one of {', '.join(channels)}" if channels else "a [[channel]] of that name"
            form.wrong(place, f'"{name}" is no channel', known)


def _check_targets(form: Form, number: int, named: object, targets: Collection[str]) -> None:
    for name in named or ():  # type: ignore[attr-defined]
        if "*" not in name and "?" not in name and name not in targets:
            form.wrong(
                ("rule", number, "targets"), f'"{name}" is no target', f"one of {', '.join(targets)}, or a pattern"
            )
