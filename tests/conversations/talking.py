"""People at the other end of the line, for the conversation tests."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from PIL import Image
from stdnum.cn import ric

from services import bootstrap
from services.desk_account import Account
from services.filing_records import PAPER_STEP

# Invented: the check digits are right, the people do not exist.
ANSWERS = {
    "filed_for": "本人",
    "name": "欧阳测试",
    "id_number": "371002199001011237",
    "phone": "13812345678",
    "treatment_region": "青岛",
    "reason": "投靠亲属",
    "starts_on": "今天",
    "address": "山东省青岛市市南区香港中路999号",
}
AGENT = {"agent_name": "代办甲", "agent_id_number": "11010519491231002X", "agent_relation": "女儿"}
FIELDS = tuple(ANSWERS)
STEPS = (*FIELDS, "review", "commitment", "signature")
# Asked for whom it is. The place is asked first of all: on it hangs whether the filing is possible.
START = ("我是威海医保，我要办长期异地备案", "青岛", "6个月以上")
IN_ORDER = tuple(answer for field, answer in ANSWERS.items() if field != "treatment_region")
REGIONS = {"371000": "威海", "330100": "杭州", "321084": "高邮", "650100": "乌鲁木齐"}
OFFICER = Account("officer-1", "测试员", frozenset(REGIONS), "officer")
_people = itertools.count(1)


def another_person() -> dict[str, str]:
    """The particulars of somebody who has not filed before."""
    number = next(_people)
    body = f"3710021960{1 + number % 12:02}{1 + number // 12 % 28:02}{number // 336:03}"
    return {"name": "测试" + chr(0x4E00 + number), "id_number": body + ric.calc_check_digit(body + "0"),
            "phone": f"139{number:08d}"}


def photo() -> bytes:
    """A picture that is taken for a paper."""
    content = io.BytesIO()
    Image.new("RGB", (320, 200), "white").save(content, "PNG")
    return content.getvalue()


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
        self.particulars: dict[str, str] = {}

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
        """Asked for whom it is."""
        return self.say_all(*START)

    def file_up_to(self, step: str, **instead: str) -> Replies:
        """Asked for that step; `instead` replaces answers. What lies before it is filled in without talking."""
        self.start_filing()
        filings, conversation = bootstrap.filings(), self.conversation
        answers = {**ANSWERS, **AGENT, **instead}
        if step == "treatment_region" or "treatment_region" in instead:
            filings.clear_step(conversation, "treatment_region")
        self.fill_in(answers, step)
        if step in ("commitment", "signature"):
            filings.confirm_review(conversation)
        if step == "signature":
            filings.consent(conversation, filings.letter(filings.find_draft(conversation)).sha256)
        replies = self.say("继续办")
        assert replies.asked == step, replies
        return replies

    def fill_in(self, answers: dict[str, str], up_to: str = "review") -> str:
        """The next step, when all before it has been filled in and uploaded without talking."""
        filings = bootstrap.filings()
        while True:
            step = filings.find_draft(self.conversation).next_step
            if step == up_to or not (step in answers or step.startswith(PAPER_STEP)):
                return step
            if step.startswith(PAPER_STEP):
                filings.add_paper(self.conversation, step.removeprefix(PAPER_STEP), photo())
            else:
                filings.fill(self.conversation, step, value=answers[step])

    def file(self) -> Replies:
        """Handed in: the receipt."""
        self.particulars = another_person()
        self.file_up_to("signature", **self.particulars)
        return self.say(self.particulars["name"])

    def filed(self, region: str, kind: str, place: str = "110000", **told: Any) -> str:
        """The number of a filing handed in without talking, of whatever kind."""
        filings, somebody = bootstrap.filings(), another_person()
        facts = {"stays_long_enough": True, "person_group": "other", "care_type": "inpatient", **told}
        filings.open_draft(self.conversation, kind, {**facts, "insured_region": region, "treatment_region": place})
        self.particulars = somebody
        reason = next(iter(filings.kind_of(filings.find_draft(self.conversation)).reasons.values()), "")
        rest = {"reason": reason, "hospital": "北京某某医院", "care_stage": "还在住院", "admitted_on": "昨天"}
        self.fill_in({**ANSWERS, **AGENT, **rest, **somebody})
        filings.confirm_review(self.conversation)
        draft, signature = filings.find_draft(self.conversation), None
        if draft.next_step == "commitment":
            filings.consent(self.conversation, filings.letter(draft).sha256)
            signature = filings.keep(self.conversation, somebody["name"])
        return filings.submit(self.conversation, signature).filing_no


def confirm(filing_no: str) -> None:
    """The agency confirms the filing today."""
    desk = bootstrap.filing_desk()
    version = desk.find(OFFICER, filing_no).filing.version
    desk.confirm(OFFICER, filing_no, today(), version, f"confirm {filing_no}")


def send_back(filing_no: str, reason: str, *fields: str) -> None:
    """The agency returns the filing."""
    desk = bootstrap.filing_desk()
    version = desk.find(OFFICER, filing_no).filing.version
    desk.return_(OFFICER, filing_no, reason, fields, version, f"return {filing_no}")


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
