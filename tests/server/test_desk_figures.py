"""What was asked in a span of days and what came of it, in figures."""

from __future__ import annotations

import pytest
from listening_house import code_of


async def test_figures_tell_what_was_asked_and_what_came_of_it(house):
    conversation, _ = house.person()
    for text in ("起付线多少", "咋整", "咋办"):
        await house.chat.play(conversation, text)
    admin = await house.signed_in("admin1")
    figures = (await admin.get("/desk/figures")).json()
    assert (figures["from"], figures["to"]) == ("2026-10-24", "2026-11-22")
    assert figures["outcomes"] == {"not_stated": 1, "fallback": 2} and figures["channels"] == {"page": 3}
    assert figures["topics"] == [{"id": "deductible", "title": "起付线和报销比例", "count": 1}]
    assert [day["day"] for day in figures["days"]] == ["2026-11-22"] and figures["waiting"]["slow"] >= 0
    assert figures["filings"] == []
    empty = (await admin.get("/desk/figures", params={"from": "2025-01-01", "to": "2025-01-02"})).json()
    assert empty["days"] == [] and empty["waiting"] == {"median": None, "slow": None}


@pytest.mark.parametrize("days", [("2026-11-22", "2026-11-21"), ("2020-01-01", "2026-11-22"), ("2026-13-01", "2026-11-22")])
async def test_days_that_are_no_period_are_refused(house, days):
    answer = await (await house.signed_in("admin1")).get("/desk/figures", params=dict(zip(("from", "to"), days, strict=True)))
    assert code_of(answer) == (422, "bad_input") and answer.json()["message"].endswith("。")


@pytest.mark.parametrize("days", [{"from": "0001-01-01"}, {"to": "0001-01-01"}, {"to": "9999-12-31"}, {"from": "9999-12-31"}])
async def test_one_day_alone_is_a_period_with_its_neighbours(house, days):
    assert (await (await house.signed_in("admin1")).get("/desk/figures", params=days)).status_code == 200
