"""Alerts and deliveries survive being stored."""

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model.alert import (
    Alert,
    ChangeExcerpt,
    Delivery,
    EventKind,
    Incident,
    Place,
    SectionExcerpt,
    Severity,
    Side,
    Sighting,
    StatisticExcerpt,
    alert_id,
)
from monitor.model.comparison import ChangeClass, Finding, Hunk, Operation, SectionStatus
from monitor.model.statistic import (
    Magnitude,
    Qualifier,
    Statistic,
    StatisticChange,
    StatisticEvent,
    StatisticKind,
)

TEXT = st.text(max_size=12)
NUMBER = st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9))
MOMENT = st.floats(0, 4e9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def tuples(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, max_size=2).map(tuple)


STATISTICS = st.builds(
    Statistic, start=st.integers(0, 99), end=st.integers(0, 99), quote=TEXT,
    value=st.one_of(st.none(), NUMBER, st.tuples(NUMBER, NUMBER)), low=st.none() | NUMBER, high=st.none() | NUMBER,
    magnitude=st.none() | st.sampled_from(Magnitude), qualifier=st.sampled_from(Qualifier), kind=st.sampled_from(StatisticKind),
    unit=st.none() | TEXT, counted=TEXT, section=st.none() | TEXT, block=st.none() | st.integers(0, 99),
)  # fmt: skip
PLACES = st.builds(Place, heading=TEXT, topic=st.none() | TEXT, position=st.none() | st.integers(0, 99))
CHANGED = st.builds(
    StatisticChange, change=st.sampled_from(StatisticEvent), old=st.none() | STATISTICS, new=st.none() | STATISTICS,
    old_sentence=TEXT, new_sentence=TEXT, delta=st.none() | NUMBER, ratio=st.none() | st.floats(0, 1e6),
    qualifier_changed=st.booleans(), confidence=st.integers(0, 1000).map(lambda n: n / 1000),
)  # fmt: skip
SIDES = st.builds(
    Side, language=TEXT, title=TEXT, edition=st.none() | st.integers(1990, 2100), source=TEXT, sha256=TEXT
)
SIGHTINGS = st.builds(
    Sighting, comparison_id=TEXT, old=SIDES, new=SIDES, left_out=st.integers(0, 99),
    changes=tuples(st.builds(
        ChangeExcerpt, change_class=st.sampled_from(ChangeClass), place=PLACES,
        hunks=tuples(st.builds(Hunk, st.sampled_from(Operation), TEXT)),
        findings=tuples(st.builds(Finding, change_class=st.sampled_from(ChangeClass), old=TEXT, new=TEXT)),
    )),
    statistics=tuples(st.builds(StatisticExcerpt, place=PLACES, change=CHANGED)),
    sections=tuples(st.builds(
        SectionExcerpt, place=PLACES, status=st.sampled_from(SectionStatus), old_heading=TEXT, renamed=st.booleans(),
        moved=st.booleans(),
    )),
)  # fmt: skip
ALERTS = st.builds(
    Alert, id=TEXT, rules=tuples(TEXT), kind=st.sampled_from(EventKind), severity=st.sampled_from(Severity), target=TEXT,
    title=TEXT, languages=tuples(TEXT), raised_at=MOMENT, sightings=tuples(SIGHTINGS),
    incident=st.none() | st.builds(
        Incident, cause=TEXT, detail=TEXT, since=st.none() | MOMENT, address=TEXT, count=st.integers(0, 99)
    ),
)  # fmt: skip


@settings(deadline=None)
@given(ALERTS)
def test_an_alert_comes_back_from_json_as_it_was(alert: Alert) -> None:
    assert Alert.from_dict(json.loads(json.dumps(alert.to_dict()))) == alert


@settings(deadline=None)
@given(st.builds(Delivery, alert_id=TEXT, channel=TEXT, wording=TEXT))
def test_a_delivery_comes_back_from_json_with_the_same_key(delivery: Delivery) -> None:
    found = Delivery.from_dict(json.loads(json.dumps(delivery.to_dict())))

    assert (found, found.key) == (delivery, delivery.key)


@settings(deadline=None)
@given(st.lists(TEXT, max_size=3), TEXT, TEXT)
def test_the_name_of_an_alert_does_not_depend_on_the_order_of_languages(
    languages: list[str], rule: str, event: str
) -> None:
    one = alert_id(rule=rule, target="veland", languages=tuple(languages), event=event)
    other = alert_id(rule=rule, target="veland", languages=tuple(reversed(languages)), event=event)

    assert one == other
    assert len(one) == 32
    assert set(one) <= set("0123456789abcdef")


def test_sections_match_by_topic_or_by_position() -> None:
    torture = Place(heading="Torture", topic="torture", position=3)

    assert torture.matches(Place(heading="酷刑", topic="torture", position=5))
    assert torture.matches(Place(heading="Пытки", topic=None, position=3))
    assert not torture.matches(Place(heading="Torture", topic=None, position=None))
    assert not Place(heading="", position=None).matches(Place(heading="", position=None))
