"""What a message says of the filing that is to be made: for whom, made up late, going on from an earlier one."""

import pytest

from understanding.filing_said import filing_in
from understanding.normaliser import normalised


def said(text: str) -> set[tuple[str, str]]:
    return {(label, value) for label, value, _ in filing_in(normalised(text))}


@pytest.mark.parametrize("text", [
    "给我妈办个异地备案", "帮俺爹登记", "替她备个临时的", "我来给他办转诊", "给家里老人弄一个", "帮我屋头老汉儿备个案嘛",
    "给俺爹俺娘办备案", "我爸急诊住进去了，赶紧给登记一下", "不是我，是给我老公办", "我妈的转诊备案，现在办", "我爸要备案",
    "带孩子上北京儿童医院复查，来备个案", "員工急診住院，人事代其登記", "备案，给老人", "公司员工转诊到北京，我来提交",
])
def test_filing_for_somebody_else_is_the_familys(text):
    assert said(text) == {("filed_for", "family")}


@pytest.mark.parametrize("text", [
    "给我自己办备案", "是我本人要备案", "本人办理异地就医备案", "这回是我自己的，给我登记", "不是给我妈办，是给我自己办",
])
def test_filing_for_oneself_counts_only_where_it_is_said(text):
    assert said(text) == {("filed_for", "self")}


@pytest.mark.parametrize("text", [
    "给我办个备案",  # by whom it is done, not for whom
    "我搬到苏州跟儿子住了，给我备案", "去上海给女儿带孩子，要备案", "闺女让我来备案", "去儿子家看病，备个案", "陪孩子读书，帮我备案",
    "老婆在苏州上班，我跟着过去，来备案", "这材料交给我妈，我要备案",
    "先给我办，回头再给他俩办", "给我自己办，也给我妈办",
])
def test_filing_of_nobody_in_particular_is_left_to_be_asked(text):
    assert said(text) == set()


def test_denied_person_is_not_whom_it_is_for():
    assert said("不是给我妈办") == set()


@pytest.mark.parametrize(("text", "renews"), [
    ("续一下转诊备案", True), ("帮我把备案续了", True), ("申请续期", True), ("还得化疗，给我接着备", True),
    ("继续办", False), ("啥手续都没办", False), ("后续怎么办", False), ("不用续办", False),
])
def test_renewal_is_told_from_words_that_end_alike(text, renews):
    assert (("purpose", "renew") in said(text)) == renews


def test_it_is_told_where_it_stands():
    assert list(filing_in("麻烦给我妈办一下")) == [("filed_for", "family", 2)]


KINDS = [
    ("我要补办备案", {("filing_kind", "late_filing")}),
    ("备案忘了办，现在给我补", {("filing_kind", "late_filing")}),
    ("人在病房里，帮我补上备案", {("filing_kind", "late_filing"), ("care_stage", "in_hospital")}),
    ("我爸上周出的院，替他补办", {("filing_kind", "late_filing"), ("care_stage", "discharged")}),
    ("明天出院，给我补个备案", {("filing_kind", "late_filing"), ("care_stage", "in_hospital")}),
    ("转诊单开好了，来备案", {("situation", "referral"), ("document", "referral_form")}),
    ("医院让转北京，给我备上", {("situation", "referral")}),
    ("急诊住院登记一下", {("situation", "emergency_treatment")}),
    ("去看个专家，备个临时的", {("situation", "temporary_care")}),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_kind_of_filing_is_read_from_its_words(read, text, expected):
    told = {"filing_kind", "situation", "care_stage", "document"}
    assert {(e["entity"], e["value"]) for e in read(text) if e["entity"] in told} == expected


@pytest.mark.parametrize("text", ["不是补办，是新办", "给我办个长期备案"])
def test_filing_that_is_not_late_is_not_read_as_one(read, text):
    assert not [e for e in read(text) if e["entity"] == "filing_kind"]


@pytest.mark.parametrize(("text", "has_filed"), [
    ("儿子给我补办了", True), ("出院前补上了", True), ("补备了", True), ("先给我把备案办了", False), ("帮我把备案办了", False),
])
def test_a_request_to_file_is_no_filing_that_is_there(read, text, has_filed):
    assert any((e["entity"], e["value"]) == ("has_valid_filing", "true") for e in read(text)) == has_filed
