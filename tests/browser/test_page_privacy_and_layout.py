"""What other people see, what leaves the machine, and whether it fits a small screen."""

from __future__ import annotations

from typing import Any

import pytest
from people import NAME, begin_filing, fill_where, fill_who, in_days, say_where_and_for_whom, someone_else

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_another_browser_sees_nothing_of_the_first(visits: Any) -> None:
    first = visits.open()
    begin_filing(first)
    first.fill("name", NAME)
    second = visits.open()
    assert second.own().count() == 0
    assert "还没有办过" in second.say("我的备案")
    assert "没有填到一半" in second.say("继续办")


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(visits: Any) -> None:
    person = visits.person()
    chat = visits.open(person)
    [cookie] = person.cookies()
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    assert chat.page.evaluate("document.cookie") == ""


@pytest.mark.parametrize("width", [390, 320])
def test_the_page_fits_complains_of_nothing_and_asks_no_other_host(visits: Any, server: Any, width: int) -> None:
    chat = visits.open(width=width)
    sticks_out = {"empty": chat.overflow_px()}

    def note(state: str) -> None:
        sticks_out[state] = chat.overflow_px()

    chat.say("威海参保的，备案一次管多久")
    chat.page.get_by_test_id("citation").last.click()
    note("answer")
    assert "哪个市" in chat.say("我要办长期备案"), "where one is insured is known already"
    note("region")
    say_where_and_for_whom(chat)
    note("field")
    fill_who(chat, someone_else())
    note("reason")
    fill_where(chat, in_days(40).isoformat())
    note("review")
    chat.press("都对")
    note("letter")
    chat.press("我已读完并同意")
    note("signature")
    chat.draw_signature()
    chat.submit()
    note("receipt")
    chat.press("我的备案")
    note("filing")

    assert not {state: by for state, by in sticks_out.items() if by > 0}
    assert visits.hosts == {server.url.removeprefix("http://")}
    assert visits.complaints == []

