"""A turn is played once for each message and kept with its replies, whatever comes at the same time."""

from __future__ import annotations

import asyncio

import pytest

from server.assistant import Exchange
from server.chat import Chat
from server.verdicts import Verdict
from services.conversation_store import ConversationStore
from services.secrets_box import SecretsBox


class SlowAssistant:
    """Answers every message with its number, after a moment; fails when told to."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.at_once = 0
        self.most_at_once = 0

    def forget(self, conversation: str) -> None:
        self.heard.clear()

    async def handle(self, conversation: str, message: str) -> Exchange:
        self.heard.append(message)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.01)
        self.at_once -= 1
        if message == "出错":
            raise LookupError(message)
        if message == "确定删除":
            return Exchange(message, [{"text": "都删掉了", "custom": {"kind": "erased"}}])
        return Exchange(message, [{"text": f"答{len(self.heard)}"}, {"text": "还有"}])


@pytest.fixture
def assistant() -> SlowAssistant:
    return SlowAssistant()


@pytest.fixture
def chat(assistant, tmp_path):
    store = ConversationStore(tmp_path / "conversations.db", SecretsBox(b"k" * 32))
    yield Chat(assistant, store)
    store.close()


def texts(bubbles: list[dict]) -> list[str]:
    return [bubble["text"] for bubble in bubbles]


async def test_a_turn_is_the_persons_bubble_and_the_replies(chat):
    bubbles = await chat.play("c1", "你好", "m1")
    assert [(b["from"], b["text"], b["seq"]) for b in bubbles] == [("user", "你好", 1), ("bot", "答1", 2), ("bot", "还有", 3)]
    assert bubbles[0]["client_id"] == "m1"


async def test_the_same_message_again_brings_its_own_bubbles_and_no_later_ones(chat, assistant):
    first = await chat.play("c1", "你好", "m1")
    await chat.play("c1", "谢谢", "m2")
    assert await chat.play("c1", "你好", "m1") == first
    assert assistant.heard == ["你好", "谢谢"]


async def test_the_same_message_over_two_lines_at_once_is_played_once(chat, assistant):
    one, two = await asyncio.gather(chat.play("c1", "你好", "m1"), chat.play("c1", "你好", "m1"))
    assert one == two and assistant.heard == ["你好"]


async def test_messages_without_an_id_are_each_played(chat, assistant):
    await asyncio.gather(chat.play("c1", "你好"), chat.play("c1", "你好"))
    assert assistant.heard == ["你好", "你好"]


async def test_one_conversations_turns_come_one_after_the_other_and_stay_together(chat, assistant):
    await asyncio.gather(*(chat.play("c1", f"第{n}句", f"m{n}") for n in range(5)))
    assert assistant.most_at_once == 1
    assert [bubble["from"] for bubble in chat.history("c1")["messages"]] == ["user", "bot", "bot"] * 5


async def test_different_conversations_are_played_side_by_side(chat, assistant):
    await asyncio.gather(*(chat.play(f"c{n}", "你好") for n in range(5)))
    assert assistant.most_at_once > 1


async def test_a_failed_turn_is_not_kept_and_can_be_sent_again(chat, assistant):
    with pytest.raises(LookupError):
        await chat.play("c1", "出错", "m1")
    assert chat.history("c1")["messages"] == []
    with pytest.raises(LookupError):
        await chat.play("c1", "出错", "m1")
    assert assistant.heard == ["出错", "出错"]


async def test_the_history_is_what_a_page_has_not_seen(chat):
    await chat.play("c1", "你好")
    assert texts(chat.history("c1", after=1)["messages"]) == ["答1", "还有"]
    assert chat.history("c1", after=3) == {"type": "history", "messages": [], "last_seq": 3, "feedback": []}


async def test_after_an_erasure_nothing_is_kept_not_even_its_own_bubbles(chat, assistant, tmp_path):
    await chat.play("c1", "我叫某某", "m1")
    await chat.play("c2", "你好", "m1")
    bubbles = await chat.play("c1", "确定删除", "m2")
    assert [(b["from"], b["seq"]) for b in bubbles] == [("user", 4), ("bot", 5)] and all("at" in b for b in bubbles)
    assert chat.history("c1") == {"type": "history", "messages": [], "last_seq": 0, "feedback": []}
    assert assistant.heard == [], "what the dialogue knew was forgotten with it"
    assert len(chat.history("c2")["messages"]) == 3, "another talk is not touched"
    for name in ("conversations.db", "conversations.db-wal"):
        assert b"c1" not in (tmp_path / name).read_bytes()


async def test_a_talk_goes_on_afresh_after_an_erasure(chat):
    await chat.play("c1", "确定删除", "m1")
    bubbles = await chat.play("c1", "你好", "m2")
    assert [b["seq"] for b in bubbles] == [1, 2, 3]


async def test_what_is_thought_of_an_answer_is_kept_and_comes_with_the_history(chat):
    await chat.play("c1", "你好")
    assert chat.judge("c1", Verdict(2, "useless", "other")) == {
        "type": "feedback", "seq": 2, "verdict": "useless", "reason": "other",
    }
    chat.judge("c1", Verdict(3, "useful", None))
    assert chat.history("c1", after=3)["feedback"] == [
        {"seq": 2, "verdict": "useless", "reason": "other"}, {"seq": 3, "verdict": "useful", "reason": None},
    ]


async def test_a_verdict_can_be_changed_and_taken_back(chat):
    await chat.play("c1", "你好")
    chat.judge("c1", Verdict(2, "useless", "other"))
    assert chat.judge("c1", Verdict(2, "useful", None))["verdict"] == "useful"
    assert chat.judge("c1", Verdict(2, None, None))["verdict"] is None
    assert chat.history("c1")["feedback"] == []


@pytest.mark.parametrize("seq", [1, 4, 99])
async def test_only_what_the_assistant_said_here_can_be_judged(chat, seq):
    await chat.play("c1", "你好")
    await chat.play("c2", "你好")
    await chat.play("c2", "你好")
    assert chat.judge("c1", Verdict(seq, "useless", None))["verdict"] is None
    assert chat.history("c1")["feedback"] == chat.history("c2")["feedback"] == []
