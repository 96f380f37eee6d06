"""Sections of a translation that are far shorter than its other sections lead to expect. Knows lengths and nothing else."""

from collections.abc import Sequence

from monitor.model.comparison import SectionLink
from monitor.model.document import Document

_SHORTER = 0.6
_LONG_ENOUGH = 80
_ENOUGH = 3


def with_lengths(links: Sequence[SectionLink], old: Document, new: Document) -> tuple[SectionLink, ...]:
    """The links, those marked whose new text has less than three fifths of its usual length.

    What is usual is the middle of the ratios of all sections that correspond one to one and are long enough; of fewer
    than three sections nothing is said.
    """
    lengths = [{section.id: len(section.text) for section in side.sections} for side in (old, new)]
    ratios = {
        link: lengths[1][link.new[0]] / lengths[0][link.old[0]]
        for link in links
        if len(link.old) == len(link.new) == 1 and lengths[0][link.old[0]] >= _LONG_ENOUGH
    }
    if len(ratios) < _ENOUGH:
        return tuple(links)
    usual = sorted(ratios.values())[len(ratios) // 2]
    return tuple(link._replace(shorter=ratios.get(link, usual) < _SHORTER * usual) for link in links)
