"""Requests that deliver something, through the same guard and bounds as pages (see `model.post.Poster`)."""

import time
from pathlib import Path

from monitor.fetch.address import parse
from monitor.fetch.guard import Guard
from monitor.fetch.wire import Ask, Wire
from monitor.model.post import LARGEST_ANSWER, Answer, Post

CONNECT = 10.0


class HttpPoster:
    """Sends one request over a connection of its own. May be used by several threads at once."""

    def __init__(self, *, ca_file: Path | None = None, http2: bool = True) -> None:
        self._ca_file = ca_file
        self._http2 = http2

    def check(self, host: str, allow_private: tuple[str, ...]) -> None:
        """Look where a host leads to which something else will connect (see `model.post.Poster`)."""
        _guard(allow_private).resolved(host, 0, timeout=CONNECT)

    def __call__(self, post: Post) -> Answer:
        """The answer, of any status; redirects are answers and are not followed.

        Raises:
            RetryableError: nobody could be reached, or not in time. RefusedError: the address is not allowed.
        """
        address = parse(post.url)
        wire = Wire(
            _guard(post.allow_private),
            connect_timeout=min(CONNECT, post.seconds),
            ca_file=self._ca_file,
            http2=self._http2,
        )
        headers = [("Host", address.authority), ("Accept-Encoding", "identity"), *post.headers]
        ask = Ask(
            address=address, headers=headers, deadline=time.monotonic() + post.seconds, largest=LARGEST_ANSWER, cut=True,
            method=post.method, content=post.body,
        )  # fmt: skip
        try:
            reply = wire.exchange(ask)
        finally:
            wire.close()
        return Answer(
            status=reply.status, headers=tuple((name.lower(), value) for name, value in reply.headers), body=reply.body
        )


def _guard(allow_private: tuple[str, ...]) -> Guard:
    return Guard(allow_private, setting="allow_private of the channel")
