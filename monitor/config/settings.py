"""What can be set, and the whole configuration made of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.config import checks
from monitor.config.checks import Setting, Table
from monitor.config.source import parse
from monitor.config.tables import Form
from monitor.model.target import Page, Target

if TYPE_CHECKING:
    from monitor.alerts.criteria import Rule
    from monitor.config.past import ArchiveSettings, RetentionSettings
    from monitor.config.rules import AlertSettings
    from monitor.model.channel import Channel
    from monitor.model.schedule import Schedule

STORE: Table = {"path": Setting(checks.text)}

FETCH: Table = {
    "contact": Setting(checks.text),
    "interval": Setting(checks.number(0, 3600, "seconds"), 3.0),
    "connect_timeout": Setting(checks.number(0.1, 600, "seconds"), 10.0),
    "timeout": Setting(checks.number(0.1, 3600, "seconds"), 60.0),
    "max_megabytes": Setting(checks.number(0.01, 100, "megabytes"), 10.0),
    "robots": Setting(checks.truth, True),
    "http2": Setting(checks.truth, True),
    "allow_private": Setting(checks.private, ()),
    "ca_file": Setting(checks.text),
}

COMMON: Table = {
    "languages": Setting(checks.languages),
    "pattern": Setting(checks.pattern),
    "codes": Setting(checks.codes),
    "source": Setting(checks.language),
    "profile": Setting(checks.text),
    "former": Setting(checks.former),
}

TARGET: Table = {
    "id": Setting(checks.target_id),
    "title": Setting(checks.text),
    "path": Setting(checks.text),
    "addresses": Setting(checks.addresses),
    **COMMON,
    "every": Setting(checks.anything),
    "cron": Setting(checks.anything),
}

SECTIONS = ("store", "fetch", "defaults", "target", "archive", "retention", "schedule", "alerts", "rule", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How pages are asked for; seconds and megabytes. `allow_private` is true for everything, or names what."""

    contact: str | None = None
    interval: float = 3.0
    connect_timeout: float = 10.0
    timeout: float = 60.0
    max_megabytes: float = 10.0
    robots: bool = True
    http2: bool = True
    allow_private: bool | tuple[str, ...] = ()
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything that is set. `store` is None where the configuration leaves it to the default."""

    store: Path | None = None
    fetch: FetchSettings = FetchSettings()
    targets: tuple[Target, ...] = ()
    alerts: AlertSettings | None = None
    rules: tuple[Rule, ...] = ()
    channels: tuple[Channel, ...] = ()
    schedule: Schedule | None = None
    archive: ArchiveSettings | None = None
    retention: RetentionSettings | None = None


def load(path: Path) -> Configuration:
    """The configuration in a file; relative paths in it start from its folder.

    Raises:
        ConfigError: with every mistake found, a line each.
    """
    source = parse(path)
    form = Form(source, SECTIONS)
    store = form.table("store", STORE)
    fetch = form.table("fetch", FETCH)
    defaults = form.table("defaults", COMMON)
    targets = _targets(form, defaults, path.parent)
    said = _said(form, path.parent, [target.id for target in targets])
    form.finish()
    return Configuration(
        store=path.parent / str(store["path"]) if store["path"] else None,
        fetch=FetchSettings(**{**fetch, "ca_file": path.parent / str(fetch["ca_file"]) if fetch["ca_file"] else None}),  # type: ignore[arg-type]
        targets=targets,
        **said,  # type: ignore[arg-type]
    )


def _said(form: Form, folder: Path, targets: list[str]) -> dict[str, object]:
    """Rules, channels, schedule and the past; what makes them is loaded only for a file that has some."""
    found: dict[str, object] = {}
    if form.has("rule", "channel", "alerts"):
        from monitor.config.channels import channels_of
        from monitor.config.rules import ALERTS, AlertSettings, rules_of

        channels = channels_of(form, folder)
        found["alerts"] = AlertSettings(**form.table("alerts", ALERTS))  # type: ignore[arg-type]
        found["rules"] = rules_of(form, targets, channels)
        found["channels"] = tuple(channel for channel in channels.values() if channel is not None)
    if form.has("schedule") or any("every" in table or "cron" in table for table in form.raw_tables("target")):
        from monitor.config.timing import schedule_of

        found["schedule"] = schedule_of(form)
    if form.has("archive", "retention"):
        from monitor.config.past import ARCHIVE, RETENTION, ArchiveSettings, RetentionSettings

        found["archive"] = ArchiveSettings(**form.table("archive", ARCHIVE))  # type: ignore[arg-type]
        found["retention"] = RetentionSettings(**form.table("retention", RETENTION))  # type: ignore[arg-type]
    return found


def _targets(form: Form, defaults: dict[str, object], folder: Path) -> tuple[Target, ...]:
    targets: dict[str, Target] = {}
    for number, table in enumerate(form.tables("target", TARGET)):
        place = ("target", number, "id")
        identity = table["id"]
        if identity is None and not form.is_wrong(place):
            form.wrong(place[:-1], "found no id", 'a line such as id = "russia"')
        elif identity in targets:
            form.wrong(place, f'"{identity}" is the id of another target', "an id of its own")
        settings = {key: table[key] if table[key] is not None else defaults.get(key) for key in TARGET}
        settings["former"] = (*(table["former"] or ()), *(defaults["former"] or ()))  # type: ignore[misc]
        target = _target(form, number, settings, folder)
        targets[target.id] = target
    if not targets and not form.is_wrong(("target",)):
        form.wrong((), "found no target", "at least one [[target]] with an id and a pattern or addresses")
    return tuple(targets.values())


def _target(form: Form, number: int, settings: dict[str, object], folder: Path) -> Target:
    identity = str(settings["id"])
    given: dict[str, str] = settings["addresses"] or {}  # type: ignore[assignment]
    languages: tuple[str, ...] = settings["languages"] or ()  # type: ignore[assignment]
    unsure = form.is_wrong(("target", number), ("defaults",))
    if not languages and not given and not unsure:
        form.wrong(("target", number), "found no languages", "languages here or in [defaults], or addresses")
    profile = _profile(form, number, settings["profile"], folder)
    pages = []
    for language in dict.fromkeys((*languages, *given)):
        url = given.get(language) or _filled(settings, language)
        if url is not None:
            former = _former(settings, language)
            pages.append(Page(target=identity, language=language, url=url, profile=profile, former=former))
        elif not unsure:
            _tell_no_address(form, number, settings, language)
            break
    source = str(settings["source"] or "en")
    return Target(id=identity, title=str(settings["title"] or identity), pages=tuple(pages), source=source)


def _filled(settings: dict[str, object], language: str) -> str | None:
    """The address that the pattern gives for a language; None if there is no pattern, or no path for it."""
    pattern, path = settings["pattern"], settings["path"]
    if pattern is None or ("{path}" in str(pattern) and path is None):
        return None
    codes: dict[str, str] = settings["codes"] or {}  # type: ignore[assignment]
    return str(pattern).format(language=codes.get(language, language), path=path, id=settings["id"])


def _former(settings: dict[str, object], language: str) -> tuple[str, ...]:
    """The addresses that the page of a language had before, each with the site's word for the language and the tag."""
    codes: dict[str, str] = settings["codes"] or {}  # type: ignore[assignment]
    patterns: tuple[tuple[str | None, str], ...] = settings["former"]  # type: ignore[assignment]
    path = settings["path"] or "*"
    filled = (
        pattern.format(language=word, path=path, id=settings["id"])
        for only, pattern in patterns
        if only in (None, language)
        for word in (codes.get(language, language), language)
    )
    return tuple(dict.fromkeys(filled))


def _tell_no_address(form: Form, number: int, settings: dict[str, object], language: str) -> None:
    if settings["pattern"] is None:
        expected = "it in addresses, or a pattern here or in [defaults]"
        form.wrong(("target", number), f"found no address for {language}", expected)
    else:
        form.wrong(("target", number), "found no path", "the path that the pattern asks for")


def _profile(form: Form, number: int, profile: object, folder: Path) -> str | None:
    """The name of a site profile that comes with the program, or the path of the user's own."""
    if profile is None:
        return None
    name = str(profile)
    if name.endswith(".toml"):
        path = folder / name
        if not path.is_file():
            form.wrong(("target", number, "profile"), f"{name} is no file", "the path of a profile beside this file")
        return str(path)
    from monitor.sites.profile import known_profiles

    names = [known.name for known in known_profiles()]
    if name not in names:
        form.wrong(("target", number, "profile"), f'found "{name}"', f"{', '.join(names)}, or the path of a .toml file")
    return name
