"""Two documents compared: the kind, the alignment, the changes. Calls the steps in order and knows none of them."""

from collections.abc import Iterable, Sequence

from monitor.align.sections import align_sections
from monitor.diff.changes import Spot, footnote_changes, heading_changes, match_changes
from monitor.diff.links import settled
from monitor.diff.paragraphs import Match, Place, match_blocks
from monitor.language.lexicon import lexicon
from monitor.language.tag import UNKNOWN, canonical
from monitor.model.comparison import Change, ChangeClass, Comparison, ComparisonKind, SectionLink, SectionStatus
from monitor.model.document import Document, Section
from monitor.model.statistic import StatisticChange


def compare(
    old: Document, new: Document, kind: ComparisonKind | None = None, *, typography: bool = False
) -> Comparison:
    """What changed between two documents.

    The kind follows from them: another language makes a translation, another edition an edition, all else is a
    revision. A document too short to tell its language is taken to be in that of the other. `typography` also lists
    what differs in quotes, dashes and the like only; `changed` is false for it.
    """
    old, new = _spoken_like(old, new), _spoken_like(new, old)
    kind = kind or kind_of(old, new)
    if kind is ComparisonKind.EDITION:
        from monitor.diff.editions import compare_editions

        return _remarked(compare_editions(old, new))
    if kind is ComparisonKind.TRANSLATION:
        from monitor.diff.translations import compare_translations

        return compare_translations(old, new)
    return _remarked(compare_revisions(old, new, typography=typography))


def kind_of(old: Document, new: Document) -> ComparisonKind:
    """What two documents are to each other."""
    if canonical(old.language) != canonical(new.language):
        return ComparisonKind.TRANSLATION
    if old.edition and new.edition and old.edition != new.edition:
        return ComparisonKind.EDITION
    return ComparisonKind.REVISION


def _spoken_like(document: Document, other: Document) -> Document:
    if canonical(document.language) != UNKNOWN or canonical(other.language) == UNKNOWN:
        return document
    from monitor.model.note import NoteCode, note

    taken = note(NoteCode.LANGUAGE_TAKEN, language=other.language)
    return document._replace(language=other.language, direction=other.direction, notes=(*document.notes, taken))


def _remarked(comparison: Comparison) -> Comparison:
    """The comparison of two texts of one language; with a remark if its words are not known."""
    language = canonical(comparison.new.language)
    if language == UNKNOWN or lexicon(language).name:
        return comparison
    from monitor.model.note import NoteCode, note

    return comparison._replace(notes=(*comparison.notes, note(NoteCode.NO_LEXICON, language=language)))


def compare_revisions(old: Document, new: Document, *, typography: bool = False) -> Comparison:
    """What changed between two versions of one report in one language."""
    links = align_sections(old, new)
    by_link = _changes_by_link(old, new, links)
    changes = [change for found in by_link for change in found]
    changes += footnote_changes(old.footnotes, new.footnotes, new.language)
    told, statistics = _with_statistics(tuple(changes), old, new)
    links = settled(links, told, old, new)
    seen = tuple(change for change in told if change.change_class is not ChangeClass.TYPOGRAPHY)
    return Comparison(
        kind=ComparisonKind.REVISION, old=old, new=new, alignment=links, changes=told if typography else seen,
        statistics=statistics, changed=bool(seen) or any(map(_is_visible, links)),
    )  # fmt: skip


def _changes_by_link(old: Document, new: Document, links: Sequence[SectionLink]) -> list[list[Change]]:
    """The changes of every link, its renamed heading first; links between equal sections are passed over."""
    olds = {section.id: section for section in old.sections}
    news = {section.id: section for section in new.sections}
    sides = [([olds[i] for i in link.old], [news[j] for j in link.new]) for link in links]
    touched = [place for place, (one, other) in enumerate(sides) if not _same_blocks(one, other)]
    common = frozenset(lexicon(new.language).common) if touched else frozenset()
    matches = match_blocks([(_places(sides[place][0]), _places(sides[place][1])) for place in touched], common)
    by_place = dict(zip(touched, matches, strict=True))
    return [
        _heading(*sides[place], new.language) + _texts(by_place.get(place, ()), link, new.language)
        for place, link in enumerate(links)
    ]


def _same_blocks(old: Sequence[Section], new: Sequence[Section]) -> bool:
    return len(old) == len(new) == 1 and old[0].blocks == new[0].blocks


def _places(sections: Iterable[Section]) -> list[Place]:
    return [Place(section.id, number, block) for section in sections for number, block in enumerate(section.blocks)]


def _heading(old: Sequence[Section], new: Sequence[Section], language: str) -> list[Change]:
    if len(old) != 1 or len(new) != 1 or old[0].heading == new[0].heading:
        return []
    spot = Spot(old_section=old[0].id, new_section=new[0].id)
    return heading_changes(old[0].heading, new[0].heading, spot, language)


def _texts(matches: Iterable[Match], link: SectionLink, language: str) -> list[Change]:
    home = (link.old[0] if link.old else None, link.new[0] if link.new else None)
    return [change for match in matches for change in match_changes(match, language, home)]


def _is_visible(link: SectionLink) -> bool:
    return link.status is not SectionStatus.UNCHANGED or link.renamed or link.moved


def _with_statistics(
    changes: tuple[Change, ...], old: Document, new: Document
) -> tuple[tuple[Change, ...], tuple[StatisticChange, ...]]:
    """The changes with the figures that changed in them, and all those figures; looked for only where text changed."""
    if not changes:
        return changes, ()
    from monitor.diff.statistics import attach

    return attach(changes, old, new)
