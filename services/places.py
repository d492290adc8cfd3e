"""Places to choose from, as a page's picker wants them."""

from functools import cache
from typing import Any

from rules_engine import regions


@cache
def provinces_and_cities() -> dict[str, Any]:
    """Every mainland province with its cities; a municipality is its own only city."""
    divisions = [r for r in regions.all_regions() if regions.is_mainland(r.code)]
    cities: dict[str, list[dict[str, str]]] = {}
    for division in divisions:
        if division.level == "prefecture" or division.code in regions.MUNICIPALITIES or _is_run_by_province(division):
            cities.setdefault(regions.province_of(division.code).code, []).append(_row(division))
    provinces = [r for r in divisions if r.level == "province"]
    return {"provinces": [{**_row(p), "cities": cities.get(p.code, [])} for p in provinces]}


def _is_run_by_province(division: regions.Region) -> bool:
    if division.level != "county" or regions.province_of(division.code).code in regions.MUNICIPALITIES:
        return False
    return regions.region(division.parent_code).level == "province"


def _row(division: regions.Region) -> dict[str, str]:
    return {"code": division.code, "name": division.name}
