"""One report in two languages compared: sections that are missing, merged, moved or extra, and figures that disagree."""

from collections.abc import Iterator, Sequence

from monitor.align.languages import align_languages
from monitor.diff.carried import whole_change
from monitor.diff.contradictions import contradictions
from monitor.diff.lengths import with_lengths
from monitor.extract.detect import contradicts
from monitor.language.lexicon import lexicon
from monitor.language.words import key
from monitor.model.comparison import Change, Comparison, ComparisonKind, SectionLink, SectionStatus
from monitor.model.document import Document
from monitor.model.note import Note, NoteCode, note
from monitor.model.statistic import StatisticChange

_UNTRANSLATED = 0.8


def compare_translations(old: Document, new: Document) -> Comparison:
    """The differences between two language versions of a report.

    A link of one section with one is `unchanged` if their figures agree, `edited` if they do not, or only one has them. A statistic is
    `changed` where the languages disagree; `removed` or `added` where only one states it in digits. That is a change, as
    are a section far shorter than the others, another edition, and two texts in one language unless they are the same.
    The text decides on the language, not its label; a note says so.
    """
    one, other = in_its_language(old), in_its_language(new)
    links = with_lengths(align_languages(one, other), one, other)
    events = contradictions(one, other, links)
    links = tuple(_settled(link, found) for link, found in zip(links, events, strict=True))
    statistics = tuple(event for found in events for event in found)
    notes = dict.fromkeys([*_mislabelled(old), *_mislabelled(new), *_notes(one, other, links)])
    return Comparison(
        kind=ComparisonKind.TRANSLATION, old=old, new=new, alignment=links, changes=tuple(_changes(old, new, links)),
        statistics=statistics, notes=tuple(notes),
        changed=any(map(_is_visible, links)) or bool(statistics) or _is_no_translation(one, other),
    )  # fmt: skip


def _settled(link: SectionLink, events: Sequence[StatisticChange]) -> SectionLink:
    if link.status is SectionStatus.UNCHANGED and events:
        return link._replace(status=SectionStatus.EDITED)
    return link


def _changes(old: Document, new: Document, links: Sequence[SectionLink]) -> list[Change]:
    """The texts of the sections that only one language has."""
    gone = [old.section(i) for link in links if not link.new for i in link.old]
    come = [new.section(j) for link in links if not link.old for j in link.new]
    return [
        whole_change(block.text, section.id, number, gone=side)
        for side, sections in ((True, gone), (False, come))
        for section in sections for number, block in enumerate(section.blocks)
    ]  # fmt: skip


def _is_visible(link: SectionLink) -> bool:
    return link.status is not SectionStatus.UNCHANGED or link.moved or link.shorter


def _is_no_translation(old: Document, new: Document) -> bool:
    """True for two editions, and for two texts in one language that are not the same."""
    if editions_differ(old, new):
        return True
    return old.language == new.language and key(_text(old)) != key(_text(new))


def editions_differ(old: Document, new: Document) -> bool:
    """Whether both tell their edition, and not the same."""
    return None not in (old.edition, new.edition) and old.edition != new.edition


def _text(document: Document) -> str:
    return " ".join(section.text for section in document.sections)


def in_its_language(document: Document) -> Document:
    """The document in the language that its text clearly is in, whatever its label says."""
    found = _other_language(document)
    return document._replace(language=found) if found else document


def _other_language(document: Document) -> str | None:
    """The language that the text clearly is in, if its label says another."""
    return contradicts(_text(document), document.language)


def _mislabelled(document: Document) -> Iterator[Note]:
    found = _other_language(document)
    if found:
        name = document.title or document.source
        yield note(NoteCode.MISLABELLED, title=name, language=document.language, found_language=found)


def _notes(old: Document, new: Document, links: Sequence[SectionLink]) -> Iterator[Note]:
    if old.language == new.language:
        yield note(NoteCode.ONE_LANGUAGE, language=old.language)
    untranslated = _untranslated(old, new, links)
    total = sum(1 for link in links if link.old and link.new)
    if untranslated and len(untranslated) >= _UNTRANSLATED * total:
        yield note(NoteCode.UNTRANSLATED)
    elif untranslated:
        yield note(NoteCode.UNTRANSLATED_SECTIONS, sections="; ".join(untranslated))
    if old.edition and new.edition and editions_differ(old, new):
        yield note(
            NoteCode.EDITIONS_DIFFER,
            old_language=old.language,
            old=old.edition,
            new_language=new.language,
            new=new.edition,
        )
    for side in (old, new):
        if len(side.sections) < 2:
            yield note(NoteCode.NO_SECTIONS, title=side.title or side.source)
        if not lexicon(side.language).name:
            yield note(NoteCode.NO_LEXICON, language=side.language)


def _untranslated(old: Document, new: Document, links: Sequence[SectionLink]) -> list[str]:
    """The headings of the sections whose text is the same on both sides."""
    pairs = [(old.section(link.old[0]), new.section(link.new[0])) for link in links if link.old and link.new]
    return [one.heading for one, other in pairs if one.text and key(one.text) == key(other.text)]
