"""What a person's message becomes before the dialogue sees it: an intent with closed values, never their text.

While a filing is being filled in, a message is taken for the answer to the field that was asked,
unless it is a command or a question; the answer itself travels as an opaque token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules_engine import regions
from rules_engine.facts import ALLOWED_VALUES
from server.privacy import masked
from services import masking
from services.filing_records import FIELDS, Draft
from understanding.vocabulary import CLOSED_VALUES

SURE_ENOUGH = 0.5
FALLBACK = "nlu_fallback"
LONGEST_TEXT = 2_000
COMMANDS = {
    "cancel_task": re.compile(
        r"(?:我(?:要|想)?)?(?:取消|退出|不办了|算了|不弄了|不填了)(?:备案|办理|吧|了|填写|这次|这个)*"
    ),
    "pause_filing": re.compile(
        # 明天 alone is a day to begin from
        r"我?(?:稍后|等会儿?|等一会儿?|待会儿?|回头|晚点|以后|先放着|明天(?=再|继续|填|办|弄|说))"
        r"(?:再|继续|先)*(?:继续|填|办|弄|说|来)*(?:吧|了)?"
    ),
    "resume_filing": re.compile(r"(?:继续|接着)(?:办|填|备案|弄)*(?:吧|了)?"),
    "ask_my_filing": re.compile(r"(?:查|看|看看|查一下)?我的备案(?:呢|状态|进度)?"),
    "ask_help": re.compile(r"帮助|怎么填|不会填"),
}
QUESTION = re.compile(
    r"[?？]|[吗嘛呢么不]$|什么|怎么|怎样|如何|咋|啥|谁|多少|几个|几天|哪|为什么|为啥|(.)不\1|有没有|需不需要|可不可以|多久|请问"
)
# Being filled in, these need no question mark to be meant.
DURING_FILING = frozenset({"cancel_task", "pause_filing", "correct_field", "ask_human", "ask_help", "ask_my_filing"})
AGREES = re.compile(
    r"我?(?:已经?)?(?:都|全)?(?:对|是|好|没错|没问题|同意|我同意|可以|确认|确定|嗯|行|读完并同意|正确|无误|的)+(?:了|啊|呀|吧|的)?"
)
DISAGREES = re.compile(r"(?:我)?(?:不对|不是|不同意|有错|错了|不行|不签|不愿意|否)(?:了|啊|的)?")
# Answers to «shall what you filled in be deleted?»
GIVES_UP = re.compile(rf"{AGREES.pattern}|(?:我?(?:确定|确认|要|是))*(?:取消|删掉|删除|不办了)(?:吧|了|的)?")
GOES_ON = re.compile(rf"{DISAGREES.pattern}|(?:先?(?:不|别|不要|不用|不想)(?:取消|删掉|删除|删|了)*)(?:吧|了)?")
# What may stand around facts in a message that tells facts and nothing else.
AROUND_FACTS = re.compile(
    r"[\s\W]|我|俺|她|他|是|在|去|到|要|的话|的|了|吧|呢|啊|哦|嗯|噢|就|那|换成|换|要是|如果|假如|不过|其实|应该|这边|那边|市|人|参保|医保|社保"
)
# Intents that only ever take a fact, or nothing: a message of nothing but facts is one of them.
WITHOUT_A_TOPIC = frozenset({FALLBACK, "deny", "affirm", "correct_field", "out_of_scope", "greet", "follow_up"})
FACT_LABELS = frozenset({"region", *ALLOWED_VALUES})
ABOUT_THE_TALK = frozenset({
    "ask_why", "ask_detail", "ask_repeat", "ask_term", "ask_my_filing", "ask_bot_identity", "ask_help", "ask_human",
    "ask_restart",
})
SECOND_TOPIC_SURE = 0.6
MOST_OTHER_TOPICS = 1
CLOSE_SECOND, LIKELY_ENOUGH = 0.5, 0.2
ADDRESS_WORDS = re.compile(r"[省市区县镇乡村路街巷弄号楼室栋幢里园苑厦]")


@dataclass(frozen=True)
class Turn:
    """One turn for the dialogue. `shown` is what the history shows of the message."""

    intent: str
    shown: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    confidence: float = 1.0
    ranking: list[dict[str, Any]] = field(default_factory=list)
    private_text: str | None = None  # to be kept under a token, as entity field_token

    def parse_data(self) -> dict[str, Any]:
        """What Rasa takes in place of parsing a text itself."""
        intent = {"name": self.intent, "confidence": self.confidence}
        # rasa-sdk reads the intent from the head of the ranking, so one that we chose stands there too
        ranking = [intent, *(row for row in self.ranking if row["name"] != self.intent)]
        return {"text": f"/{self.intent}", "intent": intent, "entities": self.entities, "intent_ranking": ranking}


def closed(name: str, value: str) -> dict[str, Any]:
    """An entity of a value that is not a person's own words."""
    return {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "server"}


def turn_from_button(intent: str, entities: Mapping[str, str], title: str) -> Turn:
    """The turn of a pressed button."""
    return Turn(intent, title, [closed(name, value) for name, value in entities.items()])


def typed_text(message: str) -> str:
    """The message as text: no command, and not so long that looking through it would hold others up.

    A leading slash, also one behind blanks or another slash, would make it Rasa's command.
    """
    text = re.sub(r"^[\s/／\u200b-\u200f\u2060\ufeff]+", "", message).rstrip()
    if is_drawing(text) or len(text) <= LONGEST_TEXT:
        return text
    return text[:LONGEST_TEXT // 2] + text[-LONGEST_TEXT // 2:]  # the question often stands at the end


def is_drawing(text: str) -> bool:
    """Whether it is a drawn signature and no text at all."""
    return text.startswith("data:image")


def turn_from_text(
    text: str, parsed: Mapping[str, Any], draft: Draft | None, *, is_leaving: bool = False
) -> Turn:
    """The turn of a typed message, given what understanding made of it and the filing in progress, if any.

    `is_leaving`: the person was just asked whether to give the filing up.
    """
    bare = re.sub(r"[\s。，,.！!~]+", "", text)
    if draft is not None and is_leaving and GIVES_UP.fullmatch(bare):
        return Turn("cancel_task", text)
    if draft is not None and is_leaving and GOES_ON.fullmatch(bare):
        return Turn("resume_filing", text)
    if draft is not None and draft.state == "open":
        return _turn_in_filing(text, bare, parsed, draft.next_step)
    return _understood(text, parsed)


def _understood(text: str, parsed: Mapping[str, Any]) -> Turn:
    name, confidence = parsed["intent"]["name"] or FALLBACK, parsed["intent"]["confidence"]
    entities = [e for e in parsed["entities"] if e.get("extractor") == CLOSED_VALUES]
    name = _nearest_topic(parsed) if name == FALLBACK else name
    if any(e["entity"] == "danger" for e in entities) and not (name.startswith("ask_") and confidence >= SURE_ENOUGH):
        name, confidence = "out_of_scope", 1.0  # what sounds like an emergency is answered with 120
    is_open = name in WITHOUT_A_TOPIC or confidence < SURE_ENOUGH
    if is_open and _only_facts(parsed.get("text") or "", entities):
        name, confidence = "inform", 1.0
    if _asks_policy(name):
        entities += [closed("also_topic", topic) for topic in _other_topics(name, parsed)]
    return Turn(
        intent=name,
        shown="（图片）" if is_drawing(text) else masked(text),
        entities=entities,
        confidence=confidence,
        ranking=parsed.get("intent_ranking", [])[:5],
    )


def _asks_policy(intent: str) -> bool:
    return intent.startswith("ask_") and intent not in ABOUT_THE_TALK


def _ranked(parsed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in parsed.get("intent_ranking", ()) if row["name"] != FALLBACK]


def _nearest_topic(parsed: Mapping[str, Any]) -> str:
    """Not sure which: the likeliest intent where it and the next are both questions, to be answered side by side."""
    first_two = _ranked(parsed)[:2]
    are_topics = len(first_two) == 2 and all(_asks_policy(row["name"]) for row in first_two)
    return str(first_two[0]["name"]) if are_topics and first_two[0]["confidence"] >= LIKELY_ENOUGH else FALLBACK


def _other_topics(intent: str, parsed: Mapping[str, Any]) -> list[str]:
    """Further topics of the message: of another clause that surely asks, or the close second to an unsure first."""
    clauses = [
        row["name"] for row in parsed.get("clause_intents", ())
        if row["confidence"] >= SECOND_TOPIC_SURE and _asks_policy(row["name"])
    ]
    ranked = _ranked(parsed)[:2]
    if len(ranked) == 2 and _asks_policy(ranked[0]["name"]) and _asks_policy(ranked[1]["name"]):
        first, second = (row["confidence"] for row in ranked)
        if first < SURE_ENOUGH and second >= max(LIKELY_ENOUGH, first * CLOSE_SECOND):
            clauses.append(ranked[1]["name"])
    others = dict.fromkeys(name for name in clauses if name != intent)
    return [name.removeprefix("ask_") for name in others][:MOST_OTHER_TOPICS]


def _only_facts(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message (济南; 我在威海; 那杭州呢; 不对，是高邮) is facts that we know and nothing else."""
    for entity in entities:
        text = text[:entity["start"]] + " " * (entity["end"] - entity["start"]) + text[entity["end"]:]
    return any(e["entity"] in FACT_LABELS for e in entities) and not AROUND_FACTS.sub("", text)


def _turn_in_filing(text: str, bare: str, parsed: Mapping[str, Any], step: str) -> Turn:
    for intent, pattern in COMMANDS.items():
        if pattern.fullmatch(bare):
            return Turn(intent, text)
    if step in ("review", "commitment"):
        return _turn_at_a_choice(bare, text, parsed, step)
    meant = _understood(text, parsed)
    if _is_question(text, meant) and not _reads_as_answer(step, bare):
        return meant
    if meant.intent in DURING_FILING and meant.confidence >= SURE_ENOUGH and not _reads_as_answer(step, bare):
        return meant
    return Turn("answer_field", shown_answer(step, text), private_text=text)


def _turn_at_a_choice(bare: str, text: str, parsed: Mapping[str, Any], step: str) -> Turn:
    """At the review and the letter there is nothing to fill in: yes, no, a correction or a question."""
    if AGREES.fullmatch(bare):
        return Turn("confirm_review" if step == "review" else "consent", text)
    if DISAGREES.fullmatch(bare):
        return Turn("edit_field" if step == "review" else "refuse_consent", text)
    meant = _understood(text, parsed)
    names_field = any(e["entity"] == "filing_field" for e in meant.entities)
    if names_field and not _is_question(text, meant):
        fields = [e for e in meant.entities if e["entity"] == "filing_field"]
        return Turn("edit_field", meant.shown, fields)
    return meant


def _is_question(text: str, meant: Turn) -> bool:
    """Whether a message asks something: it looks like a question and a topic is recognised in it."""
    asks = meant.intent.startswith("ask_") or meant.intent in ("follow_up", "start_filing")
    return bool(QUESTION.search(text)) and asks and meant.confidence >= SURE_ENOUGH


def _reads_as_answer(step: str, bare: str) -> bool:
    """Whether a message has the shape of the field that was asked, whatever else it might mean."""
    if step in ("id_number", "phone"):
        return len(re.findall(r"\d", bare)) >= 5
    if step == "treatment_region":
        return bool(regions.named(bare))
    if step == "address":
        return len(ADDRESS_WORDS.findall(bare)) >= 3 and bool(re.search(r"\d|[一二三四五六七八九十]号", bare))
    if step == "signature":
        return is_drawing(bare)
    return False


def shown_answer(step: str, text: str) -> str:
    """A field's answer as the history shows it: masked, whatever was typed."""
    if step == "signature":
        return "（已签名）"
    if step == "name":
        return masking.mask_name(text.strip())[:12]
    if step == "address":
        return masking.mask_address(text.strip())
    return masked(text) if step in FIELDS else "（已填写）"
