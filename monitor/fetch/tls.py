"""TLS: always verified, against the system's authorities or those of a file. Imported only for https."""

import socket
import ssl
from pathlib import Path

from monitor.errors import ConfigError, RetryableError
from monitor.fetch.address import Address


def context(ca_file: Path | None) -> ssl.SSLContext:
    """What connections are verified against. Raises ConfigError if the file holds no certificates."""
    try:
        return ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError([f"[fetch] ca_file: {ca_file} holds no certificates that can be read ({error})"]) from error


def secured(stream: socket.socket, address: Address, tls: ssl.SSLContext, *, timeout: float) -> ssl.SSLSocket:
    """The connection with TLS on it, the host's name verified.

    Raises:
        RetryableError: the handshake fails.
    """
    try:
        stream.settimeout(timeout)
        return tls.wrap_socket(stream, server_hostname=address.host)
    except ssl.SSLCertVerificationError as error:
        stream.close()
        raise RetryableError(
            f"{address.host}: its certificate is not valid ({error.verify_message}); check the clock of this machine"
            " and the address, or set ca_file in [fetch]",
            cause="tls",
        ) from error
    except OSError as error:
        stream.close()
        cause = "timeout" if isinstance(error, TimeoutError) else "tls"
        raise RetryableError(f"{address.host}: no secure connection ({error})", cause=cause) from error
