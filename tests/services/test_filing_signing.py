"""What is reviewed, agreed to and signed is what is handed in: whatever changes it asks for consent anew."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from filing_office import ANSWERS
from filing_steps import FIELDS, problem_of


def test_the_agent_signs_for_the_family_and_the_letter_names_them(office):
    office.open("c1")
    office.agree("c1", filed_for="family")
    assert "测*" in office.filings.letter(office.filings.find_draft("c1")).text
    assert problem_of(office.sign).code == "signature_not_the_name"
    assert office.sign(signature="测试代办")


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
