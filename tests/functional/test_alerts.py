"""`monitor alerts`, and what a check says, against real channels on loopback."""

import email
import json
import socket
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path

import pytest

from tests.fakes.mailbox import Mailbox
from tests.fakes.receiver import Behaviour, Receiver
from tests.fakes.reports import report
from tests.fakes.site import Site, page, status

LANGUAGES = ("en", "fr", "ar")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({f"/{tag}/": page(report(tag), etag='"1"') for tag in LANGUAGES}) as running:
        yield running


@pytest.fixture
def hook() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as running:
        yield running


@pytest.fixture
def configure(tmp_path: Path, site: Site, hook: Receiver, mailbox: Mailbox) -> Callable[..., None]:
    def write(*, desk: str = "", rules: str = "", grace: str = "0s", languages: tuple[str, ...] = LANGUAGES) -> None:
        addresses = ", ".join(f'{tag} = "{site.address}/{tag}/"' for tag in languages)
        (tmp_path / "config.toml").write_text(
            f'[fetch]\ncontact = "mailto:desk@newsroom.example"\ninterval = 0\nallow_private = ["127.0.0.0/8"]\n'
            f'[alerts]\ntranslation_grace = "{grace}"\n'
            f'[[channel]]\nname = "hook"\ntype = "webhook"\nurl = "{hook.url}"\nallow_private = ["127.0.0.0/8"]\n'
            '[[channel]]\nname = "desk"\ntype = "mail"\nhost = "127.0.0.1"\nsecurity = "none"\n'
            f'sender = "monitor@newsroom.example"\nrecipients = ["desk@newsroom.example"]\nport = {mailbox.port}\n{desk}'
            + (rules or '[[rule]]\nname = "all"\nchannels = ["hook", "desk"]\n')
            + f'[[target]]\nid = "maravel"\ntitle = "Maravel"\naddresses = {{ {addresses} }}\n'
        )

    return write


def told(hook: Receiver) -> list[str]:
    return [json.loads(each.body)["type"] for each in hook.received]


def test_a_check_says_what_it_found_and_attaches_the_report(
    configure, run_monitor, site: Site, hook: Receiver, mailbox: Mailbox
) -> None:
    configure(languages=("en",))
    assert "delivered" not in run_monitor("check").out
    site.answers["/en/"] = page(report("en", figure=15), etag='"2"')
    out = run_monitor("check").out
    assert "desk  1 alert about Maravel: delivered" in out
    assert told(hook) == ["report.revision"]
    ((_, content),) = mailbox.taken
    mail = email.message_from_bytes(content, policy=policy.default)
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "text/html"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "12" in body.get_content()


def test_a_language_that_does_not_follow_is_one_message_and_told_once(
    configure, run_monitor, site: Site, hook: Receiver
) -> None:
    configure()
    run_monitor("check")
    site.answers["/en/"] = page(report("en", figure=15), etag='"2"')
    run_monitor("check")
    assert told(hook) == ["report.revision", "report.translation_lag"]
    assert json.loads(hook.received[1].body)["data"]["alerts"][0]["languages"] == ["en", "fr", "ar"]
    site.answers["/en/"] = page(report("en", figure=15, noise="2"), etag='"3"')
    run_monitor("check")
    assert len(hook.received) == 2


def test_a_language_has_its_time_to_follow(configure, run_monitor, site: Site, hook: Receiver) -> None:
    configure(grace="7d")
    run_monitor("check")
    site.answers["/en/"] = page(report("en", figure=15), etag='"2"')
    run_monitor("check")
    for tag in ("fr", "ar"):
        site.answers[f"/{tag}/"] = page(report(tag, figure=15), etag='"2"')
    run_monitor("check")
    assert told(hook) == ["report.revision", "report.revision"]


def test_a_language_that_states_another_figure_is_told_at_once(
    configure, run_monitor, site: Site, hook: Receiver
) -> None:
    configure(grace="7d")
    run_monitor("check")
    for tag, figure in (("en", 15), ("ar", 15), ("fr", 51)):
        site.answers[f"/{tag}/"] = page(report(tag, figure=figure), etag='"2"')
    run_monitor("check")
    assert "report.translation_disagreement" in told(hook)
    (body,) = (each.body for each in hook.received if b"translation_disagreement" in each.body)
    assert json.loads(body)["data"]["alerts"][0]["languages"] == ["en", "fr"]


def test_what_could_not_be_delivered_waits_is_listed_and_sent_anew(
    configure, run_monitor, site: Site, hook: Receiver
) -> None:
    configure(languages=("en",))
    run_monitor("check")
    site.answers["/en/"] = page(report("en", figure=15), etag='"2"')
    hook.behaviour = Behaviour(status=500)
    out = run_monitor("check").out
    assert "hook  1 alert about Maravel: not yet delivered, it is tried again" in out
    listed = run_monitor("alerts", "list").out
    assert "no. 1 to hook, 1 alert  under way after 1 try, next try" in listed
    assert listed.endswith("0 waiting; 1 under way; 1 delivered; 0 dead\n")
    hook.behaviour = Behaviour()
    assert run_monitor("alerts", "retry").status == 0
    records = [json.loads(line) for line in run_monitor("alerts", "list", "--format", "json").out.splitlines()]
    assert {record["channel"]: record["status"] for record in records if record["schema"] == "message/1"} == {
        "hook": "delivered", "desk": "delivered",
    }  # fmt: skip
    ids = {json.loads(each.body)["id"] for each in hook.received}
    assert (len(hook.received), len(ids)) == (2, 1)
    assert run_monitor("alerts", "retry").status == 2


def test_a_webhook_that_wants_nothing_more_is_listed_as_switched_off_and_switched_on_again(
    configure, run_monitor, site: Site, hook: Receiver
) -> None:
    configure(languages=("en",))
    run_monitor("check")
    site.answers["/en/"] = page(report("en", figure=15), etag='"2"')
    hook.behaviour = Behaviour(status=410)
    assert "NOT delivered, the channel is switched off" in run_monitor("check").out
    assert "`monitor alerts retry` switches it on again" in run_monitor("alerts", "list").out
    assert "channel hook: CANNOT BE USED: switched off" in run_monitor("alerts", "test").out
    site.answers["/en/"] = page(report("en", figure=16), etag='"3"')
    run_monitor("check")
    assert len(hook.received) == 1
    hook.behaviour = Behaviour()
    assert run_monitor("alerts", "retry").status == 0
    assert "switched off" not in run_monitor("alerts", "list").out
    tries = [json.loads(line) for line in run_monitor("alerts", "list", "--format", "json").out.splitlines()]
    first = next(each for each in tries if each.get("channel") == "hook")
    assert [each["outcome"] for each in first["attempts"]] == ["disabled", "renewed", "delivered"]
    assert told(hook) == ["report.revision"] * 3


def test_the_rehearsal_tells_why_each_rule_speaks_or_not_and_sends_nothing(
    configure, run_monitor, site: Site, hook: Receiver, mailbox: Mailbox
) -> None:
    configure(rules='[[rule]]\nname = "ops"\nchannels = ["desk"]\nkinds = ["trouble"]\n', languages=("en",))
    run_monitor("check")
    site.answers["/en/"] = page(report("en", figure=15), etag='"2"')
    run_monitor("check")
    configure(
        rules='[[rule]]\nname = "figures"\nchannels = ["hook"]\nstatistics = [{ by = 2 }]\n'
        '[[rule]]\nname = "torture"\nchannels = ["desk"]\ntopics = ["torture"]\n',
        languages=("en",),
    )
    ran = run_monitor("alerts", "test")
    assert ran.status == 0
    assert "ALERT   figures: sent to hook" in ran.out
    assert "silent  torture: nothing to tell changed there; the rule asks for torture" in ran.out
    assert "channel desk: ready" in ran.out
    assert (hook.received, mailbox.taken) == ([], [])


def test_a_test_message_goes_through_every_channel_if_asked(
    configure, run_monitor, hook: Receiver, mailbox: Mailbox
) -> None:
    configure()
    run_monitor("check")
    ran = run_monitor("alerts", "test", "--send")
    assert ran.status == 0
    assert ran.out.count("test message delivered") == 2
    assert (len(hook.received), len(mailbox.taken)) == (1, 1)


def test_a_mail_server_out_of_reach_is_named_with_what_to_do(
    configure, run_monitor, tmp_path: Path, mailbox: Mailbox
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    configure()
    run_monitor("check")
    config = tmp_path / "config.toml"
    config.write_text(config.read_text().replace(str(mailbox.port), str(port)))
    ran = run_monitor("alerts", "test")
    assert ran.status == 2
    assert (
        f"channel desk: CANNOT BE USED: mail server 127.0.0.1:{port}: Connection refused; check host and port"
        in ran.out
    )


def test_a_secret_that_is_missing_is_named_with_what_to_do(configure, run_monitor) -> None:
    configure(desk='username = "nobody"\npassword = "env:NOT_SET"\n')
    run_monitor("check")
    ran = run_monitor("alerts", "test")
    assert ran.status == 2
    assert "CANNOT BE USED: env:NOT_SET: the variable NOT_SET is not set; set it where monitor is started" in ran.out


def test_a_login_that_is_refused_is_named_with_what_to_do(configure, run_monitor, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("wrong\n")
    (tmp_path / "password").chmod(0o600)
    with Mailbox(login=("monitor", "right")) as strict:
        configure(desk='username = "monitor"\npassword = "file:password"\n')
        config = tmp_path / "config.toml"
        config.write_text(
            "\n".join(
                f"port = {strict.port}" if line.startswith("port") else line for line in config.read_text().split("\n")
            )
        )
        run_monitor("check")
        ran = run_monitor("alerts", "test")
    assert ran.status == 2
    assert "refused the login of monitor" in ran.out
    assert "check username and password" in ran.out
    assert "wrong" not in ran.out + ran.err


def test_trouble_reaches_the_rule_that_asks_for_it_and_its_end_too(
    configure, run_monitor, site: Site, hook: Receiver
) -> None:
    configure(rules='[[rule]]\nname = "ops"\nchannels = ["hook"]\nkinds = ["trouble"]\n', languages=("en",))
    run_monitor("check")
    good = site.answers["/en/"]
    site.answers["/en/"] = status(500)
    for _ in range(4):
        run_monitor("check")
    assert told(hook) == ["report.trouble_began"]
    site.answers["/en/"] = good
    for _ in range(3):
        run_monitor("check")
    assert told(hook) == ["report.trouble_began", "report.trouble_ended"]


def test_no_rule_that_hears_of_trouble_is_remarked(configure, run_monitor) -> None:
    configure()
    assert "no rule hears of trouble" in run_monitor("config", "check").out
