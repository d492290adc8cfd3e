"""A filing handed in on another device: over REST, so that a page does not have to be filled in for it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import httpx
from people import NAME, Person, someone_else
from photos import photo
from server_process import ServerProcess

SECONDS = 30


@dataclass(frozen=True)
class Filed:
    """A filing and whose it is."""

    number: str
    owner: Person

    @property
    def proof(self) -> tuple[str, str, str]:
        """The three that find it."""
        return self.number, self.owner.last_four, self.owner.phone


class OtherDevice:
    """Talks to the same server in a conversation of its own."""

    def __init__(self, server: ServerProcess) -> None:
        self._url, self._sender = server.url, uuid.uuid4().hex
        self._owner = someone_else()
        self._who = ("本人", NAME, self._owner.id_number, self._owner.phone)

    def file_at_once(self) -> Filed:
        """长住外地 from 杭州: in effect at once."""
        before = ("我是杭州医保，我要办长期备案", "北京", "都不是")
        return self._filed((*before, *self._who, "外出务工", "都对", "我同意", NAME))

    def file_with_a_paper(self) -> Filed:
        """转外就医 from 高邮, handed in with its certificate."""
        self._say_all(("我是高邮医保，我要办转诊备案", "去南京", *self._who, "今天"))
        button = self._upload("referral_certificate")
        return self._filed((button, "都对", "提交"))

    def _filed(self, said: tuple[str, ...]) -> Filed:
        [receipt] = [one["custom"] for one in self._say_all(said) if one.get("custom", {}).get("kind") == "receipt"]
        return Filed(receipt["filing_no"], self._owner)

    def _say_all(self, said: tuple[str, ...]) -> list[dict[str, Any]]:
        """The replies to the last of these; what is the title of a button presses it."""
        replies: list[dict[str, Any]] = []
        for text in said:
            buttons = {button["title"]: button["payload"] for reply in replies for button in reply.get("buttons", ())}
            replies = self._post("webhook", json={"sender": self._sender, "message": buttons.get(text, text)})
        return replies

    def _upload(self, paper: str) -> str:
        asked = {"paper": paper, "sender": self._sender}
        taken = self._post("paper", params=asked, content=photo(), headers={"content-type": "image/jpeg"})
        return str(taken["button"]["payload"])

    def _post(self, path: str, **given: Any) -> Any:
        answer = httpx.Client(base_url=f"{self._url}/webhooks/rest/", timeout=SECONDS, trust_env=False).post(path, **given)
        assert answer.is_success, answer.text
        return answer.json()
