"""Cost for the desk: the estimate that the conversation would give, all that is missing, and cases side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.cost_explained import UNPRINTED
from rules_engine.decision import Citation
from rules_engine.money import NOTHING
from services.answers import Answers
from services.cost_compare import TOTALS, differences, nearest, total_differences
from services.cost_estimates import TOTAL, CostEstimate, CostEstimates, CostLine, CostQuestion
from services.cost_form import GROUPS, INSURED, CostForms, FormField
from services.cost_given import question_of
from services.cost_replies import CostReplies, CostReply
from services.questions import Question

COST_TOPIC = "cost_estimate"
ASKED = frozenset(name for members in GROUPS.values() for name in members)


@dataclass(frozen=True)
class SheetRow:
    """One sum of a settlement sheet beside ours, yuan; `ours` None where nobody printed it."""

    name: str
    title: str
    ours: Decimal | None
    sheet: Decimal
    is_same: bool


@dataclass(frozen=True)
class DeskEstimate:
    """An estimate with what stands around it. `missing`: the untold fields it hangs on, the most decisive first.

    `may_differ_by`: untold fields by which an exception would apply. `why_not`: lines, where nothing was computed.
    """

    question: CostQuestion
    on: date
    estimate: CostEstimate
    reply: CostReply | None
    said_already: tuple[str, ...]
    why_not: tuple[str, ...]
    missing: tuple[FormField, ...]
    may_differ_by: tuple[FormField, ...]
    matters: frozenset[str]
    citations: tuple[Citation, ...]
    sheet_lines: tuple[str, ...] = ()
    sheet_rows: tuple[SheetRow, ...] = ()

    @property
    def line(self) -> CostLine | None:
        """The one settlement, None where there are several or none."""
        return self.estimate.lines[0] if len(self.estimate.lines) == 1 else None


@dataclass(frozen=True)
class DifferenceRow:
    """One component in two cases, yuan; None where nobody printed it, or the difference would be made up."""

    name: str
    title: str
    base: Decimal | None
    other: Decimal | None
    difference: Decimal | None


@dataclass(frozen=True)
class Beside:
    """Another case beside the first. `note` says why there are no differences."""

    estimate: DeskEstimate
    rows: tuple[DifferenceRow, ...]
    note: str


class CostDesk:
    """Answers the desk's cost form. `words` is policy_packs/cost_words.yml's section."""

    def __init__(
        self, estimates: CostEstimates, replies: CostReplies, forms: CostForms, answers: Answers,
        words: Mapping[str, Any],
    ) -> None:
        self._estimates, self._replies, self._answers, self._words = estimates, replies, answers, words
        self.forms = forms

    def estimate(self, given: Mapping[str, Any]) -> DeskEstimate:
        """The estimate of a form's fields. Raises BadCostInput, naming the fields."""
        question, sheet = question_of(given), given.get("sheet") or {}
        estimate = self._estimates.estimate_beside(question, sheet)
        on = question.on or self._estimates.today()
        missing, may_differ_by = _missing(estimate), _may_differ_by(estimate)
        why_not, citations = self._why_not(estimate)
        found = DeskEstimate(
            question, on, estimate, self._replies.reply(estimate) if estimate.lines else None,
            self._replies.said_already(estimate) if estimate.ask else (), why_not, self._fields(missing),
            self._fields(may_differ_by), self.forms.matters(question.facts, on) | {*missing, *may_differ_by}, citations,
        )
        return self._beside_sheet(found, sheet) if sheet and estimate.lines else found

    def beside(self, first: DeskEstimate, given: Mapping[str, Any]) -> Beside:
        """Another case, given in full, beside the first: component by component. Raises BadCostInput.

        There is no difference from what nobody printed: it would be made up.
        """
        other, said = self.estimate(given), self._words["desk"]
        one, two = first.line, other.line
        if one is None or two is None:
            return Beside(other, (), said["not_one_figure"])
        is_exact = not (one.missing or one.high or two.missing or two.high)
        rows = tuple(self._rows(_amounts(one), _amounts(two), is_exact=is_exact))
        return Beside(other, rows, "" if is_exact else said["not_exact"])

    def _fields(self, names: tuple[str, ...]) -> tuple[FormField, ...]:
        return tuple(self.forms.field(name) for name in names)

    def _why_not(self, estimate: CostEstimate) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
        """What the documents say instead of figures and what would make figures possible; and every source."""
        if estimate.lines or estimate.ask:
            return (), estimate.citations
        lines = self._replies.nothing_computed(estimate)
        if not estimate.schedule or estimate.has_figures:
            return lines, estimate.citations
        answer = self._answers.ask(Question(COST_TOPIC, estimate.facts, estimate.question.on))
        return (answer.conclusion, *answer.basis, *lines), answer.citations

    def _beside_sheet(self, found: DeskEstimate, sheet: Mapping[str, Decimal]) -> DeskEstimate:
        line = nearest(found.estimate.lines, sheet)
        other = {one.name: one for one in (*differences(line, sheet), *total_differences(line, sheet))}
        titles = {field.name: field.title for field in self.forms.sheet()}
        ours = _amounts(line)
        rows = tuple(
            SheetRow(name, titles[name], ours.get(name), shown, name not in other) for name, shown in sheet.items()
        )
        lines = self._replies.compared(found.estimate, sheet)
        contact = self._answers.contact(str(line.facts.insured_region), COST_TOPIC)
        ask = self._words["compare"]["ask"].format(phone=contact.phone, name=contact.name)
        return replace(found, sheet_lines=(*lines, ask), sheet_rows=rows)

    def _rows(
        self, ours: Mapping[str, Decimal | None], theirs: Mapping[str, Decimal | None], *, is_exact: bool
    ) -> Iterator[DifferenceRow]:
        titles = {name: row["title"] for name, row in self._words["components"].items()}
        for name, title in (titles | self._words["compare"]["totals"]).items():
            base, other = ours.get(name, NOTHING), theirs.get(name, NOTHING)
            if base is None or other is None:
                yield DifferenceRow(name, title, base, other, None)
            elif base or other or name in TOTALS:
                yield DifferenceRow(name, title, base, other, other - base if is_exact else None)


def _missing(estimate: CostEstimate) -> tuple[str, ...]:
    """The untold fields that the result hangs on; with several lines those that set them apart."""
    if estimate.lines:
        return tuple(dict.fromkeys(name for line in estimate.lines for name in line.by))
    if estimate.ask is None:
        return ()
    question = estimate.question
    names = [INSURED] if not isinstance(question.facts.insured_region, str) else []
    names += [TOTAL] if TOTAL not in question.sums else []
    of_schedule = estimate.schedule.missing if estimate.schedule and question.own.rate is None else ()
    of_share = estimate.share.missing if estimate.share else ()
    names += [estimate.ask, *of_schedule, *of_share]
    return tuple(name for name in dict.fromkeys(names) if name in ASKED and name not in question.skipped)


def _may_differ_by(estimate: CostEstimate) -> tuple[str, ...]:
    decisions = [one for line in estimate.lines[:1] for one in (line.schedule, line.share)]
    names = (name for one in decisions for name in one.may_differ_by)
    return tuple(name for name in dict.fromkeys(names) if name in ASKED)


def _amounts(line: CostLine) -> dict[str, Decimal | None]:
    """Each component and both totals, yuan; None for what nobody printed."""
    unprinted = {UNPRINTED[name] for name in line.missing}
    parts: dict[str, Decimal | None] = {
        part.name: None if part.name in unprinted else part.amount for part in line.settlement.parts
    }
    return parts | {name: getattr(line.settlement, of) for name, of in TOTALS.items()}


