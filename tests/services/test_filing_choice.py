"""Which kind of filing is meant by what was told, with the kinds that the regions really have."""

from __future__ import annotations

from datetime import date

import pytest
from filing_office import GAOYOU, HANGZHOU, URUMQI, WEIHAI, policy

from rules_engine.decision import Outcome
from rules_engine.filing_knock_outs import knock_out
from services.filing_choice import is_about_another_place, is_of_situation, kind_meant, other_kinds, why_not

TODAY = date(2026, 11, 22)


def offered(region: str):
    return policy().offered(region, TODAY)


@pytest.mark.parametrize(("region", "named", "situation", "care_stage", "kind"), [
    (WEIHAI, None, "long_term_residence", None, "long_term_residence"),
    (WEIHAI, None, "referral", None, "temporary_care"),  # 威海 has no filing of its own for referrals
    (WEIHAI, None, "emergency_treatment", None, "temporary_care"),
    (HANGZHOU, None, "referral", None, "referral"),
    (HANGZHOU, "late_filing", None, None, "late_filing"),
    (HANGZHOU, "late_filing", "long_term_residence", None, "late_filing"),
    (HANGZHOU, None, None, "in_hospital", "late_filing"),
    (HANGZHOU, None, "self_arranged", "discharged", "late_filing"),
    (HANGZHOU, None, "long_term_residence", "in_hospital", "long_term_residence"),
    (GAOYOU, None, "referral", "in_hospital", "referral"),
    (URUMQI, None, "emergency_treatment", None, "emergency_registration"),
    (URUMQI, "emergency_registration", None, None, "emergency_registration"),
])
def test_the_kind_that_was_told(region, named, situation, care_stage, kind):
    assert kind_meant(offered(region), named, situation, care_stage).kind.kind == kind


@pytest.mark.parametrize(("region", "named", "situation", "topic"), [
    (WEIHAI, "late_filing", None, "late_filing"), (GAOYOU, "late_filing", None, "late_filing"),
    (HANGZHOU, None, "self_arranged", "filing_needed"), (HANGZHOU, None, "temporary_care", "filing_needed"),
    (GAOYOU, None, "emergency_treatment", "filing_needed"),
])
def test_where_the_region_has_no_such_kind_a_topic_answers(region, named, situation, topic):
    meant = kind_meant(offered(region), named, situation, None)
    assert (meant.kind, meant.topic) == (None, topic)


@pytest.mark.parametrize("region", [WEIHAI, HANGZHOU, GAOYOU, URUMQI])
def test_where_nothing_was_told_it_is_left_to_be_asked(region):
    meant = kind_meant(offered(region), None, None, None)
    assert (meant.kind, meant.topic) == (None, None)


@pytest.mark.parametrize(("kind", "before", "is_another"), [
    ("long_term_residence", None, True), ("long_term_residence", "referral", True),
    ("long_term_residence", "long_term_residence", False), ("temporary_care", None, False),
    ("temporary_care", "self_arranged", False), ("temporary_care", "long_term_residence", True),
])
def test_where_one_sees_a_doctor_is_not_where_one_lives(kind, before, is_another):
    assert is_about_another_place(policy().kind(WEIHAI, kind, TODAY), before) == is_another


@pytest.mark.parametrize(("filed", "told", "fits"), [
    ("temporary_care", "referral", True), ("referral", "temporary_care", True), ("referral", "referral", True),
    ("long_term_residence", "temporary_care", False), ("long_term_residence", "long_term_residence", True),
])
def test_a_filing_fits_the_situation_it_was_made_for(filed, told, fits):
    assert is_of_situation(filed, told) == fits


def test_the_answer_to_a_refusal_is_of_the_very_case_that_was_refused():
    kind = policy().kind(WEIHAI, "long_term_residence", TODAY)
    case = {"treatment_region": "110000", "stays_long_enough": False, "has_valid_filing": True}
    decision = policy().knock_out(kind, case, TODAY).decision
    question = why_not(kind, decision, case)
    assert decision.outcome is Outcome.DECIDED and question.topic == decision.topic
    assert question.facts.stays_long_enough is False and not question.facts.has_valid_filing


def test_the_other_kinds_are_those_that_the_case_may_still_come_under():
    case = {"treatment_region": "110000", "stays_long_enough": False}
    long_term = policy().kind(WEIHAI, "long_term_residence", TODAY)
    assert [kind.kind for kind in other_kinds(policy(), long_term, offered(WEIHAI), case, TODAY)] == ["temporary_care"]
    nearby = {**case, "treatment_region": "370200"}
    assert other_kinds(policy(), long_term, offered(WEIHAI), nearby, TODAY) == ()
    assert "late_filing" not in {kind.kind for kind in other_kinds(policy(), None, offered(HANGZHOU), {}, TODAY)}


def test_the_months_of_a_stay_tell_whether_it_is_long_enough():
    kind = policy().kind(WEIHAI, "long_term_residence", TODAY)
    for months, is_passed in ((6, True), (5, False)):
        told = policy().with_stay_known(WEIHAI, {"treatment_region": "110000", "stay_months": months}, TODAY)
        assert knock_out(kind, told, TODAY, policy()._packs).is_passed == is_passed
    assert policy().with_stay_known(WEIHAI, {"stay_months": 3, "stays_long_enough": True}, TODAY)["stays_long_enough"]
