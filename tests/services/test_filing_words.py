"""How a filing stands, in words: states, validity, from when it may be changed, what is to be mended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from filing_office import GAOYOU, HANGZHOU, URUMQI, WEIHAI, policy

from rules_engine.decision import Citation
from services.filing_prospects import FilingProspects
from services.filing_records import FilingProblem
from services.filing_words import event_in_words, insured_person, is_for_family, sources, time_in_words, words_of


@pytest.fixture
def prospects(office) -> FilingProspects:
    return FilingProspects(office.course, policy())


def of(office, prospects, number: str):
    return prospects.of("c1", office.course.view("c1", number))


def handed_in(office, region: str = WEIHAI, kind: str = "long_term_residence") -> str:
    return office.file(kind, region)


def test_before_the_confirmation_nothing_is_promised(office, prospects):
    prospect = of(office, prospects, handed_in(office))
    assert prospect.actions == ("withdraw",) and prospect.may_change_from is None
    assert "确认以后" in prospect.valid_to_text and "确认那天" in prospect.may_change_text


def test_a_confirmed_filing_names_the_first_day_of_change(office, prospects):
    number = handed_in(office)
    office.confirm(number)
    prospect = of(office, prospects, number)
    assert prospect.status_text.startswith("已确认") and prospect.valid_to_text == "长期有效"
    assert prospect.may_change_from == date(2027, 5, 23) and "2027年5月23日起" in prospect.may_change_text
    assert prospect.actions == ("end",), "with papers it may be ended early, changed it may not"
    office.clock.set_day(date(2027, 5, 23))
    later = of(office, prospects, number)
    assert later.actions == ("change", "end") and later.may_change_from is None and "现在就可以" in later.may_change_text


def test_what_needs_no_confirmation_is_in_effect(office, prospects):
    prospect = of(office, prospects, handed_in(office, HANGZHOU))
    assert prospect.status_text == "已生效" and "凭材料" in prospect.may_change_text and "change" in prospect.actions


@pytest.mark.parametrize(("region", "happened"), [(HANGZHOU, "已生效"), (WEIHAI, "已确认")])
def test_what_nobody_confirmed_is_not_told_as_confirmed(office, region, happened):
    number = handed_in(office, region)
    if region == WEIHAI:
        office.confirm(number)
    filing = office.course.view("c1", number)
    assert event_in_words(filing.timeline[-1], policy().kind_of(filing)) == happened


def test_whose_filing_it_is_is_told_masked(office):
    shown = insured_person(office.course.view("c1", handed_in(office)))
    assert shown and shown.endswith("*")


def test_a_document_is_named_once_with_each_clause_once():
    one, both = (Citation("", article, date(2021, 12, 1), "威海通知") for article in ("二（四）", "二（三）、二（四）"))
    assert sources([one, both, Citation("", "问答6", date(2019, 8, 1), "高邮公开信")]) == "威海通知，二（四）、二（三）；高邮公开信，问答6"


def test_a_filing_of_months_names_its_last_day_and_can_be_renewed_after_it(office, prospects):
    number = handed_in(office, HANGZHOU, "referral")
    office.confirm(number)
    prospect = of(office, prospects, number)
    assert "2027年" in prospect.valid_to_text and "renew" not in prospect.actions
    last = office.course.view("c1", number).valid_to
    office.clock.set_day(last + timedelta(days=1))
    over = of(office, prospects, number)
    assert "到期" in over.valid_to_text and over.actions == ("renew",)


@pytest.mark.parametrize("region", [GAOYOU, URUMQI])
def test_what_no_document_says_is_said_to_be_unsaid(office, prospects, region):
    number = handed_in(office, region)
    office.confirm(number)
    assert of(office, prospects, number).valid_to_text == "文件没有写管多久"


def test_a_returned_filing_says_why_and_what_to_mend(office, prospects):
    number = handed_in(office, GAOYOU)
    office.return_(number, "看不清", ("paper:residence_proof", "phone"))
    prospect = of(office, prospects, number)
    assert prospect.actions == ("mend", "withdraw")
    assert prospect.return_reason.splitlines() == ["看不清", "要改的：居住证明、联系电话"]


def test_it_is_known_whether_somebody_filed_for_the_family(office):
    own = handed_in(office)
    assert not is_for_family(office.course.view("c1", own))


def test_the_details_of_a_problem_become_words():
    problem = FilingProblem("x", status="ending", until="2026-11-22T15:04:00+08:00", given="2026-12-01", left=3)
    assert words_of(problem) == {
        "status": "已申请注销，等待经办机构确认", "until": "11月22日15:04", "given": "2026年12月1日", "left": "3",
    }


@pytest.mark.parametrize(("days", "words"), [(3650, "10年"), (365, "1年"), (180, "180天")])
def test_years_are_told_as_years(days, words):
    assert time_in_words(days) == words
