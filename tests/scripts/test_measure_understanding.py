"""The whole measuring on a few messages, with the trained model."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.agent import Agent

from scripts.hearing import hear, hear_out_of_scope
from scripts.measure_understanding import fallback_thresholds, report
from scripts.thresholds import at_threshold

MODEL = Path(__file__).resolve().parents[2] / "models" / "assistant.tar.gz"
SAID = ["转诊要怎么转", "是不是ai", "来，填表吧", "今天天气好", "不知道说啥", "那个嗯"]


@pytest.mark.model
def test_a_threshold_of_now_gives_what_the_dialogue_gets() -> None:
    agent = Agent.load(str(MODEL))
    for text in SAID:
        one = asyncio.run(hear(agent, text, "ask_why"))
        assert at_threshold(one, *fallback_thresholds()) == one.intent


@pytest.mark.model
def test_the_report_has_every_chapter(tmp_path: Path) -> None:
    said, strange = tmp_path / "said.yml", tmp_path / "strange.yml"
    said.write_text(
        'version: "3.1"\nnlu:\n- intent: ask_referral\n  examples: |\n    - 转诊到[北京]{"entity": "region", "role": "treatment"}，要怎么转\n'
        "- intent: out_of_scope\n  examples: |\n    - 今天天气好\n", "utf-8",
    )
    strange.write_text("utterances:\n- {text: 讲个笑话听听, kind: world}\n", "utf-8")
    lines = asyncio.run(report(MODEL, said, strange))
    assert [line[3:] for line in lines if line.startswith("## ")] == ["一、原句", "二、说得不规整", "三、把握准不准", "四、无关的话", "五、改同音字"]
    assert "| ask_referral | 1/1 | 100.0% |  |" in lines
    assert "| treatment | 1 | 100.0% | 100.0% |" in lines
    assert any(line.startswith("| world | 0/1 |") for line in lines)


def test_without_a_file_there_is_nothing_out_of_scope(tmp_path: Path) -> None:
    assert asyncio.run(hear_out_of_scope(None, tmp_path / "none.yml")) == []
