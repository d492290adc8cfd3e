"""Names, numbers and whose they are, in what people type in one go. All of them are invented."""

from __future__ import annotations

import pytest

from services.particulars_said import are_enough, are_private, assigned, particulars_said, shown

ID, OTHER_ID = "371082195108091840", "37108219880615164X"


def told(text: str) -> list[tuple[str, str | None, str]]:
    return [(one.what, one.whose, one.text) for one in particulars_said(text)]


@pytest.mark.parametrize(("text", "expected"), [
    (f"我叫孙桂芳，身份证{ID}，手机13963112208", [
        ("name", "speaker", "孙桂芳"), ("id_number", "speaker", ID), ("phone", "speaker", "13963112208"),
    ]),
    (f"我妈叫毕淑珍，身份证{ID}，我是她女儿", [
        ("name", "another", "毕淑珍"), ("id_number", "another", ID), ("relation", "another", "女儿"),
    ]),
    ("她叫丛丽娜，身份证号371083 19880615 1644，我是她对象，我叫刘壮", [
        ("name", "another", "丛丽娜"), ("id_number", "another", "371083 19880615 1644"), ("relation", "another", "对象"),
        ("name", "speaker", "刘壮"),
    ]),
    (f"俞晓峰 身份证号{ID} 13611552704", [("name", None, "俞晓峰"), ("id_number", None, ID), ("phone", None, "13611552704")]),
    (f"老人：隋洪运，{ID}。代办人：我，王晓倩", [("name", "another", "隋洪运"), ("id_number", "another", ID), ("name", "speaker", "王晓倩")]),
    (f"我叫热依汗·买买提，身份证{ID}", [("name", "speaker", "热依汗·买买提"), ("id_number", "speaker", ID)]),
    (f"儿子名字叫张雨泽下雨的雨恩泽的泽身份证{OTHER_ID}", [("name", "another", "张雨泽"), ("id_number", "another", OTHER_ID)]),
    ("名字错了！是徐志衡，平衡的衡", [("name", None, "徐志衡")]),
    ("身份证32108419872143014", [("id_number", None, "32108419872143014")]),
])
def test_what_is_told_and_of_whom(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize("text", [
    "去北京看病要备案吗", "我叫什么你管不着", "王小明", "打12393问过了说不用", "我妈说她不去了", "备案号是多少", "住院花了38000，自费1500", "我是威海的医保",
    "身份证和社保卡都要带吗", "老公医保在杭州",
])
def test_most_messages_tell_nothing_of_the_kind(text):
    assert told(text) == []


@pytest.mark.parametrize(("text", "step", "enough"), [
    (f"我叫孙桂芳，身份证{ID}", "name", True), (ID, "id_number", False), (ID, "name", True), ("13812345678", "phone", False),
    ("13812345678", "review", True), ("青岛市香港中路12号，电话13812345678", "address", False), ("我叫孙桂芳", "reason", True),
    ("我自己", "filed_for", False), (ID, "agent_id_number", False),
])
def test_an_answer_to_what_was_asked_is_left_to_that_field(text, step, enough):
    assert are_enough(particulars_said(text), step) is enough


def test_a_phone_alone_is_no_secret_of_anybodys():
    assert not are_private(particulars_said("我打0631-5231234没人接"))
    assert are_private(particulars_said(f"我的身份证{ID}")) and are_private(particulars_said("我叫孙桂芳，电话13812345678"))


OF_MOTHER = f"我妈叫毕淑珍，身份证{ID}，我是她女儿，我叫李晓红"


@pytest.mark.parametrize(("text", "fields", "step", "filled", "left"), [
    (OF_MOTHER, {"filed_for": "family"}, "name", {
        "name": "毕淑珍", "id_number": ID, "agent_relation": "女儿", "agent_name": "李晓红",
    }, 0),
    (OF_MOTHER, {}, "filed_for", {}, 4),
    (OF_MOTHER, {"filed_for": "self"}, "name", {}, 4),
    (f"我叫李晓红，身份证{ID}", {"filed_for": "self"}, "name", {"name": "李晓红", "id_number": ID}, 0),
    (f"身份证{ID} 13812345678", {}, "filed_for", {"id_number": ID, "phone": "13812345678"}, 0),
    (f"身份证{ID}", {"filed_for": "family"}, "agent_name", {"agent_id_number": ID}, 0),
    ("我的手机13812345678", {"filed_for": "family"}, "name", {"phone": "13812345678"}, 0),
])
def test_each_goes_into_the_field_of_whose_it_is(text, fields, step, filled, left):
    values, open_ones = assigned(particulars_said(text), fields, step)
    assert (dict(values), len(open_ones)) == (filled, left)


def test_the_history_shows_what_was_told_masked_and_no_word_around_it():
    said = particulars_said(f"我妈刘玉兰的妹妹说，我叫孙桂芳，身份证{ID}，手机13963112208")
    assert shown(said) == "孙** 371***********1840 139****2208"


@pytest.mark.parametrize("text", [
    "住院号20241201000123456X", "社保卡号6217002340012345678能用吗", "订单号13812345678901", "爸爸，高血压，电话问过了", "医生叫张建国来看的",
    "威海市立医院，电话0631-5287120", "花了13800000000块",
])
def test_other_numbers_and_words_are_nobodys_particulars(text):
    assert told(text) == []


@pytest.mark.parametrize(("text", "agents"), [
    (f"我妈身份证{ID}，我身份证{OTHER_ID}", OTHER_ID), (f"我是刘玉兰的女儿王芳，身份证{OTHER_ID}", OTHER_ID),
    (f"代办人是女儿王芳，身份证{OTHER_ID}", OTHER_ID), (f"我替她办，本人身份证{OTHER_ID}", OTHER_ID),
])
def test_the_speakers_number_is_the_agents(text, agents):
    values = dict(assigned(particulars_said(text), {"filed_for": "family"}, "name")[0])
    assert values["agent_id_number"] == agents and values.get("id_number") != agents


def test_of_two_numbers_for_one_field_neither_is_taken():
    values, _ = assigned(particulars_said(f"身份证{ID}和身份证{OTHER_ID}"), {"filed_for": "family"}, "name")
    assert values == []


def test_a_long_name_without_dots_is_asked_and_not_cut():
    assert [one.what for one in particulars_said(f"我叫阿不都热合曼，身份证{ID}")] == ["id_number"]
