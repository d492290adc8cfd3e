"""What was said, so that a page can show it again, and what the dialogue needs to go on after a restart.

History is sealed: a database file gives away nothing that people wrote. Tracker events hold no free text.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from services.china_time import moment, stamp
from services.database import open_database
from services.secrets_box import SecretsBox

migrations = Migrations("conversation_store")
Entry = dict[str, Any]


@migrations()
def create_entries(db: Database) -> None:
    """One row a bubble; `client_id`, by a keyed hash, makes a message that is sent twice one message."""
    db.table("entries").create(
        {"conversation": str, "seq": int, "client_id": str, "at": str, "sealed": bytes},
        pk=("conversation", "seq"),
        not_null={"at", "sealed"},
    )
    db.execute("CREATE UNIQUE INDEX entries_client_id ON entries(conversation, client_id) WHERE client_id IS NOT NULL")


@migrations()
def create_tracker_events(db: Database) -> None:
    """The dialogue's own events, appended turn by turn."""
    db.table("tracker_events").create(
        {"conversation": str, "seq": int, "event": str}, pk=("conversation", "seq"), not_null={"event"}
    )


@migrations()
def forget_client_ids(db: Database) -> None:
    """They were kept as they came, and clients name their messages by whatever they like."""
    db.execute("UPDATE entries SET client_id = NULL")


@migrations()
def forget_replies_words(db: Database) -> None:
    """Replies stood in the clear among the dialogue's events, which need to know no more than that there was one."""
    db.execute("UPDATE tracker_events SET event = '{\"event\": \"bot\"}' WHERE event LIKE '{\"event\": \"bot\",%'")


@migrations()
def create_feedback(db: Database) -> None:
    """What a person thinks of an answer, by the bubble it is about: closed values, no words of theirs."""
    db.table("feedback").create(
        {"conversation": str, "seq": int, "verdict": str, "reason": str, "at": str},
        pk=("conversation", "seq"),
        not_null={"verdict", "at"},
    )
    db.table("feedback").create_index(["at"])


class ConversationStore:
    """Histories and tracker events behind one connection and one lock."""

    def __init__(self, path: Path | None, box: SecretsBox) -> None:
        self._db = open_database(path, migrations, sync="NORMAL")
        self._box, self._lock = box, threading.RLock()

    def append(self, conversation: str, entries: Iterable[Entry], at: datetime) -> list[Entry]:
        """Keeps the bubbles in order and returns them with `seq` and `at`."""
        kept = []
        with self._lock, self._db.conn:
            seq = self.last_seq(conversation)
            for entry in entries:
                seq += 1
                whole = {**entry, "seq": seq, "at": at.isoformat()}
                sealed = self._box.seal(json.dumps(whole, ensure_ascii=False), record=conversation, field=str(seq))
                client_id = entry.get("client_id")
                mark = self._box.lookup_hash(client_id, field="client_id") if client_id else None
                row = (conversation, seq, mark, stamp(at), sealed)
                self._db.conn.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", row)
                kept.append(whole)
        return kept

    def since(self, conversation: str, seq: int = 0) -> list[Entry]:
        """The bubbles after that one, in order."""
        query = "SELECT seq, sealed FROM entries WHERE conversation = ? AND seq > ? ORDER BY seq"
        with self._lock:
            rows = self._db.conn.execute(query, (conversation, seq)).fetchall()
        return [json.loads(self._box.unseal(sealed, record=conversation, field=str(n))) for n, sealed in rows]

    def seq_of(self, conversation: str, client_id: str) -> int | None:
        """Where the message with that id stands, None when it has not come yet."""
        marks = self._box.lookup_hashes(client_id, "client_id")
        query = f"SELECT seq FROM entries WHERE conversation = ? AND client_id IN ({','.join('?' * len(marks))})"
        with self._lock:
            row = self._db.conn.execute(query, (conversation, *marks)).fetchone()
        return row[0] if row else None

    def last_seq(self, conversation: str) -> int:
        """The number of the last bubble, 0 when there is none."""
        query = "SELECT max(seq) FROM entries WHERE conversation = ?"
        with self._lock:
            return self._db.conn.execute(query, (conversation,)).fetchone()[0] or 0

    def append_events(self, conversation: str, first_seq: int, events: Iterable[Mapping[str, Any]]) -> None:
        """Keeps tracker events, numbered from `first_seq`."""
        rows = [(conversation, first_seq + n, json.dumps(e, ensure_ascii=False)) for n, e in enumerate(events)]
        with self._lock, self._db.conn:
            self._db.conn.executemany("INSERT OR REPLACE INTO tracker_events VALUES (?, ?, ?)", rows)

    def events(self, conversation: str) -> list[dict[str, Any]]:
        """The conversation's tracker events, in order."""
        query = "SELECT event FROM tracker_events WHERE conversation = ? ORDER BY seq"
        with self._lock:
            return [json.loads(row[0]) for row in self._db.conn.execute(query, (conversation,))]

    def entry(self, conversation: str, seq: int) -> Entry | None:
        """The bubble of that number, None where there is none."""
        query = "SELECT sealed FROM entries WHERE conversation = ? AND seq = ?"
        with self._lock:
            row = self._db.conn.execute(query, (conversation, seq)).fetchone()
        return json.loads(self._box.unseal(row[0], record=conversation, field=str(seq))) if row else None

    def set_feedback(self, conversation: str, seq: int, verdict: str | None, reason: str | None, at: datetime) -> None:
        """Keeps what is thought of that bubble in place of what was thought before; None takes it back."""
        with self._lock, self._db.conn:
            self._db.conn.execute("DELETE FROM feedback WHERE conversation = ? AND seq = ?", (conversation, seq))
            if verdict is not None:
                # Only while the bubble is there: the conversation may have been erased meanwhile.
                self._db.conn.execute(
                    "INSERT INTO feedback SELECT conversation, seq, ?, ?, ? FROM entries"
                    " WHERE conversation = ? AND seq = ?",
                    (verdict, reason, stamp(at), conversation, seq),
                )

    def feedback(self, conversation: str) -> dict[int, tuple[str, str | None]]:
        """What is thought of the conversation's bubbles, by number: the verdict, and the reason if there is one."""
        query = "SELECT seq, verdict, reason FROM feedback WHERE conversation = ? ORDER BY seq"
        with self._lock:
            return {seq: (verdict, reason) for seq, verdict, reason in self._db.conn.execute(query, (conversation,))}

    def disliked(self, since: datetime) -> list[tuple[str, int, str | None, datetime]]:
        """The bubbles that were found useless since then: conversation, number, reason, when; oldest first."""
        query = (
            "SELECT conversation, seq, reason, at FROM feedback WHERE verdict = 'useless' AND at >= ?"
            " ORDER BY at, conversation, seq"
        )
        with self._lock:
            rows = self._db.conn.execute(query, (stamp(since),)).fetchall()
        return [(conversation, seq, reason, moment(at)) for conversation, seq, reason, at in rows]

    def erase(self, conversation: str) -> None:
        """Deletes for good all that was said, and what the dialogue remembers of it."""
        with self._lock:
            with self._db.conn:
                for table in ("entries", "tracker_events", "feedback"):
                    self._db.conn.execute(f"DELETE FROM {table} WHERE conversation = ?", (conversation,))
            self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def purge(self, before: datetime) -> int:
        """Erases the conversations in which nothing was said since then; how many there were."""
        query = "SELECT conversation FROM entries GROUP BY conversation HAVING max(at) < ?"
        with self._lock:
            stale = [row[0] for row in self._db.conn.execute(query, (stamp(before),)).fetchall()]
        for conversation in stale:
            self.erase(conversation)
        return len(stale)

    def conversations(self) -> list[str]:
        """Every conversation that has tracker events."""
        with self._lock:
            return [row[0] for row in self._db.conn.execute("SELECT DISTINCT conversation FROM tracker_events")]

    def close(self) -> None:
        """Closes the database."""
        with self._lock:
            self._db.conn.close()
