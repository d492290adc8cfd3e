"""From a bill and what is known of a case to what patient and funds pay, each component with its source.

What is missing is asked for, or gives several figures, a range or an «at least», with the reading named:
never filled in silently.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from rules_engine import cost_terms
from rules_engine.bills import Bill, bill_of
from rules_engine.cost import settle
from rules_engine.cost_terms import INPATIENT, Found, OwnFigures, YearSoFar, as_stay, found_terms
from rules_engine.decide import decide
from rules_engine.decision import Citation, Decision, Outcome
from rules_engine.facts import ALLOWED_VALUES, UNKNOWN, Facts, completed
from rules_engine.money import NOTHING, BadAmount
from rules_engine.packs import PackSet
from rules_engine.schedules import Schedule
from rules_engine.settlement import Settlement

# BadAmount is the engine's: actions, which know services only, catch it here.
__all__ = ["BadAmount", "CostEstimate", "CostEstimates", "CostQuestion"]
TOTAL, LEVEL, FILED, DEDUCTIBLE = "total_amount", "hospital_level", "has_valid_filing", "deductible"
MOST_LINES = 8
ABOUT_FILING = frozenset({"filed", "not_filed"})  # worth saying even where it changes nothing
SAME_IN_OTHER_WORDS = frozenset({"long_term", "referral", "home"})
TEMPORARY = "temporary_care"
ASSUMED_TEMPORARY, ASSUMED_AT_HOME = "assumed_temporary", "assumed_at_home"
RESIDENTS = ("child", "university_student")
NO_FIGURES, NEW_YEAR = OwnFigures(), YearSoFar()


@dataclass(frozen=True)
class CostQuestion:
    """A bill's sums (names of rules_engine.bills.TITLES, yuan) and the case; `on` is the day of admission.

    `skipped`: facts the person said they don't know. `class_b_open_amount`: Class B items whose share nobody told.
    """

    facts: Facts
    sums: Mapping[str, Decimal | str] = field(default_factory=dict)
    on: date | None = None
    skipped: frozenset[str] = frozenset()
    own: OwnFigures = NO_FIGURES
    year: YearSoFar = NEW_YEAR
    class_b_open_amount: Decimal = NOTHING
    unclassed_amount: Decimal = NOTHING  # items that don't say whether they are covered
    unread_lines: int = 0
    is_about: bool = False  # a rough total
    assumed: tuple[str, ...] = ()  # readings of the case to be told back, keys of frame.yml


@dataclass(frozen=True)
class CostLine:
    """One settlement: for the case as known, with what sets this line apart from the others in `by`.

    `high` is the other end of a range; `missing` what nobody printed, so that the patient pays at least this.
    """

    facts: Facts
    by: Mapping[str, object]
    settlement: Settlement
    high: Settlement | None
    missing: tuple[str, ...]
    assumed: tuple[str, ...]
    schedule: Decision
    share: Decision

    @property
    def at_least(self) -> bool:
        """Whether a figure is missing that could only make the patient pay more."""
        return bool(self.missing)


@dataclass(frozen=True)
class WhatIf:
    """Another situation: its line, and how much more (or less) the patient pays then, yuan."""

    id: str
    label: str
    line: CostLine
    difference: Decimal


@dataclass(frozen=True)
class CostEstimate:
    """What to say of a bill. `ask`: the one fact (or `total_amount`) to ask for first, None when it was computed.

    `untold`: sums of the bill that nobody told. Without `lines` nothing could be computed: `schedule` tells why.
    """

    outcome: Outcome
    question: CostQuestion
    ask: str | None = None
    bill: Bill | None = None
    untold: tuple[str, ...] = ()
    lines: tuple[CostLine, ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()
    situation: str = ""  # the what-if that somebody chose to see
    schedule: Decision | None = None
    share: Decision | None = None

    @property
    def facts(self) -> Facts:
        """The case as a schedule is looked up for it: a stay in hospital, unless another kind of care was told."""
        return _followed_up(self.question.facts)

    @property
    def has_figures(self) -> bool:
        """Whether there is a schedule for the case, even if not for its hospital level."""
        return self.schedule is not None and isinstance(self.schedule.value, Schedule)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every source the lines rest on, each once."""
        steps = (part.step for line in self.lines for part in line.settlement.parts if part.step)
        return tuple(dict.fromkeys(step.citation for step in steps))


class CostEstimates:
    """Computes costs from the packs. `words` is policy_packs/cost_words.yml's section; `today` reads the day."""

    def __init__(self, packs: PackSet, words: Mapping[str, object], today: Callable[[], date]) -> None:
        self.packs, self.words, self.today = packs, words, today

    def estimate(self, question: CostQuestion, *, asks: bool = True) -> CostEstimate:
        """The estimate; every policy outcome is one. Raises BadAmount for sums that cannot be.

        With `asks` false nothing is asked for: what is untold gives a line for each way it may turn out.
        """
        facts = _followed_up(question.facts)
        on = question.on or self.today()
        read = bill_of(question.sums) if TOTAL in question.sums else None
        if not isinstance(facts.insured_region, str):
            return CostEstimate(Outcome.NEEDS, question, ask="insured_region" if read else TOTAL)
        facts = replace(facts, insured_region=self.packs.area_of(facts.insured_region))
        schedule, share = self._decided(facts, on)
        reading = self._reading_of_the_stay(facts, share, question)
        if reading:
            facts = replace(facts, situation=TEMPORARY)
            question = replace(question, assumed=(*question.assumed, reading))
            schedule, share = self._decided(facts, on)
        wanted = self._asked(facts, schedule, share, question, on) if asks else None
        if not self._is_computable(schedule, question):
            bill = read.bill if read else None
            return CostEstimate(schedule.outcome, question, bill=bill, schedule=schedule, share=share)
        if read is None or wanted:
            asked = wanted if read else TOTAL
            bill = read.bill if read else None
            return CostEstimate(Outcome.NEEDS, question, ask=asked, bill=bill, schedule=schedule, share=share)
        lines = tuple(self._lines(read.bill, facts, question, on))
        may_ask_level = asks and facts.hospital_level is UNKNOWN and LEVEL not in question.skipped
        if len(lines) > MOST_LINES and may_ask_level:
            return CostEstimate(Outcome.NEEDS, question, ask=LEVEL, schedule=schedule, share=share)
        if not lines:  # the level has no published figures
            return CostEstimate(Outcome.DECIDED, question, bill=read.bill, schedule=schedule, share=share)
        what_ifs = tuple(self._what_ifs(read.bill, lines[0], question, on)) if len(lines) == 1 else ()
        return CostEstimate(
            Outcome.DECIDED, question, bill=read.bill, untold=read.untold, lines=lines, what_ifs=what_ifs,
            schedule=schedule, share=share,
        )

    def estimate_beside(
        self, question: CostQuestion, sheet: Mapping[str, Decimal], *, asks: bool = True
    ) -> CostEstimate:
        """The estimate; where nobody printed the deductible, a settlement sheet's own stands in for it."""
        estimate = self.estimate(question, asks=asks)
        on_sheet = sheet.get(DEDUCTIBLE)
        if on_sheet is None or not any(DEDUCTIBLE in line.missing for line in estimate.lines):
            return estimate
        own = replace(question.own, deductible=on_sheet)
        return self.estimate(replace(question, own=own), asks=asks)

    def _decided(self, facts: Facts, on: date) -> tuple[Decision, Decision]:
        """What the packs decide on schedule and share."""
        schedule, share = (decide(topic, facts, on, self.packs) for topic in (cost_terms.SCHEDULE, cost_terms.SHARE))
        return schedule, share

    def _reading_of_the_stay(self, facts: Facts, share: Decision, question: CostQuestion) -> str | None:
        """How a stay is read, to be told back, where its place is known and only the situation is not; None otherwise.

        Elsewhere as temporary; at home as that of somebody who has filed for nowhere.
        """
        scope = completed(facts).destination_scope
        is_told = facts.situation is not UNKNOWN or "situation" in question.skipped or scope is UNKNOWN
        if is_told or "situation" not in share.missing[:1]:
            return None
        return ASSUMED_AT_HOME if scope == cost_terms.AT_HOME else ASSUMED_TEMPORARY

    def _asked(
        self, facts: Facts, schedule: Decision, share: Decision, question: CostQuestion, on: date
    ) -> str | None:
        """The fact to ask for: the schedule's before the share's; None where all is told or skipped."""
        of_schedule = schedule.missing if question.own.rate is None else ()
        for name in (*of_schedule, *share.missing):
            if name not in question.skipped:
                return name
        hangs_on_filing = self._hangs_on_filing(facts, on) and FILED not in question.skipped
        return FILED if hangs_on_filing and facts.hospital_level is UNKNOWN else None

    def _hangs_on_filing(self, facts: Facts, on: date) -> bool:
        """Whether nobody told of a filing, and the share would be another one with it than without."""
        if facts.has_valid_filing is not UNKNOWN:
            return False
        sides = (replace(facts, has_valid_filing=filed) for filed in (True, False))
        shares = [cost_terms.share_of(decide(cost_terms.SHARE, side, on, self.packs)) for side in sides]
        return None not in shares and shares[0] != shares[1]

    def _is_computable(self, schedule: Decision, question: CostQuestion) -> bool:
        has_schedule = schedule.outcome is Outcome.NEEDS or isinstance(schedule.value, Schedule)
        is_stay = _followed_up(question.facts).care_type == INPATIENT
        return has_schedule or (is_stay and question.own.rate is not None)

    def _lines(
        self, bill: Bill, facts: Facts, question: CostQuestion, on: date, by: Mapping[str, object] | None = None
    ) -> Iterator[CostLine]:
        """A line for each way in which what is untold may turn out."""
        by = by or {}
        schedule, share = self._decided(facts, on)
        if schedule.outcome is Outcome.NEEDS and question.own.rate is None:
            yield from self._branches(schedule.missing[0], bill, facts, question, on, by)
        elif share.outcome is Outcome.DECIDED and self._hangs_on_filing(facts, on):
            yield from self._branches(FILED, bill, facts, question, on, by)
        elif share.outcome is Outcome.NEEDS:
            yield from self._branches(share.missing[0], bill, facts, question, on, by)
        elif isinstance(schedule.value, Schedule) or question.own.rate is not None:
            levels = self._levels(facts, schedule.value, question)
            for level in levels:
                mark = by if len(levels) == 1 else {**by, LEVEL: level}
                yield self._line(bill, replace(facts, hospital_level=level), mark, schedule, share, question, on)

    def _branches(
        self, name: str, bill: Bill, facts: Facts, question: CostQuestion, on: date, by: Mapping[str, object]
    ) -> Iterator[CostLine]:
        for value in ALLOWED_VALUES.get(name, ()):
            if by.get(name) is None and value != "temporary_care" and value != "within_pooling_area":
                yield from self._lines(bill, replace(facts, **{name: value}), question, on, {**by, name: value})

    def _levels(self, facts: Facts, table: Schedule | None, question: CostQuestion) -> tuple[str, ...]:
        """The level told, or each level whose figures are all published, the highest first."""
        if isinstance(facts.hospital_level, str):
            has_rate = question.own.rate is not None or (table is not None and facts.hospital_level in table.levels)
            return (facts.hospital_level,) if has_rate else ()
        if table is None:
            return ("tertiary",)  # the rate is the person's own, whatever the level
        return tuple(reversed(table.whole_levels))

    def _line(
        self, bill: Bill, facts: Facts, by: Mapping[str, object], schedule: Decision, share: Decision,
        question: CostQuestion, on: date,
    ) -> CostLine:
        found: Found = found_terms(facts, schedule, share, on, self.packs, question.year, question.own)
        told = facts if isinstance(schedule.value, Schedule) else replace(facts, hospital_level=UNKNOWN)
        return CostLine(
            told, by, settle(bill, found.low), settle(bill, found.high) if found.high else None,
            found.missing, found.assumed, schedule, share,
        )

    def _what_ifs(self, bill: Bill, line: CostLine, question: CostQuestion, on: date) -> Iterator[WhatIf]:
        """The other situations worth knowing that the documents give figures for, and how they differ."""
        seen: set[Decimal] = set()
        if line.missing or line.high:
            return  # a difference from what nobody printed would be made up
        for row in self.words["what_ifs"]:  # type: ignore[attr-defined]
            if not self._applies(row, line.facts) or (question.own != NO_FIGURES and row["id"] not in ABOUT_FILING):
                continue
            changed = {name: UNKNOWN if value is None else value for name, value in row["facts"].items()}
            others = tuple(self._lines(bill, replace(line.facts, **changed), question, on))
            if len(others) != 1 or others[0].missing or others[0].high:
                continue
            difference = others[0].settlement.patient_amount - line.settlement.patient_amount
            is_another_way_to_the_same = row["id"] in SAME_IN_OTHER_WORDS and difference in seen
            seen.add(difference)
            if (difference or row["id"] in ABOUT_FILING) and not is_another_way_to_the_same:
                yield WhatIf(row["id"], row["label"], others[0], difference)

    def _applies(self, row: Mapping[str, Mapping[str, object]], facts: Facts) -> bool:
        only, unless = row.get("only", {}), row["unless"]
        return all(facts.get(n) == v for n, v in only.items()) and any(facts.get(n) != v for n, v in unless.items())


def _followed_up(facts: Facts) -> Facts:
    """The case with what follows: a stay in hospital unless told otherwise, children and students are residents."""
    facts = as_stay(facts)
    if facts.scheme is UNKNOWN and facts.person_group in RESIDENTS:
        facts = replace(facts, scheme="resident")
    return facts
