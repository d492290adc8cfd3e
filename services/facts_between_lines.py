"""What follows from the facts of a message without being said: place of care, household, kind of stay."""

from collections.abc import Mapping, Sequence
from typing import Any

from rules_engine import regions
from services.places_said import Areas, is_in

LONG_TERM = "long_term_residence"
EMERGENCY = "emergency_treatment"
LESS_URGENT = frozenset({"temporary_care", "self_arranged"})
LONG_STAY_MONTHS = 6  # a reading that is told back; whether it is long enough is the region's to say
ABOUT_CARE = frozenset({
    "filing_needed", "share_borne", "materials", "filing_steps", "direct_settlement", "filing_eligibility",
    "cost_estimate",
})


def settle_emergency(entities: Sequence[Mapping[str, Any]], facts: dict[str, Any]) -> None:
    """An emergency on a trip, or away from where somebody lives and has filed, is one, whatever else is told."""
    is_told = any(e["entity"] == "situation" and e["value"] == EMERGENCY for e in entities)
    is_elsewhere = facts.get("filed_region") not in (None, facts.get("treatment_region"))
    situation = facts.get("situation")
    if is_told and (situation in LESS_URGENT or (situation == LONG_TERM and is_elsewhere)):
        facts["situation"] = EMERGENCY


def settle_household(
    facts: dict[str, Any], known: Mapping[str, Any], mentions: Sequence[Mapping[str, Any]], areas: Areas
) -> None:
    """户口还在江西: whether the household is registered where the person is insured, if both places are told."""
    named = (str(m["value"]) for m in mentions if m.get("household") and not m.get("denied"))
    registered, insured = next(named, None), facts.get("insured_region") or known.get("insured_region")
    if registered and insured and not any(is_in(insured, code) for code in registered.split("|") if code != insured):
        facts.setdefault("has_local_household", any(areas.of(code) == insured for code in registered.split("|")))


def is_taken_for_insured(
    mentions: Sequence[Mapping[str, Any]], facts: Mapping[str, Any], known: Mapping[str, Any]
) -> bool:
    """Whether a place was taken for the insured one without a word of insurance: 那杭州呢, on the way to 北京.

    Who presses a city says no place but that it is the insured one.
    """
    is_changed = facts.get("insured_region") not in (None, known.get("insured_region"))
    said_so = not mentions or any(m.get(cue) for m in mentions for cue in ("insures", "own"))
    return bool(is_changed and known.get("insured_region") and known.get("treatment_region") and not said_so)


def is_at_home(known: Mapping[str, Any]) -> bool:
    """Whether the place of care spoken of so far is the insured person's own city."""
    insured, treated = known.get("insured_region"), known.get("treatment_region")
    at_home = known.get("care_place") == "home" or known.get("destination_scope") == "within_pooling_area"
    return at_home or bool(insured and treated and regions.is_within(treated, insured))


def leave_the_last_stay(facts: dict[str, Any], known: Mapping[str, Any]) -> None:
    """What happened in one place says nothing of care in the next: 那要是去苏州看呢."""
    before, now = known.get("treatment_region"), facts.get("treatment_region")
    if before and now and not is_in(str(now), str(before)) and not is_in(str(before), str(now)):
        told_there = [name for name in ("was_settled", "care_stage") if known.get(name) is not None]
        facts.update({name: None for name in told_there if name not in facts})


def settle_scope(facts: dict[str, Any]) -> None:
    """A newly named place takes back the scope said before, a newly said scope the place."""
    if "treatment_region" in facts:
        facts.setdefault("destination_scope", None)
        facts.setdefault("care_place", None)
    elif facts.get("destination_scope"):
        facts["treatment_region"] = None
        facts.setdefault("care_place", None)


def _stays_long(entities: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a place is told with how long, 去上海八个月; not 怀孕7个月，到上海."""
    first_place = next((e["start"] for e in entities if e["entity"] == "region"), None)
    spans = (e for e in entities if e["entity"] == "months" and first_place is not None and e["start"] > first_place)
    return any(int(e["value"]) >= LONG_STAY_MONTHS for e in spans)


def read_between(
    entities: Sequence[Mapping[str, Any]], facts: dict[str, Any], known: Mapping[str, Any], topic: str | None
) -> tuple[str, ...]:
    """Readings that are told back to the person: going somewhere is a temporary stay, or a long one if they say so."""
    assumed: list[str] = []
    situation = facts.get("situation") or known.get("situation")
    for_care = any(e["entity"] == "care_visit" for e in entities)
    is_visit = for_care or any(e.get("moves") for e in entities)
    is_visit = is_visit and bool(facts.get("treatment_region")) and not facts.get("filed_region")
    # 去深圳实习半年: whether a student's stay is a long one is the region's to say
    is_students = topic == "filing_eligibility" and "university_student" in (
        facts.get("person_group"), known.get("person_group")
    )
    if is_visit and situation is None and topic in ABOUT_CARE and not is_students:
        says_long = any(e["entity"] == "stays_long_enough" and e["value"] in (True, "true") for e in entities)
        is_long = (says_long or _stays_long(entities)) and not for_care
        facts["situation"] = LONG_TERM if is_long else "temporary_care"
        assumed.append("assumed_long_term" if is_long else "assumed_temporary")
    is_filed = facts.get("has_valid_filing") and situation == LONG_TERM
    if is_filed and facts.get("treatment_region") and not facts.get("filed_region") and not known.get("filed_region"):
        facts["filed_region"] = facts["treatment_region"]
        assumed.append("assumed_filed_place")
    return tuple(assumed)
