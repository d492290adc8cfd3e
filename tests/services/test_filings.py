import hashlib
from datetime import date, timedelta

import pytest
from filing_office import ANSWERS, PERSON, QINGDAO, WEIHAI

from services.filing_records import FIELDS, FieldProblem, FilingProblem


def problem_of(call, *arguments, **named) -> FilingProblem:
    with pytest.raises(FilingProblem) as raised:
        call(*arguments, **named)
    return raised.value


def open_draft(office, **known):
    return office.filings.open_draft("c1", "long_term_residence", {"insured_region": WEIHAI, **known})


def test_fields_are_asked_in_order_and_then_review_commitment_signature(office):
    steps = [open_draft(office).next_step]
    for field in FIELDS:
        steps.append(office.filings.fill("c1", field, value=ANSWERS[field]).next_step)
    draft = office.filings.confirm_review("c1")
    steps.append(draft.next_step)
    steps.append(office.filings.consent("c1", office.filings.letter(draft).sha256).next_step)
    office.sign()
    steps.append(office.store.drafts.latest("c1").next_step)
    assert steps == [*FIELDS, "review", "commitment", "signature", "submitted"]


def test_what_is_known_already_is_not_asked_again(office):
    draft = open_draft(office, treatment_region=QINGDAO, reason="working_away")
    assert draft.fields == {"treatment_region": QINGDAO, "reason": "working_away"}


def test_what_is_known_but_cannot_be_used_is_asked(office):
    assert open_draft(office, treatment_region=WEIHAI).fields == {}


def test_an_unfinished_draft_is_returned_as_it_is(office):
    office.ready_to_sign()
    assert open_draft(office).next_step == "signature"


@pytest.mark.parametrize(
    ("kind", "region"), [("temporary_care", WEIHAI), ("long_term_residence", QINGDAO), ("long_term_residence", "")]
)
def test_a_kind_or_region_without_a_letter_is_not_offered(office, kind, region):
    found = problem_of(office.filings.open_draft, "c1", kind, {"insured_region": region})
    assert found.code == "filing_not_offered"


def test_failures_are_counted_per_field_and_forgotten_on_success(office):
    open_draft(office)
    for _ in range(2):
        problem_of(office.filings.fill, "c1", "phone", value="123")
    assert office.filings.find_draft("c1").failures == {"phone": 2}
    assert office.filings.fill("c1", "phone", value=PERSON["phone"]).failures == {}


def test_a_token_used_before_is_no_failure_of_the_person(office):
    open_draft(office)
    found = problem_of(office.filings.fill, "c1", "name", token="kept_gone")
    assert isinstance(found, FieldProblem) and found.code == "kept_value_gone"
    assert office.filings.find_draft("c1").failures == {}


def test_sensitive_values_are_not_in_the_drafts_plain_fields(office):
    office.ready_to_sign()
    draft = office.filings.find_draft("c1")
    assert set(draft.fields) == {"treatment_region", "reason", "starts_on"}
    assert draft.filled == set(FIELDS)
    assert not any(value in repr(draft) for value in PERSON.values())


def test_the_review_masks_what_is_sensitive(office):
    office.ready_to_sign()
    shown = {line.slot: line.value for line in office.filings.review(office.filings.find_draft("c1"))}
    assert shown == {
        "name": "欧***",
        "id_number": "371***********1237",
        "phone": "138****5678",
        "treatment_region": "山东省青岛市",
        "reason": "投靠亲属",
        "starts_on": "2026年12月1日",
        "address": "山东省青岛市***",
    }


def test_the_letter_states_what_the_annex_asks_for(office):
    office.ready_to_sign()
    letter = office.filings.letter(office.filings.find_draft("c1"))
    for fact in ("欧***", "371***********1237", "山东省青岛市", "6个月以上", "138****5678", "真实", "准确", "法律责任", "2026年11月22日"):
        assert fact in letter.text
    assert letter.sha256 == hashlib.sha256(letter.text.encode()).hexdigest()


def test_review_and_letter_need_every_field(office):
    open_draft(office)
    office.filings.fill("c1", "name", value=PERSON["name"])
    for step in (office.filings.confirm_review, lambda c: office.filings.consent(c, "0" * 64)):
        found = problem_of(step, "c1")
        assert (found.code, found.details["missing"][0]) == ("draft_incomplete", "id_number")
    assert problem_of(office.filings.letter, office.filings.find_draft("c1")).code == "draft_incomplete"


def test_consent_before_the_review_is_refused(office):
    office.ready_to_sign()
    draft = office.filings.fill("c1", "reason", value="外出务工")
    assert problem_of(office.filings.consent, "c1", office.filings.letter(draft).sha256).code == "review_missing"


def test_consent_to_another_text_is_refused(office):
    office.ready_to_sign()
    assert problem_of(office.filings.consent, "c1", "0" * 64).code == "letter_changed"


@pytest.mark.parametrize("field", FIELDS)
def test_changing_any_field_after_consent_voids_it(office, field):
    office.ready_to_sign()
    assert office.filings.fill("c1", field, value=ANSWERS[field]).next_step == "review"
    assert problem_of(office.sign).code == "consent_missing"


def test_clearing_a_field_asks_it_again_and_voids_the_consent(office):
    office.ready_to_sign()
    assert office.filings.clear_field("c1", "phone").next_step == "phone"
    assert problem_of(office.sign).code == "draft_incomplete"


def test_a_draft_can_be_set_aside_and_taken_up_again(office):
    office.ready_to_sign()
    assert office.filings.pause("c1").state == "paused"
    assert office.filings.find_draft("c1").next_step == "signature"
    assert office.filings.resume("c1").state == "open"


def test_steps_without_a_draft_say_so(office):
    assert problem_of(office.filings.fill, "c1", "name", value="张三").code == "no_draft"
    assert problem_of(office.sign).code == "no_draft"


def test_a_receipt_says_submitted_and_submitting_again_gives_the_same(office):
    office.ready_to_sign()
    receipt = office.filings.submit("c1", office.filings.keep("c1", PERSON["name"]))
    assert (receipt.status, receipt.submitted_at) == ("submitted", office.clock.at)
    assert office.filings.submit("c1", "any token") == receipt


def test_a_wrong_signature_can_be_tried_again(office):
    office.ready_to_sign()
    found = problem_of(office.sign, signature="欧阳")
    assert (found.code, office.filings.find_draft("c1").failures) == ("signature_not_the_name", {"signature": 1})
    assert office.sign()


def test_a_start_date_that_has_passed_meanwhile_is_cleared_and_asked_again(office):
    office.ready_to_sign()
    office.clock.at += timedelta(days=10)
    found = problem_of(office.sign)
    assert (found.code, found.field) == ("starts_on_before_today", "starts_on")
    assert office.filings.find_draft("c1").next_step == "starts_on"


def test_a_start_date_that_is_today_can_still_be_handed_in(office):
    office.ready_to_sign()
    office.clock.at += timedelta(days=9)
    assert problem_of(office.sign).code == "letter_changed"
    draft = office.filings.find_draft("c1")
    office.filings.consent("c1", office.filings.letter(draft).sha256)
    assert office.sign()


def test_a_letter_consented_to_yesterday_must_be_shown_again_with_todays_date(office):
    office.ready_to_sign()
    office.clock.at += timedelta(days=1)
    assert problem_of(office.sign).code == "letter_changed"
    assert office.filings.find_draft("c1").next_step == "commitment"


def test_an_owner_sees_their_filings_masked_and_newest_first(office):
    first = office.submitted()
    office.clock.at += timedelta(minutes=1)
    second = office.submitted()
    views = office.filings.filings_of("c1")
    assert [view.filing_no for view in views] == [second, first]
    assert not any(value in repr(views) for value in PERSON.values())
    assert [entry.event for entry in views[0].timeline] == ["submitted"]
    assert office.filings.filings_of("c2") == ()


def test_a_paper_is_for_its_owner_and_does_not_show_itself_in_logs(office):
    filing_no = office.submitted()
    paper = office.filings.paper("c1", filing_no)
    assert {name: getattr(paper, name) for name in PERSON} == PERSON
    assert not any(value in repr(paper) for value in PERSON.values())
    assert problem_of(office.filings.paper, "c2", filing_no).code == "filing_not_found"


def test_the_text_that_was_signed_is_kept_whatever_becomes_of_the_wording(office):
    office.ready_to_sign()
    shown = office.filings.letter(office.filings.find_draft("c1"))
    paper = office.filings.paper("c1", office.sign())
    assert (paper.letter_text, paper.view.letter_sha256) == (shown.text, shown.sha256)


def test_an_officer_confirms_once_and_the_timeline_tells(office):
    filing_no = office.submitted()
    office.clock.at += timedelta(days=1)
    view = office.desk.confirm(filing_no, date(2026, 11, 23), "officer-7")
    assert (view.status, view.confirmed_on) == ("confirmed", date(2026, 11, 23))
    assert [(entry.event, entry.actor) for entry in view.timeline] == [
        ("submitted", "insured_person"),
        ("confirmed", "officer-7"),
    ]
    found = problem_of(office.desk.return_, filing_no, "x", "officer-7")
    assert (found.code, found.details) == ("not_awaiting_confirmation", {"status": "confirmed"})


def test_a_returned_filing_is_not_in_force_and_says_why(office):
    filing_no = office.submitted()
    assert office.filings.find_in_force("c1").filing_no == filing_no
    view = office.desk.return_(filing_no, "电话打不通", "officer-7")
    assert view.timeline[-1].detail == {"reason": "电话打不通"}
    assert office.filings.find_in_force("c1") is None


def test_a_filing_cannot_be_confirmed_before_the_day_it_was_handed_in(office):
    filing_no = office.submitted()
    assert problem_of(office.desk.confirm, filing_no, date(2026, 11, 21), "o").code == "confirmed_before_submitted"
    assert office.desk.confirm(filing_no, date(2026, 11, 22), "o").status == "confirmed"


def test_officers_find_a_filing_by_number_however_spaced_and_by_id_number(office):
    filing_no = office.submitted()
    assert office.desk.find(filing_no.replace("-", " ")).filing_no == filing_no
    assert office.desk.find(filing_no[:-1] + "x") is None
    assert [view.filing_no for view in office.desk.find_by_id_number(PERSON["id_number"])] == [filing_no]
    assert office.desk.find_by_id_number("371002199001011234") == ()
