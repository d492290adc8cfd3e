"""Answers to a draft's questions: checked as they are given, or known before anything was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules_engine.filing_kinds import FilingKind
from services.filing_fields import CHECKS, Asked
from services.filing_forms import asked_fields
from services.filing_kinship import takes_place_of
from services.filing_records import Draft, FieldProblem
from services.filing_storage import FilingStorage

KNOWN_FIELDS = ("filed_for", "treatment_region", "reason", "starts_on", "care_stage")


def checked_answer(
    store: FilingStorage, draft: Draft, kind: FilingKind, field: str, raw: str, today: date
) -> str:
    """The value to keep. FieldProblem says what is wrong; a change or renewal is of the same person, a renewal
    for the same place, and nobody is their own agent."""
    value = CHECKS[field](raw, Asked(today, kind, draft.fields))
    purpose, base = takes_place_of(store, draft.purpose, draft.predecessor)
    if base and purpose == "renew" and field == "treatment_region" and value != base.treatment_region:
        raise FieldProblem("treatment_region_not_renewed", field=field)
    if base and field == "id_number" and value != store.filings.secrets(base.filing_no, (field,)).get(field):
        raise FieldProblem("id_number_of_another", field=field)
    if field == "agent_id_number" and "id_number" in draft.filled and value == store.drafts.secret(draft, "id_number"):
        raise FieldProblem("agent_is_insured_person", field=field)
    return value


def usable_answers(known: Mapping[str, Any], kind: FilingKind, today: date) -> dict[str, str]:
    """The answers among what is known that pass their checks; the others are asked."""
    usable: dict[str, str] = {}
    for field in KNOWN_FIELDS:
        if known.get(field) and field in asked_fields(kind, usable):
            try:
                usable[field] = CHECKS[field](str(known[field]), Asked(today, kind, usable))
            except FieldProblem:
                continue
    return usable
