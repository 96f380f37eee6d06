"""The words of a language that a comparison must know: hedges, negations, months … Read from lexicons/<tag>.toml."""

import functools
from pathlib import Path
from typing import NamedTuple

import tomli

from monitor.language.tag import canonical

_FOLDER = Path(__file__).parent / "lexicons"


class Lexicon(NamedTuple):
    """The words of one language, as written in its file; the same keys in every language.

    Phrases are written as they stand in running text; a `*` at the end of a word stands for any ending, a `#` for a
    number in digits or words, `…` for up to six words. A line of `hedges`, `negations`, `attributions` or `sayings`
    may hold several phrases of one strength, apart by " | ". Who is quoted stands after an attribution ("according
    to") or in its gap, and before a saying ("said"), or after it. `plain` phrases hold a hedge or a negation and are
    none ("not only"). `clitics` are written together with the word after them. `months` holds twelve tuples of names,
    January first, `weekdays` seven, Monday first. `abbreviations` are case-folded and without their last stop.
    """

    tag: str
    name: str
    hedges: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    months: tuple[tuple[str, ...], ...] = ()
    abbreviations: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
    sayings: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    weekdays: tuple[tuple[str, ...], ...] = ()
    plain: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()


@functools.cache
def lexicon(tag: str) -> Lexicon:
    """The lexicon of a language; an empty one (its `name` is "") for a language that has none."""
    tag = canonical(tag)
    path = _FOLDER / f"{tag}.toml"
    if not path.is_file():
        return Lexicon(tag=tag, name="")
    data = tomli.loads(path.read_text(encoding="utf-8"))
    months, weekdays = (tuple(tuple(names) for names in data.pop(key)) for key in ("months", "weekdays"))
    name = data.pop("name")
    flat = {key: tuple(words) for key, words in data.items()}
    return Lexicon(tag=tag, name=name, months=months, weekdays=weekdays, **flat)


def known_languages() -> list[str]:
    """The tags of all languages that have a lexicon, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))
