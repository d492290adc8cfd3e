"""What has to be said beside a computed cost: readings, holes, second-hand figures, sources."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rules_engine.decision import sources_in_short
from rules_engine.facts import UNKNOWN
from rules_engine.money import NOTHING, in_words
from rules_engine.regions import short_name
from services.cost_estimates import ASSUMED_AT_HOME, ASSUMED_TEMPORARY, CostEstimate, CostLine, CostQuestion

LARGE_BILL = Decimal(50_000)  # yuan; below, no ceiling or critical illness insurance comes near
READINGS = {ASSUMED_TEMPORARY: "temporary", ASSUMED_AT_HOME: "at_home"}
OUTSIDE_SCOPE = "non_covered_amount"


class CostNotes:
    """Notes in the words of policy_packs/cost_words.yml and frame.yml."""

    def __init__(self, words: Mapping[str, Any], frame: Mapping[str, str]) -> None:
        self._words, self._frame = words, frame

    def notes(self, estimate: CostEstimate) -> Iterator[str]:
        """What was assumed, what nobody printed, and that the figures are second-hand."""
        yield from self._assumptions(estimate)
        yield from self.second_hand(estimate)

    def second_hand(self, estimate: CostEstimate) -> Iterator[str]:
        """That figures are public ones at second hand, and of which year; nothing where there are none."""
        names = dict.fromkeys(c.short_name for c in estimate.citations if c.is_second_hand)
        if names:
            yield self._words["second_hand"].format(documents="、".join(names))

    def cited(self, estimate: CostEstimate) -> Iterator[str]:
        """The line of sources."""
        if estimate.citations:
            yield self._words["answer_source"].format(sources=sources_in_short(estimate.citations))

    def _assumptions(self, estimate: CostEstimate) -> Iterator[str]:
        said, line = self._words["assumptions"], estimate.lines[0]
        question = estimate.question
        if question.facts.care_type is UNKNOWN:
            yield said["inpatient"]
        if question.is_about:
            yield said["about"].format(total=in_words(line.settlement.total_amount))
        yield from (said[key] for key in line.assumed if self._matters(key, line))
        yield from self._told_back(question, line)
        if estimate.untold:
            yield said["all_covered" if OUTSIDE_SCOPE in estimate.untold else "class_b_untold"]
        for key, amount in (("class_b_open", question.class_b_open_amount), ("unclassed", question.unclassed_amount)):
            if amount:
                yield said[key].format(amount=in_words(amount))
        if question.unread_lines:
            yield said["unread"].format(count=question.unread_lines)
        if any(len(part.pieces) > 1 for one in estimate.lines for part in one.settlement.parts):
            yield said["band_measure"]
        if line.settlement.amount("critical_illness_amount"):
            yield said["critical_counted"]
        yield from (self._missing(key, line) for key in line.missing)

    def _told_back(self, question: CostQuestion, line: CostLine) -> Iterator[str]:
        """The readings of the case that were needed, as policy answers tell them."""
        for key in question.assumed:
            if key in READINGS:
                yield self._words["assumptions"][READINGS[key]]
            elif key in self._frame:
                yield self._frame[key].format(insured=short_name(str(line.facts.insured_region)))

    def _matters(self, key: str, line: CostLine) -> bool:
        """Whether a hole is worth a word: the ceiling and critical illness insurance only where a bill is large."""
        if key == "second_stay":
            return line.high is not None and not line.at_least
        if key in ("ceiling_untold", "critical_untold"):
            return line.settlement.total_amount >= LARGE_BILL
        return True

    def _missing(self, key: str, line: CostLine) -> str:
        words = self._words["missing"][key]
        steps = (*line.share.steps, *((line.share.overview,) if line.share.overview else ()))
        document = steps[0].citation.short_name if steps else ""
        rates = [piece.rate for part in line.settlement.parts for piece in part.pieces]
        more = in_words((rates[0] if rates else NOTHING) * 100)
        return str(words.format(document=document, more=more))
