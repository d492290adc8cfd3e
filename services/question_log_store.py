"""Where it is kept what turns came to: closed words, times, and a reference to the sealed history. No text."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from services.china_time import CHINA_TIME, moment, stamp
from services.database import open_database

migrations = Migrations("question_log_store")


@migrations()
def create_turns(db: Database) -> None:
    """One row a turn. `subject`: with which others it is one question; `conversation` and `seq` lead to its text."""
    db.table("turns").create(
        {
            "id": int, "at": str, "day": str, "channel": str, "outcome": str, "region": str, "topic": str,
            "milliseconds": float, "subject": str, "conversation": str, "seq": int,
        },
        pk="id",
        not_null={"at", "day", "channel", "outcome", "region", "topic", "milliseconds"},
        strict=True,
    )
    db.execute("CREATE INDEX turns_counted ON turns (day, outcome, region, topic, channel, milliseconds)")
    db.execute("CREATE INDEX turns_subjects ON turns (outcome, subject, at) WHERE subject IS NOT NULL")
    db.execute("CREATE INDEX turns_conversations ON turns (conversation, seq) WHERE conversation IS NOT NULL")


@migrations()
def create_marks(db: Database) -> None:
    """That a question was seen to, and that it was opened again; notes are sealed, people write names into them."""
    db.table("marks").create(
        {"id": int, "kind": str, "subject": str, "event": str, "at": str, "officer_id": str, "sealed_note": bytes},
        pk="id",
        not_null={"kind", "subject", "event", "at", "officer_id", "sealed_note"},
        strict=True,
    )
    db.table("marks").create_index(["kind", "subject", "id"])


@dataclass(frozen=True)
class TurnRow:
    """What one turn came to. `region`, `topic` are "" where none was spoken of."""

    at: datetime
    channel: str
    outcome: str
    region: str
    topic: str
    milliseconds: float
    subject: str | None = None
    conversation: str | None = None
    seq: int | None = None

    @property
    def place(self) -> tuple[str, int] | None:
        """Where its text stands in the history; None when that is gone."""
        return (self.conversation, self.seq) if self.conversation and self.seq else None


@dataclass(frozen=True)
class SubjectRow:
    """Turns that asked the same: how many, and when the first and the last was."""

    outcome: str
    subject: str
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class MarkRow:
    """The last that was done about a question: `event` is done or reopened."""

    event: str
    at: datetime
    officer_id: str
    sealed_note: bytes


_COLUMNS = "at, channel, outcome, region, topic, milliseconds, subject, conversation, seq"


class QuestionLogStore:
    """The log behind one connection and one lock."""

    def __init__(self, path: Path | None) -> None:
        self._db = open_database(path, migrations, sync="NORMAL")
        self._lock = threading.RLock()

    def add(self, row: TurnRow) -> None:
        """Keeps one turn."""
        day = row.at.astimezone(CHINA_TIME).date().isoformat()
        values = (
            stamp(row.at), day, row.channel, row.outcome, row.region, row.topic, row.milliseconds, row.subject,
            row.conversation, row.seq,
        )
        with self._lock, self._db.conn:
            self._db.conn.execute(
                "INSERT INTO turns (at, day, channel, outcome, region, topic, milliseconds, subject, conversation, seq)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values,
            )

    def forget(self, conversation: str, of_words: Iterable[str]) -> None:
        """Deletes what leads to the conversation's text; for these outcomes also what was made of the text."""
        marks = ", ".join("?" * len(outcomes := list(of_words)))
        with self._lock:
            with self._db.conn:
                self._db.conn.execute(
                    f"UPDATE turns SET subject = CASE WHEN outcome IN ({marks}) THEN NULL ELSE subject END,"
                    " conversation = NULL, seq = NULL WHERE conversation = ?", [*outcomes, conversation],
                )
            self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def purge(self, before: datetime) -> int:
        """Deletes turns from before that time; how many there were."""
        with self._lock, self._db.conn:
            return int(self._db.conn.execute("DELETE FROM turns WHERE at < ?", [stamp(before)]).rowcount)

    def subjects(self, outcomes: Iterable[str], since: datetime) -> list[SubjectRow]:
        """What was asked since then with one of these outcomes, the most frequent first."""
        marks = ", ".join("?" * len(wanted := list(outcomes)))
        rows = self._rows(
            "SELECT outcome, subject, count(*), min(at), max(at) FROM turns"
            f" WHERE subject IS NOT NULL AND outcome IN ({marks}) AND at >= ?"
            " GROUP BY outcome, subject ORDER BY count(*) DESC, max(at) DESC", [*wanted, stamp(since)],
        )
        return [SubjectRow(row[0], row[1], row[2], moment(row[3]), moment(row[4])) for row in rows]

    def of_subject(self, outcome: str, subject: str, since: datetime, limit: int) -> list[TurnRow]:
        """The newest turns of that subject whose text is kept."""
        where = "outcome = ? AND subject = ? AND at >= ? AND conversation IS NOT NULL ORDER BY at DESC LIMIT ?"
        return self._turns(where, [outcome, subject, stamp(since), limit])

    def asked_since(self, outcome: str, subject: str, at: datetime) -> int:
        """How many turns of that subject came after that time."""
        query = "SELECT count(*) FROM turns WHERE outcome = ? AND subject = ? AND at > ?"
        return int(self._rows(query, [outcome, subject, stamp(at)])[0][0])

    def turn_at(self, conversation: str, seq: int) -> TurnRow | None:
        """The turn that the bubble belongs to."""
        where = "conversation = ? AND seq <= ? ORDER BY seq DESC LIMIT 1"
        return next(iter(self._turns(where, [conversation, seq])), None)

    def with_outcomes(self, outcomes: Iterable[str], since: datetime, limit: int) -> list[TurnRow]:
        """The newest turns with one of these outcomes whose text is kept."""
        marks = ", ".join("?" * len(wanted := list(outcomes)))
        where = (
            f"subject IS NOT NULL AND outcome IN ({marks}) AND at >= ? AND conversation IS NOT NULL"
            " ORDER BY at DESC LIMIT ?"
        )
        return self._turns(where, [*wanted, stamp(since), limit])

    def counts(self, first: date, last: date, *columns: str) -> list[Any]:
        """How many turns of those days have each combination of these columns: the values, then the number."""
        names = ", ".join(columns)
        query = f"SELECT {names}, count(*) FROM turns WHERE day BETWEEN ? AND ? GROUP BY {names} ORDER BY {names}"
        return self._rows(query, [first.isoformat(), last.isoformat()])

    def milliseconds(self, first: date, last: date) -> list[tuple[str, float, int]]:
        """Day, whole milliseconds, and how many turns took so long, the quickest of a day first."""
        return self._rows(
            "SELECT day, round(milliseconds), count(*) FROM turns WHERE day BETWEEN ? AND ?"
            " GROUP BY 1, 2 ORDER BY 1, 2", [first.isoformat(), last.isoformat()],
        )

    def mark(self, kind: str, subject: str, row: MarkRow) -> None:
        """Keeps what was done about a question."""
        with self._lock, self._db.conn:
            self._db.conn.execute(
                "INSERT INTO marks (kind, subject, event, at, officer_id, sealed_note) VALUES (?, ?, ?, ?, ?, ?)",
                [kind, subject, row.event, stamp(row.at), row.officer_id, row.sealed_note],
            )

    def marks(self) -> dict[tuple[str, str], MarkRow]:
        """The last mark of every question that has one."""
        rows = self._rows(
            "SELECT kind, subject, event, at, officer_id, sealed_note FROM marks"
            " WHERE id IN (SELECT max(id) FROM marks GROUP BY kind, subject)", [],
        )
        return {(row[0], row[1]): MarkRow(row[2], moment(row[3]), row[4], row[5]) for row in rows}

    def close(self) -> None:
        """Closes the database."""
        with self._lock:
            self._db.conn.close()

    def _turns(self, where: str, arguments: list[object]) -> list[TurnRow]:
        rows = self._rows(f"SELECT {_COLUMNS} FROM turns WHERE {where}", arguments)
        return [TurnRow(moment(row[0]), *row[1:]) for row in rows]

    def _rows(self, query: str, arguments: list[object]) -> list[Any]:
        with self._lock:
            return list(self._db.conn.execute(query, arguments).fetchall())
