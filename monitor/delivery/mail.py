"""Delivery by mail. The only module that speaks SMTP; it never falls back to clear text."""

import smtplib
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from monitor.alerts.outcome import Dead, Delivered, Outcome, Retry
from monitor.delivery.deadline import Result, within
from monitor.delivery.envelope import address
from monitor.delivery.secrets import redacted, resolve
from monitor.model.channel import MailChannel, Security

_DONE, _FORWARDED, _FOR_GOOD, _TOO_LARGE = 250, 251, 500, 552
_STEPS = 10
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What is sent: the mail as bytes, and a short form of it for a server that finds it too large."""

    full: bytes
    short: bytes


class _UnfitError(Exception):
    """The server cannot be used as configured: not the mail's fault."""


def send(channel: MailChannel, mail: Mail, recipients: Iterable[str], environment: Mapping[str, str]) -> Outcome:
    """Send the mail to those recipients and tell what became of each.

    Who is refused for good (5xx) is told and no more tried; who is refused for now (4xx) is to be tried again, as is
    everybody when the server is out of reach, unfit (no STARTTLS, a wrong certificate, login refused) or does not
    answer after the mail was handed over: it may have arrived then, and goes again under the same Message-ID.

    Raises:
        InputError: the password or an address cannot be used.
    """
    password = resolve(channel.password, environment) if channel.password else None
    names = tuple(recipients)
    bare = [address(name).addr_spec for name in names]

    def attempt() -> Outcome:
        with _session(channel, password) as session:
            return _transaction(session, channel, mail, bare)

    try:
        return _bounded(channel, attempt)
    except _UnfitError as error:
        reason = str(error)
    except (OSError, smtplib.SMTPException) as error:
        reason = f"{_where(channel)}: {_cause(error)}"
    return Retry(reason=redacted(reason, [password] if password else []), recipients=names)


def probe(channel: MailChannel, environment: Mapping[str, str]) -> str | None:
    """What hinders the server from being used, in one line with the remedy; None if it can be. Nothing is sent.

    Raises:
        InputError: the password cannot be used.
    """
    password = resolve(channel.password, environment) if channel.password else None

    def attempt() -> None:
        with _session(channel, password) as session:
            session.noop()

    try:
        _bounded(channel, attempt)
    except _UnfitError as error:
        told = str(error)
    except (OSError, smtplib.SMTPException) as error:
        told = f"{_where(channel)}: {_cause(error)}; check host and port"
    else:
        return None
    return redacted(told, [password] if password else [])


def _bounded(channel: MailChannel, attempt: Callable[[], Result]) -> Result:
    """The attempt with a bound on the whole, since a server may drip its answers without end."""
    return within(channel.seconds * _STEPS, attempt, name=f"mail {channel.name}")


@contextmanager
def _session(channel: MailChannel, password: str | None) -> Iterator[smtplib.SMTP]:
    """A session with the server, as safe as configured and logged in."""
    if password is not None and channel.security is Security.NONE and channel.host not in _LOOPBACK:
        raise _UnfitError(f"{_where(channel)}: a password is never sent in clear text; set security to starttls or tls")
    context = _context(channel)
    try:
        if channel.security is Security.TLS:
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                channel.host, channel.port, timeout=channel.seconds, context=context
            )
        else:
            session = smtplib.SMTP(channel.host, channel.port, timeout=channel.seconds)
    except ssl.SSLError as error:
        raise _UnfitError(_bad_certificate(channel, error)) from error
    try:
        _secure(session, channel, context)
        _login(session, channel, password)
        yield session
    finally:
        _leave(session)


def _context(channel: MailChannel) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(channel.ca_file) if channel.ca_file else None)
    except OSError as error:
        raise _UnfitError(f"{channel.ca_file}: holds no certificates that can be read; check ca_file") from error


def _secure(session: smtplib.SMTP, channel: MailChannel, context: ssl.SSLContext) -> None:
    session.ehlo_or_helo_if_needed()
    if channel.security is not Security.STARTTLS:
        return
    try:
        session.starttls(context=context)
    except smtplib.SMTPNotSupportedError as error:
        raise _UnfitError(f"{_where(channel)} offers no STARTTLS, and clear text is never used; check host, port and "
                          "security") from error  # fmt: skip
    except smtplib.SMTPResponseException as error:
        raise _UnfitError(f"{_where(channel)} refused STARTTLS: {_said(error.smtp_error)}") from error
    except ssl.SSLError as error:
        raise _UnfitError(_bad_certificate(channel, error)) from error
    session.ehlo()


def _login(session: smtplib.SMTP, channel: MailChannel, password: str | None) -> None:
    if channel.username is None or password is None:
        return
    try:
        session.login(channel.username, password)
    except smtplib.SMTPAuthenticationError as error:
        raise _UnfitError(f"{_where(channel)} refused the login of {channel.username} ({error.smtp_code} "
                          f"{_said(error.smtp_error)}); check username and password") from error  # fmt: skip
    except smtplib.SMTPNotSupportedError as error:
        raise _UnfitError(f"{_where(channel)} takes no login; check port and security, or drop the username") from error


def _transaction(session: smtplib.SMTP, channel: MailChannel, mail: Mail, recipients: Sequence[str]) -> Outcome:
    tally = _Tally()
    accepted = _offer(session, channel, recipients, tally)
    code, answer = _hand_over(session, mail.full) if accepted else (0, "")
    if code == _TOO_LARGE:
        accepted = _offer(session, channel, accepted, tally)
        code, answer = _hand_over(session, mail.short) if accepted else (0, "")
    tally.note(accepted, code, answer)
    return tally.outcome()


def _offer(session: smtplib.SMTP, channel: MailChannel, recipients: Iterable[str], tally: "_Tally") -> list[str]:
    """Begin a mail; the recipients that the server accepts. The others are noted.

    Raises:
        smtplib.SMTPSenderRefused: the server does not take mail from the sender.
    """
    code, answer = session.mail(address(channel.sender).addr_spec)
    if code != _DONE:
        raise smtplib.SMTPSenderRefused(code, answer, channel.sender)
    accepted: list[str] = []
    for name in recipients:
        code, answer = session.rcpt(name)
        if code in (_DONE, _FORWARDED):
            accepted.append(name)
        else:
            tally.note([name], code, _said(answer))
    if not accepted:
        session.rset()
    return accepted


def _hand_over(session: smtplib.SMTP, content: bytes) -> tuple[int, str]:
    """Send the content: the server's answer, with code 0 if there was none."""
    try:
        code, answer = session.data(content)
    except smtplib.SMTPDataError as error:
        return error.smtp_code, _said(error.smtp_error)
    except (OSError, smtplib.SMTPServerDisconnected):
        return (
            0,
            "no answer after the mail was handed over; it may have arrived, and goes again under the same Message-ID",
        )
    return code, _said(answer)


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What became of each recipient."""

    served: int = 0
    later: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def note(self, recipients: Iterable[str], code: int, answer: str) -> None:
        """Keep the server's answer (code 0: none) for those recipients."""
        for name in recipients:
            if code == _DONE:
                self.served += 1
            else:
                (self.refused if code >= _FOR_GOOD else self.later)[name] = f"{code} {answer}" if code else answer

    def outcome(self) -> Outcome:
        """Retry while somebody is still to be served, dead if nobody was or will be."""
        refused = tuple(self.refused.items())
        if self.later:
            return Retry(reason=_told(self.later), recipients=tuple(self.later), refused=refused)
        return Delivered(refused=refused) if self.served else Dead(reason=_told(self.refused))


def _told(answers: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {answer}" for name, answer in answers.items())


def _leave(session: smtplib.SMTP) -> None:
    try:
        session.quit()
    except (OSError, smtplib.SMTPException):
        session.close()


def _where(channel: MailChannel) -> str:
    return f"mail server {channel.host}:{channel.port}"


def _bad_certificate(channel: MailChannel, error: ssl.SSLError) -> str:
    reason = getattr(error, "verify_message", "") or error.reason or "no TLS"
    return f"{_where(channel)}: TLS failed ({reason}); check host, port and security, or give ca_file"


def _cause(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"answered {error.smtp_code} {_said(error.smtp_error)}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _said(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return "".join(c if c.isprintable() else " " for c in text)[:200].strip()
