"""The desk's search and the conversation give the same answer to the same question: conclusion, status, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from talking import Person, Replies, RunningServer

from server.desk_sessions import session_of
from services import bootstrap

pytestmark = pytest.mark.model
PLACES = ("威海", "杭州", "高邮", "乌鲁木齐")
# What the conversation does not answer from the packs alone: it reckons, or begins a filing.
DONE_OTHERWISE = frozenset({"cost_estimate", "cost_difference"})
LINES = (
    "威海 跨省 转诊 自付", "我在威海参保，去烟台看病要不要备案", "杭州 上海 转诊 材料", "杭州 转诊 有效期",
    "威海 长期 北京 备案 有效期", "高邮 急诊 自付", "威海 没备案 去青岛 先付", "杭州 大学生 转诊", "杭州 药店 国谈药",
    "威海 变更", "杭州 外伤 第三方", "威海 承诺书", "杭州 手工报销 材料", "高邮 南京 门诊", "荣成 北京 转诊 自付",
    "乌鲁木齐的慢病在外地垫了钱，回来去哪报、多久内交", "威海 2021年5月 去北京 自付", "杭州 上海 急诊 自付",
    "听说威海自己要先付20%，对吧", "高邮 起付线 职工", "杭州 长住上海 自付", "威海 备案满半年 变更",
)
ASKING = (
    "威海医保，自己先付多少", "杭州医保，自己先付多少", "威海 要不要备案", "威海 备案怎么变更", "高邮 能不能直接结算",
    "威海 备案怎么取消", "杭州 要不要备案",
)
FEWEST_TOPICS_ALIKE = 0.9  # of the titles of all topics in all regions; what differs, the conversation heard otherwise


@pytest.fixture
def ask_desk(server: RunningServer, client: httpx.Client) -> Iterator[Callable[..., dict[str, Any]]]:
    """The desk's first card for a line, as somebody who is signed in gets it; {} for none."""
    server.app.dependency_overrides[session_of] = lambda: None

    def ask(line: str, **more: str) -> dict[str, Any]:
        cards = client.get("/desk/answers", params={"q": line, **more}).raise_for_status().json()["cards"]
        return dict(cards[0]) if cards else {}

    yield ask
    del server.app.dependency_overrides[session_of]


def first_answer(replies: Replies) -> dict[str, Any]:
    """The conversation's first answer in the card's terms; {} where it asked or did something else."""
    answered = [reply for reply in replies if reply.get("custom", {}).get("kind") == "answer"]
    return {**answered[0]["custom"], "conclusion": answered[0]["text"]} if answered else {}


def in_short(answer: dict[str, Any]) -> dict[str, Any]:
    """What must be the same."""
    sources = [(source["document"], source["clause"]) for source in answer["citations"]]
    return {name: answer[name] for name in ("topic", "region", "status", "conclusion", "warnings")} | {"sources": sources}


@pytest.mark.parametrize("line", LINES)
def test_a_line_gets_the_conversations_answer(line: str, person: Person, ask_desk):
    bot, card = first_answer(person.say(line)), ask_desk(line)
    assert bot and card
    if bot["topic"] != card["topic"]:  # two readings of what is asked: the topic chosen by hand gives the same
        card = ask_desk(line, topic=bot["topic"])
    assert in_short(card) == in_short(bot)


@pytest.mark.parametrize("line", ASKING)
def test_what_is_open_is_asked_with_the_conversations_words_and_each_choice_leads_to_its_answer(
    line: str, someone: Callable[[], Person], ask_desk
):
    replies = someone().say(line)
    asked = ask_desk(line)["open"]
    assert replies[-1]["text"] == asked["question"]
    choices = [one for one in asked["choices"] if one["fact"] != "unknown"]
    assert {one["title"] for one in choices} <= set(replies.buttons)
    for one in choices:
        person = someone()
        person.say(line)
        bot, card = first_answer(person.press(one["title"])), ask_desk(line, facts=f"{one['fact']}:{one['value']}")
        # the age of a document is told in full once in a conversation
        assert {**in_short(card), "warnings": None} == {**in_short(bot), "warnings": None}


@pytest.mark.parametrize("place", PLACES)
def test_every_topic_by_its_title_is_the_conversations_answer_wherever_both_hear_the_same(
    place: str, someone: Callable[[], Person], ask_desk
):
    topics = [row for name, row in bootstrap.answers().packs.topics.items() if name not in DONE_OTHERWISE]
    both = [
        (first_answer(someone().say(line)), ask_desk(line)) for line in (f"{place} {topic.title}" for topic in topics)
    ]
    answered = [(bot, card) for bot, card in both if bot]
    alike = [(bot, card) for bot, card in answered if bot["topic"] == card["topic"]]
    assert len(alike) >= FEWEST_TOPICS_ALIKE * len(answered)
    assert [in_short(card) for _, card in alike] == [in_short(bot) for bot, _ in alike]
