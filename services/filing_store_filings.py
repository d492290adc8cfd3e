"""Submitted filings, their encrypted values and what happened to them since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from services.china_time import moment, stamp
from services.filing_records import Draft, TimelineEntry
from services.secrets_box import SecretsBox

# Agencies look a filing up by the ID number; nothing else needs a hash.
LOOKED_UP_FIELDS = frozenset({"id_number"})


@dataclass(frozen=True)
class FilingRow:
    """A filing without its sensitive values."""

    filing_no: str
    draft_id: str
    conversation: str
    kind: str
    insured_region: str
    treatment_region: str
    reason: str
    starts_on: date
    status: str
    submitted_at: datetime
    confirmed_on: date | None
    letter_version: str
    letter_sha256: str
    consented_at: datetime
    version: int


class FilingTable:
    """Filings by number, conversation or ID number. The caller holds the store's transaction."""

    def __init__(self, database: Database, box: SecretsBox) -> None:
        self._database = database
        self._table = database.table("filings")
        self._secrets = database.table("filing_secrets")
        self._events = database.table("filing_events")
        self._box = box

    def add(self, filing_no: str, draft: Draft, values: Mapping[str, str], at: datetime) -> FilingRow:
        """A new submitted filing from a draft with consent; `values` are stored encrypted."""
        if draft.consent is None:
            raise ValueError(f"Draft {draft.draft_id} has no consent and cannot become a filing.")
        self._table.insert(
            {
                "filing_no": filing_no,
                "draft_id": draft.draft_id,
                "conversation": draft.conversation,
                "kind": draft.kind,
                "insured_region": draft.insured_region,
                **{name: draft.fields[name] for name in ("treatment_region", "reason", "starts_on")},
                "status": "submitted",
                "submitted_at": stamp(at),
                "letter_version": draft.consent.letter_version,
                "letter_sha256": draft.consent.letter_sha256,
                "consented_at": stamp(draft.consent.consented_at),
                "version": 1,
            }
        )
        self._secrets.insert_all(
            {
                "filing_no": filing_no,
                "field": field,
                "ciphertext": self._box.seal(value, record=filing_no, field=field),
                "lookup_hash": self._lookup_hash(field, value),
            }
            for field, value in values.items()
        )
        return _filing(dict(self._table.get(filing_no)))

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
        return self._rows(
            "filing_no IN (SELECT filing_no FROM filing_secrets"
            " WHERE field = 'id_number' AND lookup_hash = ?)",
            self._box.lookup_hash(id_number, field="id_number"),
        )

    def secret(self, filing_no: str, field: str) -> str:
        """A sensitive value in clear. KeyError if there is none."""
        row = self._database.execute(
            "SELECT ciphertext FROM filing_secrets WHERE filing_no = ? AND field = ?",
            [filing_no, field],
        ).fetchone()
        if row is None:
            raise KeyError(field)
        return self._box.unseal(row[0], record=filing_no, field=field)

    def set_status(self, filing: FilingRow, status: str, confirmed_on: date | None) -> FilingRow:
        """The filing moved on, its version counted up."""
        self._table.update(
            filing.filing_no,
            {
                "status": status,
                "confirmed_on": confirmed_on.isoformat() if confirmed_on else None,
                "version": filing.version + 1,
            },
        )
        return _filing(dict(self._table.get(filing.filing_no)))

    def add_event(
        self, filing_no: str, event: str, at: datetime, actor: str, detail: Mapping[str, str]
    ) -> None:
        """Append to the filing's history, which the database refuses to change later."""
        self._events.insert(
            {
                "filing_no": filing_no,
                "event": event,
                "at": stamp(at),
                "actor": actor,
                "detail": json.dumps(dict(detail), ensure_ascii=False, sort_keys=True),
            }
        )

    def timeline(self, filing_no: str) -> tuple[TimelineEntry, ...]:
        """All that happened to the filing, oldest first."""
        rows = self._events.rows_where("filing_no = ?", [filing_no], order_by="id")
        return tuple(
            TimelineEntry(row["event"], moment(row["at"]), row["actor"], json.loads(row["detail"]))
            for row in rows
        )

    def _lookup_hash(self, field: str, value: str) -> str | None:
        return self._box.lookup_hash(value, field=field) if field in LOOKED_UP_FIELDS else None

    def _rows(self, where: str, argument: str) -> tuple[FilingRow, ...]:
        rows = self._table.rows_where(where, [argument], order_by="submitted_at DESC, rowid DESC")
        return tuple(_filing(row) for row in rows)


def _filing(row: dict[str, Any]) -> FilingRow:
    confirmed_on = row["confirmed_on"]
    dates = {
        "starts_on": date.fromisoformat(row["starts_on"]),
        "confirmed_on": date.fromisoformat(confirmed_on) if confirmed_on else None,
        "submitted_at": moment(row["submitted_at"]),
        "consented_at": moment(row["consented_at"]),
    }
    return FilingRow(**{**row, **dates})
