"""What is none of ours and gets an answer all the same, and what is ours and is turned away."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from scripts.hearing import Heard
from scripts.markdown import share, table
from server.meaning import FALLBACK, OUT_OF_SCOPE

# What may be heard in a message that is none of ours without harm: it is declined, asked again, or answered with small
# talk. Everything else in domain.yml counts as an answer: topics and terms; 为什么 and 详细说, which tell more of the
# last one; follow_up and inform, which take facts and go on with them; all that begins, shows, changes or ends a
# filing; the erasure of one's data. ask_restart gives no answer and touches no filing.
NOT_AN_ANSWER = frozenset({
    FALLBACK, OUT_OF_SCOPE, "greet", "goodbye", "thank", "affirm", "deny", "ask_bot_identity", "ask_help", "ask_human",
    "ask_repeat", "ask_restart",
})
TURNED_AWAY = frozenset({FALLBACK, OUT_OF_SCOPE})
GOAL = 0.03
WORST = 5  # listed of each kind
BY_MEANING, PLAYED = "经过 server/meaning.py", "真的接着答的"


def false_accepts(intents: Iterable[str]) -> int:
    """Of what messages out of scope were heard as: how many get an answer."""
    return sum(intent not in NOT_AN_ANSWER for intent in intents)


def false_rejects(intents: Iterable[str]) -> int:
    """Of what messages in scope were heard as: how many are turned away."""
    return sum(intent in TURNED_AWAY for intent in intents)


def is_ours(one: Heard) -> bool:
    """Whether the message is in scope."""
    return one.wanted not in TURNED_AWAY


async def taken_up(messages: Sequence[str]) -> set[str]:
    """The messages, each the first of a conversation, that get an answer or a question for a fact or a filing's field.

    Played through the server's own assistant, in the data folder that is set.
    """
    from server.main import create_app

    app, found = create_app(), set()
    async with app.router.lifespan_context(app):
        while not app.state.chat.assistant.is_ready:
            await asyncio.sleep(0.2)
        for number, text in enumerate(messages):
            bubbles = await app.state.chat.play(f"scope:{number}", text)
            if any(bubble.get("custom") for bubble in bubbles if bubble["from"] == "bot"):
                found.add(text)
    return found


def scope_lines(ours: Sequence[Heard], foreign: Sequence[Heard], answered: Collection[str]) -> list[str]:
    """The chapter on what is none of ours; `answered`: what of it was taken up when it was played."""
    by_kind: dict[str, list[Heard]] = defaultdict(list)
    for one in foreign:
        by_kind[one.kind].append(one)
    rows = [_accepted_row(kind, ones, answered) for kind, ones in (*sorted(by_kind.items()), ("合计", foreign))]
    rejected = [one for one in ours if one.intent in TURNED_AWAY]
    return [
        "误答：无关的话听成了要给政策答复、要动备案的意图。", "",
        f"{PLAYED}：放一遍，回的是答案或追问，不是谢绝、不是请人再说。目标是对它说的。", "",
        *table(["哪类", "误答", "占", BY_MEANING, PLAYED, f"目标 <{GOAL:.0%}"], rows),
        "误答里最有把握的：", "", *table(["哪类", "听成", "置信度", BY_MEANING, "句子"], _worst(by_kind)),
        f"误拒：该答的听成了没听懂、无关，{len(rejected)}/{len(ours)} = {share(len(rejected), len(ours))}，"
        f"目标 <{GOAL:.0%}，{_verdict(len(rejected), len(ours))}。"
        f"{BY_MEANING}：{share(false_rejects(one.acted_on for one in ours), len(ours))}。", "",
        *table(["本意", "听成", "最像", "置信度", "句子"],
               [[one.wanted, one.intent, one.nearest, f"{one.confidence:.2f}", one.text] for one in rejected]),
    ]


def _accepted_row(kind: str, ones: Sequence[Heard], answered: Collection[str]) -> list[str]:
    accepted, total = false_accepts(one.intent for one in ones), len(ones)
    acted_on = share(false_accepts(one.acted_on for one in ones), total)
    played = sum(one.text in answered for one in ones)
    shares = [share(accepted, total), acted_on, share(played, total)]
    return [kind, f"{accepted}/{total}", *shares, _verdict(played, total)]


def _verdict(faults: int, total: int) -> str:
    return "–" if not total else "达到" if faults < GOAL * total else "没达到"


def _worst(by_kind: Mapping[str, Sequence[Heard]]) -> list[list[str]]:
    rows = []
    for kind, ones in sorted(by_kind.items()):
        accepted = sorted((one for one in ones if false_accepts([one.intent])), key=lambda one: -one.confidence)
        rows += [[kind, one.intent, f"{one.confidence:.2f}", one.acted_on, one.text] for one in accepted[:WORST]]
    return rows
