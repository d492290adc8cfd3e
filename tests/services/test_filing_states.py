from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.filing_states import (
    EVENT_TITLES,
    STATUS_TITLES,
    TRANSITIONS,
    ImpossibleEvent,
    replayed,
    state_after,
    status_on,
)


def test_every_event_and_every_state_has_words():
    assert TRANSITIONS.keys() == EVENT_TITLES.keys()
    assert {after for _, after in TRANSITIONS.values()} | {"expired"} == STATUS_TITLES.keys()


@pytest.mark.parametrize(
    ("events", "status"),
    [
        (["submitted"], "submitted"),
        (["submitted", "confirmed"], "confirmed"),
        (["submitted", "returned", "replaced"], "replaced"),
        (["submitted", "returned", "withdrawn"], "withdrawn"),
        (["submitted", "confirmed", "end_requested", "end_refused"], "confirmed"),
        (["submitted", "confirmed", "end_requested", "ended"], "ended"),
        (["submitted", "confirmed", "changed"], "changed"),
        ([], None),
    ],
)
def test_a_history_leads_to_its_state(events, status):
    assert replayed(events) == status


@pytest.mark.parametrize(
    "events",
    [
        ["confirmed"], ["submitted", "submitted"], ["submitted", "confirmed", "confirmed"],
        ["submitted", "confirmed", "returned"], ["submitted", "ended"], ["submitted", "confirmed", "withdrawn"],
        ["submitted", "withdrawn", "confirmed"], ["submitted", "confirmed", "changed", "end_requested"],
    ],
)
def test_what_cannot_follow_is_refused(events):
    with pytest.raises(ImpossibleEvent):
        replayed(events)


@given(st.lists(st.sampled_from(sorted(TRANSITIONS)), max_size=12))
def test_any_history_is_either_refused_or_ends_in_a_known_state(events):
    try:
        status = replayed(events)
    except ImpossibleEvent:
        return
    assert status is None if not events else status in STATUS_TITLES
    if events:
        assert state_after(replayed(events[:-1]), events[-1]) == status


@pytest.mark.parametrize(
    ("status", "days_left", "shown"),
    [("confirmed", 1, "confirmed"), ("confirmed", 0, "confirmed"), ("confirmed", -1, "expired"),
     ("ending", -1, "expired"), ("ended", -1, "ended"), ("submitted", -1, "submitted")],
)
def test_a_filing_runs_out_the_day_after_its_last(status, days_left, shown):
    today = date(2027, 11, 22)
    assert status_on(status, today + timedelta(days=days_left), today) == shown


def test_without_an_end_nothing_runs_out():
    assert status_on("confirmed", None, date(2999, 1, 1)) == "confirmed"
