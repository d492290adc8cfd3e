"""What may become of a filing: the cases in tests/filing_life_cases hold, and every region, kind and action has one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from real_packs import PACKS

from rules_engine.filing_change import months_after
from rules_engine.filing_kind import ACTIONS
from rules_engine.filing_kinds import UnknownFilingKind, Validity, load_filing_kinds
from rules_engine.filing_life import FiledCase, limit_ends_on, may, valid_to, validity_of
from rules_engine.packs import read_yaml

CASES_DIR = Path(__file__).resolve().parent.parent / "filing_life_cases"
CASE_KEYS = {"name", "kind", "person_group", "effective_on", "confirmed_on", "on", "action", "expect"}
EXPECT_KEYS = {"outcome", "possible_from", "papers", "clause", "valid_to", "limit_ends_on"}
KINDS = load_filing_kinds()
WEIHAI, HANGZHOU, GAOYOU, URUMQI = "371000", "330100", "321084", "650100"


@dataclass(frozen=True)
class Case:
    """One case as it stands in the file."""

    name: str
    action: str
    on: date
    filed: FiledCase
    expect: Mapping[str, Any]


def cases() -> Iterator[Case]:
    for path in sorted(CASES_DIR.glob("*.yml")):
        content = read_yaml(path)
        for row in content["cases"]:
            assert row.keys() <= CASE_KEYS, f"{path.name}: {row['name']} has a key nobody reads"
            assert row["expect"].keys() <= EXPECT_KEYS, f"{path.name}: {row['name']} expects what nobody checks"
            filed = filed_case(
                content["region"], row["kind"], row["effective_on"], row["confirmed_on"], row.get("person_group"),
                content["treatment_region"],
            )
            yield Case(f"{path.stem}: {row['name']}", row["action"], row["on"], filed, row["expect"])


def filed_case(region, kind, effective_on, confirmed_on, person_group=None, treatment_region="310000") -> FiledCase:
    (described,) = (one for one in KINDS.by_region[region] if one.kind == kind)
    ends_on = valid_to(described, effective_on)
    return FiledCase(
        region, kind, described.situation, effective_on, confirmed_on, ends_on, treatment_region, person_group,
    )


ALL_CASES = tuple(cases())


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_filing_goes_on_as_a_policy_officer_expects(case):
    decision = may(case.action, case.filed, case.on, KINDS, PACKS)
    expect = case.expect
    assert decision.outcome == expect["outcome"]
    assert decision.possible_from == expect.get("possible_from")
    assert [paper.id for paper in decision.papers] == expect.get("papers", [])
    assert decision.ask_agency == (expect["outcome"] == "not_stated")
    assert bool(decision.steps) == ("clause" in expect)
    if "clause" in expect:
        assert expect["clause"] in decision.steps[0].citation.article
        assert decision.steps[0].wording.says
    if "valid_to" in expect:
        assert case.filed.valid_to == expect["valid_to"]
    if "limit_ends_on" in expect:
        assert limit_ends_on(case.filed, KINDS, PACKS, case.on) == expect["limit_ends_on"]


def test_there_are_enough_cases_and_each_has_its_own_name():
    names = [case.name for case in ALL_CASES]
    assert len(names) == len(set(names)) >= 90


def test_every_region_kind_and_action_has_a_case():
    wanted = {(one.region, one.kind, action) for found in KINDS.by_region.values() for one in found for action in ACTIONS}
    assert {(case.filed.region, case.filed.kind, case.action) for case in ALL_CASES} == wanted


def test_every_outcome_a_rule_can_lead_to_has_a_case():
    """Each provision that a region names as allowing or refusing is the ground of some case."""
    named = {
        (one.kind, name) for found in KINDS.by_region.values() for one in found for rule in one.life.values()
        for name in (*rule.allowed, *rule.refused)
    }
    used = {
        (case.filed.kind, step.provision) for case in ALL_CASES
        for step in may(case.action, case.filed, case.on, KINDS, PACKS).steps
    }
    assert named <= used


@pytest.mark.parametrize(
    ("region", "kind", "counts", "months", "actions"),
    [
        (WEIHAI, "long_term_residence", "confirmed_on", 6, ("change", "end", "return_home")),
        (URUMQI, "long_term_residence", "confirmed_on", 6, ("change", "end", "return_home")),
        (HANGZHOU, "long_term_residence", "effective_on", 3, ("change",)),
    ],
)
@settings(deadline=None, max_examples=60)
@given(start=st.dates(date(2024, 1, 1), date(2040, 12, 31)), days=st.integers(-200, 200))
def test_refused_up_to_the_last_day_of_the_months_and_allowed_from_the_next(region, kind, counts, months, actions, start, days):
    last = months_after(start, months)
    on = max(start, last + timedelta(days=days))
    other = start - timedelta(days=40)
    dates = {"confirmed_on": start, "effective_on": other} if counts == "confirmed_on" else {"confirmed_on": other, "effective_on": start}
    filed = filed_case(region, kind, **dates)
    for action in actions:
        decision = may(action, filed, on, KINDS, PACKS)
        assert decision.outcome == ("refused" if on <= last else "allowed")
        assert decision.possible_from == (last + timedelta(days=1) if on <= last else None)
    assert limit_ends_on(filed, KINDS, PACKS, on) == last


def test_whether_a_filing_without_an_end_has_run_out_is_for_the_agency():
    filed = replace(filed_case(HANGZHOU, "referral", date(2025, 1, 10), None), valid_to=None)
    decision = may("renew", filed, date(2026, 11, 22), KINDS, PACKS)
    assert (decision.outcome, decision.ask_agency) == ("not_stated", True)


def test_words_come_from_the_packs_both_without_and_with_the_papers():
    filed = filed_case(WEIHAI, "long_term_residence", date(2026, 10, 1), date(2026, 10, 1))
    decision = may("return_home", filed, date(2026, 11, 22), KINDS, PACKS)
    assert [step.provision for step in decision.steps] == ["weihai.return_home.without_proof", "weihai.return_home.with_proof"]
    assert decision.papers[0].citation.article == "二（四）"
    assert decision.steps[0] == PACKS.provision("weihai.return_home.without_proof").step(date(2026, 11, 22))


def test_papers_do_not_move_a_weihai_filing_to_another_city():
    filed = filed_case(WEIHAI, "long_term_residence", date(2026, 10, 1), date(2026, 10, 1))
    assert may("change", filed, date(2026, 11, 22), KINDS, PACKS).papers == ()
    assert may("end", filed, date(2026, 11, 22), KINDS, PACKS).papers == ()


def test_what_is_not_said_of_a_kind_is_said_in_that_regions_words():
    filed = filed_case(HANGZHOU, "referral", date(2026, 10, 1), date(2026, 10, 1))
    (step,) = may("change", filed, date(2026, 11, 22), KINDS, PACKS).steps
    assert "转诊备案怎么变更，分册没写" in step.wording.says
    assert step.citation.short_name == "杭州2023年6月分册"


def test_last_valid_day_of_twelve_months():
    referral = KINDS.of(HANGZHOU, "referral", date(2026, 11, 22))
    assert valid_to(referral, date(2026, 3, 10)) == date(2027, 3, 10)
    assert valid_to(referral, date(2028, 2, 29)) == date(2029, 2, 28)
    assert valid_to(referral, date(2027, 2, 28)) == date(2028, 2, 28)


@pytest.mark.parametrize(
    ("region", "kind", "person_group", "wanted"),
    [
        (WEIHAI, "long_term_residence", None, Validity("permanent")),
        (WEIHAI, "temporary_care", None, Validity("not_stated")),
        (HANGZHOU, "long_term_residence", None, Validity("permanent")),
        (HANGZHOU, "long_term_residence", "other", Validity("permanent")),
        (HANGZHOU, "long_term_residence", "university_student", Validity("not_stated")),
        (HANGZHOU, "referral", None, Validity("months", 12)),
        (HANGZHOU, "late_filing", None, Validity("not_stated")),
        (GAOYOU, "long_term_residence", None, Validity("not_stated")),
        (URUMQI, "long_term_residence", None, Validity("not_stated")),
        (URUMQI, "referral", None, Validity("not_stated")),
    ],
)
def test_how_long_a_filing_holds_for_whom(region, kind, person_group, wanted):
    filed = filed_case(region, kind, date(2026, 10, 1), date(2026, 10, 1), person_group)
    assert validity_of(filed, KINDS, PACKS, date(2026, 11, 22)) == wanted


def test_a_kind_that_the_region_never_had_is_refused():
    filed = FiledCase(GAOYOU, "late_filing", "temporary_care", date(2026, 10, 1), date(2026, 10, 1), None, "310000")
    with pytest.raises(UnknownFilingKind, match="region 321084 has no kind of filing 'late_filing'; use one of long_term_residence"):
        may("change", filed, date(2026, 11, 22), KINDS, PACKS)
    with pytest.raises(UnknownFilingKind):
        limit_ends_on(filed, KINDS, PACKS, date(2026, 11, 22))
    with pytest.raises(UnknownFilingKind):
        validity_of(filed, KINDS, PACKS, date(2026, 11, 22))


def test_an_action_that_is_none_is_an_error():
    filed = filed_case(GAOYOU, "referral", date(2026, 10, 1), date(2026, 10, 1))
    with pytest.raises(KeyError, match="pause"):
        may("pause", filed, date(2026, 11, 22), KINDS, PACKS)
