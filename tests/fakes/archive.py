"""A web archive on loopback: TimeMaps (RFC 7089), a CDX server in the forms of two programs, playback of captures.

Serves what it is given, well or badly: what it lists may lie, and any address may be answered otherwise.
"""

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One capture that the archive holds. `digest` is what its list says; by default that of the body."""

    at: str
    url: str
    body: bytes = b""
    status: int = 200
    media_type: str = "text/html"
    digest: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    location: str = ""

    @property
    def named(self) -> str:
        """The digest in the list."""
        if self.digest is not None:
            return self.digest
        return base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()

    @property
    def memento_datetime(self) -> str:
        """The time as in Memento-Datetime."""
        return format_datetime(datetime.strptime(self.at, "%Y%m%d%H%M%S").replace(tzinfo=UTC), usegmt=True)


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class WebArchive:
    """Serves while its context is open. `asked` lists the paths asked for. `overrides` maps a part of a path to an
    answer instead; `junk` are lines put into every CDX list; `page_size` is the most lines a CDX answer has."""

    held: list[Held] = field(default_factory=list)
    overrides: dict[str, Answer | Callable[[], Answer | None]] = field(default_factory=dict)
    junk: list[str] = field(default_factory=list)
    form: str = "text"
    page_size: int = 10_000
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        archive = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, headers, body = archive.answer(self.path)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                """Nothing is logged."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def played(self) -> list[str]:
        """The captures asked for: "time address"."""
        return [
            " ".join(match.groups()) for path in self.asked if (match := re.match(r"/web/([0-9]{14})id_/(.+)", path))
        ]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str) -> Answer:
        """What a path is answered with."""
        self.asked.append(path)
        for part, given in self.overrides.items():
            answer = given() if callable(given) else given
            if part in path and answer is not None:
                return answer
        if path.startswith("/cdx"):
            return 200, {"Content-Type": "text/plain"}, self._cdx(parse_qs(urlsplit(path).query))
        if path.startswith("/timemap/"):
            return self._timemap(path.removeprefix("/timemap/"))
        match = re.match(r"/web/([0-9]{14})id_/(.+)", path)
        return self._playback(match[1], match[2]) if match else (404, {}, b"")

    def _matching(self, url: str, *, prefix: bool = False) -> list[Held]:
        def bare(address: str) -> str:
            return address.partition("://")[2].removeprefix("www.").rstrip("/")

        same = (lambda one: bare(one.url).startswith(bare(url))) if prefix else (lambda one: bare(one.url) == bare(url))
        return sorted(filter(same, self.held), key=lambda one: one.at)

    def _cdx(self, asked: dict[str, list[str]]) -> bytes:
        first, last = (asked.get(name, [""])[0] for name in ("from", "to"))
        start = int(asked.get("resumeKey", ["0"])[0])
        rows = [
            one
            for one in self._matching(asked["url"][0], prefix="matchType" in asked)
            if first.ljust(14, "0") <= one.at <= last.ljust(14, "9")
        ]
        shown = rows[start : start + self.page_size]
        lines = [self._line(one) for one in shown] + (self.junk if not start else [])
        if start + self.page_size < len(rows):
            lines += ["", str(start + self.page_size)]
        return "".join(f"{line}\n" for line in lines).encode()

    def _line(self, one: Held) -> str:
        key = urlsplit(one.url).netloc
        if self.form == "cdxj":
            fields = {
                "url": one.url, "mime": one.media_type, "status": str(one.status), "digest": f"sha1:{one.named}",
                "length": "1", "offset": "0", "filename": "a.warc.gz",
            }  # fmt: skip
            return f"{key} {one.at} {json.dumps(fields)}"
        return f"{key} {one.at} {one.url} {one.media_type} {one.status} {one.named} {len(one.body)}"

    def _timemap(self, url: str) -> Answer:
        found = self._matching(url)
        if not found:
            return 404, {}, b""
        links = [
            f'<{url}>; rel="original"',
            f'<{self.address}/timemap/{url}>; rel="self"; type="application/link-format"',
        ]
        links += [
            f'<{self.address}/web/{one.at}/{one.url}>; rel="memento"; datetime="{one.memento_datetime}"'
            for one in found
        ]
        return 200, {"Content-Type": "application/link-format"}, ",\n".join(links).encode()

    def _playback(self, at: str, url: str) -> Answer:
        found = next((one for one in self.held if one.at == at and one.url == url), None)
        if found is None:
            return 404, {}, b"not in archive"
        headers = {"Content-Type": found.media_type, "Memento-Datetime": found.memento_datetime, **dict(found.headers)}
        if found.location:
            return 302, {**headers, "Location": found.location}, b""
        return found.status, headers, found.body
