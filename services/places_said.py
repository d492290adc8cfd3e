"""Which place of a message is where someone is insured, where they filed, where they are treated.

What stands right beside a place decides (医保在威海, 去北京, 从杭州); then what the trained model saw; then
what is already known.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rules_engine import regions
from rules_engine.errors import NoPoolingCity

INSURED, TREATMENT = "insured", "treatment"
Mention = Mapping[str, Any]


def places_said(
    mentions: Sequence[Mention], known: Mapping[str, Any], asked: str | None, covered: Collection[str]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The facts about places that change, and the codes of a place whose name is shared and stays open.

    `covered`: pooling areas with a policy pack; a place of theirs is more likely the insured one.
    """
    places: dict[str, Any] = {}
    corrected = _corrected_role(mentions, known)
    for mention in (m for m in mentions if not m.get("denied")):
        codes = str(mention["value"]).split("|")
        role = corrected or _role(mention, codes, {**known, **places}, asked, covered)
        code = _one_of(codes, known, role)
        if code is None:
            return places, tuple(codes)
        _take(places, code, role, mention, known)
    return places, ()


def _corrected_role(mentions: Sequence[Mention], known: Mapping[str, Any]) -> str | None:
    """不是烟台，是大连: the place that is named instead takes the role of the one that is denied."""
    for denied in (str(m["value"]) for m in mentions if m.get("denied")):
        if known.get("treatment_region") == denied:
            return TREATMENT
        if known.get("insured_region") == denied:
            return INSURED
    return None


def _role(
    mention: Mention, codes: Sequence[str], known: Mapping[str, Any], asked: str | None, covered: Collection[str]
) -> str:
    if mention.get("insures"):
        return INSURED
    if mention.get("moves") or mention.get("leaves"):
        return TREATMENT
    insured = known.get("insured_region")
    if asked == "insured_region" and not insured:
        return INSURED
    if insured:  # only an outright word about insurance changes it
        return TREATMENT
    if _city(codes[0]) in covered:
        return INSURED
    if mention.get("role"):
        return str(mention["role"])
    is_city = all(regions.region(code).level != "province" for code in codes)
    return INSURED if asked is None and is_city else TREATMENT


def _take(places: dict[str, Any], code: str, role: str, mention: Mention, known: Mapping[str, Any]) -> None:
    """Puts one place where it belongs."""
    insured = places.get("insured_region") or known.get("insured_region")
    if role == INSURED:
        city = _city(code)
        if city and "insured_region" not in places:
            places["insured_region"] = city
        if mention.get("returns"):
            places["care_place"] = "home"
    elif mention.get("returns") and _is_in(code, insured):
        places["care_place"] = "home"
    elif insured and _is_its_province(code, insured):
        places["destination_scope"] = "cross_province" if mention.get("beyond") else "within_province"
    elif mention.get("leaves") and not _is_in(code, insured):
        places["filed_region"] = code
    elif "treatment_region" in places and "filed_region" not in places:
        places["filed_region"], places["treatment_region"] = places["treatment_region"], code
    elif not (mention.get("leaves") and _is_in(code, insured)):
        places["treatment_region"] = code


def _is_in(code: str, area: str | None) -> bool:
    return bool(area) and regions.is_within(code, str(area))


def _is_its_province(code: str, insured: str) -> bool:
    """Whether the place is the insured person's whole province: it tells the scope, not the city."""
    return insured != code and regions.region(code).level == "province" and regions.is_within(insured, code)


def _city(code: str) -> str | None:
    """The pooling city; None where only a province was said: its city is asked then."""
    try:
        return regions.pooling_city_of(code).code
    except NoPoolingCity:
        return None


def _one_of(codes: Sequence[str], known: Mapping[str, Any], role: str) -> str | None:
    """The place meant: the only one, or the only one that lies around a place already known."""
    if len(codes) == 1:
        return codes[0]
    anchor = known.get("insured_region" if role == INSURED else "treatment_region")
    near = [code for code in codes if anchor and (regions.is_within(code, anchor) or regions.is_within(anchor, code))]
    return near[0] if len(near) == 1 else None
