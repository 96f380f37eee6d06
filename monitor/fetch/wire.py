"""Exchanges over HTTP/1.1 and HTTP/2. The only module that knows httpx and httpcore.

The transport is called without httpx's client: cookies, passwords, redirects and the environment are not wanted here,
and it would take a third of the time of an answer. httpx bounds each read, not the whole, and no body. Both bounds are held here: `stream.GuardedStream` passes the deadline of
the whole exchange to every read, and a body stops at the size that the caller set.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpcore
import httpx

from monitor.errors import FetchError, RefusedError, RetryableError
from monitor.fetch.address import Address
from monitor.fetch.guard import Guard
from monitor.fetch.stream import GuardedBackend, untrusted

MOST_HEADERS = 100


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request. `deadline` is a time of `time.monotonic`; a body larger than `largest` bytes is cut there if
    `cut`, else refused."""

    address: Address
    headers: list[tuple[str, str]]
    deadline: float
    largest: int
    cut: bool = False
    method: str = "GET"
    content: bytes = b""


class Wire:
    """Connections that are kept open, one to a host. Used by one thread."""

    def __init__(self, guard: Guard, *, connect_timeout: float, ca_file: Path | None, http2: bool = True) -> None:
        self._backend = GuardedBackend(guard, connect_timeout=connect_timeout, ca_file=ca_file, http2=http2)
        pool = httpcore.ConnectionPool(
            ssl_context=untrusted(), max_connections=4, http2=http2, network_backend=self._backend
        )
        self._transport = _Transport(pool)

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()

    def exchange(self, ask: Ask) -> Reply:
        """The whole answer; a redirect is an answer.

        A connection that the server had closed before it saw a GET is made anew, once.

        Raises:
            RetryableError, RefusedError: see their `cause`.
        """
        self._backend.deadline = ask.deadline
        try:
            return self._exchanged(ask)
        except _StaleError:
            if ask.method != "GET":
                raise RetryableError(f"{ask.address.url}: closed without an answer", cause="reset") from None
            return self._exchanged(ask)

    def _exchanged(self, ask: Ask) -> Reply:
        with _told(ask.address, lambda: self._backend.fresh):
            request = httpx.Request(ask.method, ask.address.exact, headers=ask.headers, content=ask.content or None)
            response = self._transport.handle_request(request)
        try:
            if len(response.headers.raw) > MOST_HEADERS:
                raise RefusedError(
                    f"{ask.address.url}: {len(response.headers.raw)} headers, which no site needs", cause="headers"
                )
            with _told(ask.address, lambda: True):
                body = _body(response.iter_raw(), ask)
        finally:
            response.close()
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw)
        return Reply(
            status=response.status_code, headers=headers, body=body[: ask.largest], cut=len(body) > ask.largest
        )


class _Transport(httpx.BaseTransport):
    """httpx over a connection pool of ours; httpx's own takes no network backend."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        reply = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        assert isinstance(reply.stream, Iterable)
        stream = _Body(reply.stream, reply.close)
        return httpx.Response(reply.status, headers=reply.headers, stream=stream, extensions=reply.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, pieces: Iterable[bytes], close: Callable[[], None]) -> None:
        self._pieces = pieces
        self.close = close  # type: ignore[method-assign]

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces


class _StaleError(Exception):
    """The server had closed a kept connection before it saw the request."""


class _told:  # noqa: N801  # reads as a statement
    """Turns what httpcore raises inside the block into the errors of the program."""

    def __init__(self, address: Address, fresh: Callable[[], bool]) -> None:
        self._address = address
        self._fresh = fresh

    def __enter__(self) -> None:
        """Nothing is needed."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        url = self._address.url
        match error:
            case None | FetchError():
                return
            case httpcore.TimeoutException():
                raise RetryableError(f"{url}: no whole answer in time", cause="timeout") from error
            case httpcore.RemoteProtocolError() if "without sending complete message body" in str(error):
                raise RetryableError(f"{url}: the answer broke off in the middle", cause="truncated") from error
            case httpcore.RemoteProtocolError() | httpcore.NetworkError() if not self._fresh():
                raise _StaleError from error
            case httpcore.RemoteProtocolError() if "disconnected" in str(error):
                raise RetryableError(f"{url}: closed without an answer", cause="reset") from error
            case httpcore.RemoteProtocolError():
                raise RetryableError(f"{url}: the answer is no HTTP ({error})", cause="protocol") from error
            case httpcore.NetworkError():
                raise RetryableError(f"{url}: connection lost ({error})", cause="reset") from error
            case httpcore.LocalProtocolError() | httpx.InvalidURL():
                raise RefusedError(f"{url}: cannot be asked for ({error})", cause="address") from error


def _body(pieces: Iterator[bytes], ask: Ask) -> bytes:
    """The body, or a little more than `largest` bytes of it."""
    got: list[bytes] = []
    size = 0
    for piece in pieces:
        got.append(piece)
        size += len(piece)
        if size > ask.largest and not ask.cut:
            raise RefusedError(
                f"{ask.address.url}: larger than {ask.largest:,} bytes, which no report page is", cause="size"
            )
        if size > ask.largest:
            break
    return b"".join(got)
