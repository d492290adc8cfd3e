"""What the tests of reading along, questions and figures share: a server's parts with the real stores, and people who ask it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
from desk_callers import OWN, PASSWORD, QUICK
from fastapi import FastAPI
from filing_office import WEIHAI, Office, policy

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


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
