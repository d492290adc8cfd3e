"""A filing handed in on another device: over REST, so that a page does not have to be filled in for it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

import httpx
from people import ID_NUMBER, LAST_FOUR, NAME, PHONE
from photos import photo
from server_process import ServerProcess

SECONDS = 30
AT_ONCE = ("我是杭州医保，我要办长期备案", "北京", "都不是", "本人", NAME, ID_NUMBER, PHONE, "外出务工", "都对", "我同意", NAME)
WITH_A_PAPER = ("我是高邮医保，我要办转诊备案", "去南京", "本人", NAME, ID_NUMBER, PHONE, "今天")


@dataclass(frozen=True)
class Filed:
    """A filing, and what proves that one is its owner."""

    number: str
    last_four: str = LAST_FOUR
    phone: str = PHONE

    @property
    def proof(self) -> tuple[str, str, str]:
        return self.number, self.last_four, self.phone


class OtherDevice:
    """Talks to the same server in a conversation of its own."""

    def __init__(self, server: ServerProcess) -> None:
        self._url, self._sender = server.url, uuid.uuid4().hex

    def file_at_once(self) -> Filed:
        """长住外地 from 杭州: in effect at once."""
        return self._filed(AT_ONCE)

    def file_with_a_paper(self) -> Filed:
        """转外就医 from 高邮, handed in with its certificate."""
        self._say_all(WITH_A_PAPER)
        button = self._upload("referral_certificate")
        return self._filed((button, "都对", "提交"))

    def _filed(self, said: tuple[str, ...]) -> Filed:
        [receipt] = [one["custom"] for one in self._say_all(said) if one.get("custom", {}).get("kind") == "receipt"]
        return Filed(receipt["filing_no"])

    def _say_all(self, said: tuple[str, ...]) -> list[dict[str, Any]]:
        replies: list[dict[str, Any]] = []
        for text in said:
            replies = self._post("webhook", json={"sender": self._sender, "message": text})
        return replies

    def _upload(self, paper: str) -> str:
        asked = {"paper": paper, "sender": self._sender}
        taken = self._post("paper", params=asked, content=photo(), headers={"content-type": "image/jpeg"})
        return str(taken["button"]["payload"])

    def _post(self, path: str, **given: Any) -> Any:
        answer = httpx.Client(base_url=f"{self._url}/webhooks/rest/", timeout=SECONDS, trust_env=False).post(path, **given)
        assert answer.is_success, answer.text
        return answer.json()
