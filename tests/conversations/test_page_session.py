"""The page's session: a cookie, a WebSocket, the history after coming back."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import websockets
from talking import IN_ORDER, START, Replies, another_person

from server.sessions import COOKIE

pytestmark = pytest.mark.model


class PagePerson:
    """Someone with the page open in a browser."""

    def __init__(self, server, cookie: str) -> None:
        self.server, self.cookie = server, cookie
        self.socket: Any = None
        self.history: list[dict[str, Any]] = []
        self.feedback: list[dict[str, Any]] = []
        self.last = Replies()

    @asynccontextmanager
    async def connected(self):
        """The socket open, the history received."""
        async with _connect(self.server, self.cookie) as socket:
            self.socket = socket
            frame = await self._frame()
            assert frame["type"] == "history"
            self.history, self.feedback = frame["messages"], frame["feedback"]
            yield self

    async def send(self, **frame: Any) -> dict[str, Any]:
        """The frame that answers this one, after «typing»."""
        await self.socket.send(json.dumps(frame))
        answer = await self._frame()
        while answer["type"] == "typing":
            answer = await self._frame()
        return answer

    async def say(self, text: str, client_id: str | None = None) -> Replies:
        frame = await self.send(type="message", text=text, **({"client_id": client_id} if client_id else {}))
        assert frame["type"] == "entries", frame
        self.last = Replies(bubble for bubble in frame["messages"] if bubble["from"] == "bot")
        return self.last

    async def press(self, title: str) -> Replies:
        frame = await self.send(type="press", payload=self.last.buttons[title])
        self.last = Replies(bubble for bubble in frame["messages"] if bubble["from"] == "bot")
        return self.last

    async def file(self) -> Replies:
        somebody = another_person()
        particulars = ("本人", somebody["name"], somebody["id_number"], somebody["phone"])
        for text in (*START, *particulars, *IN_ORDER[4:], "都对", "我同意", somebody["name"]):
            await self.say(text)
        return self.last

    async def _frame(self) -> dict[str, Any]:
        return json.loads(await asyncio.wait_for(self.socket.recv(), 30))


def _connect(server, cookie: str | None, **headers: str):
    address = server.url.replace("http", "ws") + "/chat/ws"
    cookies = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    return websockets.connect(address, extra_headers={**cookies, **headers}, max_size=None)


def new_cookie(server) -> str:
    response = httpx.post(server.url + "/chat/session", trust_env=False)
    assert response.status_code == 200
    return response.cookies[COOKIE]


@pytest.fixture
def visitor(server) -> PagePerson:
    return PagePerson(server, new_cookie(server))


async def close_code(server, cookie: str | None, **headers: str) -> int:
    async with _connect(server, cookie, **headers) as socket:
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 10)
    return closed.value.code


def test_the_cookie_is_out_of_reach_for_scripts_and_foreign_pages(server):
    header = httpx.post(server.url + "/chat/session", trust_env=False).headers["set-cookie"].lower()
    assert "httponly" in header and "samesite=strict" in header


def test_who_comes_back_keeps_the_conversation(server):
    cookie = new_cookie(server)
    again = httpx.post(server.url + "/chat/session", cookies={COOKIE: cookie}, trust_env=False)
    assert again.cookies[COOKIE] == cookie


async def test_a_question_is_answered_over_the_socket(visitor):
    async with visitor.connected():
        assert visitor.history == []
        replies = await visitor.say("威海参保，备案管多久")
        assert replies.topic_and_status[0] == "validity"


async def test_buttons_work_over_the_socket(visitor):
    async with visitor.connected():
        assert (await visitor.say("去外地看病要不要备案")).asked == "insured_region"
        assert (await visitor.press("威海")).custom("answer")["region"] == "371000"


async def test_the_history_is_there_after_coming_back(visitor):
    async with visitor.connected():
        await visitor.say("我叫张三丰，威海医保，备案管多久", "m-1")
    async with visitor.connected():
        assert [bubble["from"] for bubble in visitor.history][:2] == ["user", "bot"]
        assert visitor.history[0]["client_id"] == "m-1" and "我叫张**" in visitor.history[0]["text"]


async def test_a_page_that_lost_its_line_gets_only_what_it_missed(visitor):
    async with visitor.connected():
        await visitor.say("你好")
        seen = (await visitor.send(type="hello", last_seq=0))["last_seq"]
        await visitor.say("谢谢")
        missed = await visitor.send(type="hello", last_seq=seen)
    assert [bubble["seq"] for bubble in missed["messages"]] == [seen + 1, seen + 2]


async def test_a_message_sent_twice_is_played_once(visitor):
    async with visitor.connected():
        first = await visitor.say("威海参保，备案管多久", "m-1")
        second = await visitor.say("威海参保，备案管多久", "m-1")
        assert first == second
        history = await visitor.send(type="hello", last_seq=0)
        assert len([b for b in history["messages"] if b["from"] == "user"]) == 1


async def test_a_message_sent_again_after_a_break_is_played_once(visitor):
    async with visitor.connected():
        await visitor.say("威海参保，备案管多久", "m-1")
    async with visitor.connected():
        await visitor.say("威海参保，备案管多久", "m-1")
    async with visitor.connected():
        assert len([b for b in visitor.history if b["from"] == "user"]) == 1


async def test_a_city_that_is_pressed_is_taken_and_each_message_says_whose_rules_hold_after_it(visitor):
    session = httpx.post(visitor.server.url + "/chat/session", cookies={COOKIE: visitor.cookie}, trust_env=False).json()
    gaoyou = next(region for region in session["regions"] if region["name"] == "高邮")
    async with visitor.connected():
        await visitor.say("你好")
        pressed = await visitor.send(type="press", payload=gaoyou["payload"], client_id="m-1")
        assert pressed["messages"][0]["text"] == gaoyou["title"] == "我在高邮参保"
        assert (await visitor.say("备案管多久")).custom("answer")["region"] == gaoyou["code"]
        await visitor.say("不对，是威海参保")
    async with visitor.connected():
        told = [bubble.get("insured", {}).get("name") for bubble in visitor.history if bubble["from"] == "user"]
    assert told == [None, "高邮", "高邮", "威海"]


async def test_a_city_that_is_pressed_instead_of_another_is_not_asked_about_again(visitor):
    session = httpx.post(visitor.server.url + "/chat/session", cookies={COOKIE: visitor.cookie}, trust_env=False).json()
    gaoyou = next(region for region in session["regions"] if region["name"] == "高邮")
    async with visitor.connected():
        await visitor.say("威海参保，去北京看病自己先付多少")
        pressed = await visitor.send(type="press", payload=gaoyou["payload"])
    replies = Replies(bubble for bubble in pressed["messages"] if bubble["from"] == "bot")
    assert replies.custom("answer")["region"] == gaoyou["code"]
    assert "去高邮" not in replies.text


async def test_a_city_s_button_of_another_session_does_nothing(visitor):
    session = httpx.post(visitor.server.url + "/chat/session", trust_env=False).json()
    async with visitor.connected():
        frame = await visitor.send(type="press", payload=session["regions"][0]["payload"])
        assert "失效" in frame["messages"][0]["text"] and "insured" not in frame["messages"][0]


async def test_an_answer_is_judged_and_the_verdict_is_there_after_coming_back(visitor):
    async with visitor.connected():
        await visitor.say("威海参保，备案管多久")
        judged = await visitor.send(type="feedback", seq=2, verdict="useless", reason="not_understood")
        assert judged == {"type": "feedback", "seq": 2, "verdict": "useless", "reason": "not_understood"}
    async with visitor.connected():
        assert visitor.feedback == [{"seq": 2, "verdict": "useless", "reason": "not_understood"}]


async def test_ones_own_message_cannot_be_judged(visitor):
    async with visitor.connected():
        await visitor.say("你好")
        assert (await visitor.send(type="feedback", seq=1, verdict="useful"))["verdict"] is None


async def test_a_message_sent_at_once_over_two_lines_is_played_once(visitor):
    frame = json.dumps({"type": "message", "text": "威海参保，备案管多久", "client_id": "m-1"})
    async with _connect(visitor.server, visitor.cookie) as one, _connect(visitor.server, visitor.cookie) as two:
        await asyncio.gather(one.recv(), two.recv())
        await asyncio.gather(one.send(frame), two.send(frame))
        for line in (one, two):
            answer = {"type": "typing"}
            while answer["type"] == "typing":
                answer = json.loads(await asyncio.wait_for(line.recv(), 30))
            assert answer["type"] == "entries"
    async with visitor.connected():
        assert len([b for b in visitor.history if b["from"] == "user"]) == 1


async def test_without_a_cookie_the_line_is_closed(server):
    assert await close_code(server, None) == 4401


@pytest.mark.parametrize("cookie", ["x", "page:abc", "InBhZ2U6YWJjIg.aaaa.bbbb"])
async def test_with_a_made_up_cookie_the_line_is_closed(server, cookie):
    assert await close_code(server, cookie) == 4401


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_foreign_page_is_closed_out(server, origin):
    assert await close_code(server, new_cookie(server), Origin=origin) == 4403


async def test_our_own_page_is_let_in(server):
    async with _connect(server, new_cookie(server), Origin=server.url) as socket:
        assert json.loads(await socket.recv())["type"] == "history"


async def test_two_sessions_cannot_see_each_other(server):
    one, other = PagePerson(server, new_cookie(server)), PagePerson(server, new_cookie(server))
    async with one.connected(), other.connected():
        await one.say("我是威海医保，临时去北京看病，要不要备案")
        assert (await other.send(type="hello", last_seq=0))["messages"] == []
        assert (await other.say("那省内呢")).topic_and_status is None


async def test_a_button_of_another_session_does_nothing(server):
    one, other = PagePerson(server, new_cookie(server)), PagePerson(server, new_cookie(server))
    async with one.connected(), other.connected():
        await one.say("去外地看病要不要备案")
        frame = await other.send(type="press", payload=one.last.buttons["威海"])
        assert "失效" in frame["messages"][0]["text"]


@pytest.mark.parametrize("raw", [
    "x", "[]", "5", "null", "{}", '{"type": "message"}', '{"type": "message", "text": 5}', '{"type": "message", "text": " "}',
    '{"type": "press"}', '{"type": "unknown", "text": "你好"}', '{"type": []}', '{"type": "message", "text": {"a": 1}}',
    '{"type": "feedback"}', '{"type": "feedback", "seq": 2, "verdict": "好"}', '{"type": "feedback", "seq": true}',
    '{"type": "feedback", "seq": 9007199254740993, "verdict": "useful"}', '{"type": "feedback", "seq": 2, "verdict": []}',
    '{"type": "feedback", "seq": 2, "verdict": "useful", "reason": "other"}',
    '{"type": "feedback", "seq": 2, "verdict": "useless", "reason": "\\ud800"}',
])
async def test_a_malformed_frame_gets_an_error_and_the_line_stays(visitor, raw):
    async with visitor.connected():
        await visitor.socket.send(raw)
        answer = json.loads(await visitor.socket.recv())
        assert (answer["type"], answer["code"]) == ("error", "unreadable")
        assert await visitor.say("你好")


async def test_restarting_begins_a_new_conversation_and_drops_the_unfinished_filing(visitor, server):
    async with visitor.connected():
        for text in (*START, "本人", "欧阳测试"):
            await visitor.say(text)
    response = httpx.post(server.url + "/chat/session/restart", cookies={COOKIE: visitor.cookie}, trust_env=False)
    fresh = PagePerson(server, response.cookies[COOKIE])
    assert fresh.cookie != visitor.cookie
    async with fresh.connected():
        assert fresh.history == []
        assert "没有办过" in (await fresh.say("我的备案")).text


async def test_the_document_opens_with_the_cookie_only(visitor, server):
    async with visitor.connected():
        url = server.url + (await visitor.file()).custom("receipt")["document_url"]
    assert httpx.get(url, cookies={COOKIE: visitor.cookie}, trust_env=False).content.startswith(b"%PDF")
    assert httpx.get(url, cookies={COOKIE: new_cookie(server)}, trust_env=False).status_code == 404
    assert httpx.get(url, trust_env=False).status_code == 404
    conversation = server.app.state.sessions.conversation(visitor.cookie)
    assert httpx.get(url, params={"sender": conversation}, trust_env=False).status_code == 404
