from datetime import UTC, datetime

import pytest

from monitor.fetch.address import joined, parse
from monitor.fetch.answers import retry_after
from monitor.fetch.wire import Reply

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), ("0", 0), ("Wed, 01 Apr 2026 12:01:00 GMT", 60), ("Wed, 01 Apr 2026 11:00:00 GMT", None),
        ("soon", None), ("", None), ("-5", None), ("١٢", None), ("99999999999999999999", None),
        ("Wed, 99 Apr 2026 12:01:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date_and_junk_is_ignored(value: str, seconds: float | None) -> None:
    assert retry_after(Reply(status=503, headers=(("Retry-After", value),), body=b""), NOW) == seconds


@pytest.mark.parametrize(
    ("url", "authority", "target"),
    [
        ("https://A.example", "a.example", "/"),
        ("http://a.example:80/x", "a.example", "/x"),
        ("http://a.example:8080/x?y=1#z", "a.example:8080", "/x?y=1"),
        (
            "https://a.example/русский отчёт/?q=é",
            "a.example",
            "/%D1%80%D1%83%D1%81%D1%81%D0%BA%D0%B8%D0%B9%20%D0%BE%D1%82%D1%87%D1%91%D1%82/?q=%C3%A9",
        ),
        ("https://a.example/already%20done", "a.example", "/already%20done"),
        ("https://bücher.example/", "xn--bcher-kva.example", "/"),
        ("http://[2001:db8::1]:81/", "[2001:db8::1]:81", "/"),
    ],
)
def test_an_address_is_asked_for_as_http_wants_it(url: str, authority: str, target: str) -> None:
    address = parse(url)
    assert (address.authority, address.target) == (authority, target)


def test_a_location_is_read_against_the_address_it_came_from() -> None:
    base = parse("https://a.example/x/y?z=1")
    assert joined(base, "../b") == "https://a.example/b"
    assert joined(base, "//c.example/") == "https://c.example/"
