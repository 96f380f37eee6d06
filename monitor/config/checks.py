"""What a setting may be: one check a form, each of which says what it expected."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from monitor.language.tag import UNKNOWN, canonical
from monitor.model.target import is_target_id


class Wrong(ValueError):  # noqa: N818  # it never leaves this package
    """A value is not what the setting takes; the message says what that is. `found` is the part that is wrong."""

    def __init__(self, expected: str, *, found: object = None) -> None:
        super().__init__(expected)
        self.found = found


Check = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of a table: what it may be, and what holds where it is not written."""

    check: Check
    default: object = None


Table = Mapping[str, Setting]


def text(value: object) -> str:
    """A text of one line that says something."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise Wrong("a text of one line in quotes")
    return value.strip()


def anything(value: object) -> object:
    """Whatever is written: it is looked at elsewhere."""
    return value


def truth(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Wrong("true or false, without quotes")
    return value


def number(low: float, high: float, unit: str) -> Check:
    """A number from `low` to `high`."""

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise Wrong(f"a number of {unit} from {low:,g} to {high:,g}".replace(",", "_"))
        return float(value)

    return check


def target_id(value: object) -> str:
    """The id of a target."""
    if not isinstance(value, str) or not is_target_id(value):
        raise Wrong('1 to 64 of a-z, 0-9 and "-", such as "russia"')
    return value


def language(value: object) -> str:
    """A language tag in its short form."""
    tag = canonical(value) if isinstance(value, str) else UNKNOWN
    if tag == UNKNOWN or not 2 <= len(tag) <= 3:
        raise Wrong('a language tag such as "en" or "zh"')
    return tag


def languages(value: object) -> tuple[str, ...]:
    """A list of languages, each once."""
    if not isinstance(value, list) or not value:
        raise Wrong('a list of language tags, such as ["en", "fr"]')
    tags = tuple(_each(value, language))
    if len(set(tags)) < len(tags):
        raise Wrong("each language once")
    return tags


def address(value: object) -> str:
    """An http(s) address."""
    if not isinstance(value, str) or not value.isprintable() or " " in value:
        raise Wrong("an address that starts with https:// or http://")
    scheme, separator, rest = value.partition("://")
    authority = rest.partition("/")[0]
    if scheme.lower() not in ("http", "https") or not separator or not authority or authority.startswith(":"):
        raise Wrong("an address that starts with https:// or http://")
    if "@" in authority:
        raise Wrong("an address without a user name or password")
    return value


def addresses(value: object) -> dict[str, str]:
    """An address by language."""
    if not isinstance(value, dict):
        raise Wrong('a table of an address by language, such as { en = "https://…" }')
    return dict(zip(_each(value.keys(), language), _each(value.values(), address), strict=True))


def codes(value: object) -> dict[str, str]:
    """What a site calls a language in its addresses."""
    if not isinstance(value, dict):
        raise Wrong('a table of a word by language, such as { zh = "zh-hans" }')
    return dict(zip(_each(value.keys(), language), _each(value.values(), text), strict=True))


def pattern(value: object) -> str:
    """An address with {language}, {path} or {id} in it."""
    expected = "an address in which {language}, {path} and {id} may stand"
    if not isinstance(value, str):
        raise Wrong(expected)
    try:
        filled = value.format(language="en", path="path", id="id")
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise Wrong(expected) from error
    try:
        address(filled)
    except Wrong as wrong:
        raise Wrong(expected) from wrong
    return value


def former(value: object) -> tuple[tuple[str | None, str], ...]:
    """Addresses that pages had before, as (language, pattern): a list of patterns for all languages, or a table of a
    list for each."""
    expected = "a list of addresses in which {language}, {path}, {id} and * may stand, or a table of one by language"
    if isinstance(value, list) and value:
        return tuple((None, _pattern(entry, expected)) for entry in value)
    if not isinstance(value, dict):
        raise Wrong(expected)
    found: list[tuple[str | None, str]] = []
    for tag, entries in value.items():
        entries = [entries] if isinstance(entries, str) else entries
        if not isinstance(entries, list):
            raise Wrong(expected, found=entries)
        found += [(language(tag), _pattern(entry, expected)) for entry in entries]
    return tuple(found)


def _pattern(value: object, expected: str) -> str:
    try:
        return pattern(value)
    except Wrong as wrong:
        raise Wrong(expected, found=value) from wrong


def archive_pattern(value: object) -> str:
    """An address with {url} in it, and {time} where a capture is played back."""
    expected = "an address in which {url} stands, and {time} for a capture"
    try:
        filled = str(value).format(url="https://a.example/", time="20240101000000")
        address(filled)
    except (KeyError, IndexError, ValueError, AttributeError, Wrong) as error:
        raise Wrong(expected) from error
    if "{url}" not in str(value):
        raise Wrong(expected)
    return str(value)


def private(value: object) -> bool | tuple[str, ...]:
    """Which addresses outside the public internet may be fetched: all, none, or those of these networks and hosts."""
    if isinstance(value, bool):
        return value
    expected = 'true, or a list of networks and hosts, such as ["127.0.0.0/8", "intranet.example"]'
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
        raise Wrong(expected)
    return tuple(_each(value, lambda entry: _network(str(entry), expected)))


def _each(entries: Iterable[object], check: Callable[[object], str]) -> list[str]:
    """Every entry checked; if some are wrong they are told together."""
    values: list[str] = []
    wrong: list[object] = []
    expected = ""
    for entry in entries:
        try:
            values.append(check(entry))
        except Wrong as error:
            wrong.append(entry)
            expected = str(error)
    if wrong:
        raise Wrong(expected, found=wrong if len(wrong) > 1 else wrong[0])
    return values


def _network(entry: str, expected: str) -> str:
    from ipaddress import ip_network

    if not (entry[:1].isdecimal() or ":" in entry):
        return entry.lower()
    try:
        return str(ip_network(entry, strict=False))
    except ValueError as error:
        raise Wrong(expected) from error
