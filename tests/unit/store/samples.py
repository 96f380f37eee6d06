"""What the store's tests keep."""

import hashlib
from datetime import UTC, datetime, timedelta

from monitor.model.capture import Capture
from monitor.model.history import Reading
from monitor.model.quality import Verdict
from monitor.model.target import Page

PAGE = Page(target="maravel", language="en", url="https://reports.example/maravel/")
KEY = (PAGE.target, PAGE.language)
START = datetime(2024, 4, 1, 12, tzinfo=UTC)
HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"a1"'), ("Server", "nginx"))


def capture(
    content: bytes, *, day: float = 0, page: Page = PAGE, headers: tuple[tuple[str, str], ...] = HEADERS
) -> Capture:
    return Capture(
        page=page,
        url=page.url,
        status=200,
        headers=headers,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        captured_at=START + timedelta(days=day),
    )


def reading(name: str, *, edition: int | None = 2024) -> Reading:
    return Reading(verdict=Verdict.REPORT, digest=name.encode(), title=f"Maravel {edition}", edition=edition)


ASIDE = Reading(verdict=Verdict.MAINTENANCE, reason="The site is out of service.")
