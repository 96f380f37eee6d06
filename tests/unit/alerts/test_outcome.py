"""When a delivery is tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts.outcome import LONGEST_WAIT, MAIL_WAITS, WEBHOOK_WAITS, next_wait, retry_after

NOW = datetime(2026, 3, 2, 9, 45, tzinfo=UTC)


def test_a_webhook_is_tried_ten_times_within_three_days() -> None:
    assert len(WEBHOOK_WAITS) == 9
    assert sum(WEBHOOK_WAITS, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)
    assert next_wait(WEBHOOK_WAITS, 10, key="k") is None


def test_a_mail_is_tried_for_five_days() -> None:
    assert timedelta(days=4, hours=23) < sum(MAIL_WAITS, timedelta()) <= timedelta(days=5)
    assert next_wait(MAIL_WAITS, len(MAIL_WAITS) + 1, key="k") is None


@settings(deadline=None)
@given(st.sampled_from([MAIL_WAITS, WEBHOOK_WAITS]), st.integers(1, 9), st.text())
def test_a_wait_varies_by_a_tenth_and_never_between_two_looks(
    waits: tuple[timedelta, ...], tries: int, key: str
) -> None:
    wait = next_wait(waits, tries, key=key)

    assert wait == next_wait(waits, tries, key=key)
    assert wait is not None
    assert 0.9 * waits[tries - 1] <= wait <= 1.1 * waits[tries - 1]


def test_the_receivers_wish_is_kept_up_to_a_day() -> None:
    assert next_wait(WEBHOOK_WAITS, 1, key="k", after=timedelta(hours=3)) == timedelta(hours=3)
    assert next_wait(WEBHOOK_WAITS, 1, key="k", after=timedelta(days=900)) == LONGEST_WAIT
    assert next_wait(WEBHOOK_WAITS, 9, key="k", after=timedelta(seconds=1)) != timedelta(seconds=1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None), ("120", timedelta(seconds=120)), (" 5 ", timedelta(seconds=5)), ("9" * 40, LONGEST_WAIT), ("-5", None),
        ("soon", None), ("١٢", None), ("1.5", None), ("", None),
        ("Mon, 02 Mar 2026 09:50:00 GMT", timedelta(minutes=5)), ("Mon, 02 Mar 2020 09:50:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT), ("Mon, 02 Mar 2026 09:50:00 -0000", None),
    ],
)  # fmt: skip
def test_a_retry_after_header(value: str | None, expected: timedelta | None) -> None:
    assert retry_after(value, NOW) == expected
