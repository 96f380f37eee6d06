"""A store in memory that holds what was put there: the captures of pages, for the use cases that only read."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from monitor.model.history import Snapshot
from monitor.model.holdings import CaptureRow
from monitor.model.quality import Verdict
from monitor.model.target import Key
from monitor.runs.reading import digest_of, read_snapshot


class Shelf:
    """Holds captures. What they are read as is found out when they are put there."""

    def __init__(self) -> None:
        self._snapshots: dict[tuple[Key, str], Snapshot] = {}
        self._captures: dict[Key, list[CaptureRow]] = {}
        self._versions: dict[Key, list[bytes]] = {}

    def put(self, page: Key, content: bytes, at: datetime) -> None:
        """Keep a capture of the page."""
        sha256 = hashlib.sha256(content).hexdigest()
        snapshot = Snapshot(
            target=page[0], language=page[1], sha256=sha256, content=content, url="https://reports.example/norvania/",
            media_type="text/html", captured_at=at,
        )  # fmt: skip
        self._snapshots[page, sha256] = snapshot
        document = read_snapshot(snapshot)
        known = self._versions.setdefault(page, [])
        digest = digest_of(document)
        if digest not in known:
            known.append(digest)
        self._captures.setdefault(page, []).append(
            CaptureRow(
                captured_at=at, status=200, sha256=sha256, size=len(content), url=snapshot.url,
                verdict=document.quality.verdict, reason="", edition=document.edition,
                version=known.index(digest) + 1 if document.quality.verdict is Verdict.REPORT else None,
            )
        )  # fmt: skip

    def languages(self, target: str) -> Sequence[str]:
        """The languages held, in alphabetical order."""
        return sorted(language for name, language in self._captures if name == target)

    def captures(self, page: Key) -> Sequence[CaptureRow]:
        """Every capture of the page, oldest first."""
        return self._captures.get(page, [])

    def snapshot(self, page: Key, sha256: str) -> Snapshot:
        """The bytes of that SHA-256."""
        return self._snapshots[page, sha256]
