"""Measures understanding and dialogue on the held-out part, which was written apart and is not used to tune.

    python -m scripts.evaluate [--model models/assistant.tar.gz] [--out results/evaluation.md]

Prints accuracy by intent, the roles of places, the share of dialogues whose facts are right, by style,
and every failure.
"""

import argparse
import asyncio
import os
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.nlu.training_data.loading import load_data
from ruamel.yaml import YAML

HELD_OUT = Path(__file__).resolve().parent.parent / "tests" / "held_out"


async def understanding(agent: Agent) -> list[str]:
    """Lines on intents and places' roles over the held-out utterances."""
    right, wrong, roles = Counter[str](), [], Counter[bool]()
    total = Counter[str]()
    for message in load_data(str(HELD_OUT / "utterances.yml")).training_examples:
        wanted, text = message.get("intent"), message.get("text")
        parsed = await agent.parse_message(text)
        total[wanted] += 1
        found = parsed["intent"]["name"]
        right[wanted] += found == wanted
        if found != wanted:
            wrong.append(f"  {wanted} → {found} {parsed['intent']['confidence']:.2f}  {text}")
        for place in message.get("entities") or []:
            meant = [e for e in parsed["entities"] if e["entity"] == "region" and e["start"] < place["end"]
                     and place["start"] < e["end"]]
            roles[bool(meant) and meant[0].get("role") == place.get("role")] += 1
    share = sum(right.values()) / sum(total.values())
    lines = [f"意图：{sum(right.values())}/{sum(total.values())} = {share:.1%}",
             f"地名和角色：{roles[True]}/{roles.total()} = {roles[True] / max(1, roles.total()):.1%}"]
    weakest = sorted(total, key=lambda intent: right[intent] / total[intent])[:12]
    lines += [f"  {intent}: {right[intent]}/{total[intent]}" for intent in weakest]
    return [*lines, "意图错的：", *wrong]


async def dialogues() -> list[str]:
    """Lines on the held-out dialogues, played through the server's own assistant."""
    from server.main import create_app

    app = create_app()
    by_style: dict[str, Counter[bool]] = defaultdict(Counter)
    faults: list[str] = []
    turns = Counter[bool]()
    async with app.router.lifespan_context(app):
        while not app.state.chat.assistant.is_ready:
            await asyncio.sleep(0.2)
        for number, dialogue in enumerate(YAML(typ="safe").load(HELD_OUT / "dialogues.yml")["dialogues"]):
            missed = await _play(app.state.chat, f"evaluation:{number}", dialogue, turns)
            by_style[dialogue["style"]][not missed] += 1
            faults += missed
    whole = sum((counter for counter in by_style.values()), Counter[bool]())
    lines = [f"对话：{whole[True]}/{whole.total()} = {whole[True] / whole.total():.1%}",
             f"轮次：{turns[True]}/{turns.total()} = {turns[True] / turns.total():.1%}"]
    lines += [f"  {style}: {seen[True]}/{seen.total()}" for style, seen in sorted(by_style.items())]
    return [*lines, "答错的：", *faults]


async def _play(chat: Any, conversation: str, dialogue: dict[str, Any], turns: Counter[bool]) -> list[str]:
    missed = []
    for turn in dialogue["turns"]:
        bubbles = [b for b in await chat.play(conversation, turn["say"]) if b["from"] == "bot"]
        problems = _problems(turn, bubbles)
        turns[not problems] += 1
        if problems:
            said = " / ".join(b.get("text", "")[:70].replace("\n", " ") for b in bubbles[:2])
            missed.append(f"  [{dialogue['name']}] {turn['say']}\n      {'; '.join(problems)}\n      答：{said}")
    return missed


def _problems(turn: dict[str, Any], bubbles: list[dict[str, Any]]) -> list[str]:
    """What a turn's replies lack of the facts they must state."""
    text = "\n".join(b.get("text", "") for b in bubbles)
    answers = [b["custom"] for b in bubbles if b.get("custom", {}).get("kind") == "answer"]
    wanted = turn.get("contains", [])
    problems = [f"缺 {alternatives[:3]}" for alternatives in wanted if not any(one in text for one in alternatives)]
    problems += [f"不该有 {phrase}" for phrase in turn.get("lacks", []) if phrase in text]
    if "status" in turn and answers and answers[0]["status"] != turn["status"]:
        problems.append(f"状态 {answers[0]['status']}，应为 {turn['status']}")
    if "topic" in turn and answers and answers[0]["topic"] != turn["topic"]:
        problems.append(f"话题 {answers[0]['topic']}，应为 {turn['topic']}")
    return problems


async def main() -> None:
    """Prints the report and writes it to a file."""
    parser = argparse.ArgumentParser(description="Measure on the held-out part")
    parser.add_argument("--model", default="models/assistant.tar.gz")
    parser.add_argument("--out", type=Path, default=Path("results/evaluation.md"))
    options = parser.parse_args()
    lines = await understanding(Agent.load(options.model))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        lines += await dialogues()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(line for line in lines if not line.startswith("      ")))


if __name__ == "__main__":
    asyncio.run(main())
