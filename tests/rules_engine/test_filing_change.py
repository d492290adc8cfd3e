"""Six months from the agency's confirmation: counted by the calendar, never by days."""

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st
from real_packs import PACKS

from rules_engine.decide import decide
from rules_engine.facts import UNKNOWN, facts_from
from rules_engine.filing_change import limit_months, months_after, with_limit_known

WEIHAI = "371000"
CHANGE = PACKS.provisions(WEIHAI, "change")
TODAY = date(2026, 11, 22)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(0, 600))
def test_months_are_counted_as_the_calendar_library_counts_them(day, months):
    assert months_after(day, months) == day + relativedelta(months=months)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(0, 600))
def test_a_later_day_never_ends_its_months_earlier(day, months):
    assert months_after(day + relativedelta(days=1), months) >= months_after(day, months)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2026, 8, 28)),
        (date(2026, 12, 31), date(2027, 6, 30)),
        (date(2026, 3, 10), date(2026, 9, 10)),
    ],
)
def test_six_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(day, end):
    assert months_after(day, 6) == end


@settings(deadline=None)
@given(st.dates(date(2022, 1, 1), date(2040, 12, 31)), st.integers(-400, 400))
def test_limit_holds_exactly_while_six_months_have_not_passed(confirmed_on, days):
    on = max(date(2022, 1, 1), months_after(confirmed_on, 6) + relativedelta(days=days))
    decision = decide("change", facts_from({"insured_region": WEIHAI, "confirmed_on": confirmed_on}), on, PACKS)
    is_held = decision.steps[0].provision == "weihai.change.within_limit"
    assert is_held == (on < decision.computed["may_change_from"])


def test_the_limit_comes_from_the_pack():
    assert limit_months(CHANGE, TODAY) == 6


def test_months_that_are_not_about_the_limit_are_not_taken_for_it():
    assert limit_months(PACKS.provisions(WEIHAI, "long_term_definition"), TODAY) is None


def test_no_limit_is_known_before_the_pack_is_in_force():
    facts = facts_from({"insured_region": WEIHAI, "confirmed_on": date(2021, 12, 1)})
    assert with_limit_known(facts, date(2021, 12, 31), CHANGE).is_within_change_limit is UNKNOWN


def test_what_was_told_about_the_limit_is_not_overruled_by_the_calendar():
    facts = facts_from({"confirmed_on": date(2026, 11, 1), "is_within_change_limit": False})
    assert with_limit_known(facts, TODAY, CHANGE).is_within_change_limit is False


def test_the_day_a_change_is_possible_is_told_only_where_the_limit_decides():
    facts = facts_from({"insured_region": WEIHAI, "confirmed_on": date(2026, 9, 1)})
    assert decide("change", facts, TODAY, PACKS).computed == {"may_change_from": date(2027, 3, 2)}
    assert decide("long_term_definition", facts, TODAY, PACKS).computed == {}
