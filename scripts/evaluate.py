"""Measures understanding and dialogue on the held-out part, which was written apart and is not used to tune.

    python -m scripts.evaluate [--model models/assistant.tar.gz] [--out results/evaluation.md]

Prints accuracy by intent, the roles of places, the share of dialogues whose facts are right by region, topic
and style, figures and rules that don't belong to the region, and every failure.

Beside what held_out_dialogues looks for, a turn may say `asks: name` (it is asked for that field or step),
`shows: receipt` (a reply of that kind), `asks_not` and `shows_not`; of a list, one will do (or none may be).
"""

import argparse
import asyncio
import os
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.nlu.training_data.loading import load_data

from scripts import held_out_dialogues
from scripts.hearing import role_heard
from scripts.held_out_dialogues import play_all, problems_of

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
            roles[role_heard(place, parsed["entities"]) == place.get("role")] += 1
    share = sum(right.values()) / sum(total.values())
    lines = [f"意图：{sum(right.values())}/{sum(total.values())} = {share:.1%}",
             f"地名和角色：{roles[True]}/{roles.total()} = {roles[True] / max(1, roles.total()):.1%}"]
    weakest = sorted(total, key=lambda intent: right[intent] / total[intent])[:12]
    lines += [f"  {intent}: {right[intent]}/{total[intent]}" for intent in weakest]
    return [*lines, "意图错的：", *wrong]


def filing_problems(turn: Mapping[str, Any], bubbles: list[dict[str, Any]]) -> list[str]:
    """What a turn's replies ask or show that they should not, or fail to."""
    customs = [b["custom"] for b in bubbles if b.get("custom")]
    seen = {"asks": [custom["slot"] for custom in customs if custom["kind"] == "ask"],
            "shows": [custom["kind"] for custom in customs]}
    problems = []
    for key, found in seen.items():
        wanted, unwanted = _listed(turn.get(key)), _listed(turn.get(f"{key}_not"))
        if wanted and not any(one in found for one in wanted):
            problems.append(f"{key} {found or '无'}，应为 {wanted[:4]}")
        problems += [f"{key} 不该有 {one}" for one in unwanted if one in found]
    return problems


def _listed(one_or_more: str | list[str] | None) -> list[str]:
    return [one_or_more] if isinstance(one_or_more, str) else one_or_more or []


def all_problems(turn: Mapping[str, Any], bubbles: list[dict[str, Any]]) -> list[str]:
    """Faults in facts and in filing."""
    return problems_of(turn, bubbles) + filing_problems(turn, bubbles)


async def main() -> None:
    """Prints the report and writes it to a file."""
    parser = argparse.ArgumentParser(description="Measure on the held-out part")
    parser.add_argument("--model", default="models/assistant.tar.gz")
    parser.add_argument("--folder", type=Path, default=HELD_OUT, help="where the dialogues are")
    parser.add_argument("--dialogues", default="dialogues_*.yml", help="which files of dialogues")
    parser.add_argument("--only-dialogues", action="store_true", help="leave the single utterances out")
    parser.add_argument("--out", type=Path, default=Path("results/evaluation.md"))
    options = parser.parse_args()
    lines = [] if options.only_dialogues else await understanding(Agent.load(options.model))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        held_out_dialogues.problems_of = all_problems
        lines += (await play_all(options.folder, options.dialogues)).lines()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(line for line in lines if not line.startswith("      ")))


if __name__ == "__main__":
    asyncio.run(main())
