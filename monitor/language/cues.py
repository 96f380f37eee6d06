"""The words by which a name is known for a person, an organisation or a place. Read from cues/<tag>.json."""

import functools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from monitor.language.tag import canonical

_FOLDER = Path(__file__).parent / "cues"
_SHORTEST_STEM = 3


class Cues(NamedTuple):
    """The cue words of one language, as written in its file; the same keys in every language.

    `inside` are small words that may stand in a name, `joined` those that put one beside another, `elided` articles that are cut off, `endings` those of cases (in
    English of the possessive), longest first. A `*` at the end of a word stands for any ending. `heads_stand` says where in a name its head stands: `first`, `last`
    (of the name, or of what is before "of"), `any`, or `suffix` in a script without spaces.

    `titles` begin a name and are no part of it, `roles` stand before the name of a person; `before_people` and
    `after_people` stand there too ("trial of", "was arrested") but with less weight. `organisations`, `places` and
    `things` (laws, days, prizes …) are heads; `groups` and `before_places` stand before a name, `after_places` after it.
    `tails` are small words that go on the name of an organisation or place that ends in a head or in one of the
    `adjectives`. `locative` are words for "in"; a name that ends in one of `demonyms` is no place by them. `modifiers`
    begin a name whose head is a suffix, `never` are words (or characters) that no name of a place begins with.
    `surnames` begin a name after a role, `follow` are characters that may come after it, `sounds` those that foreign names
    are written in.
    """

    inside: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    elided: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()

    heads_stand: str = "last"
    titles: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    known_organisations: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    before_people: tuple[str, ...] = ()
    after_people: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    known_places: tuple[str, ...] = ()
    before_places: tuple[str, ...] = ()
    after_places: tuple[str, ...] = ()
    locative: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()


class CueWords:
    """A set of words in small letters, some of them open at their end."""

    def __init__(self, listed: Iterable[str]) -> None:
        words = [word.casefold() for word in listed]
        self._whole = frozenset(word for word in words if not word.endswith("*"))
        self._open = tuple(word[:-1] for word in words if word.endswith("*"))

    def __contains__(self, word: str) -> bool:
        return word in self._whole or (" " not in word and word.startswith(self._open))


@functools.cache
def cues(tag: str) -> Cues:
    """The cue words of a language; none for a language without a file."""
    path = _FOLDER / f"{canonical(tag)}.json"
    if not path.is_file():
        return Cues()
    data = json.loads(path.read_text(encoding="utf-8"))
    stand = data.pop("heads_stand")
    return Cues(heads_stand=stand, **{key: tuple(listed) for key, listed in data.items()})


@functools.cache
def cue_words(tag: str, *keys: str) -> CueWords:
    """The words of these keys of a language's cues together."""
    return CueWords(word for key in keys for word in getattr(cues(tag), key))


@functools.lru_cache(maxsize=8192)
def name_stem(name: str, tag: str) -> tuple[str, ...]:
    """The words of a name without their endings, as far as the cues know them."""
    endings = cues(tag).endings
    found = []
    for word in name.replace("’", "'").casefold().split(" "):
        ending = next((e for e in endings if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM), "")
        found.append(word.removesuffix(ending))
    return tuple(found)
