"""Many pages of one site that change their structure at once: one cause, told once. Pure."""

from monitor.model.comparison import Comparison, ComparisonKind, SectionStatus

FEWEST = 5
SHARE = 0.3
_KEPT = frozenset({SectionStatus.UNCHANGED, SectionStatus.EDITED})


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
