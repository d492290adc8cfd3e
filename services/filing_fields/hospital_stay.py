"""Where and when someone was in hospital."""

from __future__ import annotations

import re
from datetime import date

from services.days_said import DayUnclear, read_day
from services.filing_fields.asked import Asked
from services.filing_fields.typed_text import HAN, tidy, without_lead
from services.filing_records import FieldProblem

HOSPITAL_MIN, HOSPITAL_MAX = 3, 60
_LEAD = "(?:我|他|她|人|现在|目前|就|住)*在|(?:医院)?(?:名字|名称|全称)?(?:叫做?|是)"


def check_hospital(raw: str, asked: Asked) -> str:
    """The hospital's name as it stands on its papers."""
    text = without_lead(tidy(raw), _LEAD).strip(" 。,、")
    if len(text) < HOSPITAL_MIN or not re.search(f"[{HAN}]", text):
        raise FieldProblem("hospital_too_short", field="hospital", minimum=HOSPITAL_MIN)
    if len(text) > HOSPITAL_MAX:
        raise FieldProblem("hospital_too_long", field="hospital", maximum=HOSPITAL_MAX)
    return text


def check_admitted_on(raw: str, asked: Asked) -> str:
    """The day of admission as YYYY-MM-DD: today at the latest."""
    return _past_day("admitted_on", raw, asked).isoformat()


def check_discharged_on(raw: str, asked: Asked) -> str:
    """The day of discharge as YYYY-MM-DD: from the day of admission up to today."""
    day = _past_day("discharged_on", raw, asked)
    admitted = asked.fields.get("admitted_on")
    if admitted and day < date.fromisoformat(admitted):
        given = day.isoformat()
        raise FieldProblem("discharged_on_before_admission", field="discharged_on", given=given, admitted=admitted)
    return day.isoformat()


def _past_day(field: str, raw: str, asked: Asked) -> date:
    try:
        day = read_day(tidy(raw), asked.today)
    except DayUnclear as unclear:
        raise FieldProblem(f"day_{unclear.why}", field=field) from None
    since = asked.kind.effective_from
    if day < since:
        raise FieldProblem("day_before_rules", field=field, given=day.isoformat(), since=since.isoformat())
    if day > asked.today:
        raise FieldProblem("day_in_future", field=field, given=day.isoformat(), today=asked.today.isoformat())
    return day
