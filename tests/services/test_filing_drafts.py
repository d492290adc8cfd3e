"""What a draft asks, and in which order, what it keeps and forgets, and how many steps are left."""

from __future__ import annotations

from filing_office import ANSWERS, FACTS, HANGZHOU, PERSON, QINGDAO, URUMQI, WEIHAI, photo
from filing_steps import FIELDS, problem_of

from services.filing_records import FieldProblem


def open_draft(office, **known):
    told = {"insured_region": WEIHAI, **FACTS, "treatment_region": QINGDAO, **known}
    draft = office.filings.open_draft("c1", "long_term_residence", told)
    return draft if known else office.filings.clear_step("c1", "treatment_region")


def test_fields_are_asked_in_order_and_then_review_commitment_signature(office):
    steps = [open_draft(office).next_step]
    for field in FIELDS:
        steps.append(office.filings.fill("c1", field, value=ANSWERS[field]).next_step)
    draft = office.filings.confirm_review("c1")
    steps.append(draft.next_step)
    steps.append(office.filings.consent("c1", office.filings.letter(draft).sha256).next_step)
    office.sign()
    steps.append(office.store.drafts.latest("c1").next_step)
    assert steps == [*FIELDS, "review", "commitment", "signature", "submitted"]


def test_what_is_known_already_is_not_asked_again(office):
    draft = open_draft(office, treatment_region=QINGDAO, reason="working_away", filed_for="family")
    assert draft.fields == {"treatment_region": QINGDAO, "reason": "working_away", "filed_for": "family"}


def test_what_is_known_but_cannot_be_used_is_asked(office):
    assert open_draft(office, starts_on="2026-11-01").fields == {"treatment_region": QINGDAO}


def test_an_unfinished_draft_is_returned_as_it_is(office):
    office.ready_to_sign()
    assert office.open().next_step == "signature"


def test_nobody_is_their_own_agent(office):
    office.open("c1")
    office.fill_in("c1", filed_for="family")
    found = problem_of(lambda: office.filings.fill("c1", "agent_id_number", value=PERSON["id_number"]))
    assert (found.code, found.field) == ("agent_is_insured_person", "agent_id_number")


def test_filing_for_oneself_after_all_drops_the_agent(office):
    office.open("c1")
    office.fill_in("c1", filed_for="family")
    draft = office.filings.fill("c1", "filed_for", value="self")
    assert not draft.filled & {"agent_name", "agent_id_number", "agent_relation"}
    assert draft.next_step == "review"


def test_no_longer_in_hospital_the_day_of_discharge_is_asked(office):
    office.open("c1", "late_filing", HANGZHOU)
    office.fill_in("c1")
    assert office.filings.fill("c1", "care_stage", value="出院了").next_step == "discharged_on"
    office.filings.fill("c1", "discharged_on", value="今天")
    assert office.filings.fill("c1", "admitted_on", value="昨天").next_step == "discharged_on"


def test_papers_are_asked_and_a_required_one_cannot_be_left_out(office):
    office.open("c1", "long_term_residence", URUMQI)
    draft = office.fill_in("c1")
    assert [paper.paper for paper in draft.papers] == ["residence_proof"]
    draft = office.filings.clear_step("c1", "paper:residence_proof")
    assert draft.next_step == "paper:residence_proof" and draft.papers == ()
    assert list(office.papers.known()) == []
    assert problem_of(office.filings.skip_paper, "c1", "paper:residence_proof").code == "paper_required"
    assert problem_of(office.filings.confirm_review, "c1").code == "draft_incomplete"


def test_a_paper_that_nobody_asked_for_is_not_kept(office):
    office.open("c1")
    assert problem_of(office.filings.add_paper, "c1", "residence_proof", photo()).code == "paper_not_asked"
    assert list(office.papers.known()) == []


def test_dropping_a_draft_drops_its_papers(office):
    office.open("c1", "long_term_residence", URUMQI)
    office.fill_in("c1")
    office.filings.drop("c1")
    assert list(office.papers.known()) == []


def test_failures_are_counted_per_field_and_forgotten_on_success(office):
    open_draft(office)
    for _ in range(2):
        problem_of(office.filings.fill, "c1", "phone", value="123")
    assert office.filings.find_draft("c1").failures == {"phone": 2}
    assert office.filings.fill("c1", "phone", value=PERSON["phone"]).failures == {}


def test_a_token_used_before_is_no_failure_of_the_person(office):
    open_draft(office)
    found = problem_of(office.filings.fill, "c1", "name", token="kept_gone")
    assert isinstance(found, FieldProblem) and found.code == "kept_value_gone"
    assert office.filings.find_draft("c1").failures == {}


def test_sensitive_values_are_not_in_the_drafts_plain_fields(office):
    office.ready_to_sign()
    draft = office.filings.find_draft("c1")
    assert set(draft.fields) == {"filed_for", "treatment_region", "reason", "starts_on"}
    assert draft.filled == set(FIELDS)
    assert not any(value in repr(draft) for value in PERSON.values())


def test_review_and_letter_need_every_field(office):
    open_draft(office)
    office.filings.fill("c1", "name", value=PERSON["name"])
    for step in (office.filings.confirm_review, lambda c: office.filings.consent(c, "0" * 64)):
        found = problem_of(step, "c1")
        assert (found.code, found.details["missing"][0]) == ("draft_incomplete", "filed_for")
    assert problem_of(office.filings.letter, office.filings.find_draft("c1")).code == "draft_incomplete"


def test_a_draft_can_be_set_aside_and_taken_up_again(office):
    office.ready_to_sign()
    assert office.filings.pause("c1").state == "paused"
    assert office.filings.find_draft("c1").next_step == "signature"
    assert office.filings.resume("c1").state == "open"


def test_steps_without_a_draft_say_so(office):
    assert problem_of(office.filings.fill, "c1", "name", value="张三").code == "no_draft"
    assert problem_of(office.sign).code == "no_draft"


def test_a_step_is_counted_of_those_that_this_kind_and_these_answers_ask(office):
    open_draft(office)
    counted = [office.filings.find_draft("c1").progress]
    for field in FIELDS:
        counted.append(office.filings.fill("c1", field, value=ANSWERS[field]).progress)
    draft = office.filings.confirm_review("c1")
    counted += [draft.progress, office.filings.consent("c1", office.filings.letter(draft).sha256).progress]
    ends = 3  # review, letter, signature
    assert counted == [(step, len(FIELDS) + ends) for step in range(1, len(FIELDS) + ends + 1)]


def test_another_answer_changes_how_many_steps_there_are(office):
    open_draft(office)
    before = office.filings.fill("c1", "filed_for", value="self").progress
    office.filings.clear_step("c1", "filed_for")
    after = office.filings.fill("c1", "filed_for", value="family").progress
    assert after == (before[0], before[1] + 3)


def test_what_is_known_is_behind_and_what_is_corrected_is_ahead_again(office):
    known = open_draft(office, treatment_region=QINGDAO, reason="working_away", filed_for="self").progress
    office.fill_in("c1")
    at_review = office.filings.find_draft("c1").progress
    assert known == (4, at_review[1]) and at_review[0] == at_review[1] - 2
    assert office.filings.clear_step("c1", "phone").progress == (at_review[0] - 1, at_review[1])


def test_where_nothing_is_signed_the_last_step_is_to_hand_in(office):
    office.open("c1", "referral", HANGZHOU)
    office.fill_in("c1")
    step, steps = office.filings.find_draft("c1").progress
    assert (step, steps) == (steps - 1, steps)
    assert office.filings.confirm_review("c1").progress == (steps, steps)
