"""Answers as the desk's page draws them: the Answer of services, with its parts told apart. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from rules_engine.decision import Citation, Decision, Step
from rules_engine.fact_words import TITLES, day_in_words, value_in_words
from rules_engine.printing import OUTCOMES
from rules_engine.provisions import Provision
from server.desk_questions import VISIT_ON, Fact
from server.fact_questions import OpenFact, open_fact
from services.answer_script import read_aloud, with_citation
from services.answers import Answers
from services.provision_words import condition_shown, value_shown
from services.questions import Answer, Question

VISIT_TITLE = "看病的日子"
Shown = dict[str, Any]


class DeskCards:
    """Draws answers. `frame`: the words around an answer."""

    def __init__(self, answers: Answers, frame: dict[str, str]) -> None:
        self._answers, self._frame = answers, frame

    def card(self, question: Question, place: str | None = None) -> Shown:
        """The answer to the question as a card; `place`: what sets it apart from the cards beside it."""
        answer = self._answers.ask(question)
        decision = answer.decision
        assert decision is not None  # every Answer that Answers.ask gives has one
        title = self._answers.topic_title(answer.topic)
        return {
            "topic": answer.topic, "title": title, "region": answer.region, "region_name": answer.region_name,
            "place": self._answers.place_name(place) if place else None, "on": decision.on,
            "status": answer.outcome.value, "status_title": OUTCOMES[answer.outcome],
            "conclusion": answer.conclusion, "basis": list(answer.basis),
            "steps": [self._step(step, decision) for step in decision.steps],
            "overview": self._step(decision.overview, decision) if decision.overview else None,
            "principle": self._step(decision.principle, decision) if decision.principle else None,
            "citations": [citation_shown(citation) for citation in answer.citations],
            "warnings": list(answer.warnings),
            "notes": list(dict.fromkeys(step.note for step in decision.steps if step.note)),
            "general": self._answers.general_term(answer.topic) if not answer.region else None,
            "open": self._open(answer), "may_differ_by": [TITLES[name] for name in decision.may_differ_by],
            "read_aloud": list(read_aloud(answer)), "copy_text": with_citation(answer, title, self._frame),
            "next": [{"topic": topic, "title": self._answers.topic_title(topic)} for topic in answer.next_topics],
        }

    def line(self, question: Question) -> Shown:
        """The answer in one line, for a topic that may have been meant."""
        answer = self._answers.ask(question)
        return {
            "topic": answer.topic, "title": self._answers.topic_title(answer.topic), "status": answer.outcome.value,
            "line": answer.conclusion or self._answers.no_conclusion(), "sources": answer.sources,
        }

    def facts(self, facts: Sequence[Fact]) -> list[Shown]:
        """The facts that were read, in words."""
        return [
            {"name": fact.name, "title": TITLES.get(fact.name, VISIT_TITLE), "words": _words(fact),
             "value": str(fact.value), "origin": fact.origin}
            for fact in facts
        ]

    def _open(self, answer: Answer) -> Shown | None:
        return open_shown(open_fact(answer.ask, answer.region, self._answers)) if answer.ask else None

    def _step(self, step: Step, decision: Decision) -> Shown:
        provision = self._answers.packs.provision(step.provision)
        # where nothing was in force, the step shows what bounds the documents
        on = decision.in_force_from or decision.in_force_to or decision.on
        return provision_shown(provision, on, self._answers, step)


def provision_shown(provision: Provision, on: date, answers: Answers, step: Step | None = None) -> Shown:
    """A provision in the version of that day: what it says, its value, condition, period and clause.

    `step`: the provision as a decision used it, where it did.
    """
    used = step or provision.step(on)
    version = provision.in_force(on)
    return {
        "provision": provision.id, "title": provision.title, "topic": provision.topic,
        "topic_title": answers.topic_title(provision.topic),
        "value": value_shown(used.value, provision.unit, answers.packs.value_words),
        "says": used.wording.says, "to_do": list(used.wording.to_do), "detail": used.wording.detail,
        "note": provision.note, "is_stated": provision.is_stated, "condition": condition_shown(provision.when),
        "effective_from": version.effective_from, "effective_to": version.effective_to,
        "verified_on": version.verified_on, "citation": citation_shown(used.citation),
    }


def citation_shown(citation: Citation) -> Shown:
    """Document, clause and date of a source."""
    return {
        "document": citation.document, "short_name": citation.short_name, "clause": citation.article,
        "date": citation.issued_on, "issued": citation.issued_in_full, "is_second_hand": citation.is_second_hand,
    }


def open_shown(found: OpenFact) -> Shown:
    """An open fact with its choices, numbered as the keys that choose them."""
    return {
        "fact": found.fact, "title": found.title, "question": found.question, "input": found.input,
        "choices": [
            {"key": str(number), "fact": one.fact, "value": one.value, "title": one.title}
            for number, one in enumerate(found.choices[:9], 1)
        ],
    }


def _words(fact: Fact) -> str:
    if fact.name == VISIT_ON:
        return day_in_words(fact.value)
    is_day = fact.name == "confirmed_on" and isinstance(fact.value, str)
    return value_in_words(fact.name, date.fromisoformat(fact.value) if is_day else fact.value)
