"""One HTTP/1.1 connection, used for one exchange after the other. The only module that knows h11.

It holds every bound: the deadline is that of the whole exchange, whatever the server drips, and a body stops at
the size that the caller set.
"""

import select
import socket
import time
from dataclasses import dataclass

import h11

from monitor.errors import RefusedError, RetryableError
from monitor.fetch.address import Address

MOST_HEADERS = 100
LARGEST_HEAD = 64 * 1024
_CHUNK = 64 * 1024


class StaleError(Exception):
    """The server had closed the connection before it saw the request: safe to ask again on a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as it came, its content coding still on. `cut` is true if the body was larger than asked for."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cut: bool = False

    def header(self, name: str) -> str | None:
        """The values of that lower-case name, joined by a comma as HTTP reads them; None if there is none."""
        values = [value for key, value in self.headers if key.lower() == name]
        return ", ".join(values) if values else None


class Connection:
    """A connection to one origin."""

    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream
        self._protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD)
        self._used = False

    @property
    def usable(self) -> bool:
        """True if another exchange may be tried: neither side has said or shown that it is over."""
        if self._protocol.our_state is not h11.IDLE or self._stream.fileno() < 0:
            return False
        return not select.select([self._stream], [], [], 0)[0]

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def exchange(
        self, address: Address, headers: list[tuple[str, str]], *, deadline: float, largest: int, cut: bool = False
    ) -> Reply:
        """Ask for the address by GET and return the whole answer; `deadline` is a time of `time.monotonic`.

        A body larger than `largest` bytes is cut there if `cut`, else refused.

        Raises:
            StaleError: the connection was no longer there. RetryableError, RefusedError: see their `cause`.
        """
        try:
            self._send(address, headers, deadline)
            reply = self._receive(address, deadline, largest, cut)
        except BaseException:
            self.close()
            raise
        self._used = True
        if self._protocol.our_state is h11.DONE and self._protocol.their_state is h11.DONE:
            self._protocol.start_next_cycle()
        else:
            self.close()
        return reply

    def _send(self, address: Address, headers: list[tuple[str, str]], deadline: float) -> None:
        try:
            request = h11.Request(method="GET", target=address.target, headers=headers)
            data = (self._protocol.send(request) or b"") + (self._protocol.send(h11.EndOfMessage()) or b"")
        except h11.LocalProtocolError as error:
            raise RefusedError(f"{address.url}: cannot be asked for ({error})", cause="address") from error
        try:
            self._stream.settimeout(_left(address, deadline))
            self._stream.sendall(data)
        except OSError as error:
            raise self._broken(address, error) from error

    def _receive(self, address: Address, deadline: float, largest: int, cut: bool) -> Reply:
        head: h11.Response | None = None
        pieces: list[bytes] = []
        size = 0
        while True:
            event = self._next(address, deadline, started=head is not None)
            if isinstance(event, h11.Response):
                head = _checked(address, event)
            elif isinstance(event, h11.Data):
                pieces.append(bytes(event.data))
                size += len(event.data)
                if size > largest:
                    break
            elif isinstance(event, h11.EndOfMessage):
                break
        assert head is not None
        if size > largest and not cut:
            raise RefusedError(f"{address.url}: larger than {largest:,} bytes, which no report page is", cause="size")
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers.raw_items())
        return Reply(status=head.status_code, headers=headers, body=b"".join(pieces)[:largest], cut=size > largest)

    def _next(self, address: Address, deadline: float, *, started: bool) -> object:
        """The next event of the answer, read from the stream as needed."""
        try:
            while (event := self._protocol.next_event()) is h11.NEED_DATA:
                self._stream.settimeout(_left(address, deadline))
                data = self._stream.recv(_CHUNK)
                if not data and not started:
                    raise self._broken(address, ConnectionResetError("closed without an answer"))
                self._protocol.receive_data(data)
        except OSError as error:
            raise self._broken(address, error, started=started) from error
        except h11.RemoteProtocolError as error:
            if "without sending complete message body" in str(error):
                raise RetryableError(f"{address.url}: the answer broke off in the middle", cause="truncated") from error
            raise RetryableError(f"{address.url}: the answer is no HTTP ({error})", cause="protocol") from error
        return event

    def _broken(self, address: Address, error: OSError, *, started: bool = False) -> Exception:
        if isinstance(error, TimeoutError):
            return RetryableError(f"{address.url}: no whole answer in time", cause="timeout")
        if self._used and not started and isinstance(error, ConnectionError):
            return StaleError()
        return RetryableError(f"{address.url}: connection lost ({error.strerror or error})", cause="reset")


def _left(address: Address, deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise RetryableError(f"{address.url}: no whole answer in time", cause="timeout")
    return left


def _checked(address: Address, head: h11.Response) -> h11.Response:
    if len(head.headers) > MOST_HEADERS:
        raise RefusedError(f"{address.url}: {len(head.headers)} headers, which no site needs", cause="headers")
    return head
