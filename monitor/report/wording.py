"""The report's own words in one language: sentences, plural forms, numbers, dates. Read from wording/<tag>.toml."""

import functools
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import tomli

from monitor.language.tag import canonical, direction
from monitor.report.shapes import Phrase, Piece, text_of
from monitor.report.visible import visible

_FOLDER = Path(__file__).parent / "wording"
_PART = re.compile(r"\{(\w+)\}|\*\*")
_DATE_ALONE = len("2025-05-03")
_RELATION = re.compile(r"n(?: % (\d+))? (!?=) ([\d.,]+)")

Value = str | int | Piece | Phrase


class Wording(NamedTuple):
    """The words of one language. In a sentence `{name}` stands for a value and `**` begins and ends emphasis.

    `counts` hold one sentence for each plural category; `plurals` are the categories' rules in the notation of
    CLDR (https://unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules), `other` left out.
    """

    tag: str
    direction: str
    sentences: Mapping[str, str]
    counts: Mapping[str, Mapping[str, str]]
    plurals: Mapping[str, str]
    numbers: Mapping[str, str]
    dates: Mapping[str, str]
    months: tuple[str, ...]
    languages: Mapping[str, str]

    def say(self, key: str, **values: Value) -> str:
        """The sentence of that key as bare text. Raises KeyError for a key that no wording has."""
        return text_of(self.phrase(key, **values))

    def phrase(self, key: str, **values: Value) -> Phrase:
        """The sentence of that key with its values, each keeping its language; the plural form follows `n`."""
        pieces: list[Piece] = []
        text, position, strong = self._sentence(key, values), 0, False
        for part in _PART.finditer(text):
            pieces.append(Piece(text=text[position : part.start()], strong=strong))
            position = part.end()
            if name := part[1]:
                pieces.extend(self._pieces(values[name], strong=strong))
            else:
                strong = not strong
        pieces.append(Piece(text=text[position:]))
        return tuple(_joined(piece for piece in pieces if piece.text))

    def number(self, value: float, *, signed: bool = False) -> str:
        """A number as the language writes it, with at most two decimals."""
        whole, _, decimals = f"{abs(value):.2f}".partition(".")
        decimals = decimals.rstrip("0")
        if len(whole) >= int(self.numbers["grouped_from"]):
            whole = f"{int(whole):,}".replace(",", self.numbers["group"])
        sign = self.numbers["minus"] if value < 0 else self.numbers["plus"] if signed and value > 0 else ""
        return sign + whole + (self.numbers["decimal"] + decimals if decimals else "")

    def percent(self, value: float, *, signed: bool = False) -> str:
        """A percentage, with one decimal below a hundred."""
        rounded = round(value, 1) if abs(value) < 100 else round(value)
        return self.numbers["percent"].replace("{n}", self.number(rounded, signed=signed))

    def listed(self, items: Iterable[Phrase], *, mark: str = "list_comma") -> Phrase:
        """The items as an enumeration: "a, b and c"; with "list_heavy" as `mark`: "a; b; c"."""
        phrases = list(items)
        pieces: list[Piece] = []
        for index, phrase in enumerate(phrases):
            if index:
                last = index == len(phrases) - 1
                pieces.append(Piece(text=self.sentences["list_last" if last and mark == "list_comma" else mark]))
            pieces.extend(phrase)
        return tuple(pieces)

    def language(self, tag: str) -> str:
        """The name of a language, or its tag if the wording has no name for it."""
        return self.languages.get(canonical(tag), tag)

    def moments(self, old: str, new: str) -> tuple[str, str]:
        """Two moments (ISO 8601) as dates, as short as they can be told apart; what is no moment stays as it is."""
        first, second = _moment(old), _moment(new)
        if first is None or second is None:
            return visible(old), visible(new)
        if first.date() == second.date() and len(old) > _DATE_ALONE < len(new):
            to = "seconds" if f"{first:%H:%M}" == f"{second:%H:%M}" else "minutes"
            return self._date(first, "with_time", to=to), self._date(second, "with_time", to=to)
        short = first.year == second.year and first.date() != second.date()
        return self._date(first, "day_month" if short else "full"), self._date(second, "full")

    def day(self, moment: datetime, *, year: bool = False) -> str:
        """The day of a moment in UTC, with or without its year."""
        return self._date(moment.astimezone(UTC), "full" if year else "day_month")

    def _date(self, moment: datetime, pattern: str, *, to: str = "minutes") -> str:
        values = {
            "day": self.dates["first"] if moment.day == 1 else str(moment.day), "month": self.months[moment.month - 1],
            "year": str(moment.year), "time": moment.time().isoformat(timespec=to),
        }  # fmt: skip
        return self.dates[pattern].format_map(values)

    def _sentence(self, key: str, values: Mapping[str, Value]) -> str:
        forms = self.counts.get(key)
        if forms is None:
            return self.sentences[key]
        count = values["n"]
        return forms[self.category(count if isinstance(count, int) else 0)]

    def category(self, count: int) -> str:
        """The plural category of a count: `one`, `few`, … or `other`."""
        return next((name for name, rule in self.plurals.items() if _holds(rule, count)), "other")

    def _pieces(self, value: Value, *, strong: bool) -> Iterable[Piece]:
        if isinstance(value, str):
            return (Piece(text=value, strong=strong),)
        if isinstance(value, int):
            return (Piece(text=self.number(value), strong=strong),)
        phrase: Phrase = (value,) if isinstance(value, Piece) else value
        return tuple(piece._replace(strong=True) for piece in phrase) if strong else phrase


@functools.cache
def wording_of(tag: str) -> Wording:
    """The wording of a language; English for a language that has none."""
    path = _FOLDER / f"{canonical(tag)}.toml"
    if not path.is_file():
        return wording_of("en")
    data = tomli.loads(path.read_text(encoding="utf-8"))
    return Wording(
        tag=path.stem, direction=direction(path.stem), sentences=data["sentences"], counts=data["counts"],
        plurals=data["plurals"], numbers=data["numbers"], dates=data["dates"], months=tuple(data["months"]),
        languages=data["languages"],
    )  # fmt: skip


def wordings() -> list[str]:
    """The tags of all languages that a report can be worded in, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def _joined(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """The pieces, neighbours that differ in nothing but their text as one."""
    last: Piece | None = None
    for piece in pieces:
        if last and not last.language and last[1:] == piece[1:]:
            last = last._replace(text=last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment


def _holds(rule: str, count: int) -> bool:
    return any(all(_relation(part, count) for part in alternative.split(" and ")) for alternative in rule.split(" or "))


def _relation(text: str, count: int) -> bool:
    relation = _RELATION.fullmatch(text)
    if relation is None:
        raise ValueError(f"no plural rule: {text!r}")
    modulus, sign, listed = relation.groups()
    operand = count % int(modulus) if modulus else count
    ranges = (span.split("..") for span in listed.split(","))
    inside = any(int(span[0]) <= operand <= int(span[-1]) for span in ranges)
    return inside == (sign == "=")
