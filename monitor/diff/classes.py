"""What a change did: denied or no longer denied, hedged or no longer hedged, changed a figure, a date, a name.

Knows lexicon phrases, shapes and context; nothing of how texts are aligned. Where it cannot be sure that the words
around were kept, a change is wording.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from unicodedata import decimal

from monitor.diff.context import NEW, OLD, Context
from monitor.diff.phrases import Mention, Sense, mentions
from monitor.diff.units import Shape
from monitor.diff.words import Edit, WordDiff
from monitor.model.comparison import ChangeClass, Finding

_ORDER = {change_class: place for place, change_class in enumerate(ChangeClass)}
_KEPT_FOR_SENSE, _KEPT_FOR_FIGURES = 0.4, 0.2
_ROOM = {Sense.NEGATION: 2, Sense.HEDGE: 2, Sense.ATTRIBUTION: 8}
_MOST_NEW = 4
_LONGEST = 12
_CONTENT = (Shape.WORD, Shape.NUMBER, Shape.DATE)
_NAME_DOT = "·"
_NEAR = 3

Unit = tuple[int, int]
"""A side (OLD or NEW) and the number of a unit on it."""


def findings(diff: WordDiff, language: str, *, heading: bool = False) -> tuple[Finding, ...]:
    """What the differences of two texts did, gravest first; never empty.

    In a heading no capital letter makes a name.
    """
    reader = _Reader(diff, language, heading=heading)
    found = [*reader.senses(), *(finding for edit in diff.edits for finding in reader.of_edit(edit))]
    found = list(dict.fromkeys(found)) or [Finding(change_class=ChangeClass.WORDING, old="", new="")]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.change_class]))


class _Reader:
    """Reads the edits of one word-level difference. `_told` are the units that a finding has accounted for."""

    def __init__(self, diff: WordDiff, language: str, *, heading: bool) -> None:
        self.diff = diff
        self.context = Context(diff, language)
        self.sides = (diff.old, diff.new)
        self.mentions = (mentions(diff.old, language), mentions(diff.new, language))
        self._heading = heading
        self._told: set[Unit] = set()
        self._edit_of = {unit: edit for edit in diff.edits for unit in _units(edit)}
        self._phrased = {
            (side, unit) for side in (OLD, NEW) for mention in self.mentions[side]
            if mention.sense is not Sense.CALENDAR for unit in range(mention.start, mention.end)
        }  # fmt: skip
        self._figures = {
            shape: (self._figures_of(OLD, shape), self._figures_of(NEW, shape)) for shape in (Shape.NUMBER, Shape.DATE)
        }

    def senses(self) -> list[Finding]:
        """Negations and hedges that came or went in a sentence that was otherwise kept."""
        found = []
        for change_class, senses in (
            (ChangeClass.NEGATION, (Sense.NEGATION,)), (ChangeClass.HEDGING, (Sense.HEDGE, Sense.ATTRIBUTION)),
        ):  # fmt: skip
            for pair in sorted(self._touched_sentences(senses)):
                lost, gained = (self._surplus(side, pair, senses) for side in (OLD, NEW))
                if lost or gained:
                    self._told |= {(OLD, unit) for mention in lost for unit in range(mention.start, mention.end)}
                    self._told |= {(NEW, unit) for mention in gained for unit in range(mention.start, mention.end)}
                    found.append(
                        Finding(change_class=change_class, old=self._text(OLD, lost), new=self._text(NEW, gained))
                    )
        return found

    def _touched_sentences(self, senses: Sequence[Sense]) -> set[tuple[int, int]]:
        """The pairs of sentences (old, new) that answer to each other and where such a phrase was edited."""
        pairs = set()
        for side in (OLD, NEW):
            for mention in self.mentions[side]:
                if mention.sense in senses and self._is_edited(side, mention):
                    sentence = self.context.sentence(side, mention.start)
                    other, kept = self.context.counterpart(side, sentence)
                    if kept >= _KEPT_FOR_SENSE:
                        pairs.add((sentence, other) if side == OLD else (other, sentence))
        return pairs

    def _surplus(self, side: int, pair: tuple[int, int], senses: Sequence[Sense]) -> list[Mention]:
        """The edited phrases that this side of a pair of sentences has more of than the other.

        A negation stands for any other; a hedge only for its like.
        """

        def name(mention: Mention) -> str:
            return mention.sense if mention.sense is Sense.NEGATION else mention.name

        def inside(which: int) -> list[Mention]:
            return [
                mention for mention in self.mentions[which]
                if mention.sense in senses and self.context.sentence(which, mention.start) == pair[which]
            ]  # fmt: skip

        surplus = Counter(map(name, inside(side))) - Counter(map(name, inside(1 - side)))
        return [
            mention for mention in inside(side) if surplus[name(mention)] and self._came_or_went_alone(side, mention)
        ]

    def _came_or_went_alone(self, side: int, mention: Mention) -> bool:
        """Whether the edit around a phrase is small beside it: a phrase in a new clause is no change of what was said."""
        edit = self._edit_at(side, mention)
        if edit is None:
            return False
        own, other = (self._content(which, edit) for which in (side, 1 - side))
        return own - other <= _ROOM[mention.sense] and other - own <= _MOST_NEW and max(own, other) <= _LONGEST

    def _content(self, side: int, edit: Edit) -> int:
        """How many telling units an edit has on a side besides phrases of the lexicon."""
        return sum(
            self.sides[side].shapes[unit] in _CONTENT and (side, unit) not in self._phrased
            for unit in _range(edit, side)
        )

    def _edit_at(self, side: int, mention: Mention) -> Edit | None:
        return next(
            (self._edit_of[side, unit] for unit in range(mention.start, mention.end) if (side, unit) in self._edit_of),
            None,
        )

    def _is_edited(self, side: int, mention: Mention) -> bool:
        return self._edit_at(side, mention) is not None

    def _text(self, side: int, found: Iterable[Mention]) -> str:
        return " … ".join(self.sides[side].slice(mention.start, mention.end) for mention in found)

    def of_edit(self, edit: Edit) -> list[Finding]:
        """The figures, dates and names that an edit changed, and wording if that is not all."""
        found = []
        for change_class, shape in ((ChangeClass.NUMBER, Shape.NUMBER), (ChangeClass.DATE, Shape.DATE)):
            lost, gained = (self._changed_figures(side, edit, shape) for side in (OLD, NEW))
            found += self._finding(change_class, edit, lost, gained)
        if not self._heading:
            lost, gained = (self._changed_names(side, edit) for side in (OLD, NEW))
            found += self._finding(ChangeClass.NAME, edit, lost, gained)
        if self._has_more_to_tell(edit):
            old, new = (
                self.sides[side].slice(_range(edit, side).start, _range(edit, side).stop) for side in (OLD, NEW)
            )
            found.append(Finding(change_class=ChangeClass.WORDING, old=old, new=new))
        return found

    def _has_more_to_tell(self, edit: Edit) -> bool:
        """Whether an edit changed words that no finding accounts for, by more than their case at its border."""
        rest: tuple[list[int], list[int]] = (
            [unit for unit in _range(edit, OLD) if (OLD, unit) not in self._told],
            [unit for unit in _range(edit, NEW) if (NEW, unit) not in self._told],
        )
        if len(rest[OLD]) + len(rest[NEW]) == len(list(_units(edit))):
            return True
        telling = [
            Counter(self.sides[side].keys[unit].casefold() for unit in rest[side] if self._is_telling(side, unit))
            for side in (OLD, NEW)
        ]
        return telling[OLD] != telling[NEW]

    def _is_telling(self, side: int, unit: int) -> bool:
        return self.sides[side].shapes[unit] in _CONTENT

    def _finding(self, change_class: ChangeClass, edit: Edit, lost: list[int], gained: list[int]) -> list[Finding]:
        """A finding, if both sides have something to show, or one side has and the edit is small beside it."""
        if not lost and not gained:
            return []
        if not (lost and gained) and abs(self._content(OLD, edit) - self._content(NEW, edit)) > len(lost or gained) + 2:
            return []
        if not self._stands_in_kept_text(edit):
            return []
        self._told |= {(OLD, unit) for unit in lost} | {(NEW, unit) for unit in gained}
        old, new = (" … ".join(self._runs(side, units)) for side, units in ((OLD, lost), (NEW, gained)))
        return [Finding(change_class=change_class, old=old, new=new)]

    def _runs(self, side: int, found: Sequence[int]) -> list[str]:
        """The units as text, neighbours together."""
        runs: list[list[int]] = []
        for unit in found:
            if runs and runs[-1][-1] == unit - 1:
                runs[-1].append(unit)
            else:
                runs.append([unit])
        return [self.sides[side].slice(run[0], run[-1] + 1) for run in runs]

    def _stands_in_kept_text(self, edit: Edit) -> bool:
        for side in (OLD, NEW):
            units = _range(edit, side)
            if (
                units
                and self.context.counterpart(side, self.context.sentence(side, units.start))[1] < _KEPT_FOR_FIGURES
            ):
                return False
        return True

    def _figures_of(self, side: int, shape: Shape) -> Counter[str]:
        """The figures of a shape that were edited on a side, written alike."""
        return Counter(self._figure(side, unit) for edit in self.diff.edits for unit in self._shaped(side, edit, shape))

    def _shaped(self, side: int, edit: Edit, shape: Shape) -> list[int]:
        units = [unit for unit in _range(edit, side) if self.sides[side].shapes[unit] is shape]
        if shape is Shape.DATE:
            units += [
                unit for mention in self.mentions[side] if mention.sense is Sense.CALENDAR
                for unit in range(mention.start, mention.end) if unit in _range(edit, side)
            ]  # fmt: skip
        return sorted(set(units))

    def _figure(self, side: int, unit: int) -> str:
        text = self.sides[side].keys[unit].casefold()
        return "".join(str(decimal(letter)) if letter.isdecimal() else letter for letter in text)

    def _changed_figures(self, side: int, edit: Edit, shape: Shape) -> list[int]:
        """The figures of an edit that did not merely change their place."""
        surplus = self._figures[shape][side] - self._figures[shape][1 - side]
        return [unit for unit in self._shaped(side, edit, shape) if surplus[self._figure(side, unit)]]

    def _changed_names(self, side: int, edit: Edit) -> list[int]:
        others = {self.sides[1 - side].keys[unit] for unit in _range(edit, 1 - side)}
        return [
            unit for unit in _range(edit, side)
            if (side, unit) not in self._told and (side, unit) not in self._phrased
            and self.sides[side].keys[unit] not in others and self._is_name(side, unit)
        ]  # fmt: skip

    def _is_name(self, side: int, unit: int) -> bool:
        """Whether a unit looks like part of a name.

        A capital letter inside a sentence, or before another capital at its beginning; several capitals; in Chinese
        the letters of a transcribed name, around its dot. Arabic has no such sign, so no name is claimed there.
        """
        whole = self.sides[side]
        word = whole.keys[unit]
        if whole.shapes[unit] is not Shape.WORD or not word[0].isupper():
            return whole.shapes[unit] is not Shape.MARK and self._is_beside_name_dot(side, unit)
        if word[1:2].isupper() or not self.context.is_first(side, unit):
            return len(word) > 1
        following = whole.keys[unit + 1] if unit + 1 < len(whole.keys) else ""
        return following[:1].isupper() and self.context.sentence(side, unit) == self.context.sentence(side, unit + 1)

    def _is_beside_name_dot(self, side: int, unit: int) -> bool:
        keys = self.sides[side].keys
        for step in (-1, 1):
            for place in range(unit, unit + step * (_NEAR + 1), step):
                if not 0 <= place < len(keys) or not keys[place][0].isalpha():
                    if 0 <= place < len(keys) and keys[place] == _NAME_DOT:
                        return True
                    break
        return False


def _range(edit: Edit, side: int) -> range:
    return range(edit.old_start, edit.old_end) if side == OLD else range(edit.new_start, edit.new_end)


def _units(edit: Edit) -> Iterable[Unit]:
    for side in (OLD, NEW):
        for unit in _range(edit, side):
            yield side, unit
