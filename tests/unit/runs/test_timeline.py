"""The life of a page as stretches."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model.holdings import CaptureRow, VersionRow
from monitor.model.quality import Verdict
from monitor.runs.timeline import Event, Stretch, timeline

START = datetime(2024, 4, 1, tzinfo=UTC)
NOW = START + timedelta(days=100)


def life(*versions: int | None, editions: tuple[int, ...] = (2024, 2024, 2024)) -> list[Stretch]:
    """The timeline of a page captured once a day with these versions (None: not the report)."""
    captures = [
        CaptureRow(
            captured_at=START + timedelta(days=day), status=200, sha256="0" * 64, size=1, url="https://a.example/",
            verdict=Verdict.REPORT if number else Verdict.MAINTENANCE, reason="", version=number, edition=2024,
        )
        for day, number in enumerate(versions)
    ]  # fmt: skip
    rows = [
        VersionRow(
            number=number, edition=editions[number - 1], title=f"Maravel {editions[number - 1]}", first_seen=START,
            last_seen=START, captures=1, sha256="0" * 64,
        )
        for number in sorted({number for number in versions if number})
    ]  # fmt: skip
    return timeline(captures, rows, {START + timedelta(days=1): {"changes": {"number": 1}}})


@pytest.mark.parametrize(
    ("versions", "events"),
    [
        ((1, 1, 1), ["first"]),
        ((1, 2), ["first", "correction"]),
        ((1, 2, 1), ["first", "correction", "return"]),
        ((1, None, 1), ["first"]),
        ((None, 1, None, 2), ["first", "correction"]),
        ((None, None), []),
        ((), []),
    ],
)
def test_a_stretch_begins_where_the_version_changes(versions: tuple[int | None, ...], events: list[str]) -> None:
    assert [stretch.event.value for stretch in life(*versions)] == events


def test_a_new_year_in_the_title_is_an_edition() -> None:
    assert life(1, 2, editions=(2023, 2024))[1].event is Event.EDITION


def test_a_version_stands_until_the_next_is_met_and_the_last_until_now() -> None:
    first, last = life(1, 1, 1, 2)
    assert first.stood(NOW) == timedelta(days=3)
    assert last.stood(NOW) == timedelta(days=97)
    assert (last.not_before, last.since) == (START + timedelta(days=2), START + timedelta(days=3))


def test_a_stretch_has_the_summary_of_its_beginning() -> None:
    assert [stretch.summary for stretch in life(1, 2, 1)] == [None, {"changes": {"number": 1}}, None]
