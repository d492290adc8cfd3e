"""What is known of one person's case. What nobody has told us is UNKNOWN, never a default."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from rules_engine import regions
from rules_engine.errors import UnknownFact


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
}


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
    """The same case with what follows from it: the scope from two places, the place of care from three."""
    known: dict[str, Any] = {}
    insured, treated, filed = facts.insured_region, facts.treatment_region, facts.filed_region
    if isinstance(insured, str) and isinstance(treated, str):
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
    scope = regions.destination_scope(filed, treated)
    if scope is None:
        return UNKNOWN
    return "filed_place" if scope == "within_pooling_area" else "third_place"


def agrees(wanted: Any, value: Any) -> bool:
    """Whether a known value meets a pack's condition (one value, a list of them, or a wider situation)."""
    accepted = wanted if isinstance(wanted, (list, tuple)) else (wanted,)
    return any(value == one or value in NARROWER_SITUATIONS.get(one, ()) for one in accepted)
