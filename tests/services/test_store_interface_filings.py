"""What every store of filings must do with what was handed in: services/filing_storage.py as tests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from filing_office import HANGZHOU, PERSON, QINGDAO, WEIHAI
from store_samples import AT, LATER, NUMBERS, PLAIN, drafted, filed

from services.filing_records import PaperView
from services.filing_states import ImpossibleEvent

# Filings


def test_a_filing_is_found_in_every_way(inside):
    row = filed(inside)
    filings = inside.filings
    assert row == filings.get(NUMBERS[0]) == filings.find(NUMBERS[0]) == filings.of_draft(row.draft_id)
    assert filings.of_conversation("c1") == filings.of_id_number(PERSON["id_number"]) == (row,)
    assert (row.status, row.version, row.fields, row.facts) == ("submitted", 1, PLAIN, {"person_group": "other"})
    assert (row.starts_on, row.submitted_at, row.confirmed_on) == (date(2026, 12, 1), AT, None)
    assert filings.find(NUMBERS[1]) is None and filings.of_draft("?") is None
    assert filings.of_conversation("c2") == filings.of_id_number("11010519491231002X") == ()


def test_a_filing_without_consent_is_refused(inside):
    with pytest.raises(ValueError, match="consent"):
        inside.filings.add(NUMBERS[0], drafted(inside), "2026-12-01", {}, AT, "insured_person")


def test_filings_come_newest_first(inside):
    for n in range(3):
        filed(inside, NUMBERS[n], at=AT + timedelta(minutes=n))
    assert [row.filing_no for row in inside.filings.of_conversation("c1")] == [NUMBERS[2], NUMBERS[1], NUMBERS[0]]


def test_values_open_by_name_and_are_erased_for_good(inside):
    filed(inside)
    assert inside.filings.secrets(NUMBERS[0]) == PERSON
    assert inside.filings.secrets(NUMBERS[0], ("phone", "no such")) == {"phone": PERSON["phone"]}
    inside.filings.erase_secrets(NUMBERS[0])
    assert inside.filings.secrets(NUMBERS[0]) == {} and inside.filings.of_id_number(PERSON["id_number"]) == ()
    assert [entry.event for entry in inside.filings.timeline(NUMBERS[0])] == ["submitted"]


def test_what_an_officer_wrote_to_the_person_goes_with_the_values(inside):
    inside.filings.move(filed(inside), "returned", LATER, "officer", {"fields": ["phone"]}, note="欧阳先生，电话打不通")
    inside.filings.erase_secrets(NUMBERS[0])
    assert inside.filings.timeline(NUMBERS[0])[-1].detail == {"fields": ["phone"]}


def test_filings_that_a_conversation_lets_go_are_still_there(inside):
    filed(inside), filed(inside, NUMBERS[1], "c2")
    inside.filings.let_go("c1")
    assert inside.filings.of_conversation("c1") == () and len(inside.filings.of_conversation("c2")) == 1
    assert inside.filings.find(NUMBERS[0]).status == "submitted"
    assert inside.filings.count() == 2 and inside.filings.count_by_status() == {"submitted": 2}


def test_an_event_moves_the_filing_and_stays_on_its_timeline(inside):
    row = inside.filings.move(
        filed(inside), "confirmed", LATER, "officer", {"confirmed_on": "2026-11-22"},
        confirmed_on=date(2026, 11, 22), effective_on=date(2026, 12, 1), valid_to=None,
    )
    assert (row.status, row.version, row.confirmed_on, row.effective_on) == ("confirmed", 2, date(2026, 11, 22), date(2026, 12, 1))
    assert row == inside.filings.get(NUMBERS[0])
    first, second = inside.filings.timeline(NUMBERS[0])
    assert (first.event, first.at, first.actor) == ("submitted", AT, "insured_person")
    assert (second.event, second.at, second.actor, second.detail) == ("confirmed", LATER, "officer", {"confirmed_on": "2026-11-22"})


def test_a_note_stands_on_the_timeline_as_the_reason(inside):
    inside.filings.move(filed(inside), "returned", LATER, "officer", {"fields": ["phone"]}, note="电话打不通")
    assert inside.filings.timeline(NUMBERS[0])[-1].detail == {"fields": ["phone"], "reason": "电话打不通"}


def test_an_event_that_cannot_happen_changes_nothing(inside):
    row = filed(inside)
    with pytest.raises(ImpossibleEvent):
        inside.filings.move(row, "ended", LATER, "officer")
    assert inside.filings.get(NUMBERS[0]) == row and len(inside.filings.timeline(NUMBERS[0])) == 1


def test_a_withdrawn_successor_does_not_count(inside):
    filed(inside)
    successor = filed(inside, NUMBERS[1], at=LATER, purpose="change", predecessor=NUMBERS[0])
    assert inside.filings.successor_of(NUMBERS[0]) == successor
    inside.filings.move(successor, "withdrawn", LATER, "insured_person")
    assert inside.filings.successor_of(NUMBERS[0]) is None


def test_the_queue_goes_on_where_a_page_ended_also_among_those_of_one_moment(inside):
    for n in range(6):
        filed(inside, NUMBERS[n], f"c{n}", at=AT + timedelta(minutes=n // 3), region=(WEIHAI, HANGZHOU)[n % 2])
    inside.filings.move(inside.filings.get(NUMBERS[4]), "confirmed", LATER, "officer")
    seen, after = [], ("", "")
    while page := inside.filings.queue("submitted", {WEIHAI, HANGZHOU}, after, 2):
        seen += [row.filing_no for row in page]
        after = page[-1].position
    assert seen == [NUMBERS[n] for n in (0, 1, 2, 3, 5)]
    assert inside.filings.queue("submitted", {QINGDAO}, ("", ""), 9) == inside.filings.queue("submitted", (), ("", ""), 9) == ()


def test_a_fingerprint_tells_requests_apart_and_nothing_of_what_they_said(store):
    one = store.filings.fingerprint("电话打不通")
    assert one == store.filings.fingerprint("电话打不通") != store.filings.fingerprint("电话能打通")
    assert "电话" not in one


def test_all_filings_are_gone_through_without_holding_a_transaction(store):
    with store.transaction():
        for n in range(5):
            filed(store, NUMBERS[n], f"c{n}")
    seen = []
    for rows in store.each_filing():
        with store.transaction():
            store.access.log(rows[0].filing_no, "officer", "read", ["name"], AT)
        seen += [row.filing_no for row in rows]
    assert seen == list(NUMBERS[:5])


# Papers and access


def test_papers_go_from_the_draft_to_its_filing(inside):
    draft = drafted(inside)
    first, second = (PaperView(f"p{n}", "transfer_form", "image/png", 3, AT + timedelta(minutes=n)) for n in range(2))
    inside.papers.add(draft.draft_id, second)
    inside.papers.add(draft.draft_id, first)
    assert inside.drafts.unfinished("c1").papers == (first, second)
    inside.papers.hand_over(draft.draft_id, NUMBERS[0])
    assert inside.papers.of_filing(NUMBERS[0]) == (first, second)
    assert inside.papers.remove(draft.draft_id, "transfer_form") == (), "what was handed in stays"
    assert inside.papers.ids() == {"p0", "p1"}
    inside.papers.erase(NUMBERS[0])
    assert inside.papers.ids() == frozenset()


def test_a_paper_is_taken_off_a_draft(inside):
    draft = drafted(inside)
    inside.papers.add(draft.draft_id, PaperView("p1", "transfer_form", "image/png", 3, AT))
    inside.papers.add(draft.draft_id, PaperView("p2", "id_card", "image/png", 3, AT))
    assert inside.papers.remove(draft.draft_id, "transfer_form") == ("p1",)
    assert inside.papers.ids() == {"p2"}


def test_a_conversation_sees_what_it_was_granted_until_it_is_forgotten(inside):
    for _ in range(2):
        inside.access.grant("c2", NUMBERS[0], AT)
    assert inside.access.is_granted("c2", NUMBERS[0]) and not inside.access.is_granted("c1", NUMBERS[0])
    assert inside.access.granted("c2") == (NUMBERS[0],)
    inside.access.forget_grants("c2")
    assert inside.access.granted("c2") == ()


def test_wrong_attempts_count_by_number_and_only_for_a_while(inside):
    for minutes in (2, 0, 1):
        inside.access.add_failure(NUMBERS[0], AT + timedelta(minutes=minutes))
    inside.access.add_failure(NUMBERS[1], AT)
    assert inside.access.failures_since(NUMBERS[0], AT) == (AT + timedelta(minutes=1), AT + timedelta(minutes=2))
    inside.access.purge_failures(AT + timedelta(minutes=1))
    assert inside.access.failures_since(NUMBERS[0], AT - timedelta(days=1)) == (AT + timedelta(minutes=2),)


def test_readings_are_noted_in_order(inside):
    inside.access.log(NUMBERS[0], "officer-1", "read", ("phone", "name"), AT)
    inside.access.log(NUMBERS[0], "officer-2", "paper", ("paper:x",), AT)
    first, second = inside.access.accesses(NUMBERS[0])
    assert (first.actor, first.action, first.fields, first.at) == ("officer-1", "read", ("name", "phone"), AT)
    assert second.actor == "officer-2" and inside.access.accesses(NUMBERS[1]) == ()


def test_an_answered_request_is_known_again(inside):
    inside.access.set_answered("officer-1", "key", "request", NUMBERS[0], AT)
    assert inside.access.answered("officer-1", "key") == ("request", NUMBERS[0])
    assert inside.access.answered("officer-2", "key") is None
