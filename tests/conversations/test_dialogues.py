"""The development dialogues, played over REST with the trained model: each a person who wants to know something.

They are there to find faults and to keep them mended; nothing is measured by them (scripts/evaluate.py does that).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import reply_shapes
from ruamel.yaml import YAML
from talking import Person, Replies

DIALOGUES = Path(__file__).parent / "dialogues"
DIALOGUE_KEYS = {"name", "region", "topic", "style", "turns"}
TURN_KEYS = {"say", "first", "contains", "lacks"}
REGIONS = {"weihai", "hangzhou", "gaoyou", "urumqi", "national", "unknown", "mixed"}


def _read() -> Iterator[dict[str, Any]]:
    """Every dialogue of every file."""
    for path in sorted(DIALOGUES.glob("*.yml")):
        yield from YAML(typ="safe").load(path)["dialogues"]


ALL = list(_read())


def _problems(turn: dict[str, Any], replies: Replies) -> list[str]:
    """What the replies to a turn say too little or too much."""
    text, opening = replies.text, replies[0].get("text", "") if replies else ""
    first = turn.get("first")
    found = [f"先说的不是 {first}"] if first and not any(words in opening for words in first) else []
    found += [f"缺 {group}" for group in turn.get("contains", []) if not any(words in text for words in group)]
    return found + [f"不该有 {words}" for words in turn.get("lacks", []) if words in text]


@pytest.mark.model
@pytest.mark.parametrize("dialogue", ALL, ids=[dialogue["name"] for dialogue in ALL])
def test_a_dialogue(dialogue: dict[str, Any], someone: Callable[[], Person]) -> None:
    person = someone()
    for turn in dialogue["turns"]:
        replies = person.say(turn["say"])
        reply_shapes.check(replies)
        problems = _problems(turn, replies)
        assert not problems, f"{turn['say'][:80]}\n{'; '.join(problems)}\n答：{replies.text}"


def test_names_are_told_apart() -> None:
    names = [dialogue["name"] for dialogue in ALL]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("dialogue", ALL, ids=[dialogue["name"] for dialogue in ALL])
def test_a_dialogue_is_well_formed(dialogue: dict[str, Any]) -> None:
    """A figure without quotes would be read as a number, and a turn that asks for nothing tests nothing."""
    assert set(dialogue) == DIALOGUE_KEYS and dialogue["region"] in REGIONS
    for turn in dialogue["turns"]:
        assert set(turn) <= TURN_KEYS and (turn.get("contains") or turn.get("lacks"))
        groups = [*turn.get("contains", []), turn.get("first", []), turn.get("lacks", [])]
        assert all(isinstance(group, list) for group in groups)
        assert all(isinstance(words, str) and words for group in groups for words in group)
