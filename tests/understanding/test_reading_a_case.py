"""What a sentence tells of a case, from its words to the facts the engine gets."""

from datetime import date

import pytest

from services.case_facts import told, visit_day

WEIHAI, YANTAI, BEIJING, SHANGHAI, HANGZHOU, DALIAN = "371000", "370600", "110000", "310000", "330100", "210200"
COVERED = (WEIHAI,)
AT_WEIHAI = {"insured_region": WEIHAI}

CASES = [
    # where insured, where treated
    ("我是威海的医保，去烟台做检查要备案吗", {}, "filing_needed", {"insured_region": WEIHAI, "treatment_region": YANTAI, "situation": "temporary_care"}),
    ("俺威海的，在北京住院", {}, "share_borne", {"insured_region": WEIHAI, "treatment_region": BEIJING, "situation": "temporary_care"}),
    ("我医保在威海，想去上海看专家", {}, "filing_needed", {"insured_region": WEIHAI, "treatment_region": SHANGHAI}),
    ("荣成的居民医保", {}, None, {"insured_region": WEIHAI}),
    ("威海荣成的医保", {}, None, {"insured_region": WEIHAI}),
    ("去威海看病", {}, "filing_needed", {"treatment_region": WEIHAI}),
    ("我的医保是杭州的", AT_WEIHAI, "share_borne", {"insured_region": HANGZHOU}),
    ("从杭州再转到上海呢", AT_WEIHAI, "share_borne", {"filed_region": HANGZHOU, "treatment_region": SHANGHAI, "situation": None}),
    ("不是烟台，是大连", {**AT_WEIHAI, "treatment_region": YANTAI}, "filing_needed", {"treatment_region": DALIAN}),
    ("回威海看病", AT_WEIHAI, "return_home", {"care_place": "home"}),
    # how far
    ("那省内呢", {**AT_WEIHAI, "treatment_region": BEIJING}, "filing_needed", {"destination_scope": "within_province", "treatment_region": None}),
    ("去山东省内别的市", AT_WEIHAI, "filing_needed", {"destination_scope": "within_province"}),
    ("出了山东省外呢", AT_WEIHAI, "filing_needed", {"destination_scope": "cross_province"}),
    # situation
    ("如果是急诊呢", AT_WEIHAI, "filing_needed", {"situation": "emergency_treatment"}),
    ("不是长期住", AT_WEIHAI, "filing_needed", {"situation": None}),
    ("在北京带孙子", AT_WEIHAI, "filing_needed", {"situation": "long_term_residence", "treatment_region": BEIJING}),
    ("还没备案就去了", AT_WEIHAI, "share_borne", {"has_valid_filing": False}),
    ("在上海打工，备案办好了", AT_WEIHAI, "share_borne", {"has_valid_filing": True, "filed_region": SHANGHAI}),
    # time
    ("住了四个月", AT_WEIHAI, "filing_needed", {"stay_months": 4}),
    ("住了一年多", AT_WEIHAI, "long_term_definition", {"stay_months": 12}),
    ("备案才俩月", AT_WEIHAI, "change", {"months_since_confirmation": 2}),
    ("满七个月了", AT_WEIHAI, "change", {"months_since_confirmation": 7}),
    ("没满6个月", AT_WEIHAI, "change", {"is_within_change_limit": True}),
    ("2021年3月住的院", AT_WEIHAI, "share_borne", {"stay_months": None}),
    # papers
    ("有居住证", AT_WEIHAI, "return_home", {"has_residence_proof": True}),
    ("当时只签了承诺书", AT_WEIHAI, "return_home", {"has_residence_proof": False}),
]


@pytest.mark.parametrize(("text", "known", "topic", "expected"), CASES, ids=[case[0] for case in CASES])
def test_sentence_tells_these_facts(read, text, known, topic, expected):
    facts = told(read(text), known, topic, None, COVERED).facts
    assert {name: facts.get(name) for name in expected} == expected


@pytest.mark.parametrize(("text", "asked", "expected"), [
    ("济南", "insured_region", {"insured_region": "370100"}),
    ("没满", "is_within_change_limit", {"is_within_change_limit": True}),
    ("半年以上", "stays_long_enough", {"stays_long_enough": True}),
    ("会住一年", "stays_long_enough", {"stay_months": 12}),
])
def test_short_answer_is_read_as_what_was_asked(read, text, asked, expected):
    facts = told(read(text), {}, "filing_eligibility" if "stay" in asked else "change", asked, COVERED).facts
    assert {name: facts.get(name) for name in expected} == expected


def test_place_at_home_is_forgotten_when_the_talk_turns_elsewhere(read):
    known = {**AT_WEIHAI, "care_place": "home", "destination_scope": "within_pooling_area"}
    facts = told(read("在外地突发急病怎么办"), known, "emergency", None, COVERED).facts
    assert (facts["care_place"], facts["destination_scope"]) == (None, None)


def test_name_shared_by_several_places_is_left_open(read):
    said = told(read("去鼓楼区看病"), AT_WEIHAI, "filing_needed", None, COVERED)
    assert len(said.ambiguous) > 1
    assert "treatment_region" not in said.facts


def test_what_the_person_does_not_know_is_marked(read):
    assert told(read("不知道"), AT_WEIHAI, "filing_needed", "situation", COVERED).says_unknown


def test_no_word_of_the_sentence_is_left_in_an_entity(read):
    entities = read("我叫王秀英，电话13812345678，威海医保，去北京看病")
    assert not any("王" in e["value"] or "138" in e["value"] for e in entities)


@pytest.mark.parametrize(("said", "day"), [
    ("2021年11月", date(2021, 11, 1)), ("21年12月3号", date(2021, 12, 3)), ("去年三月", date(2025, 3, 1)),
    ("二零二一年十二月", date(2021, 12, 1)), ("2021-12-31", date(2021, 12, 31)), ("2021年十二月三十一日", date(2021, 12, 31)),
    ("12月5号", None), ("2021年13月", None),
])
def test_day_of_a_visit_is_read_or_left_unread(said, day):
    assert visit_day(said, date(2026, 11, 22)) == day
