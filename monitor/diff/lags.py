"""Which language has not followed a change of the source, by the times of the texts. Pure: texts and times in, findings out."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from monitor.align.languages import align_languages
from monitor.diff.comparison import compare_revisions
from monitor.diff.matrix import Cell, Matrix, equal_figure
from monitor.diff.translations import in_its_language
from monitor.model.comparison import Change, ChangeClass, SectionStatus
from monitor.model.document import Document, SectionId

_UNTRANSLATABLE = frozenset({
    ChangeClass.TYPOGRAPHY, ChangeClass.LINK, ChangeClass.IMAGE, ChangeClass.FOOTNOTE, ChangeClass.MOVED,
})  # fmt: skip
_NEW_TEXT = frozenset({SectionStatus.ADDED, SectionStatus.SPLIT, SectionStatus.MERGED})
_ONE_RUN = timedelta(hours=1)


class Stand(NamedTuple):
    """A text as it stood: from its first capture until its last before another one took its place."""

    document: Document
    since: datetime
    until: datetime


class Lag(NamedTuple):
    """A section of the source that changed, and has not changed since in a language.

    `sections` are its counterparts there (none: it is missing). The change was first seen at `since`, and not yet at
    `before`; `changes` are what it was. `is_new`: the source had no such section at `before`, and the language has none
    yet.
    """

    language: str
    section: SectionId
    sections: tuple[SectionId, ...]
    before: datetime
    since: datetime
    changes: tuple[Change, ...]
    is_new: bool = False


class Drop(NamedTuple):
    """A section that the source no longer had at `since` and still had at `before`, and that a language still has.

    `heading` is what the source called it, `sections` are its counterparts in the language.
    """

    language: str
    sections: tuple[SectionId, ...]
    heading: str
    before: datetime
    since: datetime


class _Spell(NamedTuple):
    """Between which two captures something happened."""

    before: datetime
    since: datetime


class _Turn(NamedTuple):
    """When a section last changed and what that was; `came`: when it came, if it was not always there. `figures_alone`:
    nothing but figures of it ever changed."""

    spell: _Spell
    changes: tuple[Change, ...] = ()
    came: _Spell | None = None
    figures_alone: bool = False


class _Gone(NamedTuple):
    """A section that is gone, with the last text that had it."""

    document: Document
    section: SectionId
    spell: _Spell


def lags(found: Matrix, stands: Mapping[str, Sequence[Stand]]) -> tuple[Lag, ...]:
    """The sections of the source that changed, with each language whose counterpart has not changed since.

    A language that was first captured after the change is not blamed: nobody knows what it said before. What was
    captured within an hour counts as captured at once. A language that says already what the source was corrected to has
    nothing to follow.
    """
    documents = {document.language: document for document in found.documents}
    turns = {language: _turns(own) for language, own in stands.items()}
    late: list[Lag] = []
    for row in found.rows:
        turn = turns.get(found.source_language, {}).get(row.source) if row.source else None
        if row.source is None or turn is None:
            continue
        for cell in row.cells:
            own = stands.get(cell.language)
            if own and not (
                _has_followed(cell, turns[cell.language], turn.spell)
                or _says_so_already(cell, turn, documents[cell.language])
            ):
                late += _lag(row.source, cell, turn, own[0])
    return tuple(late)


def _lag(section: SectionId, cell: Cell, turn: _Turn, first: Stand) -> Iterator[Lag]:
    is_new = turn.came is not None and not cell.sections
    spell = turn.came if turn.came and is_new else turn.spell
    if _was_known(first, spell):
        yield Lag(
            language=cell.language, section=section, sections=cell.sections, before=spell.before, since=spell.since,
            changes=turn.changes, is_new=is_new,
        )  # fmt: skip


def drops(found: Matrix, stands: Mapping[str, Sequence[Stand]]) -> tuple[Drop, ...]:
    """The sections that the source dropped and a language still has, if it was captured before."""
    extra = [row.cells[0] for row in found.rows if row.source is None]
    if not extra:
        return ()
    gone = list(_gone(stands.get(found.source_language, ())))
    others = {document.language: document for document in found.documents[1:]}
    linked = functools.cache(lambda place, language: align_languages(gone[place].document, others[language]))
    return tuple(
        Drop(
            language=cell.language, sections=cell.sections, before=one.spell.before, since=one.spell.since,
            heading=one.document.section(one.section).heading,
        )
        for cell in extra
        for place, one in enumerate(gone)
        if cell.language in stands and _was_known(stands[cell.language][0], one.spell)
        if any(one.section in k.old and set(k.new) & set(cell.sections) for k in linked(place, cell.language))
    )  # fmt: skip


def _was_known(first: Stand, spell: _Spell) -> bool:
    """True if a language was captured before the source changed, or in the run that last saw the source unchanged."""
    return first.since < spell.since and first.since <= spell.before + _ONE_RUN


def _has_followed(cell: Cell, turns: Mapping[SectionId, _Turn], spell: _Spell) -> bool:
    return any(section in turns and turns[section].spell.since > spell.before for section in cell.sections)


def _says_so_already(cell: Cell, turn: _Turn, document: Document) -> bool:
    """True if only figures of the source changed, and a language has all of the new ones and none of the old."""
    if not turn.figures_alone or cell.figures or cell.one_sided:
        return False
    spoken = in_its_language(document)
    return all(
        event.old and event.new and equal_figure(cell, event.new, spoken) and not equal_figure(cell, event.old, spoken)
        for change in turn.changes for event in change.statistics
    )  # fmt: skip


def _is_of_figures_alone(change: Change) -> bool:
    return len(change.statistics) >= len(change.findings) and all(
        one.change_class is ChangeClass.NUMBER for one in change.findings
    )


def _turns(stands: Sequence[Stand]) -> dict[SectionId, _Turn]:
    """When each section of the last text last changed; sections that never did are left out."""
    turns: dict[SectionId, _Turn] = {}
    for before, after in pairwise(stands):
        turns = _next_turns(turns, before, after)
    return turns


def _next_turns(turns: Mapping[SectionId, _Turn], before: Stand, after: Stand) -> dict[SectionId, _Turn]:
    comparison = compare_revisions(before.document, after.document)
    told = [c for c in comparison.changes if c.change_class not in _UNTRANSLATABLE]
    spell = _Spell(before=before.until, since=after.since)
    found: dict[SectionId, _Turn] = {}
    for link in comparison.alignment:
        own = tuple(c for c in told if c.old_section in link.old or c.new_section in link.new)
        turn = next((turns[name] for name in link.old if name in turns), None)
        if own or link.status in _NEW_TEXT:
            came = spell if link.status is SectionStatus.ADDED else turn and turn.came
            alone = bool(own) and all(map(_is_of_figures_alone, own)) and (turn is None or turn.figures_alone)
            turn = _Turn(spell=spell, changes=own, came=came, figures_alone=alone)
        if turn:
            found |= dict.fromkeys(link.new, turn)
    return found


def _gone(stands: Sequence[Stand]) -> Iterator[_Gone]:
    """The sections that one text had and the next one has not."""
    for before, after in pairwise(stands):
        spell = _Spell(before=before.until, since=after.since)
        for link in compare_revisions(before.document, after.document).alignment:
            if not link.new:
                yield from (_Gone(before.document, section, spell) for section in link.old)
