"""The question for a fact that is still open, with its choices: the words the conversation asks with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ruamel.yaml import YAML

from rules_engine.fact_words import COUNTS, TITLES, value_in_words
from rules_engine.facts import ALLOWED_VALUES, REGION_FACTS
from services.policy_lookups import PolicyLookups
from services.settings import PROJECT_DIR

RESPONSES = PROJECT_DIR / "data" / "responses"
ASKED_AS = {"destination_scope": "treatment_region"}  # people are asked for the place
PAYLOAD = re.compile(r'"(?P<fact>\w+)": "(?P<value>\w+)"')
Input = Literal["choice", "region", "date", "number"]


@dataclass(frozen=True)
class Choice:
    """One way a fact may turn out; `fact` is "unknown" for who cannot tell."""

    fact: str
    value: str
    title: str


@dataclass(frozen=True)
class OpenFact:
    """A fact to ask for. `input`: what may be given where none of the choices fits."""

    fact: str
    title: str
    question: str
    input: Input
    choices: tuple[Choice, ...]


def open_fact(fact: str, region: str | None, lookups: PolicyLookups) -> OpenFact:
    """The question for this fact to somebody insured in that region."""
    row = _responses().get(f"utter_ask_{ASKED_AS.get(fact, fact)}")
    words = lookups.place_words(region)
    question = row["text"].format_map(words) if row else f"{TITLES[fact]}？"
    choices = tuple(_choices(row or {}, words))
    if fact == "insured_region":
        choices = tuple(Choice(fact, code, name) for code, name in lookups.covered_region_names())
    elif not choices and fact in ALLOWED_VALUES:
        choices = tuple(Choice(fact, str(one), value_in_words(fact, one)) for one in ALLOWED_VALUES[fact])
    return OpenFact(fact, TITLES[fact], question, _input(fact), choices)


def call_120() -> str:
    """What is said first to somebody in danger."""
    return str(_responses()["utter_call_120"]["text"])


def which_place() -> str:
    """What is asked where several places bear the name."""
    return str(_responses()["utter_which_place"]["text"])


def _choices(row: Mapping[str, Any], words: Mapping[str, str]) -> list[Choice]:
    buttons = row.get("buttons", ())
    found = ((PAYLOAD.search(button["payload"]), button["title"].format_map(words)) for button in buttons)
    return [Choice(payload["fact"], payload["value"], title) for payload, title in found if payload]


def _input(fact: str) -> Input:
    if ASKED_AS.get(fact, fact) in REGION_FACTS:
        return "region"
    if fact == "confirmed_on":
        return "date"
    return "number" if fact in COUNTS else "choice"


@cache
def _responses() -> dict[str, dict[str, Any]]:
    """The first wording of every response there is."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(RESPONSES.glob("*.yml")):
        rows = YAML(typ="safe", pure=True).load(file)["responses"]
        found |= {name: wordings[0] for name, wordings in rows.items()}
    return found
