"""What a sentence tells of a case, from its words to the facts the engine gets."""

from datetime import date

import pytest
from real_packs import PACKS

from services.case_facts import Conversation, told
from services.days_said import visit_day
from services.places_said import Areas

WEIHAI, YANTAI, BEIJING, SHANGHAI, HANGZHOU, DALIAN = "371000", "370600", "110000", "310000", "330100", "210200"
GAOYOU, YANGZHOU, URUMQI, JINAN, CHONGQING = "321084", "321000", "650100", "370100", "500000"
AREAS = Areas(PACKS.area_of, PACKS.covered)
AT_WEIHAI = {"insured_region": WEIHAI}
WEIHAI_TO_BEIJING = {**AT_WEIHAI, "treatment_region": BEIJING}

CASES = [
    # where insured, where treated
    ("我是威海的医保，去烟台做检查要备案吗", {}, "filing_needed", {"insured_region": WEIHAI, "treatment_region": YANTAI, "situation": "temporary_care"}),
    ("俺威海的，在北京住院", {}, "share_borne", {"insured_region": WEIHAI, "treatment_region": BEIJING, "situation": "temporary_care"}),
    ("我医保在威海，想去上海看专家", {}, "filing_needed", {"insured_region": WEIHAI, "treatment_region": SHANGHAI}),
    ("俺是威海的，要上青岛开刀，得先去医保那疙瘩备案吗", {}, "filing_needed", {"insured_region": WEIHAI, "treatment_region": "370200"}),
    ("荣成的居民医保", {}, None, {"insured_region": WEIHAI}),
    ("威海荣成的医保", {}, None, {"insured_region": WEIHAI}),
    ("去威海看病", {}, "filing_needed", {"treatment_region": WEIHAI}),
    ("我的医保是杭州的", AT_WEIHAI, "share_borne", {"insured_region": HANGZHOU}),
    ("我是高邮的医保", {}, None, {"insured_region": GAOYOU}),
    ("扬州医保", {}, None, {"insured_region": YANGZHOU}),
    ("我江都的医保", {}, None, {"insured_region": YANGZHOU}),
    ("米东的医保", {}, None, {"insured_region": URUMQI}),
    ("医保系高邮嘅，喺广州打工", {}, "channels", {"insured_region": GAOYOU, "treatment_region": "440100"}),
    ("我老家是高邮的，医保早就转到威海了，想去济南看病", {}, "filing_needed", {"insured_region": WEIHAI, "treatment_region": JINAN}),
    ("我户口在重庆，人在杭州送快递，社保也是杭州交的", {}, "filing_eligibility", {"insured_region": HANGZHOU, "treatment_region": None}),
    ("杭州余杭的医保，准备转到上海瑞金住院", {}, "filing_needed", {"insured_region": HANGZHOU, "treatment_region": SHANGHAI}),
    ("住院按上海的目录还是威海的", {**AT_WEIHAI, "treatment_region": SHANGHAI}, "catalogue", {"treatment_region": SHANGHAI, "insured_region": None}),
    ("那杭州呢", AT_WEIHAI, "validity", {"insured_region": HANGZHOU}),
    ("那杭州呢", WEIHAI_TO_BEIJING, "filing_needed", {"insured_region": HANGZHOU, "treatment_region": None}),
    ("那去杭州呢", WEIHAI_TO_BEIJING, "filing_needed", {"treatment_region": HANGZHOU, "insured_region": None}),
    ("那杭州呢", {**AT_WEIHAI, "treatment_region": URUMQI}, "filing_needed", {"treatment_region": HANGZHOU}),
    ("那南京呢", WEIHAI_TO_BEIJING, "filing_needed", {"treatment_region": "320100"}),
    ("高邮 转诊 材料", WEIHAI_TO_BEIJING, "materials", {"insured_region": GAOYOU, "situation": "referral"}),
    ("从杭州再转到上海呢", AT_WEIHAI, "share_borne", {"filed_region": HANGZHOU, "treatment_region": SHANGHAI, "situation": None}),
    ("不是烟台，是大连", {**AT_WEIHAI, "treatment_region": YANTAI}, "filing_needed", {"treatment_region": DALIAN}),
    ("回威海看病", AT_WEIHAI, "return_home", {"care_place": "home"}),
    ("我乌市的社保卡在重庆住院读不出来", {}, "direct_settlement", {"insured_region": URUMQI, "treatment_region": CHONGQING}),
    ("扬州市区的医保跟高邮一样吧，去上海能刷不", {}, "outpatient", {"insured_region": YANGZHOU, "treatment_region": SHANGHAI}),
    ("乌鲁木齐的慢性病门诊在外地能刷吧", AT_WEIHAI, "chronic_disease", {"insured_region": URUMQI}),
    ("我丈人乌鲁木齐的，也在重庆住着", AT_WEIHAI, "chronic_disease", {"insured_region": URUMQI, "treatment_region": CHONGQING}),
    ("碰到一个烟台来的老头，说去上海看病不用备案", AT_WEIHAI, "filing_needed", {"treatment_region": SHANGHAI}),
    ("如果备的是上海呢，给返吗", {"insured_region": URUMQI, "treatment_region": "652800", "filed_region": "652800"}, "personal_account", {"filed_region": SHANGHAI}),
    ("备到上海，账户啥时候退", {"insured_region": URUMQI, "treatment_region": BEIJING}, "personal_account", {"filed_region": SHANGHAI}),
    ("她中间回娘家乌鲁木齐看病行不行", {"treatment_region": SHANGHAI}, "return_home", {"insured_region": URUMQI}),
    ("那杭州的长期备案呢", {**AT_WEIHAI, "treatment_region": SHANGHAI}, "validity", {"insured_region": HANGZHOU}),
    ("我弟杭州医保在威海打工，要自付多少", {}, "share_borne", {"insured_region": HANGZHOU, "treatment_region": WEIHAI}),
    ("我老公杭州参保在高邮住院要备案吗", {}, "filing_needed", {"insured_region": HANGZHOU, "treatment_region": GAOYOU}),
    ("我妈威海医保在扬州住院", {}, "share_borne", {"insured_region": WEIHAI, "treatment_region": YANGZHOU}),
    ("我医保在威海，人在杭州", {}, "share_borne", {"insured_region": WEIHAI, "treatment_region": HANGZHOU}),
    ("我在杭州上班威海医保没备案，出差去重庆看病", {}, "filing_steps", {"filed_region": None, "treatment_region": CHONGQING}),
    ("我原来高邮医保，今年转到乌鲁木齐参保了，在南京住院", {}, "filing_needed", {"insured_region": URUMQI, "treatment_region": "320100"}),
    ("医保以前在高邮，现在换到乌鲁木齐了，去上海看门诊", {}, "outpatient", {"insured_region": URUMQI, "treatment_region": SHANGHAI}),
    ("高邮医保，不是在上海，是在杭州，门诊能刷吗", {}, "outpatient", {"insured_region": GAOYOU, "treatment_region": HANGZHOU}),
    ("乌鲁木齐参保，在重庆备案住院，自费出院了", {}, "manual_claim", {"has_valid_filing": True, "treatment_region": CHONGQING}),
    # how far
    ("那省内呢", {**AT_WEIHAI, "treatment_region": BEIJING}, "filing_needed", {"destination_scope": "within_province", "treatment_region": None}),
    ("去山东省内别的市", AT_WEIHAI, "filing_needed", {"destination_scope": "within_province"}),
    ("出了山东省外呢", AT_WEIHAI, "filing_needed", {"destination_scope": "cross_province"}),
    # situation
    ("没备案没转诊，急诊进去的", {"insured_region": GAOYOU}, "manual_claim", {"situation": "emergency_treatment"}),
    ("又去广州出差突然阑尾炎住院了", {"insured_region": URUMQI}, "filing_needed", {"situation": "emergency_treatment"}),
    ("门诊看的，发票还在，能报吗", {"insured_region": GAOYOU}, "manual_claim", {"was_settled": False}),
    ("去南京旅游急诊住院，没备案", {"insured_region": HANGZHOU}, "share_borne", {"situation": "emergency_treatment"}),
    ("长住备案在上海，现在去重庆玩急诊住院", {"insured_region": HANGZHOU}, "share_borne", {"situation": "emergency_treatment", "filed_region": SHANGHAI}),
    ("长住备案在上海，在上海急诊住院", {"insured_region": HANGZHOU}, "share_borne", {"situation": "long_term_residence"}),
    ("单位派我去上海八个月", AT_WEIHAI, "filing_steps", {"situation": "long_term_residence"}),
    ("单位派我去上海半年", AT_WEIHAI, "filing_steps", {"situation": "long_term_residence"}),
    ("去上海看病，备案不到半年", AT_WEIHAI, "filing_steps", {"situation": "temporary_care"}),
    ("要是我早就在上海长期备案了呢", AT_WEIHAI, "share_borne", {"situation": "long_term_residence", "has_valid_filing": True}),
    ("在上海被车撞了，司机跑了", AT_WEIHAI, "injury", {"third_party": "unclear"}),
    ("如果是急诊呢", AT_WEIHAI, "filing_needed", {"situation": "emergency_treatment"}),
    ("不是长期住", AT_WEIHAI, "filing_needed", {"situation": None}),
    ("去南京看个病，没打算长住", AT_WEIHAI, "filing_needed", {"situation": "temporary_care"}),
    ("我在外地上班，我爸来上海开刀，养几天就回去", AT_WEIHAI, "filing_needed", {"situation": "temporary_care"}),
    ("在上海带孙子半年多了，要办长期备案，那几天的钱算不算", AT_WEIHAI, "start_date", {"situation": "long_term_residence"}),
    ("到上海出差一年，要住院", AT_WEIHAI, "filing_needed", {"situation": "long_term_residence"}),
    ("在北京带孙子", AT_WEIHAI, "filing_needed", {"situation": "long_term_residence", "treatment_region": BEIJING}),
    ("住到济南来，不走了", AT_WEIHAI, "filing_eligibility", {"situation": "long_term_residence", "stays_long_enough": True}),
    ("去上海干两年", AT_WEIHAI, "filing_eligibility", {"situation": "long_term_residence", "stay_months": 24}),
    ("高血压十几年了，去上海看病", AT_WEIHAI, "filing_needed", {"situation": "temporary_care"}),
    ("医保交了十几年了，去上海看病", AT_WEIHAI, "filing_needed", {"situation": "temporary_care"}),
    ("腿疼得走不动，不走了，去上海住院", AT_WEIHAI, "filing_needed", {"situation": "temporary_care"}),
    ("我不打算回威海看病了，去北京看病", AT_WEIHAI, "filing_needed", {"situation": "temporary_care"}),
    ("没打算定居，去北京看病两个月", AT_WEIHAI, "filing_needed", {"stays_long_enough": None}),
    ("垫的钱要不回来了，怎么办", AT_WEIHAI, "filing_needed", {"situation": None}),
    ("怀孕7个月，到上海生孩子", AT_WEIHAI, "filing_needed", {"situation": "temporary_care"}),
    ("我没有威海户口，威海医保", AT_WEIHAI, "filing_eligibility", {"has_local_household": None}),
    ("不是杭州的户口", {"insured_region": HANGZHOU}, "filing_eligibility", {"has_local_household": None}),
    ("户口在浙江", {"insured_region": HANGZHOU}, "filing_eligibility", {"has_local_household": None}),
    ("以前单位派我去的，现在灵活就业", {"insured_region": HANGZHOU}, "filing_eligibility", {"person_group": "flexible_worker"}),
    ("去上海照看老人，一年以上", AT_WEIHAI, "filing_eligibility", {"situation": "long_term_residence"}),
    ("大三了，去上海实习半年", {"insured_region": HANGZHOU}, "filing_eligibility", {"situation": None, "person_group": "university_student"}),
    ("去上海做化疗，得八个月", AT_WEIHAI, "filing_eligibility", {"situation": "temporary_care", "stay_months": 8}),
    ("户口还在江西", {"insured_region": HANGZHOU}, "filing_eligibility", {"has_local_household": False}),
    ("我户口就在杭州", {"insured_region": HANGZHOU}, "filing_eligibility", {"has_local_household": True}),
    ("单位派我常驻青岛", {"insured_region": HANGZHOU}, "filing_eligibility", {"person_group": "other"}),
    ("还没备案就去了", AT_WEIHAI, "share_borne", {"has_valid_filing": False}),
    ("在上海打工，备案办好了", AT_WEIHAI, "share_borne", {"has_valid_filing": True, "filed_region": SHANGHAI}),
    # time
    ("住了四个月", AT_WEIHAI, "filing_needed", {"stay_months": 4}),
    ("一住五六年", AT_WEIHAI, "filing_needed", {"stay_months": 60}),
    ("住了一年多", AT_WEIHAI, "long_term_definition", {"stay_months": 12}),
    ("备案才俩月", AT_WEIHAI, "change", {"months_since_confirmation": 2}),
    ("满七个月了", AT_WEIHAI, "change", {"months_since_confirmation": 7}),
    ("没满6个月", AT_WEIHAI, "change", {"is_within_change_limit": True}),
    ("2021年3月住的院", AT_WEIHAI, "share_borne", {"stay_months": None}),
    # 2019年的信 is no day of a visit
    ("2019年医保局发的那封信上怎么写", AT_WEIHAI, "outpatient", {"treatment_region": None}),
    # what kind of care, how far it has come
    ("还没出院，钱没结", AT_WEIHAI, "late_filing", {"care_stage": "in_hospital"}),
    ("已经出院了，没刷成卡", AT_WEIHAI, "manual_claim", {"care_stage": "discharged", "was_settled": False}),
    ("对方跑了找不到人", AT_WEIHAI, "injury", {"third_party": "unclear"}),
    ("骑电驴摔断了腿，没人撞我", AT_WEIHAI, "injury", {"third_party": "none"}),
    ("自己下楼摔的", AT_WEIHAI, "injury", {"third_party": "none"}),
    ("自己骑车被车撞了", AT_WEIHAI, "injury", {"third_party": "liable"}),
    ("大学生寒假回家", AT_WEIHAI, "filing_eligibility", {"person_group": "university_student"}),
    # papers
    ("居住证我倒是有一张", AT_WEIHAI, "return_home", {"has_residence_proof": True}),
    ("有没有居住证都行吗", AT_WEIHAI, "return_home", {"has_residence_proof": None}),
    ("我刚领到居住证了，拿这个交上去呢", AT_WEIHAI, "return_home", {"has_residence_proof": True}),
    ("领到居住证吗他问我", AT_WEIHAI, "return_home", {"has_residence_proof": None}),
    ("有居住证", AT_WEIHAI, "return_home", {"has_residence_proof": True}),
    ("当时只签了承诺书", AT_WEIHAI, "return_home", {"has_residence_proof": False}),
]


def said(read, text, known, topic, asked=None, **talk):
    return told(read(text), Conversation(known, topic, asked, **talk), AREAS)


@pytest.mark.parametrize(("text", "known", "topic", "expected"), CASES, ids=[case[0] for case in CASES])
def test_sentence_tells_these_facts(read, text, known, topic, expected):
    facts = said(read, text, known, topic).facts
    assert {name: facts.get(name) for name in expected} == expected


@pytest.mark.parametrize(("text", "asked", "expected"), [
    ("济南", "insured_region", {"insured_region": "370100"}),
    ("没满", "is_within_change_limit", {"is_within_change_limit": True}),
    ("半年以上", "stays_long_enough", {"stays_long_enough": True}),
    ("会住一年", "stays_long_enough", {"stay_months": 12}),
])
def test_short_answer_is_read_as_what_was_asked(read, text, asked, expected):
    facts = said(read, text, {}, "filing_eligibility" if "stay" in asked else "change", asked).facts
    assert {name: facts.get(name) for name in expected} == expected


def test_place_at_home_is_forgotten_when_the_talk_turns_elsewhere(read):
    known = {**AT_WEIHAI, "care_place": "home", "destination_scope": "within_pooling_area"}
    facts = said(read, "在外地突发急病怎么办", known, "emergency").facts
    assert (facts["care_place"], facts["destination_scope"]) == (None, None)


def test_name_shared_by_several_places_is_left_open(read):
    found = said(read, "去鼓楼区看病", AT_WEIHAI, "filing_needed")
    assert len(found.ambiguous) > 1
    assert "treatment_region" not in found.facts


def test_what_the_person_does_not_know_is_marked(read):
    assert said(read, "不知道", AT_WEIHAI, "filing_needed", "situation").says_unknown


def test_no_word_of_the_sentence_is_left_in_an_entity(read):
    entities = read("我叫王秀英，电话13812345678，威海医保，去北京看病")
    assert not any("王" in e["value"] or "138" in e["value"] for e in entities)


@pytest.mark.parametrize(("text", "last", "expected"), [
    ("不对，是高邮", "insured", {"insured_region": GAOYOU, "treatment_region": None}),
    ("说错了，是杭州", "treatment", {"treatment_region": HANGZHOU}),
    ("不对，我医保是高邮的", "treatment", {"insured_region": GAOYOU}),
    ("不对不对，是乌鲁木齐的，我说岔了", "insured", {"insured_region": URUMQI}),
])
def test_correction_goes_to_the_place_that_was_told_last(read, text, last, expected):
    facts = said(read, text, AT_WEIHAI, "share_borne", last_place_role=last).facts
    assert {name: facts.get(name) for name in expected} == expected


@pytest.mark.parametrize(("text", "known", "sides"), [
    ("杭州和威海自己先付多少有什么区别", {}, ({"insured_region": HANGZHOU}, {"insured_region": WEIHAI})),
    ("跟杭州比哪个多", AT_WEIHAI, ({"insured_region": WEIHAI}, {"insured_region": HANGZHOU})),
    ("威海医保，去烟台和北京分别要不要备案", {}, ({"treatment_region": YANTAI}, {"treatment_region": BEIJING})),
    ("国家政策怎么规定的", AT_WEIHAI, ({"insured_region": "000000"},)),
    ("住院按上海的目录还是威海的", {**AT_WEIHAI, "treatment_region": SHANGHAI}, ()),
    ("威海医保，北京住院", {}, ()),
])
def test_places_are_set_side_by_side_where_the_question_is_about_both(read, text, known, sides):
    found = said(read, text, known, "filing_needed")
    assert tuple(dict(side) for side in found.sides) == sides


def test_mother_insured_elsewhere_is_kept_apart_and_one_comes_back(read):
    mother = said(read, "我妈是高邮的医保", WEIHAI_TO_BEIJING, "share_borne")
    assert (mother.person, mother.facts["insured_region"]) == ("mother", GAOYOU)
    back = said(read, "那我自己呢", mother.facts, "share_borne", person="mother", people=mother.people)
    assert (back.person, back.facts["insured_region"], back.facts["treatment_region"]) == ("self", WEIHAI, BEIJING)
    again = said(read, "那我妈呢", back.facts, "share_borne", person="self", people=back.people)
    assert again.facts["insured_region"] == GAOYOU
    assert again.assumed == ()


def test_someone_asked_about_without_a_place_is_taken_to_be_insured_in_the_same_one(read):
    father = said(read, "那我爸呢", {**WEIHAI_TO_BEIJING, "has_valid_filing": True}, "share_borne")
    assert father.facts["insured_region"] == WEIHAI
    assert father.facts["has_valid_filing"] is None
    assert "assumed_same_insured" in father.assumed


def test_relative_named_in_passing_changes_nothing(read):
    found = said(read, "我闺女说要先备案", WEIHAI_TO_BEIJING, "filing_needed")
    assert (found.person, found.people, found.facts.get("insured_region")) == ("child", {}, None)


@pytest.mark.parametrize(("words", "day"), [
    ("2021年11月", date(2021, 11, 1)), ("21年12月3号", date(2021, 12, 3)), ("去年三月", date(2025, 3, 1)),
    ("二零二一年十二月", date(2021, 12, 1)), ("2021-12-31", date(2021, 12, 31)), ("2021年十二月三十一日", date(2021, 12, 31)),
    ("12月5号", None), ("2021年13月", None), ("前年", date(2024, 1, 1)), ("2021年", date(2021, 1, 1)),
    ("上周三", date(2026, 11, 11)), ("上个星期天", date(2026, 11, 15)), ("上上周一", date(2026, 11, 2)), ("下礼拜五", date(2026, 11, 27)),
    ("今年国庆", date(2026, 10, 1)), ("去年五一", date(2025, 5, 1)), ("去年中秋", date(2025, 10, 6)), ("明年端午", date(2027, 6, 9)),
    ("下个月初", date(2026, 12, 1)), ("上个月", date(2026, 10, 1)), ("这个月底", date(2026, 11, 30)), ("下下个月中旬", date(2027, 1, 1)),
    ("上个月15号", date(2026, 10, 15)), ("下月31号", date(2026, 12, 31)), ("本月三十一号", None),
])
def test_day_of_a_visit_is_read_or_left_unread(words, day):
    assert visit_day(words, date(2026, 11, 22)) == day


def test_people_of_one_message_are_kept_apart(read):
    told_now = said(read, "老公威海医保，婆婆乌鲁木齐退休的，她在北京看门诊能刷吗", {}, "outpatient")
    assert (told_now.person, told_now.facts["insured_region"]) == ("parent_in_law", URUMQI)
    assert told_now.people["spouse"]["insured_region"] == WEIHAI
    back = said(read, "老公要带什么材料", told_now.facts, "materials", person=told_now.person, people=told_now.people)
    assert (back.person, back.facts["insured_region"]) == ("spouse", WEIHAI)


def test_another_place_of_treatment_leaves_the_last_stay_behind(read):
    known = {**WEIHAI_TO_BEIJING, "was_settled": False}
    assert said(read, "那要是去上海看呢", known, "share_borne").facts["was_settled"] is None
    assert "was_settled" not in said(read, "在北京呢", known, "share_borne").facts


def test_a_name_of_two_places_is_the_one_beside_another_place(read):
    facts = said(read, "威海医保，去北京，住朝阳区", {}, "filing_place").facts
    assert facts["treatment_region"].startswith("1101") or facts["treatment_region"] == BEIJING


def test_whom_someone_lives_with_is_not_whose_case_it_is(read):
    assert said(read, "我跟着儿子住了三年了", AT_WEIHAI, "filing_needed").person is None
    assert said(read, "我妈跟我妹妹在重庆，医保是高邮的", {}, "filing_needed").person == "mother"


def test_the_talk_turns_to_who_is_asked_about_again(read):
    mother = said(read, "我妈是高邮的医保", WEIHAI_TO_BEIJING, "share_borne")
    back = said(read, "那我自己呢", mother.facts, "share_borne", person="mother", people=mother.people)
    again = said(read, "再问我妈，打哪个电话", back.facts, "contact", person="self", people=back.people)
    assert (again.person, again.facts["insured_region"]) == ("mother", GAOYOU)


def test_who_speaks_of_themselves_after_somebody_else_is_the_case_again(read):
    mother = said(read, "我妈是高邮的医保", WEIHAI_TO_BEIJING, "share_borne")
    own = said(read, "我登记时选哪个区", mother.facts, "filing_place", person="mother", people=mother.people)
    assert (own.person, own.facts["insured_region"]) == ("self", WEIHAI)
    hers = said(read, "我替她登记要带啥", mother.facts, "materials", person="mother", people=mother.people)
    assert hers.person in (None, "mother")


def test_she_is_the_one_of_two_who_was_named(read):
    both = said(read, "我老婆是高邮医保，我是乌鲁木齐医保，我俩都在重庆打工，她看门诊能直接刷吗", {}, "outpatient")
    assert (both.person, both.facts["insured_region"]) == ("spouse", GAOYOU)
    own = said(read, "我门诊能刷不", both.facts, "outpatient", person="spouse", people=both.people)
    assert (own.person, own.facts["insured_region"]) == ("self", URUMQI)
    people = {**own.people}
    hers = said(read, "那她门诊呢", own.facts, "outpatient", person="self", people=people)
    assert (hers.person, hers.facts["insured_region"]) == ("spouse", GAOYOU)
