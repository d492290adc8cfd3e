"""Domain, rules, responses and code name the same things. Needs no model."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from ruamel.yaml import YAML

from actions.filing_replies import ACTION_INTENTS, FIELD_INPUTS
from rules_engine.facts import ALLOWED_VALUES, FACT_NAMES
from rules_engine.filing_kind import KINDS
from rules_engine.filing_kinds import load_filing_kinds
from server.buttons import COMMAND
from services.case_facts import CASE_FACTS
from services.filing_fields import CHECKS, Asked
from services.filing_records import CLOSED_TITLES, FIELDS, FieldProblem

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_A_RULE: set[str] = set()  # intents that nothing has to answer, each with its reason
# Filing problems that the dialogue never tells: the desk's and the routes' own, and those whose decision is told.
OF_THE_DESK = {
    "not_awaiting_decision", "stale_version", "confirmed_before_submitted", "confirmed_in_future", "outside_region",
    "idempotency_key_reused", "unknown_field", "unknown_status", "not_issued", "paper_missing", "paper_not_found",
    "filing_erased",
}
OF_THE_UPLOAD = {
    "paper_not_asked", "paper_too_many", "paper_empty", "paper_too_large", "paper_wrong_type", "paper_damaged",
    "paper_too_many_pixels", "paper_locked", "paper_too_many_pages", "paper_has_actions",
}
TOLD_BY_THE_DECISION = {"fact_missing", "not_eligible"}
# Codes that code puts together: of closed answers, of days in the past, of the disk.
BUILT_CODES = {
    *(f"{field}_unknown" for field in CLOSED_TITLES), "agent_relation_ambiguous", "care_stage_ambiguous",
    *(f"{field}_{why}" for field in ("day", "starts_on") for why in ("unreadable", "no_such_day", "needs_day")),
    "store_full", "store_read_only", "store_busy", "store_failing",
}
NOT_IN_THE_DIALOGUE = OF_THE_DESK | OF_THE_UPLOAD | TOLD_BY_THE_DECISION
ONLY_FROM_THE_SERVER = {
    "answer_field", "edit_field", "confirm_review", "consent", "refuse_consent", "hand_in", "paper_added", "skip_paper",
    "change_filing", "mend_filing", "renew_filing", "end_filing", "withdraw_filing", "erase_confirmed", "keep_as_is",
    "nlu_fallback",
}
FACTS_ASKED = ("insured_region", "treatment_region", "situation", "has_valid_filing", "care_place",
               "is_within_change_limit", "has_residence_proof", "stays_long_enough", "care_type", "care_stage",
               "was_settled", "institution", "person_group", "has_local_household", "drug_kind", "third_party",
               "scheme", "employment", "benefit_tier", "class_b_item", "total_amount", "hospital_level")


def read(path: str) -> dict[str, Any]:
    return YAML(typ="safe").load(ROOT / path)


def named(rows: list[Any]) -> set[str]:
    return {row if isinstance(row, str) else next(iter(row)) for row in rows}


def all_files(folder: str) -> list[str]:
    return sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / folder).glob("*.yml"))


DOMAIN = read("domain.yml")
INTENTS, ENTITIES = named(DOMAIN["intents"]), named(DOMAIN["entities"])
RULES = [rule for file in all_files("data/rules") for rule in read(file)["rules"]]
RESPONSES = {name: texts for file in all_files("data/responses") for name, texts in read(file)["responses"].items()}
TOPICS = read("policy_packs/topics.yml")["topics"]


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def blanks_of(response: str) -> set[str]:
    texts = [text for variant in RESPONSES[response] for text in _texts_in(variant)]
    return set().union(*map(blanks, texts))


def _texts_in(variant: dict[str, Any]) -> Iterator[str]:
    yield variant.get("text") or ""
    for button in variant.get("buttons", ()):
        yield from (button["title"], button["payload"])


def calls(*folders: str) -> Iterator[ast.Call]:
    for folder in folders:
        for module in sorted(ROOT.glob(folder)):
            yield from (n for n in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_every_intent_has_a_rule_or_is_listed():
    answered = {step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step}
    assert answered == INTENTS - WITHOUT_A_RULE


def test_no_intent_has_two_rules():
    """A second rule for the same intent contradicts the first (RasaHQ/rasa #7318)."""
    intents = [step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step]
    assert len(intents) == len(set(intents))


def test_every_action_of_a_rule_is_in_the_domain_or_a_response():
    actions = {step["action"] for rule in RULES for step in rule["steps"] if "action" in step}
    unknown = {name for name in actions if name not in DOMAIN["actions"] and name not in RESPONSES}
    assert not unknown


def test_every_action_of_the_domain_is_written_and_the_other_way_round():
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "actions").glob("*.py"))
    assert set(re.findall(r'return "(action_\w+)"', source)) == set(DOMAIN["actions"])


def test_people_have_examples_for_every_intent_that_is_theirs():
    taught = {intent["intent"] for file in all_files("data/nlu") for intent in read(file)["nlu"] if "intent" in intent}
    assert taught == INTENTS - ONLY_FROM_THE_SERVER


def test_every_topic_that_a_button_offers_has_an_intent():
    offered = {topic for row in TOPICS.values() for topic in row["next"]}
    assert {f"ask_{topic}" for topic in offered} <= INTENTS


def named_responses() -> set[str]:
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "actions").glob("*.py"))
    rules = {step["action"] for rule in RULES for step in rule["steps"] if step.get("action", "").startswith("utter_")}
    return set(re.findall(r'"(utter_\w+)"', source)) | rules


def built_responses() -> set[str]:
    """Names that code puts together: a question a fact or field, an explanation a field, a text a problem."""
    asked = {f"utter_ask_{fact}" for fact in FACTS_ASKED} | {f"utter_ask_field_{field}" for field in FIELD_INPUTS}
    explained = {f"utter_explain_field_{field}" for field in FIELD_INPUTS}
    explained |= {f"utter_need_{fact}" for fact in facts_of_knock_outs()}
    codes = (set(problem_details()) | BUILT_CODES) - NOT_IN_THE_DIALOGUE
    return asked | explained | {f"utter_problem_{code}" for code in codes}


def facts_of_knock_outs() -> set[str]:
    """What a filing may hang on, so that people may be asked for it and may not know it."""
    kinds = load_filing_kinds()
    offered = [kind for region in kinds.regions() for kind in kinds.by_region[region]]
    return {fact for kind in offered for question in kind.knock_outs for fact in question.asks}


def test_whatever_a_filing_hangs_on_can_be_asked_and_not_known():
    for fact in facts_of_knock_outs():
        assert f"utter_ask_{fact}" in RESPONSES and f"utter_need_{fact}" in RESPONSES, fact


def test_whatever_can_be_done_with_a_filing_is_an_intent():
    assert set(ACTION_INTENTS.values()) <= ONLY_FROM_THE_SERVER & INTENTS


def problem_details() -> dict[str, list[set[str]]]:
    """The codes of all problems of filing, each with the details given wherever it is raised."""
    found: dict[str, list[set[str]]] = {}
    for call in calls("services/filing*.py", "services/filing_fields/*.py"):
        is_problem = called(call).lower().endswith("problem")
        if is_problem and call.args and isinstance(call.args[0], ast.Constant):
            found.setdefault(call.args[0].value, []).append({k.arg for k in call.keywords if k.arg and k.arg != "field"})
    return found


def test_every_response_that_is_named_exists():
    assert named_responses() | built_responses() <= set(RESPONSES)


def test_no_response_is_left_over():
    assert set(RESPONSES) <= named_responses() | built_responses()


def test_every_fact_that_the_engine_may_ask_for_has_its_question():
    asked = set()
    for file in (ROOT / "policy_packs/regions").rglob("*.yml"):
        for provision in YAML(typ="safe").load(file).get("provisions", ()):
            asked |= set(provision.get("when") or ())
    # Asked as a place or worked out from a day, never by their own names.
    asked -= {"destination_scope", "insured_region", "filed_region", "months_since_confirmed"}
    assert {f"utter_ask_{fact}" for fact in asked} <= set(RESPONSES)


def test_every_code_of_a_closed_answer_is_listed():
    """Each check is asked with nonsense and with everything at once."""
    kind = load_filing_kinds().by_region["330100"][0]
    asked = Asked(date(2026, 11, 22), kind)
    for field in CLOSED_TITLES:
        for raw in ("？？", "".join(CLOSED_TITLES[field].values())):
            try:
                CHECKS[field](raw, asked)
            except FieldProblem as problem:
                assert problem.code in BUILT_CODES


def test_the_scan_for_problems_finds_them_in_every_field():
    fields = {code.split("_")[0] for code in problem_details()}
    assert {"name", "id", "phone", "treatment", "reason", "starts", "address", "signature"} <= fields


@pytest.mark.parametrize("code", sorted(set(problem_details()) - NOT_IN_THE_DIALOGUE))
def test_no_blank_of_a_problems_words_lacks_its_detail(code):
    for details in problem_details()[code]:
        assert blanks_of(f"utter_problem_{code}") <= details


def test_no_blank_of_a_response_lacks_its_value():
    for call in calls("actions/*.py"):
        if any(keyword.arg is None for keyword in call.keywords):
            continue  # **words: tried out by the conversations
        keywords = {k.arg: k.value for k in call.keywords if k.arg}
        response = keywords.get("response")
        if called(call) == "utter_message" and isinstance(response, ast.Constant):
            assert blanks_of(response.value) <= set(keywords), response.value


@pytest.mark.parametrize("fact", FACTS_ASKED)
def test_questions_for_facts_name_no_more_than_words_of_the_insured_place(fact):
    assert blanks_of(f"utter_ask_{fact}") <= {"insured", "province", "limit", "long_term", "long_term_hint"}


def commands() -> list[tuple[str, dict[str, str]]]:
    found = []
    for name, variants in RESPONSES.items():
        for button in (b for variant in variants for b in variant.get("buttons", ())):
            payload = button["payload"].format(**dict.fromkeys(blanks(button["payload"]), "x"))
            match = COMMAND.fullmatch(payload)
            assert match, f"{name}: {payload}"
            found.append((match["intent"], json.loads(match["entities"] or "{}")))
    return found


def test_every_button_is_a_command_of_an_intent_and_entities_that_exist():
    for intent, entities in commands():
        assert intent in INTENTS
        assert set(entities) <= ENTITIES


def test_every_value_of_a_button_is_one_that_the_engine_or_the_filing_knows():
    vocabulary = read("understanding/vocabulary.yml")["vocabulary"]
    for _, entities in commands():
        for name, value in entities.items():
            if name == "field_value":
                assert value in {value for titles in CLOSED_TITLES.values() for value in titles}
            elif name in ALLOWED_VALUES:
                assert value in {str(v).lower() for v in ALLOWED_VALUES[name]}, (name, value)
            elif name == "filing_kind":
                assert value == "x" or value in KINDS  # x: a blank
            elif name in vocabulary:
                assert value in {str(v) for v in vocabulary[name]}, (name, value)


def test_every_fact_of_the_case_is_one_of_the_engine_and_a_slot():
    assert set(CASE_FACTS) <= set(FACT_NAMES)
    assert set(CASE_FACTS) <= set(DOMAIN["slots"])


def test_every_field_of_the_filing_has_an_input():
    assert set(FIELD_INPUTS) == {*FIELDS, "signature"}


def test_no_slot_takes_values_on_its_own():
    """Mappings of Rasa 3 are global: a place said in an answer would overwrite the case (#10053)."""
    for slot, row in DOMAIN["slots"].items():
        assert row["mappings"] == [{"type": "custom"}] and not row["influence_conversation"], slot


def test_responses_have_one_wording_each():
    """A second variant is drawn by lot: nobody could check what people are told."""
    assert all(len(variants) == 1 for variants in RESPONSES.values())
