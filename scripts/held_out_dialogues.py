"""Plays the held-out dialogues through the server's own assistant and says which facts were missing or wrong."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from scripts.figure_audit import foreign_figures

GROUPS = ("region", "topic", "style")


@dataclass
class Tally:
    """What came out: dialogues and turns right and wrong, by group, and each fault in words."""

    whole: Counter[bool] = field(default_factory=Counter)
    turns: Counter[bool] = field(default_factory=Counter)
    by_group: dict[tuple[str, str], Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report."""
        share = self.whole[True] / max(1, self.whole.total())
        turn_share = self.turns[True] / max(1, self.turns.total())
        lines = [
            f"对话：{self.whole[True]}/{self.whole.total()} = {share:.1%}",
            f"轮次：{self.turns[True]}/{self.turns.total()} = {turn_share:.1%}",
            f"编出来的数字、别处的规定：{len(self.foreign)}",
        ]
        for group in GROUPS:
            lines.append(f"按{group}：")
            rows = [(name, seen) for (of, name), seen in self.by_group.items() if of == group]
            rows.sort(key=lambda row: row[1][True] / row[1].total())
            lines += [f"  {name}: {seen[True]}/{seen.total()}" for name, seen in rows]
        return [*lines, "编出来的数字、别处的规定：", *self.foreign, "答错的：", *self.faults]


def held_out(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    """The dialogues of every file that fits, each with its region, topic and style."""
    for path in sorted(folder.glob(pattern)):
        for dialogue in YAML(typ="safe").load(path)["dialogues"]:
            region = dialogue.get("region", path.stem.removeprefix("dialogues_"))
            topic = dialogue.get("topic", dialogue["turns"][0].get("topic", "talk"))
            yield {**dialogue, "region": region, "topic": topic, "file": path.stem}


async def play_all(folder: Path, pattern: str) -> Tally:
    """Every dialogue played in a conversation of its own."""
    from server.main import create_app

    app, tally = create_app(), Tally()
    async with app.router.lifespan_context(app):
        while not app.state.chat.assistant.is_ready:
            await asyncio.sleep(0.2)
        for number, dialogue in enumerate(held_out(folder, pattern)):
            is_right = await _play(app.state.chat, f"evaluation:{number}", dialogue, tally)
            tally.whole[is_right] += 1
            for group in GROUPS:
                tally.by_group[group, str(dialogue[group])][is_right] += 1
    return tally


async def _play(chat: Any, conversation: str, dialogue: Mapping[str, Any], tally: Tally) -> bool:
    is_right, said_so_far = True, ""
    for turn in dialogue["turns"]:
        said_so_far += str(turn["say"])
        bubbles = [b for b in await chat.play(conversation, turn["say"]) if b["from"] == "bot"]
        problems = problems_of(turn, bubbles)
        tally.turns[not problems] += 1
        where = f"  [{dialogue['file']} {dialogue['name']}] {str(turn['say'])[:120]}"
        tally.foreign += [f"{where}\n      {line}" for line in foreign_figures(bubbles, said_so_far)]
        if problems:
            is_right = False
            said = " / ".join(b.get("text", "")[:90].replace("\n", " ") for b in bubbles[:3])
            tally.faults.append(f"{where}\n      {'; '.join(problems)}\n      答：{said}")
    return is_right


def problems_of(turn: Mapping[str, Any], bubbles: list[dict[str, Any]]) -> list[str]:
    """What a turn's replies lack of the facts they must state, and what they must not say."""
    text = "\n".join(b.get("text", "") for b in bubbles)
    answers = [b["custom"] for b in bubbles if b.get("custom", {}).get("kind") == "answer"]
    wanted = turn.get("contains", [])
    problems = [f"缺 {either[:3]}" for either in wanted if not any(str(one) in text for one in either)]
    problems += [f"不该有 {phrase}" for phrase in turn.get("lacks", []) if str(phrase) in text]
    if "status" in turn and answers and answers[0]["status"] != turn["status"]:
        problems.append(f"状态 {answers[0]['status']}，应为 {turn['status']}")
    if "topic" in turn and answers and turn["topic"] not in [answer["topic"] for answer in answers]:
        problems.append(f"话题 {answers[0]['topic']}，应为 {turn['topic']}")
    return problems
