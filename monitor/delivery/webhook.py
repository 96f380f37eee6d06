"""Delivery by HTTP: our own JSON signed as Standard Webhooks asks, or the form that a chat service understands."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from monitor.alerts.outcome import Dead, Delivered, Disabled, Outcome, Retry, retry_after
from monitor.alerts.schedule import Dispatch
from monitor.delivery import chat
from monitor.delivery.message import Message
from monitor.delivery.payload import payload
from monitor.delivery.secrets import redacted, resolve, safe_address
from monitor.errors import InputError, RefusedError, RetryableError
from monitor.model.channel import Form, Secret, WebhookChannel
from monitor.model.post import Answer, Post, Poster

_KEY_PREFIX = "whsec_"
_SHORTEST_KEY, _LONGEST_KEY = 24, 64
_GONE = 410
_USER_AGENT = "monitor-webhook/1"


def send(
    channel: WebhookChannel, dispatch: Dispatch, message: Message, *, now: datetime, poster: Poster,
    environment: Mapping[str, str], sequence: int | None = None, reports: Mapping[str, str] | None = None,
) -> Outcome:  # fmt: skip
    """Send the message and tell what became of it: only an answer of 2xx counts as delivered, 410 ends the channel.

    Raises:
        InputError: a secret of the channel cannot be used.
    """
    token = resolve(channel.token, environment) if channel.token else ""
    url = resolve(channel.url, environment) if isinstance(channel.url, Secret) else channel.url
    post = _post(channel, dispatch, message, url=url, token=token, now=now, environment=environment,
                 sequence=sequence, reports=reports or {})  # fmt: skip
    try:
        return _outcome(poster(post), url, now)
    except RetryableError as error:
        wait = error.retry_after
        after = retry_after(str(int(wait)), now) if wait is not None and wait >= 0 else None
        return Retry(reason=redacted(f"{safe_address(url)}: {error}", [token, url]), after=after)
    except RefusedError as error:
        return Dead(reason=redacted(f"{safe_address(url)}: {error}", [token, url]))


def signature(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """The signature of Standard Webhooks, version 1: HMAC-SHA256 over id, time and body, in Base64."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def signing_key(text: str, name: str) -> bytes:
    """The key that a secret of Standard Webhooks spells (`whsec_` and 24 to 64 bytes in Base64).

    Raises:
        InputError: it spells none; `name` is told, the secret is not.
    """
    try:
        key = base64.b64decode(text.removeprefix(_KEY_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
        raise InputError(f"{name}: a signing key is {_KEY_PREFIX} followed by 24 to 64 bytes in Base64")
    return key


def _post(
    channel: WebhookChannel, dispatch: Dispatch, message: Message, *, url: str, token: str, now: datetime,
    environment: Mapping[str, str], sequence: int | None, reports: Mapping[str, str],
) -> Post:  # fmt: skip
    headers = [("content-type", "application/json"), ("user-agent", _USER_AGENT)]
    method = "POST"
    match channel.form:
        case Form.STANDARD:
            body = payload(dispatch, message, sequence=sequence, reports=reports)
            keys = [signing_key(resolve(secret, environment), str(secret)) for secret in channel.signing]
            headers += _signed(keys, dispatch.key, int(now.timestamp()), body)
        case Form.MATRIX:
            method = "PUT"
            room = quote(channel.room, safe="")
            url = f"{url.rstrip('/')}/_matrix/client/v3/rooms/{room}/send/m.room.message/{dispatch.key}"
            headers.append(("authorization", f"Bearer {token}"))
            body = _json(chat.matrix(message))
        case Form.SLACK:
            body = _json(chat.slack(message))
        case Form.DISCORD:
            body = _json(chat.discord(message))
        case Form.TEAMS:
            body = _json(chat.teams(message))
    return Post(url=url, method=method, body=body, headers=tuple(headers), allow_private=channel.allow_private)


def _signed(keys: Sequence[bytes], message_id: str, timestamp: int, body: bytes) -> list[tuple[str, str]]:
    """The three headers; without keys no signature, but still id and time."""
    found = [("webhook-id", message_id), ("webhook-timestamp", str(timestamp))]
    if keys:
        found.append(("webhook-signature", " ".join(signature(key, message_id, timestamp, body) for key in keys)))
    return found


def _outcome(answer: Answer, url: str, now: datetime) -> Outcome:
    said = f"{safe_address(url)} answered {answer.status}"
    if 200 <= answer.status < 300:
        return Delivered()
    if answer.status == _GONE:
        return Disabled(reason=f"{said}: it wants nothing more; remove the channel, or enable it again when it is back")
    if 300 <= answer.status < 400:
        return Retry(reason=f"{said}: it points elsewhere, which is never followed; give the final address")
    return Retry(reason=said, after=retry_after(answer.header("retry-after"), now))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")
