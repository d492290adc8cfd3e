"""Talks through which marked people's details go in, over REST and over the page's line."""

from __future__ import annotations

import asyncio
import base64
import io
import itertools
import json
from collections import defaultdict
from typing import Any

import httpx
import websockets
from marked_people import Marked, marked_person
from PIL import Image, ImageDraw
from talking import Replies

from server.sessions import COOKIE

START = ("我是威海医保，我要办长期异地备案", "青岛", "6个月以上")
IN_A_QUESTION = (
    "我叫{name}，去北京看病要备案吗？", "身份证{id_number}能查到备案吗？", "打{phone}能问吗？", "卡号{card}能在北京用吗？",
    "我住{address}，要备案吗？", "我是{name}，电话{phone}，身份证号{id_number}，威海医保，备案管多久",
    "我爸{name}在{hospital}住院要备案吗？",
)
PLAIN_ANSWERS = {
    "insured_region": "威海", "treatment_region": "青岛", "stays_long_enough": "6个月以上", "filed_for": "本人",
    "reason": "投靠亲属", "starts_on": "今天", "agent_relation": "女儿", "care_stage": "还在住院", "admitted_on": "昨天",
    "care_type": "住院",
}


def answers_of(person: Marked, agent: Marked | None = None, **instead: str) -> dict[str, str]:
    """What is told at each step, by slot."""
    own = {"name": person.name, "id_number": person.id_number, "phone": person.phone, "address": person.address,
           "hospital": person.hospital}
    agents = {"agent_name": agent.name, "agent_id_number": agent.id_number, "agent_phone": agent.phone} if agent else {}
    return {**PLAIN_ANSWERS, **own, **agents, **({"filed_for": "家人"} if agent else {}), **instead}


def drawing() -> str:
    picture = Image.new("RGBA", (300, 120), "white")
    ImageDraw.Draw(picture).line([(20, 90), (90, 20), (160, 90), (270, 30)], fill="black", width=4)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode()


class Rest:
    """Says things over REST; knows whose details were told in which conversation."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.client = httpx.Client(base_url=url, timeout=60, trust_env=False)
        self.people: list[Marked] = []
        self.told_by: dict[str, list[Marked]] = defaultdict(list)
        self.last = Replies()

    def new_person(self, *senders: str) -> Marked:
        person = marked_person()
        self.people.append(person)
        for sender in senders:
            self.told_by[sender].append(person)
        return person

    def say(self, sender: str, *texts: str) -> Replies:
        for text in texts:
            response = self.client.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})
            assert response.status_code == 200, (response.status_code, text)
            self.last = Replies(response.json())
        return self.last

    def fill_in(self, sender: str, answers: dict[str, str], *, wrong: tuple[str, ...] = (), each: int = 2) -> Replies:
        """Answers what is asked until something else is; before it says the next few of `wrong`, round and round."""
        said, next_wrong = set(), itertools.cycle(wrong)
        while (slot := self.last.asked) in answers and slot not in said:
            said.add(str(slot))
            self.say(sender, *itertools.islice(next_wrong, each))
            if self.last.asked in answers:
                said.add(str(self.last.asked))
                self.say(sender, answers[str(self.last.asked)])
        return self.last

    def file(self, sender: str, person: Marked) -> str:
        """The number of a filing that was handed in by talking."""
        self.say(sender, *START)
        self.fill_in(sender, answers_of(person))
        number: str = self.say(sender, "都对", "我同意", person.name).custom("receipt")["filing_no"]
        return number


class Page:
    """A browser's page: a session of its own and the line."""

    def __init__(self, url: str, cookie: str | None = None) -> None:
        self.url = url
        self.cookie = cookie or httpx.post(url + "/chat/session", trust_env=False).cookies[COOKIE]
        self._sent = 0

    def talk(self, *texts: str, client_id: str = "", junk: tuple[str, ...] = ()) -> Replies:
        """The replies to the last text; `junk` are frames sent as they are afterwards."""
        return asyncio.run(self._talk(texts, client_id, junk))

    def history(self) -> list[dict[str, Any]]:
        """What a page is shown that opens now."""
        return asyncio.run(self._history())

    async def _history(self) -> list[dict[str, Any]]:
        async with self._line() as socket:
            return json.loads(await socket.recv())["messages"]

    def _line(self) -> Any:
        header = {"Cookie": f"{COOKIE}={self.cookie}"}
        return websockets.connect(self.url.replace("http", "ws") + "/chat/ws", extra_headers=header, max_size=None)

    async def _talk(self, texts: tuple[str, ...], client_id: str, junk: tuple[str, ...]) -> Replies:
        replies = Replies()
        async with self._line() as socket:
            await socket.recv()
            for text in texts:
                self._sent += 1
                await socket.send(json.dumps({"type": "message", "text": text, "client_id": f"{client_id}{self._sent}"}))
                frame = await _answer(socket)
                assert frame["type"] == "entries", frame
                replies = Replies(bubble for bubble in frame["messages"] if bubble["from"] == "bot")
            for frame in junk:
                await socket.send(frame)
                await _answer(socket)
        return replies


async def _answer(socket: Any) -> dict[str, Any]:
    frame: dict[str, Any] = {"type": "typing"}
    while frame["type"] == "typing":
        frame = json.loads(await asyncio.wait_for(socket.recv(), 60))
    return frame
