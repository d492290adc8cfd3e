"""What a person's message becomes before the dialogue sees it: an intent with closed values, never their text.

While a filing is being filled in, a message is taken for the answer to the field that was asked,
unless it is a command or a question; the answer itself travels as an opaque token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rules_engine import regions
from server.meaning import QUESTION, SURE_ENOUGH, Meaning, meaning_of
from server.privacy import masked
from services import masking
from services.filing_records import FIELDS, Draft

LONGEST_TEXT = 2_000
COMMANDS = {
    "cancel_task": re.compile(
        r"(?:我(?:要|想)?)?(?:取消|退出|不办了|算了|不弄了|不填了)(?:备案|办理|吧|了|填写|这次|这个|先|我|还是|不办|不弄|不填)*"
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
# Being filled in, these need no question mark to be meant.
DURING_FILING = frozenset({"cancel_task", "pause_filing", "correct_field", "ask_human", "ask_help", "ask_my_filing"})
AGREES = re.compile(
    r"我?(?:已经?)?(?:都|全)?(?:对|是|好|没错|没问题|同意|我同意|可以|确认|确定|嗯|行|读完并同意|正确|无误|的)+(?:了|啊|呀|吧|的)?"
)
DISAGREES = re.compile(r"(?:我)?(?:不对|不是|不同意|有错|错了|不行|不签|不愿意|否)(?:了|啊|的)?")
# Answers to «shall what you filled in be deleted?»
GIVES_UP = re.compile(rf"{AGREES.pattern}|(?:我?(?:确定|确认|要|是))*(?:取消|删掉|删除|不办了)(?:吧|了|的)?")
GOES_ON = re.compile(rf"{DISAGREES.pattern}|(?:先?(?:不|别|不要|不用|不想)(?:取消|删掉|删除|删|了)*)(?:吧|了)?")
ADDRESS_WORDS = re.compile(r"[省市区县镇乡村路街巷弄号楼室栋幢里园苑厦]")


@dataclass(frozen=True)
class Turn:
    """One turn for the dialogue. `shown` is what the history shows of the message.

    `notes`: what the server itself has to say of the message, before the dialogue replies.
    """

    intent: str
    shown: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    confidence: float = 1.0
    ranking: list[dict[str, Any]] = field(default_factory=list)
    private_text: str | None = None  # to be kept under a token, as entity field_token
    notes: tuple[str, ...] = ()

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
    text: str, parsed: Mapping[str, Any], draft: Draft | None, *, is_leaving: bool = False, topic: str | None = None
) -> Turn:
    """The turn of a typed message, given what understanding made of it and the filing in progress, if any.

    `is_leaving`: the person was just asked whether to give the filing up. `topic`: what is being spoken of.
    """
    bare = re.sub(r"[\s。，,.！!~]+", "", text)
    if draft is not None and is_leaving and GIVES_UP.fullmatch(bare):
        return Turn("cancel_task", text)
    if draft is not None and is_leaving and GOES_ON.fullmatch(bare):
        return Turn("resume_filing", text)
    if draft is not None and draft.state == "open":
        return _turn_in_filing(text, bare, parsed, draft.next_step)
    for intent in ("cancel_task", "resume_filing"):
        if COMMANDS[intent].fullmatch(bare) and "取消备案" not in bare:
            return Turn(intent, text)
    return understood(text, parsed, has_draft=draft is not None, topic=topic)


def understood(text: str, parsed: Mapping[str, Any], *, has_draft: bool, topic: str | None = None) -> Turn:
    """The turn of a message that is taken for what it says."""
    meaning = meaning_of(parsed, has_draft=has_draft, topic=topic)
    return Turn(
        intent=meaning.intent,
        shown="（图片）" if is_drawing(text) else masked(text),
        entities=[*meaning.entities, *_further_topics(meaning)],
        confidence=meaning.confidence,
        ranking=meaning.ranking[:5],
    )


def _further_topics(meaning: Meaning) -> list[dict[str, Any]]:
    """The further topics of a message, as closed values for the dialogue."""
    also = [closed("also_topic", name.removeprefix("ask_")) for name in meaning.also]
    return also + [closed("perhaps_topic", name.removeprefix("ask_")) for name in meaning.perhaps]


def _turn_in_filing(text: str, bare: str, parsed: Mapping[str, Any], step: str) -> Turn:
    for intent, pattern in COMMANDS.items():
        if pattern.fullmatch(bare):
            return Turn(intent, text)
    if step in ("review", "commitment"):
        return _turn_at_a_choice(bare, text, parsed, step)
    meant = understood(text, parsed, has_draft=True)
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
    meant = understood(text, parsed, has_draft=True)
    names_field = any(e["entity"] == "filing_field" for e in meant.entities)
    if names_field and not _is_question(text, meant):
        fields = [e for e in meant.entities if e["entity"] == "filing_field"]
        return Turn("edit_field", meant.shown, fields)
    return meant


def _asks(intent: str) -> bool:
    return intent.startswith("ask_") or intent in ("follow_up", "start_filing")


def _is_question(text: str, meant: Turn) -> bool:
    """Whether a message asks something: it looks like a question and a topic is recognised in it."""
    asking = [row["confidence"] for row in meant.ranking if _asks(row["name"])]
    is_sure = meant.confidence >= SURE_ENOUGH or sum(asking) >= SURE_ENOUGH  # of which topic may be open
    return bool(QUESTION.search(text)) and _asks(meant.intent) and is_sure


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
