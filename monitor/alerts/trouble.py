"""When trouble with a page begins to be worth telling, and when it is over. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model.standing import Standing

FAILURES = 3
GOOD = 2
PATIENCE = timedelta(hours=24)

_AT_ONCE = frozenset({"robots", "forbidden_address"})
"""Causes that no second try mends."""


def after_failure(standing: Standing, cause: str, now: datetime, *, patient: bool = False) -> tuple[Standing, bool]:
    """The standing once the page could not be had or was not the report, and whether that is now to be told.

    Told once a trouble: after FAILURES checks in a row, at once where no second try helps; if `patient`, because the
    site says when to come back or a second look is due, only after PATIENCE.
    """
    since = standing.since or now
    failed = replace(standing, failures=standing.failures + 1, good=0, cause=cause, since=since)
    if failed.told:
        return failed, False
    begins = now - since >= PATIENCE if patient else failed.failures >= FAILURES or cause in _AT_ONCE
    return replace(failed, told=begins), begins


def after_good(standing: Standing) -> tuple[Standing, bool]:
    """The standing once the page was had, and whether a trouble that was told is now over: after GOOD good checks."""
    if standing.is_clean:
        return standing, False
    if standing.told and standing.good + 1 < GOOD:
        return replace(standing, good=standing.good + 1, failures=0), False
    return replace(standing, failures=0, good=0, cause="", since=None, told=False), standing.told
