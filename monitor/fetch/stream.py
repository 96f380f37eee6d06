"""The network as httpcore sees it: connections that the guard opens, whose every read keeps the exchange's deadline."""

import select
import socket
import ssl
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpcore

from monitor.fetch.guard import Guard
from monitor.fetch.tls import context, secured


def untrusted() -> ssl.SSLContext:
    """What httpcore is given in place of a context: `GuardedStream.start_tls` brings the real one when it is needed."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections through the guard. `deadline` (of `time.monotonic`) bounds everything; `fresh` is true if a
    connection was opened since it was set."""

    def __init__(self, guard: Guard, *, connect_timeout: float, ca_file: Path | None, http2: bool) -> None:
        self._guard = guard
        self._connect_timeout = connect_timeout
        self._ca_file = ca_file
        self._http2 = http2
        self.fresh = True
        self._deadline = 0.0

    @property
    def deadline(self) -> float:
        """When the exchange under way must be over."""
        return self._deadline

    @deadline.setter
    def deadline(self, deadline: float) -> None:
        self._deadline = deadline
        self.fresh = False

    def left(self) -> float:
        """Seconds until the deadline. Raises httpcore.ReadTimeout if there are none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole exchange took too long")
        return left

    @property
    def tls(self) -> ssl.SSLContext:
        """What connections are verified against."""
        return context(self._ca_file, self._http2)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # httpcore's signature; ours is the deadline
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """A connection to an address that the guard lets pass. Raises what the guard raises."""
        self.fresh = True
        return GuardedStream(
            self._guard.connect(host, port, timeout=min(self._connect_timeout, self.left())), self, host
        )


class GuardedStream(httpcore.NetworkStream):
    """A socket that knows the deadline of the exchange it serves."""

    def __init__(self, connection: socket.socket, backend: GuardedBackend, host: str) -> None:
        self._socket = connection
        self._backend = backend
        self._host = host

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """What has arrived; b"" at the end."""
        self._socket.settimeout(self._backend.left())
        try:
            return self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(error.strerror or str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Send everything."""
        self._socket.settimeout(self._backend.left())
        try:
            self._socket.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(error.strerror or str(error)) from error

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,  # noqa: ARG002  # see `untrusted`
        server_hostname: str | None = None,  # noqa: ARG002  # the host that was asked for is the one verified
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """The connection with TLS on it, the host's name verified. Raises RetryableError if that fails."""
        try:
            verified = secured(self._socket, self._host, self._backend.tls, timeout=self._backend.left())
        except BaseException:
            self._socket.close()
            raise
        return GuardedStream(verified, self._backend, self._host)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a stream: its TLS, and whether the server has closed it or spoken unasked."""
        if info == "ssl_object":
            return self._socket if isinstance(self._socket, ssl.SSLSocket) else None
        if info == "is_readable":
            return self._socket.fileno() < 0 or bool(select.select([self._socket], [], [], 0)[0])
        return None
