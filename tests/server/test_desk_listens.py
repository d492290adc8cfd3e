"""What the server notes while it listens: for each role its own, nothing private, and never at the cost of an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from listening_house import Silent

from server.assistant import Exchange


@pytest.mark.parametrize(
    ("account", "path", "status"),
    [("agent1", "readings", 403), ("officer1", "readings", 403), ("admin1", "readings", 200), ("agent1", "figures", 403),
     ("officer1", "figures", 200), ("admin1", "figures", 200), ("agent1", "questions", 200), ("agent1", "questions/export", 403),
     ("officer1", "questions/export", 200)],
)
async def test_each_role_sees_what_is_its_own(house, account, path, status):
    answer = await (await house.signed_in(account)).get(f"/desk/{path}")
    assert answer.status_code == status
    assert (await house.browser().get(f"/desk/{path}")).status_code == 401


PRIVATE = ("张三丰", "371002199001011237", "13812345678", "海滨路", "毓璜顶")


async def test_nothing_private_stands_in_the_log_the_metrics_or_an_export(house, tmp_path):
    from server.privacy import masked

    conversation, _ = house.person()
    said = "咋整啊，我叫张三丰，身份证371002199001011237，电话13812345678，我住环翠区海滨路12号，在烟台毓璜顶医院"

    class Masking(Silent):
        async def handle(self, conversation: str, message: str) -> Exchange:
            exchange = await super().handle(conversation, message)
            return Exchange(masked(message), exchange.replies, None, exchange.heard)

    house.chat.assistant = Masking()
    for text in (said, said.removeprefix("咋整啊，")):
        await house.chat.play(conversation, text)
    agent = await house.signed_in("officer1")
    texts = [
        house.metrics.text().decode(), (await agent.get("/desk/questions")).text,
        *[(await agent.get("/desk/questions/export", params={"format": kind})).text for kind in ("csv", "json")],
        *[file.read_bytes().decode(errors="ignore") for file in tmp_path.glob("questions.db*")],
    ]
    assert any("咋整" in text for text in texts), "the question itself is there"
    assert [word for word in PRIVATE for text in texts if word in text] == []


async def test_a_log_that_cannot_be_written_costs_nobody_an_answer(house, monkeypatch):
    conversation, _ = house.person()

    def broken(*_: object) -> None:
        raise OSError("no disk")

    monkeypatch.setattr(house.questions, "add", broken)
    assert (await house.chat.play(conversation, "起付线多少"))[1]["text"] == "威海的文件没写。打0631-5231234问。"


async def test_a_turn_that_fails_is_counted_and_leaves_no_reference(house, monkeypatch):
    conversation, _ = house.person()

    async def broken(*_: object) -> Exchange:
        raise LookupError

    monkeypatch.setattr(house.chat.assistant, "handle", broken)
    with pytest.raises(LookupError):
        await house.chat.play(conversation, "起付线多少")
    figures: Callable[..., Any] = house.questions.counts
    assert figures(house.clock().date(), house.clock().date(), "outcome") == [("failed", 1)]
