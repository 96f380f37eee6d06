"""What a name says of itself: whether its head word, or the name as such, is that of an organisation or a place."""

import functools
from collections.abc import Sequence

from monitor.diff.scripts import organisation_in_chinese
from monitor.extract.titles import countries
from monitor.language.cues import cue_words, cues, name_stem
from monitor.model.comparison import NameKind

_SUFFIX, _ANY, _FIRST = "suffix", "any", "first"
_OF = (" of ", " for ")
_LONGEST_ACRONYM = 3


@functools.lru_cache(maxsize=8192)
def kind_by_itself(name: str, tag: str) -> NameKind | None:
    """The kind that the words of a name tell; OTHER if they tell that it is none of the three, None if they tell nothing."""
    known = _known(tag).get(name_stem(name, tag))
    if known and (len(name) > _LONGEST_ACRONYM or name == name.upper()):
        return known
    if cues(tag).heads_stand == _SUFFIX:
        return _by_suffix(name, tag)
    if name[0].islower():
        return None
    heads = _heads(name.casefold(), tag)
    kind = next((kind for key, kind in _KINDS.items() if any(head in cue_words(tag, key) for head in heads)), None)
    return None if kind is NameKind.PLACE and " " not in name else kind


_KINDS = {"organisations": NameKind.ORGANISATION, "places": NameKind.PLACE, "things": NameKind.OTHER}


def _by_suffix(name: str, tag: str) -> NameKind | None:
    if "·" in name or "•" in name:
        return NameKind.PERSON
    if organisation_in_chinese().fullmatch(name):
        return NameKind.ORGANISATION
    return NameKind.PLACE if name.endswith(cues(tag).places) else None


def _heads(name: str, tag: str) -> Sequence[str]:
    """The words of a name that may be its head; none for "Председатель Комитета", which is somebody."""
    own, stand = name.split(" "), cues(tag).heads_stand
    if stand == _ANY:
        return () if own[0] in cue_words(tag, "titles", "roles") else own
    if stand == _FIRST:
        return own[:1]
    for word in _OF:
        name = name.partition(word)[0]
    return [name.split(" ")[-1], own[-1]]


@functools.cache
def _known(tag: str) -> dict[tuple[str, ...], NameKind]:
    """The countries, regions and organisations that are known by name, without their case endings."""
    places = {*countries(), *cues(tag).known_places}.difference(cues(tag).never)
    known = dict.fromkeys((name_stem(name, tag) for name in places), NameKind.PLACE)
    return known | dict.fromkeys(
        (name_stem(name, tag) for name in cues(tag).known_organisations), NameKind.ORGANISATION
    )
