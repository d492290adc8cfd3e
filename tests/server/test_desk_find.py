"""Filings found over the desk's API: the queue, a number, a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from desk_callers import REASON, said
from filing_office import HANGZHOU, PERSON, WEIHAI, another_person

from services.filing_numbers import filing_number


async def test_the_queue_shows_the_oldest_first_page_by_page_and_only_the_officers_areas(zhang, office):
    numbers = []
    for n in range(5):
        office.clock.at += timedelta(seconds=1)
        numbers.append(office.submitted(f"c{n}", **another_person(n)))
    office.file("long_term_residence", HANGZHOU, "elsewhere")
    first = (await zhang.get("queue", limit=2)).json()
    second = (await zhang.get("queue", limit=2, after=first["after"])).json()
    third = (await zhang.get("queue", limit=2, after=second["after"])).json()
    pages = [[filing["filing_no"] for filing in page["filings"]] for page in (first, second, third)]
    assert pages == [numbers[:2], numbers[2:4], numbers[4:]] and third["after"] is None
    line = first["filings"][0]
    assert line["name"] == "测**" and line["insured_region"] == {"code": WEIHAI, "name": "山东省威海市"}
    assert (line["status"], line["status_title"], line["version"]) == ("submitted", "已提交，等待经办机构确认", 1)
    assert "particulars" not in line
    assert (await zhang.get("queue", region=HANGZHOU)).json() == {"filings": [], "after": None}
    assert len((await zhang.get("queue", region=WEIHAI)).json()["filings"]) == 5
    assert (await zhang.get("queue", status="confirmed")).json()["filings"] == []


async def test_a_filing_is_shown_masked_with_its_papers_its_course_and_others_of_the_same_person(zhang, office):
    no = office.submitted()
    office.clock.at += timedelta(minutes=1)
    other = office.submitted("c2", phone="13900000000")
    answer = await zhang.get(f"filings/{no}")
    shown = answer.json()["filing"]
    assert [one["filing_no"] for one in answer.json()["duplicates"]] == [other]
    lines = {line["field"]: line["value"] for line in shown["particulars"]}
    assert lines["name"] == "欧***" and lines["id_number"] == "371***********1237" and lines["phone"] == "138****5678"
    for secret in PERSON.values():
        assert secret not in answer.text
    assert [(event["event"], event["title"]) for event in shown["timeline"]] == [("submitted", "已提交")]
    assert {"field": "phone", "title": "联系电话"} in shown["mendable"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_number_is_found_however_it_was_spaced(zhang, office):
    no = office.submitted()
    for typed in (no.replace("-", ""), no.replace("-", " "), no.replace("-", "－")):
        assert (await zhang.filing(typed))["filing_no"] == no


@pytest.mark.parametrize("path", ["", "/clear", "/papers/y", "/document", "/audit", "/confirm", "/return", "/end"])
async def test_a_filing_of_another_area_looks_like_one_that_does_not_exist(zhang, office, path):
    theirs = office.file("long_term_residence", HANGZHOU)
    nobodys = filing_number(WEIHAI, office.clock.at.date(), "12345678")
    bodies = {"/clear": {"reason": "call"}, "/confirm": {}, "/return": {"reason": REASON}, "/end": {"agreed": True}}
    answers = []
    for no in (theirs, nobodys, "no number at all"):
        if path in bodies:
            version = {} if path == "/clear" else {"version": 1}
            answers.append(await zhang.decide(no, path[1:], **version, **bodies[path]))
        else:
            answers.append(await zhang.get(f"filings/{no}{path}"))
    assert {said(answer) for answer in answers} == {(404, "filing_not_found")}
    assert len({answer.text for answer in answers}) == 1


async def test_a_person_is_found_by_id_number_in_the_officers_areas_only(zhang, office):
    mine = office.submitted()
    office.file("long_term_residence", HANGZHOU, "c2")
    for typed in (PERSON["id_number"], " 371002 19900101 1237 ", "３７１００２１９９００１０１１２３７"):
        found = (await zhang.http.post("/desk/search", json={"id_number": typed})).json()["filings"]
        assert [filing["filing_no"] for filing in found] == [mine]
    unknown = await zhang.http.post("/desk/search", json={"id_number": "11010519491231002x"})
    assert unknown.json() == {"filings": []}
    wrong = await zhang.http.post("/desk/search", json={"id_number": "371002199001011238"})
    assert said(wrong) == (422, "bad_input") and wrong.json()["message"] == "身份证号最后一位对不上，请再核对一遍。"
    assert "371002199001011238" not in wrong.text


@pytest.mark.parametrize(
    "query",
    [
        {"status": "expired"}, {"status": "\x00"}, {"region": "37100"}, {"region": "３７１０００"}, {"limit": "0"}, {"limit": "101"}, {"limit": "x"},
        {"limit": "9" * 5000}, {"after": "x"}, {"after": "20261122T103000000000Z.1"}, {"other": "1"}, {"status": ["submitted", "confirmed"], "limit": "-1"},
    ],
)
async def test_a_query_that_makes_no_sense_is_refused(zhang, query):
    assert said(await zhang.get("queue", **query)) == (422, "bad_input")


async def test_a_made_up_place_in_the_queue_is_no_fault(zhang, office):
    office.submitted()
    answer = await zhang.get("queue", after="99999999T999999999999Z.000000-000000-0000-0000-0")
    assert answer.json() == {"filings": [], "after": None}
    assert len((await zhang.get("queue", after="00000000T000000000000Z.000000-000000-0000-0000-0")).json()["filings"]) == 1


@pytest.mark.parametrize("number", ["%00", "%FF%FE", "%F0%9F%92%A5", "%ED%A0%80", "1" * 64, "٣٧١٠٠٠-261122-4821-0937-6", "..", "%2e%2e", "1'--"])
async def test_a_number_that_is_none_is_not_found(zhang, number):
    for path in ("", "/audit", "/document"):
        assert (await zhang.http.get(f"/desk/filings/{number}{path}")).status_code == 404
    assert said(await zhang.http.get(f"/desk/filings/{'1' * 65}")) == (422, "bad_input")


async def test_a_person_is_found_by_phone_however_it_was_typed_and_the_search_is_written_down(zhang, office):
    mine = office.submitted()
    office.submitted("c3", **another_person(7))
    office.file("long_term_residence", HANGZHOU, "c2")
    for typed in (PERSON["phone"], " 138 1234 5678 ", "+86 13812345678", "１３８１２３４５６７８"):
        found = (await zhang.post("search", phone=typed)).json()["filings"]
        assert [filing["filing_no"] for filing in found] == [mine]
        assert PERSON["phone"] not in str(found)
    assert (await zhang.post("search", phone="13900000000")).json() == {"filings": []}
    accesses = (await zhang.get(f"filings/{mine}/audit")).json()["accesses"]
    assert [(one["action"], one["fields"]) for one in accesses] == [("search", ["phone"])] * 4


@pytest.mark.parametrize(
    "body",
    [{}, {"phone": "13812345678", "id_number": "371002199001011237"}, {"phone": "1381234567"}, {"phone": "电话"}, {"phone": None},
     {"phone": None, "id_number": "371002199001011237"}],
)
async def test_a_search_is_for_one_thing_that_can_be(zhang, body):
    answer = await zhang.post("search", **body)
    assert said(answer) == (422, "bad_input") and "1381234567" not in answer.text


async def test_how_often_it_was_changed_and_from_when_it_may_be_again_is_what_the_rules_say(zhang, office):
    no = office.submitted()
    waiting = (await zhang.get(f"filings/{no}")).json()["limits"]
    assert waiting["may_change_from"] is None and waiting["changed_before"] == [] and "确认" in waiting["text"]
    office.confirm(no)
    limits = (await zhang.get(f"filings/{no}")).json()["limits"]
    first_day = office.course.may_change_from("c1", no)
    assert first_day is not None and limits["may_change_from"] == first_day.isoformat()
    assert f"{first_day.year}年{first_day.month}月{first_day.day}日起可以变更" in limits["text"]
