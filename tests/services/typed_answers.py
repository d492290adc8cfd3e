"""What the tests of answers share: one that is typed on a Sunday, checked, and the problem with it."""

from __future__ import annotations

from datetime import date

import pytest
from filing_office import WEIHAI, policy

from services.filing_fields import CHECKS, Asked
from services.filing_records import FieldProblem

TODAY = date(2026, 11, 22)  # a Sunday


def asked(region: str = WEIHAI, kind: str = "long_term_residence", **fields: str) -> Asked:
    return Asked(TODAY, policy().kind(region, kind, TODAY), fields)


def checked(field: str, raw: str) -> str:
    return CHECKS[field](raw, asked())


def problem(field: str, raw: str) -> FieldProblem:
    with pytest.raises(FieldProblem) as raised:
        checked(field, raw)
    assert raised.value.field == field
    return raised.value
