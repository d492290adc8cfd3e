"""What one message tells of the case: closed entities in, changes of the known facts out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules_engine import regions
from rules_engine.errors import NoPoolingCity
from rules_engine.facts import Facts, facts_from

# Facts that stay with a person through a conversation; all are slots of the same name.
CASE_FACTS = (
    "insured_region", "treatment_region", "filed_region", "destination_scope", "situation", "care_place",
    "has_valid_filing", "has_residence_proof", "is_within_change_limit", "stays_long_enough", "confirmed_on",
)
BOOLEAN_FACTS = frozenset(
    {"has_valid_filing", "has_residence_proof", "is_within_change_limit", "stays_long_enough"}
)
# Topics in which a date or a span of months speaks of the filing's confirmation, not of the visit.
ABOUT_THE_FILING = frozenset({"change", "cancel_filing", "return_home", "start_date", "validity"})
ABOUT_CARE = frozenset({"filing_needed", "share_borne", "materials", "filing_steps", "direct_settlement"})
GOES_THERE = re.compile(r"[去到上往来].{0,12}$")
LEAVES_FROM = re.compile(r"[从由打]$")
COMES_BACK = re.compile(r"回(?:到|来|去)?$")


@dataclass(frozen=True)
class Told:
    """The facts to change (None takes one back), and what the person said they don't know."""

    facts: Mapping[str, Any]
    ambiguous: tuple[str, ...] = ()  # codes of places that bear the name that was said
    says_unknown: bool = False
    assumed: tuple[str, ...] = ()
    visit_day_said: str | None = None


def told(
    entities: Sequence[Mapping[str, Any]], known: Mapping[str, Any], topic: str | None, asked: str | None
) -> Told:
    """What a message's entities say, given what is known and which fact was asked for last."""
    facts = _plain_facts(entities, topic, asked)
    places, ambiguous = _places(entities, known, asked)
    facts = {**places, **facts} if "destination_scope" in facts else facts | places
    _settle_scope(facts)
    assumed = _read_between(entities, facts, known, topic)
    said = {e["entity"] for e in entities}
    date_said = next((e["value"] for e in entities if e["entity"] == "date"), None)
    return Told(facts, ambiguous, "unknown" in said, assumed, date_said)


def _plain_facts(entities: Sequence[Mapping[str, Any]], topic: str | None, asked: str | None) -> dict[str, Any]:
    """Facts said outright. Spans of months mean the filing's age or the stay, as the talk goes."""
    about_stay = asked == "stays_long_enough"
    about_filing = asked == "is_within_change_limit" or (topic in ABOUT_THE_FILING and not about_stay)
    facts: dict[str, Any] = {}
    for entity in entities:
        name, value = entity["entity"], entity["value"]
        if name not in CASE_FACTS or name in facts:
            continue
        if (name == "is_within_change_limit" and not about_filing) or (name == "stays_long_enough" and not about_stay):
            continue
        facts[name] = value in (True, "true") if name in BOOLEAN_FACTS else value
    if facts.get("situation") == "long_term_residence" and asked == "stays_long_enough":
        facts.pop("situation")
    return facts


def _places(
    entities: Sequence[Mapping[str, Any]], known: Mapping[str, Any], asked: str | None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Insured, filed and treatment place from the places named; and the codes of one that stays open."""
    mentions = [e for e in entities if e["entity"] == "region"]
    places: dict[str, Any] = {}
    for mention in mentions:
        codes = str(mention["value"]).split("|")
        role = mention.get("role") or _role_without_a_cue(places, known, asked, codes)
        code = _one_of(codes, known, role)
        if code is None:
            return places, tuple(codes)
        if role == "insured" and places.get("insured_region", code) == code:
            places |= _insured_city(code)
        elif role == "insured" and regions.is_within(code, places["insured_region"]):
            continue  # 威海荣成的医保: a district of the city that was named
        elif _is_own_province(code, {**known, **places}):
            places["destination_scope"] = "cross_province" if mention.get("beyond") else "within_province"
        elif "treatment_region" in places and "filed_region" not in places:
            places["filed_region"] = places["treatment_region"]
            places["treatment_region"] = code
        else:
            places["treatment_region"] = code
    return places, ()


def _is_own_province(code: str, case: Mapping[str, Any]) -> bool:
    """Whether the place is the insured person's whole province: it tells the scope, not the city."""
    insured = case.get("insured_region")
    return bool(insured) and regions.region(code).level == "province" and regions.is_within(str(insured), code) \
        and insured != code


def _insured_city(code: str) -> dict[str, Any]:
    """The pooling city as insured place; nothing where only a province was said: its city is asked then."""
    try:
        return {"insured_region": regions.pooling_city_of(code).code}
    except NoPoolingCity:
        return {}


def _role_without_a_cue(
    places: Mapping[str, Any], known: Mapping[str, Any], asked: str | None, codes: Sequence[str]
) -> str:
    if asked == "insured_region":
        return "insured"
    nothing_known = not known.get("insured_region") and "insured_region" not in places
    is_city = all(regions.region(code).level != "province" for code in codes)
    return "insured" if nothing_known and is_city and asked is None else "treatment"


def _one_of(codes: Sequence[str], known: Mapping[str, Any], role: str) -> str | None:
    """The place meant: the only one, or the only one that lies around a place already known."""
    if len(codes) == 1:
        return codes[0]
    anchor = known.get("insured_region" if role == "insured" else "treatment_region")
    near = [code for code in codes if anchor and (regions.is_within(code, anchor) or regions.is_within(anchor, code))]
    return near[0] if len(near) == 1 else None


def _settle_scope(facts: dict[str, Any]) -> None:
    """A newly named place takes back the scope said before, a newly said scope the place."""
    if "treatment_region" in facts:
        facts.setdefault("destination_scope", None)
        facts.setdefault("care_place", None)
    elif facts.get("destination_scope"):
        facts["treatment_region"] = None
        facts.setdefault("care_place", None)


def _read_between(
    entities: Sequence[Mapping[str, Any]], facts: dict[str, Any], known: Mapping[str, Any], topic: str | None
) -> tuple[str, ...]:
    """Readings that are told back to the person: going somewhere for care is a temporary stay."""
    assumed: list[str] = []
    situation = facts.get("situation") or known.get("situation")
    goes_for_care = any(e["entity"] == "care_visit" for e in entities) and bool(facts.get("treatment_region"))
    if goes_for_care and situation is None and topic in ABOUT_CARE:
        facts["situation"] = "temporary_care"
        assumed.append("assumed_temporary")
    is_filed = facts.get("has_valid_filing") and situation == "long_term_residence"
    if is_filed and facts.get("treatment_region") and not facts.get("filed_region") and not known.get("filed_region"):
        facts["filed_region"] = facts["treatment_region"]
        assumed.append("assumed_filed_place")
    return tuple(assumed)


def facts_of(case: Mapping[str, Any]) -> Facts:
    """The engine's facts from stored values (None: untold; days as ISO text). Raises UnknownFact."""
    values = dict(case)
    if values.get("confirmed_on"):
        values["confirmed_on"] = date.fromisoformat(values["confirmed_on"])
    return facts_from(values)


def visit_day(said: str, today: date) -> date | None:
    """The day (or the first day of the month or year) that an expression names; None if unreadable."""
    text = said
    for word, years in (("前年", 2), ("去年", 1), ("今年", 0)):
        text = text.replace(word, f"{today.year - years}年")
    digits = str.maketrans("零〇一二三四五六七八九两", "001234567892")
    text = re.sub(r"^[零〇一二三四五六七八九两]{4}", lambda m: m[0].translate(digits), text)
    year = re.match(r"((?:20)?\d{2})[年\-/.]", text)
    if not year:
        return None
    numbers = [_small_number(n) for n in re.findall(r"\d+|[一二三四五六七八九十]+", text[year.end():])]
    full_year = int(year[1]) if len(year[1]) == 4 else 2000 + int(year[1])
    month = numbers[0] if numbers else 1
    day = numbers[1] if len(numbers) > 1 else 1
    try:
        return date(full_year, month, day)
    except ValueError:
        return None


def _small_number(said: str) -> int:
    if said.isdigit():
        return int(said)
    tens, _, ones = said.rpartition("十") if "十" in said else ("", "", said)
    value = "一二三四五六七八九".find(ones) + 1
    return value + 10 * ("一二三四五六七八九".find(tens) + 1 or 1) if "十" in said else value
