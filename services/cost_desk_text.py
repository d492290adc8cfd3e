"""A desk's estimate as plain text: the case as it was understood, what it comes to, and every source with its year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.decision import Citation
from rules_engine.fact_words import amount_in_words, day_in_words, value_in_words
from rules_engine.facts import FACT_NAMES
from rules_engine.money import in_words
from services.cost_desk import DeskEstimate
from services.cost_form import GROUPS, TITLES


@dataclass(frozen=True)
class CaseLine:
    """One thing that was told, in words."""

    name: str
    title: str
    value: str


class CostDeskText:
    """Writes estimates down in the words of policy_packs/cost_words.yml."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = words

    def case(self, found: DeskEstimate, given: Mapping[str, Any]) -> tuple[CaseLine, ...]:
        """What was told, in the form's order, places by their full names."""
        skipped = found.question.skipped
        names = (name for members in GROUPS.values() for name in members)
        return tuple(
            CaseLine(name, TITLES[name], self._said(name, found, given))
            for name in names if name in skipped or given.get(name) is not None
        )

    def _said(self, name: str, found: DeskEstimate, given: Mapping[str, Any]) -> str:
        if name in found.question.skipped:
            return str(self._words["desk"]["skipped"])
        told = given[name]
        if name in FACT_NAMES:
            value = found.question.facts.get(name)
            said = self._words.get(name, {}).get(str(value).lower()) if isinstance(value, bool) else None
            return said or value_in_words(name, value)
        if name == "class_b_lines":
            return "；".join(_line_in_words(one) for one in told)
        if isinstance(told, date):
            return day_in_words(told)
        return amount_in_words(told, "rate") if name == "own_rate" else in_words(told)

    def lines(self, found: DeskEstimate, given: Mapping[str, Any], today: date) -> Iterator[str]:
        """Title, case, result with its steps, sources, and that it is an estimate."""
        said = self._words["desk"]
        yield said["title"]
        yield from (f"{line.title}：{line.value}" for line in self.case(found, given))
        yield ""
        if found.reply:
            yield from (found.reply.conclusion, *found.reply.basis)
        else:
            yield from (*found.said_already, *found.why_not)
        yield from found.sheet_lines
        if found.citations:
            yield from ("", said["documents"], *(self._cited(one) for one in found.citations))
        yield ""
        yield said["on"].format(day=day_in_words(today), admitted=day_in_words(found.on)) + said["note"]

    def _cited(self, citation: Citation) -> str:
        template = self._words["desk"]["second_hand" if citation.is_second_hand else "cited"]
        return str(template.format(citation=citation))


def _line_in_words(line: Mapping[str, Decimal]) -> str:
    rate = line.get("rate")
    return in_words(line["amount"]) + ("" if rate is None else f"先付{amount_in_words(rate, 'rate')}")
