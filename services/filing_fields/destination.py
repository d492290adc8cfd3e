"""The city a person will live in, from its name or code."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rules_engine import regions
from rules_engine.errors import NoPoolingCity, UnknownRegion
from rules_engine.regions import Region
from services.filing_fields.asked import Asked
from services.filing_fields.typed_text import tidy
from services.filing_records import FieldProblem

Option = tuple[str, str]


def check_treatment_region(raw: str, asked: Asked) -> str:
    """The code of the city (or municipality) that the place lies in, or of a province that counts as a whole."""
    insured_region = asked.insured_region
    places = _elsewhere(_meant(tidy(raw)), insured_region)
    if not places:
        raise _problem("treatment_region_unknown")
    options = _options(places)
    if len(options) > 1:
        raise _problem("treatment_region_ambiguous", options=options)
    place = places[0]
    shown = regions.display_name(place.code)
    if not regions.is_mainland(place.code):
        raise _problem("treatment_region_outside_mainland", region=shown)
    whole = next((code for code in asked.kind.province_level if regions.is_within(place.code, code)), None)
    city = regions.region(whole) if whole else _city(place)
    if city is None:
        raise _problem("treatment_region_only_province", province=place.code, region=shown)
    if regions.is_within(city.code, insured_region):
        raise _problem(
            "treatment_region_inside_pooling_area",
            region=shown,
            insured_region=regions.display_name(insured_region),
        )
    if regions.destination_scope(insured_region, city.code) not in asked.kind.place_scope:
        raise _problem("treatment_region_within_province", region=shown)
    return city.code


def _meant(text: str) -> list[Region]:
    if re.fullmatch(r"\d{6}", text):
        try:
            return [regions.region(text)]
        except UnknownRegion:
            return []
    named = regions.named(text)
    return list(named) or [place for mention in regions.find_in(text) for place in mention.regions]


def _elsewhere(places: list[Region], insured_region: str) -> list[Region]:
    """Without the insured person's own area where another place was named: 从威海去青岛."""
    away = [place for place in places if not regions.is_within(place.code, insured_region)]
    return away or places


def _options(places: Iterable[Region]) -> tuple[Option, ...]:
    """One choice per city; a province beside its cities stays one (吉林: province or city?)."""
    first_by_city: dict[str, Option] = {}
    for place in places:
        city = _city(place) or place
        first_by_city.setdefault(city.code, (place.code, regions.display_name(place.code)))
    return tuple(first_by_city.values())


def _city(place: Region) -> Region | None:
    try:
        return regions.pooling_city_of(place.code)
    except NoPoolingCity:
        return None


def _problem(code: str, **details: object) -> FieldProblem:
    return FieldProblem(code, field="treatment_region", **details)
