"""What is known of a site: where its report stands in the page, what there is noise, how its labels read. Knows the
form of a profile file and how to choose one; never a page."""

import functools
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import tomli

from monitor.errors import ConfigError

_FOLDER = Path(__file__).parent / "profiles"
GENERIC = "generic"


class Layout(NamedTuple):
    """CSS selectors of one generation of a site's pages, each list tried in order.

    `main` holds the report, `title` its title, `noise` what no reader of the report looks for, `overlays` dialogs and
    consent banners, `plain` containers whose headings head no section, `footnotes` lists of notes. `before` says until
    when the site looked like this.
    """

    main: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()
    overlays: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    before: date | None = None


class Labels(NamedTuple):
    """Texts of the page around the report, in all its languages, compared without case.

    `back` and `credit` begin a block that is dropped, `disclaimer` too; `download` and `share` are whole blocks;
    `contents` stands above a list of the page's own headings; a
    heading that begins like one of `end` ends the report, one that reads like one of `related` heads no section; a short
    line at the head or foot that begins like one of `dateline` (`#`: a number) says something of the page only if no
    word follows but the calendar's and `date_words`.
    """

    back: tuple[str, ...] = ()
    download: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    disclaimer: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    dateline: tuple[str, ...] = ()
    date_words: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()

    def joined(self, other: "Labels") -> "Labels":
        """These labels and the others'."""
        return Labels(**{name: getattr(self, name) + getattr(other, name) for name in Labels._fields})


class Example(NamedTuple):
    """An address that the profile is for, or a page (HTML) with sentences that must and must not come out of it."""

    address: str = ""
    page: str = ""
    has: tuple[str, ...] = ()
    has_not: tuple[str, ...] = ()


class Profile(NamedTuple):
    """One site. Chosen by `hosts` (subdomains included), else by `markup` (a selector that only its pages match),
    else, for text without markup, by `phrases`. `addresses` are patterns by language, "default" for the others.
    `layouts` are the present one and the older ones, newest first.
    """

    name: str
    hosts: tuple[str, ...] = ()
    markup: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    layouts: tuple[Layout, ...] = ()
    labels: Labels = Labels()
    examples: tuple[Example, ...] = ()

    def address(self, language: str, **parts: str) -> str | None:
        """The address of a report in a language, from the pattern for it; None if the profile has none."""
        patterns = dict(self.addresses)
        pattern = patterns.get(language, patterns.get("default"))
        return pattern.format(language=language, **parts) if pattern else None


@functools.cache
def known_profiles() -> tuple[Profile, ...]:
    """The profiles that come with the program, the generic one last."""
    profiles = [load_profile(path) for path in sorted(_FOLDER.glob("*.toml"))]
    return tuple(sorted(profiles, key=lambda profile: profile.name == GENERIC))


def generic() -> Profile:
    """The profile for a page of which nothing is known."""
    return known_profiles()[-1]


def choose(
    url: str | None, *, matches: Callable[[str], bool], text: str = "", more: tuple[Profile, ...] = ()
) -> Profile:
    """The profile for a page: `more` (the user's own) first, then the program's, else the generic one.

    `matches` says whether a selector finds anything in the page (always false for text without markup).
    """
    profiles = (*more, *known_profiles()[:-1])
    host = _host(url) if url else ""
    for profile in profiles:
        if host and any(host == known or host.endswith("." + known) for known in profile.hosts):
            return profile
    for profile in profiles:
        if any(matches(selector) for selector in profile.markup) or any(phrase in text for phrase in profile.phrases):
            return profile
    return generic()


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def named_profile(name: str) -> Profile:
    """The profile of that name, or in the TOML file of that path. Raises ConfigError if there is none."""
    if name.endswith(".toml"):
        return load_profile(Path(name))
    known = {profile.name: profile for profile in known_profiles()}
    if name not in known:
        raise ConfigError([f"{name}: no such profile; give {', '.join(known)} or the path of a .toml file"])
    return known[name]


def load_profile(path: Path) -> Profile:
    """The profile in a TOML file, named after the file. Raises ConfigError with every mistake in it."""
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read ({error.strerror}); give a profile's file"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: found a byte that is no UTF-8, expected a text saved as UTF-8"]) from error
    except tomli.TOMLDecodeError as error:
        raise ConfigError([f"{path}: {error}"]) from error
    return parse_profile(data, name=path.stem, where=str(path))


def parse_profile(data: Mapping[str, object], *, name: str, where: str = "profile") -> Profile:
    """The profile that parsed TOML describes (see docs/sites.md). Raises ConfigError with every mistake in it."""
    form = _Form(where)
    top = form.table(data, "", _TOP)
    profile = Profile(
        name=str(top.get("name") or name),
        hosts=form.texts(top, "hosts"), markup=form.texts(top, "markup"), phrases=form.texts(top, "phrases"),
        addresses=tuple(form.table(top.get("addresses", {}), "addresses", None).items()),  # type: ignore[arg-type]
        layouts=form.layouts(top),
        labels=Labels(**form.lists(top.get("labels", {}), "labels", Labels._fields)),
        examples=tuple(form.example(entry) for entry in form.tables(top, "examples")),
    )  # fmt: skip
    if name != GENERIC and not (profile.hosts or profile.markup or profile.phrases):
        form.problems.append(f"{where}: hosts, markup or phrases: one is needed to know the site by")
    if form.problems:
        raise ConfigError(form.problems)
    return profile


_TOP = ("name", "hosts", "markup", "phrases", "addresses", "selectors", "older", "labels", "examples")
_SELECTORS = ("main", "title", "noise", "overlays", "plain", "footnotes")


class _Form:
    """Reads one profile's data and collects what is wrong with it."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.problems: list[str] = []

    def table(self, value: object, key: str, known: tuple[str, ...] | None) -> dict[str, object]:
        if not isinstance(value, Mapping):
            self.problems.append(f"{self.where}: {key}: expected a table")
            return {}
        for name, inner in value.items():
            if known is not None and name not in known:
                self.problems.append(f"{self.where}: {_path(key, name)}: unknown; known are {', '.join(known)}")
            if known is None and not isinstance(inner, str):
                self.problems.append(f"{self.where}: {_path(key, name)}: expected a text")
        return dict(value)

    def texts(self, table: Mapping[str, object], name: str, key: str = "") -> tuple[str, ...]:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry.strip() for entry in value):
            self.problems.append(f"{self.where}: {_path(key, name)}: expected a list of texts, none of them empty")
            return ()
        return tuple(value)

    def lists(self, value: object, key: str, known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        table = self.table(value, key, known)
        return {name: self.texts(table, name, key) for name in known}

    def tables(self, table: Mapping[str, object], name: str) -> list[object]:
        value = table.get(name, [])
        if isinstance(value, list):
            return value
        self.problems.append(f"{self.where}: {name}: expected [[{name}]] tables")
        return []

    def layouts(self, top: Mapping[str, object]) -> tuple[Layout, ...]:
        present = _layout(self.lists(top.get("selectors", {}), "selectors", _SELECTORS))
        older = [self.older(entry) for entry in self.tables(top, "older")]
        older.sort(key=lambda layout: layout.before or date.min, reverse=True)
        return (present, *older)

    def older(self, entry: object) -> Layout:
        table = self.table(entry, "older", ("before", *_SELECTORS))
        before = table.pop("before", None)
        if type(before) is not date:
            self.problems.append(f"{self.where}: older.before: expected a date like 2018-03-01")
            before = None
        lists = {name: self.texts(table, name, "older") for name in _SELECTORS}
        return _layout(lists, before)

    def example(self, entry: object) -> Example:
        table = self.table(entry, "examples", Example._fields)
        texts = {name: str(table.get(name, "")) for name in ("address", "page")}
        return Example(
            **texts, has=self.texts(table, "has", "examples"), has_not=self.texts(table, "has_not", "examples")
        )


def _layout(lists: Mapping[str, tuple[str, ...]], before: date | None = None) -> Layout:
    return Layout(**lists, before=before)


def _path(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
