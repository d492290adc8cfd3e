"""What is known of a case, and what follows from it."""

from datetime import date

import pytest

from rules_engine.errors import UnknownFact
from rules_engine.facts import UNKNOWN, Facts, agrees, completed, facts_from

WEIHAI, RONGCHENG, YANTAI, ZHIFU, LAISHAN = "371000", "371082", "370600", "370602", "370613"
SHANDONG, BEIJING, CHAOYANG = "370000", "110000", "110105"


def case(**told):
    return completed(facts_from({"insured_region": WEIHAI, **told}))


def test_a_fact_nobody_told_is_unknown_and_counts_as_false_only_for_python():
    facts = Facts()
    assert facts.situation is UNKNOWN
    assert not facts.situation
    assert facts.known() == {}


def test_none_counts_as_untold():
    assert facts_from({"situation": None, "has_valid_filing": False}).known() == {"has_valid_filing": False}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"weather": "rain"}, "unknown fact 'weather'; use one of insured_region, "),
        ({"situation": "holiday"}, "unknown fact 'situation=holiday'; use one of long_term_residence, "),
        ({"has_valid_filing": "是"}, "unknown fact 'has_valid_filing=是'; use one of True, False"),
    ],
)
def test_strange_name_or_value_is_refused_with_what_would_do(values, message):
    with pytest.raises(UnknownFact, match=message):
        facts_from(values)


def test_strange_name_is_refused_when_asked_for():
    with pytest.raises(UnknownFact, match="weather"):
        Facts().get("weather")


@pytest.mark.parametrize(
    ("treated", "scope"),
    [(RONGCHENG, "within_pooling_area"), (WEIHAI, "within_pooling_area"), (YANTAI, "within_province"), (BEIJING, "cross_province")],
)
def test_scope_follows_from_two_places(treated, scope):
    assert case(treatment_region=treated).destination_scope == scope


def test_scope_stays_open_when_only_the_own_province_is_known():
    assert case(treatment_region=SHANDONG).destination_scope is UNKNOWN


def test_scope_that_was_told_is_kept_when_no_place_is_known():
    assert case(destination_scope="within_province").destination_scope == "within_province"


def test_place_wins_over_a_scope_that_was_told():
    assert case(treatment_region=BEIJING, destination_scope="within_province").destination_scope == "cross_province"


def test_care_within_the_pooling_area_is_care_at_home():
    assert case(treatment_region=RONGCHENG, filed_region=YANTAI).care_place == "home"
    assert case(destination_scope="within_pooling_area").care_place == "home"


@pytest.mark.parametrize(
    ("filed", "treated", "place"),
    [
        (YANTAI, YANTAI, "filed_place"),
        (YANTAI, ZHIFU, "filed_place"),
        (ZHIFU, LAISHAN, "filed_place"),  # a filing holds for the city
        (CHAOYANG, BEIJING, "filed_place"),
        (YANTAI, BEIJING, "third_place"),
        (BEIJING, YANTAI, "third_place"),
        (YANTAI, SHANDONG, UNKNOWN),  # which city of the province is not known
    ],
)
def test_place_of_care_follows_from_the_filed_place(filed, treated, place):
    assert case(filed_region=filed, treatment_region=treated).care_place == place


def test_place_of_care_that_was_told_is_kept_when_the_filed_place_is_not_known():
    assert case(treatment_region=BEIJING, care_place="filed_place").care_place == "filed_place"


def test_condition_on_the_wider_situation_holds_for_each_narrower_one():
    assert agrees("temporary_care", "referral")
    assert agrees(["long_term_residence", "temporary_care"], "emergency_treatment")
    assert not agrees("referral", "temporary_care")
    assert not agrees("temporary_care", "long_term_residence")


def test_the_day_of_confirmation_is_kept_as_it_is():
    assert case(confirmed_on=date(2026, 3, 10)).confirmed_on == date(2026, 3, 10)
