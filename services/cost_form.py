"""What a cost form asks for: the facts and sums that the packs' own conditions hang on, with what can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rules_engine import regions
from rules_engine.cost_terms import CRITICAL, SCHEDULE, SHARE, as_stay
from rules_engine.fact_words import TITLES as FACT_TITLES
from rules_engine.fact_words import value_in_words
from rules_engine.facts import ALLOWED_VALUES, REGION_FACTS, UNKNOWN, Facts, completed
from rules_engine.long_term_stay import DEFINITION
from rules_engine.packs import PackSet
from rules_engine.provisions import Provision
from rules_engine.schedules import LEVELS, MOST_STAYS, CriticalIllness, Schedule
from services.cost_estimates import LEVEL, TOTAL

PLACE, SCOPE, CARE_PLACE, FILED, STAY = (
    "treatment_region", "destination_scope", "care_place", "filed_region", "stay_in_year",
)
INSURED, ADMITTED = "insured_region", "admitted_on"
NO_LEVEL, OR_LATER = "没有公开数字", "或以后"
LONG_TERM = "long_term_residence"
# The order in which an agent asks; a fact that is not here is never asked for.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "place": (INSURED, PLACE, SCOPE, ADMITTED),
    "case": ("situation", "has_valid_filing", FILED, CARE_PLACE),
    "person": ("scheme", "employment", "benefit_tier", "person_group", "has_local_household"),
    "hospital": (LEVEL, STAY),
    "more": ("care_stage", "was_settled", "institution", "stays_long_enough", "is_within_change_limit",
             "has_residence_proof"),
    "bill": (TOTAL, "non_covered_amount", "class_b_upfront_amount"),
    "classes": ("class_a_amount", "class_b_lines", "in_scope_amount"),
    "year": ("deductible_met_amount", "year_in_scope_amount", "year_fund_amount", "year_burden_amount"),
    "own": ("own_deductible_amount", "own_rate"),
}
SHEET = (
    "non_covered_amount", "class_b_upfront_amount", "out_of_area_upfront_amount", "deductible", "coinsurance_amount",
    "above_ceiling_amount", "pooled_fund_amount", "critical_illness_amount", "patient_total_amount",
    "fund_total_amount",
)
ALWAYS = (INSURED, PLACE, ADMITTED, *GROUPS["bill"], *GROUPS["classes"], *GROUPS["own"])
TITLES: Mapping[str, str] = {
    **FACT_TITLES, ADMITTED: "入院日期", TOTAL: "总费用", "non_covered_amount": "自费", "class_a_amount": "甲类",
    "class_b_lines": "乙类明细", "class_b_upfront_amount": "乙类先行自付", "in_scope_amount": "符合政策范围金额",
    "deductible_met_amount": "今年已付起付线", "year_in_scope_amount": "今年已有的范围内费用",
    "year_fund_amount": "今年统筹已付", "year_burden_amount": "今年已有的大病负担",
    "own_deductible_amount": "结算单上的起付线", "own_rate": "结算单上的报销比例",
}
KINDS: Mapping[str, str] = {ADMITTED: "day", "class_b_lines": "lines", "own_rate": "rate"}


@dataclass(frozen=True)
class Option:
    """A value that can be chosen; `note` says what is special about it."""

    value: str | bool | int
    title: str
    note: str = ""


@dataclass(frozen=True)
class FormField:
    """One field. `kind`: choice, place, day, amount (yuan), rate (0–1) or lines (Class B items).

    `may_be_unknown`: a person may say that they don't know, and every way it may turn out is reckoned.
    """

    name: str
    title: str
    group: str
    kind: str
    options: tuple[Option, ...] = ()
    may_be_unknown: bool = False


class CostForms:
    """Reads from the packs what matters to a case. `today` reads the day in the place where people are."""

    def __init__(self, packs: PackSet, words: Mapping[str, Any], today: Callable[[], date]) -> None:
        self.packs, self.words, self._today = packs, words, today

    def fields(self, facts: Facts, on: date | None = None) -> tuple[FormField, ...]:
        """Every field that matters to the case as far as it is known, in the order of asking."""
        levels = self._published_levels(facts, on or self._today())
        names = self.matters(facts, on)
        return tuple(
            self.field(name, group, levels) for group, members in GROUPS.items() for name in members if name in names
        )

    def matters(self, facts: Facts, on: date | None = None) -> frozenset[str]:
        """The fields that what is known leaves open or that are part of it: a condition, or a limit of a table."""
        if not isinstance(facts.insured_region, str):
            return frozenset(ALWAYS)
        known = completed(as_stay(replace(facts, insured_region=self.packs.area_of(facts.insured_region))))
        possible = tuple(self._possible(known, on or self._today()))
        asked = {name for one in possible for name in one.when}
        if "situation" in asked and facts.situation in (UNKNOWN, LONG_TERM):
            asked |= {name for one in self._of_topics(known, on or self._today(), DEFINITION) for name in one.when}
        worked_out = {name for name in asked if facts.get(name) is UNKNOWN and known.get(name) is not UNKNOWN}
        extra = {FILED} if CARE_PLACE in asked - worked_out or facts.filed_region is not UNKNOWN else set()
        return frozenset(ALWAYS) | (asked - worked_out) | extra | set(_of_tables(possible))

    def field(self, name: str, group: str = "", levels: frozenset[str] = frozenset(LEVELS)) -> FormField:
        """The field of that name with what can be chosen."""
        kind = "place" if name in REGION_FACTS else "choice" if name in ALLOWED_VALUES else KINDS.get(name, "amount")
        may_be_unknown = kind == "choice" and name != STAY
        return FormField(name, TITLES[name], group, kind, tuple(self._options(name, levels)), may_be_unknown)

    def sheet(self) -> tuple[FormField, ...]:
        """What a settlement sheet may show, to compare with."""
        titles = {name: row["title"] for name, row in self.words["components"].items()}
        titles |= self.words["compare"]["totals"]
        return tuple(FormField(name, titles[name], "sheet", "amount") for name in SHEET)

    def _options(self, name: str, levels: frozenset[str]) -> Iterator[Option]:
        if name == INSURED:
            yield from (Option(code, regions.display_name(code)) for code in self.packs.covered)
        for value in ALLOWED_VALUES.get(name, ()):
            said = self.words.get(name, {}).get(str(value).lower()) if isinstance(value, bool) else None
            yield Option(value, said or value_in_words(name, value), _note(name, value, levels))

    def _published_levels(self, facts: Facts, on: date) -> frozenset[str]:
        """The levels that a table which may hold has rates for."""
        if not isinstance(facts.insured_region, str):
            return frozenset(LEVELS)
        known = as_stay(replace(facts, insured_region=self.packs.area_of(facts.insured_region)))
        tables = (one.in_force(on).value for one in self._possible(known, on))
        return frozenset(level for table in tables if isinstance(table, Schedule) for level in table.levels)

    def _possible(self, facts: Facts, on: date) -> Iterator[Provision]:
        """The provisions that a cost may rest on."""
        return self._of_topics(facts, on, SCHEDULE, SHARE, CRITICAL)

    def _of_topics(self, facts: Facts, on: date, *topics: str) -> Iterator[Provision]:
        """The provisions on these topics, in force on the day, that nothing known rules out."""
        for topic in topics:
            for layer in self.packs.layers(str(facts.insured_region)):
                yield from (
                    one for one in self.packs.provisions(layer, topic)
                    if one.is_in_force(on) and one.untold(facts) is not None
                )


def _note(name: str, value: object, levels: frozenset[str]) -> str:
    if name == STAY and value == MOST_STAYS:
        return OR_LATER
    return NO_LEVEL if name == LEVEL and value not in levels else ""


def _of_tables(possible: tuple[Provision, ...]) -> Iterator[str]:
    """The fields that a table's limits hang on: level and stay, and what the year has used up."""
    for table in (version.value for one in possible for version in one.versions):
        if isinstance(table, Schedule):
            yield LEVEL
            yield from (STAY, "deductible_met_amount") if table.deductible else ()
            yield from ("year_in_scope_amount",) if len(table.bands) > 1 else ()
            yield from ("year_fund_amount",) if table.ceiling is not None else ()
        elif isinstance(table, CriticalIllness):
            yield "year_burden_amount"
