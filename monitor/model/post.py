"""One HTTP request that delivers something, and what came back. Whoever sends it guards where it goes."""

from dataclasses import dataclass
from typing import Protocol

LARGEST_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What is to be sent. `seconds` bound the whole exchange; `allow_private` are the networks (10.0.0.0/8) outside
    the public internet that the address may lead to."""

    url: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    method: str = "POST"
    seconds: float = 20.0
    allow_private: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: at most LARGEST_ANSWER bytes of the body, the rest unread."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The value of the first header of that lower-case name, or None."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Poster(Protocol):
    """Sends one request."""

    def __call__(self, post: Post) -> Answer:
        """The answer, of any status; redirects are answers and are not followed.

        Raises:
            RetryableError: nobody could be reached, or not in time. RefusedError: the address is not allowed.
        """

    def check(self, host: str, allow_private: tuple[str, ...]) -> None:
        """Look where a host leads to which something else will connect.

        Raises:
            RefusedError: outside the public internet and these networks. RetryableError: its name is not resolved.
        """
