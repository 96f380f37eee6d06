"""Whatever a page holds reaches mail, webhook and feed as text only."""

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts.rules import decide
from monitor.delivery import chat, feed
from monitor.delivery.envelope import LONGEST_VALUE, Letterhead, envelope, header_value
from monitor.delivery.message import Message, message
from monitor.delivery.payload import LARGEST, payload
from monitor.model.alert import Alert
from monitor.model.channel import FeedChannel
from monitor.model.comparison import ChangeClass, Finding
from tests.unit.alerts.samples import LANGUAGES, change, changed, comparison, context, document, rule
from tests.unit.delivery.samples import dispatch

NOW = datetime(2026, 3, 2, 9, 45, tzinfo=UTC)
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '"><img src=http://tracker.example/x onerror=alert(1)>',
    "css": "</style><style>*{background:url(http://tracker.example/)}",
    "svg": "<svg/onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a>",
    "template": "{{ 7*7 }}{% include '/etc/passwd' %}{0.__class__}{title}",
    "bidi": "\u202egnp.exe\u202c\u2066x\u2069",
    "header": "x\r\nBcc: victim@example.org\r\n\r\nbody",
    "encoded header": "=?utf-8?q?=0ABcc:_victim@example.org?=",
    "mention": "@here @everyone <!channel> <@U123> <#C1> @room <at>all</at>",
    "markup": "*bold* _it_ `code` [link](javascript:alert(1)) ||spoiler|| > quote",
    "huge word": "w" * 60_000,
    "nul": "a\x00b\x1b[31mc\x07\ufffe",
    "surrogate": "a\ud800b",
    "tags": "\U000e0041\U000e0042",
    "separators": "a\u2028b\u2029c\x85d\x0be",
    "cdata": "]]><!-- --><?xml?>&lol;",
}  # fmt: skip


def hostile(text: str, language: str = "en") -> Alert:
    """An alert whose every word from the page is hostile."""
    number = change(ChangeClass.NUMBER, text, text + "2", before=text, after=text,
                    findings=(Finding(change_class=ChangeClass.HEDGING, old=text, new=text),))  # fmt: skip
    moved = changed(98, 104, counted=text)
    assert moved.old
    assert moved.new
    moved = moved._replace(
        old=moved.old._replace(quote=text),
        new=moved.new._replace(quote=text),
        old_sentence=text,
        new_sentence=text,
    )
    page = document(language, heading=text, text=text)
    found = comparison(number, statistics=(moved,), language=language, old=document(language, heading=text, mark="old"),
                       new=page._replace(title=text, source=f"https://example.org/{text}"))  # fmt: skip
    return decide(found, [rule()], context(title=text))[0]


def told(text: str, wording: str = "en") -> Message:
    return message(dispatch(hostile(text), wording=wording))


def mail(found: Message) -> bytes:
    head = Letterhead(
        sender="m@example.org",
        recipients=("ann@example.org",),
        channel="desk",
        key="k1",
        targets=frozenset(["v"]),
        date=NOW,
    )
    return envelope(found, head)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


PLAIN_TAGS = {"html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "ul", "li", "table", "tr", "th", "td", "b", "bdi",
              "br", "del", "ins", "a"}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("wording", ["en", "ar", "zh"])
def test_html_shows_it_as_text(name: str, wording: str) -> None:
    reader = _Reader()

    reader.feed(told(HOSTILE[name], wording).html)

    assert reader.tags <= PLAIN_TAGS
    assert not any(attribute.startswith("on") or attribute == "src" for attribute in reader.attributes)


@pytest.mark.parametrize("name", HOSTILE)
def test_text_and_subject_hold_no_acting_character(name: str) -> None:
    found = told(HOSTILE[name])

    for text in (found.text, found.short, found.subject, found.html):
        acting = {c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"} | (
            set(text) & set("\u202d\u202e\u2066\u2067")
        )
        assert not acting
    assert text.encode("utf-8")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_mail_has_our_headers_only(name: str) -> None:
    raw = mail(told(HOSTILE[name]))

    for kind in (policy.default, policy.compat32):
        found = message_from_bytes(raw, policy=kind)
        assert "Bcc" not in found
        assert found.get_content_type() == "multipart/alternative"
        assert len(found.keys()) == len(set(found.keys()))
    assert message_from_bytes(raw, policy=policy.default)["To"] == "ann@example.org"


@given(
    st.text(max_size=400)
    | st.text(st.sampled_from("=?utf-8qQbB_ \r\n\t:Bc\u2028\x85\x0b\x0c\u200b@\x00é"), max_size=80)
)
@settings(max_examples=300, deadline=None)
def test_no_subject_ever_makes_a_second_header(text: str) -> None:
    found = replace(PLAIN, subject=text)

    raw = mail(found)

    assert sorted(message_from_bytes(raw).keys()) == NAMES
    value = header_value(text)
    assert len(value) <= LONGEST_VALUE
    assert "=?" not in value
    assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cf", "Cn", "Cs") for c in value)


PLAIN = told("plain")
NAMES = sorted(message_from_bytes(mail(PLAIN)).keys())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_webhook_gets_small_json_with_the_text_as_it_is(name: str, language: str) -> None:
    one = hostile(HOSTILE[name], language)

    body = payload(dispatch(one), message(dispatch(one)))

    assert len(body) < LARGEST
    assert body.isascii()
    assert json.loads(body)["data"]["alerts"][0]["target"] == "veland"


def test_a_storm_fits_too_and_says_what_is_left_out() -> None:
    many = [replace(hostile(HOSTILE["handler"] * 20), id=f"{n:032x}") for n in range(300)]

    body = payload(dispatch(*many), message(dispatch(*many)))

    found = json.loads(body)["data"]
    assert LARGEST // 4 < len(body) < LARGEST
    assert len(found["alerts"]) + found["left_out"] == 300


@pytest.mark.parametrize("name", HOSTILE)
def test_chats_call_nobody_and_run_nothing(name: str) -> None:
    found = told(HOSTILE[name])

    slack, discord, teams, matrix = (form(found) for form in (chat.slack, chat.discord, chat.teams, chat.matrix))

    assert "@here" not in json.dumps(slack)
    assert "<!" not in json.dumps(slack)
    assert "<@" not in json.dumps(slack)
    assert discord["allowed_mentions"] == {"parse": []}
    assert "@everyone" not in json.dumps(discord["content"])
    assert "<at>" not in json.dumps({**teams, "attachments": []})
    reader = _Reader()
    reader.feed(str(matrix["formatted_body"]))
    assert reader.tags <= {"br"}
    assert matrix["m.mentions"] == {}
    assert len(json.dumps(teams)) <= chat.LARGEST_CARD
    assert len(json.dumps(matrix, ensure_ascii=False).encode()) < 60_000


@pytest.mark.parametrize("text", ["*" * 60_000, "@" * 60_000, "酷" * 60_000, "\n" * 60_000, "<&>" * 20_000])
def test_chats_keep_within_their_limits(text: str) -> None:
    found = replace(told("x"), subject=text, short=text, text=text)
    discord, slack = chat.discord(found), chat.slack(found)
    (embed,) = discord["embeds"]  # type: ignore[misc]
    header, section = slack["blocks"][:2]  # type: ignore[index]

    assert len(str(discord["content"])) <= 2_000
    assert len(embed["title"]) <= 256
    assert len(embed["description"]) <= 4_096
    assert len(header["text"]["text"]) <= 150
    assert len(section["text"]["text"]) <= 3_000
    assert len(json.dumps(chat.teams(found))) <= chat.LARGEST_CARD
    assert len(json.dumps(chat.matrix(found), ensure_ascii=False).encode()) < 60_000


@pytest.mark.parametrize("name", HOSTILE)
def test_a_feed_stays_well_formed(name: str, tmp_path: Path) -> None:
    channel = FeedChannel(name="public", path=tmp_path / "feed.xml", title=HOSTILE[name])

    feed.send(channel, feed.Entry(key="k1", updated=NOW, message=told(HOSTILE[name])))

    root = ElementTree.fromstring(channel.path.read_bytes())
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "feed", "title", "id", "updated", "author", "name", "link", "entry", "summary", "content",
    }  # fmt: skip
    reader = _Reader()
    reader.feed(root.findtext("{*}entry/{*}content") or "")
    assert reader.tags <= PLAIN_TAGS
