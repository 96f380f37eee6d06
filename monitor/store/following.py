"""How following goes on: the standing of every page, when it is due and who is at it, and what every host is owed."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from monitor.model.capture import Capture
from monitor.model.standing import Finding, HostState, RobotsText, Standing
from monitor.model.target import Key, Page
from monitor.store.database import Database
from monitor.store.times import as_microseconds, as_time

_COLUMNS = (
    "site, failures, good, cause, since, told, surprised_at, unaccepted, distrusted, moved_to, changed_at, next_at"
)
MOST_TRIES = 3
"""Tries to read a body that was kept: one that ends the program each time is not tried for ever."""


def keep_standings(connection: sqlite3.Connection, standings: Iterable[Standing]) -> None:
    """Keep how pages stand inside a transaction that is open. One with a `next_at` ends its claim."""
    for each in standings:
        row = (
            each.site, each.failures, each.good, each.cause, _micro(each.since), int(each.told),
            _micro(each.surprised_at), int(each.unaccepted), int(each.distrusted), each.moved_to, _micro(each.changed_at),
        )  # fmt: skip
        connection.execute(
            "INSERT INTO followed (target, language, site, failures, good, cause, since, told, surprised_at, unaccepted,"
            " distrusted, moved_to, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET (site, failures, good, cause, since, told, surprised_at, unaccepted, distrusted,"
            " moved_to, changed_at) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*each.page, *row, *row),
        )
        if each.next_at is not None:
            connection.execute(
                "UPDATE followed SET next_at = ?, lease_until = 0 WHERE (target, language) = (?, ?)",
                (_micro(each.next_at), *each.page),
            )


def drop_arrival(connection: sqlite3.Connection, page: Key) -> None:
    """Forget the body that was on its way, inside the transaction that keeps it for good."""
    connection.execute("DELETE FROM arrivals WHERE (target, language) = (?, ?)", page)


class Following:
    """What is kept between checks beside the captures. Used by the thread that opened the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def standings(self, pages: Iterable[Key]) -> dict[Key, Standing]:
        """How each page stands; one of which nothing is kept is missing."""
        names = json.dumps(list(pages))
        rows = self._rows(
            f"SELECT target, language, {_COLUMNS} FROM followed JOIN json_each(?)"
            " ON target = value ->> 0 AND language = value ->> 1",
            names,
        )
        return {(row[0], row[1]): _standing(row) for row in rows}

    def surprised(self, site: str, since: datetime) -> list[tuple[Key, datetime]]:
        """The pages of a site that lost most of their text or outline since then, or did and wait to be believed, the first
        one first."""
        rows = self._rows(
            "SELECT target, language, surprised_at FROM followed WHERE site = ? AND (surprised_at > ?"
            " OR (failures AND cause = 'unconfirmed' AND surprised_at IS NOT NULL))"
            " ORDER BY surprised_at, target, language",
            site,
            _micro(since),
        )
        return [((target, language), as_time(at)) for target, language, at in rows]

    def looked_at(self, site: str, since: datetime) -> int:
        """How many pages of a site were captured since then."""
        query = (
            "SELECT count(*) FROM followed JOIN pages USING (target, language) WHERE site = ?"
            " AND EXISTS (SELECT 1 FROM captures WHERE page = pages.id AND captured_at >= ?)"
        )
        return int(self._rows(query, site, _micro(since))[0][0])

    def has_unaccepted(self, site: str) -> bool:
        """True if a page of the site waits to be accepted."""
        return bool(self._rows("SELECT 1 FROM followed WHERE site = ? AND unaccepted LIMIT 1", site))

    def unaccepted(self) -> list[tuple[str, Key, datetime]]:
        """The pages whose change waits to be accepted, each after its site, with the time when it was found."""
        rows = self._rows(
            "SELECT site, target, language, surprised_at FROM followed WHERE unaccepted ORDER BY site, target, language"
        )
        return [(site, (target, language), as_time(at)) for site, target, language, at in rows]

    def plan(self, pages: Mapping[Key, tuple[str, datetime]], now: datetime) -> None:
        """Follow these pages, each with its site and the latest time at which it may be due; a new one is due now.

        What else is kept is not followed any more; every claim ends.
        """
        with self._database.transaction() as connection:
            connection.execute("UPDATE followed SET lease_until = 0 WHERE lease_until > 0")
            connection.execute(
                "UPDATE followed SET next_at = 0, unaccepted = 0, surprised_at = NULL WHERE (next_at > 0 OR unaccepted)"
                " AND target || '/' || language NOT IN (SELECT value FROM json_each(?))",
                (json.dumps([f"{target}/{language}" for target, language in pages]),),
            )
            connection.executemany(
                "INSERT INTO followed (target, language, site, failures, good, cause, told, distrusted, moved_to, next_at)"
                " VALUES (?, ?, ?, 0, 0, '', 0, 0, '', ?)"
                " ON CONFLICT DO UPDATE SET site = excluded.site,"
                " next_at = iif(next_at > 0, min(next_at, ?), excluded.next_at)",
                [(*page, site, _micro(now), _micro(latest)) for page, (site, latest) in pages.items()],
            )

    def claim(self, now: datetime, until: datetime, limit: int, busy: Iterable[str] = ()) -> list[Key]:
        """Claim the due pages of up to so many targets until then, the longest due first.

        A target of which a page is claimed already is left alone, and so are the targets of the `busy` sites.
        """
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT target FROM followed WHERE next_at > 0 AND site NOT IN (SELECT value FROM json_each(?))"
                " GROUP BY target HAVING min(next_at) <= ? AND max(lease_until) <= ? ORDER BY min(next_at), target LIMIT ?",
                (json.dumps(list(busy)), _micro(now), _micro(now), limit),
            ).fetchall()
            pages = []
            for (target,) in rows:
                due = connection.execute(
                    "UPDATE followed SET lease_until = ? WHERE target = ? AND next_at > 0 AND next_at <= ?"
                    " RETURNING target, language",
                    (_micro(until), target, _micro(now)),
                )
                pages += due.fetchall()
            return pages

    def release(self, pages: Iterable[Key] | None = None) -> int:
        """Give up claims without a result, so that the pages are due as before: of these pages, or all of them."""
        with self._database.transaction() as connection:
            if pages is None:
                return connection.execute("UPDATE followed SET lease_until = 0 WHERE lease_until > 0").rowcount
            connection.executemany(
                "UPDATE followed SET lease_until = 0 WHERE (target, language) = (?, ?)", [tuple(page) for page in pages]
            )
            return 0

    def pull_in(self, latest: Mapping[Key, datetime]) -> int:
        """Have no page due later than that: the clock was set back. Returns how many were."""
        with self._database.transaction() as connection:
            rows = [(_micro(at), *page, _micro(at)) for page, at in latest.items()]
            query = "UPDATE followed SET next_at = ? WHERE (target, language) = (?, ?) AND next_at > ?"
            return connection.executemany(query, rows).rowcount

    def renew(self, until: datetime) -> None:
        """Have every claim hold until then: the clock was set, and what it held it by with it."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE followed SET lease_until = ? WHERE lease_until > 0", (_micro(until),))

    def due(self) -> dict[Key, datetime]:
        """When each page is due next."""
        rows = self._rows("SELECT target, language, next_at FROM followed WHERE next_at > 0")
        return {(target, language): as_time(at) for target, language, at in rows}

    def note(self, standings: Sequence[Standing]) -> None:
        """Keep how pages stand."""
        with self._database.transaction() as connection:
            keep_standings(connection, standings)

    def hosts(self) -> list[HostState]:
        """What every host is owed."""
        rows = self._rows("SELECT host, free_at, closed_until, pause FROM hosts")
        return [
            HostState(host=host, free_at=as_time(free), closed_until=_time(closed), pause=pause)
            for host, free, closed, pause in rows
        ]

    def robots(self, since: datetime) -> list[RobotsText]:
        """The robots.txt files fetched since then."""
        rows = self._rows("SELECT origin, text, fetched_at FROM robots WHERE fetched_at > ?", _micro(since))
        return [RobotsText(origin=origin, text=text, fetched_at=as_time(at)) for origin, text, at in rows]

    def remember(self, hosts: Iterable[HostState], robots: Iterable[RobotsText]) -> None:
        """Keep what hosts are owed and the robots.txt files that were fetched."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO hosts (host, free_at, closed_until, pause) VALUES (?, ?, ?, ?)",
                [(each.host, _micro(each.free_at), _micro(each.closed_until), each.pause) for each in hosts],
            )
            connection.executemany(
                "INSERT OR REPLACE INTO robots (origin, text, fetched_at) VALUES (?, ?, ?)",
                [(each.origin, each.text, _micro(each.fetched_at)) for each in robots],
            )

    def keep_arrivals(self, captures: Sequence[Capture]) -> None:
        """Keep bodies before anything looks into them."""
        with self._database.transaction() as connection:
            for each in captures:
                connection.execute(
                    "INSERT OR REPLACE INTO arrivals (target, language, url, status, headers, content, captured_at,"
                    " moved_to, tries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
                    (
                        each.page.target, each.page.language, each.url, each.status, json.dumps(each.headers),
                        each.content, _micro(each.captured_at), each.moved_to,
                    ),
                )  # fmt: skip

    def arrivals(self, pages: Iterable[Page]) -> tuple[list[Capture], list[Capture]]:
        """The bodies of these pages that were kept and not looked into, because the program ended: those to read now,
        and those that have ended it several times."""
        if not self._rows("SELECT 1 FROM arrivals LIMIT 1"):
            return [], []
        known = {page.key: page for page in pages}
        with self._database.transaction() as connection:
            connection.execute("UPDATE arrivals SET tries = tries + 1")
            rows = connection.execute(
                "SELECT target, language, url, status, headers, content, captured_at, moved_to, tries FROM arrivals"
            ).fetchall()
        ours = [(_arrived(known[row[0], row[1]], row), row[8]) for row in rows if (row[0], row[1]) in known]
        return [c for c, tries in ours if tries < MOST_TRIES], [c for c, tries in ours if tries >= MOST_TRIES]

    def findings(self, target: str) -> list[Finding]:
        """What the languages of a target are known to lack."""
        rows = self._rows("SELECT target, language, name, noticed_at, told FROM findings WHERE target = ?", target)
        return [
            Finding(page=(row[0], row[1]), name=row[2], noticed_at=as_time(row[3]), told=bool(row[4])) for row in rows
        ]

    def untold(self, noticed_before: datetime) -> list[str]:
        """The targets with something untold that was noticed before then."""
        rows = self._rows(
            "SELECT DISTINCT target FROM findings WHERE NOT told AND noticed_at <= ?", _micro(noticed_before)
        )
        return [target for (target,) in rows]

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._database.translated():
            return self._database.connection.execute(query, values).fetchall()


def keep_findings(connection: sqlite3.Connection, target: str, findings: Iterable[Finding]) -> None:
    """Keep what the languages of a target lack now, in place of what they lacked, inside a transaction."""
    connection.execute("DELETE FROM findings WHERE target = ?", (target,))
    connection.executemany(
        "INSERT OR REPLACE INTO findings (target, language, name, noticed_at, told) VALUES (?, ?, ?, ?, ?)",
        [(*each.page, each.name, _micro(each.noticed_at), int(each.told)) for each in findings],
    )


def _standing(row: Sequence[Any]) -> Standing:
    target, language, site, failures, good, cause, since, told = row[:8]
    surprised, unaccepted, distrusted, moved, changed, next_at = row[8:]
    return Standing(
        page=(target, language), site=site, failures=failures, good=good, cause=cause, since=_time(since),
        told=bool(told), surprised_at=_time(surprised), unaccepted=bool(unaccepted), distrusted=bool(distrusted),
        moved_to=moved, changed_at=_time(changed), next_at=_time(next_at or None),
    )  # fmt: skip


def _arrived(page: Page, row: Sequence[Any]) -> Capture:
    import hashlib

    _, _, url, status, headers, content, captured_at, moved_to, _ = row
    return Capture(
        page=page, url=url, status=status, headers=tuple((name, value) for name, value in json.loads(headers)),
        content=content, sha256=hashlib.sha256(content).hexdigest(), captured_at=as_time(captured_at),
        moved_to=moved_to,
    )  # fmt: skip


def _micro(time: datetime | None) -> int | None:
    return None if time is None else as_microseconds(time)


def _time(at: int | None) -> datetime | None:
    return None if at is None else as_time(at)
