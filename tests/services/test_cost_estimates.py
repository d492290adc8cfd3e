"""From a question to lines, on invented packs (tests/cost_packs): what is asked, what is left open, what is never guessed."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from real_packs import PACKS

from rules_engine import packs
from rules_engine.cost_terms import OwnFigures, YearSoFar
from rules_engine.decision import Outcome
from rules_engine.facts import facts_from
from rules_engine.money import BadAmount
from services.cost_estimates import CostEstimates, CostQuestion

COST_PACKS = Path(__file__).resolve().parent.parent / "cost_packs"
WORDS = packs.read_yaml(packs.PACKS_DIR / "cost_words.yml")["cost_words"]
INVENTED = CostEstimates(packs.load(COST_PACKS), WORDS, lambda: date(2026, 11, 22))
REAL = CostEstimates(PACKS, WORDS, lambda: date(2026, 11, 22))
SHARE_FIRST, RATE_POINTS, NO_PACK = "130100", "140100", "510100"
FAR, NEAR = "310000", {"130100": "130200", "140100": "140200"}  # another province, another city of the same one
CASE = {"treatment_region": FAR, "has_valid_filing": False, "scheme": "employee", "hospital_level": "tertiary"}


def ask(region=SHARE_FIRST, *, total="10000", on=None, own=None, year=None, asks=True, skipped=(), sums=None, on_packs=INVENTED, **facts):
    told = {name: value for name, value in {**CASE, "insured_region": region, **facts}.items() if value is not None}
    question = CostQuestion(
        facts_from(told), sums if sums is not None else {"total_amount": total}, on,
        skipped=frozenset(skipped), own=own or OwnFigures(), year=year or YearSoFar(),
    )
    return on_packs.estimate(question, asks=asks)


def line(*args, **kwargs):
    (one,) = ask(*args, **kwargs).lines
    return one


def parts(one):
    return {part.name: part.amount for part in one.settlement.parts if part.amount}


def test_a_share_taken_first_comes_before_the_deductible():
    assert parts(line()) == {
        "out_of_area_upfront_amount": 2000, "deductible": 1000, "coinsurance_amount": 2100, "pooled_fund_amount": 4900,
    }


def test_points_off_the_rate_take_nothing_first():
    assert parts(line(RATE_POINTS, total="9500")) == {"deductible": 1500, "coinsurance_amount": 3200, "pooled_fund_amount": 4800}


def test_the_day_of_admission_picks_the_year_whose_table_holds_to_the_end_of_the_stay():
    before, after = (line(on=day, has_valid_filing=True) for day in (date(2024, 12, 31), date(2025, 1, 1)))
    assert parts(before) == {"deductible": 600, "coinsurance_amount": 1880, "pooled_fund_amount": 7520}
    assert parts(after) == {"deductible": 1000, "coinsurance_amount": 2700, "pooled_fund_amount": 6300}


def test_a_stay_before_the_first_table_is_not_computed_with_the_nearest():
    estimate = ask(on=date(2023, 12, 31))
    assert (estimate.outcome, estimate.lines) == (Outcome.NOT_IN_FORCE, ())


@pytest.mark.parametrize(("stay", "deductible"), [(1, 1000), (2, 1000), (3, 0)])
def test_only_the_stays_that_have_a_deductible_pay_one(stay, deductible):
    assert line(stay_in_year=stay).settlement.amount("deductible") == deductible


def test_a_third_stay_needs_no_published_deductible_where_the_third_has_none():
    assert line(hospital_level="primary", stay_in_year=3).missing == ()
    assert line(hospital_level="primary", stay_in_year=2).missing == ("deductible",)


@pytest.mark.parametrize(("treated", "deductible"), [(FAR, 1500), (NEAR["140100"], 1500), (RATE_POINTS, 800)])
def test_care_outside_the_area_has_its_own_deductible(treated, deductible):
    assert line(RATE_POINTS, treatment_region=treated).settlement.amount("deductible") == deductible


def test_without_a_place_the_outside_deductible_is_an_assumption_that_is_named():
    assert "outside" in line(RATE_POINTS, treatment_region=None).assumed


@pytest.mark.parametrize(("met", "due"), [("400", 600), ("1000", 0), ("1200", 0)])
def test_what_was_already_paid_of_the_deductible_is_not_charged_again(met, due):
    assert line(year=YearSoFar(deductible_met_amount=Decimal(met))).settlement.amount("deductible") == due


def test_a_level_nobody_told_gives_a_line_for_each_published_one_the_highest_first():
    lines = ask(hospital_level=None).lines
    assert [one.by for one in lines] == [{"hospital_level": "tertiary"}, {"hospital_level": "secondary"}]
    assert [one.settlement.patient_amount for one in lines] == [5100, 4000]


def test_a_level_without_a_deductible_is_at_least_and_one_without_a_rate_is_not_computed():
    one = line(hospital_level="primary")
    assert one.at_least and one.missing == ("deductible",) and one.settlement.amount("deductible") == 0
    assert ask(hospital_level="community").lines == ()


def test_a_second_stay_whose_deductible_is_not_stated_gives_both_ends():
    one = line(RATE_POINTS, stay_in_year=2, total="9500")
    assert (one.settlement.amount("deductible"), one.high.amount("deductible")) == (0, 1500)
    assert one.settlement.patient_amount < one.high.patient_amount and "second_stay" in one.assumed


def test_both_ends_that_are_alike_are_no_range():
    assert line(RATE_POINTS, stay_in_year=2, year=YearSoFar(deductible_met_amount=Decimal(1500))).high is None


def test_a_first_stay_that_nobody_told_of_is_an_assumption_that_is_named():
    assert "first_stay" in line().assumed
    assert "first_stay" not in line(stay_in_year=1).assumed


def test_a_share_no_document_gives_is_at_least_and_counted_as_nothing():
    one = line(RATE_POINTS, has_valid_filing=True)
    assert one.at_least and one.missing == ("share",) and one.settlement.amount("out_of_area_upfront_amount") == 0


def test_what_ifs_are_settled_anew_and_say_the_difference_exactly():
    estimate = ask()
    filed = next(other for other in estimate.what_ifs if other.id == "filed")
    assert filed.line.settlement.patient_amount == 3700 and filed.difference == 3700 - 5100
    for other in estimate.what_ifs:
        assert other.difference == other.line.settlement.patient_amount - estimate.lines[0].settlement.patient_amount


def test_no_what_if_compares_with_a_figure_that_is_not_known():
    assert "filed" not in {other.id for other in ask(RATE_POINTS).what_ifs}
    assert all(set(other.line.missing) == set() for other in ask().what_ifs)


def test_what_already_holds_is_no_what_if():
    ids = {other.id for other in ask(has_valid_filing=True).what_ifs}
    assert "filed" not in ids and "not_filed" in ids and "tertiary" not in ids


def test_several_lines_have_no_what_ifs():
    assert ask(hospital_level=None).what_ifs == ()


@pytest.mark.parametrize(("own", "expected"), [
    (OwnFigures(deductible=Decimal(2000)), {"out_of_area_upfront_amount": 2000, "deductible": 2000, "coinsurance_amount": 1800, "pooled_fund_amount": 4200}),
    (OwnFigures(rate=Decimal("0.5")), {"out_of_area_upfront_amount": 2000, "deductible": 1000, "coinsurance_amount": 3500, "pooled_fund_amount": 3500}),
    (OwnFigures(Decimal(0), Decimal(1)), {"out_of_area_upfront_amount": 2000, "pooled_fund_amount": 8000}),
])
def test_ones_own_figures_stand_in_for_the_tables_and_are_named(own, expected):
    one = line(own=own)
    assert parts(one) == expected and "own_figures" in one.assumed


def test_with_a_rate_of_ones_own_no_table_is_needed():
    one = line(scheme="resident", own=OwnFigures(Decimal(800), Decimal("0.6")))
    assert parts(one) == {"out_of_area_upfront_amount": 2000, "deductible": 800, "coinsurance_amount": 2880, "pooled_fund_amount": 4320}


def test_a_rate_of_ones_own_without_a_level_takes_no_levels_deductible_unsaid():
    lines = ask(hospital_level=None, own=OwnFigures(rate=Decimal("0.5"))).lines
    assert len(lines) > 1 or lines[0].missing == ("deductible",), "the deductible of 三级 was taken though nobody told the level"


def test_things_are_asked_one_after_the_other_the_table_before_the_share():
    told = {name: None for name in CASE}
    asked = [ask(None, sums={}, **told).ask, ask(None, **told).ask]
    for name in ("scheme", "has_valid_filing"):
        asked.append(ask(**told).ask)
        told = {**told, name: CASE[name]}
    assert asked == ["total_amount", "insured_region", "scheme", "has_valid_filing"]
    assert ask(**told).ask is None


def test_the_total_is_asked_for_before_the_facts_of_the_case():
    estimate = ask(sums={}, scheme=None, has_valid_filing=None)
    assert (estimate.outcome, estimate.ask) == (Outcome.NEEDS, "total_amount")


def test_what_the_person_does_not_know_is_not_asked_again_but_gives_a_line_for_each_way():
    estimate = ask(has_valid_filing=None, skipped=["has_valid_filing"])
    assert estimate.ask is None
    assert {one.by["has_valid_filing"]: one.settlement.patient_amount for one in estimate.lines} == {True: 3700, False: 5100}


def test_nothing_is_asked_where_asking_was_switched_off():
    lines = ask(has_valid_filing=None, hospital_level=None, asks=False).lines
    assert [tuple(one.by.values()) for one in lines] == [(True, "tertiary"), (True, "secondary"), (False, "tertiary"), (False, "secondary")]


def test_where_the_table_is_not_published_nothing_is_asked_or_computed():
    estimate = ask(scheme="resident", has_valid_filing=None)
    assert (estimate.outcome, estimate.ask, estimate.lines) == (Outcome.NOT_STATED, None, ())


def test_a_city_without_a_pack_is_never_given_anothers_figures():
    estimate = ask(NO_PACK)
    assert (estimate.outcome, estimate.lines, estimate.citations) == (Outcome.NO_PACK, (), ())


def test_care_other_than_in_hospital_is_not_computed_as_a_stay():
    assert ask(care_type="general_outpatient").lines == ()


@pytest.mark.parametrize("sums", [
    {"total_amount": "-1"}, {"total_amount": "两万五"}, {"total_amount": "1e12"}, {"total_amount": "NaN"}, {"total_amount": "1.001"},
    {"total_amount": "100", "non_covered_amount": "101"}, {"total_amount": "100", "in_scope_amount": "100.01"},
])
def test_sums_that_cannot_be_are_refused_before_anything_is_asked(sums):
    with pytest.raises(BadAmount, match="请"):
        ask(sums=sums, scheme=None, has_valid_filing=None)


def test_sums_nobody_told_stand_as_nothing_and_are_named():
    assert ask().untold == ("non_covered_amount", "class_b_upfront_amount")
    assert ask(sums={"total_amount": "10000", "non_covered_amount": "0", "class_b_upfront_amount": "0"}).untold == ()


def test_every_source_is_named_once():
    assert [citation.short_name for citation in ask().citations] == ["示例2023年办法", "示例2024年网页"]


def test_a_place_of_the_city_beyond_the_county_is_not_outside_it():
    """高邮 pools for itself, but the table is 扬州's: 1,500 is for care outside 扬州."""
    one = line("321084", treatment_region="321000", situation="referral", has_valid_filing=True, employment="working", on_packs=REAL)
    assert one.settlement.amount("deductible") == 800


def test_at_home_there_is_no_share_that_could_be_missing():
    one = line("321084", treatment_region="321084", employment="working", on_packs=REAL)
    assert one.missing == ()
