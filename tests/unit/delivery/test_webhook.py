"""The signature of Standard Webhooks."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook

from monitor.delivery.webhook import signature, signing_key
from monitor.errors import InputError


@settings(deadline=None)
@given(st.binary(min_size=24, max_size=64), st.integers(0, 4_000_000_000), st.text())
def test_it_is_that_of_the_published_library(key: bytes, timestamp: int, text: str) -> None:
    secret = "whsec_" + base64.b64encode(key).decode()

    expected = Webhook(secret).sign("msg_1", datetime.fromtimestamp(timestamp, UTC), text)

    assert signature(signing_key(secret, "key"), "msg_1", timestamp, text.encode()) == expected


@pytest.mark.parametrize(
    "text", ["", "whsec_", "whsec_####", "whsec_" + base64.b64encode(b"short").decode(), "whsec_ключ"]
)
def test_a_key_that_is_none_is_named_not_shown(text: str) -> None:
    with pytest.raises(InputError, match=r"env:KEY: a signing key is whsec_"):
        signing_key(text, "env:KEY")
