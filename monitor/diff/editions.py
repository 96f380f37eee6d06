"""Two editions of a report compared: subjects, figures, names and what little of the text was carried over."""

from collections.abc import Iterator, Sequence

from monitor.align.editions import align_editions
from monitor.diff.carried import carried_over
from monitor.diff.changes import Spot, footnote_changes, heading_changes
from monitor.diff.facts import edition_facts
from monitor.diff.figures import Figure, compare_figures, figures, rarities
from monitor.model.comparison import Change, Comparison, ComparisonKind, SectionLink, SectionStatus
from monitor.model.document import Document
from monitor.model.note import Note, NoteCode, note
from monitor.model.statistic import StatisticChange

_CORRESPOND = 0.35


def compare_editions(old: Document, new: Document) -> Comparison:
    """The differences between two editions. A text change is one sentence that was updated, or what is gone or new in one
    block; a statistic is `changed` only where both figures surely count the same.

    The order given is kept even if the second edition is the older one; a note says so.
    """
    outlines = align_editions(old, new)
    links = outlines.links
    carried = carried_over(old, new, links)
    changes = [
        *_renamed(old, new, links),
        *carried.changes,
        *footnote_changes(old.footnotes, new.footnotes, new.language),
    ]
    changed = bool(changes) or any(_is_visible(link) for link in links)
    return Comparison(
        kind=ComparisonKind.EDITION, old=old, new=new, alignment=links, changes=tuple(changes),
        statistics=tuple(_statistics(old, new, links)) if changed else (), changed=changed,
        outline_similarity=outlines.similarity,
        editions=edition_facts(old, new, outlines, carried.share),
        notes=tuple(_notes(old, new, outlines.similarity, changed)),
    )  # fmt: skip


def _renamed(old: Document, new: Document, links: Sequence[SectionLink]) -> list[Change]:
    return [
        change
        for link in links if link.renamed
        for change in heading_changes(
            old.section(link.old[0]).heading, new.section(link.new[0]).heading,
            Spot(old_section=link.old[0], new_section=link.new[0]), new.language,
        )
    ]  # fmt: skip


def _statistics(old: Document, new: Document, links: Sequence[SectionLink]) -> list[StatisticChange]:
    """What became of the figures, subject by subject."""
    ours, theirs = ({s.id: figures([s], side.language) for s in side.sections} for side in (old, new))
    rarity = rarities(figure for side in (ours, theirs) for own in side.values() for figure in own)
    found: list[StatisticChange] = []
    for link in links:
        one: list[Figure] = [figure for i in link.old for figure in ours[i]]
        other: list[Figure] = [figure for j in link.new for figure in theirs[j]]
        found += compare_figures(one, other, rarity)
    return found


def _is_visible(link: SectionLink) -> bool:
    return link.status is not SectionStatus.UNCHANGED or link.renamed or link.moved


def _notes(old: Document, new: Document, outline: float, changed: bool) -> Iterator[Note]:
    if not changed:
        yield note(NoteCode.SAME_EDITION)
    elif old.edition and old.edition == new.edition:
        yield note(NoteCode.SAME_YEAR, edition=old.edition)
    if old.edition and new.edition and old.edition > new.edition:
        yield note(NoteCode.OLDER_SECOND, edition=new.edition)
    whole = [side for side in (old, new) if len(side.sections) < 2]
    yield from (note(NoteCode.NO_SECTIONS, title=side.title or side.source) for side in whole[:1])
    if not whole and outline < _CORRESPOND:
        yield note(NoteCode.OUTLINES_DIFFER)
