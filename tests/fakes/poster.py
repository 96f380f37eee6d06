"""A Poster of the standard library: one request, one connection, a deadline for the whole, a bounded answer."""

import http.client
import socket
import time
from urllib.parse import urlsplit

from monitor.errors import RetryableError
from monitor.model.post import LARGEST_ANSWER, Answer, Post


def post(request: Post) -> Answer:
    """The answer to the request. Raises RetryableError if there is none in time."""
    address = urlsplit(request.url)
    end = time.monotonic() + request.seconds
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=request.seconds)
    path = address.path + (f"?{address.query}" if address.query else "")
    try:
        connection.request(request.method, path, body=request.body, headers=dict(request.headers))
        response = connection.getresponse()
        return Answer(
            status=response.status, headers=tuple(response.getheaders()), body=_body(response, connection, end)
        )
    except (OSError, http.client.HTTPException) as error:
        raise RetryableError(f"no answer ({type(error).__name__})", cause="timeout") from error
    finally:
        connection.close()


def _body(response: http.client.HTTPResponse, connection: http.client.HTTPConnection, end: float) -> bytes:
    found = b""
    while len(found) < LARGEST_ANSWER:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if isinstance(connection.sock, socket.socket):
            connection.sock.settimeout(left)
        chunk = response.read1(min(8192, LARGEST_ANSWER - len(found)))
        if not chunk:
            break
        found += chunk
    return found
