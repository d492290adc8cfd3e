"""Checks of what people answer, one function per field: the value to keep, or a FieldProblem."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from services.filing_fields.destination import check_treatment_region
from services.filing_fields.identity import check_id_number, check_name
from services.filing_fields.reach import check_address, check_phone
from services.filing_fields.residence_reason import check_reason
from services.filing_fields.signature import check_signature
from services.filing_fields.start_date import check_starts_on

CHECKS: dict[str, Callable[[str, date, str], str]] = {
    "name": check_name,
    "id_number": check_id_number,
    "phone": check_phone,
    "treatment_region": check_treatment_region,
    "reason": check_reason,
    "starts_on": check_starts_on,
    "address": check_address,
}

__all__ = [
    "CHECKS",
    "check_address",
    "check_id_number",
    "check_name",
    "check_phone",
    "check_reason",
    "check_signature",
    "check_starts_on",
    "check_treatment_region",
]
