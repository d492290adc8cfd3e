"""What changed from one model to another is told utterance by utterance."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from scripts.compare_models import Heard, compared, is_worse, report

MODEL = Path(__file__).resolve().parents[2] / "models" / "assistant.tar.gz"


def heard(text: str, before: str, after: str) -> Heard:
    return Heard(text, "ask_why", before, after, 0.5, 0.75)


def test_what_became_right_and_wrong_is_counted_and_listed() -> None:
    lines = report([heard("甲", "deny", "ask_why"), heard("乙", "ask_why", "deny"), heard("丙", "deny", "greet"),
                    heard("丁", "ask_why", "ask_why"), heard("戊", "deny", "ask_why")])
    assert lines[:2] == ["听对：2 → 3，共5句（40.0% → 60.0%）", "  ask_why：+1，共5句"]
    assert lines[2:] == [
        "听对了的：2句", "  甲\n    deny 0.50 → ask_why 0.75，应为 ask_why", "  戊\n    deny 0.50 → ask_why 0.75，应为 ask_why",
        "听错了的：1句", "  乙\n    ask_why 0.50 → deny 0.75，应为 ask_why",
        "换了一种错法的：1句", "  丙\n    deny 0.50 → greet 0.75，应为 ask_why",
    ]


@pytest.mark.parametrize(("after", "worse"), [("ask_why", False), ("deny", True)])
def test_fewer_right_than_before_is_worse(after: str, worse: bool) -> None:
    assert is_worse([heard("甲", "ask_why", after)]) is worse


@pytest.mark.model
def test_a_model_compared_with_itself_has_not_changed(tmp_path: Path) -> None:
    said = tmp_path / "said.yml"
    said.write_text('version: "3.1"\nnlu:\n- intent: ask_referral\n  examples: |\n    - 转诊要怎么转\n    - 今天天气好\n', "utf-8")
    found = asyncio.run(compared(MODEL, MODEL, said))
    assert [(one.before == one.after, one.before == "ask_referral") for one in found] == [(True, True), (True, False)]
