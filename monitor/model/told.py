"""What is kept in the transaction of a check beside the captures. Light: what an alert is, is known where one is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model.alert import Alert, Delivery
    from monitor.model.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An alert with the deliveries that it asks for; none for a note."""

    alert: Alert
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How pages stand after a check, and what is to be said of them."""

    standings: tuple[Standing, ...] = ()
    raised: tuple[Raised, ...] = ()
