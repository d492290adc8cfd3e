"""From an agent's line, and what was chosen beside it, to questions for Answers: as the conversation asks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from actions.case_slots import days_said
from rules_engine.facts import UNKNOWN
from server.desk_beside import ASSUMED, overruled, told_beside
from server.desk_reading import Reading
from services.case_facts import Told, facts_of, sounds_dangerous
from services.places_said import Areas
from services.questions import Question

USUAL = "filing_needed"  # where someone only told where they are insured and where they go
VISIT_ON = "visit_on"
PUBLIC_FIGURES = "public_figures"


@dataclass(frozen=True)
class Chosen:
    """What an agent set beside the line: a topic, facts, facts of the line that don't count, the day."""

    topic: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    on: date | None = None


@dataclass(frozen=True)
class Fact:
    """One fact that was read, and from where."""

    name: str
    value: Any
    origin: str  # said, assumed or chosen


@dataclass(frozen=True)
class Asked:
    """What to answer: one question, or one for each side; `ambiguous`: places of one name, of which none is taken."""

    topic: str | None
    questions: tuple[Question, ...]
    sides: tuple[str, ...] = ()  # the place that sets each question apart
    facts: tuple[Fact, ...] = ()
    ignored: tuple[Fact, ...] = ()  # chosen, and the line speaks against it
    ambiguous: tuple[str, ...] = ()
    is_urgent: bool = False
    visit_on: date | None = None


def asked(reading: Reading, chosen: Chosen, areas: Areas) -> Asked:
    """The questions of a line; none where no topic was named."""
    against = overruled(reading.entities, chosen.facts, chosen.without, areas)
    ignored = tuple(Fact(name, chosen.facts[name], "chosen") for name in against)
    chosen = replace(chosen, facts={name: value for name, value in chosen.facts.items() if name not in against})
    topic, said = _told(reading, chosen, areas)
    given = chosen.without | chosen.facts.keys()
    case = {name: value for name, value in said.facts.items() if value is not None and name not in given}
    case |= {name: value for name, value in days_said(said, topic).items() if name not in chosen.without}
    visit_on = date.fromisoformat(case.pop(VISIT_ON)) if VISIT_ON in case else chosen.on
    named = VISIT_ON not in chosen.without and visit_on != chosen.on
    sides = [side for side in said.sides if not given & side.keys()]
    cases = [{**case, **side} for side in sides] or [case]
    ambiguous = () if {"insured_region", "treatment_region"} & chosen.facts.keys() else said.ambiguous
    is_clear = topic is not None and not ambiguous
    return Asked(
        topic=topic,
        questions=tuple(_question(str(topic), one, reading, said, chosen, visit_on) for one in cases if is_clear),
        sides=tuple(next(iter(side.values())) for side in sides) if len(sides) > 1 else (),
        facts=_facts(cases[0] if len(cases) == 1 else case, said, chosen, visit_on if named else None),
        ignored=ignored,
        ambiguous=ambiguous,
        is_urgent=sounds_dangerous(reading.entities),
        visit_on=visit_on,
    )


def _told(reading: Reading, chosen: Chosen, areas: Areas) -> tuple[str | None, Told]:
    """What is asked, and what the line says of the case beside what was chosen."""
    topic = chosen.topic or next(iter(reading.topics), None)
    said = told_beside(reading.entities, topic, chosen.facts, chosen.without, areas)
    is_insured_known = said.facts.get("insured_region") or chosen.facts.get("insured_region")
    if topic is None and is_insured_known and _goes_somewhere(said):
        topic = USUAL
        said = told_beside(reading.entities, topic, chosen.facts, chosen.without, areas)
    return topic, said


def _goes_somewhere(said: Told) -> bool:
    return bool(said.facts.get("treatment_region") or said.facts.get("destination_scope"))


def _question(
    topic: str, case: Mapping[str, Any], reading: Reading, said: Told, chosen: Chosen, visit_on: date | None
) -> Question:
    facts = replace(facts_of(case), **chosen.facts)
    kinds = {entity["entity"] for entity in reading.entities}
    return Question(
        topic=topic, facts=facts, visit_on=visit_on, skipped=chosen.skipped,
        assumed=said.assumed,
        claims=said.claims, months_gone=said.months_gone,
        offices=tuple(str(e["value"]) for e in reading.entities if e["entity"] == "office"),
        wants_public_figures=PUBLIC_FIGURES in kinds or facts.scheme is not UNKNOWN,
    )


def _facts(case: Mapping[str, Any], said: Told, chosen: Chosen, visit_on: date | None) -> tuple[Fact, ...]:
    assumed = {ASSUMED[one] for one in said.assumed if one in ASSUMED}
    read = [
        Fact(name, value, "assumed" if name in assumed else "said")
        for name, value in case.items() if name not in chosen.facts
    ]
    day = [Fact(VISIT_ON, visit_on, "said")] if visit_on else []
    return (*read, *day, *(Fact(name, value, "chosen") for name, value in chosen.facts.items()))
