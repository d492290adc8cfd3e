"""Filings decided over the desk's API."""

from __future__ import annotations

from datetime import date

import pytest
from desk_callers import REASON, said
from filing_office import another_person


async def test_a_filing_is_confirmed_today_unless_another_day_is_given(zhang, office):
    no = office.submitted()
    answer = await zhang.decide(no, "confirm", version=1)
    shown = answer.json()["filing"]
    assert answer.status_code == 200 and (shown["status"], shown["version"]) == ("confirmed", 2)
    assert shown["confirmed_on"] == "2026-11-22" and shown["timeline"][-1]["actor"] == "zhang01"
    office.clock.set_day(date(2026, 11, 25))
    other = office.submitted("c2", **another_person(1))
    office.clock.set_day(date(2026, 11, 27))
    await zhang.as_program()
    assert (await zhang.decide(other, "confirm", version=1, on="2026-11-26")).json()["filing"]["confirmed_on"] == "2026-11-26"


@pytest.mark.parametrize(
    ("on", "code", "words"),
    [
        ("2026-11-21", "confirmed_before_submitted", "2026年11月22日"), ("2026-11-23", "confirmed_in_future", "2026年11月22日"),
        ("9999-12-31", "confirmed_in_future", "请改日期"), ("0001-01-01", "confirmed_before_submitted", "请改日期"),
        ("0000-01-01", "bad_input", "不是日历上有的一天"), ("2026-02-30", "bad_input", "不是日历上有的一天"), ("10000-01-01", "bad_input", "要写成"),
        ("2026-1-1", "bad_input", "要写成"), ("２０２６-11-22", "bad_input", "要写成"), (20261122, "bad_input", "要写成"), (0, "bad_input", "要写成"),
        ("2026-11-22T00:00:00", "bad_input", "要写成"), (True, "bad_input", "要写成"), ([], "bad_input", "要写成"), ("", "bad_input", "要写成"),
    ],
)
async def test_a_day_that_cannot_be_is_refused(zhang, office, on, code, words):
    no = office.submitted()
    answer = await zhang.decide(no, "confirm", version=1, on=on)
    assert said(answer) == (422, code) and words in answer.json()["message"]
    assert (await zhang.filing(no))["status"] == "submitted"


async def test_a_filing_is_returned_with_what_is_to_be_mended_and_why(zhang, office):
    no = office.submitted()
    answer = await zhang.decide(no, "return", version=1, reason=f"  {REASON}\n", fields=["phone", "address"])
    shown = answer.json()["filing"]
    assert shown["status"] == "returned"
    last = shown["timeline"][-1]
    assert (last["event"], last["reason"], last["fields"]) == ("returned", REASON, ["address", "phone"])
    assert said(await zhang.decide(no, "return", version=2, reason=REASON, fields=[])) == (409, "not_awaiting_decision")
    assert said(await zhang.decide(no, "confirm", version=2)) == (409, "not_awaiting_decision")


async def test_what_is_to_be_mended_must_be_something_the_filing_asks(zhang, office):
    no = office.submitted()
    answer = await zhang.decide(no, "return", version=1, reason=REASON, fields=["phone", "colour"])
    assert said(answer) == (422, "unknown_field") and "「colour」" in answer.json()["message"]


@pytest.mark.parametrize(
    ("reason", "is_taken"), [("四个字符", False), ("五个字符了", True), ("因" * 300, True), ("因" * 301, False), ("  四个字符 ", False)]
)
async def test_a_reason_has_five_to_three_hundred_characters(zhang, office, reason, is_taken):
    answer = await zhang.decide(office.submitted(), "return", version=1, reason=reason, fields=[])
    assert answer.status_code == (200 if is_taken else 422)
    assert is_taken or answer.json()["message"] in ("原因至少要5个字。", "原因最多300个字。")


async def test_an_applied_end_is_agreed_to_or_refused_with_the_reason(zhang, office):
    no = office.submitted()
    office.confirm(no)
    office.clock.set_day(date(2027, 8, 1))
    await zhang.as_program()
    assert said(await zhang.decide(no, "end", version=2, agreed=True)) == (409, "not_awaiting_decision")
    office.course.request_end("c1", no)
    assert said(await zhang.decide(no, "end", version=3, agreed=False)) == (422, "bad_input")
    refused = (await zhang.decide(no, "end", version=3, agreed=False, reason=REASON)).json()["filing"]
    assert (refused["status"], refused["timeline"][-1]["reason"]) == ("confirmed", REASON)
    office.course.request_end("c1", no)
    ended = (await zhang.decide(no, "end", version=5, agreed=True)).json()["filing"]
    assert ended["status"] == "ended" and ended["timeline"][-1]["reason"] is None


async def test_who_saw_an_older_version_is_told_and_changes_nothing(zhang, office):
    no = office.submitted()
    answer = await zhang.decide(no, "confirm", version=7)
    assert said(answer) == (409, "stale_version") and answer.json()["details"] == {"version": 1}
    assert (await zhang.filing(no))["status"] == "submitted"


async def test_a_request_sent_twice_is_carried_out_once(zhang, office):
    no = office.submitted()
    answers = [await zhang.decide(no, "confirm", key="the-same-key", version=1) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.text for answer in answers}) == 1
    assert len((await zhang.filing(no))["timeline"]) == 2
    other = await zhang.decide(no, "return", key="the-same-key", version=2, reason=REASON, fields=[])
    assert said(other) == (409, "idempotency_key_reused")


@pytest.mark.parametrize("key", [None, "", "short12", "k" * 65, "with space", "中文中文中文中文", "line\tfeed8"])
async def test_a_change_needs_a_usable_key(zhang, office, key):
    headers = {} if key is None else {"Idempotency-Key": key.encode()}
    answer = await zhang.http.post(f"/desk/filings/{office.submitted()}/confirm", json={"version": 1}, headers=headers)
    assert said(answer) == (422, "bad_input") and "请求头 Idempotency-Key" in answer.json()["message"]


async def test_a_full_disk_is_told_and_nothing_is_half_done(zhang, office):
    numbers = [office.submitted(f"c{n}", **another_person(n)) for n in range(12)]
    office.store._database.conn.execute("PRAGMA max_page_count = 1")  # SQLite takes the pages there are
    answers = [await zhang.decide(no, "return", version=1, reason="因" * 300, fields=[]) for no in numbers]
    refused = [(no, answer) for no, answer in zip(numbers, answers, strict=True) if answer.status_code != 200]
    assert {said(answer) for _, answer in refused} == {(503, "store_full")}
    for no, answer in refused:
        shown = await zhang.filing(no)
        assert answer.headers["retry-after"] and (shown["status"], shown["version"], len(shown["timeline"])) == ("submitted", 1, 1)
    office.store._database.conn.execute("PRAGMA max_page_count = 100000")
    assert not list(office.store.faults())


async def test_a_store_that_cannot_be_written_is_told(zhang, office):
    no = office.submitted()
    office.store._database.conn.execute("PRAGMA query_only = ON")
    assert said(await zhang.decide(no, "confirm", version=1)) == (503, "store_read_only")
    office.store._database.conn.execute("PRAGMA query_only = OFF")
    assert (await zhang.decide(no, "confirm", version=1)).status_code == 200
