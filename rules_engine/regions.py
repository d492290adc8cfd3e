"""The administrative divisions of China: what a code stands for, and what lies within what.

The table is division_data/divisions.csv (its SOURCE.md says where it comes from).
How people write the names is the business of division_names.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from rules_engine.division_names import NameTable
from rules_engine.errors import NoPoolingCity, UnknownRegion

TABLE = Path(__file__).resolve().parent / "division_data" / "divisions.csv"
MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))
OUTSIDE_MAINLAND = frozenset(("710000", "810000", "820000"))
NATIONAL = "000000"  # the whole country: a layer of policy, not a division
NATIONAL_NAME = "全国"
LEVELS = ("province", "prefecture", "county")

Level = Literal["province", "prefecture", "county"]
DestinationScope = Literal["within_pooling_area", "within_province", "cross_province"]


@dataclass(frozen=True, slots=True)
class Region:
    """One division; `parent_code` is "" for a province."""

    code: str
    name: str
    short_name: str
    level: Level
    parent_code: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a place; several regions where the name alone cannot tell."""

    start: int
    end: int
    text: str
    regions: tuple[Region, ...]


def region(code: str) -> Region:
    """The division with this six-digit code.

    Raises UnknownRegion.
    """
    found = _regions().get(code)
    if found is None:
        raise UnknownRegion(code)
    return found


def province_of(code: str) -> Region:
    """The province, municipality or autonomous region that the division lies in, or is."""
    return _chain(code)[0]


def pooling_city_of(code: str) -> Region:
    """The place whose fund pools: the prefecture-level city, or the municipality as a whole.

    A county run by its province directly (济源, 仙桃, 石河子) answers for itself, and so
    do 香港, 澳门 and 台湾. Administrative, not policy: whether a province pools as a whole
    is for its pack to say. Raises UnknownRegion, NoPoolingCity for a province.
    """
    chain = _chain(code)
    if chain[0].code in MUNICIPALITIES | OUTSIDE_MAINLAND:
        return chain[0]
    if len(chain) == 1:
        raise NoPoolingCity(chain[0].name)
    return chain[1]


def is_within(code: str, ancestor_code: str) -> bool:
    """Whether the first division is the second or lies in it. Raises UnknownRegion."""
    return region(ancestor_code) in _chain(code)


def is_mainland(code: str) -> bool:
    """False for 香港, 澳门 and 台湾, where mainland insurance does not settle."""
    return province_of(code).code not in OUTSIDE_MAINLAND


def destination_scope(area_code: str, treatment_code: str) -> DestinationScope | None:
    """How far the treatment is from a pooling area; None when only the province around both is known.

    A county that pools for itself (高邮) is its own area: the rest of its city lies outside. 香港, 澳门 and
    台湾 count as another province here: ask `is_mainland` first.
    """
    if province_of(area_code) != province_of(treatment_code):
        return "cross_province"
    if is_within(treatment_code, area_code):
        return "within_pooling_area"
    return None if treatment_code == province_of(area_code).code else "within_province"


def display_name(code: str) -> str:
    """The name with all that it lies in, such as 山东省威海市荣成市 or 北京市朝阳区; 全国 for NATIONAL."""
    if code == NATIONAL:
        return NATIONAL_NAME
    return "".join(part.name for part in _chain(code))


def short_name(code: str) -> str:
    """The name people use, such as 威海; 全国 for NATIONAL. Raises UnknownRegion."""
    return NATIONAL_NAME if code == NATIONAL else region(code).short_name


def all_regions() -> tuple[Region, ...]:
    """Every division in the order of the codes."""
    return tuple(_regions().values())


def named(text: str) -> tuple[Region, ...]:
    """All divisions that a name on its own can mean, larger ones first; () when none.

    Meant for an answer to "which place?", so a bare 和平 is taken for a name here,
    and 江苏徐州鼓楼区 for the one place that it is.
    """
    return _as_regions(_names().codes_named(text))


def find_in(text: str) -> tuple[Mention, ...]:
    """The places that a sentence mentions, from left to right; nested names become one mention."""
    return tuple(
        Mention(span.start, span.end, text[span.start : span.end], _as_regions(span.codes))
        for span in _names().spans(text)
    )


def all_names() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every name that find_in accepts by itself, with the codes that it can mean."""
    return iter(_names().accepted_alone.items())


def _chain(code: str) -> tuple[Region, ...]:
    here = region(code)
    return (*_chain(here.parent_code), here) if here.parent_code else (here,)


def _as_regions(codes: tuple[str, ...]) -> tuple[Region, ...]:
    return tuple(sorted(map(region, codes), key=lambda found: (LEVELS.index(found.level), found.code)))


@cache
def _regions() -> dict[str, Region]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["code6"]: _as_region(row) for row in csv.DictReader(lines)}


def _as_region(row: dict[str, str]) -> Region:
    level = cast(Level, row["level"])
    return Region(row["code6"], row["name"], row["short_name"], level, row["parent_code6"])


@cache
def _names() -> NameTable:
    return NameTable.read(_regions().values())
