"""When a filing may be changed or cancelled: months counted from a day, ends of months respected."""

import calendar
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from rules_engine.facts import UNKNOWN, Facts
from rules_engine.provisions import Provision

LIMIT_FACT = "is_within_change_limit"


def months_after(day: date, months: int) -> date:
    """The same day of the month that many months on; the month's last day where that day is missing.

    31 August and 6 months is 28 (or 29) February. As the end of a period that runs from `day` it is the
    last day within: the first day does not count (民法典第二百零一、二百零二条).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def limit_months(provisions: tuple[Provision, ...], on: date) -> int | None:
    """The months a filing is held, from the first provision that states them; None where none does."""
    for provision in provisions:
        is_about_it = provision.unit == "months" and LIMIT_FACT in provision.when
        if is_about_it and provision.is_in_force(on):
            return int(provision.in_force(on).value)
    return None


def with_limit_known(facts: Facts, on: date, provisions: tuple[Provision, ...]) -> Facts:
    """The case with `is_within_change_limit` worked out, when the day of confirmation and a limit are known.

    The months run from the agency's confirmation, not from the start date that was filed.
    """
    months = limit_months(provisions, on)
    if months is None or facts.is_within_change_limit is not UNKNOWN:
        return facts
    told = facts.months_since_confirmation
    if isinstance(told, int) and told != months:  # «6个月了» alone leaves open whether the last day is over
        return replace(facts, is_within_change_limit=told < months)
    if not isinstance(facts.confirmed_on, date):
        return facts
    return replace(facts, is_within_change_limit=on <= months_after(facts.confirmed_on, months))


def dates_for(provision: Provision, facts: Facts, on: date) -> Mapping[str, Any]:
    """`may_change_from`, the first day a change is possible, for a provision that states the limit."""
    if provision.unit != "months" or LIMIT_FACT not in provision.when or not isinstance(facts.confirmed_on, date):
        return {}
    months = int(provision.in_force(on).value)
    return {"may_change_from": months_after(facts.confirmed_on, months) + timedelta(days=1)}
