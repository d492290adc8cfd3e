"""Who may file what: asked before any field, and told by which clause if not."""

from __future__ import annotations

import pytest
from filing_office import BEIJING, HANGZHOU, QINGDAO, URUMQI, WEIHAI
from filing_steps import problem_of


@pytest.mark.parametrize(
    ("kind", "region"),
    [("referral", WEIHAI), ("long_term_residence", QINGDAO), ("long_term_residence", ""), ("referral", URUMQI)],
)
def test_a_kind_that_the_region_has_not_or_has_elsewhere_is_not_offered(office, kind, region):
    found = problem_of(office.filings.open_draft, "c1", kind, {"insured_region": region})
    assert found.code == "filing_not_offered"


@pytest.mark.parametrize(
    ("region", "kind", "told", "fact"),
    [
        (WEIHAI, "long_term_residence", {}, "treatment_region"),
        (WEIHAI, "long_term_residence", {"treatment_region": QINGDAO}, "stays_long_enough"),
        (HANGZHOU, "long_term_residence", {"treatment_region": BEIJING}, "person_group"),
        (HANGZHOU, "long_term_residence", {"treatment_region": BEIJING, "person_group": "flexible_worker"}, "has_local_household"),
        (HANGZHOU, "late_filing", {"treatment_region": BEIJING, "situation": "self_arranged"}, "care_type"),
        (HANGZHOU, "late_filing", {"treatment_region": BEIJING}, "situation"),
    ],
)
def test_what_decides_is_asked_before_any_field(office, region, kind, told, fact):
    found = problem_of(office.filings.open_draft, "c1", kind, {"insured_region": region, **told})
    assert (found.code, found.details["fact"]) == ("fact_missing", fact)
    assert office.filings.find_draft("c1") is None


@pytest.mark.parametrize(
    ("region", "kind", "told"),
    [
        (WEIHAI, "long_term_residence", {"treatment_region": QINGDAO, "stays_long_enough": False}),
        (WEIHAI, "temporary_care", {"treatment_region": QINGDAO}),
        (HANGZHOU, "long_term_residence", {"treatment_region": "330200"}),
        (HANGZHOU, "long_term_residence", {"treatment_region": BEIJING, "person_group": "child", "has_local_household": False}),
        (HANGZHOU, "referral", {"treatment_region": "330200"}),
        (HANGZHOU, "late_filing", {"treatment_region": BEIJING, "situation": "self_arranged",
                                    "care_type": "general_outpatient"}),
        (HANGZHOU, "late_filing", {"treatment_region": BEIJING, "situation": "emergency_treatment", "care_type": "inpatient"}),
        (URUMQI, "long_term_residence", {"treatment_region": BEIJING, "stays_long_enough": False}),
    ],
)
def test_who_needs_none_or_may_not_file_is_told_by_which_clause(office, region, kind, told):
    found = problem_of(office.filings.open_draft, "c1", kind, {"insured_region": region, **told})
    assert found.code == "not_eligible"
    assert found.details["decision"].steps[0].citation.article
    assert office.filings.find_draft("c1") is None
