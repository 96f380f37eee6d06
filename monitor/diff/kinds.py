"""Whether a name is that of a person, an organisation or a place: by cue words in it and around it, no model.

What is not told, and what its cues contradict, stays OTHER.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from monitor.diff.heads import kind_by_itself
from monitor.diff.names import Name, Names
from monitor.language.cues import cue_words, cues
from monitor.language.lexicon import lexicon
from monitor.language.tag import canonical
from monitor.language.words import words
from monitor.model.comparison import NameKind

_MOST_WORDS = 3
_LONGEST_CUE = 8
_NEAR = 40
_SHARE_OF_PLACES = 0.3
_AGREED = 0.75


def kinds_of(sides: Iterable[Names], full: Mapping[str, str], language: str) -> dict[str, NameKind]:
    """The kind of each full name, as all its mentions on both sides tell it."""
    tag = canonical(language)
    votes: defaultdict[str, Counter[NameKind]] = defaultdict(Counter)
    located, total = Counter[str](), Counter[str]()
    for side in sides:
        for text, found in side.sentences:
            for place, name in enumerate(found):
                spot = _Spot(text, found, place, _before(text, name.start, tag))
                total[full[name.text]] += 1
                votes[full[name.text]].update(_told(spot, tag))
                located[full[name.text]] += _is_located(spot, tag)
    return {
        name: kind_by_itself(name, tag) or _agreed(votes[name], is_place=1 < located[name] >= _SHARE_OF_PLACES * count)
        for name, count in total.items()
    }


class _Spot(NamedTuple):
    """A name where it stands: its sentence, all names there, which of them it is, and the words before it."""

    text: str
    found: Sequence[Name]
    place: int
    before: Sequence[str]

    @property
    def name(self) -> Name:
        return self.found[self.place]

    @property
    def following(self) -> Sequence[str]:
        """What stands after the name, the first word, the first two …; nothing if a mark is between."""
        after = self.text[self.name.end : self.name.end + _NEAR]
        own = words(after)[:_MOST_WORDS] if after[:1] == " " and after[1:2].isalpha() else []
        return [" ".join(own[:size]) for size in range(1, len(own) + 1)]

    def begins(self, tag: str, *keys: str) -> bool:
        """True if what stands after the name begins with one of these cues."""
        return any(phrase in cue_words(tag, *keys) for phrase in self.following)

    def ends(self, tag: str, *keys: str) -> bool:
        """True if what stands before the name ends in one of these cues."""
        return _ends(self.before, tag, *keys)


def _before(text: str, start: int, tag: str) -> list[str]:
    """What a text says before a place, the last word, the last two …; nothing if a mark is between."""
    ahead = text[max(0, start - _NEAR) : start].rstrip("'’\"“«„").rstrip(" \u00a0")
    if not ahead[-1:].isalpha():
        return []
    if cues(tag).heads_stand == "suffix":
        return [ahead[-size:] for size in range(1, _LONGEST_CUE)]
    own = words(ahead.replace("’", " ").replace("'", " "))[-_MOST_WORDS:]
    return [" ".join(own[-size:]) for size in range(1, len(own) + 1)]


def _ends(before: Iterable[str], tag: str, *keys: str) -> bool:
    return any(phrase in cue_words(tag, *keys) for phrase in before)


def _told(spot: _Spot, tag: str) -> Iterator[NameKind]:
    """What the words around a mention tell; a word of capitals is no person and no place by them."""
    if spot.ends(tag, "groups") or _is_of_a_group(spot, tag):
        yield NameKind.ORGANISATION
    if not _is_acronym(spot.name.text):
        if _has_a_role(spot, tag) or _is_treated_as_one(spot, tag) or _stands_beside_one(spot, tag):
            yield NameKind.PERSON
        is_placed = spot.ends(tag, "before_places") or spot.begins(tag, "after_places")
        if is_placed and not spot.name.text.endswith(cues(tag).demonyms):
            yield NameKind.PLACE
        if " " in spot.name.text:
            yield from _spelled_out(spot, spot.place + 1, tag)
    else:
        yield from _spelled_out(spot, spot.place, tag)


def _spelled_out(spot: _Spot, place: int, tag: str) -> Iterator[NameKind]:
    """What an acronym in brackets after a name tells of both: "Halden Press Union (HPU)".

    A name that tells nothing by itself is one of an organisation if both begin alike; so must a place.
    """
    if not 0 < place < len(spot.found):
        return
    spelled, short = spot.found[place - 1 : place + 1]
    if _is_acronym(short.text) and spot.text[spelled.end : short.start] == " (":
        kind = kind_by_itself(spelled.text, tag) or NameKind.ORGANISATION
        if kind_by_itself(spelled.text, tag) is NameKind.ORGANISATION or spelled.text[0] == short.text[0]:
            yield kind


def _stands_beside_one(spot: _Spot, tag: str) -> bool:
    """True for Y in "the journalists X and Y", and in "le journaliste norvanien Y"."""
    if " " not in spot.name.text or not spot.before:
        return False
    last = spot.before[0]
    if cues(tag).heads_stand == "first" and last not in lexicon(tag).common:
        return any(phrase.removesuffix(f" {last}") in cue_words(tag, "roles") for phrase in spot.before[1:])
    if not spot.place or last not in cues(tag).joined:
        return False
    other = spot.found[spot.place - 1]
    is_next = spot.text[other.end : spot.name.start].strip().casefold() == last
    return is_next and " " in other.text and _ends(_before(spot.text, other.start, tag), tag, "roles", "titles")


def _is_located(spot: _Spot, tag: str) -> bool:
    """True for "in X" where X is all that is said of where, and is not quoted."""
    name = spot.name
    is_quoted = not spot.text.startswith(name.text, name.start)
    if is_quoted or not spot.ends(tag, "locative") or _is_acronym(name.text) or name.text.endswith(cues(tag).demonyms):
        return False
    return _stands_alone(spot, tag)


def _has_a_role(spot: _Spot, tag: str) -> bool:
    """True for "the lawyer X". Where names are declined, a single X may be what the lawyers belong to ("юристы Агоры")."""
    is_declined = bool(cues(tag).adjectives)
    is_one = " " in spot.name.text or not (is_declined or spot.name.text.endswith(cues(tag).demonyms))
    return is_one and spot.ends(tag, "roles", "titles") and not _is_of_a_group(spot, tag)


def _is_of_a_group(spot: _Spot, tag: str) -> bool:
    """True for "el grupo activista X", where the role describes the group."""
    described = [phrase.partition(" ") for phrase in spot.before[1:2]]
    return any(one in cue_words(tag, "groups") and other in cue_words(tag, "roles") for one, _, other in described)


def _is_treated_as_one(spot: _Spot, tag: str) -> bool:
    """True for "the trial of X Y" and "X Y was arrested"."""
    name = spot.name.text
    if " " not in name or name.endswith(cues(tag).demonyms):
        return False
    return spot.begins(tag, "after_people") or (spot.ends(tag, "before_people") and _stands_alone(spot, tag))


def _stands_alone(spot: _Spot, tag: str) -> bool:
    """True if nothing follows that the name may only describe or belong to: "in Halden and", not "in Halden prison"."""
    common = frozenset(lexicon(tag).common).difference(cues(tag).inside)
    return any(word in common for word in spot.following[:1]) or spot.text[spot.name.end :][:1] in tuple(".,;)")


def _is_acronym(name: str) -> bool:
    return " " not in name and sum(char.isupper() for char in name) > 1


def _agreed(votes: Counter[NameKind], *, is_place: bool) -> NameKind:
    if not votes:
        return NameKind.PLACE if is_place else NameKind.OTHER
    kind, count = votes.most_common(1)[0]
    return kind if count >= _AGREED * votes.total() else NameKind.OTHER
