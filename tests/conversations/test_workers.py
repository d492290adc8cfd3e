"""Several processes behind one port: a conversation is one's own, and another takes it over when that one ends."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from own_process import OwnProcess

pytestmark = [pytest.mark.model]
PATIENCE_SECONDS = 120
SENDERS = [f"person {n}" for n in range(6)]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnProcess]:
    process = OwnProcess(tmp_path_factory.mktemp("workers"), WORKERS="2")
    process.start()
    yield process
    process.stop()


def say(process: OwnProcess, sender: str, text: str, message_id: str | None = None) -> httpx.Response:
    message = {"sender": sender, "message": text, **({"message_id": message_id} if message_id else {})}
    return httpx.post(f"{process.url}/webhooks/rest/webhook", json=message, trust_env=False, timeout=PATIENCE_SECONDS)


def answer(process: OwnProcess, sender: str, text: str, message_id: str | None = None) -> str:
    """What is answered; sent again as long as a process is being begun anew."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (reply := say(process, sender, text, message_id)).status_code == 503 and time.monotonic() < deadline:
        time.sleep(0.3)
    assert reply.status_code == 200, reply.text
    return "\n".join(bubble.get("text", "") for bubble in reply.json())


def history(process: OwnProcess, sender: str) -> list[dict[str, Any]]:
    asked = httpx.get(f"{process.url}/webhooks/rest/webhook", params={"sender": sender}, trust_env=False, timeout=30)
    return list(asked.json())


def until(holds: Any, seconds: float = PATIENCE_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while not (is_so := holds()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(is_so)


def test_conversations_of_both_processes_go_on_each_with_its_own_case(process: OwnProcess):
    assert len(process.talking) == 2
    with ThreadPoolExecutor(6) as people:
        for place, sender in zip(("威海", "杭州", "高邮") * 2, SENDERS, strict=True):
            people.submit(answer, process, sender, f"我是{place}的医保，去北京看病要备案吗")
    for place, sender in zip(("威海", "杭州", "高邮") * 2, SENDERS, strict=True):
        assert place in answer(process, sender, "那自己要先付多少"), "it still knows whose rules hold"


def test_messages_of_one_person_at_once_are_taken_one_after_the_other_each_once(process: OwnProcess):
    sender, said = "in a hurry", [f"去北京看病要备案吗{'？' * n}" for n in range(6)]
    with ThreadPoolExecutor(12) as people:
        list(people.map(lambda n: answer(process, sender, said[n % 6], f"message {n % 6}"), range(12)))
    kept = history(process, sender)
    assert [bubble["seq"] for bubble in kept] == list(range(1, len(kept) + 1))
    assert sorted(bubble["text"] for bubble in kept if bubble["from"] == "user") == sorted(said)
    assert all(later["from"] == "bot" for one, later in pairwise(kept) if one["from"] == "user")


@pytest.mark.parametrize("which", [0, 1])
def test_when_a_process_is_killed_its_conversations_go_on(process: OwnProcess, which: int):
    senders = [f"killed {which} {n}" for n in range(4)]
    for sender in senders:
        answer(process, sender, "我是威海的医保，去北京看病要备案吗")
    ended = process.talking[which]
    os.kill(ended, signal.SIGKILL)
    for sender in senders:
        assert "威海" in answer(process, sender, "那自己要先付多少", "after the fall")
        mine = [bubble for bubble in history(process, sender) if bubble["from"] == "user"]
        assert len(mine) == 2, "what was sent again is one message"
    assert until(lambda: len(process.talking) == 2) and ended not in process.talking


def test_when_the_serving_process_is_killed_none_stays_behind_and_all_go_on_after_a_start(process: OwnProcess):
    talking = process.talking
    answer(process, "somebody", "我是杭州的医保，去北京看病要备案吗")
    process.kill()
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in talking), 20)
    process.start()
    assert "杭州" in answer(process, "somebody", "那自己要先付多少")
