"""Changes too large to be believed at once: a page that loses most of itself, a site that is rebuilt. Pure."""

from monitor.model.comparison import Comparison, ComparisonKind, SectionStatus
from monitor.model.document import Document

FEWEST = 5
SHARE = 0.3
_KEPT = frozenset({SectionStatus.UNCHANGED, SectionStatus.EDITED})
_FEWEST_SECTIONS = 4
_LEAST_TEXT = 0.4
_MOST_GONE = 0.5


def surprise(comparison: Comparison) -> str:
    """Why the change should be seen twice before it is believed, in a sentence; empty for a change like any other.

    A page that keeps less than 40 % of its text, or, within one edition, loses or rebuilds more than half of its
    sections.
    """
    old, new = _length(comparison.old), _length(comparison.new)
    if new < _LEAST_TEXT * old:
        return f"{1 - new / old:.0%} of the text is gone."
    if comparison.kind is not ComparisonKind.REVISION or len(comparison.old.sections) < _FEWEST_SECTIONS:
        return ""
    gone = sum(len(link.old) for link in comparison.alignment if link.status is SectionStatus.REMOVED)
    if gone > _MOST_GONE * len(comparison.old.sections):
        return f"{gone} of {len(comparison.old.sections)} sections are gone."
    return "Most sections are rewritten, split or merged." if is_restructured(comparison) else ""


def is_restructured(comparison: Comparison) -> bool:
    """True if, within one edition, fewer than half of the links between sections hold their sections together."""
    if comparison.kind is not ComparisonKind.REVISION or not comparison.alignment:
        return False
    kept = sum(link.status in _KEPT for link in comparison.alignment)
    return kept * 2 < len(comparison.alignment)


def is_redesign(restructured: int, followed: int) -> bool:
    """True if so many of the pages followed on one site changed their structure in one round that the site is the
    cause: more than SHARE of them, and FEWEST at least. Its alerts are then one `redesign_suspected`."""
    return restructured >= FEWEST and restructured > SHARE * followed


def _length(document: Document) -> int:
    return sum(len(block.text) for section in document.sections for block in section.blocks)
