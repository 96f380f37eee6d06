"""A site on loopback that answers exactly as a test wants it to, byte by byte, well or badly."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

CERTIFICATE = Path(__file__).parent / "localhost.pem"

Answer = Callable[[socket.socket, "Asked"], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came; header names in lower case."""

    path: str
    headers: Mapping[str, str]


def page(body: bytes, *, etag: str | None = None, **headers: str) -> Answer:
    """A good answer; with an etag it is 304 to whoever names it."""

    def answer(connection: socket.socket, asked: Asked) -> None:
        given = {"Content-Type": "text/html; charset=utf-8", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if etag is not None:
            given["ETag"] = etag
            if asked.headers.get("if-none-match") == etag:
                send(connection, 304, given)
                return
        send(connection, 200, given, body)

    return answer


def zipped(body: bytes, *, cut: int = 0) -> Answer:
    """A gzip answer, of which `cut` bytes at the end are missing although its length says nothing of it."""
    packed = gzip.compress(body)
    return page(packed[: len(packed) - cut], Content_Encoding="gzip")


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer of that status."""
    return lambda connection, _: send(
        connection, code, {name.replace("_", "-"): value for name, value in headers.items()}, body
    )


def redirect(location: str, code: int = 302) -> Answer:
    """A redirect."""
    return status(code, Location=location)


def raw(*pieces: bytes) -> Answer:
    """These bytes and nothing else; the connection is closed after them."""

    def answer(connection: socket.socket, _: Asked) -> None:
        for piece in pieces:
            connection.sendall(piece)
        connection.close()

    return answer


def send(connection: socket.socket, code: int, headers: Mapping[str, str], body: bytes = b"") -> None:
    """One whole answer in one piece."""
    lines = [f"HTTP/1.1 {code} Some Reason", *(f"{name}: {value}" for name, value in headers.items())]
    if code != 304:
        lines.append(f"Content-Length: {len(body)}")
    connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


@dataclass
class Site:
    """Answers while its context is open. `asked` lists every request, `answers` maps paths; what is missing is 404.

    With `secure` it speaks TLS with a certificate of its own for "localhost" (`CERTIFICATE`).
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    secure: bool = False

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def address(self) -> str:
        """The site's address, without a final slash."""
        host = "https://localhost" if self.secure else "http://127.0.0.1"
        return f"{host}:{self._listener.getsockname()[1]}"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            connection.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        received = b""
        try:
            if self.secure:
                connection = _tls().wrap_socket(connection, server_side=True)
            while True:
                while b"\r\n\r\n" not in received:
                    data = connection.recv(65536)
                    if not data:
                        return
                    received += data
                head, received = received.split(b"\r\n\r\n", 1)
                asked = _parsed(head)
                self.asked.append(asked)
                self.answers.get(asked.path, status(404, b"none"))(connection, asked)
        except OSError:
            return
        finally:
            connection.close()


def _tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def _parsed(head: bytes) -> Asked:
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Asked(path=first.split(" ")[1], headers=headers)
