"""A redesigned site is one event."""

import pytest

from monitor.alerts.redesign import is_redesign, is_restructured
from monitor.model.comparison import ComparisonKind, SectionLink, SectionStatus
from monitor.model.document import SectionId
from tests.unit.alerts.samples import comparison, corrected


def links(*statuses: SectionStatus) -> tuple[SectionLink, ...]:
    return tuple(
        SectionLink(old=(SectionId(f"s{n}"),), new=(SectionId(f"s{n}"),), status=status)
        for n, status in enumerate(statuses)
    )


def test_sections_that_come_and_go_together_are_a_new_structure() -> None:
    gone = links(SectionStatus.REMOVED, SectionStatus.ADDED, SectionStatus.EDITED)

    assert is_restructured(comparison(alignment=gone))
    assert not is_restructured(comparison(alignment=gone, kind=ComparisonKind.EDITION))
    assert not is_restructured(comparison(alignment=()))
    assert not is_restructured(corrected())


@pytest.mark.parametrize(
    ("restructured", "followed", "told"), [(4, 4, False), (5, 6, True), (30, 100, False), (31, 100, True)]
)
def test_a_site_is_suspected_by_number_and_share(restructured: int, followed: int, told: bool) -> None:
    assert is_redesign(restructured, followed) is told
