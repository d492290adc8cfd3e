"""A cost estimate as people get it: a conclusion, the steps behind it, and the object a page draws from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.cost_explained import Explained, explained
from rules_engine.cost_terms import share_of
from rules_engine.decision import Citation
from rules_engine.fact_words import VALUES, amount_in_words
from rules_engine.facts import UNKNOWN
from rules_engine.money import NOTHING, in_words, to_cents
from services.cost_estimates import ASSUMED_TEMPORARY, INPATIENT, LEVEL, CostEstimate, CostLine, WhatIf

TELL_APART = ("hospital_level", "scheme", "benefit_tier", "employment", "person_group")
SHOWN_EVEN_IF_NOTHING = frozenset({"out_of_area_upfront_amount", "deductible", "pooled_fund_amount"})
SECONDARY, OUTSIDE_SCOPE = "secondary", "non_covered_amount"
WHAT_IFS_IN_TEXT = 3


@dataclass(frozen=True)
class CostReply:
    """What is said of an estimate: a short conclusion, the lines behind it, and what a page can draw."""

    conclusion: str
    basis: tuple[str, ...]
    custom: Mapping[str, Any]


class CostReplies:
    """Puts estimates into words. `words` is policy_packs/cost_words.yml's section."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = words

    def reply(self, estimate: CostEstimate) -> CostReply:
        """The reply to an estimate that was computed (it has lines)."""
        lines = estimate.lines
        conclusion = self._conclusion(estimate) if len(lines) == 1 else self._several(estimate)
        return CostReply(conclusion, tuple(self._basis(estimate)), self._custom(estimate))

    def sources(self, estimate: CostEstimate) -> tuple[str, ...]:
        """Which documents the estimate rests on, and which of them are public figures at second hand."""
        lines = [*self._second_hand(estimate), *self._cited(estimate)]
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
            base = estimate.bill.in_scope_amount
            lines.append(self._words["share_only"].format(
                base=in_words(base), rate=amount_in_words(rate, "rate"), amount=in_words(to_cents(base * rate)),
            ))
        return (*lines, self._words["own_figures"])

    def _conclusion(self, estimate: CostEstimate) -> str:
        line = estimate.lines[0]
        words = self._words["conclusion_untold" if OUTSIDE_SCOPE in estimate.untold else "conclusion"]
        return str(words.format(
            label=self._label(line), total=in_words(line.settlement.total_amount), **self._amounts(line),
        ))

    def _several(self, estimate: CostEstimate) -> str:
        lines = estimate.lines
        names = dict.fromkeys(name for line in lines for name in line.by)
        head = self._words["several_untold" if OUTSIDE_SCOPE in estimate.untold else "several"].format(
            total=in_words(lines[0].settlement.total_amount), by="、".join(self._words["by"][n] for n in names),
        )
        return "\n".join((head, *(
            self._words["line"].format(label=self._label(line), **self._amounts(line)) for line in lines
        )))

    def _label(self, line: CostLine) -> str:
        """What the line is for: 三级医院、居民医保、二档; of several lines, what sets it apart."""
        if line.by:
            return "、".join(self._value(name, value) for name, value in line.by.items())
        told = [(name, line.facts.get(name)) for name in TELL_APART]
        words = [self._value(name, value) for name, value in told if value is not UNKNOWN]
        return "、".join(words) or self._words["components"]["deductible"]["title"]

    def _value(self, name: str, value: object) -> str:
        return str(self._words[name][str(value).lower()]) if isinstance(value, bool) else VALUES[value]

    def _amounts(self, line: CostLine) -> dict[str, str]:
        """What patient and fund pay in words: exactly, at least and at most, or from … to …."""
        patient, fund = in_words(line.settlement.patient_amount), in_words(line.settlement.fund_amount)
        if line.high and not line.at_least:
            most = {"patient": in_words(line.high.patient_amount), "fund": in_words(line.high.fund_amount)}
            between = self._words["between"]
            return {
                "patient": between.format(low=patient, high=most["patient"]),
                "fund": between.format(low=most["fund"], high=fund),
            }
        kinds = ("at_least", "at_most") if line.at_least else ("exactly", "exactly")
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
        yield from self._notes(estimate)
        yield from self._what_ifs(estimate)
        yield from self._cited(estimate)

    def _source(self, step: Explained) -> str:
        """Document and clause, where the step rests on a document itself: public figures are named once, below."""
        citation = step.citation
        if citation is None or citation.source_kind == SECONDARY:
            return ""
        return str(self._words["source"].format(short_name=citation.short_name, article=citation.article))

    def _notes(self, estimate: CostEstimate) -> Iterator[str]:
        """What was assumed, what nobody printed, and that the figures are second-hand."""
        yield from self._assumptions(estimate)
        yield from self._second_hand(estimate)

    def _second_hand(self, estimate: CostEstimate) -> Iterator[str]:
        names = dict.fromkeys(c.short_name for c in estimate.citations if c.source_kind == SECONDARY)
        if names:
            yield self._words["second_hand"].format(documents="、".join(names))

    def _cited(self, estimate: CostEstimate) -> Iterator[str]:
        sources = "；".join(f"{c.short_name}，{c.article}" for c in estimate.citations)
        if sources:
            yield self._words["answer_source"].format(sources=sources)

    def _assumptions(self, estimate: CostEstimate) -> Iterator[str]:
        said, line = self._words["assumptions"], estimate.lines[0]
        if estimate.question.facts.care_type is UNKNOWN:
            yield said["inpatient"]
        yield from (said[key] for key in line.assumed)
        if ASSUMED_TEMPORARY in estimate.question.assumed:
            yield said["temporary"]
        if estimate.untold:
            yield said["all_covered" if OUTSIDE_SCOPE in estimate.untold else "class_b_untold"]
        open_amount = estimate.question.class_b_open_amount
        if open_amount:
            yield said["class_b_open"].format(amount=in_words(open_amount))
        if any(len(part.pieces) > 1 for one in estimate.lines for part in one.settlement.parts):
            yield said["band_measure"]
        if line.settlement.amount("critical_illness_amount"):
            yield said["critical_counted"]
        yield from (self._missing(key, line) for key in line.missing)

    def _missing(self, key: str, line: CostLine) -> str:
        words = self._words["missing"][key]
        steps = (*line.share.steps, *((line.share.overview,) if line.share.overview else ()))
        document = steps[0].citation.short_name if steps else ""
        rates = [piece.rate for part in line.settlement.parts for piece in part.pieces]
        more = in_words((rates[0] if rates else NOTHING) * 100)
        return str(words.format(document=document, more=more))

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
        settlements = [self._settlement(line) for line in estimate.lines]
        first, shown = settlements[0], ("patient", "fund", "at_least", "patient_high", "components")
        notes = list(self._notes(estimate))
        is_second_hand = any(c.source_kind == SECONDARY for c in estimate.citations)
        return {
            "kind": "cost", "title": first["label"], "total": _plain(estimate.lines[0].settlement.total_amount),
            **{key: first[key] for key in shown if key in first},
            "settlements": settlements, "what_if": [self._what_if(other) for other in estimate.what_ifs],
            "assumptions": notes[:-1] if is_second_hand else notes, **({"note": notes[-1]} if is_second_hand else {}),
        }

    def _settlement(self, line: CostLine) -> dict[str, Any]:
        shown = {
            "label": self._label(line), "patient": _plain(line.settlement.patient_amount),
            "fund": _plain(line.settlement.fund_amount), "at_least": line.at_least,
            "components": [self._component(step) for step in self.steps(line)],
        }
        return shown | ({"patient_high": _plain(line.high.patient_amount)} if line.high else {})

    def _component(self, step: Explained) -> dict[str, Any]:
        return {
            "name": step.name, "title": step.title, "payer": step.payer, "amount": _plain(step.amount),
            "formula": step.formula, "remaining": _plain(step.remaining), "says": step.says,
            "source_kind": step.source_kind, "citations": [_cited(step.citation)] if step.citation else [],
        }

    def _what_if(self, other: WhatIf) -> dict[str, str]:
        steps = other.line.share.steps
        by_level = steps == () or other.id in ("secondary", "tertiary")
        source = other.line.schedule.steps if by_level else steps
        return {
            "label": other.label, "patient": _plain(other.line.settlement.patient_amount),
            "fund": _plain(other.line.settlement.fund_amount), "difference": _plain(other.difference),
            "reason": source[0].wording.says if source else "",
        }


def _plain(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _cited(citation: Citation) -> dict[str, str]:
    return {
        "document": citation.document, "clause": citation.article, "date": citation.issued_on.isoformat(),
        "issued": citation.issued_in_full,
    }
