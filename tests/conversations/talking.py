"""People at the other end of the line, for the conversation tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from services import bootstrap

# Invented: the check digit is right, the person does not exist.
ANSWERS = {
    "name": "欧阳测试",
    "id_number": "371002199001011237",
    "phone": "13812345678",
    "treatment_region": "青岛",
    "reason": "投靠亲属",
    "starts_on": "今天",
    "address": "山东省青岛市市南区香港中路999号",
}
FIELDS = tuple(ANSWERS)


@dataclass(frozen=True)
class RunningServer:
    """The application in this process, on a port of its own."""

    url: str
    data_dir: Path
    app: FastAPI


class Replies(list):
    """The replies to one message, with what tests ask of them."""

    @property
    def text(self) -> str:
        return "\n".join(reply.get("text", "") for reply in self)

    @property
    def buttons(self) -> dict[str, str]:
        """Payloads by title."""
        return {b["title"]: b["payload"] for reply in self for b in reply.get("buttons", ())}

    def customs(self, kind: str | None = None) -> list[dict[str, Any]]:
        found = [reply["custom"] for reply in self if "custom" in reply]
        return [custom for custom in found if kind in (None, custom["kind"])]

    def custom(self, kind: str) -> dict[str, Any]:
        """The only one of that kind."""
        [only] = self.customs(kind)
        return only

    @property
    def asked(self) -> str | None:
        """What the last reply wants: a slot's name, review, commitment; None when nothing is asked."""
        customs = [reply.get("custom") for reply in self][-1:]
        if not customs or not customs[0]:
            return None
        kind = customs[0]["kind"]
        return {"ask": customs[0].get("slot"), "review": "review", "commitment_letter": "commitment"}.get(kind)

    @property
    def topic_and_status(self) -> tuple[str, str] | None:
        answers = self.customs("answer")
        return (answers[0]["topic"], answers[0]["status"]) if answers else None


class Person:
    """Someone who talks over REST."""

    def __init__(self, client: httpx.Client, sender: str, conversation: str) -> None:
        self.client, self.sender, self.conversation = client, sender, conversation
        self.last = Replies()

    def say(self, text: str) -> Replies:
        """The replies to a typed message."""
        response = self.client.post("/webhooks/rest/webhook", json={"sender": self.sender, "message": text})
        response.raise_for_status()
        self.last = Replies(response.json())
        assert all(reply["recipient_id"] == self.sender for reply in self.last)
        return self.last

    def press(self, title: str) -> Replies:
        """The replies to one of the last buttons."""
        return self.say(self.last.buttons[title])

    def say_all(self, *texts: str) -> Replies:
        """The replies to the last of several messages."""
        for text in texts:
            self.say(text)
        return self.last

    def history(self) -> list[dict[str, Any]]:
        response = self.client.get("/webhooks/rest/webhook", params={"sender": self.sender})
        response.raise_for_status()
        return response.json()

    def start_filing(self) -> Replies:
        """Asked for the name."""
        return self.say_all("我是威海医保，我要办长期异地备案", "6个月以上")

    def file_up_to(self, step: str, **instead: str) -> Replies:
        """Asked for that step; `instead` replaces answers. What lies before it is filled in without talking."""
        self.start_filing()
        filings, conversation = bootstrap.filings(), self.conversation
        for field, answer in {**ANSWERS, **instead}.items():
            if filings.find_draft(conversation).next_step in (step, "review"):
                break
            filings.fill(conversation, field, value=answer)
        if step in ("commitment", "signature"):
            filings.confirm_review(conversation)
        if step == "signature":
            filings.consent(conversation, filings.letter(filings.find_draft(conversation)).sha256)
        replies = self.say("继续办")
        assert replies.asked == step, replies
        return replies

    def file(self) -> Replies:
        """Handed in: the receipt."""
        self.file_up_to("signature")
        return self.say(ANSWERS["name"])


def today() -> date:
    return bootstrap.today()


def in_days(days: int) -> str:
    """The day so many days from now, as people write it."""
    day = today() + timedelta(days=days)
    return f"{day.year}年{day.month}月{day.day}日"


def strings_in(value: Any) -> Iterator[str]:
    """Every string of a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)
    else:
        yield json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
