"""One report in two languages compared: sections that are missing, merged, moved or extra, and figures that disagree."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from monitor.align.languages import align_languages
from monitor.diff.carried import whole_change
from monitor.diff.figures import Figure, changed, figures, one_sided
from monitor.extract.detect import contradicts
from monitor.language.lexicon import lexicon
from monitor.language.words import key
from monitor.model.comparison import Change, Comparison, ComparisonKind, SectionLink, SectionStatus
from monitor.model.document import Document
from monitor.model.note import Note, NoteCode, note
from monitor.model.statistic import StatisticChange, StatisticEvent, StatisticKind
from monitor.stats.comparable import same_quantity

_UNTRANSLATED = 0.8
_SAME_PLACE = 0.2
_ALONE_OF_ITS_KIND = 0.85
_ONE_OF_SEVERAL = 0.6
_UNSEEN = 0.5
_TELLING = 10


def compare_translations(old: Document, new: Document) -> Comparison:
    """The differences between two language versions of a report.

    A link of one section with one is `unchanged` if their figures agree, `edited` if they do not. A statistic is
    `changed` where the languages disagree; `removed` or `added` where only one states it in digits. The text decides
    on the language, not its label; a note says so.
    """
    one, other = _in_its_language(old), _in_its_language(new)
    links = align_languages(one, other)
    figures_of = _figures(one), _figures(other)
    events = [_disagreements(link, figures_of) for link in links]
    events = _without_elsewhere(events, figures_of)
    links = tuple(_settled(link, found) for link, found in zip(links, events, strict=True))
    statistics = tuple(event for found in events for event in found)
    notes = dict.fromkeys([*_mislabelled(old), *_mislabelled(new), *_notes(one, other, links)])
    return Comparison(
        kind=ComparisonKind.TRANSLATION, old=old, new=new, alignment=links, changes=tuple(_changes(old, new, links)),
        statistics=statistics, notes=tuple(notes),
        changed=any(map(_is_visible, links)) or any(e.change is StatisticEvent.CHANGED for e in statistics),
    )  # fmt: skip


def disagreeing(old: Sequence[Figure], new: Sequence[Figure]) -> list[StatisticChange]:
    """The figures of corresponding texts that have no equal on the other side: paired where they stand at the same place
    and are of one kind, else on their own."""
    left_old, left_new = _unequal(old, new)
    pairs = sorted(
        (abs(old[i].place - new[j].place), i, j)
        for i in left_old for j in left_new
        if old[i].statistic.kind is new[j].statistic.kind and abs(old[i].place - new[j].place) <= _SAME_PLACE
    )  # fmt: skip
    kinds = Counter(old[i].statistic.kind for i in left_old) | Counter(new[j].statistic.kind for j in left_new)
    events: list[StatisticChange] = []
    for _, i, j in pairs:
        if i in left_old and j in left_new:
            left_old.remove(i)
            left_new.remove(j)
            sure = _ALONE_OF_ITS_KIND if kinds[old[i].statistic.kind] == 1 else _ONE_OF_SEVERAL
            events += [event for event in (changed(old[i], new[j], sure),) if event]
    events += [one_sided(old[i], gone=True, confidence=_UNSEEN) for i in left_old if _is_telling(old[i])]
    events += [one_sided(new[j], gone=False, confidence=_UNSEEN) for j in left_new if _is_telling(new[j])]
    return events


def _unequal(old: Sequence[Figure], new: Sequence[Figure]) -> tuple[list[int], list[int]]:
    """What is left of both sides once equal quantities are taken away, the nearest first; a lone "one" says nothing."""
    equal = sorted(
        (abs(one.place - other.place), i, j)
        for i, one in enumerate(old) for j, other in enumerate(new)
        if same_quantity(one.statistic, other.statistic)
    )  # fmt: skip
    left_old = [i for i, figure in enumerate(old) if figure.statistic.value != 1]
    left_new = [j for j, figure in enumerate(new) if figure.statistic.value != 1]
    taken_old, taken_new = set[int](), set[int]()
    for _, i, j in equal:
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
    return [i for i in left_old if i not in taken_old], [j for j in left_new if j not in taken_new]


def _is_telling(figure: Figure) -> bool:
    """Whether a figure is stated so plainly that another language would hardly leave it out: ten or more, in digits."""
    value = figure.statistic.value
    written = any(char.isdigit() for char in figure.statistic.quote)
    return written and isinstance(value, int | float) and value >= _TELLING and figure.statistic.kind in _PLAIN_KINDS


_PLAIN_KINDS = frozenset({StatisticKind.COUNT, StatisticKind.PERCENT, StatisticKind.MONEY})

_ByLink = tuple[dict[str, list[Figure]], dict[str, list[Figure]]]


def _figures(document: Document) -> dict[str, list[Figure]]:
    return {section.id: figures([section], document.language) for section in document.sections}


def _disagreements(link: SectionLink, figures_of: _ByLink) -> list[StatisticChange]:
    if not link.old or not link.new:
        return []
    old, new = ([f for i in ids for f in own[i]] for ids, own in zip((link.old, link.new), figures_of, strict=True))
    return disagreeing(_placed(old, len(link.old)), _placed(new, len(link.new)))


def _placed(own: list[Figure], sections: int) -> list[Figure]:
    """The figures with places that run through all the sections of their side."""
    if sections == 1:
        return own
    ids = list(dict.fromkeys(figure.statistic.section for figure in own))
    return [f._replace(place=(ids.index(f.statistic.section) + f.place) / sections) for f in own]


def _without_elsewhere(events: list[list[StatisticChange]], figures_of: _ByLink) -> list[list[StatisticChange]]:
    """The events without the one-sided figures that the other language states in another section."""
    everything = [[figure.statistic for own in side.values() for figure in own] for side in figures_of]

    def stands_elsewhere(event: StatisticChange) -> bool:
        if event.old is not None and event.new is not None:
            return False
        statistic, others = (event.old, everything[1]) if event.old is not None else (event.new, everything[0])
        return statistic is not None and any(same_quantity(statistic, other) for other in others)

    return [[event for event in found if not stands_elsewhere(event)] for found in events]


def _settled(link: SectionLink, events: Iterable[StatisticChange]) -> SectionLink:
    disagrees = any(event.change is StatisticEvent.CHANGED for event in events)
    if link.status is SectionStatus.UNCHANGED and disagrees:
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
    return link.status is not SectionStatus.UNCHANGED or link.moved


def _in_its_language(document: Document) -> Document:
    found = _other_language(document)
    return document._replace(language=found) if found else document


def _other_language(document: Document) -> str | None:
    """The language that the text clearly is in, if its label says another."""
    return contradicts(" ".join(section.text for section in document.sections), document.language)


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
    if old.edition and new.edition and old.edition != new.edition:
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
