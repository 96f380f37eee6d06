"""A mail server on loopback that answers as it is told and keeps what it took."""

import asyncio
import ssl
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(slots=True, kw_only=True)
class Mailbox:
    """What the server does: `refusals` by recipient ("550 no such user"), `data` its answer to the content ("" for
    none at all), `login` the one that it takes, `context` to offer STARTTLS, `tls` to speak nothing else from the start."""

    refusals: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    login: tuple[str, str] | None = None
    context: ssl.SSLContext | None = None
    tls: ssl.SSLContext | None = None
    taken: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)
    _controller: Any = None

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient or not."""
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the content or not."""
        answer = self.data.pop(0) if self.data else "250 taken"
        if answer.startswith("250") or not answer:
            content = envelope.content
            assert isinstance(content, bytes)
            self.taken.append((tuple(envelope.rcpt_tos), content))
        if not answer and server.transport:
            server.transport.close()
            await asyncio.sleep(0)
        return answer or "250 never heard"

    @property
    def port(self) -> int:
        """Where the server listens."""
        port: int = self._controller.port
        return port

    def __enter__(self) -> "Mailbox":
        options: dict[str, Any] = {"auth_require_tls": False} if self.login else {}
        if self.login:
            options["authenticator"] = self._authenticate
        if self.context:
            options["tls_context"] = self.context
        if self.tls:
            options["ssl_context"] = self.tls
        self._controller = _AnyPort(self, hostname="127.0.0.1", port=0, **options)
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == self.login
        return AuthResult(success=right, handled=False)


class _AnyPort(Controller):
    """A controller that listens on whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
