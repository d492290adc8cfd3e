"""Unfinished filings: plain fields in the row, sensitive ones encrypted beside it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from services.china_time import moment, stamp
from services.filing_records import SENSITIVE_FIELDS, Consent, Draft
from services.filing_store_papers import papers_where
from services.filing_store_sql import Rows
from services.secrets_box import SecretsBox


class DraftTable:
    """Drafts by conversation. The caller holds the store's transaction."""

    def __init__(self, database: Database, box: SecretsBox) -> None:
        self._database = database
        self._table = Rows(database, "drafts", "draft_id")
        self._secrets = Rows(database, "draft_secrets", "draft_id")
        self._box = box

    def add(
        self, conversation: str, kind: str, insured_region: str, fields: Mapping[str, str], at: datetime, *,
        facts: Mapping[str, Any] | None = None, purpose: str = "new", predecessor: str | None = None,
    ) -> Draft:
        """A new open draft holding these plain fields and facts."""
        draft_id = secrets.token_hex(16)
        self._table.insert(
            {
                "draft_id": draft_id,
                "conversation": conversation,
                "kind": kind,
                "insured_region": insured_region,
                "state": "open",
                "fields": _json(fields),
                "failures": "{}",
                "facts": _json(facts or {}),
                "purpose": purpose,
                "predecessor": predecessor,
                "created_at": stamp(at),
                "updated_at": stamp(at),
            }
        )
        return self.get(draft_id)

    def get(self, draft_id: str) -> Draft:
        """The draft with this id, which must exist."""
        return self._draft(self._table.get(draft_id))

    def unfinished(self, conversation: str) -> Draft | None:
        """The conversation's open or paused draft: there is at most one."""
        return self._first("state IN ('open', 'paused')", conversation)

    def latest(self, conversation: str) -> Draft | None:
        """The conversation's unfinished draft, else the one it submitted last."""
        return self.unfinished(conversation) or self._first("state = 'submitted'", conversation)

    def set_field(self, draft: Draft, field: str, value: str, at: datetime) -> Draft:
        """Store a checked value. A change voids the review and the consent."""
        if field in SENSITIVE_FIELDS:
            sealed = self._box.seal(value, record=draft.draft_id, field=field)
            self._secrets.insert({"draft_id": draft.draft_id, "field": field, "ciphertext": sealed}, replacing=True)
            fields = dict(draft.fields)
        else:
            fields = {**draft.fields, field: value}
        failures = {name: times for name, times in draft.failures.items() if name != field}
        return self._changed(draft, at, fields=_json(fields), failures=_json(failures))

    def clear_field(self, draft: Draft, field: str, at: datetime) -> Draft:
        """Forget the value of one field. Voids the review and the consent."""
        self._database.execute(
            "DELETE FROM draft_secrets WHERE draft_id = ? AND field = ?", [draft.draft_id, field]
        )
        fields = {name: value for name, value in draft.fields.items() if name != field}
        return self._changed(draft, at, fields=_json(fields))

    def set_skipped(self, draft: Draft, skipped: Iterable[str], at: datetime) -> Draft:
        """The papers the person goes without. Voids the review and the consent."""
        return self._changed(draft, at, skipped=json.dumps(sorted(skipped)))

    def count_failure(self, draft: Draft, field: str, at: datetime) -> Draft:
        """One more answer to this field that could not be used."""
        failures = {**draft.failures, field: draft.failures.get(field, 0) + 1}
        return self._update(draft, at, failures=_json(failures))

    def set_state(self, draft: Draft, state: str, at: datetime) -> Draft:
        """Move the draft to open, paused or submitted."""
        return self._update(draft, at, state=state)

    def set_reviewed(self, draft: Draft, at: datetime) -> Draft:
        """The person has read the review and found it right."""
        return self._update(draft, at, reviewed_at=stamp(at))

    def set_consent(self, draft: Draft, consent: Consent | None, at: datetime) -> Draft:
        """The letter agreed to, or None when that consent no longer holds."""
        return self._update(draft, at, **_consent_columns(consent))

    def secret(self, draft: Draft, field: str) -> str:
        """The sensitive value in clear. KeyError if the draft has none."""
        row = self._database.execute(
            "SELECT ciphertext FROM draft_secrets WHERE draft_id = ? AND field = ?",
            [draft.draft_id, field],
        ).fetchone()
        if row is None:
            raise KeyError(field)
        return self._box.unseal(row[0], record=draft.draft_id, field=field)

    def delete_secrets(self, draft: Draft) -> None:
        """Delete the sensitive values, which a filing now holds, or nobody should."""
        self._database.execute("DELETE FROM draft_secrets WHERE draft_id = ?", [draft.draft_id])

    def delete(self, draft: Draft) -> None:
        """Delete the draft with all its values; its papers' files are the caller's."""
        self.delete_secrets(draft)
        self._database.execute("DELETE FROM papers WHERE draft_id = ? AND filing_no IS NULL", [draft.draft_id])
        self._database.execute("DELETE FROM drafts WHERE draft_id = ?", [draft.draft_id])

    def touch(self, draft: Draft, at: datetime) -> Draft:
        """The draft after something beside it changed, such as a paper. Voids the review and the consent."""
        return self._changed(draft, at)

    def untouched_since(self, before: datetime) -> tuple[Draft, ...]:
        """Unfinished drafts nobody has worked on since then."""
        rows = self._table.where("state IN ('open', 'paused') AND updated_at < ?", [stamp(before)])
        return tuple(self._draft(row) for row in rows)

    def _changed(self, draft: Draft, at: datetime, **columns: Any) -> Draft:
        return self._update(draft, at, reviewed_at=None, **_consent_columns(None), **columns)

    def _update(self, draft: Draft, at: datetime, **columns: Any) -> Draft:
        self._table.update(draft.draft_id, {**columns, "updated_at": stamp(at)})
        return self.get(draft.draft_id)

    def _first(self, where: str, conversation: str) -> Draft | None:
        rows = self._table.where(f"conversation = ? AND {where} ORDER BY updated_at DESC LIMIT 1", [conversation])
        return self._draft(rows[0]) if rows else None

    def _draft(self, row: dict[str, Any]) -> Draft:
        fields = json.loads(row["fields"])
        sealed = self._database.execute(
            "SELECT field FROM draft_secrets WHERE draft_id = ?", [row["draft_id"]]
        )
        return Draft(
            draft_id=row["draft_id"],
            conversation=row["conversation"],
            kind=row["kind"],
            insured_region=row["insured_region"],
            state=row["state"],
            fields=fields,
            filled=frozenset(fields) | {field for (field,) in sealed},
            failures=json.loads(row["failures"]),
            reviewed_at=moment(row["reviewed_at"]) if row["reviewed_at"] else None,
            consent=_consent(row),
            created_at=moment(row["created_at"]),
            updated_at=moment(row["updated_at"]),
            purpose=row["purpose"],
            predecessor=row["predecessor"],
            facts=json.loads(row["facts"]),
            skipped=frozenset(json.loads(row["skipped"])),
            papers=papers_where(self._database, "draft_id", row["draft_id"]),
        )


def _consent_columns(consent: Consent | None) -> dict[str, str | None]:
    return {
        "letter_version": consent.letter_version if consent else None,
        "letter_sha256": consent.letter_sha256 if consent else None,
        "consented_at": stamp(consent.consented_at) if consent else None,
    }


def _consent(row: dict[str, Any]) -> Consent | None:
    if row["letter_sha256"] is None:
        return None
    return Consent(row["letter_version"], row["letter_sha256"], moment(row["consented_at"]))


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)

