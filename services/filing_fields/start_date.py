"""The day a filing shall begin."""

from __future__ import annotations

import calendar
from datetime import date

from services.days_said import DayUnclear, read_day
from services.filing_fields.asked import Asked
from services.filing_fields.typed_text import tidy
from services.filing_records import FieldProblem


def check_starts_on(raw: str, asked: Asked) -> str:
    """The day as YYYY-MM-DD, not before today.

    Without a year the date is in this year: one that has passed is not silently moved to
    the next, because a slip of the month is as likely.
    """
    today = asked.today
    try:
        day = read_day(tidy(raw), today)
    except DayUnclear as unclear:
        raise FieldProblem(f"starts_on_{unclear.why}", field="starts_on") from None
    if day < today:
        raise FieldProblem(
            "starts_on_before_today",
            field="starts_on",
            given=day.isoformat(),
            today=today.isoformat(),
            next_year=_same_day_next(day, today).isoformat(),
        )
    return day.isoformat()


def _same_day_next(day: date, today: date) -> date:
    """The same month and day, the next time it comes (29 February: 1 March)."""
    for year in (today.year, today.year + 1):
        leap_less = (day.month, day.day) == (2, 29) and not calendar.isleap(year)
        candidate = date(year, 3, 1) if leap_less else date(year, day.month, day.day)
        if candidate >= today:
            return candidate
    raise AssertionError("a day of the year comes again within a year")
