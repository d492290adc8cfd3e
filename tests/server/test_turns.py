"""What a message becomes before the dialogue sees it, at each step of a filing and outside one."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from server.turns import LONGEST_TEXT, SoFar, is_drawing, turn_from_button, turn_from_text, typed_text
from services.china_time import CHINA_TIME
from services.filing_numbers import filing_number
from services.filing_records import FIELDS, Consent, Draft, Plan
from understanding.vocabulary import CLOSED_VALUES

AT = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)
STEPS = (*FIELDS, "review", "commitment", "signature", "paper:residence_proof", "hand_in")
PAPER = "paper:residence_proof"
NUMBER = filing_number("371000", date(2026, 11, 22), "48210937")
DRAWING = "data:image/png;base64,iVBORw0KGgo="


def draft_at(step: str, state: str = "open") -> Draft:
    """A draft whose next step is that one."""
    steps = (*FIELDS, PAPER)
    filled = steps[: steps.index(step)] if step in steps else steps
    has_letter = step != "hand_in"
    reviewed = AT if step in ("commitment", "signature", "hand_in") else None
    consent = Consent("v1", "0" * 64, AT) if step in ("signature", "hand_in") else None
    draft = Draft(
        "d1", "c1", "long_term_residence", "371000", state, {}, frozenset(filled), {}, reviewed, consent, AT, AT,
        skipped=frozenset(), plan=Plan(steps, frozenset(), has_letter),
    )
    assert draft.next_step == step
    return draft


def parsed(intent: str | None, confidence: float = 0.9, *entities: dict, text: str = "") -> dict:
    """What understanding returns, as far as turns look at it."""
    return {
        "text": text, "intent": {"name": intent, "confidence": confidence}, "entities": list(entities),
        "intent_ranking": [{"name": intent, "confidence": confidence}],
    }


def place(code: str, start: int, end: int) -> dict:
    return {"entity": "region", "value": code, "start": start, "end": end, "extractor": CLOSED_VALUES}


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


@pytest.mark.parametrize(("said", "intent"), [
    ("确定", "cancel_task"), ("是的", "cancel_task"), ("确定取消", "cancel_task"), ("删掉吧", "cancel_task"), ("好", "cancel_task"),
    ("不", "resume_filing"), ("不取消", "resume_filing"), ("别删", "resume_filing"), ("不是", "resume_filing"),
    ("先不取消了", "resume_filing"), ("继续填", "resume_filing"), ("王小明", "answer_field"),
])
def test_after_the_question_whether_to_give_up_yes_and_no_answer_that(said, intent):
    so_far = SoFar("cancel_task")
    assert turn_from_text(said, parsed("affirm"), draft_at("name"), so_far).intent == intent


ENDING = {"intent": "end_filing", "filing_no": NUMBER}
WITHDRAWING = {"intent": "withdraw_filing", "filing_no": NUMBER}
ERASING = {"intent": "erase_confirmed"}


@pytest.mark.parametrize(("asked", "before", "said"), [
    (ENDING, "end_filing", "确定"), (ENDING, "end_filing", "是的"), (ENDING, "end_filing", "确定注销"), (ENDING, "end_filing", "注销吧"),
    (WITHDRAWING, "withdraw_filing", "好"), (WITHDRAWING, "withdraw_filing", "撤回"), (WITHDRAWING, "withdraw_filing", "撤了吧"),
    (ERASING, "erase_my_data", "确定删除"), (ERASING, "erase_my_data", "删吧"), (ERASING, "erase_my_data", "对。"),
])
@pytest.mark.parametrize("draft", [None, draft_at("name")], ids=["no draft", "draft"])
def test_a_yes_does_what_was_asked_to_the_filing_that_was_asked_about(asked, before, said, draft):
    turn = turn_from_text(said, parsed("affirm"), draft, SoFar(before, awaits_yes=asked))
    assert turn.intent == asked["intent"]
    told = {e["entity"]: e["value"] for e in turn.entities}
    assert told == ({"filing_no": NUMBER, "confirmed": "true"} if "filing_no" in asked else {})


@pytest.mark.parametrize(("asked", "before", "said"), [
    (ENDING, "end_filing", "不"), (ENDING, "end_filing", "先不注销"), (ENDING, "end_filing", "不要"), (ENDING, "end_filing", "取消"),
    (WITHDRAWING, "withdraw_filing", "别撤回"), (WITHDRAWING, "withdraw_filing", "算了"),
    (ERASING, "erase_my_data", "不删"), (ERASING, "erase_my_data", "先不删了"), (ERASING, "erase_my_data", "不是"),
])
def test_a_no_leaves_everything_as_it_is(asked, before, said):
    assert turn_from_text(said, parsed("deny"), None, SoFar(before, awaits_yes=asked)).intent == "keep_as_is"


@pytest.mark.parametrize("before", ["ask_my_filing", "ask_change", "greet", None])
def test_a_yes_to_something_else_ends_nothing(before):
    """What was asked some messages ago is no longer asked."""
    turn = turn_from_text("确定", parsed("affirm"), None, SoFar(before, awaits_yes=ENDING))
    assert turn.intent == "affirm"


@pytest.mark.parametrize("said", ["删除什么？", "注销了还能再办吗", "我再想想", "那我的钱呢"])
def test_what_is_no_clear_yes_or_no_is_taken_for_what_it_says(said):
    turn = turn_from_text(said, parsed("ask_cancel_filing"), None, SoFar("erase_my_data", awaits_yes=ERASING))
    assert turn.intent == "ask_cancel_filing"


@pytest.mark.parametrize("said", ["撤回了吗", "注销了吗？", "注销了没"])
def test_asking_whether_it_was_done_does_it_not(said):
    assert turn_from_text(said, parsed("ask_change"), None, SoFar("ask_my_filing")).intent == "ask_change"


@pytest.mark.parametrize(("said", "intent"), [
    ("变更", "change_filing"), ("我要变更这份备案", "change_filing"), ("注销", "end_filing"), ("申请注销", "end_filing"),
    ("续办", "renew_filing"), ("撤回吧", "withdraw_filing"), ("能撤回吗", "withdraw_filing"), ("还可以注销吗？", "end_filing"), ("改好重交", "mend_filing"),
])
def test_the_words_of_a_shown_filings_buttons_can_be_typed(said, intent):
    assert turn_from_text(said, parsed("ask_change"), None, SoFar("ask_my_filing")).intent == intent
    assert turn_from_text(said, parsed("ask_change"), None, SoFar("greet")).intent == "ask_change"


LOOK_UPS = [
    f"备案号 {NUMBER} 后四位 1237 电话 13812345678", f"13812345678，1237，{NUMBER}", f"{NUMBER} 123x 0631-5231234",
    f"电话13812345678后四位1237备案号{NUMBER.replace('-', '')}", f"{NUMBER} 371002199001011237 +8613812345678",
    f"{NUMBER.replace('-', ' ')} 尾号1237 138 1234 5678", f"备案号 {NUMBER[:-2]} 后四位 1237 电话 13812345678",
]


@pytest.mark.parametrize("said", LOOK_UPS)
@pytest.mark.parametrize("draft", [None, draft_at("name"), draft_at("phone"), draft_at("review")], ids=["none", "name", "phone", "review"])
def test_a_look_up_is_known_by_its_shape_and_travels_in_private(said, draft):
    turn = turn_from_text(said, parsed("nlu_fallback", 0.3), draft)
    assert turn.intent == "look_up_filing" and turn.private_text and turn.entities == []
    for secret in ("1237", "123X", "12345678", "5231234"):
        assert secret not in turn.shown + json.dumps(turn.parse_data(), ensure_ascii=False)


def test_what_is_kept_of_a_look_up_reads_back_the_same():
    for said in LOOK_UPS:
        kept = turn_from_text(said, parsed("nlu_fallback", 0.3), None).private_text
        assert kept and turn_from_text(kept, parsed("nlu_fallback", 0.3), None).private_text == kept


def test_a_number_alone_asks_for_the_rest():
    turn = turn_from_text(f"{NUMBER}", parsed("nlu_fallback", 0.3), None)
    assert (turn.intent, turn.private_text) == ("look_up_filing", None)
    assert [(e["entity"], e["value"]) for e in turn.entities] == [("filing_no", NUMBER)]


def test_the_rest_goes_with_the_number_said_before():
    turn = turn_from_text("1237 13812345678", parsed("nlu_fallback", 0.3), None, SoFar("look_up_filing", looked_up_no=NUMBER))
    assert turn.private_text and NUMBER in turn.private_text and "1237" in turn.private_text


def test_the_same_digits_mean_nothing_where_no_filing_is_looked_for():
    turn = turn_from_text("1237 13812345678", parsed("nlu_fallback", 0.3), None)
    assert (turn.intent, turn.private_text) == ("nlu_fallback", None)


def test_a_question_that_names_a_filing_stays_a_question():
    turn = turn_from_text(f"{NUMBER}这份还能变更吗？", parsed("ask_change"), None)
    assert turn.intent == "ask_change"


def test_a_paused_filing_takes_no_message_for_an_answer():
    turn = turn_from_text("张三丰", parsed("nlu_fallback", 0.3), draft_at("name", "paused"))
    assert (turn.intent, turn.private_text) == ("nlu_fallback", None)


def test_outside_a_filing_only_closed_entities_go_on():
    free = {"entity": "person", "value": "张三丰", "start": 0, "end": 3, "extractor": "SpacyEntityExtractor"}
    turn = turn_from_text("张三丰去北京", parsed("inform", 0.9, free, place("110000", 4, 6)), None)
    assert [entity["entity"] for entity in turn.entities] == ["region"]


@pytest.mark.parametrize(("said", "places", "intent"), [
    ("济南", [place("370100", 0, 2)], "inform"),
    ("我在威海", [place("371000", 2, 4)], "inform"),
    ("去济南吧。", [place("370100", 1, 3)], "inform"),
    ("济南的天气", [place("370100", 0, 2)], "nlu_fallback"),
    ("阿巴阿巴", [], "nlu_fallback"),
])
def test_a_bare_fact_that_was_not_understood_is_information(said, places, intent):
    assert turn_from_text(said, parsed("nlu_fallback", 0.3, *places, text=said), None).intent == intent


@pytest.mark.parametrize(("intent", "confidence", "becomes"), [
    ("nlu_fallback", 0.3, "out_of_scope"), ("ask_emergency", 0.4, "out_of_scope"), ("ask_emergency", 0.9, "ask_emergency"),
])
def test_what_sounds_like_an_emergency_goes_where_120_is_named(intent, confidence, becomes):
    danger = {"entity": "danger", "value": "danger", "start": 0, "end": 4, "extractor": CLOSED_VALUES}
    assert turn_from_text("喘不上气", parsed(intent, confidence, danger), None).intent == becomes


def test_a_message_without_any_intent_is_a_fallback():
    assert turn_from_text("", parsed(None, 0.0), None).intent == "nlu_fallback"


def test_rasa_gets_a_command_of_our_own_in_place_of_the_text():
    turn = turn_from_text("我叫张三丰，要备案吗", parsed("ask_filing_needed"), None)
    assert turn.parse_data()["text"] == "/ask_filing_needed"


def test_a_buttons_turn_carries_its_values_and_shows_its_title():
    turn = turn_from_button("inform", {"insured_region": "371000"}, "威海")
    assert (turn.intent, turn.shown) == ("inform", "威海")
    assert [(e["entity"], e["value"]) for e in turn.entities] == [("insured_region", "371000")]


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


@pytest.mark.parametrize("message", [
    "/restart", "／restart", "//restart", "/ /restart", " / restart", "/\t／\u3000/restart", "\u200b/restart", "/\ufeff/restart",
])
def test_no_text_begins_with_a_slash(message):
    """Rasa strips blanks before it looks for the slash: "/ /consent" was a command."""
    assert typed_text(message) == "restart"


def test_a_long_text_keeps_its_beginning_and_its_end():
    text = typed_text("头" + "中" * 100_000 + "尾？")
    assert len(text) == LONGEST_TEXT and text.startswith("头") and text.endswith("尾？")


def test_a_long_drawing_is_kept_whole():
    drawing = "data:image/png;base64," + "A" * 100_000
    assert typed_text(drawing) == drawing and is_drawing(drawing)
