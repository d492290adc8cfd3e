"""What people ask, over REST, with the trained model and the packs as they are."""

from __future__ import annotations

import time

import pytest
import reply_shapes

pytestmark = pytest.mark.model

# question, topic, status, words that must stand in the reply, words that must not
QUESTIONS = [
    ("我是威海医保，临时去烟台看病，要备案吗", "filing_needed", "decided", ["不用备案", "省内"], ["先备案"]),
    ("我是威海医保，临时去北京看病，要不要备案", "filing_needed", "decided", ["要备案", "跨省"], ["不用备案"]),
    ("威海医保，长期住在上海，要备案吗", "filing_needed", "decided", ["长期居住备案"], ["不用备案"]),
    ("威海医保，长期住在青岛，需要备案吗", "filing_needed", "decided", ["长期居住备案"], ["不用备案"]),
    ("威海医保，临时去北京看病，自己要先付多少", "share_borne", "decided", ["10%"], ["20%"]),
    ("威海医保，临时去济南看病，自己先付多少", "share_borne", "decided", ["10%"], ["20%"]),
    ("威海参保，在哪里办备案", "channels", "decided", ["国家医保服务平台", "鲁医保"], []),
    ("威海参保，临时去外地看病，备案要带什么材料", "materials", "decided", ["不", "转诊单"], []),
    ("威海参保，谁算异地长期居住", "long_term_definition", "decided", ["6个月"], []),
    ("威海参保，什么叫临时外出就医", "temporary_definition", "decided", ["转诊"], []),
    ("威海参保，长期备案从哪天开始算", "start_date", "decided", ["当天"], []),
    ("威海参保，长期备案管多久", "validity", "decided", ["长期有效"], []),
    ("威海参保，备案没满6个月，能换地方吗", "change", "decided", ["6个月"], []),
    ("威海参保，备案没满6个月回威海看病，有居住证，怎么报", "return_home", "decided", ["不用先付10%"], []),
    ("威海参保，备案没满6个月回威海看病，没有证明，怎么报", "return_home", "decided", ["先付10%"], ["不用先付10%"]),
    ("威海医保，长期备案已经办好了，从备案地转到别处看病，自己先付多少", None, "decided", ["10%"], ["没有这10%"]),
    ("威海医保，长期住外地，门诊慢特病能在几家医院看", "chronic_disease", "decided", ["不再限制"], []),
    ("威海医保，去外地住院起付线是多少", "deductible", "not_stated", ["没写", "12393"], ["元"]),
    ("威海医保，回来手工报销要什么材料", "manual_claim", "not_stated", ["没写", "12393"], []),
    ("威海医保，2021年11月去济南住院，自己先付多少", "share_borne", "not_in_force", ["2022年1月1日"], []),
    ("我是苏州医保，去上海看病要备案吗", "filing_needed", "no_pack", ["没有苏州", "12393"], ["10%", "不用备案。"]),
]


@pytest.mark.parametrize(("question", "topic", "status", "has", "lacks"), QUESTIONS, ids=[row[0] for row in QUESTIONS])
def test_a_question_gets_its_answer(person, question, topic, status, has, lacks):
    replies = person.say(question)
    reply_shapes.check(replies)
    answer = replies.custom("answer")
    assert answer["status"] == status
    assert topic is None or answer["topic"] == topic
    assert all(word in replies.text for word in has), replies.text
    assert not any(word in replies[0]["text"] for word in lacks), replies.text


@pytest.mark.parametrize("question", [row[0] for row in QUESTIONS if row[2] in ("decided", "not_stated", "not_in_force")])
def test_an_answer_names_its_document_and_year(person, question):
    replies = person.say(question)
    citations = replies.custom("answer")["citations"]
    assert citations and citations[0]["date"] == "2021-12-10"
    assert "2021年12月通知" in replies.text


@pytest.mark.parametrize("question", [row[0] for row in QUESTIONS])
def test_the_first_bubble_is_short(person, question):
    assert len(person.say(question)[0]["text"]) <= 130


def test_the_age_of_the_document_is_told_in_full_once_and_then_shortly(person):
    first, second = person.say("威海参保，备案管多久").text, person.say("备案从哪天开始算").text
    assert "到现在可能有变" in first and "到现在可能有变" not in second and "2021年" in second


def test_an_unknown_insured_place_is_asked_for_with_quick_replies(person):
    replies = person.say("去外地看病要不要备案")
    reply_shapes.check(replies)
    assert replies.asked == "insured_region" and "威海" in replies.buttons
    assert person.press("威海").custom("answer")["region"] == "371000"


def test_one_fact_after_the_other_leads_to_the_answer(person):
    person.say_all("去外地看病要不要备案", "威海", "济南")
    assert person.last.asked == "situation"
    replies = person.press("自己去、出差旅游")
    assert replies.topic_and_status == ("filing_needed", "decided") and "不用备案" in replies[0]["text"]


def test_what_holds_either_way_is_told_before_the_next_question(person):
    replies = person.say("威海医保去外地看病自己要先付多少")
    assert replies.topic_and_status == ("share_borne", "needs")
    assert "10%" in replies[0]["text"] and replies.asked


def test_a_referral_from_the_filed_place_costs_a_share(person):
    person.say("威海医保，长期备案在青岛，从青岛转诊到北京自己付多少")
    while person.last.asked == "has_valid_filing":
        person.press("办过了")
    assert person.last.topic_and_status in (("share_borne", "decided"), ("referral", "decided"))
    assert "10%" in person.last[0]["text"] and "不用先付" not in person.last[0]["text"]


def test_who_does_not_know_is_not_asked_again(person):
    person.say_all("去外地看病要不要备案", "威海")
    asked = person.last.asked
    assert person.say("不知道").asked != asked


@pytest.mark.parametrize(("follow_up", "has"), [("那省内呢", "不用备案"), ("那去上海呢", "要备案"), ("那去青岛呢", "不用备案")])
def test_a_follow_up_changes_one_condition(person, follow_up, has):
    person.say("我是威海医保，临时去北京看病，要不要备案")
    replies = person.say(follow_up)
    assert replies.topic_and_status == ("filing_needed", "decided") and has in replies[0]["text"]


def test_a_follow_up_on_an_emergency_stays_with_the_case(person):
    person.say("我是威海医保，临时去北京看病，要不要备案")
    replies = person.say("如果是急诊呢")
    assert replies.custom("answer")["region"] == "371000" and "备案" in replies.text


def test_the_same_question_for_another_topic_keeps_the_case(person):
    person.say("我是威海医保，临时去北京看病，要不要备案")
    assert "10%" in person.say("那自己要先付多少").text


def test_why_names_the_clause(person):
    person.say("我是威海医保，临时去北京看病，要不要备案")
    assert "一（二）" in person.say("为什么").text


def test_a_place_name_of_several_places_is_asked_back(person):
    person.say("我是威海医保，临时去鼓楼区看病要备案吗")
    assert len(person.last.buttons) > 1 and all("鼓楼区" in title for title in person.last.buttons)


@pytest.mark.parametrize("words", ["今天天气怎么样", "帮我写首诗", "股票今天涨了吗"])
def test_another_subject_is_declined_with_what_can_be_asked(person, words):
    replies = person.say(words)
    assert not replies.customs("answer") and replies.buttons


def test_what_is_not_understood_is_answered_with_topics(person):
    replies = person.say("那个啥就是那啥")
    assert not replies.customs("answer") and replies.buttons
    assert person.press(next(iter(replies.buttons)))


@pytest.mark.parametrize("words", ["你好", "谢谢", "再见", "你是谁", "转人工", "你能做什么"])
def test_small_talk_is_answered(person, words):
    replies = person.say(words)
    reply_shapes.check(replies)
    assert replies.text and not replies.customs("answer")


def test_an_official_word_is_explained(person):
    assert "先行自付" in person.say("什么叫先行自付").text


def test_starting_over_forgets_the_case(person):
    person.say_all("我是威海医保，临时去北京看病，要不要备案", "重新开始")
    assert person.say("去外地看病要不要备案").asked == "insured_region"


def test_every_next_question_can_be_pressed(person):
    person.say("我是威海医保，临时去北京看病，要不要备案")
    for payload in dict(person.last.buttons).values():
        replies = person.say(payload)
        reply_shapes.check(replies)
        assert replies.customs("answer")


def test_a_hundred_turns_take_no_longer_each_than_the_first(person):
    """Nothing is done anew for the whole conversation: #11717 and the tracker store."""
    def seconds(turns: int) -> float:
        started = time.perf_counter()
        for _ in range(turns):
            person.say("威海参保，备案管多久")
        return time.perf_counter() - started

    early = seconds(10)
    seconds(80)
    assert seconds(10) < 3 * early + 0.5


def test_a_long_talk_keeps_the_case_it_is_about(person):
    """Live trackers keep recent events only; what was told at the beginning must outlast them."""
    person.say("我是威海参保的，临时去北京看病")
    for said in ("要备案吗", "自己先付多少", "怎么办", "要什么材料", "在哪里办", "急诊怎么办", "能直接刷卡吗") * 2:
        replies = person.say(said)
        assert replies.asked != "insured_region", said
    assert "10%" in person.say("自己先付多少").text
