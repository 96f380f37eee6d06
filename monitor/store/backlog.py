"""What archives were found to hold of pages, and what became of each capture: where a run broken off goes on."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from monitor.model.past import Line, PastCapture
from monitor.model.target import Page
from monitor.store.database import Database
from monitor.store.intake import take
from monitor.store.times import as_microseconds

FRESH = timedelta(hours=12)
"""How long a list that was read whole is not asked for again."""

_KEPT, _KNOWN, _SKIPPED, _LATER = "kept", "known", "skipped", "later"
_OF_PAGE = "archive = ? AND target = ? AND language = ?"


class Backlog:
    """See `model.past_ports.Backlog`. Used by the thread that opened the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, archive: str, pages: Sequence[Page], *, retry: bool) -> None:
        """Have what could not be had the last time asked for again; with `retry` what was skipped, too."""
        again = f"fate IN ('{_LATER}', '{_SKIPPED}') AND status IN ('200', '-', '')" if retry else f"fate = '{_LATER}'"
        with self._database.transaction() as connection:
            for page in pages:
                connection.execute(
                    f"UPDATE archived SET fate = '', reason = '', sha256 = NULL WHERE {_OF_PAGE} AND {again}",
                    _key(archive, page),
                )
                if retry:
                    connection.execute("DELETE FROM listings WHERE archive = ? AND page = ?", (archive, page.name))

    def where(self, archive: str, page: Page, address: str, span: tuple[str, str], now: datetime) -> str | None:
        """Where the list of an address goes on: empty for its beginning, None if it was read whole a short time ago."""
        query = "SELECT following, done_at FROM listings WHERE (archive, page, address, span) = (?, ?, ?, ?)"
        rows = self._rows(query, archive, page.name, address, "-".join(span))
        if not rows:
            return ""
        following, done_at = rows[0]
        if done_at is None:
            return str(following)
        return None if done_at > as_microseconds(now - FRESH) else ""

    def note(
        self, archive: str, page: Page, address: str, span: tuple[str, str],
        lines: Sequence[tuple[Line, str]], following: str | None, now: datetime,
    ) -> None:  # fmt: skip
        """Keep a part of a list, each line with the reason that it is of no use, if it is not; and where it goes on."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO archived (archive, target, language, at, address, status, media_type, digest, fate, reason)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    (
                        *_key(archive, page), line.at, line.address, line.status, line.media_type, line.digest,
                        _SKIPPED if reason else "", reason,
                    )
                    for line, reason in lines
                ],
            )  # fmt: skip
            connection.execute(
                "INSERT OR REPLACE INTO listings (archive, page, address, span, following, done_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    archive, page.name, address, "-".join(span), following or "",
                    as_microseconds(now) if following is None else None,
                ),
            )  # fmt: skip

    def next(self, archive: str, page: Page, span: tuple[str, str]) -> Line | None:
        """The earliest capture to be asked for: of no digest that is known already."""
        rows = self._rows(
            f"SELECT at, address, status, media_type, digest FROM archived AS a WHERE {_OF_PAGE} AND fate = ''"
            f" AND at BETWEEN ? AND ? AND NOT {_IS_KNOWN} ORDER BY at, address LIMIT 1",
            *_key(archive, page),
            *_bounds(span),
        )
        return _line(rows[0]) if rows else None

    def settle(
        self, archive: str, page: Page, line: Line, reason: str, *, later: bool = False, sha256: str | None = None
    ) -> None:
        """Keep why a capture was skipped, or is to be tried `later`; by its SHA-256 those of its digest are known."""
        with self._database.transaction() as connection:
            connection.execute(
                _SETTLED,
                (_LATER if later else _SKIPPED, reason, _bytes(sha256), *_key(archive, page), line.at, line.address),
            )

    def keep(self, archive: str, page: Page, line: Line, capture: PastCapture, *, verified: bool) -> None:
        """Take a capture in, and keep that it was; if its digest was `verified` it stands for all of that digest."""
        with self._database.transaction() as connection:
            take(connection, capture)
            sha256 = _bytes(capture.sha256 if verified else None)
            connection.execute(_SETTLED, (_KEPT, "", sha256, *_key(archive, page), line.at, line.address))

    def repeat(self, archive: str, page: Page) -> int:
        """Take in, without asking for them, the first and the last of each row of captures with a digest that is known;
        returns how many there were."""
        query = (
            "SELECT a.at, a.address, a.status, a.media_type, a.digest, a.fate, lower(hex(b.sha256)), b.fate, b.reason"
            " FROM archived AS a LEFT JOIN (SELECT digest, sha256, fate, reason FROM archived"
            f" WHERE {_OF_PAGE} AND sha256 IS NOT NULL AND digest != '' GROUP BY digest) AS b ON b.digest = a.digest"
            f" WHERE {_OF_PAGE} AND a.status IN ('200', '-', '') ORDER BY a.at, a.address"
        )
        key = _key(archive, page)
        taken = 0
        with self._database.transaction() as connection:
            rows = connection.execute(query, (*key, *key)).fetchall()
            for _, group in groupby(rows, key=lambda row: row[4] or row[0]):
                run = list(group)
                for place, row in enumerate(run):
                    if row[5] or row[6] is None or not row[6]:
                        continue
                    at_edge = place in (0, len(run) - 1)
                    if row[7] == _KEPT and at_edge:
                        taken += take(connection, _again(archive, page, row))
                    settled = (_KNOWN, "") if row[7] == _KEPT else (_SKIPPED, row[8])
                    connection.execute(_SETTLED, (*settled, None, *key, row[0], row[1]))
        return taken

    def counts(self, archive: str, page: Page, span: tuple[str, str]) -> Mapping[str, int]:
        """How many listed captures there are by what became of them: "" still to be asked for (one of each digest),
        "kept", "known" (of a digest known otherwise), else why they were skipped."""
        rows = self._rows(
            f"SELECT fate, reason, digest, {_IS_KNOWN} FROM archived AS a WHERE {_OF_PAGE} AND at BETWEEN ? AND ?",
            *_key(archive, page),
            *_bounds(span),
        )
        counts: dict[str, int] = {}
        wanted: set[str] = set()
        for fate, reason, digest, known in rows:
            name = fate if fate in ("", _KEPT, _KNOWN) else reason
            if not fate and (known or digest in wanted):
                name = _KNOWN
            if digest:
                wanted.add(digest)
            counts[name] = counts.get(name, 0) + 1
        return counts

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._database.translated():
            return self._database.connection.execute(query, values).fetchall()


def _key(archive: str, page: Page) -> tuple[str, str, str]:
    return archive, page.target, page.language


def _bounds(span: tuple[str, str]) -> tuple[str, str]:
    return span[0].ljust(14, "0"), span[1].ljust(14, "9")


def _bytes(sha256: str | None) -> bytes | None:
    return None if sha256 is None else bytes.fromhex(sha256)


def _line(row: Sequence[Any]) -> Line:
    at, address, status, media_type, digest = row[:5]
    return Line(at=at, address=address, status=status, media_type=media_type, digest=digest)


def _again(archive: str, page: Page, row: Sequence[Any]) -> PastCapture:
    """A capture whose bytes are known from another of its digest."""
    at = datetime.strptime(row[0], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return PastCapture(
        page=page.key, url=row[1], status=200, headers=(), content=None, sha256=row[6],
        captured_at=at, origin=archive,
    )  # fmt: skip


_SETTLED = f"UPDATE archived SET fate = ?, reason = ?, sha256 = ? WHERE {_OF_PAGE} AND at = ? AND address = ?"
_IS_KNOWN = """(a.digest != '' AND EXISTS (
    SELECT 1 FROM archived AS b WHERE b.archive = a.archive AND b.target = a.target AND b.language = a.language
    AND b.digest = a.digest AND b.sha256 IS NOT NULL))"""
