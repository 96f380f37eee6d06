"""A message in the forms of chat services: Slack, Discord, Teams, Matrix. Text only: what would be markup or a mention
there is made harmless."""

import json
import re
from collections.abc import Iterable
from html import escape

from monitor.delivery.letter import Link
from monitor.delivery.message import Message

_MOST_LINKS = 6
LARGEST_CARD = 25_000
_SLACK_TEXT, _DISCORD_TEXT, _MATRIX_TEXT = 2_900, 1_800, 6_000
_TEAMS_TEXTS = (8_000, 4_000, 2_000, 1_000, 0)
_MARKUP = re.compile(r"([\\*_~`|>#\[\]()])")
_MENTION = re.compile(r"(<(?=[@!#])|@)")
_BREAK = "\u200b"


def slack(message: Message) -> dict[str, object]:
    """For an incoming webhook of Slack: plain text blocks, in which nothing is markup or a mention."""
    blocks: list[dict[str, object]] = [
        {"type": "header", "text": _slack_text(message.subject, 150)},
        {"type": "section", "text": _slack_text(message.text, _SLACK_TEXT)},
    ]
    links = [f"<{_slack_escaped(link.href)}|{_slack_escaped(link.label)}>" for link in _few(message.links)]
    if links:
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": link} for link in links]})
    return {"text": _slack_escaped(_cut(unmentioned(message.short), 1_000)), "blocks": blocks, "unfurl_links": False}


def discord(message: Message) -> dict[str, object]:
    """For a webhook of Discord: no mention is allowed to reach anybody, markup is escaped."""
    lines = [_unmarked(unmentioned(_cut(message.text, _DISCORD_TEXT)))]
    lines += [f"[{_unmarked(link.label)}](<{link.href}>)" for link in _few(message.links)]
    return {
        "content": _cut(_unmarked(unmentioned(message.subject)), 1_000), "allowed_mentions": {"parse": []},
        "embeds": [{"title": _cut(message.subject, 250), "description": _cut("\n".join(lines), 4_000)}],
    }  # fmt: skip


def teams(message: Message) -> dict[str, object]:
    """For a workflow of Teams: an Adaptive Card whose texts are runs, which know no markup, of at most LARGEST_CARD."""
    cards = (_card(message, longest) for longest in _TEAMS_TEXTS)
    return next(card for card in cards if len(json.dumps(card)) <= LARGEST_CARD)


def unmentioned(text: str) -> str:
    """The text with an invisible break in whatever could call somebody: @here, <!channel>, <#C1>."""
    return _MENTION.sub(rf"\1{_BREAK}", text)


def _card(message: Message, longest: int) -> dict[str, object]:
    lines = [line for line in _cut(message.text, longest).split("\n") if line][: longest // 20]
    links = _few(message.links) if longest else []
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.5",
        "rtl": message.direction == "rtl", "lang": message.language,
        "body": [_run(_cut(message.subject, 250), weight="bolder"), *map(_run, lines)],
        "actions": [{"type": "Action.OpenUrl", "title": link.label, "url": link.href} for link in links],
    }  # fmt: skip
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [content]}


def matrix(message: Message) -> dict[str, object]:
    """For a Matrix room: the text as a notice, with HTML beside it, and nobody mentioned."""
    return {
        "msgtype": "m.notice", "body": _cut(unmentioned(message.text), _MATRIX_TEXT), "m.mentions": {},
        "format": "org.matrix.custom.html",
        "formatted_body": escape(unmentioned(_cut(message.text, _MATRIX_TEXT))).replace("\n", "<br>"),
    }  # fmt: skip


def _slack_text(text: str, longest: int) -> dict[str, object]:
    return {"type": "plain_text", "text": _cut(unmentioned(text), longest), "emoji": False}


def _run(text: str, *, weight: str = "default") -> dict[str, object]:
    return {
        "type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, "weight": weight}], "separator": False,
    }  # fmt: skip


def _few(links: Iterable[Link]) -> list[Link]:
    return list(dict.fromkeys(links))[:_MOST_LINKS]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _slack_escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", "¦")


def _unmarked(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
