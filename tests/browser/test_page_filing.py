"""A filing by commitment, filled in on the page and found in the database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chat_page import ChatPage
from people import (
    ADDRESS,
    CITY_CODE,
    ID_NUMBER,
    NAME,
    OTHER_PHONE,
    PRIVATE,
    WRONG_ID_NUMBER,
    begin_filing,
    fill_where,
    fill_who,
    in_days,
    in_words,
    say_where_and_for_whom,
    someone_else,
)
from playwright.sync_api import expect
from pypdf import PdfReader
from server_process import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
DAY = in_days(40)


def test_a_filing_is_filled_in_corrected_agreed_to_signed_by_hand_and_kept(
    chat: ChatPage, server: ServerProcess, tmp_path: Path, shot: Shot
) -> None:
    _fill_in(chat, shot)
    _correct_the_phone(chat, shot)
    _agree(chat, shot)
    number = _sign_by_hand(chat, shot)
    _assert_kept(server, number)
    _assert_document(chat, tmp_path, number)

    chat.press("我的备案")
    filing = chat.page.get_by_test_id("filing")
    expect(filing).to_contain_text(number)
    expect(filing).to_contain_text("等待经办机构确认")
    expect(filing).to_contain_text("江苏省南京市")
    shot(chat, "my_filing")


def test_who_would_rather_type_signs_with_the_name(chat: ChatPage, server: ServerProcess, shot: Shot) -> None:
    begin_filing(chat)
    fill_who(chat, someone_else())
    fill_where(chat, DAY.isoformat())
    chat.press("都对")
    chat.press("我已读完并同意")
    assert "跟前面填的姓名一样" in chat.sign_by_typing("王别人")
    chat.page.get_by_test_id("signature-switch").click()
    chat.page.get_by_test_id("signature-typed").fill(NAME)
    shot(chat, "signature_typed")
    chat.submit()
    _assert_kept(server, chat.page.get_by_test_id("receipt-no").inner_text())


def _fill_in(chat: ChatPage, shot: Shot) -> None:
    chat.say("我要办长期备案")
    chat.press("威海")
    shot(chat, "field_region")
    assert "叫什么名字" in say_where_and_for_whom(chat)
    assert chat.own().all_inner_texts() == ["我要办长期备案", "威海", "江苏省南京市", "6个月以上", "本人"]
    shot(chat, "field_name")
    chat.fill("name", NAME)
    assert chat.own().last.inner_text() == "欧***"

    problem = chat.fill("id_number", WRONG_ID_NUMBER)
    assert "最后一位对不上" in problem and "身份证" in problem
    shot(chat, "field_wrong_id")

    between = chat.say("备案管多久？")
    assert "长期有效" in between and "依据：" in between
    assert "身份证" in between, "the field that was open is asked for again"
    shot(chat, "question_in_between")

    assert "电话" in chat.fill("id_number", ID_NUMBER)
    assert ID_NUMBER not in chat.text()
    chat.fill("phone", "13812345678")
    shot(chat, "field_reason")
    review = fill_where(chat, DAY.isoformat())
    assert "都对吗" in review and review.count("请核对") == 1
    shot(chat, "review")


def _correct_the_phone(chat: ChatPage, shot: Shot) -> None:
    value = chat.page.get_by_test_id("review-value-phone").last
    assert value.inner_text() == "138****5678"
    chat.edit("phone")
    shot(chat, "field_phone")
    chat.fill("phone", OTHER_PHONE)
    assert value.inner_text() == "139****5678"
    assert chat.page.get_by_test_id("review-value-starts_on").last.inner_text() == in_words(DAY)


def _agree(chat: ChatPage, shot: Shot) -> None:
    chat.press("都对")
    letter = chat.page.get_by_test_id("letter-text")
    for part in ("承诺书", "江苏省南京市", "6个月以上", "法律责任", "承诺日期"):
        expect(letter).to_contain_text(part)
    assert letter.evaluate("box => box.scrollHeight - box.clientHeight") <= 1, "the letter is shown in full"
    shot(chat, "letter")
    assert "签名" in chat.press("我已读完并同意")


def _sign_by_hand(chat: ChatPage, shot: Shot) -> str:
    chat.page.get_by_test_id("ask-submit").click()
    expect(chat.page.get_by_test_id("field-problem")).to_contain_text("框里还没有字")
    chat.draw_signature()
    shot(chat, "signature_drawn")
    receipt = chat.submit()
    assert "提交不等于办好" in receipt
    expect(chat.own().last).to_have_text("（已签名）")
    shot(chat, "receipt")
    for fact, says in (("kind_title", "异地长期居住备案"), ("treatment_region", "江苏省南京市"), ("starts_on", in_words(DAY))):
        expect(chat.page.get_by_test_id(f"filing-{fact}")).to_have_text(says)
    expect(chat.page.get_by_test_id("filing-handed_in_at")).to_contain_text("年")
    number = chat.page.get_by_test_id("receipt-no").inner_text()
    assert receipt.count(number) == 1
    return number


def _assert_kept(server: ServerProcess, number: str) -> None:
    """The filing is in the database; who filed it can't be read from any file of it."""
    database = sqlite3.connect(server.data_dir / "filings.db")
    row = database.execute(
        "SELECT treatment_region, starts_on, status FROM filings WHERE filing_no = ?", [number]
    ).fetchone()
    database.close()
    assert row == (CITY_CODE, DAY.isoformat(), "submitted")
    for file in server.data_dir.glob("*.db*"):
        content = file.read_bytes()
        for private in PRIVATE:
            assert private.encode() not in content, f"{file.name} holds a private value in clear"


def _assert_document(chat: ChatPage, folder: Path, number: str) -> None:
    link = chat.page.get_by_test_id("document-link").last.get_attribute("href")
    assert link
    answer = chat.page.request.get(chat.url + link)
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")

    with chat.page.expect_download() as waiting:
        chat.page.get_by_test_id("document-download").last.click()
    saved = folder / "letter.pdf"
    waiting.value.save_as(saved)
    # pypdf scatters spaces and zero bytes between Chinese characters.
    text = re.sub(r"[\s\0]", "", "".join(page.extract_text() for page in PdfReader(saved).pages))
    for shown in (NAME, ID_NUMBER, OTHER_PHONE, ADDRESS, number):
        assert shown in text, f"the PDF lacks {shown}"
