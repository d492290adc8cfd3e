"""What a turn came to, in closed words for counting: no word of anybody's is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.topics_heard import asks_policy

OUTCOMES = (
    "answered", "asked_back", "not_stated", "not_in_force", "no_pack", "fallback", "out_of_scope", "filing_step",
    "cost", "talk", "failed",
)
OF_STATUS = {
    "decided": "answered", "needs": "asked_back", "not_stated": "not_stated", "not_in_force": "not_in_force",
    "no_pack": "no_pack",
}
# Names of responses in data/responses/: which of them was said tells more than the intent.
NOT_UNDERSTOOD = frozenset({"utter_did_you_mean", "utter_once_more", "utter_term_unknown"})
ELSEWHERE = frozenset({"utter_out_of_scope", "utter_call_120"})
ASKING = ("utter_need_", "utter_which_place", "utter_what_to_ask", "utter_say_insured_city")
FILING_KINDS = frozenset({"ask", "review", "commitment_letter", "receipt", "filing"})
FILING_INTENTS = frozenset({
    "start_filing", "resume_filing", "pause_filing", "cancel_task", "ask_my_filing", "look_up_filing", "correct_field",
    "answer_field", "edit_field", "confirm_review", "consent", "refuse_consent", "hand_in", "paper_added", "skip_paper",
    "change_filing", "mend_filing", "renew_filing", "end_filing", "withdraw_filing",
})
COST_TOPIC = "cost_estimate"


@dataclass(frozen=True)
class Heard:
    """What the dialogue took a message for: the intent, the responses it used, the topic and region spoken of."""

    intent: str = ""
    responses: tuple[str, ...] = ()
    topic: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class TurnOutcome:
    """One of OUTCOMES, and what was asked about, where a question was asked."""

    name: str
    region: str | None = None
    topic: str | None = None


NOTHING_HEARD = Heard()
FAILED = TurnOutcome("failed")


def outcome_of(heard: Heard, replies: Iterable[Mapping[str, Any]]) -> TurnOutcome:
    """What the turn came to."""
    customs = [custom for reply in replies if (custom := reply.get("custom"))]
    kinds = {str(custom.get("kind")) for custom in customs}
    if NOT_UNDERSTOOD.intersection(heard.responses):
        return TurnOutcome("fallback", heard.region)
    if ELSEWHERE.intersection(heard.responses):
        return TurnOutcome("out_of_scope", heard.region)
    if "cost" in kinds:
        return TurnOutcome("cost", heard.region, COST_TOPIC)
    return _of_answer(heard, customs) or _of_the_rest(heard, kinds)


def _of_answer(heard: Heard, customs: Sequence[Mapping[str, Any]]) -> TurnOutcome | None:
    """Of the first answer; of cases side by side, answered if one of them is."""
    for custom in customs:
        if custom["kind"] == "answer":
            return TurnOutcome(OF_STATUS[custom["status"]], custom["region"] or heard.region, custom["topic"])
        if custom["kind"] == "side_by_side":
            names = [OF_STATUS[side["status"]] for side in custom["sides"]]
            return TurnOutcome("answered" if "answered" in names else names[0], heard.region, custom["topic"])
    return None


def _of_the_rest(heard: Heard, kinds: set[str]) -> TurnOutcome:
    if any(name.startswith(ASKING) for name in heard.responses):
        return TurnOutcome("asked_back", heard.region, heard.topic)
    if "cost_note" in kinds:
        return TurnOutcome("cost", heard.region, COST_TOPIC)
    if heard.intent in FILING_INTENTS or kinds & FILING_KINDS:
        return TurnOutcome("filing_step", heard.region)
    if heard.intent == "ask_term" or asks_policy(heard.intent):
        return TurnOutcome("answered", heard.region, heard.topic if heard.intent != "ask_term" else None)
    return TurnOutcome("talk", heard.region)
