"""A fetcher whose web site is a dictionary, and whose clock moves a day with each run."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from monitor.errors import FetchError
from monitor.model.capture import Capture, Failure, Fetched, Request, Unmodified


class FakeFetcher:
    """Answers from `pages`: bytes, None for "not modified", or an error; the ETag is the content's hash."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | FetchError | None] = {}
        self.now = datetime(2024, 4, 1, 12, tzinfo=UTC)
        self.asked: list[Request] = []

    def fetch_all(self, requests: Sequence[Request]) -> Iterator[Sequence[Fetched]]:
        self.now += timedelta(days=1)
        for request in requests:
            self.asked.append(request)
            yield [self._answer(request)]

    def _answer(self, request: Request) -> Fetched:
        page = request.page
        content = self.pages[page.url]
        if isinstance(content, FetchError):
            return Failure(page=page, error=content, failed_at=self.now)
        if content is None:
            return Unmodified(page=page, url=page.url, captured_at=self.now)
        sha256 = hashlib.sha256(content).hexdigest()
        return Capture(
            page=page,
            url=page.url,
            status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{sha256[:8]}"')),
            content=content,
            sha256=sha256,
            captured_at=self.now,
        )
