"""Where codes are kept by which people let an agent read along, and who read along. No code stands here in clear."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from services.account_problems import AccountProblem
from services.china_time import moment, stamp
from services.database import begin, open_database, problem_code

migrations = Migrations("consent_store")


@migrations()
def create_consents(db: Database) -> None:
    """One row a code: whose conversation, by a keyed hash of the code, until when; who opened it, and its end."""
    db.table("consents").create(
        {
            "consent_id": str, "conversation": str, "code_hash": str, "made_at": str, "expires_at": str,
            "opened_at": str, "officer_id": str, "ended_at": str, "ended_by": str,
        },
        pk="consent_id",
        not_null={"conversation", "code_hash", "made_at", "expires_at"},
        strict=True,
    )
    db.table("consents").create_index(["conversation", "made_at"])
    db.table("consents").create_index(["officer_id", "opened_at"])
    db.execute(
        "CREATE UNIQUE INDEX consents_waiting ON consents (code_hash) WHERE opened_at IS NULL AND ended_at IS NULL"
    )


@migrations()
def create_openings(db: Database) -> None:
    """Who opened whose conversation, when, and when and by whom it was ended. Nothing can be taken out of it."""
    db.table("openings").create(
        {"id": int, "consent_id": str, "conversation": str, "officer_id": str, "event": str, "at": str},
        pk="id",
        not_null={"consent_id", "conversation", "officer_id", "event", "at"},
        strict=True,
    )
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER openings_no_{verb.lower()} BEFORE {verb} ON openings "
            "BEGIN SELECT RAISE(ABORT, 'openings is append-only'); END"
        )


@migrations()
def create_wrong_codes(db: Database) -> None:
    """Codes that opened nothing, by who tried them."""
    db.table("wrong_codes").create(
        {"id": int, "officer_id": str, "at": str}, pk="id", not_null={"officer_id", "at"}, strict=True
    )
    db.table("wrong_codes").create_index(["officer_id", "at"])


@dataclass(frozen=True)
class ConsentRow:
    """A code as stored, and what became of it."""

    consent_id: str
    conversation: str
    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    officer_id: str | None
    ended_at: datetime | None


@dataclass(frozen=True)
class OpeningRow:
    """One line of the record: `event` is opened or ended_by_…"""

    conversation: str
    officer_id: str
    event: str
    at: datetime


_COLUMNS = "consent_id, conversation, made_at, expires_at, opened_at, officer_id, ended_at"


class ConsentStore:
    """Codes and openings behind one connection and one lock; every use goes through `transaction()`."""

    def __init__(self, path: Path | None) -> None:
        self._db = open_database(path, migrations, sync="FULL")
        self._lock = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, with the write lock from the start.

        AccountProblem store_full, store_read_only, store_busy or store_failing; then nothing of it was kept.
        """
        with self._lock:
            try:
                begin(self._db.conn)
                yield
                self._db.conn.commit()
            except BaseException as fault:
                if self._db.conn.in_transaction:  # a full disk makes SQLite roll back by itself
                    self._db.conn.rollback()
                code = problem_code(fault)
                if code is None:
                    raise
                raise AccountProblem(code) from fault

    def add(self, row: ConsentRow, code_hash: str) -> None:
        """Keeps a new code."""
        self._run(
            "INSERT INTO consents (consent_id, conversation, code_hash, made_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            row.consent_id, row.conversation, code_hash, stamp(row.made_at), stamp(row.expires_at),
        )

    def waiting(self, code_hash: str) -> ConsentRow | None:
        """The code that waits to be used, also one that has run out."""
        return self._one("code_hash = ? AND opened_at IS NULL AND ended_at IS NULL", code_hash)

    def find(self, consent_id: str) -> ConsentRow | None:
        """What became of that code."""
        return self._one("consent_id = ?", consent_id)

    def latest(self, conversation: str) -> ConsentRow | None:
        """The conversation's newest code."""
        return self._one("conversation = ? ORDER BY made_at DESC, rowid DESC LIMIT 1", conversation)

    def opened_by(self, officer_id: str, since: datetime) -> tuple[ConsentRow, ...]:
        """What the officer opened since then and nobody has ended, the newest first."""
        return self._rows(
            "officer_id = ? AND opened_at > ? AND ended_at IS NULL ORDER BY opened_at DESC", officer_id, stamp(since)
        )

    def overdue(self, opened_before: datetime) -> tuple[ConsentRow, ...]:
        """What was opened by then and nobody has ended."""
        return self._rows("opened_at <= ? AND ended_at IS NULL", stamp(opened_before))

    def unended(self, conversation: str) -> tuple[ConsentRow, ...]:
        """The conversation's codes that wait or are in use."""
        return self._rows("conversation = ? AND ended_at IS NULL", conversation)

    def made_since(self, conversation: str, at: datetime) -> int:
        """How many codes the conversation asked for since then."""
        return self._count("consents WHERE conversation = ? AND made_at > ?", conversation, stamp(at))

    def count_waiting(self, at: datetime) -> int:
        """How many codes could be used at that time."""
        return self._count("consents WHERE opened_at IS NULL AND ended_at IS NULL AND expires_at > ?", stamp(at))

    def open(self, consent_id: str, officer_id: str, at: datetime) -> None:
        """The code is used: the officer reads along from now on."""
        self._run(
            "UPDATE consents SET opened_at = ?, officer_id = ? WHERE consent_id = ?", stamp(at), officer_id, consent_id
        )

    def end(self, consent_id: str, by: str, at: datetime) -> None:
        """Nobody reads along by that code any more."""
        self._run("UPDATE consents SET ended_at = ?, ended_by = ? WHERE consent_id = ?", stamp(at), by, consent_id)

    def record(self, row: ConsentRow, officer_id: str, event: str, at: datetime) -> None:
        """One more line of who read along."""
        self._run(
            "INSERT INTO openings (consent_id, conversation, officer_id, event, at) VALUES (?, ?, ?, ?, ?)",
            row.consent_id, row.conversation, officer_id, event, stamp(at),
        )

    def openings(self, limit: int) -> tuple[OpeningRow, ...]:
        """The record's newest lines."""
        rows = self._db.conn.execute(
            "SELECT conversation, officer_id, event, at FROM openings ORDER BY id DESC LIMIT ?", [limit]
        )
        return tuple(OpeningRow(row[0], row[1], row[2], moment(row[3])) for row in rows.fetchall())

    def add_wrong(self, officer_id: str, at: datetime) -> None:
        """Notes a code that opened nothing."""
        self._run("INSERT INTO wrong_codes (officer_id, at) VALUES (?, ?)", officer_id, stamp(at))

    def wrong(self, officer_id: str, since: datetime) -> tuple[datetime, ...]:
        """When the officer's wrong codes were tried, the oldest first."""
        rows = self._db.conn.execute(
            "SELECT at FROM wrong_codes WHERE officer_id = ? AND at > ? ORDER BY id", [officer_id, stamp(since)]
        )
        return tuple(moment(at) for (at,) in rows.fetchall())

    def purge(self, before: datetime) -> None:
        """Deletes codes and wrong tries from before that time; the record of who read along stays."""
        self._run("DELETE FROM consents WHERE made_at < ?", stamp(before))
        self._run("DELETE FROM wrong_codes WHERE at < ?", stamp(before))

    def close(self) -> None:
        """Closes the database."""
        with self._lock:
            self._db.conn.close()

    def _run(self, statement: str, *arguments: str) -> None:
        self._db.conn.execute(statement, arguments)

    def _count(self, what: str, *arguments: str) -> int:
        return int(self._db.conn.execute(f"SELECT count(*) FROM {what}", arguments).fetchone()[0])

    def _one(self, where: str, *arguments: str) -> ConsentRow | None:
        return next(iter(self._rows(where, *arguments)), None)

    def _rows(self, where: str, *arguments: str) -> tuple[ConsentRow, ...]:
        rows = self._db.conn.execute(f"SELECT {_COLUMNS} FROM consents WHERE {where}", arguments).fetchall()
        return tuple(
            ConsentRow(row[0], row[1], moment(row[2]), moment(row[3]), _time(row[4]), row[5], _time(row[6]))
            for row in rows
        )


def _time(stored: str | None) -> datetime | None:
    return moment(stored) if stored else None
