"""What a turn came to, by what was replied."""

from __future__ import annotations

import pytest

from server.outcomes import OUTCOMES, Heard, outcome_of


def answer(status: str, region: str | None = "371000", topic: str = "deductible") -> dict:
    return {"text": "…", "custom": {"kind": "answer", "status": status, "region": region, "topic": topic}}


def side_by_side(*statuses: str) -> dict:
    return {"custom": {"kind": "side_by_side", "topic": "validity", "sides": [{"status": status} for status in statuses]}}


def ask(slot: str) -> dict:
    return {"text": "…", "custom": {"kind": "ask", "slot": slot}}


PLAIN = {"text": "…"}
CASES = [
    (Heard("ask_deductible"), [answer("decided")], ("answered", "371000", "deductible")),
    (Heard("ask_deductible"), [answer("needs"), PLAIN], ("asked_back", "371000", "deductible")),
    (Heard("ask_deductible"), [answer("not_stated")], ("not_stated", "371000", "deductible")),
    (Heard("ask_deductible"), [answer("not_in_force")], ("not_in_force", "371000", "deductible")),
    (Heard("inform", region="410100"), [answer("no_pack", None)], ("no_pack", "410100", "deductible")),
    (Heard("ask_deductible"), [answer("decided"), answer("not_stated", topic="materials")], ("answered", "371000", "deductible")),
    (Heard("ask_validity"), [side_by_side("not_stated", "decided")], ("answered", None, "validity")),
    (Heard("ask_validity"), [side_by_side("no_pack", "not_stated")], ("no_pack", None, "validity")),
    (Heard("nlu_fallback", ("utter_did_you_mean",), "validity", "371000"), [PLAIN], ("fallback", "371000", None)),
    (Heard("nlu_fallback", ("utter_once_more",)), [PLAIN, answer("decided")], ("fallback", None, None)),
    (Heard("ask_term", ("utter_term_unknown",)), [PLAIN], ("fallback", None, None)),
    (Heard("out_of_scope", ("utter_out_of_scope",)), [PLAIN], ("out_of_scope", None, None)),
    (Heard("out_of_scope", ("utter_call_120",)), [PLAIN], ("out_of_scope", None, None)),
    (Heard("ask_cost_estimate", region="371000"), [{"custom": {"kind": "cost"}}], ("cost", "371000", "cost_estimate")),
    (Heard("ask_deductible", ("utter_need_insured_region",), "deductible"), [ask("insured_region")], ("asked_back", None, "deductible")),
    (Heard("start_filing", ("utter_filing_started",)), [PLAIN, ask("name")], ("filing_step", None, None)),
    (Heard("answer_field"), [ask("phone")], ("filing_step", None, None)),
    (Heard("ask_my_filing"), [PLAIN], ("filing_step", None, None)),
    (Heard("ask_term"), [PLAIN], ("answered", None, None)),
    (Heard("greet", ("utter_greet",)), [PLAIN], ("talk", None, None)),
    (Heard("erase_confirmed"), [{"custom": {"kind": "erased"}}], ("talk", None, None)),
]


@pytest.mark.parametrize(("heard", "replies", "expected"), CASES)
def test_the_replies_tell_what_the_turn_came_to(heard, replies, expected):
    outcome = outcome_of(heard, replies)
    assert (outcome.name, outcome.region, outcome.topic) == expected and outcome.name in OUTCOMES
