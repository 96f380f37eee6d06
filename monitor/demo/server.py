"""A web site on loopback, made of a dictionary of pages. The only module of the demo that opens a socket; tests that
need a real server may use it too."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request that the site has answered. Header names are in lower case."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str]


class Site:
    """Serves pages (path → body) on 127.0.0.1 while its context is open.

    Every answer carries an ETag, and `If-None-Match` is answered with 304. A path without its final slash is
    redirected, an unknown one answered with 404. `requests` lists what was asked, in the order of the answers.
    """

    def __init__(self, pages: Mapping[str, bytes], *, port: int = 0) -> None:
        self.requests: list[Request] = []
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.show(pages)

    @property
    def address(self) -> str:
        """The site's address, without a final slash."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def show(self, pages: Mapping[str, bytes]) -> None:
        """Serve these pages from now on, and no others."""
        self.pages = dict(pages)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    site: Site


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    wbufsize = -1  # headers and body leave in one packet: two would wait for each other's acknowledgement
    server: _Server

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        pages = self.server.site.pages
        if path in pages:
            self._answer_page(path, pages[path])
        elif f"{path}/" in pages:
            self._answer(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": f"{path}/"})
        else:
            self._answer(HTTPStatus.NOT_FOUND, b"<!DOCTYPE html><title>404</title>", {"Content-Type": "text/html"})

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *arguments: object) -> None:
        """Keep the terminal quiet: `Site.requests` is the log."""

    def _answer_page(self, path: str, body: bytes) -> None:
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        kind = "text/plain" if path.endswith(".txt") else "text/html"
        if self.headers.get("If-None-Match") == tag:
            self._answer(HTTPStatus.NOT_MODIFIED, b"", {"ETag": tag})
        else:
            self._answer(HTTPStatus.OK, body, {"ETag": tag, "Content-Type": f"{kind}; charset=utf-8"})

    def _answer(self, status: HTTPStatus, body: bytes, headers: Mapping[str, str]) -> None:
        asked = {name.lower(): value for name, value in self.headers.items()}
        self.server.site.requests.append(
            Request(method=self.command, path=self.path, status=status.value, headers=asked)
        )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
