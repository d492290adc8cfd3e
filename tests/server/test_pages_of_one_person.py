"""Two pages of one person agree: what is said in one appears in the other, and starting anew clears both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession

from server.assistant import Exchange
from server.buttons import ButtonSigner
from server.chat import Chat
from server.routes import page, page_session
from server.sessions import COOKIE, FRAMED_COOKIE, HEADER, SUBPROTOCOL, TOKEN_PREFIX, Sessions
from services import bootstrap
from services.conversation_store import ConversationStore
from services.secrets_box import SecretsBox

ADDRESS = "http://localhost:8000"


class Echo:
    """Says again what it is told."""

    def forget(self, conversation: str) -> None:
        pass

    async def handle(self, conversation: str, message: str) -> Exchange:
        return Exchange(message, [{"text": f"答：{message}"}])


class Drafts:
    """Whose unfinished filings were deleted."""

    def __init__(self) -> None:
        self.forgotten: list[str] = []

    def forget(self, conversation: str) -> None:
        self.forgotten.append(conversation)


@pytest.fixture
def drafts(monkeypatch: pytest.MonkeyPatch) -> Drafts:
    kept = Drafts()
    monkeypatch.setattr(bootstrap, "filings", lambda: kept)
    return kept


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    opened = ConversationStore(tmp_path / "conversations.db", SecretsBox(b"k" * 32))
    yield opened
    opened.close()


@pytest.fixture
def client(store: ConversationStore, drafts: Drafts) -> Iterator[TestClient]:
    """A person's browser, and the page's routes as the server runs them."""
    app = FastAPI()
    app.include_router(page.router)
    app.include_router(page_session.router)
    app.state.sessions, app.state.chat = Sessions("a secret"), Chat(Echo(), store)
    app.state.signer = ButtonSigner("a secret")
    with TestClient(app, base_url=ADDRESS) as browser:
        browser.post("/chat/session")
        yield browser


def opened(client: TestClient, **options: Any) -> WebSocketTestSession:
    return client.websocket_connect("ws://localhost:8000/chat/ws", **options)


def say(line: WebSocketTestSession, text: str) -> dict[str, Any]:
    line.send_text(json.dumps({"type": "message", "text": text, "client_id": text}))
    assert line.receive_json() == {"type": "typing"}
    return line.receive_json()


def come_with(client: TestClient, cookie: str) -> None:
    client.cookies.clear()
    client.cookies.set(COOKIE, cookie)


def test_what_is_said_in_one_page_appears_in_the_other_and_is_told_to_the_first_once(client):
    with opened(client) as one, opened(client) as two:
        assert one.receive_json()["type"] == two.receive_json()["type"] == "history"
        told = say(one, "你好")
        seen = two.receive_json()
        assert told == {**seen, "in_reply_to": "你好"}
        assert [bubble["text"] for bubble in seen["messages"]] == ["你好", "答：你好"]
        assert say(two, "谢谢")["messages"][0]["seq"] == 3, "nothing else came in between"
        assert one.receive_json()["messages"][1]["text"] == "答：谢谢"


def test_another_persons_page_is_told_nothing(client):
    with opened(client) as mine:
        mine.receive_json()
        client.cookies.clear()
        client.post("/chat/session")
        with opened(client) as theirs:
            theirs.receive_json()
            say(mine, "我的事")
            assert say(theirs, "你好")["messages"][0]["text"] == "你好"


def test_a_page_that_is_gone_keeps_nobody_waiting(client):
    with opened(client) as one:
        one.receive_json()
        with opened(client) as two:
            two.receive_json()
        assert say(one, "你好")["type"] == "entries"


def test_a_verdict_given_in_one_page_is_shown_in_the_other(client):
    with opened(client) as one, opened(client) as two:
        one.receive_json(), two.receive_json()
        say(one, "你好")
        two.receive_json()
        one.send_text(json.dumps({"type": "feedback", "seq": 2, "verdict": "useful"}))
        assert one.receive_json() == two.receive_json()


def test_starting_anew_really_deletes_and_tells_the_other_page(client, store, drafts):
    old = client.app.state.sessions.conversation(client.cookies[COOKIE])
    with opened(client) as one:
        one.receive_json()
        say(one, "我在威海")
        assert store.last_seq(old) == 2
        client.post("/chat/session/restart")
        assert one.receive_json() == {"type": "restarted"}
    assert store.last_seq(old) == 0 and drafts.forgotten == [old]
    with opened(client) as again:
        assert again.receive_json()["messages"] == []


def test_pages_that_start_anew_at_once_or_still_have_the_old_cookie_go_on_together(client, drafts):
    old = client.cookies[COOKIE]
    first = client.post("/chat/session/restart").json()
    for path in ("/chat/session", "/chat/session/restart"):
        come_with(client, old)
        assert client.post(path).json() == first
    assert len(drafts.forgotten) == 1


def test_a_page_that_would_begin_anew_what_is_no_more_goes_on_with_what_came_after_it(client, drafts):
    old = client.post("/chat/session").json()["conversation"]
    begun = client.post("/chat/session/restart", params={"conversation": old}).json()
    assert begun["conversation"] != old
    assert client.post("/chat/session/restart", params={"conversation": old}).json() == begun
    assert len(drafts.forgotten) == 1


def test_what_could_not_be_deleted_is_not_called_deleted_and_is_deleted_when_asked_again(client, store, drafts, monkeypatch):
    old = client.app.state.sessions.conversation(client.cookies[COOKIE])
    with opened(client) as one:
        one.receive_json()
        say(one, "我在威海")
    with monkeypatch.context() as broken:
        broken.setattr(store, "erase", lambda conversation: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            client.post("/chat/session/restart")
    assert store.last_seq(old) == 2
    client.post("/chat/session/restart")
    assert store.last_seq(old) == 0


def test_what_another_page_says_to_a_conversation_that_is_gone_is_not_kept(client, store):
    old = client.app.state.sessions.conversation(client.cookies[COOKIE])
    with opened(client) as one:
        one.receive_json()
        client.post("/chat/session/restart")
        assert one.receive_json() == {"type": "restarted"}
        one.send_text(json.dumps({"type": "message", "client_id": "late", "text": "我在威海"}))
        assert [one.receive_json()["type"] for _ in range(2)] == ["typing", "restarted"]
    assert store.last_seq(old) == 0


def test_a_minute_later_the_old_cookie_leads_no_further(client, monkeypatch):
    old, now = client.cookies[COOKIE], bootstrap.now()
    begun = client.post("/chat/session/restart").json()
    monkeypatch.setattr(bootstrap, "now", lambda: now + timedelta(minutes=2))
    come_with(client, old)
    assert client.post("/chat/session").json()["conversation"] != begun["conversation"]


def test_a_framed_page_gets_a_token_instead_of_a_cookie_and_its_own_conversation(client):
    mine = client.cookies[COOKIE]
    answer = client.post("/chat/session", headers={HEADER: ""})
    [cookie] = answer.headers.get_list("set-cookie")
    assert cookie.startswith(FRAMED_COOKIE) and {"HttpOnly", "Secure", "SameSite=None", "Partitioned"} <= set(cookie.split("; "))
    token = answer.json()["token"]
    assert client.app.state.sessions.conversation(token) != client.app.state.sessions.conversation(mine)
    again = client.post("/chat/session", headers={HEADER: token}).json()
    assert again["token"] == token
    with opened(client, subprotocols=[SUBPROTOCOL, TOKEN_PREFIX + token]) as line, opened(client) as other:
        assert line.accepted_subprotocol == SUBPROTOCOL
        line.receive_json(), other.receive_json()
        say(line, "框里说的")
        assert say(other, "页上说的")["messages"][0]["text"] == "页上说的", "the cookie's conversation heard nothing"


def test_a_framed_page_that_is_loaded_again_gets_its_token_back_by_the_cookie_of_the_site_around_it(client):
    token = client.post("/chat/session", headers={HEADER: "new"}).json()["token"]
    client.cookies.set(FRAMED_COOKIE, token)
    assert client.post("/chat/session", headers={HEADER: "new"}).json()["token"] == token
    assert client.post("/chat/session").json()["token"] is None, "only a framed page is told"
    client.cookies.delete(COOKIE)
    with opened(client) as line:
        assert line.receive()["code"] == 4401, "it opens no line: any page around the frame could bring it along"


def test_a_page_with_a_cookie_is_never_given_its_token(client):
    assert client.post("/chat/session").json()["token"] is None


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_a_framed_page_with_no_token_of_ours_does_not_get_the_cookies_conversation(client, token):
    with opened(client, subprotocols=[SUBPROTOCOL, TOKEN_PREFIX + token]) as line:
        assert line.receive()["code"] == 4401


def test_a_framed_page_starts_anew_with_its_token(client, drafts):
    token = client.post("/chat/session", headers={HEADER: ""}).json()["token"]
    begun = client.post("/chat/session/restart", headers={HEADER: token}).json()
    assert begun["token"] not in (None, token)
    assert drafts.forgotten == [client.app.state.sessions.conversation(token)]
