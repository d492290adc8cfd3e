"""Checks of what people answer, one function per field: the value to keep, or a FieldProblem."""

from __future__ import annotations

from collections.abc import Callable

from services.filing_fields.asked import Asked
from services.filing_fields.closed_choice import check_closed
from services.filing_fields.destination import check_treatment_region
from services.filing_fields.hospital_stay import check_admitted_on, check_discharged_on, check_hospital
from services.filing_fields.identity import check_id_number, check_name
from services.filing_fields.reach import check_address, check_phone
from services.filing_fields.residence_reason import check_reason
from services.filing_fields.signature import check_signature
from services.filing_fields.start_date import check_starts_on
from services.filing_records import FieldProblem

Check = Callable[[str, Asked], str]


def _of_the_agent(field: str, check: Check) -> Check:
    """The same check, its problems named after the agent's field."""

    def checked(raw: str, asked: Asked) -> str:
        try:
            return check(raw, asked)
        except FieldProblem as problem:
            raise FieldProblem(problem.code, field=field, **problem.details) from None

    return checked


CHECKS: dict[str, Check] = {
    "filed_for": check_closed("filed_for"),
    "name": check_name,
    "id_number": check_id_number,
    "phone": check_phone,
    "agent_name": _of_the_agent("agent_name", check_name),
    "agent_id_number": _of_the_agent("agent_id_number", check_id_number),
    "agent_relation": check_closed("agent_relation"),
    "treatment_region": check_treatment_region,
    "reason": check_reason,
    "starts_on": check_starts_on,
    "address": check_address,
    "hospital": check_hospital,
    "admitted_on": check_admitted_on,
    "care_stage": check_closed("care_stage"),
    "discharged_on": check_discharged_on,
}

__all__ = ["CHECKS", "Asked", "check_signature"]
