"""The list of questions without an answer: marked, opened again and exported, without the words that tell who asked."""

from __future__ import annotations

import csv
import io

from filing_office import WEIHAI
from listening_house import LIVES, code_of


async def test_questions_are_listed_marked_opened_again_and_exported(house):
    conversation, _ = house.person()
    for text in (LIVES, "起付线多少", "咋整"):
        await house.chat.play(conversation, text)
    house.talk.set_feedback(conversation, 2, "useless", "not_understood", house.clock())
    agent = await house.signed_in()
    listed = (await agent.get("/desk/questions")).json()
    assert {(q["kind"], q["count"]) for q in listed["questions"]} == {("not_stated", 2), ("fallback", 1), ("disliked", 1)}
    question = next(q for q in listed["questions"] if q["kind"] == "not_stated")
    assert question["region"] == {"code": WEIHAI, "name": "威海"} and question["topic"]["title"] == "起付线和报销比例"
    assert set(question["texts"]) == {"起付线多少", "我住威海市〔区县〕〔地点〕，在烟台〔医院〕住院"}

    said = {"kind": "not_stated", "subject": question["subject"]}
    marked = {**said, "done": True, "note": " 已问\x00医保局 "}
    assert (await agent.post("/desk/questions/mark", json=marked)).status_code == 204
    assert question["subject"] not in [q["subject"] for q in (await agent.get("/desk/questions", params={"kind": "not_stated"})).json()["questions"]]
    [done] = (await agent.get("/desk/questions", params={"state": "done"})).json()["questions"]
    assert (done["mark"]["officer_id"], done["mark"]["note"], done["mark"]["is_done"]) == ("agent1", "已问医保局", True)
    assert (await agent.post("/desk/questions/mark", json={**said, "done": False})).status_code == 204
    assert (await agent.get("/desk/questions", params={"state": "done"})).json() == {"questions": [], "total": 0}
    assert code_of(await agent.post("/desk/questions/mark", json={"kind": "fallback", "subject": "x", "done": True})) == (404, "question_not_found")


async def test_an_export_holds_no_formula_and_says_what_it_is(house):
    conversation, _ = house.person()
    await house.chat.play(conversation, "=HYPERLINK(\"http://evil.example\")起付线")
    agent = await house.signed_in("officer1")
    answer = await agent.get("/desk/questions/export", params={"format": "csv"})
    assert answer.headers["content-disposition"] == 'attachment; filename="questions-2026-11-22.csv"'
    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header[0] == "种类" and row[0] == "文件没写" and row[7].startswith("'=HYPERLINK")
    assert (await agent.get("/desk/questions/export", params={"format": "json"})).json()[0]["话题"] == "起付线和报销比例"
    assert (await agent.get("/desk/questions/export", params={"kind": "disliked", "format": "json"})).json() == []


async def test_what_may_be_nothing_but_a_name_is_counted_and_its_text_is_not_kept(house):
    conversation, _ = house.person()
    for text in ("咋国强", "咋整啊这个"):
        await house.chat.play(conversation, text)
    listed = (await (await house.signed_in()).get("/desk/questions")).json()["questions"]
    assert sorted(tuple(q["texts"]) for q in listed) == [(), ("咋整啊这个",)]
