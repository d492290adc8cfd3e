"""The further life of a filing, by each region's rules, as its owner and the agency drive it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from filing_office import BEIJING, GAOYOU, HANGZHOU, OFFICER, PERSON, QINGDAO, URUMQI, WEIHAI, another_person

from services.filing_records import FilingProblem


def problem_of(call, *arguments) -> FilingProblem:
    with pytest.raises(FilingProblem) as raised:
        call(*arguments)
    return raised.value


def status(office, number):
    return office.desk.find(OFFICER, number).filing.status


def confirmed(office, kind="long_term_residence", region=WEIHAI, conversation="c1"):
    number = office.file(kind, region, conversation)
    if status(office, number) == "submitted":
        office.confirm(number)
    return number


# 威海: 6 months from the confirmation, whatever the start


def test_weihai_holds_a_filing_for_six_months_from_its_confirmation(office):
    number = office.submitted()
    office.clock.set_day(date(2026, 11, 30))
    office.confirm(number)
    for day, code in ((date(2027, 5, 30), "action_refused"), (date(2027, 5, 31), None)):
        office.clock.set_day(day)
        if code:
            found = problem_of(office.course.open_change, "c1", number)
            assert found.code == code
            assert found.details["decision"].possible_from == date(2027, 5, 31)
            assert "二（三）" in found.details["decision"].steps[0].citation.article
        else:
            assert office.course.open_change("c1", number).predecessor == number
    assert office.course.may_change_from("c1", number) in (None, date(2027, 5, 31))


def test_a_change_takes_the_place_of_the_old_filing_once_it_is_confirmed(office):
    old = confirmed(office)
    office.clock.at += timedelta(days=200)
    draft = office.course.open_change("c1", old)
    assert {"name", "id_number", "phone"} <= draft.filled
    new = office.finish("c1", treatment_region=BEIJING, starts_on="今天", filed_for="self")
    assert (status(office, old), status(office, new)) == ("confirmed", "submitted")
    view = office.course.view("c1", new)
    assert (view.predecessor, view.purpose, view.treatment_region) == (old, "change", BEIJING)
    office.confirm(new)
    assert (status(office, old), status(office, new)) == ("changed", "confirmed")
    assert office.course.view("c1", old).successor == new
    assert list(office.store.faults()) == []


def test_a_change_that_is_returned_leaves_the_old_filing_in_force(office):
    old = confirmed(office)
    office.clock.at += timedelta(days=200)
    office.course.open_change("c1", old)
    new = office.finish("c1", treatment_region=BEIJING, starts_on="今天")
    office.return_(new)
    assert (status(office, old), status(office, new)) == ("confirmed", "returned")
    assert problem_of(office.course.open_change, "c1", old).code == "filing_exists"
    office.course.withdraw("c1", new)
    assert office.course.open_change("c1", old).purpose == "change"


def test_weihai_lets_people_home_early_with_papers(office):
    number = confirmed(office)
    found = problem_of(office.course.request_end, "c1", number)
    assert found.code == "papers_needed"
    assert [paper.id for paper in found.details["decision"].papers] == ["residence_proof"]
    draft = office.course.open_end("c1", number)
    assert draft.next_step == "paper:residence_proof"
    office.fill_in("c1")
    office.filings.confirm_review("c1")
    receipt = office.filings.submit("c1")
    assert (receipt.filing_no, receipt.status) == (number, "ending")
    assert office.filings.submit("c1") == receipt, "the same again"
    assert [paper.paper for paper in office.course.view("c1", number).papers] == ["residence_proof"]
    version = office.desk.find(OFFICER, number).filing.version
    office.desk.decide_end(OFFICER, number, True, "已核对居住证", version, "key-end-0001")
    assert status(office, number) == "ended"


def test_an_end_that_the_agency_refuses_leaves_the_filing_in_force_and_says_why(office):
    number = confirmed(office)
    office.clock.at += timedelta(days=200)
    assert office.course.request_end("c1", number).status == "ending"
    assert problem_of(office.course.request_end, "c1", number).code == "not_in_force"
    version = office.desk.find(OFFICER, number).filing.version
    office.desk.decide_end(OFFICER, number, False, "请先结清在外地的住院", version, "key-end-0001")
    view = office.course.view("c1", number)
    assert (view.status, view.timeline[-1].detail["reason"]) == ("confirmed", "请先结清在外地的住院")


# 杭州: active at once, 3 months from effect; referral 12 months


def test_hangzhou_long_term_is_active_at_once_and_held_for_three_months(office):
    office.clock.set_day(date(2026, 11, 30))
    number = office.file("long_term_residence", HANGZHOU)
    view = office.course.view("c1", number)
    assert (view.status, view.effective_on, view.valid_to, view.validity) == (
        "confirmed", date(2026, 11, 30), None, "permanent",
    )
    for day, needs_papers in ((date(2027, 2, 28), True), (date(2027, 3, 1), False)):
        office.clock.set_day(day)
        draft = office.course.open_change("c1", number)
        assert ("paper:change_proof" in draft.missing) == needs_papers
        office.filings.drop("c1")


def test_hangzhou_students_may_change_at_any_time(office):
    office.open("c1", "long_term_residence", HANGZHOU, person_group="university_student", reason="student_internship")
    number = office.finish("c1")
    assert "paper:change_proof" not in office.course.open_change("c1", number).missing
    office.filings.drop("c1")
    assert office.course.request_end("c1", number).status == "ended", "六: students may withdraw theirs"


def test_hangzhou_says_nothing_on_ending_so_the_agency_is_asked(office):
    number = office.file("long_term_residence", HANGZHOU)
    assert office.course.may("c1", number, "end").outcome == "not_stated"


def test_hangzhou_referral_is_good_for_twelve_months_and_then_renewed_simply(office):
    number = office.file("referral", HANGZHOU, starts_on="2026-12-01")
    office.confirm(number)
    assert office.course.view("c1", number).valid_to == date(2027, 12, 1)
    office.clock.set_day(date(2027, 12, 1))
    assert status(office, number) == "confirmed"
    found = problem_of(office.course.open_renewal, "c1", number)
    assert (found.code, found.details["decision"].possible_from) == ("action_refused", date(2027, 12, 2))
    office.clock.set_day(date(2027, 12, 2))
    assert status(office, number) == "expired"
    draft = office.course.open_renewal("c1", number)
    assert draft.fields["treatment_region"] == BEIJING
    office.filings.fill("c1", "filed_for", value="本人")
    office.filings.fill("c1", "starts_on", value="今天")
    assert office.filings.find_draft("c1").next_step == "paper:referral_form"
    office.filings.skip_paper("c1", "paper:referral_form")
    office.filings.confirm_review("c1")
    new = office.filings.submit("c1").filing_no
    office.confirm(new)
    assert (status(office, number), status(office, new)) == ("changed", "confirmed")


def test_a_referral_that_has_run_out_does_not_stand_in_the_way_of_a_new_one(office):
    number = office.file("referral", HANGZHOU, starts_on="2026-12-01")
    office.confirm(number)
    office.clock.set_day(date(2028, 1, 1))
    assert office.file("referral", HANGZHOU, "c2", starts_on="今天")


# 乌鲁木齐, 高邮


def test_urumqi_lets_nobody_out_within_six_months(office):
    number = confirmed(office, region=URUMQI)
    found = problem_of(office.course.request_end, "c1", number)
    assert (found.code, found.details["decision"].possible_from) == ("action_refused", date(2027, 5, 23))
    assert problem_of(office.course.open_change, "c1", number).code == "action_refused"
    office.clock.set_day(date(2027, 5, 23))
    assert office.course.request_end("c1", number).status == "ending"


def test_gaoyou_has_no_limit_and_the_agency_decides_on_a_change(office):
    number = confirmed(office, region=GAOYOU)
    assert office.course.may("c1", number, "change").outcome != "refused"
    assert office.course.open_change("c1", number).purpose == "change"


# returned, withdrawn


def test_a_returned_filing_is_mended_by_answering_what_the_officer_asks(office):
    old = office.submitted()
    office.return_(old, "号码少一位", ("phone", "starts_on"))
    view = office.course.view("c1", old)
    assert (view.status, view.returned.detail) == ("returned", {"reason": "号码少一位", "fields": ["phone", "starts_on"]})
    draft = office.course.open_mend("c1", old)
    assert draft.missing == ("phone", "starts_on")
    new = office.finish("c1", phone="13900002222")
    assert (status(office, old), status(office, new)) == ("replaced", "submitted")
    assert office.course.find_in_force("c1").filing_no == new


def test_papers_that_were_right_need_not_be_sent_again(office):
    old = office.file("referral", HANGZHOU)
    [paper] = office.course.view("c1", old).papers
    office.return_(old, "电话打不通", ("phone",))
    draft = office.course.open_mend("c1", old)
    assert draft.missing == ("phone",)
    [copy] = draft.papers
    assert copy.paper_id != paper.paper_id
    assert office.papers.get(copy.paper_id) == office.papers.get(paper.paper_id)
    new = office.finish("c1")
    assert [one.paper_id for one in office.course.view("c1", new).papers] == [copy.paper_id]
    assert set(office.papers.known()) == {paper.paper_id, copy.paper_id}


def test_a_paper_that_was_wrong_is_asked_for_and_one_that_is_lost_too(office):
    wrong, lost = office.file("referral", HANGZHOU, "c1"), office.file("referral", HANGZHOU, "c2", **another_person(2))
    office.return_(wrong, "照片看不清", ("paper:referral_form",))
    office.return_(lost, "电话打不通", ("phone",))
    office.papers.delete(office.course.view("c2", lost).papers[0].paper_id)
    damaged = office.file("referral", HANGZHOU, "c3", **another_person(3))
    office.return_(damaged, "电话打不通", ("phone",))
    file = office.folder / "papers" / f"{office.course.view('c3', damaged).papers[0].paper_id}.sealed"
    file.write_bytes(file.read_bytes()[:-9] + b"x" * 9)
    assert office.course.open_mend("c1", wrong).missing == ("paper:referral_form",)
    assert set(office.course.open_mend("c2", lost).missing) == {"phone", "paper:referral_form"}
    assert set(office.course.open_mend("c3", damaged).missing) == {"phone", "paper:referral_form"}
    assert len(list(office.papers.known())) == 2


def test_copies_of_papers_nobody_takes_are_deleted(office, monkeypatch):
    old = office.file("referral", HANGZHOU)
    office.return_(old, "电话打不通", ("phone",))
    monkeypatch.setattr(office.store.drafts, "add", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.course.open_mend("c1", old)
    assert len(list(office.papers.known())) == 1


def test_why_it_was_returned_is_sealed_on_the_disk(office):
    number = office.submitted()
    office.return_(number, "王小明的电话13800009999打不通")
    raw = b"".join(file.read_bytes() for file in office.folder.glob("filings.db*"))
    assert "王小明".encode() not in raw and b"13800009999" not in raw


def test_a_filing_can_be_withdrawn_until_the_agency_decides(office):
    number = office.submitted()
    assert office.course.withdraw("c1", number).status == "withdrawn"
    assert problem_of(office.course.withdraw, "c1", number).code == "cannot_withdraw"
    other = office.submitted("c1")
    office.confirm(other)
    assert problem_of(office.course.withdraw, "c1", other).code == "cannot_withdraw"


@pytest.mark.parametrize("step", ["withdraw", "request_end", "open_change", "open_mend", "open_renewal", "open_end", "paper", "view"])
def test_nobody_elses_filing_can_be_touched(office, step):
    number = office.submitted("c1")
    assert problem_of(getattr(office.course, step), "c2", number).code == "filing_not_found"


def test_a_change_does_not_push_another_unfinished_filing_aside(office):
    number = confirmed(office, region=GAOYOU)
    office.open("c1", "referral", GAOYOU)
    assert problem_of(office.course.open_change, "c1", number).code == "draft_in_the_way"


def test_signing_the_same_change_from_two_conversations_makes_one(office):
    old = confirmed(office, region=GAOYOU)
    office.look_up.look_up("c2", old, PERSON["id_number"][-4:], PERSON["phone"])
    for conversation in ("c1", "c2"):
        office.course.open_change(conversation, old)
    office.finish("c1", treatment_region=QINGDAO)
    office.fill_in("c2", treatment_region=BEIJING)
    office.filings.confirm_review("c2")
    assert problem_of(office.filings.submit, "c2").code == "filing_exists"


# what belongs together


def under_change(office):
    """A 威海 filing whose change was handed in."""
    old = confirmed(office)
    office.clock.at += timedelta(days=200)
    office.course.open_change("c1", old)
    return old, office.finish("c1", treatment_region=BEIJING, starts_on="今天")


def test_a_returned_change_that_is_mended_still_takes_the_old_ones_place(office):
    old, change = under_change(office)
    office.return_(change)
    office.course.open_mend("c1", change)
    mended = office.finish("c1", phone="13900002222")
    assert problem_of(office.course.open_change, "c1", old).code == "filing_exists"
    office.confirm(mended)
    assert [status(office, no) for no in (old, change, mended)] == ["changed", "replaced", "confirmed"]


def test_a_filing_is_not_ended_while_its_change_is_under_way(office):
    old, change = under_change(office)
    for step in (office.course.request_end, office.course.open_end):
        assert problem_of(step, "c1", old).details == {"filing_no": change}


def test_the_old_filing_holds_until_the_new_one_begins(office):
    old = confirmed(office)
    office.clock.set_day(date(2027, 6, 1))
    office.course.open_change("c1", old)
    new = office.finish("c1", treatment_region=BEIJING, starts_on="2027-07-01")
    office.confirm(new)
    assert (status(office, old), office.course.view("c1", old).valid_to) == ("confirmed", date(2027, 6, 30))
    assert not office.course.view("c1", new).is_in_effect
    office.clock.set_day(date(2027, 7, 1))
    assert (status(office, old), office.course.view("c1", new).is_in_effect) == ("expired", True)
    assert list(office.store.faults()) == []


def test_self_service_leaves_to_the_agency_what_hangs_on_papers_or_is_not_stated(office):
    number = office.file("long_term_residence", HANGZHOU)
    office.course.open_change("c1", number)
    change = office.finish("c1")
    assert (status(office, number), status(office, change)) == ("confirmed", "submitted")
    other = office.file("long_term_residence", HANGZHOU, "c2", **another_person(1))
    assert office.course.request_end("c2", other).status == "ending"


def test_a_second_self_service_filing_under_the_same_id_waits_for_an_officer(office):
    first = office.file("long_term_residence", HANGZHOU)
    second = office.file("long_term_residence", HANGZHOU, "c2", phone="13900001111")
    assert (status(office, first), status(office, second)) == ("confirmed", "submitted")


@pytest.mark.parametrize(
    ("kind", "region", "again"),
    [("emergency_registration", URUMQI, {"admitted_on": "2027-04-02"}), ("late_filing", HANGZHOU, {"admitted_on": "2027-04-02"}),
     ("temporary_care", WEIHAI, {"starts_on": "2027-05-01"})],
)
def test_another_stay_or_trip_is_filed_anew_and_the_same_one_is_not(office, kind, region, again):
    office.confirm(office.file(kind, region))
    office.clock.set_day(date(2027, 5, 1))
    assert office.file(kind, region, **again)
    office.open("c1", kind, region)
    office.agree("c1", **again)
    assert problem_of(office.filings.submit, "c1").code == "filing_exists"


def test_a_change_is_of_the_same_person(office):
    number = confirmed(office, region=GAOYOU)
    office.course.open_change("c1", number)
    found = problem_of(lambda: office.filings.fill("c1", "id_number", value=another_person(1)["id_number"]))
    assert found.code == "id_number_of_another"


def test_a_renewal_is_for_the_place_that_was_filed_also_when_it_is_mended(office):
    number = office.file("referral", HANGZHOU, starts_on="2026-12-01")
    office.confirm(number)
    office.clock.set_day(date(2028, 1, 1))
    office.course.open_renewal("c1", number)
    renewed = office.finish("c1", starts_on="今天")
    office.return_(renewed)
    draft = office.course.open_mend("c1", renewed)
    assert "paper:referral_form" in draft.plan.optional
    found = problem_of(lambda: office.filings.fill("c1", "treatment_region", value="上海"))
    assert found.code == "treatment_region_not_renewed"


def test_pressing_change_again_keeps_what_was_corrected(office):
    number = confirmed(office, region=GAOYOU)
    office.course.open_change("c1", number)
    office.filings.fill("c1", "phone", value="13900009999")
    office.course.open_change("c1", number)
    assert office.store.drafts.secret(office.filings.find_draft("c1"), "phone") == "13900009999"


def test_an_officer_can_only_ask_to_mend_what_was_asked(office):
    number = office.file("referral", HANGZHOU)
    found = problem_of(office.desk.return_, OFFICER, number, "请补充地址", ["address"], 1, "key-0001")
    assert (found.code, found.details) == ("unknown_field", {"field": "address"})


@pytest.mark.parametrize(("reason", "outcome"), [("student_internship", "allowed"), ("living_elsewhere", "refused")])
@pytest.mark.parametrize("told", ["other", "university_student"])
def test_hangzhou_students_are_known_by_the_reason_on_the_form(office, reason, outcome, told):
    office.open("c1", "long_term_residence", HANGZHOU, person_group=told, reason=reason)
    assert office.course.may("c1", office.finish("c1"), "change").outcome == outcome
