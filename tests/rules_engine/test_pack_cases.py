"""The cases in tests/pack_cases, written for policy officers, hold; and no provision is without one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from real_packs import PACKS

from rules_engine.decide import decide
from rules_engine.decision import Decision, Outcome
from rules_engine.fact_words import read_fact
from rules_engine.facts import facts_from
from rules_engine.pack_checks import VALUE_READERS
from rules_engine.packs import read_yaml
from rules_engine.schedules import DEDUCTIBLE_WORDS, CriticalIllness, Schedule

CASES_DIR = Path(__file__).resolve().parent.parent / "pack_cases"
CASE_KEYS = {"name", "topic", "on", "given", "expect"}
EXPECT_KEYS = {"outcome", "value", "provision", "overview", "missing", "may_change_from", "in_force_from"}


@dataclass(frozen=True)
class Case:
    """One case as it stands in the file, with what the file says for all."""

    pack: str
    name: str
    topic: str
    region: str
    on: date
    given: Mapping[str, Any]
    expect: Mapping[str, Any]

    def decision(self) -> Decision:
        values = {"insured_region": self.region}
        values |= {n: read_fact(n, v) if isinstance(v, str) else v for n, v in self.given.items()}
        return decide(self.topic, facts_from(values), self.on, PACKS)


def all_provisions():
    return [provision for found in PACKS.all_provisions.values() for provision in found]


def cases() -> Iterator[Case]:
    for path in sorted(CASES_DIR.glob("*.yml")):
        content = read_yaml(path)
        if not content["cases"]:
            continue  # a new region's file, not written yet
        region, topic = next(
            (code, p.topic) for code, found in PACKS.all_provisions.items() for p in found if p.pack == content["pack"]
        )
        for row in content["cases"]:
            assert row.keys() <= CASE_KEYS, f"{path.name}: {row['name']} has a key nobody reads"
            yield Case(
                content["pack"], row["name"], row.get("topic", topic), region,
                row.get("on", content["on"]), row["given"], row["expect"],
            )


ALL_CASES = tuple(cases())


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: f"{case.pack}: {case.name}")
def test_case_is_decided_as_a_policy_officer_expects(case):
    decision = case.decision()
    assert case.expect.keys() <= EXPECT_KEYS
    assert decision.outcome.value == case.expect.get("outcome", "decided")
    assert seen(decision, case) == dict(case.expect)


def seen(decision: Decision, case: Case) -> dict[str, Any]:
    """What the decision says on each point the case speaks of, in the case's own spelling."""
    step = decision.steps[0] if decision.steps else None
    found: dict[str, Any] = {
        "outcome": decision.outcome.value,
        "provision": step.provision.removeprefix(f"{case.pack}.") if step else None,
        "overview": decision.overview.provision.removeprefix(f"{case.pack}.") if decision.overview else None,
        "missing": list(decision.missing),
        "may_change_from": decision.computed.get("may_change_from"),
        "in_force_from": decision.in_force_from,
    }
    if "value" in case.expect and step:
        found["value"] = said_value(case.expect["value"], step.unit, decision.value)
    return {name: found.get(name) for name in case.expect}


def said_value(wanted: Any, unit: str, value: Any) -> Any:
    """The decided value in the case's spelling; of a table only the figures that the case speaks of."""
    if isinstance(wanted, Mapping):
        return {name: figure for name, figure in figures(value).items() if name in wanted}
    return wanted if VALUE_READERS[unit](wanted) == value else value


def figures(table: Schedule | CriticalIllness) -> dict[str, Any]:
    """A table's figures as a case writes them: those that hold for all, then each hospital level's own."""
    found = {"up_to": [text(band.up_to) for band in table.bands], "ceiling": text(table.ceiling)}
    if isinstance(table, CriticalIllness):
        rates = [text(band.rate) for band in table.bands]
        return found | {"starts_at": text(table.starts_at), "rates": rates, "counts": list(table.counts)}
    found["deductible_stays"] = table.deductible_stays
    return found | {level: figures_of(level, table) for level in DEDUCTIBLE_WORDS if figures_of(level, table)}


def figures_of(level: str, table: Schedule) -> dict[str, Any]:
    rates = {"rates": [text(band.rates[level]) for band in table.bands]} if level in table.levels else {}
    return {"deductible": text(table.deductible.get(level))} | rates if rates or level in table.deductible else {}


def text(figure: Any) -> str | None:
    return None if figure is None else str(figure)


def test_no_two_cases_of_a_pack_share_a_name():
    names = [(case.pack, case.name) for case in ALL_CASES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("provision", all_provisions(), ids=lambda provision: provision.id)
def test_every_provision_has_a_case_that_expects_it(provision):
    kind = "overview" if provision.is_overview else "provision"
    expected = {f"{case.pack}.{case.expect.get(kind)}" for case in ALL_CASES}
    assert provision.id in expected, f"{provision.id} 没有case：请在 tests/pack_cases 里补一个"


@pytest.mark.parametrize("provision", all_provisions(), ids=lambda provision: provision.id)
def test_no_provision_answers_for_a_day_before_its_first_version(provision):
    (area,) = (code for code, found in PACKS.all_provisions.items() if provision in found)
    first = provision.versions[0].effective_from
    decision = decide(provision.topic, facts_from({"insured_region": area}), first - timedelta(days=1), PACKS)
    assert decision.outcome is Outcome.NOT_IN_FORCE
    assert decision.in_force_from == first
    assert decision.value is None


TABLES = [p for p in all_provisions() if p.unit in ("schedule", "critical_illness")]


@pytest.mark.parametrize("provision", TABLES, ids=lambda provision: provision.id)
def test_every_figure_of_a_table_is_said_by_a_case(provision):
    said = {
        name for case in ALL_CASES if f"{case.pack}.{case.expect.get('provision')}" == provision.id
        for name in case.expect.get("value", ())
    }
    assert figures(provision.versions[-1].value).keys() <= said


@pytest.mark.parametrize("provision", [p for p in all_provisions() if p.unit != "none"], ids=lambda p: p.id)
def test_every_value_is_said_by_a_case(provision):
    cases_for_it = [case for case in ALL_CASES if f"{case.pack}.{case.expect.get('provision')}" == provision.id]
    assert any("value" in case.expect for case in cases_for_it)
