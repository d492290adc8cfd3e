"""What is said of an estimate: text alone is enough, the sums agree, and every second-hand figure is named as one."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

import pytest
from written_cost_cases import ALL_CASES, ESTIMATES, WORDS, Case

from rules_engine.facts import facts_from
from rules_engine.money import in_words
from services import bootstrap
from services.cost_estimates import CostEstimate, CostQuestion
from services.cost_replies import CostReplies, CostReply

REPLIES = CostReplies(WORDS, bootstrap.frame())
COMPUTED = [case for case in ALL_CASES if case.estimate.lines]
HANGZHOU = {
    "insured_region": "330100", "treatment_region": "310000", "situation": "self_arranged", "has_valid_filing": False,
    "scheme": "employee", "employment": "working", "hospital_level": "tertiary", "stay_in_year": 1,
}
URUMQI = {"insured_region": "650100", "treatment_region": "310000", "scheme": "resident", "hospital_level": "tertiary"}
GAOYOU = {
    "insured_region": "321084", "treatment_region": "310000", "scheme": "employee", "employment": "retired",
    "hospital_level": "tertiary", "situation": "referral", "has_valid_filing": True,
}
WHOLE = {"total_amount": "25000", "non_covered_amount": "0", "class_b_upfront_amount": "0"}


def in_each_computed_case(check: Callable[[Case], None]) -> Callable[[str], None]:
    """The check as a test of one city's cases; a case that fails is named."""

    @pytest.mark.parametrize("city", sorted({case.city for case in COMPUTED}))
    def test(city: str) -> None:
        for case in COMPUTED:
            if case.city == city:
                try:
                    check(case)
                except AssertionError as fault:
                    fault.add_note(case.name)
                    raise

    return test


def estimated(facts, sums=None, *, skipped=(), asks=True, **changes) -> CostEstimate:
    told = {name: value for name, value in {**facts, **changes}.items() if value is not None}
    question = CostQuestion(facts_from(told), WHOLE if sums is None else sums, skipped=frozenset(skipped))
    return ESTIMATES.estimate(question, asks=asks)


def reply(facts, sums=None, **changes) -> CostReply:
    return REPLIES.reply(estimated(facts, sums, **changes))


@cache
def reply_to(name: str) -> CostReply:
    """What is said of the written case of that name."""
    return REPLIES.reply(next(case for case in COMPUTED if case.name == name).estimate)


def text(said: CostReply) -> str:
    return "\n".join((said.conclusion, *said.basis))


def steps(said: CostReply) -> dict[str, str]:
    """The numbered lines by their titles."""
    found = (re.fullmatch(r"\d+\. (.+?)：(.*)", line) for line in said.basis)
    return {match[1]: match[2] for match in found if match}


@in_each_computed_case
def test_text_alone_says_every_component_with_its_sum(case: Case) -> None:
    (line,) = case.estimate.lines
    said = reply_to(case.name)
    told = steps(said)
    for part in line.settlement.parts:
        title = WORDS["components"][part.name]["title"]
        if part.amount:
            ranged = line.high is not None and part.name == "deductible"
            assert ranged or in_words(part.amount + part.taken_over) in told[title], title
    for amount in (line.settlement.total_amount, line.settlement.patient_amount, line.settlement.fund_amount):
        assert in_words(amount) in said.conclusion


@in_each_computed_case
def test_the_parts_for_a_page_add_up_to_what_it_says_of_patient_and_fund(case: Case) -> None:
    custom = reply_to(case.name).custom
    for payer in ("patient", "fund"):
        assert sum(Decimal(row["amount"]) for row in custom["components"] if row["payer"] == payer) == Decimal(custom[payer])
    assert Decimal(custom["patient"]) + Decimal(custom["fund"]) == Decimal(custom["total"])
    assert Decimal(custom["components"][-1]["remaining"]) == 0


@in_each_computed_case
def test_nothing_that_a_program_would_say_is_ever_said(case: Case) -> None:
    said = reply_to(case.name)
    for words in (text(said), json.dumps(said.custom, ensure_ascii=False)):
        assert not re.search(r"None|null|nan|Decimal|UNKNOWN|Unknown\.|[{}]\w*[{}]|\d\.\d{3,}元|E\+", words.replace('{}', ''))
    assert not re.search(r"[a-z]_[a-z]|True|False|-\d", text(said))


@in_each_computed_case
def test_second_hand_figures_are_named_with_their_year_and_as_no_documents_words(case: Case) -> None:
    said = reply_to(case.name)
    second_hand = {c.short_name for c in case.estimate.citations if c.source_kind == "secondary"}
    assert second_hand, "every schedule there is so far is second-hand"
    (note,) = [line for line in said.basis if "转载" in line and "不是文件原文" in line]
    assert said.custom["note"] == note
    for name in second_hand:
        assert name in note and re.search(r"20\d\d年", name)
    for row in said.custom["components"]:
        if row["source_kind"] == "secondary":
            assert all(re.search(r"20\d\d年", cited["issued"]) for cited in row["citations"])


@in_each_computed_case
def test_parts_of_nothing_are_left_out_but_the_share_the_deductible_and_what_the_fund_pays(case: Case) -> None:
    rows = {row["name"]: row["amount"] for row in reply_to(case.name).custom["components"]}
    assert {"out_of_area_upfront_amount", "deductible", "pooled_fund_amount"} <= rows.keys()
    assert {name for name, amount in rows.items() if amount == "0.00"} <= {"out_of_area_upfront_amount", "deductible", "pooled_fund_amount"}


@in_each_computed_case
def test_every_part_has_its_term_in_plain_words_and_where_it_comes_from(case: Case) -> None:
    for row in reply_to(case.name).custom["components"]:
        assert row["title"] and row["says"] and row["formula"]
        assert row["source_kind"] in ("bill", "user") or row["citations"], row["name"]


@in_each_computed_case
def test_at_least_and_at_most_are_said_exactly_where_a_figure_is_missing(case: Case) -> None:
    (line,) = case.estimate.lines
    said = reply_to(case.name)
    assert ("自己付至少" in said.conclusion) == line.at_least, said.conclusion
    assert ("医保付最多" in said.conclusion) == line.at_least, said.conclusion
    assert said.custom["at_least"] == line.at_least


def test_the_conclusion_says_whose_case_it_is_and_who_pays_what_without_reserve():
    said = reply(HANGZHOU).conclusion
    for words in ("三级医院、职工医保、在职", "总费用25,000元", "自己付9,256元", "医保付15,744元"):
        assert words in said
    assert "至少" not in said and "全在医保范围内" not in said


def test_sums_nobody_told_are_said_to_be_taken_as_covered():
    said = reply(HANGZHOU, {"total_amount": "25000"})
    assert "全在医保范围内的话" in said.conclusion and any("没有说自费" in line for line in said.basis)


def test_a_figure_of_a_document_itself_is_cited_where_it_stands_and_a_second_hand_one_below():
    told = steps(reply(HANGZHOU))
    assert "杭州2023年6月分册" in told["异地先行自付"] and "杭州" not in told["起付线"]


def test_a_second_stay_is_a_range_from_the_lower_to_the_higher_on_both_sides():
    said = reply(HANGZHOU, stay_in_year=2, has_valid_filing=True, situation="referral")
    assert "自己付4,500元到5,156元，医保付19,844元到20,500元" in said.conclusion
    assert (said.custom["patient"], said.custom["patient_high"]) == ("4500.00", "5156.00")
    assert any("给两个数" in line for line in said.basis) and "0元到800元" in steps(said)["起付线"]


def test_a_range_whose_share_is_unknown_too_does_not_say_that_it_ends_there():
    said = reply(GAOYOU, stay_in_year=2)
    assert "至少" in said.conclusion


def test_what_is_missing_is_named_and_what_it_would_change():
    said = reply(URUMQI, situation="referral", has_valid_filing=True)
    assert "自己付至少8,750元，医保付最多16,250元" in said.conclusion
    assert any("起付线每100元，自己大约多付65元" in line for line in said.basis)
    assert "没有可靠的公开数字" in steps(said)["起付线"] and "没有写" in steps(said)["异地先行自付"]


def test_several_lines_are_told_apart_by_what_nobody_told():
    said = reply(HANGZHOU, hospital_level=None)
    head, *lines = said.conclusion.splitlines()
    assert head.endswith("要看医院等级：") and [line.split("：")[0] for line in lines] == ["三级医院", "二级医院", "一级医院", "社区等基层机构"]
    assert len(said.custom["settlements"]) == len(lines) == 4
    assert len({row["label"] for row in said.custom["settlements"]}) == 4


def test_what_is_missing_from_any_of_several_lines_is_named():
    said = reply(GAOYOU, situation=None, has_valid_filing=None, skipped=["situation", "has_valid_filing"], asks=False)
    estimate = estimated(GAOYOU, situation=None, has_valid_filing=None, asks=False)
    for key in {key for line in estimate.lines for key in line.missing}:
        told = {"share": "要不要先付一份", "reduced": "降点少报", "deductible": "起付线没有可靠的公开数字"}[key]
        assert told in text(said)


def test_what_ifs_say_the_sum_and_the_difference_and_a_page_gets_the_same():
    said = reply(HANGZHOU)
    assert "如果办了备案：自己付5,156元，少付4,100元。" in said.basis
    filed = next(row for row in said.custom["what_if"] if row["label"] == "如果办了备案")
    assert (filed["patient"], filed["fund"], filed["difference"]) == ("5156.00", "19844.00", "-4100.00") and filed["reason"]


@pytest.mark.parametrize(("amount", "words"), [("600", "多付600元"), ("-4100", "少付4,100元"), ("0", "一样")])
def test_a_difference_is_said_as_more_less_or_the_same(amount, words):
    assert REPLIES.difference(Decimal(amount)) == words
