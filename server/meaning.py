"""What a message outside a filing means: one intent, the further topics it asks about, and its closed values.

The classifier gives shares; this weighs them with what can be meant at all at that moment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules_engine.facts import ALLOWED_VALUES
from rules_engine.regions import NATIONAL
from server.cost_meaning import SHARE, meant_of_a_bill
from server.topics_heard import (
    CLAUSE_CERTAIN,
    CLAUSE_LIKELY,
    FOLLOW_UP,
    LONG_STORY,
    NOT_SURE,
    QUESTION,
    asked_besides,
    asking_clauses,
    asks_policy,
    next_likely,
)
from server.wants_done import wants_it_back, wants_it_done
from services.case_facts import sounds_dangerous
from understanding.vocabulary import CLOSED_VALUES

FALLBACK, INFORM, OUT_OF_SCOPE, START_FILING = "nlu_fallback", "inform", "out_of_scope", "start_filing"
EXCLUSIONS, TERM = "ask_exclusions", "ask_term"
EXAMPLE_OF_A_DOCUMENT = "老张的例子"  # the term that tells it
SURE_ENOUGH = 0.5
ASKS_WHAT = re.compile("多久|多少|几[个天年月]|怎么|哪|什么|谁|啥|咋")
# A statement of one's case: 我有大连的居住证.
STATEMENT = re.compile(r"[我俺他她咱](?:们|妈|爸)?(?:有|是|在|没|已经|都|也|刚|就|这)")
# What may stand around facts in a message that tells facts and nothing else.
AROUND_FACTS = re.compile(
    r"[\s\W]|我|俺|她|他|是|在|去|到|要|的话|的|了|吧|呢|啊|哦|嗯|噢|就|那|换成|换|要是|如果|假如|不过|其实|应该|这边|那边|市|人|参保|医保|社保"
)
FACT_LABELS = frozenset({"region", *ALLOWED_VALUES})
# Intents that take a fact, or nothing: a message of nothing but facts may look like any of them.
WITHOUT_A_TOPIC = frozenset({FALLBACK, "deny", "affirm", "correct_field", OUT_OF_SCOPE, "greet", FOLLOW_UP})
# What a question is easily mistaken for. Not out_of_scope: what sounds like another subject mostly is one.
NOT_A_QUESTION = frozenset({
    INFORM, "affirm", "deny", "greet", "goodbye", "thank", FALLBACK, START_FILING, "ask_bot_identity",
})
# What a message that tells of a place or a situation is not, unless it surely is.
SMALL_TALK = frozenset({"greet", "goodbye", "thank", "affirm", "deny", "ask_bot_identity", "ask_restart"})
ONLY_IN_A_FILING = frozenset({"cancel_task", "pause_filing", "resume_filing", "correct_field"})
# for the likeliest topic, where the message asks something but what is not sure; where it says nothing of care, more
LIKELY_ENOUGH, LIKELY_ENOUGH_ALONE = 0.12, 0.2
CONTEXT_WEIGHT = 3.0  # how much likelier a topic is when it is being spoken of
# What is none of ours is wider than any examples of it: a first message is likelier to be, one in a talk less.
STRANGER_FIRST, STRANGER_LATER = 28, 0.5
NOT_COVERED = frozenset({"abroad", "work_injury"})
# What was said not to be so is not asked about: 也不是急病; 没打算长住.
DENIED = {"situation=emergency_treatment": "ask_emergency", "situation=long_term_residence": "ask_long_term_definition"}
# Who says one of these speaks of care and its insurance, whatever else.
OURS = frozenset({"situation", "care_visit", "care_type", "scheme", "destination_scope", "elsewhere"})
ENOUGH_IN_CONTEXT = 0.25  # config.yml's threshold of what is heard at all
LONG_NUMBER = re.compile(r"[\dx\s-]{8,}")  # no sum of a bill; lower case, as the normaliser leaves it
# What is asked so is no new beginning. Beside an ID number nothing is deleted where no such word stands.
ERASE = "erase_my_data"
ERASES = re.compile("删|刪|清|抹|销|忘|擦|存|留|消除|[去移拿撤弄整][除掉没]|注消|记住|别记|不要记")
KEEPS_IT = re.compile("[别不没勿](?:要|用|想)?.{0,3}(?:删|清)|被|改|重填|错")
ERASES_ONES_OWN = re.compile(
    "(?:删|清除|清空|清掉|抹掉|销毁).{0,6}(?:身份证|姓名|名字|电话|手机|信息|资料|数据|记录|填的|写的)"
    "(?!.{0,8}(?:错|改|吗))|(?:身份证|姓名|名字|电话|手机号?|信息|资料|数据|记录|填的|写的).{0,8}(?:删|清除|清空|清掉|抹掉|销毁)(?!.{0,8}吗)"
)
DIARY = 300  # characters; most of it is of something else, whatever is asked at its end


@dataclass(frozen=True)
class Meaning:
    """The intent with its confidence, the closed entities, the ranking.

    `also`: topics that another clause asks; `perhaps`: the next likely topic, where the first is not sure.
    """

    intent: str
    confidence: float
    entities: list[dict[str, Any]]
    ranking: list[dict[str, Any]]
    also: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


def meaning_of(parsed: Mapping[str, Any], *, has_draft: bool, topic: str | None = None) -> Meaning:
    """The meaning of a parsed message, given whether a filing is being filled in and what is being spoken of."""
    text = parsed.get("text") or ""
    entities = [e for e in parsed["entities"] if e.get("extractor") == CLOSED_VALUES]
    may_be_strange = topic is None and not has_draft and not _are_ours(entities)
    parsed = _in_context(parsed, topic, STRANGER_FIRST if may_be_strange else STRANGER_LATER)
    ranking = _possible(parsed, has_draft, entities)
    intent, confidence = _chosen(parsed, ranking)
    is_unsure_stranger = intent == OUT_OF_SCOPE and confidence < NOT_SURE
    if is_unsure_stranger and topic and _states_a_place(text, entities):
        intent = INFORM  # 不是我瞎折腾，是公司把我调到西安了, in a talk on changes
    if intent == START_FILING and wants_it_done(text):
        entities = [e for e in entities if e["entity"] != "has_valid_filing"]  # 就在这儿办好了: not that it is done
    if intent in WITHOUT_A_TOPIC and topic == "contact" and any(e["entity"] == "office" for e in entities):
        intent, confidence = INFORM, 1.0  # 高新区也报一下
    topics = [row["name"] for row in ranking if asks_policy(row["name"])]
    if intent == OUT_OF_SCOPE and has_draft:
        intent, confidence = FALLBACK, 0.0  # what was asked is asked again
    if intent != OUT_OF_SCOPE:  # 推荐一款三千块的平板 names a sum as well
        intent = meant_of_a_bill(intent, text, {e["entity"] for e in entities}, topics, topic)
    is_topic = asks_policy(intent)
    if sounds_dangerous(entities) and not (is_topic and confidence >= SURE_ENOUGH):
        intent, confidence = OUT_OF_SCOPE, 1.0  # what sounds like an emergency is answered with 120
    elif _tells_only(intent, confidence, text, entities):
        intent, confidence = INFORM, 1.0
    also = asked_besides(intent, parsed) if asks_policy(intent) else ()
    perhaps = next_likely(intent, ranking) if not also else ()
    return Meaning(intent, confidence, entities, ranking, also, perhaps)


def _tells_only(intent: str, confidence: float, text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message is nothing but facts, whatever topic it sounds like; a place alone (要是上海) never asks."""
    is_unsure = intent in WITHOUT_A_TOPIC or confidence < SURE_ENOUGH
    is_place_only = {e["entity"] for e in entities} <= {"region", "office", "correction"}
    return (is_unsure or is_place_only) and _only_facts(text, entities)


def _states_a_place(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    return any(e["entity"] == "region" for e in entities) and not QUESTION.search(text)


def _has_proof(entities: Sequence[Mapping[str, Any]]) -> bool:
    return any(e["entity"] == "has_residence_proof" for e in entities)


def _speaks_of_the_example(entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the national document's example is asked for: 十问里老张住院花了多少; not my neighbour 老张."""
    names_it = any(e["entity"] == "term" and e["value"] == EXAMPLE_OF_A_DOCUMENT for e in entities)
    return names_it and any(e["entity"] == "insured_region" and e["value"] == NATIONAL for e in entities)


def _has_filed(entities: Sequence[Mapping[str, Any]]) -> bool:
    return any(e["entity"] == "has_valid_filing" and e["value"] == "true" for e in entities)


def _are_ours(entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message surely speaks of care and its insurance: by one word, or one of its terms with a place."""
    kinds = {e["entity"] for e in entities}
    return any(map(_is_ours, entities)) or {"term", "region"} <= kinds


def _is_ours(entity: Mapping[str, Any]) -> bool:
    return entity["entity"] in OURS or bool(entity.get("insures"))


def _in_context(parsed: Mapping[str, Any], topic: str | None, strange: float) -> Mapping[str, Any]:
    """The message with the topic that is being spoken of likelier: 钱不够扣了呢, after a question on pharmacies.

    `strange`: how many times as likely it is to be none of ours.
    """
    weights = {f"ask_{topic}": CONTEXT_WEIGHT, OUT_OF_SCOPE: strange}
    rows = [row for row in parsed.get("intent_ranking", ()) if row["name"] != FALLBACK]
    if not any(row["name"] in weights for row in rows):
        return parsed
    total = 1 + sum((weights[row["name"]] - 1) * row["confidence"] for row in rows if row["name"] in weights)
    weighed = [{**row, "confidence": row["confidence"] * weights.get(row["name"], 1) / total} for row in rows]
    weighed.sort(key=lambda row: -row["confidence"])
    is_lost = parsed["intent"]["name"] == FALLBACK and weighed[0]["confidence"] < ENOUGH_IN_CONTEXT
    return {**parsed, "intent": parsed["intent"] if is_lost else weighed[0], "intent_ranking": weighed}


def _possible(
    parsed: Mapping[str, Any], has_draft: bool, entities: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The ranking without what cannot be meant: nothing is gone on with where nothing is being done,

    nothing filed late before care has begun.
    """
    impossible = {FALLBACK} if has_draft else {FALLBACK, *ONLY_IN_A_FILING}
    if any(e["value"] == "before_treatment" for e in entities):
        impossible.add("ask_late_filing")
    impossible |= {DENIED[e["value"]] for e in entities if e["entity"] == "not_so" and e["value"] in DENIED}
    return [row for row in parsed.get("intent_ranking", ()) if row["name"] and row["name"] not in impossible]


def _chosen(parsed: Mapping[str, Any], ranking: Sequence[Mapping[str, Any]]) -> tuple[str, float]:
    """The intent and its confidence; the likeliest topic where a question was taken for something else."""
    found = parsed["intent"]
    intent, confidence = found["name"] or FALLBACK, found["confidence"]
    tells = any(e["entity"] in FACT_LABELS for e in parsed["entities"])
    text = parsed.get("text") or ""
    outright = _said_outright(intent, confidence, text, parsed["entities"])
    if outright:
        return outright
    if intent == FALLBACK:
        confidence = 0.0  # Rasa's figure says how sure it is not to know
    if intent != FALLBACK and ranking and intent not in {row["name"] for row in ranking}:
        intent, confidence = ranking[0]["name"], ranking[0]["confidence"]
    topic = next((row for row in ranking if asks_policy(row["name"])), None)
    is_question = QUESTION.search(text)
    is_ours = any(map(_is_ours, parsed["entities"]))
    if intent == FALLBACK and tells and is_ours and not is_question:
        return INFORM, confidence  # a case told, nothing asked: 我人在深圳出差，杭州医保没备案
    clause = max(asking_clauses(parsed), key=lambda row: row["confidence"], default=None)
    if clause and _is_lost_in_a_story(intent, confidence, text, clause["confidence"]):
        return clause["name"], clause["confidence"]
    states_only = tells and not is_question and STATEMENT.search(text)
    if asks_policy(intent) and states_only and (confidence < NOT_SURE or _has_proof(parsed["entities"])):
        return INFORM, confidence
    is_mistaken = intent in NOT_A_QUESTION and confidence < NOT_SURE and is_question
    is_mistaken = is_mistaken or (intent == FOLLOW_UP and confidence < SURE_ENOUGH and bool(ASKS_WHAT.search(text)))
    enough = LIKELY_ENOUGH if is_ours else LIKELY_ENOUGH_ALONE
    if is_mistaken and topic and topic["confidence"] >= enough:
        return topic["name"], topic["confidence"]
    if intent in SMALL_TALK and confidence < NOT_SURE and tells:
        return INFORM, confidence
    if intent == START_FILING and confidence < NOT_SURE and _has_filed(parsed["entities"]):
        return INFORM, confidence
    if intent == OUT_OF_SCOPE and confidence < SURE_ENOUGH:
        return FALLBACK, confidence
    return intent, confidence


def _said_outright(
    intent: str, confidence: float, text: str, entities: Sequence[Mapping[str, Any]]
) -> tuple[str, float] | None:
    """What the words themselves say, whatever the classifier makes of them; None where they say nothing so clear."""
    if (text and not re.search(r"\w", text)) or LONG_NUMBER.fullmatch(text):
        return FALLBACK, 0.0  # 😭😭😭, or somebody's number: of what subject it is, nobody can tell
    is_sure_topic = asks_policy(intent) and confidence >= SURE_ENOUGH
    if ERASES_ONES_OWN.search(text) and not (is_sure_topic or QUESTION.search(text) or KEEPS_IT.search(text)):
        return ERASE, max(confidence, SURE_ENOUGH) if intent == ERASE else SURE_ENOUGH
    if intent in (FALLBACK, OUT_OF_SCOPE) and any(e["entity"] == "claimed_rate" for e in entities):
        return SHARE, SURE_ENOUGH  # 改成50%: a share is spoken of, and only one topic states shares
    not_covered = any(e["entity"] in NOT_COVERED for e in entities)
    if not_covered and asks_policy(intent) and intent != "ask_cost_parts":
        return EXCLUSIONS, SURE_ENOUGH  # only what the fund does not pay speaks of it
    if _speaks_of_the_example(entities):
        return TERM, SURE_ENOUGH
    if (asks_policy(intent) or intent in (FALLBACK, INFORM, START_FILING)) and wants_it_done(text):
        return START_FILING, max(confidence, SURE_ENOUGH) if intent == START_FILING else SURE_ENOUGH
    if (asks_policy(intent) or intent in (FALLBACK, INFORM, "correct_field")) and wants_it_back(text):
        return "withdraw_filing", SURE_ENOUGH
    return None


def _is_lost_in_a_story(intent: str, confidence: float, text: str, clause: float) -> bool:
    """Whether the whole message says little and one of its clauses (with this confidence) asks clearly."""
    if intent == FALLBACK:
        return clause >= CLAUSE_LIKELY
    if intent == OUT_OF_SCOPE and len(text) > DIARY:
        return clause >= CLAUSE_CERTAIN
    return len(text) > LONG_STORY and confidence < SURE_ENOUGH and clause >= CLAUSE_CERTAIN


def _only_facts(text: str, entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message (济南; 我在威海; 那杭州呢; 不对，是高邮) is facts that we know and nothing else."""
    for entity in entities:
        text = text[:entity["start"]] + " " * (entity["end"] - entity["start"]) + text[entity["end"]:]
    return any(e["entity"] in FACT_LABELS for e in entities) and not AROUND_FACTS.sub("", text)
