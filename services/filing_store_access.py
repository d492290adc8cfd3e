"""Who may see and who has seen: look-ups, wrong attempts, the log of clear readings, repeated requests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from services.china_time import moment, stamp
from services.filing_rows import Access
from services.secrets_box import SecretsBox


class AccessTable:
    """Grants, failed look-ups, readings and answered requests. The caller holds the store's transaction."""

    def __init__(self, database: Database, box: SecretsBox) -> None:
        self._database, self._box = database, box

    def grant(self, conversation: str, filing_no: str, at: datetime) -> None:
        """From now on the conversation may see this filing."""
        self._database.execute(
            "INSERT OR IGNORE INTO grants VALUES (?, ?, ?)", [conversation, filing_no, stamp(at)]
        )

    def is_granted(self, conversation: str, filing_no: str) -> bool:
        """Whether the conversation has shown that the filing is its person's."""
        row = self._database.execute(
            "SELECT 1 FROM grants WHERE conversation = ? AND filing_no = ?", [conversation, filing_no]
        ).fetchone()
        return row is not None

    def granted(self, conversation: str) -> tuple[str, ...]:
        """The filings the conversation may see beside its own."""
        rows = self._database.execute("SELECT filing_no FROM grants WHERE conversation = ?", [conversation])
        return tuple(filing_no for (filing_no,) in rows.fetchall())

    def forget_grants(self, conversation: str) -> None:
        """The conversation may see nothing any more but what it filed itself."""
        self._database.execute("DELETE FROM grants WHERE conversation = ?", [conversation])

    def add_failure(self, filing_no: str, at: datetime) -> None:
        """One more wrong attempt to look that number up."""
        self._database.execute("INSERT INTO lookup_failures (filing_no, at) VALUES (?, ?)", [filing_no, stamp(at)])

    def failures_since(self, filing_no: str, since: datetime) -> tuple[datetime, ...]:
        """The times of wrong attempts since then, oldest first."""
        rows = self._database.execute(
            "SELECT at FROM lookup_failures WHERE filing_no = ? AND at > ? ORDER BY at", [filing_no, stamp(since)]
        )
        return tuple(moment(at) for (at,) in rows.fetchall())

    def purge_failures(self, before: datetime) -> None:
        """Forgets attempts that no longer count."""
        self._database.execute("DELETE FROM lookup_failures WHERE at <= ?", [stamp(before)])

    def log(
        self, filing_no: str, actor: str, action: str, fields: Iterable[str], at: datetime, *,
        reason: str = "", note: str = "",
    ) -> None:
        """Notes that somebody sees these fields of a filing in clear, and why. `note` is sealed."""
        (access_id,) = self._database.execute(
            "INSERT INTO access_log (filing_no, actor, action, fields, at, reason) VALUES (?, ?, ?, ?, ?, ?)"
            " RETURNING id",
            [filing_no, actor, action, ",".join(sorted(fields)), stamp(at), reason],
        ).fetchone()
        if note:
            sealed = self._box.seal(note, record=f"access:{access_id}", field="note")
            self._database.execute("INSERT INTO access_notes VALUES (?, ?)", [access_id, sealed])

    def accesses(self, filing_no: str) -> tuple[Access, ...]:
        """Every time the filing was seen in clear, oldest first."""
        rows = self._database.execute(
            "SELECT filing_no, actor, action, fields, at, reason, id, ciphertext FROM access_log"
            " LEFT JOIN access_notes ON access_id = id WHERE filing_no = ? ORDER BY id",
            [filing_no],
        )
        return tuple(
            Access(no, actor, action, tuple(fields.split(",")), moment(at), reason, self._note(access_id, sealed))
            for no, actor, action, fields, at, reason, access_id, sealed in rows.fetchall()
        )

    def _note(self, access_id: int, sealed: bytes | None) -> str:
        return "" if sealed is None else self._box.unseal(sealed, record=f"access:{access_id}", field="note")

    def answered(self, actor: str, key: str) -> tuple[str, str] | None:
        """The request that came with this key before and the filing it was about."""
        row = self._database.execute(
            "SELECT request, filing_no FROM answered_requests WHERE actor = ? AND key = ?", [actor, key]
        ).fetchone()
        return None if row is None else (row[0], row[1])

    def set_answered(self, actor: str, key: str, request: str, filing_no: str, at: datetime) -> None:
        """Remembers that this request was carried out."""
        self._database.execute(
            "INSERT INTO answered_requests VALUES (?, ?, ?, ?, ?)", [actor, key, request, filing_no, stamp(at)]
        )
