"""A cost estimate as people get it: a conclusion, the steps behind it, and the object a page draws from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.bills import Bill
from rules_engine.cost_explained import Explained, explained
from rules_engine.cost_terms import INPATIENT, share_of
from rules_engine.decision import Citation
from rules_engine.fact_words import TITLES, VALUES, amount_in_words, value_in_words
from rules_engine.facts import UNKNOWN
from rules_engine.money import NOTHING, in_words, to_cents
from services.cost_compare import comparison_lines, nearest
from services.cost_estimates import (
    LEVEL,
    MOST_LINES,
    CostEstimate,
    CostLine,
    WhatIf,
)
from services.cost_notes import OUTSIDE_SCOPE, CostNotes

TELL_APART = ("hospital_level", "scheme", "benefit_tier", "employment", "person_group")
SHOWN_EVEN_IF_NOTHING = frozenset({"out_of_area_upfront_amount", "deductible", "pooled_fund_amount"})
WHAT_IFS_IN_TEXT = 3
LEVELS = ("secondary", "tertiary")


@dataclass(frozen=True)
class CostReply:
    """What is said of an estimate: a short conclusion, the lines behind it, and what a page can draw."""

    conclusion: str
    basis: tuple[str, ...]
    custom: Mapping[str, Any]


class CostReplies:
    """Puts estimates into words. `words` is policy_packs/cost_words.yml's section, `frame` that of frame.yml."""

    def __init__(self, words: Mapping[str, Any], frame: Mapping[str, str]) -> None:
        self._words, self._notes = words, CostNotes(words, frame)

    def reply(self, estimate: CostEstimate) -> CostReply:
        """The reply to an estimate that was computed (it has lines)."""
        lines = estimate.lines
        conclusion = self._conclusion(estimate) if len(lines) == 1 else self._several(estimate)
        return CostReply(conclusion, tuple(self._basis(estimate)), self._custom(estimate))

    def compared(self, estimate: CostEstimate, sheet: Mapping[str, Decimal]) -> tuple[str, ...]:
        """What a settlement sheet shows otherwise, against the line it fits best; named where there are several."""
        line = nearest(estimate.lines, sheet)
        against = self._words["compare"]["against"].format(label=self._label(line))
        untold = tuple(name for name in estimate.untold if name not in sheet)
        return ((against,) if line.by else ()) + tuple(comparison_lines(line, sheet, self._words, untold))

    def said_already(self, estimate: CostEstimate) -> tuple[str, ...]:
        """What can be said before the next fact is known: the out-of-area share of the bill; () where nothing."""
        rate = share_of(estimate.share) if estimate.share else None
        return (self._share_only(estimate.bill, rate),) if rate and estimate.bill else ()

    def _share_only(self, bill: Bill, rate: Decimal) -> str:
        base = bill.in_scope_amount
        return str(self._words["share_only"].format(
            base=in_words(base), rate=amount_in_words(rate, "rate"), amount=in_words(to_cents(base * rate)),
        ))

    def sources(self, estimate: CostEstimate) -> tuple[str, ...]:
        """Which documents the estimate rests on, and which of them are public figures at second hand."""
        lines = [*self._notes.second_hand(estimate), *self._notes.cited(estimate)]
        return tuple(lines)

    def steps(self, line: CostLine) -> tuple[Explained, ...]:
        """The components worth showing: all that are not 0, and the share and the deductible in any case."""
        every = explained(line.settlement, self._words, line.missing)
        shown = [step for step in every if step.amount or step.name in SHOWN_EVEN_IF_NOTHING]
        return tuple(self._either(step, line) if step.name == "deductible" and line.high else step for step in shown)

    def _either(self, step: Explained, line: CostLine) -> Explained:
        """The deductible of a later stay, of which nobody printed whether it is charged again."""
        limit = line.high.amount("deductible") if line.high else NOTHING
        return step._replace(formula=self._words["components"]["deductible"]["second"].format(limit=in_words(limit)))

    def nothing_computed(self, estimate: CostEstimate) -> tuple[str, ...]:
        """Why there is no figure beyond what the documents' own answer says; what would make one possible."""
        facts, lines = estimate.question.facts, []
        if facts.care_type not in (UNKNOWN, INPATIENT):
            return (self._words["only_inpatient"],)
        if facts.hospital_level is not UNKNOWN and estimate.has_figures:
            lines.append(self._words["no_figures"].format(label=self._value(LEVEL, facts.hospital_level)))
        rate = share_of(estimate.share) if estimate.share else None
        if rate and estimate.bill:
            lines.append(self._share_only(estimate.bill, rate))
        return (*lines, self._words["own_figures"])

    def _conclusion(self, estimate: CostEstimate) -> str:
        line = estimate.lines[0]
        words = self._words["conclusion_untold" if OUTSIDE_SCOPE in estimate.untold else "conclusion"]
        return str(words.format(
            label=self._titled(self._label(line), estimate), total=in_words(line.settlement.total_amount),
            **self._amounts(line, estimate),
        ))

    def _several(self, estimate: CostEstimate) -> str:
        lines = estimate.lines
        names = dict.fromkeys(name for line in lines for name in line.by)
        head = self._words["several_untold" if OUTSIDE_SCOPE in estimate.untold else "several"].format(
            total=in_words(lines[0].settlement.total_amount),
            by="、".join(self._words["by"].get(name, TITLES[name]) for name in names),
        )
        shown = [
            self._words["line"].format(label=self._label(line), **self._amounts(line, estimate))
            for line in lines[:MOST_LINES]
        ]
        more = (self._words["assumptions"]["more_cases"],) if len(lines) > MOST_LINES else ()
        return "\n".join((head, *shown, *more))

    def _titled(self, label: str, estimate: CostEstimate) -> str:
        """The label, behind the situation that somebody chose to see."""
        return f"{estimate.situation}、{label}" if estimate.situation else label

    def _label(self, line: CostLine) -> str:
        """What the line is for: 三级医院、居民医保、二档; of several lines, what sets it apart."""
        if line.by:
            return "、".join(self._value(name, value) for name, value in line.by.items())
        told = [(name, line.facts.get(name)) for name in TELL_APART]
        words = [self._value(name, value) for name, value in told if value is not UNKNOWN]
        return "、".join(words) or str(self._words["own_label"])

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, bool):
            said = self._words.get(name, {}).get(str(value).lower())
            return str(said or f"{TITLES[name]}：{VALUES[value]}")
        return value_in_words(name, value)

    def _amounts(self, line: CostLine, estimate: CostEstimate) -> dict[str, str]:
        """What patient and fund pay in words: exactly, at least and at most, or from … to …."""
        patient, fund = in_words(line.settlement.patient_amount), in_words(line.settlement.fund_amount)
        is_floor = is_at_least(line, estimate)
        if line.high and not is_floor:
            most = {"patient": in_words(line.high.patient_amount), "fund": in_words(line.high.fund_amount)}
            between = self._words["between"]
            return {
                "patient": between.format(low=patient, high=most["patient"]),
                "fund": between.format(low=most["fund"], high=fund),
            }
        kinds = ("at_least", "at_most") if is_floor else ("exactly", "exactly")
        return {
            name: self._words[kind].format(low=amount, high=amount)
            for name, kind, amount in (("patient", kinds[0], patient), ("fund", kinds[1], fund))
        }

    def _basis(self, estimate: CostEstimate) -> Iterator[str]:
        line = estimate.lines[0]
        if len(estimate.lines) == 1:
            for number, step in enumerate(self.steps(line), 1):
                yield f"{number}. " + self._words["step"].format(
                    title=step.title, formula=step.formula, source=self._source(step),
                )
        yield from self._notes.notes(estimate)
        yield from self._what_ifs(estimate)
        yield from self._notes.cited(estimate)

    def _source(self, step: Explained) -> str:
        """Document and clause, where the step rests on a document itself: public figures are named once, below."""
        citation = step.citation
        if citation is None or citation.is_second_hand:
            return ""
        return str(self._words["source"].format(short_name=citation.short_name, article=citation.article))

    def _what_ifs(self, estimate: CostEstimate) -> Iterator[str]:
        if estimate.what_ifs:
            yield self._words["what_if_title"]
        yield from (self.what_if_line(other) for other in estimate.what_ifs[:WHAT_IFS_IN_TEXT])

    def what_if_line(self, other: WhatIf) -> str:
        """如果办了备案：自己付5,156元，少付4,100元。"""
        return str(self._words["what_if_line"].format(
            label=other.label, patient=in_words(other.line.settlement.patient_amount),
            difference=self.difference(other.difference),
        ))

    def choices(self, estimate: CostEstimate) -> Iterator[tuple[str, str, object]]:
        """Of several lines that one fact sets apart: label, fact and value of each, to choose from."""
        if len(estimate.lines) > 1 and all(len(line.by) == 1 for line in estimate.lines):
            yield from ((self._label(line), *next(iter(line.by.items()))) for line in estimate.lines)

    def difference(self, amount: Decimal) -> str:
        """多付600元, 少付4,100元 or 一样."""
        kind = "more" if amount > 0 else "less" if amount < 0 else "same"
        return str(self._words["difference"][kind].format(amount=in_words(abs(amount))))

    def _custom(self, estimate: CostEstimate) -> dict[str, Any]:
        settlements = [self._settlement(line, estimate) for line in estimate.lines[:MOST_LINES]]
        first, shown = settlements[0], ("patient", "fund", "at_least", "patient_high", "components")
        notes = list(self._notes.notes(estimate))
        is_second_hand = any(c.is_second_hand for c in estimate.citations)
        return {
            "kind": "cost", "title": self._titled(first["label"], estimate),
            "total": _plain(estimate.lines[0].settlement.total_amount),
            **{key: first[key] for key in shown if key in first},
            "settlements": settlements, "what_if": [self._what_if(other) for other in estimate.what_ifs],
            "assumptions": notes[:-1] if is_second_hand else notes, **({"note": notes[-1]} if is_second_hand else {}),
        }

    def _settlement(self, line: CostLine, estimate: CostEstimate) -> dict[str, Any]:
        shown = {
            "label": self._label(line), "patient": _plain(line.settlement.patient_amount),
            "fund": _plain(line.settlement.fund_amount), "at_least": is_at_least(line, estimate),
            "components": [self._component(step) for step in self.steps(line)],
        }
        return shown | ({"patient_high": _plain(line.high.patient_amount)} if line.high else {})

    def _component(self, step: Explained) -> dict[str, Any]:
        return {
            "name": step.name, "title": step.title, "payer": step.payer, "amount": _plain(step.amount),
            "formula": step.formula, "remaining": _plain(step.remaining), "says": step.says,
            "source_kind": step.source_kind, "is_unprinted": step.is_unprinted,
            "citations": [_cited(step.citation)] if step.citation else [],
        }

    def _level_reason(self, other: WhatIf) -> str:
        formulas = {step.name: step.formula for step in self.steps(other.line)}
        return "；".join(formulas[name] for name in ("deductible", "coinsurance_amount") if name in formulas)

    def _what_if(self, other: WhatIf) -> dict[str, str]:
        steps, by_level = other.line.share.steps, other.id in LEVELS
        return {
            "label": other.label, "patient": _plain(other.line.settlement.patient_amount),
            "fund": _plain(other.line.settlement.fund_amount), "difference": _plain(other.difference),
            "reason": self._level_reason(other) if by_level or not steps else steps[0].wording.says,
        }


def is_at_least(line: CostLine, estimate: CostEstimate) -> bool:
    """Whether the patient can only pay more: something is not printed, or Class B shares were not told."""
    question = estimate.question
    is_open = question.class_b_open_amount or question.unclassed_amount or question.unread_lines
    return line.at_least or bool(is_open) or estimate.untold == ("class_b_upfront_amount",)


def _plain(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _cited(citation: Citation) -> dict[str, str]:
    return {
        "document": citation.document, "clause": citation.article, "date": citation.issued_on.isoformat(),
        "issued": citation.issued_in_full,
    }
