"""What the tests of single steps of a filing share: the problem a step meets, where a filing stands, one that is confirmed."""

from __future__ import annotations

from datetime import date

import pytest
from filing_office import OFFICER, WEIHAI, policy

from services.filing_records import FilingProblem

FIELDS = policy().kind(WEIHAI, "long_term_residence", date(2026, 11, 22)).fields


def problem_of(call, *arguments, **named) -> FilingProblem:
    with pytest.raises(FilingProblem) as raised:
        call(*arguments, **named)
    return raised.value


def status(office, number):
    return office.desk.find(OFFICER, number).filing.status


def confirmed(office, kind="long_term_residence", region=WEIHAI, conversation="c1"):
    number = office.file(kind, region, conversation)
    if status(office, number) == "submitted":
        office.confirm(number)
    return number
