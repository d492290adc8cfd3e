"""What a message becomes at each step of a filing: an answer, a command, a question or a choice; and how it is shown."""

from __future__ import annotations

import json

import pytest
from turn_samples import DRAWING, PAPER, STEPS, draft_at, parsed, place

from server.turns import turn_from_text
from services.filing_records import FIELDS
from understanding.vocabulary import CLOSED_VALUES

ANSWERS = [
    ("name", "欧阳测试"), ("name", "阿依古丽·买买提"), ("name", "张 三"), ("name", "John Smith"),
    ("id_number", "371002199001011237"), ("id_number", "371002 19900101 1237"), ("id_number", "三七一"),
    ("phone", "13812345678"), ("phone", "0631-5231234"), ("phone", "123"),
    ("treatment_region", "青岛"), ("treatment_region", "吉林"), ("treatment_region", "不知名的地方"),
    ("reason", "投靠亲属"), ("reason", "去儿子家带孙子"), ("reason", "公司派我去的"),
    ("starts_on", "今天"), ("starts_on", "明天"), ("starts_on", "后天吧"), ("starts_on", "12月1日"), ("starts_on", "昨天"),
    ("address", "山东省青岛市市南区香港中路999号"), ("address", "短"),
    ("signature", "欧阳测试"), ("signature", DRAWING),
    ("filed_for", "本人"), ("filed_for", "给我妈办"), ("agent_name", "代办甲"), ("agent_id_number", "11010519491231002X"),
    ("agent_relation", "我是她女儿"), ("hospital", "北京某某医院"), ("admitted_on", "昨天"), ("admitted_on", "11月20日"),
    ("care_stage", "还没出院"), ("care_stage", "出院了"), ("discharged_on", "今天"),
]


@pytest.mark.parametrize(("step", "said"), ANSWERS)
@pytest.mark.parametrize("misread", ["inform", "ask_filing_needed", "affirm", "nlu_fallback", "greet"])
def test_an_answer_is_taken_for_the_field_whatever_it_was_misread_as(step, said, misread):
    turn = turn_from_text(said, parsed(misread), draft_at(step))
    assert (turn.intent, turn.private_text) == ("answer_field", said)


@pytest.mark.parametrize(("step", "said"), ANSWERS)
def test_an_answer_reaches_the_dialogue_without_its_words(step, said):
    """The text travels only as private_text, which the assistant exchanges for a token."""
    turn = turn_from_text(said, parsed("inform", 0.9, place("370200", 0, 2)), draft_at(step))
    assert said not in json.dumps(turn.parse_data(), ensure_ascii=False)
    assert turn.entities == []


COMMANDS = [
    ("取消", "cancel_task"), ("我要取消备案", "cancel_task"), ("算了", "cancel_task"), ("不办了。", "cancel_task"),
    ("不填了吧", "cancel_task"), ("退 出", "cancel_task"),
    ("稍后继续", "pause_filing"), ("稍后再填吧", "pause_filing"), ("等会儿再弄", "pause_filing"), ("明天再说", "pause_filing"),
    ("明天继续填吧", "pause_filing"), ("先放着", "pause_filing"),
    ("继续办", "resume_filing"), ("接着填", "resume_filing"),
    ("我的备案", "ask_my_filing"), ("查一下我的备案", "ask_my_filing"), ("帮助", "ask_help"), ("怎么填", "ask_help"),
    ("删除我的信息", "erase_my_data"), ("把我的数据全部删掉", "erase_my_data"), ("清除我的聊天记录", "erase_my_data"),
    ("用备案号查询", "look_up_filing"), ("凭备案号查", "look_up_filing"),
]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("said", "intent"), COMMANDS)
def test_a_command_is_one_at_every_step(step, said, intent):
    turn = turn_from_text(said, parsed("nlu_fallback", 0.3), draft_at(step))
    assert (turn.intent, turn.private_text) == (intent, None)


QUESTIONS = [
    ("要带什么材料", "ask_materials"), ("备案管多久？", "ask_validity"), ("谁算长期居住", "ask_long_term_definition"),
    ("能不能直接结算", "ask_direct_settlement"), ("去北京要备案吗", "ask_filing_needed"), ("起付线是多少", "ask_deductible"),
    ("为什么要身份证", "ask_why"), ("那省内呢", "follow_up"), ("好不好办", "ask_filing_steps"), ("如何变更", "ask_change"),
]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("said", "intent"), QUESTIONS)
def test_a_question_in_the_middle_stays_a_question(step, said, intent):
    if step == PAPER and said == "要带什么材料":
        intent = "answer_field"  # the step's own question names the paper again
    turn = turn_from_text(said, parsed(intent), draft_at(step))
    assert (turn.intent, turn.private_text) == (intent, None)


@pytest.mark.parametrize(("step", "said", "misread"), [
    ("treatment_region", "哪里都行，比如青岛", "inform"),  # looks like a question, means none
    ("reason", "儿子在那边，不去不行么", "nlu_fallback"),
    ("name", "么小么", "nlu_fallback"),
    ("name", "哪英", "out_of_scope"),
    ("address", "山东省青岛市市南区什么路9号3栋", "ask_contact"),
    ("id_number", "371002199001011237对吗", "ask_materials"),
    ("phone", "13812345678行吗", "ask_contact"),
    ("starts_on", "12月1日行不行", "affirm"),
    ("signature", DRAWING, "ask_commitment"),
    ("starts_on", "2026-12-01", "look_up_filing"), ("admitted_on", "2026-11-20", "look_up_filing"),
    ("discharged_on", "2026年11月20日", "look_up_filing"),
    ("agent_id_number", "11010519491231002X对吗", "ask_materials"),
])
def test_an_answer_that_looks_like_a_question_is_taken_for_the_field(step, said, misread):
    assert turn_from_text(said, parsed(misread), draft_at(step)).intent == "answer_field"


@pytest.mark.parametrize("step", FIELDS)
def test_a_question_that_was_hardly_understood_is_taken_for_the_field(step):
    assert turn_from_text("这样什么", parsed("ask_materials", 0.4), draft_at(step)).intent == "answer_field"


@pytest.mark.parametrize("step", FIELDS)
def test_a_wish_to_correct_needs_no_question_mark(step):
    fields = {"entity": "filing_field", "value": "phone", "start": 0, "end": 2, "extractor": CLOSED_VALUES}
    turn = turn_from_text("电话写错了", parsed("correct_field", 0.9, fields), draft_at(step))
    assert (turn.intent, turn.entities) == ("correct_field", [fields])


AT_CHOICES = [
    ("review", "都对", "confirm_review"), ("review", "没问题", "confirm_review"), ("review", "是的", "confirm_review"),
    ("review", "确定", "confirm_review"), ("review", "不对", "edit_field"), ("review", "有错", "edit_field"),
    ("commitment", "我同意", "consent"), ("commitment", "我已读完并同意", "consent"), ("commitment", "可以", "consent"),
    ("commitment", "不同意", "refuse_consent"), ("commitment", "我不签", "refuse_consent"),
    ("review", "提交", "confirm_review"), ("review", "都对，提交吧", "confirm_review"),
    ("hand_in", "提交", "hand_in"), ("hand_in", "确认提交", "hand_in"), ("hand_in", "可以", "hand_in"),
    ("hand_in", "现在就提交吧", "hand_in"), ("hand_in", "不对", "edit_field"),
    (PAPER, "没有", "skip_paper"), (PAPER, "跳过吧", "skip_paper"), (PAPER, "没有这个材料", "skip_paper"),
    (PAPER, "传好了", "paper_added"), (PAPER, "已经传上去了", "paper_added"), (PAPER, "下一步", "paper_added"),
    (PAPER, "在哪传啊这个", "answer_field"), (PAPER, "居住证号码A123", "answer_field"),
]


@pytest.mark.parametrize(("step", "said", "intent"), AT_CHOICES)
def test_yes_and_no_mean_what_the_step_asks(step, said, intent):
    assert turn_from_text(said, parsed("nlu_fallback", 0.3), draft_at(step)).intent == intent


@pytest.mark.parametrize("step", ["review", "commitment", "hand_in"])
def test_naming_a_field_at_a_choice_corrects_it(step):
    phone = {"entity": "filing_field", "value": "phone", "start": 1, "end": 3, "extractor": CLOSED_VALUES}
    turn = turn_from_text("改电话", parsed("inform", 0.4, phone), draft_at(step))
    assert (turn.intent, turn.entities) == ("edit_field", [phone])


@pytest.mark.parametrize("step", ["review", "commitment", "hand_in", PAPER])
def test_nothing_typed_at_a_choice_is_kept(step):
    assert turn_from_text("371002199001011237", parsed("nlu_fallback", 0.3), draft_at(step)).private_text is None


def test_a_paused_filing_takes_no_message_for_an_answer():
    turn = turn_from_text("张三丰", parsed("nlu_fallback", 0.3), draft_at("name", "paused"))
    assert (turn.intent, turn.private_text) == ("nlu_fallback", None)


@pytest.mark.parametrize(("step", "said", "shown"), [
    ("name", "欧阳测试", "欧***"), ("id_number", "371002199001011237", "371***********1237"),
    ("phone", "13812345678", "138****5678"), ("treatment_region", "青岛", "青岛"), ("reason", "投靠亲属", "投靠亲属"),
    ("address", "山东省青岛市市南区香港中路999号", "山东省青岛市***"), ("signature", "欧阳测试", "（已签名）"),
    ("signature", DRAWING, "（已签名）"), ("agent_name", "代办甲", "代**"), ("hospital", "北京某某医院", "北京***"),
    ("agent_id_number", "11010519491231002X", "110***********002X"), ("filed_for", "给我妈办", "给我妈办"),
])
def test_the_history_shows_an_answer_masked(step, said, shown):
    assert turn_from_text(said, parsed("inform"), draft_at(step)).shown == shown


@pytest.mark.parametrize("step", [None, "review", "commitment"])
def test_a_drawing_in_the_wrong_place_is_not_kept_in_the_history(step):
    draft = draft_at(step) if step else None
    assert turn_from_text(DRAWING, parsed(None, 0.0), draft).shown == "（图片）"
