"""The demo's mail server and webhook receiver, spoken to by strangers."""

import smtplib
import urllib.error
import urllib.request

import pytest
from standardwebhooks import Webhook

from monitor.demo.postbox import HookServer, MailServer

KEY = b"k" * 32


def call(hook: HookServer, signature: str, body: bytes) -> int:
    headers = {"webhook-id": "m1", "webhook-timestamp": "1700000000", "webhook-signature": signature}
    try:
        with urllib.request.urlopen(urllib.request.Request(hook.address, body, headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def signature(body: bytes) -> str:
    import base64
    from datetime import UTC, datetime

    stranger = Webhook(base64.b64encode(KEY).decode())
    return stranger.sign("m1", datetime.fromtimestamp(1700000000, UTC), body.decode())


def test_a_signed_message_is_taken_and_another_is_not() -> None:
    body = b'{"type": "report.revision"}'
    with HookServer(KEY) as hook:
        assert call(hook, signature(body), body) == 204
        assert call(hook, signature(b"other"), body) == 503
        hook.down = True
        assert call(hook, signature(body), body) == 503
    assert [(each.is_signed, each.is_taken) for each in hook.calls] == [(True, True), (False, False), (True, False)]


@pytest.mark.parametrize("line", ["a plain line", ".a line that starts with a dot", "."])
def test_a_mail_is_taken_whole(line: str) -> None:
    with MailServer() as server:
        with smtplib.SMTP("127.0.0.1", server.port) as session:
            session.sendmail(
                "a@x.example", ["b@x.example"], f"Subject: News\r\nMessage-ID: <1@x>\r\n\r\n{line}\r\nend\r\n"
            )
        (letter,) = server.letters
    assert (letter.subject, letter.forms, letter.attachments) == ("News", ("text/plain",), 0)
