"""What a store gives of a filing: its row without sensitive values, its turn in the queue, who has seen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.china_time import stamp

Position = tuple[str, str]  # submitted_at as stored, filing_no: where a page of the queue begins


@dataclass(frozen=True)
class FilingRow:
    """A filing without its sensitive values. `fields`: the plain ones, by name."""

    filing_no: str
    draft_id: str
    conversation: str
    kind: str
    insured_region: str
    treatment_region: str
    starts_on: date
    status: str
    submitted_at: datetime
    confirmed_on: date | None
    letter_version: str
    letter_sha256: str
    consented_at: datetime
    version: int
    purpose: str
    facts: Mapping[str, Any]
    fields: Mapping[str, str]
    predecessor: str | None
    effective_on: date | None
    valid_to: date | None

    @property
    def position(self) -> Position:
        """Where the filing stands in the queue."""
        return stamp(self.submitted_at), self.filing_no


@dataclass(frozen=True)
class Access:
    """One time that sensitive values of a filing left the store in clear."""

    filing_no: str
    actor: str
    action: str
    fields: tuple[str, ...]
    at: datetime
    reason: str = ""
    note: str = ""
