"""The papers of a filing on the page: photographed, refused, sent again, a second one, sent anew at the review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chat_page import ChatPage, file_of, jpeg
from people import (
    CITY,
    PROVINCE,
    fill_who,
    in_days,
    in_words,
    someone_else,
    up_to_the_paper,
    up_to_the_residence_proof,
)
from photos import NO_PHOTO, photo, scan, too_large
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
Shot = Callable[..., Any]
STEP, DAY = "paper:residence_proof", in_days(9)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_long_stay_away_from_urumqi_is_filed_with_photos_that_can_be_sent_anew(chat: ChatPage, shot: Shot) -> None:
    chat.say("我是乌鲁木齐医保，我要办长期备案")
    chat.pick_region(PROVINCE, CITY)
    before = chat.press("6个月以上")
    assert "没有医保待遇" in before and "长期居住证明" in before, "what it costs and what it takes are said first"
    chat.press("本人")
    fill_who(chat, someone_else())
    chat.press("在外地长期居住")
    assert "请传长期居住证明" in chat.fill("starts_on", DAY.isoformat())
    expect(chat.page.get_by_test_id(f"ask-{STEP}")).to_contain_text("每份最多10 MB")
    shot(chat, "paper")

    assert "收到长期居住证明，共1份" in chat.upload(photo())
    paper = chat.page.get_by_test_id(f"review-value-{STEP}").last
    expect(paper).to_have_text("已上传1份")
    shot(chat, "paper_review")
    chat.press("再传一份")
    expect(chat.page.get_by_test_id("paper-uploaded").locator("li")).to_have_count(1)
    shot(chat, "paper_second")
    chat.upload(photo(300, 400))
    expect(paper).to_have_text("已上传2份")
    _correct_at_the_review(chat)

    assert "提交" in chat.press("都对")
    assert "提交不等于办好" in chat.press("提交")
    receipt = chat.page.get_by_test_id("receipt")
    assert chat.status(receipt) == "submitted"
    expect(receipt.get_by_test_id("receipt-notes")).to_contain_text("银行代付协议")
    shot(chat, "paper_receipt")


def _correct_at_the_review(chat: ChatPage) -> None:
    """A line of the review, then the paper: the photos sent before are gone."""
    chat.edit("treatment_region")
    chat.pick_region("北京市")
    expect(chat.page.get_by_test_id("review-value-treatment_region").last).to_have_text("北京市")
    expect(chat.page.get_by_test_id("review-value-starts_on").last).to_have_text(in_words(DAY))
    assert "请传长期居住证明" in chat.edit(STEP)
    expect(chat.page.get_by_test_id("paper-uploaded")).to_have_count(0)
    chat.upload(photo())
    expect(chat.page.get_by_test_id(f"review-value-{STEP}").last).to_have_text("已上传1份")


def test_a_long_stay_away_from_gaoyou_is_filed_with_a_photo_and_a_pdf(
    chat: ChatPage, tmp_path: Path, shot: Shot
) -> None:
    assert "请传居住证明" in up_to_the_residence_proof(chat, someone_else())
    problem = chat.page.get_by_test_id("paper-problem")
    chat.pick_in_chooser(file_of("居住证明.docx", b"PK", WORD))
    expect(problem).to_contain_text("这种文件收不了。请拍照，或者选")
    shot(chat, "gaoyou_wrong_kind")
    chat.pick_in_chooser(too_large(tmp_path))
    expect(problem).to_contain_text("重拍小一点")
    shot(chat, "gaoyou_too_large")

    chat.upload_from_chooser(jpeg("居住证.jpg", photo()))
    chat.press("再传一份")
    assert "共2份" in chat.upload_from_chooser(file_of("房产证.pdf", scan(), "application/pdf"))
    expect(chat.page.get_by_test_id(f"review-value-{STEP}").last).to_have_text("已上传2份")
    chat.press("再传一份")
    uploaded = chat.page.get_by_test_id("paper-uploaded").locator("li")
    expect(uploaded.nth(0)).to_contain_text("照片")
    expect(uploaded.nth(1)).to_contain_text("PDF文件")
    shot(chat, "gaoyou_photo_and_pdf")
    chat.press("传好了，下一步")
    chat.press("都对")
    assert "提交不等于办好" in chat.press("提交")
    assert chat.status(chat.page.get_by_test_id("receipt")) == "submitted"
    shot(chat, "gaoyou_receipt")


def test_what_is_no_photo_or_too_large_is_refused_and_without_a_network_it_waits(
    chat: ChatPage, tmp_path: Path, shot: Shot
) -> None:
    up_to_the_paper(chat)
    sent: list[str] = []
    chat.page.on("request", lambda request: "/chat/paper" in request.url and sent.append(request.url))
    problem = chat.page.get_by_test_id("paper-problem")

    chat.choose_paper(too_large(tmp_path))
    expect(problem).to_contain_text("最多10 MB")
    expect(chat.page.get_by_test_id("paper-retry")).to_have_count(0)
    assert not sent, "what is too large never leaves the page"
    shot(chat, "paper_too_large")

    chat.choose_paper(NO_PHOTO)
    expect(problem).to_contain_text("只收照片")
    expect(chat.page.get_by_test_id("paper-retry")).to_have_count(0)
    assert len(sent) == 1
    shot(chat, "paper_no_photo")

    chat.page.context.set_offline(True)
    chat.choose_paper(photo())
    expect(problem).to_contain_text("文件还在")
    shot(chat, "paper_offline")
    chat.page.context.set_offline(False)
    chat.wait_until_connected()
    assert "收到转外就医证明，共1份" in chat.retry_paper()
    expect(problem).to_have_count(0)


def test_a_paper_is_chosen_and_handed_in_with_the_keyboard(chat: ChatPage) -> None:
    # Listening from now on: a key press is so quick that it could overtake the order to catch the chooser.
    chat.page.on("filechooser", lambda chooser: None)
    up_to_the_paper(chat, someone_else())
    button = chat.page.get_by_test_id("paper-button")
    expect(button).to_be_focused()
    with chat.page.expect_file_chooser() as chosen:
        chat.page.keyboard.press("Enter")
    chat.answered(lambda: chosen.value.set_files(jpeg("转诊单.jpg", photo())))
    for title in ("都对", "提交"):
        chat.tab_to(chat.button(title))
        chat.answered(lambda: chat.page.keyboard.press("Enter"))
    expect(chat.page.get_by_test_id("receipt")).to_be_visible()
