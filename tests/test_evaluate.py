"""What the measuring looks for in a turn of a filing."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.evaluate import all_problems, filing_problems

ASKS_NAME = {"text": "您叫什么？", "custom": {"kind": "ask", "slot": "name", "input": "text"}}
TALK = {"text": "您好。"}


@pytest.mark.parametrize(("turn", "is_right"), [
    ({"asks": "name"}, True),
    ({"asks": ["filed_for", "name"]}, True),
    ({"asks": "phone"}, False),
    ({"asks_not": ["phone", "id_number"]}, True),
    ({"asks_not": "name"}, False),
    ({"shows": "ask"}, True),
    ({"shows": "receipt"}, False),
    ({"shows_not": ["receipt", "filing"]}, True),
    ({"shows_not": "ask"}, False),
    ({}, True),
])
def test_what_is_asked_and_shown(turn: dict[str, Any], is_right: bool) -> None:
    assert (filing_problems(turn, [TALK, ASKS_NAME]) == []) is is_right


def test_nothing_asked_is_not_what_was_wanted() -> None:
    assert filing_problems({"asks": "name", "shows": "ask"}, [TALK]) == ["asks 无，应为 ['name']", "shows 无，应为 ['ask']"]


def test_facts_count_too() -> None:
    assert len(all_problems({"contains": [["备案号"]], "asks": "phone"}, [ASKS_NAME])) == 2
