"""What every topic and every case have in common: an answer rests on a provision, or says why there is none."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from real_packs import PACKS

from rules_engine.decide import decide
from rules_engine.decision import Outcome
from rules_engine.errors import NoProvisionInForce, UnknownTopic
from rules_engine.facts import ALLOWED_VALUES, Facts, facts_from
from rules_engine.packs import PACKS_DIR, load

WEIHAI, YANTAI, BEIJING, HONG_KONG = "371000", "370600", "110000", "810000"
TODAY = date(2026, 11, 22)


def decided(topic, on=TODAY, **told):
    return decide(topic, facts_from({"insured_region": WEIHAI, **told}), on, PACKS)


def test_the_place_of_insurance_is_asked_for_first():
    decision = decide("share_borne", Facts(), TODAY, PACKS)
    assert (decision.outcome, decision.missing) == (Outcome.NEEDS, ("insured_region",))


def test_region_without_a_pack_is_never_answered_from_another_one():
    decision = decide("share_borne", facts_from({"insured_region": "320500", "situation": "referral"}), TODAY, PACKS)
    assert decision.outcome is Outcome.NO_PACK
    assert decision.value is None
    assert decision.citations == ()


def test_neighbour_of_a_county_that_pools_for_itself_is_not_in_its_pack():
    assert PACKS.area_of("321084") == "321084"
    assert {PACKS.area_of(code) for code in ("321000", "321003", "321023")} == {"321000"}


def test_unknown_topic_is_refused_with_the_topics_there_are():
    with pytest.raises(UnknownTopic, match="unknown topic 'weather'; use one of filing_needed, "):
        decided("weather")


def test_topic_without_a_provision_is_not_stated():
    bare = replace(PACKS, all_provisions={WEIHAI: PACKS.provisions(WEIHAI, "share_borne")})
    decision = decide("maternity", facts_from({"insured_region": WEIHAI}), TODAY, bare)
    assert (decision.outcome, decision.steps, decision.overview) == (Outcome.NOT_STATED, (), None)


def test_no_topic_is_without_a_word_anywhere():
    compared = {"cost_difference"}  # answered from the person's own settlement sheet, not by a provision
    assert {p.topic for found in PACKS.all_provisions.values() for p in found} == set(PACKS.topics) - compared


def test_rate_is_an_exact_decimal_with_its_clause():
    decision = decided("share_borne", situation="temporary_care")
    assert decision.value == Decimal("0.10")
    assert [str(c) for c in decision.citations] == [
        "威海市医疗保障局、威海市财政局关于优化参保人员异地就医政策有关问题的通知一（二）、一（三）（2021年12月）"
    ]


def test_date_before_the_first_version_is_refused_not_guessed():
    decision = decided("share_borne", date(2021, 12, 31), situation="temporary_care")
    assert (decision.outcome, decision.value) == (Outcome.NOT_IN_FORCE, None)
    assert decision.in_force_from == date(2022, 1, 1)
    assert [step.value for step in decision.steps] == [None]
    with pytest.raises(NoProvisionInForce, match="2021-12-31 没有生效版本"):
        PACKS.provision("weihai.share_borne.temporary_care").in_force(date(2021, 12, 31))


def test_overview_holds_while_a_fact_is_missing_and_is_cited():
    decision = decided("filing_needed")
    assert decision.outcome is Outcome.NEEDS
    assert decision.overview.provision == "weihai.filing_needed.overview"
    assert decision.citations == (decision.overview.citation,)


def test_overview_follows_what_is_known():
    assert decided("filing_needed", treatment_region=BEIJING).overview.provision.endswith("overview_cross_province")


def test_most_decisive_fact_is_asked_for_first():
    assert decided("share_borne", situation="long_term_residence").missing[0] == "has_valid_filing"


def test_nobody_is_asked_for_what_only_an_exception_needs():
    assert decided("referral").missing == ("destination_scope",)
    assert decided("filing_needed").missing == ("destination_scope", "situation")


def test_exception_goes_before_the_general_provision_once_its_facts_are_told():
    general = decided("referral", treatment_region=YANTAI)
    special = decided("referral", treatment_region=YANTAI, filed_region="370200")
    assert general.steps[0].provision == "weihai.referral.within_province"
    assert special.steps[0].provision == "weihai.referral.from_filed_place"


def test_day_of_confirmation_settles_the_limit_in_topics_that_only_depend_on_it():
    told = {"situation": "long_term_residence", "has_valid_filing": True, "care_place": "home", "has_residence_proof": False}
    decision = decided("share_borne", confirmed_on=date(2026, 9, 1), **told)
    assert decision.steps[0].provision == "weihai.share_borne.long_term_residence.home.without_proof"


@pytest.mark.parametrize("topic", ["filing_needed", "share_borne", "direct_settlement", "emergency", "referral"])
def test_care_outside_the_mainland_is_not_stated_rather_than_called_another_province(topic):
    decision = decided(topic, treatment_region=HONG_KONG, situation="temporary_care", has_valid_filing=True)
    assert (decision.outcome, decision.value) == (Outcome.NOT_STATED, None)


def test_topics_that_do_not_hang_on_the_place_answer_also_for_care_outside_the_mainland():
    assert decided("policy_source", treatment_region=HONG_KONG).outcome is Outcome.DECIDED


def any_facts():
    places = st.sampled_from([None, WEIHAI, "371082", YANTAI, "370000", BEIJING, "110105", HONG_KONG])
    told = {name: st.sampled_from([None, *values]) for name, values in ALLOWED_VALUES.items()}
    days = st.none() | st.dates(date(2021, 1, 1), date(2030, 12, 31))
    return st.fixed_dictionaries({
        "insured_region": st.just(WEIHAI), "treatment_region": places, "filed_region": places, "confirmed_on": days, **told,
    })


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(PACKS.topics)), any_facts(), st.dates(date(2021, 12, 1), date(2035, 1, 1)))
def test_every_case_gets_exactly_one_kind_of_decision_that_explains_itself(topic, told, on):
    decision = decide(topic, facts_from(told), on, PACKS)
    if on < date(2022, 1, 1):
        assert decision.outcome is Outcome.NOT_IN_FORCE
    if decision.outcome is Outcome.DECIDED:
        assert all(step.citation.article and step.wording.says for step in decision.steps)
        reasons = [step.provision for step in decision.steps[1:]]
        assert reasons in ([], ["weihai.long_term_definition.short_stay"])
    else:
        assert decision.value is None
    assert bool(decision.missing) == (decision.outcome is Outcome.NEEDS)
    assert not set(decision.missing) & facts_from(told).known().keys() - {"situation"}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(PACKS.topics)), any_facts())
def test_telling_each_missing_fact_leads_to_an_answer(topic, told):
    """The dialogue asks for the first missing fact, again and again: it must come to an end."""
    for _ in range(len(ALLOWED_VALUES)):
        decision = decide(topic, facts_from(told), TODAY, PACKS)
        if decision.outcome is not Outcome.NEEDS:
            break
        told |= {decision.missing[0]: ALLOWED_VALUES[decision.missing[0]][-1]}
    assert decision.outcome is not Outcome.NEEDS


def test_after_the_last_version_ended_the_answer_is_not_in_force_rather_than_not_stated(tmp_path):
    shutil.copytree(PACKS_DIR, tmp_path / "packs")
    pack = tmp_path / "packs/regions/371000_weihai/commitment.yml"
    pack.write_text(pack.read_text().replace("effective_to: null", "effective_to: 2025-12-31"))
    decision = decide("commitment", facts_from({"insured_region": WEIHAI}), date(2026, 1, 1), load(tmp_path / "packs"))
    assert (decision.outcome, decision.in_force_to) == (Outcome.NOT_IN_FORCE, date(2025, 12, 31))


def test_a_version_may_rest_on_a_newer_document_than_its_pack(tmp_path):
    shutil.copytree(PACKS_DIR, tmp_path / "packs")
    folder = tmp_path / "packs/regions/371000_weihai"
    with (folder / "documents.yml").open("a") as documents:
        documents.write("  later:\n    title: 后来的通知\n    short_name: 后来的通知\n    issued_on: 2026-01-01\n"
                        "    in_force_from: 2026-01-01\n")
    pack = folder / "commitment.yml"
    pack.write_text(pack.read_text().replace("citation: {", "citation: {document: later, "))
    decision = decide("commitment", facts_from({"insured_region": WEIHAI}), date(2026, 2, 1), load(tmp_path / "packs"))
    assert decision.citations[0].document == "后来的通知"
