"""Which filing someone needs, whether they can make it, and what each kind asks: regions, knock-outs, papers, family."""

from __future__ import annotations

import httpx
import pytest
import reply_shapes
from talking import ANSWERS, another_person, confirm, photo, today

from services import bootstrap

pytestmark = pytest.mark.model

KINDS = {
    "威海": ["异地长期居住备案", "跨省临时外出就医备案"], "杭州": ["长住外地备案", "转诊备案", "跨省住院补办备案"],
    "高邮": ["异地居住备案", "转外就医备案"], "乌鲁木齐": ["长期异地备案", "转外就医备案", "异地急诊住院登记"],
}


def upload(person, client: httpx.Client, paper: str) -> httpx.Response:
    """The paper as a REST client sends it."""
    address, headers = "/webhooks/rest/paper", {"content-type": "image/png"}
    return client.post(address, params={"paper": paper, "sender": person.sender}, content=photo(), headers=headers)


@pytest.mark.parametrize("city", KINDS)
def test_each_region_offers_its_own_kinds(person, city):
    person.say("我要办备案")
    replies = person.press(city)
    reply_shapes.check(replies)
    assert replies.asked == "filing_kind" and list(replies.buttons) == KINDS[city]


@pytest.mark.parametrize(("city", "said", "kind"), [
    ("杭州", "我要办转诊备案", "转诊备案"), ("威海", "我要办临时外出的备案", "跨省临时外出就医备案"),
    ("威海", "我要办转诊备案", "跨省临时外出就医备案"), ("高邮", "我要办长期居住的备案", "异地居住备案"),
    ("杭州", "我要补办备案", "跨省住院补办备案"), ("乌鲁木齐", "急诊住院了，给我办登记", "异地急诊住院登记"),
])
def test_the_kind_that_was_told_is_not_asked(person, city, said, kind):
    replies = person.say_all(f"我是{city}医保", said)
    assert replies.asked == "treatment_region" and kind in replies.text


def test_where_none_is_needed_that_is_said_before_the_kind_is_asked(person):
    replies = person.say("我儿子在烟台，我打算去烟台瞧瞧腿，医保是威海的，帮我办个备案")
    assert "不用备案" in replies.text and replies.asked == "filing_kind"
    assert "不用备案" not in person.say("要去北京").text


def test_who_does_not_know_the_kind_is_told_what_each_is_for(person):
    person.say("我要办备案")
    person.press("杭州")
    replies = person.say("不知道")
    assert "转诊单" in replies.text and list(replies.buttons) == KINDS["杭州"]


def test_a_kind_that_another_office_takes_is_told_where(person):
    person.say("我要办备案")
    person.press("乌鲁木齐")
    replies = person.press("转外就医备案")
    reply_shapes.check(replies)
    assert replies.custom("answer")["topic"] == "referral" and "医保办" in replies.text
    assert bootstrap.filings().find_draft(person.conversation) is None


def test_who_needs_no_filing_is_told_so(person):
    person.say("我要办备案")
    person.press("杭州")
    person.press("转诊备案")
    replies = person.say("去宁波")
    assert "不用备案" in replies[0]["text"] and replies.custom("answer")["citations"]
    assert bootstrap.filings().find_draft(person.conversation) is None


def test_who_stays_too_short_can_file_the_other_kind_with_the_same_place(person):
    person.say_all("我是威海医保，我要办长期异地备案", "去北京")
    replies = person.press("没那么久")
    assert "跨省临时外出就医备案" in replies.buttons and "长期异地" not in "".join(replies.buttons)
    replies = person.press("跨省临时外出就医备案")
    assert replies.asked == "filed_for"
    assert bootstrap.filings().find_draft(person.conversation).fields["treatment_region"] == "110000"


@pytest.mark.parametrize(("city", "before", "unknown"), [
    ("威海", ("我要办长期备案", "去北京"), "stays_long_enough"), ("威海", ("我要办长期备案",), "treatment_region"),
    ("杭州", ("我要办长期备案", "去北京"), "person_group"),
])
def test_who_does_not_know_what_decides_is_told_why_and_whom_to_ask(person, city, before, unknown):
    person.say_all(f"我是{city}医保", *before)
    assert person.last.asked == unknown
    replies = person.say("不知道")
    reply_shapes.check(replies)
    assert replies.asked is None and "12393" in replies.text
    [again] = [title for title in replies.buttons if "现在办" in title]
    assert person.press(again).asked == unknown


@pytest.mark.parametrize("aside", ["谁算长期居住？", "要带什么材料？", "去北京看病要先付多少？"])
def test_a_question_before_the_first_field_is_answered_and_the_filing_gone_on_with(person, aside):
    person.say_all("我是威海医保，我要办长期异地备案", "青岛")
    replies = person.say(aside)
    reply_shapes.check(replies)
    assert replies.customs("answer") and replies.asked == "stays_long_enough"
    assert person.press("6个月以上").asked == "filed_for"
    draft = bootstrap.filings().find_draft(person.conversation)
    assert draft.fields["treatment_region"] == "370200", "the place of the question was taken for the filing's"


def test_what_is_not_understood_before_the_first_field_is_asked_again(person):
    person.say_all("我是威海医保，我要办长期异地备案", "青岛")
    assert person.say("那个啥就是那啥").asked == "stays_long_enough"


@pytest.mark.parametrize(("said", "answer"), [("帮我办备案", "苏州"), ("我要办备案", "成都")])
def test_where_nothing_can_be_filed_here_the_channels_are_told(person, said, answer):
    replies = person.say_all(said, answer)
    assert replies.custom("answer")["status"] == "no_pack" and "12393" in replies.text


def test_what_it_costs_is_said_before_the_first_field(person):
    person.say_all("我是乌鲁木齐医保，我要办长期异地备案", "去北京")
    replies = person.press("6个月以上")
    assert replies.asked == "filed_for"
    assert "没有医保待遇" in replies.text and "二（二）1、五" in replies.text


def test_a_paper_is_uploaded_in_the_talk(person, client):
    person.say_all("我是高邮医保，我要办长期异地备案", "去南京", "本人")
    assert "居住证明" in person.history()[-3]["text"] or "居住证明" in str(person.history())
    someone = another_person()
    person.say_all(someone["name"], someone["id_number"], someone["phone"])
    person.press("异地长期居住")
    replies = person.say("今天")
    reply_shapes.check(replies)
    ask = replies.custom("ask")
    assert (ask["slot"], ask["input"], ask["required"], ask["uploaded"]) == ("paper:residence_proof", "paper", True, [])
    assert "居住证" in replies.text and "信三1" in replies.text
    replies = person.say("这个怎么弄")
    assert replies.asked == "paper:residence_proof" and "拍照" in replies.text
    assert "必须交" in person.say("没有").text and person.last.asked == "paper:residence_proof"
    answer = upload(person, client, "residence_proof")
    assert answer.status_code == 200, answer.text
    replies = person.say(answer.json()["button"]["payload"])
    reply_shapes.check(replies)
    assert replies.asked == "review" and "收到居住证明" in replies.text
    replies = person.press("再传一份")
    assert len(replies.custom("ask")["uploaded"]) == 1
    upload(person, client, "residence_proof")
    replies = person.press("传好了，下一步")
    assert "已上传2份" in replies.text and replies.asked == "review"
    assert person.say("提交").asked == "hand_in"
    replies = person.say("确认提交")
    reply_shapes.check(replies)
    assert replies.custom("receipt")["status"] == "submitted"


def test_a_paper_can_be_changed_at_the_review(person):
    person.filed("321084", "long_term_residence", "320100")
    person.say_all("我是高邮医保，我要办转诊备案", "去南京")
    filings, conversation = bootstrap.filings(), person.conversation
    person.fill_in({**ANSWERS, **another_person()})
    person.say("继续办")
    [payload] = [row["edit_payload"] for row in person.last.custom("review")["fields"] if row["slot"].startswith("paper:")]
    assert person.say(payload).asked == "paper:referral_certificate"
    assert filings.find_draft(conversation).papers == ()


@pytest.mark.parametrize("aside", ["要带什么材料？", "转人工", "帮助", "我的备案"])
@pytest.mark.parametrize("step", ["paper:referral_form", "review", "hand_in"])
def test_asides_at_a_paper_and_at_the_last_button_come_back(person, aside, step):
    person.say_all("我是杭州医保，我要办转诊备案", "去上海")
    person.fill_in({**ANSWERS, **another_person()}, step if step.startswith("paper") else "review")
    if step == "hand_in":
        bootstrap.filings().confirm_review(person.conversation)
    assert person.say("继续办").asked == step
    assert person.say(aside).asked == step
    assert person.say_all("稍后继续", "继续办").asked == step


def test_a_late_filing_asks_for_the_stay(person):
    person.say_all("我是杭州医保", "我要补办备案", "去上海")
    assert person.last.asked == "situation"
    assert person.press("自己去、出差旅游").asked == "care_type"
    assert person.press("住院").asked == "filed_for"
    someone = another_person()
    replies = person.say_all("本人", someone["name"], someone["id_number"], someone["phone"])
    assert replies.asked == "hospital" and replies.custom("ask")["sensitive"]
    replies = person.say("上海某某医院")
    assert replies.asked == "care_stage"
    replies = person.press("已经出院，自己垫了钱")
    assert replies.asked == "admitted_on" and replies.custom("ask")["max"] == today().isoformat()
    assert "还没到" in person.say("明天").text
    assert person.say("前天").asked == "discharged_on"
    assert "不能早于入院" in person.say("大前天").text
    replies = person.say("今天")
    reply_shapes.check(replies)
    assert replies.asked == "review" and "上海***" in replies.text and "上海某某医院" not in replies.text
    assert "出院日期" in replies.text
    person.press("要改")
    person.press("出院了没有")
    replies = person.press("还在住院，没结账")
    assert replies.asked == "review" and "出院日期" not in replies.text


def test_who_was_taken_in_as_an_emergency_need_not_file_late(person):
    person.say_all("我是杭州医保", "我要补办备案", "去上海")
    replies = person.press("突发急病")
    assert replies.customs("answer") and "视同" in replies.text and replies.asked is None
    assert bootstrap.filings().find_draft(person.conversation) is None


def test_a_filing_that_nobody_has_to_confirm_is_in_effect_at_once(person):
    person.say_all("我是杭州医保，我要办长期备案", "去北京")
    person.press("都不是")
    someone = another_person()
    person.fill_in({**ANSWERS, **someone, "reason": "外出务工"})
    person.say_all("继续办", "都对", "我同意")
    replies = person.say(someone["name"])
    reply_shapes.check(replies)
    receipt = replies.custom("receipt")
    assert (receipt["status"], receipt["status_text"]) == ("confirmed", "已生效") and "等" not in replies[0]["text"].split("\n")[0]


def test_a_daughter_files_for_her_mother(person):
    replies = person.say_all("给我妈办长期异地备案，她是威海医保", "青岛", "6个月以上")
    assert replies.asked == "name", "for whom it is was told"
    mother = another_person()
    replies = person.say_all(mother["name"], mother["id_number"], mother["phone"])
    assert replies.asked == "agent_name" and "您" in replies.text
    replies = person.say_all("代办甲", "11010519491231002X")
    assert replies.asked == "agent_relation"
    assert "两种关系" in person.say("她儿子的媳妇").text
    person.press("子女")
    person.say_all("投靠亲属", "今天", ANSWERS["address"])
    assert {"agent_name", "agent_relation"} <= {row["slot"] for row in person.last.custom("review")["fields"]}
    replies = person.say_all("都对", "我同意")
    assert replies.asked == "signature" and "代办人（代**）" in replies.text
    assert "一样" in person.say(mother["name"]).text
    assert person.say("代办甲").customs("receipt")


def test_filing_for_oneself_again_drops_the_agent(person):
    person.file_up_to("review", filed_for="家人")
    person.press("要改")
    person.press("给谁办")
    replies = person.press("本人")
    assert replies.asked == "review" and "代办人" not in replies.text


def test_a_filing_for_somebody_else_is_not_held_up_by_ones_own(person):
    person.filed("371000", "long_term_residence", "370200")
    replies = person.say_all("给我妈办长期异地备案，她是威海医保", "青岛", "6个月以上")
    assert replies.asked == "name"


def test_one_thing_at_a_time(person):
    person.file_up_to("phone")
    replies = person.say("我要补办备案")
    assert replies.asked in ("phone", None)
    draft = bootstrap.filings().find_draft(person.conversation)
    assert draft.kind == "long_term_residence" and "phone" not in draft.filled


def test_a_confirmed_filing_is_told_when_the_same_is_wanted_again(person):
    number = person.filed("371000", "long_term_residence", "370200")
    confirm(number)
    replies = person.say("我是威海医保，我要办长期异地备案")
    assert number in replies.text and "已确认" in replies.text and "注销" in replies.buttons


def test_a_filing_left_before_its_region_is_known_is_taken_up_there(person):
    assert person.say("办备案").asked == "insured_region"
    assert "继续办" in person.say("等会儿再办").buttons
    assert person.say("继续办").asked == "insured_region"
    assert person.say("威海").asked is not None


def test_a_filing_left_before_its_first_field_is_taken_up_with_what_was_told(person):
    assert person.say("威海医保，去青岛，给我自己办长期备案").asked == "stays_long_enough"
    person.say("先停一停")
    assert person.say("接着办").asked == "stays_long_enough"
    assert person.say("6个月以上").asked == "name"
