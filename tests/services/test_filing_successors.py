"""A filing and those that change, mend or renew it: one of them holds at a time."""

from __future__ import annotations

from datetime import date, timedelta

from filing_office import BEIJING, GAOYOU, HANGZHOU, PERSON, QINGDAO, another_person
from filing_steps import confirmed, problem_of, status


def test_a_change_takes_the_place_of_the_old_filing_once_it_is_confirmed(office):
    old = confirmed(office)
    office.clock.at += timedelta(days=200)
    draft = office.course.open_change("c1", old)
    assert {"name", "id_number", "phone"} <= draft.filled
    new = office.finish("c1", treatment_region=BEIJING, starts_on="今天", filed_for="self")
    assert (status(office, old), status(office, new)) == ("confirmed", "submitted")
    view = office.course.view("c1", new)
    assert (view.predecessor, view.purpose, view.treatment_region) == (old, "change", BEIJING)
    office.confirm(new)
    assert (status(office, old), status(office, new)) == ("changed", "confirmed")
    assert office.course.view("c1", old).successor == new
    assert list(office.store.faults()) == []


def test_a_change_that_is_returned_leaves_the_old_filing_in_force(office):
    old = confirmed(office)
    office.clock.at += timedelta(days=200)
    office.course.open_change("c1", old)
    new = office.finish("c1", treatment_region=BEIJING, starts_on="今天")
    office.return_(new)
    assert (status(office, old), status(office, new)) == ("confirmed", "returned")
    assert problem_of(office.course.open_change, "c1", old).code == "filing_exists"
    office.course.withdraw("c1", new)
    assert office.course.open_change("c1", old).purpose == "change"


def test_a_change_does_not_push_another_unfinished_filing_aside(office):
    number = confirmed(office, region=GAOYOU)
    office.open("c1", "referral", GAOYOU)
    assert problem_of(office.course.open_change, "c1", number).code == "draft_in_the_way"


def test_signing_the_same_change_from_two_conversations_makes_one(office):
    old = confirmed(office, region=GAOYOU)
    office.look_up.look_up("c2", old, PERSON["id_number"][-4:], PERSON["phone"])
    for conversation in ("c1", "c2"):
        office.course.open_change(conversation, old)
    office.finish("c1", treatment_region=QINGDAO)
    office.fill_in("c2", treatment_region=BEIJING)
    office.filings.confirm_review("c2")
    assert problem_of(office.filings.submit, "c2").code == "filing_exists"


def under_change(office):
    """A 威海 filing whose change was handed in."""
    old = confirmed(office)
    office.clock.at += timedelta(days=200)
    office.course.open_change("c1", old)
    return old, office.finish("c1", treatment_region=BEIJING, starts_on="今天")


def test_a_returned_change_that_is_mended_still_takes_the_old_ones_place(office):
    old, change = under_change(office)
    office.return_(change)
    office.course.open_mend("c1", change)
    mended = office.finish("c1", phone="13900002222")
    assert problem_of(office.course.open_change, "c1", old).code == "filing_exists"
    office.confirm(mended)
    assert [status(office, no) for no in (old, change, mended)] == ["changed", "replaced", "confirmed"]


def test_a_filing_is_not_ended_while_its_change_is_under_way(office):
    old, change = under_change(office)
    for step in (office.course.request_end, office.course.open_end):
        assert problem_of(step, "c1", old).details == {"filing_no": change}


def test_the_old_filing_holds_until_the_new_one_begins(office):
    old = confirmed(office)
    office.clock.set_day(date(2027, 6, 1))
    office.course.open_change("c1", old)
    new = office.finish("c1", treatment_region=BEIJING, starts_on="2027-07-01")
    office.confirm(new)
    assert (status(office, old), office.course.view("c1", old).valid_to) == ("confirmed", date(2027, 6, 30))
    assert not office.course.view("c1", new).is_in_effect
    office.clock.set_day(date(2027, 7, 1))
    assert (status(office, old), office.course.view("c1", new).is_in_effect) == ("expired", True)
    assert list(office.store.faults()) == []


def test_a_change_is_of_the_same_person(office):
    number = confirmed(office, region=GAOYOU)
    office.course.open_change("c1", number)
    found = problem_of(lambda: office.filings.fill("c1", "id_number", value=another_person(1)["id_number"]))
    assert found.code == "id_number_of_another"


def test_a_renewal_is_for_the_place_that_was_filed_also_when_it_is_mended(office):
    number = office.file("referral", HANGZHOU, starts_on="2026-12-01")
    office.confirm(number)
    office.clock.set_day(date(2028, 1, 1))
    office.course.open_renewal("c1", number)
    renewed = office.finish("c1", starts_on="今天")
    office.return_(renewed)
    draft = office.course.open_mend("c1", renewed)
    assert "paper:referral_form" in draft.plan.optional
    found = problem_of(lambda: office.filings.fill("c1", "treatment_region", value="上海"))
    assert found.code == "treatment_region_not_renewed"


def test_pressing_change_again_keeps_what_was_corrected(office):
    number = confirmed(office, region=GAOYOU)
    office.course.open_change("c1", number)
    office.filings.fill("c1", "phone", value="13900009999")
    office.course.open_change("c1", number)
    assert office.store.drafts.secret(office.filings.find_draft("c1"), "phone") == "13900009999"
