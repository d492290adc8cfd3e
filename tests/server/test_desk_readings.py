"""An agent reads a conversation along by the code its person gives, until either of them ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from desk_callers import OWN
from listening_house import LIVES, code_of


async def test_an_agent_reads_along_by_the_code_and_the_person_sees_and_ends_it(house):
    conversation, person = house.person()
    await house.chat.play(conversation, LIVES)
    agent = await house.signed_in()
    assert (await person.get("/chat/consent")).json() == {"state": "none", "code": None, "at": None}
    given = (await person.post("/chat/consent")).json()
    assert given["state"] == "waiting" and (await person.get("/chat/consent")).json()["code"] is None

    opened = await agent.post("/desk/conversations/open", json={"code": given["code"]})
    assert opened.status_code == 200 and opened.headers["cache-control"] == "no-store"
    reading = opened.json()["reading"]["reading_id"]
    assert [line["text"] for line in opened.json()["messages"]] == [
        "〔已隐去〕，在烟台〔医院〕住院", "威海的文件没写。打0631-5231234问。",
        "依据：威海市海滨路1号经办窗口", "您登记的就诊医院是威海市〔医院〕",
    ]
    assert opened.json()["messages"][2]["buttons"] == ["转诊"] and "btn:" not in opened.text
    assert (await person.get("/chat/consent")).json()["state"] == "watched"

    await house.chat.play(conversation, "咋整")
    later = (await agent.get(f"/desk/conversations/{reading}", params={"after": opened.json()["last_seq"]})).json()
    assert [(line["from"], line["text"]) for line in later["messages"]] == [("user", "咋整"), ("bot", "没听懂")]
    assert (await agent.get("/desk/conversations")).json()["readings"][0]["reading_id"] == reading

    assert (await person.post("/chat/consent/end")).json()["state"] == "none"
    assert code_of(await agent.get(f"/desk/conversations/{reading}")) == (404, "reading_ended")
    record = (await (await house.signed_in("admin1")).get("/desk/readings")).json()["record"]
    assert [(row["event"], row["officer_id"], row["conversation"]) for row in record] == [
        ("ended_by_person", "agent1", conversation[-8:]), ("opened", "agent1", conversation[-8:]),
    ]


@pytest.mark.parametrize("how", ["erasure", "restart"])
async def test_whoever_deletes_what_was_said_is_read_by_nobody(house, how):
    conversation, person = house.person()
    await house.chat.play(conversation, LIVES)
    agent = await house.signed_in()
    code = (await person.post("/chat/consent")).json()["code"]
    reading = (await agent.post("/desk/conversations/open", json={"code": code})).json()["reading"]["reading_id"]
    if how == "erasure":
        await house.chat.play(conversation, "确定删除")
    else:
        house.listening.erased(conversation, "restart")
    assert code_of(await agent.get(f"/desk/conversations/{reading}")) == (404, "reading_ended")
    assert house.consents.record(1)[0].event == f"ended_by_{how}"


async def test_the_agent_closes_it_and_no_colleague_reads_it(house):
    _, person = house.person()
    agent, other = await house.signed_in(), await house.signed_in("agent2")
    code = (await person.post("/chat/consent")).json()["code"]
    opened = (await agent.post("/desk/conversations/open", json={"code": code})).json()
    assert opened["messages"] == [] and opened["last_seq"] == 0
    reading = opened["reading"]["reading_id"]
    for step in ("", "/close"):
        answer = await (other.post if step else other.get)(f"/desk/conversations/{reading}{step}")
        assert code_of(answer) == (404, "reading_ended")
    assert (await agent.post(f"/desk/conversations/{reading}/close")).status_code == 204
    assert (await person.get("/chat/consent")).json()["state"] == "none"


async def test_wrong_codes_are_counted_and_lock_in_words(house):
    agent = await house.signed_in()
    for left in (4, 3, 2, 1):
        answer = await agent.post("/desk/conversations/open", json={"code": "12"})
        assert code_of(answer) == (404, "wrong_code") and answer.json()["details"] == {"left": left}
    answer = await agent.post("/desk/conversations/open", json={"code": "12"})
    assert code_of(answer) == (429, "codes_locked") and answer.headers["retry-after"] == "900"
    assert answer.json()["message"] == "错了5次，先锁住。请10点45分以后再试，或者请同事打开。"


async def test_a_code_is_given_to_the_pages_own_conversation_only(house):
    stranger = house.browser(Origin=OWN)
    assert (await stranger.post("/chat/consent")).status_code == 401
    _, person = house.person()
    person.headers["Origin"] = "http://evil.example"
    assert (await person.post("/chat/consent")).status_code == 403
    person.headers["Origin"] = OWN
    statuses = [(await person.post("/chat/consent")).status_code for _ in range(7)]
    assert statuses == [200] * 6 + [429]
    house.clock.at += timedelta(hours=2)
    assert (await person.post("/chat/consent")).status_code == 200
