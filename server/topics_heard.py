"""Which topics a message asks about besides the first, and which it may ask about instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from server.cost_meaning import COST, INFORM, SHARE
from services.cost_said import AMOUNTS

FOLLOW_UP = "follow_up"
QUESTION = re.compile(
    r"[?？]|[吗嘛呢么不]$|什么|怎么|怎样|如何|咋|啥|谁|多少|几个|几天|哪|为什么|为啥|(.)不\1|有没有|需不需要|可不可以|多久|请问|还是"
)
# Questions about the conversation, not about policy.
ABOUT_THE_TALK = frozenset({
    "ask_why", "ask_detail", "ask_repeat", "ask_term", "ask_my_filing", "ask_bot_identity", "ask_help", "ask_human",
    "ask_restart",
})
TELLS_FACTS = frozenset({INFORM, FOLLOW_UP})
NOT_SURE = 0.7  # below this, the next topic is mentioned as well
WORTH_A_MENTION = 0.12
# likely is enough where the message says that it asks several things; certain, where the whole says little
CLAUSE_CERTAIN, CLAUSE_SURE, CLAUSE_LIKELY = 0.9, 0.6, 0.4
SHORT_END = 20
LONG_STORY = 60  # characters; what is asked stands in one clause of it, and the rest speaks of much else
SEVERAL = re.compile(r"[两俩三几]个?(?:问题|事|件事)|还有|另外|顺便|再问|第二|[?？].+[?？]|[;；]|一是.+二是|一个是")


def asks_policy(intent: str) -> bool:
    """Whether the intent is a topic of the packs."""
    return intent.startswith("ask_") and intent not in ABOUT_THE_TALK


def asking_clauses(parsed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The clauses that ask a topic. In a long story only those that look like a question: the rest tells it."""
    clauses = [row for row in parsed.get("clause_intents", ()) if asks_policy(row["name"])]
    if len(parsed.get("text") or "") <= LONG_STORY:
        return clauses
    return [row for row in clauses if QUESTION.search(row.get("text", ""))] or clauses


def asked_besides(intent: str, parsed: Mapping[str, Any]) -> tuple[str, ...]:
    """The topic of another clause that surely asks."""
    text = parsed.get("text") or ""
    enough = CLAUSE_LIKELY if SEVERAL.search(text) or len(text) > LONG_STORY else CLAUSE_SURE
    sure = [row for row in asking_clauses(parsed) if row["confidence"] >= enough]
    names = [row["name"] for row in sorted(sure, key=lambda row: -row["confidence"])]
    kinds = {e["entity"] for e in parsed["entities"]}
    clauses = parsed.get("clause_intents", ())
    if len(text) > LONG_STORY and clauses and QUESTION.search(text[-SHORT_END:]):
        names.insert(0, clauses[-1]["name"])  # a long story ends with what it is told for
    if "care_visit" in kinds and any(e.get("returns") for e in parsed["entities"]):
        names.insert(0, "ask_return_home")  # 签了承诺书备的案，想回威海做手术
    if "drug_kind" in kinds:
        names.insert(0, "ask_pharmacy")
    has_sum = not AMOUNTS.isdisjoint(kinds)
    names = [SHARE if name == COST and not has_sum else name for name in names]  # 自个儿得掏多少: nothing to reckon
    return tuple(dict.fromkeys(name for name in names if asks_policy(name) and name != intent))[:1]


def next_likely(intent: str, ranking: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The next topic, where the first is not sure and the next is near enough to be meant.

    With what only tells facts comes the likeliest topic: it counts where nothing was asked before.
    """
    topics = [row for row in ranking if asks_policy(row["name"])]
    if intent in TELLS_FACTS:
        return tuple(row["name"] for row in topics[:1] if row["confidence"] >= WORTH_A_MENTION)
    if not asks_policy(intent):
        return ()
    first = next((row["confidence"] for row in topics if row["name"] == intent), 1.0)
    near = [row["name"] for row in topics if row["name"] != intent and row["confidence"] >= WORTH_A_MENTION]
    return tuple(near[:1]) if first < NOT_SURE else ()
