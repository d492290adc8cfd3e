"""POST /chat/bill: a bill as a file in, what was read and a signed button out, for the page's own conversation only."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI
from openpyxl import Workbook

from server.buttons import ButtonSigner
from server.routes import bills
from server.sessions import COOKIE, Sessions

HEAD = "项目名称,金额,医保类别,自付比例\n"
BILL = (HEAD + "CT平扫,300,乙类,5%\n床位费,三百左右,甲类,\n进口钢板,8000,自费,\n支架,500,乙类,\n").encode()
SECRET = "a secret"


@pytest.fixture
def app() -> FastAPI:
    """The route as the server runs it, without the dialogue."""
    made = FastAPI()
    made.include_router(bills.router)
    made.state.sessions, made.state.signer, made.state.bill_slots = Sessions(SECRET), ButtonSigner(SECRET), bills.slots()
    return made


@pytest.fixture
async def page(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser with a session."""
    conversation, cookie = app.state.sessions.new()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client:
        client.cookies.set(COOKIE, cookie)
        client.headers["X-Conversation-Of-Test"] = conversation
        yield client


async def sent(page: httpx.AsyncClient, content: bytes, name: str = "账单.csv", **headers: str) -> httpx.Response:
    return await page.post("/chat/bill", content=content, headers={"X-File-Name": quote(name), **headers})


async def test_rows_faults_sums_and_notes_come_back(page):
    answer = await sent(page, BILL)
    assert answer.status_code == 200
    shown = answer.json()
    assert shown["rows"][0] == {"line": 2, "name": "CT平扫", "amount": "300.00", "class_title": "乙类", "class_b_rate": "0.05"}
    assert [row["class_title"] for row in shown["rows"]] == ["乙类", "自费", "乙类"]
    assert shown["errors"][0]["line"] == 3 and "「三百左右」" in shown["errors"][0]["message"]
    assert shown["sums"] == [
        {"name": "total_amount", "title": "总费用", "amount": "8800.00"}, {"name": "non_covered_amount", "title": "自费", "amount": "8000.00"},
        {"name": "class_b_upfront_amount", "title": "乙类先行自付", "amount": "15.00"},
        {"name": "class_b_open_amount", "title": "没写自付比例的乙类", "amount": "500.00"},
    ]
    assert "500元" in shown["notes"][0] and shown["title"] == "用这份账单算"
    assert answer.headers["cache-control"] == "no-store"


async def test_the_button_carries_sums_only_and_is_good_for_this_conversation_only(page, app):
    payload = (await sent(page, BILL)).json()["payload"]
    press = app.state.signer.opened(page.headers["X-Conversation-Of-Test"], payload)
    assert (press.title, press.intent) == ("用这份账单算", "inform")
    assert press.entities == {
        "total_amount": "8800.00", "non_covered_amount": "8000.00", "class_b_upfront_amount": "15.00", "class_b_open_amount": "500.00",
        "unread_lines": "1",
    }
    assert app.state.signer.opened("page:another", payload) is None


async def test_a_spreadsheet_is_read_by_its_content_whatever_its_name(page):
    book, content = Workbook(), io.BytesIO()
    book.active.append(["项目名称", "金额", "类别"])
    book.active.append(["CT平扫", 300, "甲类"])
    book.save(content)
    assert (await sent(page, content.getvalue(), "账单.csv")).json()["sums"][0]["amount"] == "300.00"


async def test_without_one_readable_row_there_is_no_button(page):
    shown = (await sent(page, (HEAD + "CT平扫,三百左右,甲类,\n").encode())).json()
    assert shown["payload"] is None and shown["errors"] and not shown["rows"]


async def test_a_file_that_cannot_be_read_is_answered_with_what_to_do(page):
    answer = await sent(page, b"\x89PNG\r\n\x1a\n", "照片.png")
    assert answer.status_code == 422 and "识别不了图片" in answer.json()["message"]
    assert "是空的" in (await sent(page, b"")).json()["message"]


async def test_a_page_without_session_and_a_foreign_page_are_refused(page):
    assert (await sent(page, BILL, Origin="http://evil.example")).status_code == 403
    assert (await sent(page, BILL, Origin="http://localhost:8000")).status_code == 200
    page.cookies.set(COOKIE, "made up")
    answer = await sent(page, BILL)
    assert answer.status_code == 401 and "刷新" in answer.json()["message"]


async def test_a_file_above_five_megabytes_is_refused_while_it_comes_in(page):
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 1_000_000

    answer = await asyncio.wait_for(page.post("/chat/bill", content=endless()), 10)
    assert answer.status_code == 413 and "5 MB" in answer.json()["message"]
    assert taken < 50


async def test_a_file_of_exactly_five_megabytes_is_read(page):
    answer = await sent(page, HEAD.encode() + b"CT,300,," + b" " * (5_000_000 - len(HEAD.encode()) - 9) + b"\n")
    assert answer.status_code == 200, answer.text


async def test_many_faults_are_not_all_listed(page):
    errors = (await sent(page, (HEAD + "CT平扫,x,,\n" * 500).encode())).json()["errors"]
    assert len(errors) == 201 and "还有300处" in errors[-1]["message"]


async def test_many_bills_at_once_are_all_read_and_every_slot_is_free_again(page, app):
    answers = await asyncio.gather(*(sent(page, BILL if at % 2 else b"", "a.csv") for at in range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] * 6 + [422] * 6
    for _ in range(bills.READ_AT_ONCE):
        await asyncio.wait_for(app.state.bill_slots.free.acquire(), 1)


async def test_when_others_take_too_long_the_page_hears_of_it(page, app, monkeypatch):
    monkeypatch.setattr(app.state.bill_slots, "longest_wait", 0.05)
    for _ in range(bills.READ_AT_ONCE):
        await app.state.bill_slots.free.acquire()
    answer = await sent(page, BILL)
    assert answer.status_code == 503 and "过一会儿" in answer.json()["message"]


async def test_no_item_is_ever_logged(page, caplog):
    caplog.set_level(logging.DEBUG)
    await sent(page, BILL, "化疗药账单.csv")
    await sent(page, b"PK\x03\x04 \xe5\x8c\x96", "化疗药账单.xlsx")
    logged = "".join(json.dumps([record.getMessage(), str(record.args)], ensure_ascii=False) for record in caplog.records)
    assert not [word for word in ("CT平扫", "钢板", "化疗", quote("化疗"), "三百左右") if word in logged]
