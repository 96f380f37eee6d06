"""What rules make of events that are of no page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.alerts.criteria import Rule
from monitor.delivery.message import message
from monitor.model.alert import Alert, EventKind
from monitor.runs.desk import Desk
from tests.unit.alerts.samples import LANGUAGES
from tests.unit.delivery.samples import dispatch

SINCE = datetime(2024, 4, 1, 12, tzinfo=UTC)
OPS = Rule(name="ops", channels=("desk",), kinds=(EventKind.TROUBLE_BEGAN, EventKind.TROUBLE_ENDED))


def said(*rules: Rule, later: float = 0, ended: bool = False) -> list[Alert]:
    """What is said of a disk that was found full SINCE, so many hours later."""
    now = SINCE + timedelta(hours=later)
    raised = Desk(rules=rules).full_disk("monitor on veland", SINCE, now, detail="free some space", ended=ended)
    return [each.alert for each in raised]


def test_a_full_disk_is_told_to_every_rule_that_hears_of_trouble_whatever_its_targets() -> None:
    narrow = Rule(name="narrow", channels=("hook",), kinds=OPS.kinds, targets=("veland",), languages=("fr",))
    deaf = Rule(name="deaf", channels=("hook",))
    assert [alert.rules for alert in said(OPS, narrow, deaf)] == [("ops",), ("narrow",)]
    assert said() == []


def test_one_full_disk_has_one_name_however_often_it_is_told() -> None:
    assert [alert.id for alert in said(OPS)] == [alert.id for alert in said(OPS, later=5)]
    assert said(OPS)[0].id != said(OPS, ended=True)[0].id


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("ended", [False, True])
def test_it_has_words_of_its_own_in_every_language(tag: str, ended: bool) -> None:
    (alert,) = said(OPS, ended=ended)
    about_a_page = message(dispatch(alert_of_a_page(alert), wording=tag))
    found = message(dispatch(alert, wording=tag))
    assert found.subject.startswith("monitor on veland")
    assert found.subject != about_a_page.subject
    assert found.short != about_a_page.short


def alert_of_a_page(alert: Alert) -> Alert:
    """The same kind of event, for another cause."""
    assert alert.incident is not None
    return replace(alert, incident=replace(alert.incident, cause="timeout"))
