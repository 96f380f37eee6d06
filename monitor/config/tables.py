"""Tables of a file taken apart by their settings, and the mistakes in them collected."""

from monitor.config.checks import Table, Wrong
from monitor.config.source import Source
from monitor.errors import ConfigError

Place = tuple[str | int, ...]
"""Where a value stands: keys, and a number for each entry of an array of tables."""


class Form:
    """One file on its way to settings. Mistakes are noted, and raised all at once by `finish`."""

    def __init__(self, source: Source, sections: tuple[str, ...]) -> None:
        self._source = source
        self._noted: list[tuple[Place, str, str]] = []
        self._unknown_keys((), source.data, sections)

    @property
    def problems(self) -> list[str]:
        """The mistakes so far, in the order of the file."""
        if not self._noted:
            return []
        from monitor.config.lines import lines_of

        lines = lines_of(self._source.text)
        told = [(lines.of(place), self._named(place), found, expected) for place, found, expected in self._noted]
        told.sort(key=lambda problem: problem[0])
        return [
            f"{self._source.name}:{line}: {name}{found}; expected {expected}" for line, name, found, expected in told
        ]

    def finish(self) -> None:
        """Raise ConfigError if anything was wrong."""
        problems = self.problems
        if problems:
            raise ConfigError(problems)

    def wrong(self, place: Place, found: str, expected: str) -> None:
        """Note a mistake, once."""
        if (place, found, expected) not in self._noted:
            self._noted.append((place, found, expected))

    def is_wrong(self, *places: Place) -> bool:
        """True if a mistake was noted at one of the places or below: what follows from it need not be told."""
        return any(noted[: len(place)] == place for place in places for noted, _, _ in self._noted)

    def has(self, *names: str) -> bool:
        """True if one of the sections is written."""
        return any(name in self._source.data for name in names)

    def table(self, name: str, settings: Table) -> dict[str, object]:
        """The values of a section, defaults filled in; a wrong one is noted and takes its default."""
        return self.values((name,), self._source.data.get(name, {}), settings)

    def tables(self, name: str, settings: Table) -> list[dict[str, object]]:
        """The values of each entry of an array of tables."""
        return [self.values((name, number), entry, settings) for number, entry in enumerate(self.raw_tables(name))]

    def raw_tables(self, name: str) -> list[dict[str, object]]:
        """The entries of an array of tables as they are written; what is no table is noted and empty."""
        entries = self._source.data.get(name, [])
        if not isinstance(entries, list):
            self.wrong((name,), "found a single table or value", f"[[{name}]], with two brackets")
            return []
        for number, entry in enumerate(entries):
            if not isinstance(entry, dict):
                self.wrong((name, number), f"found {_shown(entry)}", f"a table, which starts with [[{name}]]")
        return [entry if isinstance(entry, dict) else {} for entry in entries]

    def inner(self, place: Place, value: object, settings: Table) -> dict[str, object]:
        """The values of a table inside a table; None stands for an empty one."""
        return self.values(place, {} if value is None else value, settings)

    def inner_tables(self, place: Place, value: object, settings: Table) -> list[dict[str, object]]:
        """The values of each table of a list inside a table."""
        if not isinstance(value, list | tuple):
            self.wrong(place, f"found {_shown(value)}", f"a list of tables, such as {place[-1]} = [{{ … }}]")
            return []
        return [self.values((*place, number), entry, settings) for number, entry in enumerate(value)]

    def values(self, place: Place, table: object, settings: Table) -> dict[str, object]:
        """The values of a table that stands at the place, defaults filled in."""
        values = {key: setting.default for key, setting in settings.items()}
        if not isinstance(table, dict):
            self.wrong(
                place,
                f"found {_shown(table)}",
                "a table" if len(place) > 2 else f"a table, which starts with [{place[0]}]",
            )
            return values
        self._unknown_keys(place, table, tuple(settings))
        for key, setting in settings.items():
            if key in table:
                try:
                    values[key] = setting.check(table[key])
                except Wrong as wrong:
                    found = table[key] if wrong.found is None else wrong.found
                    self.wrong((*place, key), f"found {_shown(found)}", str(wrong))
        return values

    def _unknown_keys(self, place: Place, table: dict[str, object], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                self.wrong((*place, key), "is not known", _nearest(key, known))

    def _named(self, place: Place) -> str:
        """How a mistake's place is called: section, target by its id, key."""
        if not place:
            return ""
        if len(place) > 1 and isinstance(place[1], int):
            entry = self._source.data[str(place[0])][place[1]]  # type: ignore[index]
            identity = entry.get("id", entry.get("name")) if isinstance(entry, dict) else None
            head = f"[[{place[0]}]]" + (f' "{identity}"' if isinstance(identity, str) else f" number {place[1] + 1}")
            rest = place[2:]
        elif len(place) > 1 or isinstance(self._source.data.get(str(place[0])), dict):
            head, rest = f"[{place[0]}]", place[1:]
        else:
            head, rest = "", place
        keys = ".".join(str(key + 1) if isinstance(key, int) else key for key in rest)
        name = " ".join(part for part in (head, keys) if part)
        return f"{name}: "


def _nearest(key: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, known, 1)
    return f"{near[0]}" if near else f"one of {', '.join(known)}"


def _shown(value: object) -> str:
    """A value as it would be written, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"[{', '.join(_shown(entry) for entry in value[:4])}{', …' if len(value) > 4 else ''}]"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
