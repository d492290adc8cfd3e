"""What is known of one person's case. What nobody has told us is UNKNOWN, never a default."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from rules_engine import regions
from rules_engine.errors import NoPoolingCity, UnknownFact


class Unknown(Enum):
    """The mark of a fact that nobody has told us."""

    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        return False


UNKNOWN = Unknown.UNKNOWN

# A pack's condition may name the wider situation; it then holds for each narrower one.
NARROWER_SITUATIONS: Mapping[str, tuple[str, ...]] = {
    "temporary_care": ("referral", "self_arranged", "emergency_treatment"),
}

ALLOWED_VALUES: Mapping[str, tuple[Any, ...]] = {
    "destination_scope": ("within_pooling_area", "within_province", "cross_province"),
    "situation": (
        "long_term_residence", "temporary_care",
        "referral", "self_arranged", "emergency_treatment",
    ),
    "care_place": ("filed_place", "home", "third_place"),
    "has_valid_filing": (True, False),
    "has_residence_proof": (True, False),
    "is_within_change_limit": (True, False),
    "stays_long_enough": (True, False),
    "care_type": ("inpatient", "general_outpatient", "chronic_special_disease"),
    "care_stage": ("before_treatment", "in_hospital", "discharged"),
    "was_settled": (True, False),
    "institution": ("networked", "designated", "not_designated"),
    "person_group": ("university_student", "flexible_worker", "individual_business", "child", "other"),
    "has_local_household": (True, False),
    "drug_kind": ("national_negotiated", "prescription", "over_the_counter"),
    "third_party": ("none", "liable", "unclear"),
    "scheme": ("employee", "resident"),
    "employment": ("working", "retired"),
    "benefit_tier": ("tier_one", "tier_two"),
    "hospital_level": ("community", "primary", "secondary", "tertiary"),
    "class_b_item": ("ct", "mri", "tylenol"),  # the examples a document prints
    "stay_in_year": (1, 2, 3),  # 3: the third or a later one
}
REGION_FACTS = frozenset({"insured_region", "treatment_region", "filed_region"})


@dataclass(frozen=True)
class Facts:
    """One case. Regions are six-digit codes; the rest as in ALLOWED_VALUES."""

    insured_region: str | Unknown = UNKNOWN
    treatment_region: str | Unknown = UNKNOWN
    filed_region: str | Unknown = UNKNOWN
    destination_scope: str | Unknown = UNKNOWN
    situation: str | Unknown = UNKNOWN
    care_place: str | Unknown = UNKNOWN
    has_valid_filing: bool | Unknown = UNKNOWN
    has_residence_proof: bool | Unknown = UNKNOWN
    is_within_change_limit: bool | Unknown = UNKNOWN
    stays_long_enough: bool | Unknown = UNKNOWN
    care_type: str | Unknown = UNKNOWN
    care_stage: str | Unknown = UNKNOWN
    was_settled: bool | Unknown = UNKNOWN
    institution: str | Unknown = UNKNOWN
    person_group: str | Unknown = UNKNOWN
    has_local_household: bool | Unknown = UNKNOWN
    drug_kind: str | Unknown = UNKNOWN
    third_party: str | Unknown = UNKNOWN
    scheme: str | Unknown = UNKNOWN
    employment: str | Unknown = UNKNOWN
    benefit_tier: str | Unknown = UNKNOWN
    hospital_level: str | Unknown = UNKNOWN
    class_b_item: str | Unknown = UNKNOWN
    stay_in_year: int | Unknown = UNKNOWN
    confirmed_on: date | Unknown = UNKNOWN
    months_since_confirmation: int | Unknown = UNKNOWN
    stay_months: int | Unknown = UNKNOWN

    def get(self, name: str) -> Any:
        """The fact's value, UNKNOWN when nobody told us. Raises UnknownFact for another name."""
        if name not in FACT_NAMES:
            raise UnknownFact(name, FACT_NAMES)
        return getattr(self, name)

    def known(self) -> dict[str, Any]:
        """Only what has been told."""
        return {name: self.get(name) for name in FACT_NAMES if self.get(name) is not UNKNOWN}


FACT_NAMES = tuple(field.name for field in fields(Facts))


def facts_from(values: Mapping[str, Any]) -> Facts:
    """Facts from plain values (None counts as untold). Raises UnknownFact for a strange name or value."""
    told = {name: value for name, value in values.items() if value is not None}
    for name, value in told.items():
        if name not in FACT_NAMES:
            raise UnknownFact(name, FACT_NAMES)
        allowed = ALLOWED_VALUES.get(name)
        if allowed and value is not UNKNOWN and value not in allowed:
            raise UnknownFact(f"{name}={value}", allowed)
    return Facts(**told)


def completed(facts: Facts) -> Facts:
    """The same case with what follows from it: the scope from two places, the place of care from three.

    The insured region must be a pooling area (PackSet.area_of).
    """
    known: dict[str, Any] = {}
    insured, treated, filed = facts.insured_region, facts.treatment_region, facts.filed_region
    if isinstance(insured, str) and isinstance(treated, str) and insured != regions.NATIONAL:
        scope = regions.destination_scope(insured, treated)
        if scope:
            known["destination_scope"] = scope
    if known.get("destination_scope", facts.destination_scope) == "within_pooling_area":
        known["care_place"] = "home"
    elif isinstance(filed, str) and isinstance(treated, str):
        known["care_place"] = _care_place(filed, treated)
    return replace(facts, **known)


def _care_place(filed: str, treated: str) -> str | Unknown:
    """A filing holds for the whole city, so any of its counties is the filed place; another city is a third place."""
    if regions.is_within(treated, filed):
        return "filed_place"
    try:
        city = regions.pooling_city_of(filed).code
    except NoPoolingCity:  # filed for a whole province (海南, 西藏), treated outside it
        return "third_place"
    if regions.is_within(treated, city):
        return "filed_place"
    # only the province that both lie in was said, or else somewhere outside the filed city
    return UNKNOWN if regions.is_within(city, treated) else "third_place"


def agrees(wanted: Any, value: Any) -> bool:
    """Whether a known value meets a pack's condition: one value, a list, a wider situation, a place around it."""
    accepted = wanted if isinstance(wanted, (list, tuple)) else (wanted,)
    return any(value == one or _is_narrower(value, one) for one in accepted)


def _is_narrower(value: Any, wanted: Any) -> bool:
    if value in NARROWER_SITUATIONS.get(wanted, ()):
        return True
    return is_region_code(wanted) and is_region_code(value) and regions.is_within(value, wanted)


def is_region_code(value: Any) -> bool:
    """Whether the value is a place: of all values only places are written as six digits."""
    return isinstance(value, str) and len(value) == 6 and value.isdigit()
