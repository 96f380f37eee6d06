"""What a reader asks of two editions beside sections and figures: how long each subject is, who is named, on whose word
the text relies."""

from collections import Counter
from collections.abc import Mapping, Sequence

from monitor.align.editions import Outlines
from monitor.diff.kinds import kinds_of
from monitor.diff.names import names, same_names
from monitor.diff.sources import sources
from monitor.language.words import word_count
from monitor.model.comparison import EditionFacts, Mentioned, NameKind, SectionLink, Subject
from monitor.model.document import Document


def edition_facts(old: Document, new: Document, outlines: Outlines, carried_over: float) -> EditionFacts:
    """The facts of two editions in one language whose outlines are known; `carried_over` is a share of the new text."""
    sides = names(old, new)
    full = same_names(sides, new.language)
    kinds = kinds_of(sides, full, new.language)
    quoted = [sources(side, new.language) for side in sides]
    return EditionFacts(
        carried_over=carried_over, subjects=_subjects(old, new, outlines.links),
        names=_mentioned(sides[0].counts, sides[1].counts, full, kinds),
        sources=_mentioned(quoted[0], quoted[1], full, kinds),
        related=outlines.related,
    )  # fmt: skip


def _subjects(old: Document, new: Document, links: Sequence[SectionLink]) -> tuple[Subject, ...]:
    lengths = [{section.id: word_count(section.text) for section in side.sections} for side in (old, new)]
    return tuple(
        Subject(
            old=link.old, new=link.new,
            old_words=sum(lengths[0][i] for i in link.old) if link.old else None,
            new_words=sum(lengths[1][j] for j in link.new) if link.new else None,
        )
        for link in links
    )  # fmt: skip


def _mentioned(
    old: Mapping[str, int], new: Mapping[str, int], full: Mapping[str, str], kinds: Mapping[str, NameKind]
) -> tuple[Mentioned, ...]:
    """The names of both sides under their fullest form, the most frequent first."""
    counts = Counter[str](), Counter[str]()
    for side, found in zip(counts, (old, new), strict=True):
        for name, count in found.items():
            side[full.get(name, name)] += count
    together = sorted(counts[0] | counts[1], key=lambda name: (-counts[0][name] - counts[1][name], name))
    return tuple(
        Mentioned(name=name, old=counts[0][name], new=counts[1][name], kind=kinds.get(name, NameKind.OTHER))
        for name in together
    )
