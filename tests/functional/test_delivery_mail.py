"""Mail through a real server on loopback."""

import contextlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from monitor.alerts.outcome import Dead, Delivered, Outcome, Retry
from monitor.delivery.envelope import Attachment
from monitor.delivery.mail import probe
from monitor.delivery.send import Parcel, send
from monitor.model.channel import MailChannel, Secret, Security
from tests.fakes.mailbox import Mailbox
from tests.fakes.poster import post
from tests.unit.alerts.samples import alert
from tests.unit.delivery.samples import dispatch

NOW = datetime(2026, 3, 2, 9, 45, tzinfo=UTC)
PASSWORD = "correct horse"
PARCEL = Parcel(dispatch=dispatch(alert()), now=NOW)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as found:
        yield found


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
               "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


def channel(mailbox: Mailbox, **values: object) -> MailChannel:
    base = MailChannel(
        name="desk", host="127.0.0.1", port=mailbox.port, security=Security.NONE, seconds=5, sender="Monitor <monitor@example.org>",
        recipients=("ann@example.org", "bob@example.org"),
    )  # fmt: skip
    return replace(base, **values)  # type: ignore[arg-type]


def deliver(to: MailChannel, parcel: Parcel = PARCEL) -> Outcome:
    return send(to, parcel, poster=post, environment={"SMTP_PASSWORD": PASSWORD})


def read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_mail_arrives_with_text_html_and_the_report(mailbox: Mailbox) -> None:
    report = Attachment(name="veland-en.html", content=b"<!DOCTYPE html><p>all of it")

    assert deliver(channel(mailbox), replace(PARCEL, report=report)) == Delivered()

    ((recipients, raw),) = mailbox.taken
    mail = read(raw)
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert recipients == ("ann@example.org", "bob@example.org")
    assert mail["Subject"] == "Veland: 98 → 104 (new cases)"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert text is not None
    assert "[-98-]{+104+}" in text.get_content()
    assert page is not None
    assert ">104</ins>" in page.get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["veland-en.html"]
    assert next(mail.iter_attachments()).get_content().startswith("<!DOCTYPE html>")


def test_a_report_that_is_too_large_is_linked(mailbox: Mailbox) -> None:
    (seen,) = PARCEL.dispatch.alerts[0].sightings
    link = "https://monitor.example.org/reports/1.html"
    parcel = replace(PARCEL, report=Attachment(name="r.html", content=b"x" * 200), reports={seen.comparison_id: link})

    deliver(channel(mailbox, largest_report=100), parcel)

    mail = read(mailbox.taken[0][1])
    assert list(mail.iter_attachments()) == []
    assert link in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_mails_of_a_target_form_a_thread_and_a_retry_has_the_same_id(mailbox: Mailbox) -> None:
    for parcel in (PARCEL, replace(PARCEL, tries=1), replace(PARCEL, dispatch=dispatch(alert(new=120)))):
        deliver(channel(mailbox), parcel)

    first, again, other = (read(raw) for _, raw in mailbox.taken)
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert (first["X-Monitor-Delivery"], again["X-Monitor-Delivery"]) == ("1", "2")
    assert first["References"] == first["In-Reply-To"] == other["References"]


def test_a_refused_recipient_is_told_and_the_others_are_served(mailbox: Mailbox) -> None:
    mailbox.refusals["bob@example.org"] = "550 no such user"

    outcome = deliver(channel(mailbox))

    assert outcome == Delivered(refused=(("bob@example.org", "550 no such user"),))
    assert mailbox.taken[0][0] == ("ann@example.org",)


def test_who_is_greylisted_is_tried_again_alone(mailbox: Mailbox) -> None:
    mailbox.refusals["bob@example.org"] = "451 come back later"
    outcome = deliver(channel(mailbox))
    mailbox.refusals.clear()

    assert isinstance(outcome, Retry)
    assert outcome.recipients == ("bob@example.org",)
    assert deliver(channel(mailbox), replace(PARCEL, recipients=outcome.recipients, tries=1)) == Delivered()
    assert [recipients for recipients, _ in mailbox.taken] == [("ann@example.org",), ("bob@example.org",)]


def test_a_mail_that_nobody_will_ever_take_is_dead(mailbox: Mailbox) -> None:
    mailbox.refusals |= {"ann@example.org": "550 gone", "bob@example.org": "553 gone"}

    outcome = deliver(channel(mailbox))

    assert outcome == Dead(reason="ann@example.org: 550 gone; bob@example.org: 553 gone")


@pytest.mark.parametrize(("answer", "kind"), [("451 busy", Retry), ("554 looks like spam", Dead)])
def test_an_answer_to_the_content_holds_for_all(mailbox: Mailbox, answer: str, kind: type[Outcome]) -> None:
    mailbox.data.append(answer)

    outcome = deliver(channel(mailbox))

    assert isinstance(outcome, kind)
    assert answer in outcome.reason  # type: ignore[union-attr]
    assert mailbox.taken == []


def test_a_mail_found_too_large_goes_again_as_short_text(mailbox: Mailbox) -> None:
    mailbox.data.append("552 too much")

    assert deliver(channel(mailbox)) == Delivered()

    mail = read(mailbox.taken[0][1])
    assert mail.get_content_type() == "text/plain"
    assert "Veland: 98 → 104" in mail.get_content()
    assert "The page: https://reports.example.org/en/veland/" in mail.get_content()


def test_a_password_never_leaves_this_machine_in_clear_text(mailbox: Mailbox) -> None:
    far = channel(mailbox, host="mail.invalid", username="monitor", password=Secret.parse("env:SMTP_PASSWORD"))

    outcome = deliver(far)

    assert isinstance(outcome, Retry)
    assert "set security to starttls or tls" in outcome.reason


def test_no_answer_after_the_content_is_tried_again_under_the_same_id(mailbox: Mailbox) -> None:
    mailbox.data.append("")

    outcome = deliver(channel(mailbox))
    deliver(channel(mailbox), replace(PARCEL, tries=1))

    assert isinstance(outcome, Retry)
    assert "may have arrived" in outcome.reason
    assert outcome.recipients == ("ann@example.org", "bob@example.org")
    ids = {str(read(raw)["Message-ID"]) for _, raw in mailbox.taken}
    assert (len(mailbox.taken), len(ids)) == (2, 1)


def test_a_server_without_starttls_is_never_spoken_to_in_clear(mailbox: Mailbox) -> None:
    strict = channel(
        mailbox, security=Security.STARTTLS, username="monitor", password=Secret.parse("env:SMTP_PASSWORD")
    )

    outcome = deliver(strict)

    assert isinstance(outcome, Retry)
    assert "offers no STARTTLS" in outcome.reason
    assert mailbox.taken == []


def test_starttls_with_a_login(certificate: tuple[Path, ssl.SSLContext]) -> None:
    ca_file, context = certificate
    with Mailbox(context=context, login=("monitor", PASSWORD)) as mailbox:
        safe = channel(mailbox, security=Security.STARTTLS, host="localhost", ca_file=ca_file, username="monitor",
                       password=Secret.parse("env:SMTP_PASSWORD"))  # fmt: skip

        assert probe(safe, {"SMTP_PASSWORD": PASSWORD}) is None
        assert deliver(safe) == Delivered()


def test_starttls_without_a_login(certificate: tuple[Path, ssl.SSLContext]) -> None:
    ca_file, context = certificate
    with Mailbox(context=context) as mailbox:
        safe = channel(mailbox, security=Security.STARTTLS, host="localhost", ca_file=ca_file)

        assert deliver(safe) == Delivered()


def test_tls_from_the_start(certificate: tuple[Path, ssl.SSLContext]) -> None:
    ca_file, context = certificate
    with Mailbox(tls=context) as mailbox:
        safe = channel(mailbox, security=Security.TLS, host="localhost", ca_file=ca_file)

        assert deliver(safe) == Delivered()
        assert isinstance(deliver(replace(safe, ca_file=None)), Retry)


def test_a_ca_file_that_is_none_is_named(mailbox: Mailbox, tmp_path: Path) -> None:
    outcome = deliver(channel(mailbox, ca_file=tmp_path / "nothing.pem"))

    assert isinstance(outcome, Retry)
    assert "nothing.pem: holds no certificates" in outcome.reason


def test_a_certificate_that_is_not_trusted_stops_everything(certificate: tuple[Path, ssl.SSLContext]) -> None:
    with Mailbox(context=certificate[1]) as mailbox:
        outcome = deliver(channel(mailbox, security=Security.STARTTLS))

        assert isinstance(outcome, Retry)
        assert "TLS failed" in outcome.reason
        assert mailbox.taken == []


def test_a_refused_login_says_what_to_do_and_not_the_password() -> None:
    with Mailbox(login=("monitor", "another")) as mailbox:
        to = channel(mailbox, username="monitor", password=Secret.parse("env:SMTP_PASSWORD"))

        outcome, said = deliver(to), probe(to, {"SMTP_PASSWORD": PASSWORD})

    assert isinstance(outcome, Retry)
    assert said is not None
    for text in (outcome.reason, said):
        assert "refused the login of monitor" in text
        assert "check username and password" in text
        assert PASSWORD not in text


def test_a_server_out_of_reach_is_named(mailbox: Mailbox) -> None:
    nowhere = channel(mailbox, port=1)

    outcome = deliver(nowhere)

    assert isinstance(outcome, Retry)
    assert outcome.reason.startswith("mail server 127.0.0.1:1: ")
    assert "check host and port" in (probe(nowhere, {}) or "")


def test_a_server_that_drips_its_answer_is_given_up(mailbox: Mailbox) -> None:
    stopped = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection, contextlib.suppress(OSError):
                while not stopped.wait(0.02):
                    connection.sendall(b"2")

        dripping = threading.Thread(target=drip)
        dripping.start()
        outcome = deliver(channel(mailbox, port=server.getsockname()[1], seconds=0.05))
        stopped.set()
        dripping.join()

    assert isinstance(outcome, Retry)
    assert outcome.reason.endswith("no answer in time")
    assert outcome.recipients == ("ann@example.org", "bob@example.org")


def test_a_missing_password_keeps_the_mail(mailbox: Mailbox) -> None:
    to = channel(mailbox, username="monitor", password=Secret.parse("env:ELSEWHERE"))

    outcome = deliver(to)

    assert isinstance(outcome, Retry)
    assert "the variable ELSEWHERE is not set" in outcome.reason
