import hashlib
from datetime import date, timedelta

import pytest
from filing_office import (
    ANSWERS,
    BEIJING,
    FACTS,
    GAOYOU,
    HANGZHOU,
    OFFICER,
    PERSON,
    QINGDAO,
    URUMQI,
    WEIHAI,
    another_person,
    photo,
    policy,
)

from services.filing_records import FieldProblem, FilingProblem

FIELDS = policy().kind(WEIHAI, "long_term_residence", date(2026, 11, 22)).fields


def problem_of(call, *arguments, **named) -> FilingProblem:
    with pytest.raises(FilingProblem) as raised:
        call(*arguments, **named)
    return raised.value


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


@pytest.mark.parametrize(
    ("kind", "region"),
    [("referral", WEIHAI), ("long_term_residence", QINGDAO), ("long_term_residence", ""), ("referral", URUMQI)],
)
def test_a_kind_that_the_region_has_not_or_has_elsewhere_is_not_offered(office, kind, region):
    found = problem_of(office.filings.open_draft, "c1", kind, {"insured_region": region})
    assert found.code == "filing_not_offered"


@pytest.mark.parametrize(
    ("region", "kind", "told", "fact"),
    [
        (WEIHAI, "long_term_residence", {}, "treatment_region"),
        (WEIHAI, "long_term_residence", {"treatment_region": QINGDAO}, "stays_long_enough"),
        (HANGZHOU, "long_term_residence", {"treatment_region": BEIJING}, "person_group"),
        (HANGZHOU, "long_term_residence", {"treatment_region": BEIJING, "person_group": "flexible_worker"}, "has_local_household"),
        (HANGZHOU, "late_filing", {"treatment_region": BEIJING, "situation": "self_arranged"}, "care_type"),
        (HANGZHOU, "late_filing", {"treatment_region": BEIJING}, "situation"),
    ],
)
def test_what_decides_is_asked_before_any_field(office, region, kind, told, fact):
    found = problem_of(office.filings.open_draft, "c1", kind, {"insured_region": region, **told})
    assert (found.code, found.details["fact"]) == ("fact_missing", fact)
    assert office.filings.find_draft("c1") is None


@pytest.mark.parametrize(
    ("region", "kind", "told"),
    [
        (WEIHAI, "long_term_residence", {"treatment_region": QINGDAO, "stays_long_enough": False}),
        (WEIHAI, "temporary_care", {"treatment_region": QINGDAO}),
        (HANGZHOU, "long_term_residence", {"treatment_region": "330200"}),
        (HANGZHOU, "long_term_residence", {"treatment_region": BEIJING, "person_group": "child", "has_local_household": False}),
        (HANGZHOU, "referral", {"treatment_region": "330200"}),
        (HANGZHOU, "late_filing", {"treatment_region": BEIJING, "situation": "self_arranged",
                                    "care_type": "general_outpatient"}),
        (HANGZHOU, "late_filing", {"treatment_region": BEIJING, "situation": "emergency_treatment", "care_type": "inpatient"}),
        (URUMQI, "long_term_residence", {"treatment_region": BEIJING, "stays_long_enough": False}),
    ],
)
def test_who_needs_none_or_may_not_file_is_told_by_which_clause(office, region, kind, told):
    found = problem_of(office.filings.open_draft, "c1", kind, {"insured_region": region, **told})
    assert found.code == "not_eligible"
    assert found.details["decision"].steps[0].citation.article
    assert office.filings.find_draft("c1") is None


@pytest.mark.parametrize(
    ("region", "kind", "status"),
    [
        (WEIHAI, "long_term_residence", "submitted"), (WEIHAI, "temporary_care", "submitted"),
        (HANGZHOU, "long_term_residence", "confirmed"), (HANGZHOU, "referral", "submitted"),
        (HANGZHOU, "late_filing", "submitted"), (GAOYOU, "long_term_residence", "submitted"),
        (GAOYOU, "referral", "submitted"), (URUMQI, "long_term_residence", "submitted"),
        (URUMQI, "emergency_registration", "submitted"),
    ],
)
@pytest.mark.parametrize("filed_for", ["self", "family"])
def test_every_kind_is_filed_from_the_first_question_to_the_receipt(office, region, kind, status, filed_for):
    signer = {"self": PERSON["name"], "family": "测试代办"}[filed_for]
    office.open("c1", kind, region)
    office.agree("c1", filed_for=filed_for)
    draft = office.filings.find_draft("c1")
    token = office.filings.keep("c1", signer) if draft.plan.has_letter else None
    receipt = office.filings.submit("c1", token)
    assert receipt.status == status
    view = office.course.view("c1", receipt.filing_no)
    assert view.timeline[0].actor == {"self": "insured_person", "family": "agent"}[filed_for]
    titles = {line.title for line in view.particulars}
    assert ("代办人姓名" in titles) == (filed_for == "family")
    assert dict(office.desk.clear(OFFICER, receipt.filing_no, "call"))["姓名"] == PERSON["name"]


def test_the_agent_signs_for_the_family_and_the_letter_names_them(office):
    office.open("c1")
    office.agree("c1", filed_for="family")
    assert "测*" in office.filings.letter(office.filings.find_draft("c1")).text
    assert problem_of(office.sign).code == "signature_not_the_name"
    assert office.sign(signature="测试代办")


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


def test_a_second_filing_of_the_same_kind_by_the_same_person_is_found_not_made(office):
    first = office.submitted("c1")
    office.ready_to_sign("c2")
    found = problem_of(office.sign, "c2")
    assert (found.code, found.details["filing_no"]) == ("filing_exists", first)


def test_somebody_elses_id_number_does_not_tell_that_they_have_filed(office):
    first = office.submitted("c1")
    second = office.submitted("c2", phone="13900001111")
    [same_person] = office.desk.find(OFFICER, second).duplicates
    assert same_person.filing_no == first


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


def test_the_review_masks_what_is_sensitive(office):
    office.ready_to_sign()
    shown = {line.slot: line.value for line in office.filings.review(office.filings.find_draft("c1"))}
    assert shown == {
        "filed_for": "本人",
        "name": "欧***",
        "id_number": "371***********1237",
        "phone": "138****5678",
        "treatment_region": "山东省青岛市",
        "reason": "投靠亲属",
        "starts_on": "2026年12月1日",
        "address": "山东省青岛市***",
    }


def test_the_letter_states_what_the_annex_asks_for(office):
    office.ready_to_sign()
    letter = office.filings.letter(office.filings.find_draft("c1"))
    for fact in ("欧***", "371***********1237", "山东省青岛市", "6个月以上", "138****5678", "真实", "准确", "法律责任", "2026年11月22日"):
        assert fact in letter.text
    assert letter.sha256 == hashlib.sha256(letter.text.encode()).hexdigest()


def test_review_and_letter_need_every_field(office):
    open_draft(office)
    office.filings.fill("c1", "name", value=PERSON["name"])
    for step in (office.filings.confirm_review, lambda c: office.filings.consent(c, "0" * 64)):
        found = problem_of(step, "c1")
        assert (found.code, found.details["missing"][0]) == ("draft_incomplete", "filed_for")
    assert problem_of(office.filings.letter, office.filings.find_draft("c1")).code == "draft_incomplete"


def test_consent_before_the_review_is_refused(office):
    office.ready_to_sign()
    draft = office.filings.fill("c1", "reason", value="外出务工")
    assert problem_of(office.filings.consent, "c1", office.filings.letter(draft).sha256).code == "review_missing"


def test_consent_to_another_text_is_refused(office):
    office.ready_to_sign()
    assert problem_of(office.filings.consent, "c1", "0" * 64).code == "letter_changed"


@pytest.mark.parametrize("field", FIELDS)
def test_changing_any_field_after_consent_voids_it(office, field):
    office.ready_to_sign()
    assert office.filings.fill("c1", field, value=ANSWERS[field]).next_step == "review"
    assert problem_of(office.sign).code == "consent_missing"


def test_clearing_a_field_asks_it_again_and_voids_the_consent(office):
    office.ready_to_sign()
    assert office.filings.clear_step("c1", "phone").next_step == "phone"
    assert problem_of(office.sign).code == "draft_incomplete"


def test_a_draft_can_be_set_aside_and_taken_up_again(office):
    office.ready_to_sign()
    assert office.filings.pause("c1").state == "paused"
    assert office.filings.find_draft("c1").next_step == "signature"
    assert office.filings.resume("c1").state == "open"


def test_steps_without_a_draft_say_so(office):
    assert problem_of(office.filings.fill, "c1", "name", value="张三").code == "no_draft"
    assert problem_of(office.sign).code == "no_draft"


def test_a_receipt_says_submitted_and_submitting_again_gives_the_same(office):
    office.ready_to_sign()
    receipt = office.filings.submit("c1", office.filings.keep("c1", PERSON["name"]))
    assert (receipt.status, receipt.submitted_at) == ("submitted", office.clock.at)
    assert office.filings.submit("c1", "any token") == receipt


def test_a_wrong_signature_can_be_tried_again(office):
    office.ready_to_sign()
    found = problem_of(office.sign, signature="欧阳")
    assert (found.code, office.filings.find_draft("c1").failures) == ("signature_not_the_name", {"signature": 1})
    assert office.sign()


def test_a_start_date_that_has_passed_meanwhile_is_cleared_and_asked_again(office):
    office.ready_to_sign()
    office.clock.at += timedelta(days=10)
    found = problem_of(office.sign)
    assert (found.code, found.field) == ("starts_on_before_today", "starts_on")
    assert office.filings.find_draft("c1").next_step == "starts_on"


def test_a_start_date_that_is_today_can_still_be_handed_in(office):
    office.ready_to_sign()
    office.clock.at += timedelta(days=9)
    assert problem_of(office.sign).code == "letter_changed"
    draft = office.filings.find_draft("c1")
    office.filings.consent("c1", office.filings.letter(draft).sha256)
    assert office.sign()


def test_a_letter_consented_to_yesterday_must_be_shown_again_with_todays_date(office):
    office.ready_to_sign()
    office.clock.at += timedelta(days=1)
    assert problem_of(office.sign).code == "letter_changed"
    assert office.filings.find_draft("c1").next_step == "commitment"


def test_an_owner_sees_their_filings_masked_and_newest_first(office):
    first = office.submitted()
    office.clock.at += timedelta(minutes=1)
    second = office.submitted(**another_person(1))
    views = office.course.filings_of("c1")
    assert [view.filing_no for view in views] == [second, first]
    assert not any(value in repr(views) for value in PERSON.values())
    assert [entry.event for entry in views[0].timeline] == ["submitted"]
    assert office.course.filings_of("c2") == ()


def test_a_paper_is_for_its_owner_and_does_not_show_itself_in_logs(office):
    filing_no = office.submitted()
    paper = office.course.paper("c1", filing_no)
    rows = dict(paper.rows)
    assert [rows[title] for title in ("姓名", "身份证号码", "联系电话", "通讯地址")] == list(PERSON.values())
    assert not any(value in repr(paper) for value in PERSON.values())
    assert problem_of(office.course.paper, "c2", filing_no).code == "filing_not_found"
    assert [(entry.actor, entry.action) for entry in office.desk.audit(OFFICER, filing_no)] == [("insured_person", "document")]


def test_the_text_that_was_signed_is_kept_whatever_becomes_of_the_wording(office):
    office.ready_to_sign()
    shown = office.filings.letter(office.filings.find_draft("c1"))
    paper = office.course.paper("c1", office.sign())
    assert (paper.letter_text, paper.signed_sha256) == (shown.text, shown.sha256)


def test_what_is_handed_in_without_a_letter_is_kept_by_the_hash_of_its_answers(office):
    filing_no = office.file("referral", HANGZHOU)
    kept = office.store.filings.secret(filing_no, "letter")
    assert office.course.view("c1", filing_no).letter_sha256 == hashlib.sha256(kept.encode()).hexdigest()
    assert all(PERSON[name] in kept for name in ("name", "id_number", "phone"))


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
