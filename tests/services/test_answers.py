"""From a question to what is said: for every region, what stands around a decision, and what never stands there."""

import re
from datetime import date
from decimal import Decimal

import pytest
from real_packs import PACKS

from rules_engine import packs, regions
from rules_engine.decision import Outcome
from rules_engine.facts import facts_from
from services.answers import Answers
from services.questions import Claim, Question

FRAME = packs.read_yaml(packs.PACKS_DIR / "frame.yml")["frame"]
TODAY = date(2026, 11, 22)
ANSWERS = Answers(PACKS, FRAME, lambda: TODAY)
WEIHAI, HANGZHOU, GAOYOU, URUMQI, SUZHOU, YANGZHOU = "371000", "330100", "321084", "650100", "320500", "321000"
BEIJING, SHANGHAI, SHAOXING = "110000", "310000", "330600"
PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}-\d{7,8}|12\d{3})(?!\d)")


def ask(topic, region, *, on=None, question=None, **facts):
    given = {"facts": facts_from({"insured_region": region, **facts}), "visit_on": on, **(question or {})}
    return ANSWERS.ask(Question(topic, **given))


def everything_said(answer):
    return "\n".join((answer.conclusion, *answer.basis))


@pytest.mark.parametrize("topic", PACKS.topics)
@pytest.mark.parametrize("region", [*PACKS.covered, SUZHOU])
def test_every_topic_of_every_region_is_answered_from_its_own_documents_or_as_a_principle(region, topic):
    answer = ask(topic, region)
    allowed = ANSWERS.documents_of(region)
    assert answer.conclusion
    assert {citation.document for citation in answer.citations} <= allowed
    if answer.outcome in (Outcome.NOT_STATED, Outcome.NO_PACK):
        assert any("可以打" in line for line in answer.basis)
    for citation in answer.citations:
        assert re.search(r"20\d\d", citation.short_name)


@pytest.mark.parametrize("topic", PACKS.topics)
def test_a_region_without_a_pack_never_hears_another_citys_figures(topic):
    said = everything_said(ask(topic, SUZHOU))
    assert not re.search(r"\d+%|\d+个月", said)
    assert set(PHONE.findall(said)) <= {"12393", "12333"}


def test_the_national_principle_is_marked_as_one_with_its_year():
    said = everything_said(ask("catalogue", SUZHOU))
    assert "全国的原则（2017年，只是原则" in said and "没有苏州的医保资料" in said and "12393" in said


def test_where_a_citys_document_is_silent_the_principle_comes_after_that():
    answer = ask("catalogue", WEIHAI)
    assert answer.outcome is Outcome.NOT_STATED
    assert "没写" in answer.conclusion and any(line.startswith("全国的原则") for line in answer.basis)


def test_neighbours_of_a_county_with_its_own_fund_have_no_pack():
    assert ask("contact", YANGZHOU).outcome is Outcome.NO_PACK
    assert "84601050" not in everything_said(ask("contact", YANGZHOU))
    assert "0514-84601050" in everything_said(ask("contact", GAOYOU))


@pytest.mark.parametrize(("region", "phone"), [
    (WEIHAI, "12393"), (HANGZHOU, "12393"), (GAOYOU, "0514-84601050"), (URUMQI, "0991-4680625"),
])
def test_an_old_document_warns_with_its_year_and_the_regions_own_phone(region, phone):
    warning = ask("filing_needed", region, treatment_region=BEIJING).warnings[0]
    assert "可能有变" in warning and phone in warning and re.search(r"20\d\d年", warning)


def test_the_undated_leaflet_is_never_given_a_day():
    answer = ask("filing_needed", URUMQI, treatment_region=BEIJING)
    assert "约2021年" in everything_said(answer) and "2021年1月" not in everything_said(answer)
    assert [citation.issued for citation in answer.citations] == ["约2021年"]


def test_chronic_disease_has_its_own_number_to_ask():
    assert ANSWERS.contact(URUMQI, "chronic_disease").phone == "0991-4802261"


def test_every_phone_in_the_packs_is_one_that_was_printed():
    known = {contact.phone for contact in PACKS.contacts}
    for provisions in PACKS.all_provisions.values():
        for provision in provisions:
            for version in provision.versions:
                words = "".join((version.wording.says, *version.wording.to_do, version.wording.detail))
                assert set(PHONE.findall(words)) <= known, provision.id


@pytest.mark.parametrize(("claim", "begins"), [
    (Claim("rate", Decimal("0.2")), "不是20%，是10%。"), (Claim("rate", Decimal("0.1")), "政策内费用"),
    (Claim("months", 6), "政策内费用"),
])
def test_a_wrong_figure_that_was_heard_is_corrected_and_a_right_one_is_not(claim, begins):
    answer = ask("share_borne", WEIHAI, situation="temporary_care", question={"claims": (claim,)})
    assert answer.conclusion.startswith(begins)


def test_nothing_to_pay_is_said_in_the_documents_words_and_not_as_a_figure_it_does_not_print():
    facts = {"situation": "long_term_residence", "has_valid_filing": True, "care_place": "filed_place"}
    answer = ask("share_borne", WEIHAI, question={"claims": (Claim("rate", Decimal("0.1")),)}, **facts)
    assert answer.conclusion.startswith("不用先付10%") and "0%" not in answer.conclusion.replace("10%", "")


@pytest.mark.parametrize(("months", "is_missed"), [(5, False), (6, False), (8, True)])
def test_a_deadline_that_is_over_is_told_first(months, is_missed):
    facts = {"care_type": "inpatient", "institution": "designated"}
    answer = ask("claim_deadline", URUMQI, question={"months_gone": months}, **facts)
    assert answer.conclusion.startswith("已经8个月，超过6个月了") is is_missed


@pytest.mark.parametrize("stage", ["in_hospital", "discharged"])
def test_asked_too_late_the_answer_says_what_can_still_be_done(stage):
    said = everything_said(ask("filing_needed", HANGZHOU, treatment_region=SHANGHAI, situation="referral", care_stage=stage))
    assert "补办备案" in said
    before = everything_said(ask("filing_needed", HANGZHOU, treatment_region=SHANGHAI, situation="long_term_residence"))
    assert "补办备案" not in before


def test_a_reading_that_would_decide_too_much_is_asked_instead():
    told = {"treatment_region": BEIJING, "situation": "temporary_care"}
    read = ask("filing_needed", HANGZHOU, question={"assumed": ("assumed_temporary",)}, **told)
    assert (read.outcome, read.ask, read.assumed) == (Outcome.NEEDS, "situation", ())
    assert ask("filing_needed", HANGZHOU, **told).outcome is Outcome.DECIDED
    kept = ask("filing_needed", WEIHAI, question={"assumed": ("assumed_temporary",)}, **told)
    assert (kept.outcome, kept.assumed) == (Outcome.DECIDED, ("assumed_temporary",))


@pytest.mark.parametrize(("region", "treated", "told", "share"), [
    (HANGZHOU, SHAOXING, {"was_settled": True}, "0"),
    (HANGZHOU, SHAOXING, {"was_settled": False}, "0.10"),
    (HANGZHOU, SHANGHAI, {"situation": "self_arranged", "has_valid_filing": False}, "0.20"),
    (HANGZHOU, SHANGHAI, {"filed_region": "420000", "has_valid_filing": True}, "0.20"),
    (WEIHAI, SHANGHAI, {"situation": "emergency_treatment"}, "0.10"),
])
def test_shares_by_region_and_case(region, treated, told, share):
    assert ask("share_borne", region, treatment_region=treated, **told).value == Decimal(share)


def test_gaoyous_cut_has_no_size():
    said = everything_said(ask("share_borne", GAOYOU, treatment_region=BEIJING, has_valid_filing=False))
    assert "没有写" in said and not re.search(r"\d+%", said)


def test_a_slip_of_the_document_is_mentioned_where_it_matters():
    assert any("印" in line or "写" in line for line in ask("catalogue", GAOYOU, treatment_region="320100").basis)
    assert PACKS.provision("gaoyou.catalogue.within_province").note


@pytest.mark.parametrize("region", [HANGZHOU, GAOYOU])
def test_months_are_not_put_into_questions_of_regions_that_state_none(region):
    assert ANSWERS.place_words(region)["long_term_hint"] == ""
    assert ANSWERS.place_words(WEIHAI)["long_term_hint"] == "（6个月以上）"


def test_limit_in_questions_is_the_regions_own():
    assert [ANSWERS.place_words(code)["limit"] for code in (WEIHAI, HANGZHOU, URUMQI)] == ["6个月", "3个月", "6个月"]


def test_the_words_of_the_national_layer_name_the_country():
    answer = ask("filing_steps", regions.NATIONAL)
    assert answer.region_name == "全国" and answer.outcome is Outcome.DECIDED


def test_what_to_do_is_told_apart_from_what_stands_behind():
    answer = ask("filing_needed", WEIHAI, treatment_region=BEIJING, situation="temporary_care")
    assert answer.to_do and set(answer.to_do) < set(answer.basis)
    assert any("APP" in line for line in answer.to_do)


@pytest.mark.parametrize("topic", PACKS.topics)
def test_what_to_do_is_always_said_in_the_basis_too(topic):
    answers = [ask(topic, region) for region in PACKS.covered]
    assert all(set(answer.to_do) <= set(answer.basis) for answer in answers)


def test_the_number_of_one_office_is_given_alone():
    answer = ask("contact", URUMQI, question={"offices": ("米东区医保分中心",)})
    assert PHONE.findall(answer.conclusion) == ["0991-3306873"]
    assert set(PHONE.findall(everything_said(answer))) == {"0991-3306873", "0991-4680625"}
    assert answer.citations


def test_two_offices_of_one_number_come_with_the_word_on_it():
    shared, other = (ask("contact", URUMQI, question={"offices": (f"{name}医保分中心",)}) for name in ("天山区", "水区"))
    assert "同一个号码" in everything_said(shared) and "同一个号码" not in everything_said(other)


def test_another_citys_office_changes_nothing():
    assert ask("contact", WEIHAI, question={"offices": ("米东区医保分中心",)}) == ask("contact", WEIHAI)
