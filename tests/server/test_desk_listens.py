"""Conversations, questions and figures over the desk's API, and codes over the page's, with the real stores."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from filing_office import WEIHAI, Office, an_office, policy

from server.assistant import Exchange
from server.chat import Chat
from server.listening import Listening
from server.metrics import Metrics
from server.outcomes import Heard
from server.routes import consent, desk, desk_conversations, desk_questions
from server.routes.desk_parts import Desk
from server.sessions import COOKIE, Sessions
from services import bootstrap
from services.account_sign_in import SignIn
from services.account_store import AccountStore
from services.accounts import Accounts
from services.consent_store import ConsentStore
from services.consents import Consents
from services.conversation_store import ConversationStore
from services.document_files import DocumentFiles
from services.paper_files import PaperFiles
from services.passwords import Passwords
from services.question_log import QuestionLog
from services.question_log_store import QuestionLogStore

OWN = "http://localhost:8000"
PASSWORD = "a-long-password"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
ANSWER = {"kind": "answer", "topic": "deductible", "region": WEIHAI, "region_name": "威海", "status": "not_stated"}
LIVES = "我住环翠区海滨路12号，在烟台毓璜顶医院住院"


class Silent:
    """Says that the documents do not say it; does not understand what begins with 咋; erases when asked to."""

    def forget(self, conversation: str) -> None:
        pass

    async def handle(self, conversation: str, message: str) -> Exchange:
        if message == "确定删除":
            return Exchange(message, [{"text": "都删掉了", "custom": {"kind": "erased"}}])
        if message.startswith("咋"):
            return Exchange(message, [{"text": "没听懂"}], None, Heard("nlu_fallback", ("utter_did_you_mean",)))
        replies: list[dict[str, Any]] = [
            {"text": "威海的文件没写。打0631-5231234问。", "custom": ANSWER},
            {"text": "依据：威海市海滨路1号经办窗口", "buttons": [{"title": "转诊", "payload": "btn:secret"}]},
            {"text": "您登记的就诊医院是威海市立医院"},
        ]
        return Exchange(message, replies, WEIHAI, Heard("ask_deductible", (), "deductible", WEIHAI))


class House:
    """A server's parts, and people who ask it."""

    def __init__(self, folder: Path, office: Office) -> None:
        self.clock, self.app, self.metrics = office.clock, FastAPI(), Metrics()
        self.talk = ConversationStore(folder / "conversations.db", office.store.box)
        self.questions = QuestionLogStore(folder / "questions.db")
        self.consents = Consents(ConsentStore(folder / "consents.db"), self.clock, key="a key")
        log = QuestionLog(self.questions, self.talk, office.store.box, self.clock, words_key="a key")
        self.listening = Listening(log, self.consents, self.metrics, self.clock)
        self.chat = Chat(Silent(), self.talk, self.listening)
        self.sessions = Sessions("a secret")
        self._open_desk(folder, office)

    def _open_desk(self, folder: Path, office: Office) -> None:
        self.accounts_store, passwords = AccountStore(folder / "officers.db"), Passwords(QUICK)
        accounts = Accounts(self.accounts_store, self.clock, passwords, lambda: (WEIHAI,))
        for account_id, role in (("agent1", "agent"), ("agent2", "agent"), ("officer1", "officer"), ("admin1", "admin")):
            accounts.add(account_id, "某某", [WEIHAI], PASSWORD, role)
        sign_in = SignIn(self.accounts_store, self.clock, passwords, lambda: (WEIHAI,))
        documents = DocumentFiles(PaperFiles(folder / "documents", office.store.box, "document"), bootstrap.letter_pdf)
        for routes in (consent, desk, desk_conversations, desk_questions):
            self.app.include_router(routes.router)
        self.app.state.desk = Desk(accounts, sign_in, office.desk, policy(), documents.of, self.clock)
        self.app.state.listening, self.app.state.sessions = self.listening, self.sessions

    def close(self) -> None:
        for store in (self.talk, self.questions, self.consents.store, self.accounts_store):
            store.close()

    def browser(self, **headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=OWN, headers=headers)

    async def signed_in(self, account_id: str = "agent1") -> httpx.AsyncClient:
        http = self.browser()
        answer = await http.post("/desk/login", json={"officer_id": account_id, "password": PASSWORD})
        http.cookies.clear()
        http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return http

    def person(self) -> tuple[str, httpx.AsyncClient]:
        session = self.sessions.new()
        http = self.browser(Origin=OWN)
        http.cookies.set(COOKIE, session.token)
        return session.conversation, http


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with an_office(tmp_path) as office:
        made = House(tmp_path, office)
        monkeypatch.setattr(bootstrap, "now", made.clock)
        monkeypatch.setattr(bootstrap, "conversation_store", lambda: made.talk)
        yield made
        made.close()


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


# --- reading along ---


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


@pytest.mark.parametrize(
    ("account", "path", "status"),
    [("agent1", "readings", 403), ("officer1", "readings", 403), ("admin1", "readings", 200), ("agent1", "figures", 403),
     ("officer1", "figures", 200), ("admin1", "figures", 200), ("agent1", "questions", 200), ("agent1", "questions/export", 403),
     ("officer1", "questions/export", 200)],
)
async def test_each_role_sees_what_is_its_own(house, account, path, status):
    answer = await (await house.signed_in(account)).get(f"/desk/{path}")
    assert answer.status_code == status
    assert (await house.browser().get(f"/desk/{path}")).status_code == 401


# --- questions ---


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


# --- figures ---


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


# --- what is never there ---

PRIVATE = ("张三丰", "371002199001011237", "13812345678", "海滨路", "毓璜顶")


async def test_nothing_private_stands_in_the_log_the_metrics_or_an_export(house, tmp_path):
    from server.privacy import masked

    conversation, _ = house.person()
    said = "咋整啊，我叫张三丰，身份证371002199001011237，电话13812345678，我住环翠区海滨路12号，在烟台毓璜顶医院"

    class Masking(Silent):
        async def handle(self, conversation: str, message: str) -> Exchange:
            exchange = await super().handle(conversation, message)
            return Exchange(masked(message), exchange.replies, None, exchange.heard)

    house.chat.assistant = Masking()
    for text in (said, said.removeprefix("咋整啊，")):
        await house.chat.play(conversation, text)
    agent = await house.signed_in("officer1")
    texts = [
        house.metrics.text().decode(), (await agent.get("/desk/questions")).text,
        *[(await agent.get("/desk/questions/export", params={"format": kind})).text for kind in ("csv", "json")],
        *[file.read_bytes().decode(errors="ignore") for file in tmp_path.glob("questions.db*")],
    ]
    assert any("咋整" in text for text in texts), "the question itself is there"
    assert [word for word in PRIVATE for text in texts if word in text] == []


async def test_a_log_that_cannot_be_written_costs_nobody_an_answer(house, monkeypatch):
    conversation, _ = house.person()

    def broken(*_: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(house.questions, "add", broken)
    assert (await house.chat.play(conversation, "起付线多少"))[1]["text"] == "威海的文件没写。打0631-5231234问。"


async def test_a_turn_that_fails_is_counted_and_leaves_no_reference(house, monkeypatch):
    conversation, _ = house.person()

    async def broken(*_: object) -> Exchange:
        raise LookupError

    monkeypatch.setattr(house.chat.assistant, "handle", broken)
    with pytest.raises(LookupError):
        await house.chat.play(conversation, "起付线多少")
    figures: Callable[..., Any] = house.questions.counts
    assert figures(house.clock().date(), house.clock().date(), "outcome") == [("failed", 1)]
