"""The desk's API over HTTP, with the real desk, stores and passwords; only the dialogue is not there."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from filing_office import GAOYOU, HANGZHOU, PERSON, WEIHAI, Office, an_office, another_person, photo, policy
from pypdf import PdfReader

from server.bodies import TAKEN_IN
from server.desk_sessions import COOKIE, password_slots
from server.routes import desk, desk_errors, desk_filings
from server.routes.desk_parts import Desk
from services import bootstrap
from services.document_files import DocumentFiles
from services.filing_numbers import filing_number
from services.officer_store import OfficerStore
from services.officers import Officers
from services.paper_files import PaperFiles

OWN, FOREIGN = "http://localhost:8000", "http://evil.example"
PASSWORD = "a-long-password"
REASON = "居住证看不清，请重新上传一份清楚的"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PAGE = {"X-Requested-With": "desk"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with an_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def app(office: Office, tmp_path: Path) -> Iterator[FastAPI]:
    """The routes as the server mounts them, with an officer of 威海 and one of 杭州."""
    store = OfficerStore(tmp_path / "officers.db")
    officers = Officers(store, office.clock, QUICK)
    officers.add("zhang01", "张经办", [WEIHAI, GAOYOU], PASSWORD)
    officers.add("li02", "李经办", [HANGZHOU], PASSWORD)
    made = FastAPI()
    for routes in (desk.router, desk_filings.router):
        made.include_router(routes)
    documents = DocumentFiles(PaperFiles(tmp_path / "documents", office.store.box, "document"), bootstrap.letter_pdf)
    made.state.desk = Desk(officers, office.desk, policy(), documents.of, office.clock)
    yield made
    store.close()


@dataclass
class Caller:
    """A program with its token, or a page with its cookie."""

    http: httpx.AsyncClient
    sent: int = 0

    async def log_in(self, officer_id: str = "zhang01", password: str = PASSWORD, **headers: str) -> httpx.Response:
        return await self.http.post("/desk/login", json={"officer_id": officer_id, "password": password}, headers=headers)

    async def as_program(self, officer_id: str = "zhang01") -> Caller:
        token = (await self.log_in(officer_id)).json()["token"]
        self.http.cookies.clear()
        self.http.headers["Authorization"] = f"Bearer {token}"
        return self

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.http.get(f"/desk/{path}", params=query)

    async def filing(self, filing_no: str) -> dict[str, Any]:
        return (await self.get(f"filings/{filing_no}")).json()["filing"]

    async def decide(self, filing_no: str, step: str, key: str = "", **body: Any) -> httpx.Response:
        self.sent += 1
        headers = {"Idempotency-Key": key or f"test-key-{self.sent}"}
        return await self.http.post(f"/desk/filings/{filing_no}/{step}", json=body, headers=headers)


@pytest.fixture
async def caller(app: FastAPI) -> AsyncIterator[Caller]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=OWN) as client:
        yield Caller(client)


@pytest.fixture
async def zhang(caller: Caller) -> Caller:
    """A program logged in as the officer of 威海."""
    return await caller.as_program()


def said(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal, which must have the one shape and end in a full stop."""
    body = answer.json()
    assert set(body) == {"code", "message", "details"} and body["message"].endswith("。"), body
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, body["code"]


# --- who is asking ---


async def test_a_login_gives_the_token_the_areas_and_a_cookie_no_script_can_read(caller, office):
    answer = await caller.log_in()
    body = answer.json()
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert body["officer"] == {"id": "zhang01", "name": "张经办"}
    assert body["regions"] == [{"code": GAOYOU, "name": "江苏省扬州市高邮市"}, {"code": WEIHAI, "name": "山东省威海市"}]
    assert body["expires_at"] == (office.clock.at + timedelta(hours=12)).isoformat()
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}={body['token']};")
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/desk" in cookie and "Secure" not in cookie


async def test_over_https_the_cookie_never_travels_in_the_clear(app):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://localhost") as client:
        assert "Secure" in (await Caller(client).log_in()).headers["set-cookie"]


@pytest.mark.parametrize("officer_id", ["zhang01", "nobody"])
async def test_a_wrong_password_tells_how_often_one_may_try_and_then_until_when_it_is_locked(caller, officer_id):
    for left in (4, 3, 2, 1):
        answer = await caller.log_in(officer_id, "not the password")
        assert said(answer) == (401, "wrong_login") and answer.json()["details"] == {"left": left}
    assert answer.json()["message"] == "工号或密码不对，请核对。还可以试1次。"
    for password in ("not the password", PASSWORD):
        answer = await caller.log_in(officer_id, password)
        assert said(answer) == (429, "login_locked") and answer.headers["retry-after"] == "900"
    assert answer.json()["message"] == "密码错了5次，这个工号先锁住。请10点45分以后再试。"
    assert "set-cookie" not in answer.headers


READS = ("session", "queue", "filings/x", "filings/x/clear", "filings/x/papers/y", "filings/x/document", "filings/x/audit")
WRITES = ("logout", "search", "filings/x/confirm", "filings/x/return", "filings/x/end")


@pytest.mark.parametrize("token", [None, "made up", "é", "a" * 5000])
@pytest.mark.parametrize("path", READS + WRITES)
async def test_without_a_session_nothing_is_answered(caller, path, token):
    headers = {"Authorization": f"Bearer {token}".encode()} if token else {}
    answer = await caller.http.request("GET" if path in READS else "POST", f"/desk/{path}", headers=headers)
    assert said(answer) == (401, "not_logged_in")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["message"] == "还没有登录，或者登录已经过期。请重新登录。"


async def test_the_page_reads_with_its_cookie_and_changes_things_only_from_its_own_origin(caller, office):
    no = office.submitted()
    await caller.log_in()
    search = {"id_number": PERSON["id_number"]}
    assert (await caller.get(f"filings/{no}")).status_code == 200
    assert said(await caller.http.get("/desk/queue", headers={"Origin": FOREIGN})) == (403, "foreign_origin")
    for headers, is_allowed in (
        ({}, False), ({"Origin": FOREIGN}, False), ({**PAGE, "Origin": FOREIGN}, False), ({"Origin": "null"}, False),
        ({"Origin": OWN}, True), (PAGE, True), ({**PAGE, "Origin": OWN}, True),
    ):
        answer = await caller.http.post("/desk/search", json=search, headers=headers)
        assert answer.status_code == (200 if is_allowed else 403), headers
    assert said(await caller.log_in(Origin=FOREIGN)) == (403, "foreign_origin")


async def test_a_wrong_bearer_is_not_made_good_by_a_cookie(caller):
    await caller.log_in()
    assert said(await caller.http.get("/desk/queue", headers={"Authorization": "Bearer other"})) == (401, "not_logged_in")


async def test_logging_out_ends_the_session_and_takes_the_cookie_back(caller):
    await caller.log_in()
    assert (await caller.get("session")).json()["officer"]["id"] == "zhang01"
    token = caller.http.cookies[COOKIE]
    answer = await caller.http.post("/desk/logout", headers=PAGE)
    assert answer.status_code == 204 and "Max-Age=0" in answer.headers["set-cookie"]
    assert said(await caller.http.get("/desk/session", headers={"Authorization": f"Bearer {token}"})) == (401, "not_logged_in")


async def test_a_disabled_officer_is_out_at_the_next_request(zhang, app):
    assert (await zhang.get("queue")).status_code == 200
    app.state.desk.officers.disable("zhang01")
    assert said(await zhang.get("queue")) == (401, "not_logged_in")
    assert said(await zhang.log_in()) == (403, "officer_disabled")


async def test_a_session_nobody_uses_ends_after_twelve_hours(zhang, office):
    office.clock.at += timedelta(hours=12)
    assert said(await zhang.get("queue")) == (401, "not_logged_in")


async def test_two_passwords_are_checked_at_a_time_and_the_others_wait():
    slots, running, most = password_slots(), [], []

    def check() -> int:
        running.append(1)
        most.append(len(running))
        time.sleep(0.01)
        running.pop()
        return len(most)

    assert len(await asyncio.gather(*(slots.run(check) for _ in range(12)))) == 12
    assert max(most) == 2


# --- finding ---


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
    assert answer.json()["duplicates"] == [other]
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
    bodies = {"/confirm": {}, "/return": {"reason": REASON}, "/end": {"agreed": True}}
    answers = []
    for no in (theirs, nobodys, "no number at all"):
        if path in bodies:
            answers.append(await zhang.decide(no, path[1:], version=1, **bodies[path]))
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


async def test_reading_in_clear_shows_all_and_is_written_down(zhang, office):
    no = office.submitted()
    assert (await zhang.get(f"filings/{no}/audit")).json() == {"accesses": []}
    rows = {line["title"]: line["value"] for line in (await zhang.get(f"filings/{no}/clear")).json()["particulars"]}
    assert rows["姓名"] == PERSON["name"] and rows["身份证号码"] == PERSON["id_number"]
    await zhang.http.post("/desk/search", json={"id_number": PERSON["id_number"]})
    await zhang.get(f"filings/{no}/document")
    accesses = (await zhang.get(f"filings/{no}/audit")).json()["accesses"]
    assert [(one["actor"], one["action"]) for one in accesses] == [("zhang01", "read"), ("zhang01", "search"), ("zhang01", "document")]
    assert "id_number" in accesses[0]["fields"] and accesses[0]["at"] == office.clock.at.isoformat()


# --- deciding ---


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


# --- papers ---


@pytest.fixture
def with_paper(office: Office) -> str:
    """The number of a filing that came with a photograph."""
    return office.file("long_term_residence", GAOYOU)


async def test_a_paper_is_shown_as_it_was_uploaded_and_cannot_run_anything(zhang, with_paper):
    shown = await zhang.filing(with_paper)
    paper = shown["papers"][0]
    assert paper["media_type"] == "image/jpeg" and paper["bytes"] == len(photo()) and paper["title"]
    answer = await zhang.get(f"filings/{with_paper}/papers/{paper['paper_id']}")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, photo(), "image/jpeg")
    assert "sandbox" in answer.headers["content-security-policy"] and "allow-scripts" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("inline")
    accesses = (await zhang.get(f"filings/{with_paper}/audit")).json()["accesses"]
    assert [(one["action"], one["fields"]) for one in accesses] == [("paper", [f"paper:{paper['paper']}"])]


async def test_a_paper_of_another_filing_is_not_found_under_this_one(zhang, office, with_paper):
    paper_id = (await zhang.filing(with_paper))["papers"][0]["paper_id"]
    other = office.submitted("c2", **another_person(1))
    for no, one in ((other, paper_id), (with_paper, "../../keys/filing.key"), (with_paper, "0" * 32)):
        answer = await zhang.http.get(f"/desk/filings/{no}/papers/{one.replace('/', '%2F')}")
        assert answer.status_code == 404


async def test_a_paper_whose_file_is_gone_is_told_so(zhang, office, with_paper):
    paper_id = (await zhang.filing(with_paper))["papers"][0]["paper_id"]
    office.papers.delete(paper_id)
    answer = await zhang.get(f"filings/{with_paper}/papers/{paper_id}")
    assert said(answer) == (404, "paper_missing") and "备份" in answer.json()["message"]


async def test_the_document_is_a_pdf_in_clear(zhang, office):
    no = office.submitted()
    answer = await zhang.get(f"filings/{no}/document")
    assert answer.headers["content-type"] == "application/pdf" and answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == f'inline; filename="{no}.pdf"' and answer.headers["cache-control"] == "no-store"
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert PERSON["name"] in words.replace("\x00", "")
    assert (await zhang.get(f"filings/{no}/document")).content == answer.content


async def test_of_a_filing_kept_long_enough_only_its_course_is_left(zhang, office, with_paper):
    paper_id = (await zhang.filing(with_paper))["papers"][0]["paper_id"]
    office.course.withdraw("c1", with_paper)
    assert office.erasure.purge_filings(office.clock.at + timedelta(days=1)) == 1
    shown = await zhang.filing(with_paper)
    assert [event["event"] for event in shown["timeline"]] == ["submitted", "withdrawn"] and shown["name"] == "" and shown["papers"] == []
    assert said(await zhang.get(f"filings/{with_paper}/document")) == (404, "document_erased")
    assert said(await zhang.get(f"filings/{with_paper}/papers/{paper_id}")) == (404, "paper_not_found")
    assert PERSON["name"] not in (await zhang.get(f"filings/{with_paper}/clear")).text
    assert (await zhang.get("queue", status="withdrawn")).json()["filings"][0]["filing_no"] == with_paper


# --- what cannot be read ---

BAD_BODIES = [
    b"", b"null", b"[]", b"{}", b'"text"', b"{", b"\xff\xfe", b"{'a': 1}", b'{"version": 1, "extra": 1}', b'{"version": true}', b'{"version": 1.5}',
    b'{"version": "1"}', b'{"version": 0}', b'{"version": 1e400}', b'{"version": NaN}', b'{"version": -Infinity}', b'{"version": ' + b"9" * 5000 + b"}",
    b"[" * 20_000, b'{"version": 1, "reason": "\\ud800\\ud800\\ud800\\ud800\\ud800"}', b'{"version": 1, "\\ud800": 1}',
    b'{"version": 1, "reason": "has a \\u0000 in it", "agreed": false}', b'{"version": 1, "reason": ["a list"], "fields": {}}',
    b'{"version": 1, "reason": "long enough", "fields": ["\\udfff"]}', b'{"version": 1, "reason": "long enough", "fields": [null]}',
    b'{"version": 1, "reason": "long enough", "fields": ' + str(["phone"] * 41).replace("'", '"').encode() + b"}",
    b'{"version": 1, "on": "2026-11-22\\u0000"}', b'{"officer_id": "\\ud800", "password": "x"}', b'{"id_number": "\\ud800"}', b'{"id_number": 371002199001011237}',
]


@pytest.mark.parametrize("body", BAD_BODIES)
@pytest.mark.parametrize("path", ["login", "search", "filings/{no}/confirm", "filings/{no}/return", "filings/{no}/end"])
async def test_a_body_that_makes_no_sense_is_refused_in_chinese_and_not_repeated(zhang, office, path, body):
    no = office.submitted()
    headers = {"Content-Type": "application/json", "Idempotency-Key": "some-key-1"}
    answer = await zhang.http.post(f"/desk/{path.format(no=no)}", content=body, headers=headers)
    assert said(answer) == (422, "bad_input")
    assert answer.text.isascii() is False and "371002199001011237" not in answer.text and "\\ud" not in answer.text


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=utf-16", "💥".encode()])
async def test_only_json_is_taken(zhang, content_type):
    headers = {"Content-Type": content_type}
    answer = await zhang.http.post("/desk/search", content=b'{"id_number": "371002199001011237"}', headers=headers)
    assert answer.status_code == (200 if "json" in str(content_type) else 422)


async def test_a_body_without_end_is_not_taken_in(zhang):
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 10_000

    assert said(await zhang.http.post("/desk/search", content=endless())) == (413, "too_large")
    assert taken * 10_000 <= TAKEN_IN * desk_errors.LARGEST_BODY + 20_000


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
    for path in ("", "/clear", "/audit", "/document"):
        assert (await zhang.http.get(f"/desk/filings/{number}{path}")).status_code == 404
    assert said(await zhang.http.get(f"/desk/filings/{'1' * 65}")) == (422, "bad_input")


@pytest.mark.parametrize(("path", "method", "allowed"), [("queue", "POST", "GET"), ("login", "GET", "POST"), ("filings/x/confirm", "DELETE", "POST"), ("filings/x", "PUT", "GET")])
async def test_a_wrong_method_is_told_which_is_right(zhang, path, method, allowed):
    answer = await zhang.http.request(method, f"/desk/{path}")
    assert said(answer) == (405, "method_not_allowed") and answer.headers["allow"] == allowed


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


async def test_a_fault_of_ours_is_told_without_its_words(zhang, app, office, caplog):
    no = office.submitted()

    def torn(_: object) -> bytes:
        raise RuntimeError(PERSON["name"])

    app.state.desk = Desk(app.state.desk.officers, office.desk, policy(), torn, office.clock)
    answer = await zhang.get(f"filings/{no}/document")
    assert said(answer) == (500, "failed")
    assert PERSON["name"] not in answer.text + caplog.text and "RuntimeError" in caplog.text


def test_every_code_has_words():
    from services.officer_problems import SENTENCES

    assert not [code for code in desk_errors.STATUSES if code not in desk_errors.SENTENCES and code not in SENTENCES and code != "bad_input"]
    assert all(sentence.endswith("。") for sentence in desk_errors.SENTENCES.values())
