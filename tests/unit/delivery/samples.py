"""Dispatches for the tests of deliveries."""

from monitor.alerts.schedule import Dispatch, Form
from monitor.model.alert import Alert, Delivery
from tests.unit.alerts.samples import NOW


def dispatch(*alerts: Alert, wording: str = "en", form: Form = Form.SINGLE, channel: str = "desk") -> Dispatch:
    """One message of those alerts."""
    keys = tuple(Delivery(alert_id=alert.id, channel=channel).key for alert in alerts)
    return Dispatch(channel=channel, wording=wording, form=form, at=NOW, alerts=alerts, deliveries=keys)
