"""Filings as handed in, their encrypted values and what happened to them since."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from heapq import merge
from itertools import islice
from typing import Any

from sqlite_utils import Database

from services.china_time import moment, stamp
from services.filing_records import Draft, TimelineEntry
from services.filing_rows import FilingRow, Position
from services.filing_states import state_after
from services.filing_store_sql import Rows
from services.secrets_box import SecretsBox, SecretsBoxError

# The desk looks a filing up by these; nothing else needs a hash.
LOOKED_UP_FIELDS = frozenset({"id_number", "phone"})


class FilingTable:
    """Filings by number, conversation, ID number or turn. The caller holds the store's transaction."""

    def __init__(self, database: Database, box: SecretsBox) -> None:
        self._database = database
        self._table = Rows(database, "filings", "filing_no")
        self._secrets = Rows(database, "filing_secrets", "filing_no")
        self._events = Rows(database, "filing_events", "id")
        self._notes = Rows(database, "event_notes", "event_id")
        self._box = box

    def add(
        self, filing_no: str, draft: Draft, starts_on: str, values: Mapping[str, str], at: datetime, actor: str
    ) -> FilingRow:
        """A new submitted filing from a draft with consent; `values` are stored encrypted."""
        if draft.consent is None:
            raise ValueError(f"Draft {draft.draft_id} has no consent and cannot become a filing.")
        self._table.insert(
            {
                "filing_no": filing_no, "draft_id": draft.draft_id, "conversation": draft.conversation,
                "kind": draft.kind, "insured_region": draft.insured_region,
                "treatment_region": draft.fields["treatment_region"], "reason": draft.fields.get("reason", ""),
                "starts_on": starts_on, "status": state_after(None, "submitted"), "submitted_at": stamp(at),
                "letter_version": draft.consent.letter_version, "letter_sha256": draft.consent.letter_sha256,
                "consented_at": stamp(draft.consent.consented_at), "version": 1, "purpose": draft.purpose,
                "facts": _json(draft.facts), "fields": _json(draft.fields), "predecessor": draft.predecessor,
            }
        )
        for name, value in values.items():
            self._secrets.insert(
                {
                    "filing_no": filing_no, "field": name,
                    "ciphertext": self._box.seal(value, record=filing_no, field=name),
                    "lookup_hash": self._box.lookup_hash(value, field=name) if name in LOOKED_UP_FIELDS else None,
                }
            )
        self._add_event(filing_no, "submitted", at, actor, {}, "")
        return self.get(filing_no)

    def get(self, filing_no: str) -> FilingRow:
        """The filing with this number, which must exist."""
        return _filing(self._table.get(filing_no))

    def find(self, filing_no: str) -> FilingRow | None:
        """The filing with this number."""
        return next(iter(self._rows("filing_no = ?", filing_no)), None)

    def of_draft(self, draft_id: str) -> FilingRow | None:
        """The filing this draft became."""
        return next(iter(self._rows("draft_id = ?", draft_id)), None)

    def of_conversation(self, conversation: str) -> tuple[FilingRow, ...]:
        """The conversation's filings, newest first."""
        return self._rows("conversation = ?", conversation)

    def of_id_number(self, id_number: str) -> tuple[FilingRow, ...]:
        """The filings of the person with this ID number, newest first."""
        return self._looked_up("id_number", id_number)

    def of_phone(self, phone: str) -> tuple[FilingRow, ...]:
        """The filings with this phone number, spelled as it is stored, newest first."""
        return self._looked_up("phone", phone)

    def hash_phones(self, after: int, limit: int) -> int | None:
        """Gives the next phones that have no hash theirs; the row to go on after, None at the end.

        One that cannot be opened stays as it is: services.check tells of it.
        """
        rows = self._database.execute(
            "SELECT rowid, filing_no, ciphertext FROM filing_secrets"
            " WHERE field = 'phone' AND lookup_hash IS NULL AND rowid > ? ORDER BY rowid LIMIT ?",
            [after, limit],
        ).fetchall()
        for rowid, filing_no, sealed in rows:
            with suppress(SecretsBoxError):
                phone = self._box.unseal(sealed, record=filing_no, field="phone")
                hashed = self._box.lookup_hash(phone, field="phone")
                self._database.execute("UPDATE filing_secrets SET lookup_hash = ? WHERE rowid = ?", [hashed, rowid])
        return rows[-1][0] if rows else None

    def successor_of(self, filing_no: str) -> FilingRow | None:
        """The newest filing that mends, changes or renews this one and was not withdrawn; if mended, what mended it."""
        rows = self._rows("predecessor = ?", filing_no)
        newest = next((row for row in rows if row.status != "withdrawn"), None)
        mended = self.successor_of(newest.filing_no) if newest and newest.status == "replaced" else None
        return mended or newest

    def fingerprint(self, text: str) -> str:
        """A keyed hash by which a request is recognised again, useless for guessing what it said."""
        return self._box.lookup_hash(text, field="request")

    def queue(self, status: str, regions: Collection[str], after: Position, limit: int) -> tuple[FilingRow, ...]:
        """Filings of that status and those insured regions in the order they came, behind that position."""
        # Each region has its turns in the index. Only the rows that stand first among all are read.
        turns = merge(*(self._turns(status, region, after, limit) for region in sorted(regions)))
        numbers = [filing_no for _, filing_no in islice(turns, limit)]
        marks = ", ".join("?" * len(numbers))
        rows = self._table.where(f"filing_no IN ({marks})", numbers)
        return tuple(_filing(row) for row in sorted(rows, key=lambda row: (row["submitted_at"], row["filing_no"])))

    def _turns(self, status: str, region: str, after: Position, limit: int) -> list[Position]:
        return self._database.execute(
            "SELECT submitted_at, filing_no FROM filings WHERE status = ? AND insured_region = ?"
            " AND (submitted_at, filing_no) > (?, ?) ORDER BY submitted_at, filing_no LIMIT ?",
            [status, region, *after, limit],
        ).fetchall()

    def count(self) -> int:
        """How many filings there are."""
        return int(self._database.execute("SELECT count(*) FROM filings").fetchone()[0])

    def count_by_status(self) -> dict[str, int]:
        """How many filings have each status that any has."""
        return dict(self._database.execute("SELECT status, count(*) FROM filings GROUP BY status").fetchall())

    def by_number(self, after: str, limit: int) -> tuple[FilingRow, ...]:
        """The next filings behind that number."""
        rows = self._table.where("filing_no > ? ORDER BY filing_no LIMIT ?", [after, limit])
        return tuple(_filing(row) for row in rows)

    def secret(self, filing_no: str, field: str) -> str:
        """A sensitive value in clear. KeyError if there is none."""
        return self.secrets(filing_no, [field])[field]

    def secrets(self, filing_no: str, fields: Iterable[str] = ()) -> dict[str, str]:
        """Sensitive values in clear, by field; without `fields` all that there are."""
        wanted = tuple(fields)
        rows = self._database.execute("SELECT field, ciphertext FROM filing_secrets WHERE filing_no = ?", [filing_no])
        return {
            name: self._box.unseal(sealed, record=filing_no, field=name)
            for name, sealed in rows.fetchall() if not wanted or name in wanted
        }

    def erase_secrets(self, filing_no: str) -> None:
        """Deletes a filing's sensitive values and what was written about its person; what happened to it stays."""
        self._database.execute("DELETE FROM filing_secrets WHERE filing_no = ?", [filing_no])
        self._database.execute(
            "DELETE FROM event_notes WHERE event_id IN (SELECT id FROM filing_events WHERE filing_no = ?)", [filing_no]
        )
        self._database.execute(
            "DELETE FROM access_notes WHERE access_id IN (SELECT id FROM access_log WHERE filing_no = ?)", [filing_no]
        )

    def let_go(self, conversation: str) -> None:
        """The conversation's filings are no longer its own: they are found by what their person knows."""
        self._database.execute(
            "UPDATE filings SET conversation = ? WHERE conversation = ?",
            [f"let-go:{secrets.token_hex(16)}", conversation],
        )

    def move(
        self, filing: FilingRow, event: str, at: datetime, actor: str,
        detail: Mapping[str, Any] | None = None, note: str = "", **days: date | None,
    ) -> FilingRow:
        """The filing after this event; its version counts up. `note` is kept sealed.

        `days`: confirmed_on, effective_on, valid_to where the event sets them. Raises ImpossibleEvent.
        """
        columns = {name: day.isoformat() if day else None for name, day in days.items()}
        status = state_after(filing.status, event)
        self._table.update(filing.filing_no, {"status": status, "version": filing.version + 1, **columns})
        self._add_event(filing.filing_no, event, at, actor, detail or {}, note)
        return self.get(filing.filing_no)

    def timeline(self, filing_no: str) -> tuple[TimelineEntry, ...]:
        """All that happened to the filing, oldest first; a sealed note stands in the detail as `reason`."""
        rows = self._database.execute(
            "SELECT id, event, at, actor, detail, ciphertext FROM filing_events"
            " LEFT JOIN event_notes ON event_id = id WHERE filing_no = ? ORDER BY id",
            [filing_no],
        )
        return tuple(
            TimelineEntry(event, moment(at), actor, {**json.loads(detail), **self._note(event_id, sealed)})
            for event_id, event, at, actor, detail, sealed in rows.fetchall()
        )

    def histories(self, after: str, limit: int) -> tuple[tuple[str, str, int, tuple[str, ...]], ...]:
        """Number, status, version and the names of all events, oldest first, of the next filings behind that number."""
        rows = self._database.execute(
            "SELECT filing_no, status, version FROM filings WHERE filing_no > ? ORDER BY filing_no LIMIT ?",
            [after, limit],
        ).fetchall()
        events: dict[str, list[str]] = {filing_no: [] for filing_no, _, _ in rows}
        found = self._database.execute(
            "SELECT filing_no, event FROM filing_events WHERE filing_no > ? AND filing_no <= ? ORDER BY filing_no, id",
            [after, rows[-1][0] if rows else after],
        )
        for filing_no, event in found.fetchall():
            events[filing_no].append(event)
        return tuple((number, status, version, tuple(events[number])) for number, status, version in rows)

    def _add_event(
        self, filing_no: str, event: str, at: datetime, actor: str, detail: Mapping[str, Any], note: str
    ) -> None:
        row = {"filing_no": filing_no, "event": event, "at": stamp(at), "actor": actor, "detail": _json(detail)}
        event_id = self._events.insert(row)
        if note:
            sealed = self._box.seal(note, record=f"event:{event_id}", field="note")
            self._notes.insert({"event_id": event_id, "ciphertext": sealed})

    def _note(self, event_id: int, sealed: bytes | None) -> dict[str, str]:
        return {} if sealed is None else {"reason": self._box.unseal(sealed, record=f"event:{event_id}", field="note")}

    def _looked_up(self, field: str, value: str) -> tuple[FilingRow, ...]:
        hashes = self._box.lookup_hashes(value, field=field)
        marks = ",".join("?" * len(hashes))
        return self._rows(
            f"filing_no IN (SELECT filing_no FROM filing_secrets WHERE field = '{field}' AND lookup_hash IN ({marks}))",
            *hashes,
        )

    def _rows(self, where: str, *arguments: str) -> tuple[FilingRow, ...]:
        rows = self._table.where(f"{where} ORDER BY submitted_at DESC, rowid DESC", arguments)
        return tuple(_filing(row) for row in rows)


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _filing(row: dict[str, Any]) -> FilingRow:
    row.pop("reason")  # stands in `fields` too
    for name in ("confirmed_on", "effective_on", "valid_to"):
        row[name] = _day(row[name])
    row["starts_on"] = date.fromisoformat(row["starts_on"])
    row["submitted_at"], row["consented_at"] = moment(row["submitted_at"]), moment(row["consented_at"])
    row["facts"], row["fields"] = json.loads(row["facts"]), json.loads(row["fields"])
    return FilingRow(**row)
