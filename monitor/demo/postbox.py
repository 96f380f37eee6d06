"""A mail server and a webhook receiver on loopback, for the demo: what they take they keep. The receiver checks every
signature as its user should, and can be down."""

import base64
import email
import hashlib
import hmac
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, TCPServer, ThreadingTCPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail that was taken: its subject, the parts of its body, and how many reports came with it."""

    subject: str
    forms: tuple[str, ...]
    attachments: int
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A webhook message that was taken: its id, what it is, and whether its signature is right."""

    id: str
    kind: str
    is_signed: bool
    is_taken: bool


class MailServer:
    """Speaks as much SMTP as a mail needs, on 127.0.0.1, while its context is open."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self._server = _MailServer(("127.0.0.1", 0), _MailHandler)
        self._server.owner = self
        self._thread = _serving(self._server)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def take(self, content: bytes) -> None:
        """Keep a mail."""
        mail = email.message_from_bytes(content, policy=policy.default)
        body = [part.get_content_type() for part in mail.walk() if part.get_content_maintype() == "text"]
        attachments = len(list(mail.iter_attachments()))
        forms = tuple(body[: len(body) - attachments])
        self.letters.append(
            Letter(subject=mail["subject"], forms=forms, attachments=attachments, message_id=mail["message-id"])
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _stop(self._server, self._thread)


class HookServer:
    """Takes webhooks on 127.0.0.1 while its context is open; answers 503 while `down`."""

    def __init__(self, key: bytes) -> None:
        self.calls: list[Call] = []
        self.down = False
        self._key = key
        self._server = _HookServer(("127.0.0.1", 0), _HookHandler)
        self._server.owner = self
        self._thread = _serving(self._server)

    @property
    def address(self) -> str:
        """Where messages are to be sent."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def take(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Keep a message; true unless the receiver is down or the signature is wrong."""
        name = headers["webhook-id"]
        signed = f"{name}.{headers['webhook-timestamp']}.".encode() + body
        right = "v1," + base64.b64encode(hmac.new(self._key, signed, hashlib.sha256).digest()).decode()
        is_signed = hmac.compare_digest(right, headers["webhook-signature"])
        taken = is_signed and not self.down
        kind = str(json.loads(body)["type"])
        self.calls.append(Call(id=name, kind=kind, is_signed=is_signed, is_taken=taken))
        return taken

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _stop(self._server, self._thread)


class _MailServer(ThreadingTCPServer):
    daemon_threads = True
    owner: MailServer


class _MailHandler(StreamRequestHandler):
    server: _MailServer
    timeout = 10

    def handle(self) -> None:
        self._say("220 demo ESMTP")
        while line := self.rfile.readline(1000):
            match line[:4].upper().strip():
                case b"EHLO" | b"HELO" | b"MAIL" | b"RCPT" | b"RSET" | b"NOOP":
                    self._say("250 OK")
                case b"DATA":
                    self._say("354 go on")
                    self.server.owner.take(self._content())
                    self._say("250 taken")
                case b"QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("502 not known here")

    def _content(self) -> bytes:
        """The mail, up to the line with a lone dot."""
        lines = []
        while (line := self.rfile.readline(10_000)) and line != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class _HookServer(ThreadingHTTPServer):
    daemon_threads = True
    owner: HookServer


class _HookHandler(BaseHTTPRequestHandler):
    server: _HookServer
    timeout = 10

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        taken = self.server.owner.take({name.lower(): value for name, value in self.headers.items()}, body)
        self.send_response(204 if taken else 503)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing: `HookServer.calls` is the log."""


def _serving(server: TCPServer) -> threading.Thread:
    return threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)


def _stop(server: TCPServer, thread: threading.Thread) -> None:
    server.shutdown()
    server.server_close()
    thread.join()
