"""A mail's addresses and headers."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from monitor.delivery.envelope import Letterhead, address, envelope
from monitor.delivery.message import message
from monitor.errors import InputError
from tests.unit.alerts.samples import LANGUAGES, alert
from tests.unit.delivery.samples import dispatch

HEAD = Letterhead(
    sender="Monitor <monitor@example.org>", recipients=("ann@example.org",), channel="Desk / ночь", key="k1",
    targets=frozenset(["veland"]), date=datetime(2026, 3, 2, 9, 45, tzinfo=UTC),
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_subject_and_bodies_come_back_in_every_script(language: str) -> None:
    told = message(dispatch(alert(language), wording=language))

    mail = message_from_bytes(envelope(told, HEAD), policy=policy.default)

    text = mail.get_body(("plain",))  # type: ignore[attr-defined]
    page = mail.get_body(("html",))  # type: ignore[attr-defined]
    assert mail["Subject"] == told.subject.replace("\xa0", " ").replace("\u202f", " ")
    assert text.get_content().replace("\r\n", "\n") == told.text
    assert page.get_content().replace("\r\n", "\n") == told.html
    assert mail["Content-Language"] == language
    assert mail["List-Id"] == "<Desk.monitor.example.org>"


def test_no_line_of_a_mail_is_too_long() -> None:
    told = replace(message(dispatch(alert())), text="w" * 9_000, subject="ж" * 500)

    assert max(len(line) for line in envelope(told, HEAD).split(b"\r\n")) <= 998


def test_alerts_of_different_targets_are_different_threads() -> None:
    told = message(dispatch(alert()))

    ids = {
        str(message_from_bytes(envelope(told, replace(HEAD, targets=frozenset(targets))))["References"])
        for targets in (["veland"], ["norvania"], ["norvania", "veland"])
    }

    assert len(ids) == 3


@pytest.mark.parametrize(
    "text", ["", "ann", "ann@", "@example.org", "ann@exa mple.org", "a\r\nBcc: b@example.org", "жена@example.org"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no mail address"):
        address(text)


def test_a_domain_in_another_script_is_written_as_mail_writes_it() -> None:
    assert address("Анна <ann@пример.example>").addr_spec == "ann@xn--e1afmkfd.example"
