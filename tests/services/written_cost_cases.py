"""The cost cases in tests/cost_cases, written by hand, as questions to the estimates on the published packs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from real_packs import PACKS

from rules_engine import packs
from rules_engine.bills import TITLES
from rules_engine.cost_terms import YearSoFar
from rules_engine.facts import FACT_NAMES, facts_from
from rules_engine.schedules import COMPONENTS
from services.cost_estimates import CostEstimate, CostEstimates, CostQuestion

CASES_DIR = Path(__file__).resolve().parent.parent / "cost_cases"
WORDS = packs.read_yaml(packs.PACKS_DIR / "cost_words.yml")["cost_words"]
ESTIMATES = CostEstimates(PACKS, WORDS, lambda: date(2026, 11, 22))
YEAR = {
    "year_in_scope_amount": "in_scope_amount", "year_fund_amount": "fund_amount", "year_burden_amount": "burden_amount",
    "deductible_met_amount": "deductible_met_amount",
}
EXPECT_KEYS = {
    *COMPONENTS, "pooled_fund_amount", "critical_illness_amount", "fund_total_amount", "patient_total_amount",
    "patient_high", "at_least", "missing", "outcome",
}


@dataclass(frozen=True)
class Case:
    """One case as it stands in the file."""

    city: str
    name: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]

    @cached_property
    def estimate(self) -> CostEstimate:
        facts = facts_from({name: value for name, value in self.given.items() if name in FACT_NAMES})
        sums = {name: value for name, value in self.given.items() if name in TITLES}
        year = YearSoFar(**{YEAR[name]: Decimal(value) for name, value in self.given.items() if name in YEAR})
        return ESTIMATES.estimate(CostQuestion(facts, sums, self.given["on"], year=year))


def cases() -> Iterator[Case]:
    for path in sorted(CASES_DIR.glob("*.yml")):
        for row in packs.read_yaml(path)["cases"]:
            assert row.keys() == {"name", "given", "expect", "why"}, f"{path.name}: {row['name']}"
            unread = row["given"].keys() - {*FACT_NAMES, *TITLES, *YEAR, "on"} | row["expect"].keys() - EXPECT_KEYS
            assert not unread, f"{path.name}: {row['name']} has a key nobody reads: {unread}"
            yield Case(path.stem, row["name"], row["given"], row["expect"])


ALL_CASES = tuple(cases())
