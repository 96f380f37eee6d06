"""TLS: always verified, against the system's authorities or those of a file."""

import functools
import socket
import ssl
from pathlib import Path

from monitor.errors import ConfigError, RetryableError


@functools.cache
def context(ca_file: Path | None, http2: bool = True) -> ssl.SSLContext:
    """What connections are verified against. Raises ConfigError if the file holds no certificates."""
    try:
        made = ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError([f"[fetch] ca_file: {ca_file} holds no certificates that can be read ({error})"]) from error
    made.set_alpn_protocols(["http/1.1", "h2"] if http2 else ["http/1.1"])
    return made


def secured(stream: socket.socket, host: str, tls: ssl.SSLContext, *, timeout: float) -> ssl.SSLSocket:
    """The connection with TLS on it, the host's name verified.

    Raises:
        RetryableError: the handshake fails.
    """
    try:
        stream.settimeout(timeout)
        return tls.wrap_socket(stream, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        raise RetryableError(
            f"{host}: its certificate is not valid ({error.verify_message}); check the clock of this machine"
            " and the address, or set ca_file in [fetch]",
            cause="tls",
        ) from error
    except OSError as error:
        cause = "timeout" if isinstance(error, TimeoutError) else "tls"
        raise RetryableError(f"{host}: no secure connection ({error})", cause=cause) from error
