"""Whatever is sent over REST to the trained model, the answer is one that is documented. The cases never change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
import reply_shapes
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from talking import AGENT, ANSWERS, START, Replies, RunningServer

from services import bootstrap

pytestmark = pytest.mark.model

WEBHOOK = "/webhooks/rest/webhook"
SENDERS = ["fuzz-1", "fuzz-2"]
PHRASES = (
    *START, *START, *ANSWERS.values(), *AGENT.values(), "你好", "要不要备案", "那杭州呢", "换个手机查备案", "我的备案", "稍后继续", "继续办",
    "住院花了两万五，自己要付多少", "要是备了案呢", "上一步", "提交", "同意", "取消", "删除我的信息", "总费用25000，自费2000",
)
ALWAYS_THE_SAME = settings(
    max_examples=100, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Talk:
    """What each sender may well say next, and what has been answered so far."""

    api: Any
    http: requests.Session
    goes_on: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    answered: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def operations(self) -> list[Any]:
        return [found.ok() for found in self.api.get_all_operations()]

    def send(self, case: Case) -> None:
        """Raises where the answer is none that is documented, or a bubble has none of the known shapes."""
        answer = case.call_and_validate(session=self.http)
        self.answered[answer.status_code] += 1
        if case.method == "POST" and answer.status_code == 200:
            replies = answer.json()
            reply_shapes.check(replies)
            customs = [reply["custom"] for reply in replies if "custom" in reply]
            self.kinds.update(custom["kind"] for custom in customs)
            said = {**ANSWERS, **AGENT, "signature": ANSWERS["name"]}.get(Replies(replies).asked or "")
            self.goes_on[case.body.get("sender", "default")] = [said] if said else [
                button["payload"] for one in (*replies, *customs) for button in one.get("buttons", one.get("actions", ()))
            ]

    def aim(self, case: Case, chance: Random) -> None:
        """Has the request go on with a talk, mostly: by the answer that is asked for, a button, or what people say."""
        if chance.random() < 0.1:
            return
        sender = chance.choice(SENDERS)
        if case.method == "GET":
            case.query["sender"] = sender
        else:
            goes_on = self.goes_on[sender] or [START[0]]
            message = chance.choice(goes_on if chance.random() < 0.8 else PHRASES)
            case.body = {**case.body, "sender": sender, "message": message}


@pytest.fixture
def talk(server: RunningServer) -> Iterator[Talk]:
    api = schemathesis.openapi.from_dict(server.app.openapi()).include(path=WEBHOOK)
    api.config.update(base_url=server.url)
    with requests.Session() as http:
        http.trust_env = False
        yield Talk(api, http)


def generated(operation: Any, mode: GenerationMode) -> list[Case]:
    """Requests that keep to the operation's description, or that do not; the same ones in every run."""
    cases: list[Case] = []

    @ALWAYS_THE_SAME
    @given(operation.as_strategy(mode))
    def keep(case: Case) -> None:
        cases.append(case)

    keep()
    return cases


def test_at_every_boundary_of_its_description_the_webhook_answers_as_it_documents(talk):
    for operation in talk.operations():
        for case in talk.api.iter_coverage_cases(
            operation, generation_modes=list(GenerationMode), generation_config=talk.api.config.generation
        ):
            talk.send(case)
    assert talk.answered[200] and talk.answered[422]


def test_talks_of_random_turns_are_answered_and_leave_the_store_sound(talk):
    for operation in talk.operations():
        for mode in GenerationMode:
            for n, case in enumerate(generated(operation, mode)):
                if mode.is_positive:
                    talk.aim(case, Random(f"{operation.label} {n}"))
                talk.send(case)
    assert list(bootstrap.filing_store().faults()) == []
    assert {"answer", "ask"} <= talk.kinds.keys()
