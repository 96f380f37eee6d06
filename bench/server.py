"""A loopback site of 200 report pages of 59 KB, in a process of its own so that its CPU is not counted.

`/control?version=N&validators=0|1` switches what all pages answer: their version, and whether they send an ETag and
honour If-None-Match.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from bench.corpus import edited, report

PAGES = 200
SIZE = 59_000


class Site(BaseHTTPRequestHandler):
    """Answers the pages; one instance a request, what it shares stands on the class."""

    protocol_version = "HTTP/1.1"
    version, validators = 1, False
    original = report(3_000)
    bodies: ClassVar[dict[int, bytes]] = {}

    def do_GET(self) -> None:
        """A page, robots.txt (none) or a control."""
        address = urlsplit(self.path)
        if address.path == "/control":
            query = parse_qs(address.query)
            Site.version, Site.validators = int(query["version"][0]), query["validators"][0] == "1"
            self._answer(200, b"ok")
        elif address.path.startswith("/report-"):
            self._page(address.path)
        else:
            self._answer(404, b"none")

    def _page(self, path: str) -> None:
        etag = f'"{Site.version}{path}"'
        if Site.validators and self.headers.get("If-None-Match") == etag:
            self._answer(304, b"", etag)
            return
        body = self.bodies.setdefault(Site.version, _page(Site.version)).replace(b"@path@", path.encode())
        self._answer(200, body, etag if Site.validators else None)

    def _answer(self, status: int, body: bytes, etag: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _page(version: int) -> bytes:
    shown = Site.original if version == 1 else edited(Site.original, 11, seed=version)
    page = shown.page().replace(b"<p>Imprint</p>", b"<p>Imprint @path@</p>")
    return page.replace(b"</footer>", b"<!--" + b"x" * (SIZE - len(page) - 7) + b"--></footer>")


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    print(server.server_port, flush=True)
    sys.stdin.close()
    server.serve_forever()
