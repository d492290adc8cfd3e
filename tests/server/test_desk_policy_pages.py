"""Searching the provisions, changes between two days, and whom to ask, over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from desk_lines import Asker, the_desk

ON = "2026-11-22"


@pytest.fixture
async def desk() -> AsyncIterator[Asker]:
    async with the_desk() as asker:
        yield asker


async def found(desk: Asker, line: str, **more: str) -> list[dict]:
    response = await desk.get("provisions", q=line, **{"on": ON, **more})
    assert response.status_code == 200, response.text
    return response.json()["provisions"]


async def test_provisions_are_found_by_their_words_with_value_document_clause_and_days(desk):
    rows = await found(desk, "临时外出 先付", region="371000")
    first = next(row for row in rows if row["topic"] == "share_borne")
    assert all("先付" in row["says"] and "临时外出" in row["title"] + row["says"] for row in rows[:3])
    assert first["region_name"] == "威海"
    assert first["citation"]["clause"] and first["effective_from"] == "2022-01-01" and first["effective_to"] is None


async def test_the_words_are_marked_where_they_stand(desk):
    for provision in (await found(desk, "居住证"))[:3]:
        marked = [snippet["text"][slice(*mark)] for snippet in provision["snippets"] for mark in snippet["marks"]]
        assert "居住证" in "".join(marked)


async def test_initials_find_the_same_as_the_words(desk):
    by_words = {one["provision"] for one in await found(desk, "有效期")}
    assert by_words and by_words <= {one["provision"] for one in await found(desk, "yxq")}


async def test_a_region_keeps_the_others_out_and_a_day_what_was_not_yet_in_force(desk):
    assert {one["region"] for one in await found(desk, "备案", region="321084")} == {"321084"}
    assert "371000" not in {one["region"] for one in await found(desk, "备案", on="2021-12-31")}


@pytest.mark.parametrize("line", [
    '"', '""', "AND", "先付 AND", "NEAR(先付, 2)", "title:先付", "先付*", "^先付", "(先付", "-先付", "a OR b", "'", "\\", "{}", "%", "先付\x00",
    "rowid:1", "provisions", "10%", "🙂",
])
async def test_signs_of_the_query_language_are_looked_for_as_words_or_not_at_all(desk, line):
    names = {one["provision"] for one in await found(desk, line)}
    if "先付" in line:
        assert names & {one["provision"] for one in await found(desk, "先付")}


async def test_a_line_that_says_nothing_finds_nothing(desk):
    assert await found(desk, "") == [] and await found(desk, "，。！") == []


async def test_changes_tell_what_began_with_its_source(desk):
    body = (await desk.get("changes", **{"from": "2021-12-31", "to": "2022-01-01", "region": "371000"})).json()
    kinds = {change["kind"] for change in body["changes"]}
    assert kinds == {"began"} and all(change["on"] == "2022-01-01" for change in body["changes"])
    assert all(change["old"] is None and change["new"]["citation"]["clause"] for change in body["changes"])
    none = (await desk.get("changes", **{"from": "2022-01-01", "to": "2022-01-01"})).json()
    assert none["changes"] == []


async def test_changes_backwards_are_refused(desk):
    response = await desk.get("changes", **{"from": "2022-01-02", "to": "2022-01-01"})
    assert response.status_code == 422 and "开始那天" in response.json()["message"]


async def test_contacts_stand_with_the_document_that_prints_them_and_its_date(desk):
    regions = {row["region"]: row for row in (await desk.get("contacts")).json()["regions"]}
    assert regions["371000"]["contacts"] == [] and regions["330100"]["contacts"] == []
    [gaoyou] = regions["321084"]["contacts"]
    assert gaoyou["phone"] == "0514-84601050" and gaoyou["citation"]["clause"] == "附：联系电话"
    assert gaoyou["citation"]["date"].startswith("2019-08")
    assert all(one["citation"] for row in regions.values() for one in row["contacts"])


async def test_contacts_of_one_region_come_with_the_national_lines(desk):
    rows = (await desk.get("contacts", region="321002")).json()["regions"]
    assert [row["region_name"] for row in rows] == ["扬州", "全国"]
    assert (await desk.get("contacts", region="999999")).status_code == 422
