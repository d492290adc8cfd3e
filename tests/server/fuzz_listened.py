"""Conversations, codes and questions that requests at random may reach."""

from __future__ import annotations

import itertools
from random import Random
from typing import Any

from services import bootstrap
from services.consents import Consents
from services.conversation_store import ConversationStore
from services.question_log import QuestionLog, TurnRow

READINGS = 60
SAID = [{"from": "user", "text": "我在烟台毓璜顶医院，起付线多少"}, {"from": "bot", "text": "文件没写。"}]


class ListenedStock:
    """Questions that wait for an answer, and conversations that this officer may read."""

    def __init__(self, log: QuestionLog, consents: Consents, talk: ConversationStore, officer_id: str) -> None:
        self._consents, self._numbers = consents, itertools.count()
        at = bootstrap.now()
        for n, (outcome, topic) in enumerate([("not_stated", "deductible"), ("fallback", ""), ("answered", "validity")]):
            kept = talk.append(f"talk{n}", SAID, at)
            log.note(TurnRow(at, "page", outcome, "371000", topic, 30.0, conversation=f"talk{n}", seq=kept[0]["seq"]), "问")
        talk.set_feedback("talk2", 2, "useless", "other", at)
        self._questions = [(one.kind, one.subject) for one in log.questions(at.replace(year=2000))]
        codes = [consents.give(f"talk{n}") for n in range(READINGS)]
        self._readings = itertools.cycle([consents.open(officer_id, code.digits).reading_id for code in codes])

    def what_is_there(self, path: str, chance: Random) -> dict[str, Any]:
        """What a request to that address has to say to reach something."""
        there: dict[str, Any] = {"from": "2026-11-01", "to": "2026-11-30", "days": chance.randint(1, 400)}
        if path.endswith("/conversations/open"):
            there["code"] = self._consents.give(f"another{next(self._numbers)}").digits
        elif "{reading_id}" in path:
            there["reading_id"] = next(self._readings)
        elif path.endswith("/mark"):
            there["kind"], there["subject"] = chance.choice(self._questions)
        return there
