"""The outbox: alerts and their deliveries, the messages made of them, and every try. Times are as the store keeps them."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from monitor.alerts.outbox import Outgoing, Settled, Status
from monitor.alerts.outcome import Failing
from monitor.alerts.schedule import Dispatch, Form, Sent, Waiting
from monitor.model.alert import Alert, Delivery
from monitor.model.told import Raised
from monitor.store.database import Database
from monitor.store.times import as_microseconds, as_time

RENEWED = "renewed"
"""What is noted beside the outcomes of tries when the operator sends a message anew."""

_OUTGOING = (
    "SELECT key, channel, sequence, wording, form, at, made_at, alerts, status, tries, next_at, recipients, reason"
    " FROM dispatches"
)


def keep_raised(connection: sqlite3.Connection, raised: Iterable[Raised]) -> None:
    """Keep alerts and their deliveries inside a transaction that is open; what is known already is left as it is."""
    for one in raised:
        alert = one.alert
        row = (alert.id, as_microseconds(alert.raised_at), alert.kind.value, alert.target, alert.severity.value)
        content = json.dumps(alert.to_dict(), ensure_ascii=True, separators=(",", ":"))
        fresh = connection.execute(
            "INSERT INTO alerts (id, raised_at, kind, target, severity, content) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (*row, content),
        )
        if fresh.rowcount:
            connection.executemany(
                "INSERT INTO deliveries (key, alert, channel, wording) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [(each.key, each.alert_id, each.channel, each.wording) for each in one.deliveries],
            )


class Outbox:
    """What is to be said, and what was. Used by the thread that opened the store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self) -> list[Waiting]:
        """The deliveries that no message has been made of yet, in the order in which their alerts were raised."""
        rows = self._rows(
            "SELECT alert, channel, wording, content FROM deliveries JOIN alerts ON alerts.id = alert"
            " WHERE dispatch IS NULL ORDER BY raised_at, alert"
        )
        known: dict[str, Alert] = {}
        found = []
        for name, channel, wording, content in rows:
            alert = known.get(name) or known.setdefault(name, Alert.from_dict(json.loads(content)))
            delivery = Delivery(alert_id=name, channel=channel, wording=wording)
            found.append(Waiting(delivery=delivery, alert=alert))
        return found

    def sent(self, since: datetime) -> list[Sent]:
        """The messages made since then, whatever became of them."""
        rows = self._rows("SELECT channel, rule, made_at FROM dispatches WHERE made_at > ?", as_microseconds(since))
        return [Sent(channel=channel, rule=rule, at=as_time(at)) for channel, rule, at in rows]

    def under_way(self) -> list[Outgoing]:
        """The messages that are still to be delivered, in the order in which each channel has to get them."""
        return [_outgoing(row) for row in self._rows(f"{_OUTGOING} WHERE status = 'under_way' ORDER BY sequence")]

    def seal(self, dispatches: Sequence[Dispatch], now: datetime) -> list[Outgoing]:
        """Keep messages with the deliveries that they fulfil, each as the next of its channel."""
        if not dispatches:
            return []
        with self._database.transaction() as connection:
            return [_sealed(connection, dispatch, now) for dispatch in dispatches]

    def settle(self, settled: Settled, raised: Sequence[Raised] = ()) -> None:
        """Keep what one try left, with the alerts that it raises: even on a full disk, or it would be sent again."""
        outgoing = settled.outgoing
        key = outgoing.dispatch.key

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE dispatches SET status = ?, tries = ?, next_at = ?, recipients = ?, reason = ? WHERE key = ?",
                (
                    outgoing.status.value, outgoing.tries, as_microseconds(outgoing.next_at),
                    json.dumps(outgoing.recipients), outgoing.reason, key,
                ),
            )  # fmt: skip
            _note_try(connection, key, settled.at, settled.outcome, settled.detail)
            if settled.disabled:
                connection.execute(
                    "INSERT OR REPLACE INTO channels (name, disabled_at, reason) VALUES (?, ?, ?)",
                    (outgoing.dispatch.channel, as_microseconds(settled.at), settled.detail),
                )
            keep_raised(connection, raised)

        self._database.insist(write)

    def move(self, step: timedelta) -> None:
        """Have what is tried again later tried so much later by the clock: it was set by that step."""
        with self._database.transaction() as connection:
            micros = step // timedelta(microseconds=1)
            connection.execute("UPDATE dispatches SET next_at = next_at + ? WHERE status = 'under_way'", (micros,))

    def disabled(self) -> dict[str, str]:
        """The channels that are switched off, with the reason."""
        return dict(self._rows("SELECT name, reason FROM channels"))

    def failing(self, channel: str, recently: datetime) -> Failing | None:
        """The tries that failed since the channel last took a message or was switched on again; None if none did.

        Those after `recently` count as recent.
        """
        tries = "attempts JOIN dispatches ON key = dispatch WHERE channel = ?"
        since, recent = self._rows(
            f"SELECT min(attempts.at), sum(attempts.at > ?) FROM {tries} AND attempts.at > coalesce("
            f"(SELECT max(attempts.at) FROM {tries} AND outcome IN ('delivered', '{RENEWED}')), 0)",
            as_microseconds(recently), channel, channel,
        )[0]  # fmt: skip
        return None if since is None else Failing(since=as_time(since), recent=recent)

    def retry(self, key: str | None, now: datetime) -> list[Outgoing]:
        """Send what was given up (and what waits) anew, from its first try; all of it, or the messages whose key starts
        so. Channels that were switched off are switched on again."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                f"{_OUTGOING} WHERE status != 'delivered' AND substr(key, 1, ?) = ? ORDER BY channel, sequence",
                (len(key or ""), key or ""),
            ).fetchall()
            found = [replace(_outgoing(row), status=Status.UNDER_WAY, tries=0, next_at=now) for row in rows]
            connection.executemany(
                "UPDATE dispatches SET status = 'under_way', tries = 0, next_at = ? WHERE key = ?",
                [(as_microseconds(now), each.dispatch.key) for each in found],
            )
            for each in found:
                _note_try(connection, each.dispatch.key, now, RENEWED, "")
            names = {each.dispatch.channel for each in found}
            connection.executemany("DELETE FROM channels WHERE name = ?", [(name,) for name in names])
            return found

    def messages(self, limit: int, *, undelivered: bool = False) -> list[Outgoing]:
        """The newest messages, oldest first."""
        chosen = " WHERE status != 'delivered'" if undelivered else ""
        return [_outgoing(row) for row in self._rows(f"{_OUTGOING}{chosen} ORDER BY made_at DESC LIMIT ?", limit)][::-1]

    def alerts(self, limit: int) -> list[tuple[Alert, dict[str, str]]]:
        """The newest alerts, oldest first, each with what became of it by channel ("waiting": no message yet)."""
        rows = self._rows("SELECT id, content FROM alerts ORDER BY raised_at DESC, id LIMIT ?", limit)[::-1]
        found = []
        for name, content in rows:
            states = self._rows(
                "SELECT deliveries.channel, coalesce(status, 'waiting') FROM deliveries"
                " LEFT JOIN dispatches ON dispatches.key = dispatch WHERE alert = ? ORDER BY deliveries.channel",
                name,
            )
            found.append((Alert.from_dict(json.loads(content)), dict(states)))
        return found

    def attempts(self, key: str) -> list[tuple[datetime, str, str]]:
        """Every try of a message: when, what came of it, and the detail."""
        rows = self._rows("SELECT at, outcome, detail FROM attempts WHERE dispatch = ? ORDER BY number", key)
        return [(as_time(at), outcome, detail) for at, outcome, detail in rows]

    def counts(self) -> dict[str, int]:
        """How many deliveries wait, and how many messages are under way, delivered and dead."""
        found = dict(self._rows("SELECT status, count(*) FROM dispatches GROUP BY status"))
        found["waiting"] = self._rows("SELECT count(*) FROM deliveries WHERE dispatch IS NULL")[0][0]
        return found

    def prune(self, before: datetime) -> int:
        """Forget messages delivered before then, with their tries; the alerts stay. Returns how many.

        The last one of each channel is kept: it tells since when the channel takes nothing.
        """
        with self._database.transaction() as connection:
            good = "FROM dispatches WHERE status = 'delivered'"
            last = f"SELECT max(next_at) {good} GROUP BY channel"
            rows = connection.execute(
                f"SELECT key {good} AND next_at < ? AND next_at NOT IN ({last})", (as_microseconds(before),)
            ).fetchall()
            connection.executemany("DELETE FROM attempts WHERE dispatch = ?", rows)
            connection.executemany("DELETE FROM deliveries WHERE dispatch = ?", rows)
            connection.executemany("DELETE FROM dispatches WHERE key = ?", rows)
        return len(rows)

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._database.translated():
            return self._database.connection.execute(query, values).fetchall()


def _note_try(connection: sqlite3.Connection, key: str, at: datetime, outcome: str, detail: str) -> None:
    connection.execute(
        "INSERT INTO attempts (dispatch, number, at, outcome, detail)"
        " SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM attempts WHERE dispatch = ?",
        (key, as_microseconds(at), outcome, detail, key),
    )


def _sealed(connection: sqlite3.Connection, dispatch: Dispatch, now: datetime) -> Outgoing:
    query = "SELECT coalesce(max(sequence), 0) + 1 FROM dispatches WHERE channel = ?"
    sequence = connection.execute(query, (dispatch.channel,)).fetchone()[0]
    alerts = json.dumps([alert.to_dict() for alert in dispatch.alerts], ensure_ascii=True, separators=(",", ":"))
    at = as_microseconds(now)
    connection.execute(
        "INSERT INTO dispatches (key, channel, sequence, wording, form, rule, at, made_at, alerts, status, tries, next_at,"
        " recipients, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'under_way', 0, ?, '[]', '')",
        (
            dispatch.key, dispatch.channel, sequence, dispatch.wording, dispatch.form.value, dispatch.rule,
            as_microseconds(dispatch.at), at, alerts, at,
        ),
    )  # fmt: skip
    connection.executemany(
        "UPDATE deliveries SET dispatch = ? WHERE key = ?", [(dispatch.key, key) for key in dispatch.deliveries]
    )
    return Outgoing(dispatch=dispatch, sequence=sequence, made_at=now, next_at=now)


def _outgoing(row: Sequence[Any]) -> Outgoing:
    """The message that a row holds. Its key stands for its deliveries: a dispatch of one delivery is named after it."""
    key, channel, sequence, wording, form, at, made_at, alerts, status, tries, next_at, recipients, reason = row
    dispatch = Dispatch(
        channel=channel, wording=wording, form=Form(form), at=as_time(at),
        alerts=tuple(map(Alert.from_dict, json.loads(alerts))), deliveries=(key,),
    )  # fmt: skip
    return Outgoing(
        dispatch=dispatch, sequence=sequence, made_at=as_time(made_at), status=Status(status), tries=tries,
        next_at=as_time(next_at), recipients=tuple(json.loads(recipients)), reason=reason,
    )  # fmt: skip
