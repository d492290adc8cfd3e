"""What a person told of their case before the first question, as answers that need not be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules_engine.filing_kinds import FilingKind
from services.filing_fields import CHECKS, Asked
from services.filing_forms import asked_fields
from services.filing_records import FieldProblem

KNOWN_FIELDS = ("filed_for", "treatment_region", "reason", "starts_on", "care_stage")


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
