"""GET /verify: whether a document was issued here and how its filing stands; nothing about anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from filing_office import HANGZHOU, PERSON, WEIHAI, Office, an_office

from server.routes import verify
from services import bootstrap
from services.document_code import code_content
from services.filing_numbers import filing_number

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
NEVER_GIVEN = filing_number(WEIHAI, date(2026, 11, 22), "00000000")
SITE = "http://localhost:8000"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with an_office(tmp_path) as opened:
        monkeypatch.setattr(bootstrap, "filing_look_up", lambda: opened.look_up)
        yield opened


@pytest.fixture
async def anyone() -> AsyncIterator[httpx.AsyncClient]:
    """Somebody with a telephone and no session."""
    app = FastAPI()
    app.include_router(verify.router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SITE) as client:
        yield client


def code_of(office: Office, filing_no: str) -> str:
    """What the code on the filing's document leads to."""
    return code_content(filing_no, office.course.paper("c1", filing_no).signed_sha256, SITE)


async def test_the_code_of_a_document_tells_what_it_is_and_how_it_stands_now(office, anyone):
    number = office.submitted()
    answer = await anyone.get(code_of(office, number))
    assert (answer.status_code, answer.json()) == (200, {
        "is_issued": True, "message": "对得上：这份文件是这里出的。", "filing_no": number, "kind_title": "异地长期居住备案",
        "region_name": "山东省威海市", "status_title": "已提交，等待经办机构确认", "submitted_on": "2026-11-22", "valid_to": None,
    })
    assert answer.headers["cache-control"] == "no-store"
    office.confirm(number)
    assert (await anyone.get(code_of(office, number))).json()["status_title"] == "已确认，有效"


async def test_a_browser_gets_a_page_in_chinese_without_scripts(office, anyone):
    number = office.submitted()
    answer = await anyone.get(code_of(office, number), headers=BROWSER)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    page = answer.text
    assert 'lang="zh-CN"' in page and "<script" not in page and " on" not in page.split("<body>")[1]
    assert [word for word in ("对得上", number, "山东省威海市", "异地长期居住备案", "等待经办机构确认", "2026年11月22日") if word not in page] == []


@pytest.mark.parametrize("headers", [{}, BROWSER], ids=["program", "browser"])
async def test_nothing_personal_is_told(office, anyone, headers):
    number = office.file("long_term_residence", WEIHAI)
    said = (await anyone.get(code_of(office, number), headers=headers)).text
    hidden = [*PERSON.values(), PERSON["id_number"][-4:], "欧", "青岛", "1381"]
    assert [value for value in hidden if value in said.replace(number, "")] == []


@pytest.mark.parametrize("headers", [{}, BROWSER], ids=["program", "browser"])
async def test_a_wrong_hash_a_wrong_number_and_nothing_at_all_get_the_same_answer(office, anyone, headers):
    number = office.submitted()
    other = office.file("referral", HANGZHOU, "c2")
    sha256 = office.course.paper("c1", number).signed_sha256
    asked = [
        (number, "0" * 64), (number, ""), (number, "证"), (number, "x" * 5_000), (other, sha256),
        (NEVER_GIVEN, sha256), ("1", sha256), ("x" * 5_000, sha256), (" ", sha256), ("<b>", sha256),
    ]
    answers = [await anyone.get(f"/verify/{one}", params={"sha256": hash_}, headers=headers) for one, hash_ in asked]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1 and "对不上" in answers[0].text


async def test_guessing_locks_nobody_out(office, anyone):
    number = office.submitted()
    statuses = {(await anyone.get(f"/verify/{number}", params={"sha256": f"{n:064}"})).status_code for n in range(20)}
    assert statuses == {404}
    assert (await anyone.get(code_of(office, number))).status_code == 200
    assert office.look_up.look_up("c2", number, PERSON["id_number"][-4:], PERSON["phone"]).filing_no == number


async def test_the_last_day_is_told_where_there_is_one(office, anyone):
    number = office.file("referral", HANGZHOU)
    office.confirm(number)
    valid_to = office.course.view("c1", number).valid_to
    assert valid_to is not None
    assert (await anyone.get(code_of(office, number))).json()["valid_to"] == valid_to.isoformat()
    page = (await anyone.get(code_of(office, number), headers=BROWSER)).text
    assert f"{valid_to.year}年{valid_to.month}月{valid_to.day}日" in page
