"""A small HTTP/2 server on loopback, over TLS with a certificate of its own for "localhost"."""

import socket
import ssl
import threading
from types import TracebackType
from typing import Self

import h2.config
import h2.connection
import h2.events

from tests.fakes.site import CERTIFICATE


class Http2Site:
    """Answers `pages` (path → body) while its context is open; `asked` lists the paths, `protocols` what was agreed on."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.protocols: list[str | None] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(CERTIFICATE)
        self._tls.set_alpn_protocols(["h2", "http/1.1"])
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def address(self) -> str:
        """The site's address, without a final slash."""
        return f"https://localhost:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with plain:
            try:
                with self._tls.wrap_socket(plain, server_side=True) as connection:
                    self.protocols.append(connection.selected_alpn_protocol())
                    if self.protocols[-1] == "h2":
                        self._speak(connection)
            except OSError:
                return

    def _speak(self, connection: ssl.SSLSocket) -> None:
        spoken = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        spoken.initiate_connection()
        connection.sendall(spoken.data_to_send())
        while data := connection.recv(65536):
            for event in spoken.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    self._answer(spoken, event)
            connection.sendall(spoken.data_to_send())

    def _answer(self, spoken: h2.connection.H2Connection, event: h2.events.RequestReceived) -> None:
        headers = {_text(name): _text(value) for name, value in event.headers or ()}
        path = headers[":path"]
        self.asked.append(path)
        body = self.pages.get(path)
        status = "404" if body is None else "200"
        stream = event.stream_id
        assert stream is not None
        spoken.send_headers(stream, [(":status", status), ("content-type", "text/html; charset=utf-8")])
        spoken.send_data(stream, body or b"none", end_stream=True)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
