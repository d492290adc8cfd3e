"""Benefit schedules: from what amount, at which rate and up to what limit the fund pays, as a pack's values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.fact_words import VALUES
from rules_engine.facts import ALLOWED_VALUES
from rules_engine.schedule_cells import (
    BadTable,
    amount,
    amount_or_none,
    as_written,
    known_keys,
    listed,
    need_keys,
    one_of,
    rate,
    rising,
)

OUTSIDE = "outside"  # the deductible of care outside the pooling area, where it has one of its own
MOST_STAYS = max(ALLOWED_VALUES["stay_in_year"])  # stands for the third and each later stay
LEVELS: tuple[str, ...] = ALLOWED_VALUES["hospital_level"]
LEVEL_WORDS: Mapping[str, str] = {level: VALUES[level] for level in LEVELS}
DEDUCTIBLE_WORDS: Mapping[str, str] = {**LEVEL_WORDS, OUTSIDE: "去市外看"}
COMPONENT_WORDS: Mapping[str, str] = {
    "non_covered_amount": "自费", "class_b_upfront_amount": "乙类先行自付",
    "out_of_area_upfront_amount": "异地先行自付", "deductible": "起付线", "coinsurance_amount": "按比例自付",
    "above_ceiling_amount": "超过封顶线",
}
COMPONENTS = tuple(COMPONENT_WORDS)  # the two that the bill itself states come first in every order
# How the out-of-area share works: taken off first, or the rate lowered by points, or by a factor.
SHAPE_WORDS: Mapping[str, str] = {"share_first": "先扣一份", "rate_points": "降点", "rate_factor": "比例打折"}
SHAPES = tuple(SHAPE_WORDS)
# Of what the share is taken: what is left, total − 自费, all.
BASE_WORDS: Mapping[str, str] = {"remaining": "扣到这一步剩下的钱", "covered": "总费用减自费", "total": "总费用"}
BASES = tuple(BASE_WORDS)
# On what the bands' limits are counted.
MEASURE_WORDS: Mapping[str, str] = {"before_deductible": "起付线算在段里", "after_deductible": "起付线不算在段里"}
MEASURES = tuple(MEASURE_WORDS)
SCHEDULE_KEYS = ("order", "share", "deductible", "deductible_stays", "measure", "bands", "ceiling")
CRITICAL_KEYS = ("starts_at", "bands", "ceiling", "counts")


@dataclass(frozen=True, slots=True)
class Band:
    """The fund's rates by hospital level for cost up to a limit of the year (None: no limit), yuan and 0–1."""

    up_to: Decimal | None
    rates: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the basic fund pays of a stay. Levels that nobody published are missing from the mappings."""

    order: tuple[str, ...]
    shape: str
    base: str
    deductible: Mapping[str, Decimal]
    deductible_stays: int | None  # how many stays of a year have one; None: only the first is published
    measure: str
    bands: tuple[Band, ...]
    ceiling: Decimal | None  # of what the fund pays in a year; None: none published

    @property
    def whole_levels(self) -> tuple[str, ...]:
        """The levels all of whose figures are published: the rates, and the deductible where any level's is."""
        return tuple(level for level in self.levels if not self.deductible or level in self.deductible)

    @property
    def levels(self) -> tuple[str, ...]:
        """The hospital levels that have rates."""
        return tuple(level for level in LEVELS if all(level in band.rates for band in self.bands))


@dataclass(frozen=True, slots=True)
class CriticalBand:
    """The rate of critical illness insurance up to a limit of the year's own burden (None: no limit)."""

    up_to: Decimal | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class CriticalIllness:
    """What critical illness insurance pays of the burden above `starts_at`, which components count, yuan and 0–1."""

    starts_at: Decimal
    bands: tuple[CriticalBand, ...]
    ceiling: Decimal | None
    counts: tuple[str, ...]


def as_schedule(value: Any) -> Schedule:
    """The schedule as a pack writes it. Raises BadTable, a ValueError that says in Chinese what is wrong."""
    need_keys("待遇表", value, SCHEDULE_KEYS)
    share = value["share"]
    need_keys("待遇表的 share ", share, ("shape", "base"))
    known_keys("deductible ", value["deductible"], DEDUCTIBLE_WORDS)
    return Schedule(
        order=_order(value["order"]),
        shape=one_of("share 的 shape", share["shape"], SHAPE_WORDS),
        base=one_of("share 的 base", share["base"], BASE_WORDS),
        deductible={level: amount(f"deductible 的 {level}", limit) for level, limit in value["deductible"].items()},
        deductible_stays=_stays(value["deductible_stays"]),
        measure=one_of("measure", value["measure"], MEASURE_WORDS),
        bands=_bands(value["bands"]),
        ceiling=amount_or_none("ceiling", value["ceiling"]),
    )


def as_critical_illness(value: Any) -> CriticalIllness:
    """The same for critical illness insurance. Raises BadTable."""
    need_keys("大病保险的表", value, CRITICAL_KEYS)
    bands = tuple(_critical_band(place, row) for place, row in enumerate(listed("bands", value["bands"]), 1))
    rising([band.up_to for band in bands])
    return CriticalIllness(
        amount("starts_at", value["starts_at"]), bands, amount_or_none("ceiling", value["ceiling"]),
        _components("counts", value["counts"]),
    )


def _order(value: Any) -> tuple[str, ...]:
    order = _components("order", value)
    left_out = [name for name in COMPONENTS if name not in order]
    if left_out:
        raise BadTable(f"order 少了 {_named(left_out)}", "六项都要排进去，本地没有的那一项算出来就是0")
    if set(order[:2]) != set(COMPONENTS[:2]):
        raise BadTable(f"order 的前两项不是 {_named(COMPONENTS[:2])}",
                       "这两项账单上写明了多少，要先扣，请移到最前面")
    if order.index("above_ceiling_amount") != order.index("coinsurance_amount") + 1:
        raise BadTable(f"order 里 {_named(COMPONENTS[-1:])}没有紧跟在 {_named(COMPONENTS[-2:-1])}后面",
                       "先按比例算出能报多少，才知道过没过封顶线，请挪到紧挨着的后面")
    return order


def _components(where: str, value: Any) -> tuple[str, ...]:
    names = tuple(str(name) for name in listed(where, value))
    strange = [name for name in names if name not in COMPONENT_WORDS]
    if strange:
        raise BadTable(f"{where} 里的 {'、'.join(strange)} 不认识", f"可以用 {_named(COMPONENTS)}")
    twice = [name for name in COMPONENTS if names.count(name) > 1]
    if twice:
        raise BadTable(f"{where} 里 {'、'.join(twice)} 写了两次", "请删去一个")
    return names


def _named(names: Sequence[str]) -> str:
    return "、".join(f"{name}（{COMPONENT_WORDS[name]}）" for name in names)


def _stays(value: Any) -> int | None:
    if value is not None and (type(value) is not int or not 1 <= value <= MOST_STAYS):
        raise BadTable(f"deductible_stays 不能是 {as_written(value)}",
                       "一年里前几次住院有起付线就写几，例如 2，不加引号；每次都有的写 3；没有公开的写 null")
    return value


def _bands(value: Any) -> tuple[Band, ...]:
    bands = tuple(_band(place, row) for place, row in enumerate(listed("bands", value), 1))
    rising([band.up_to for band in bands])
    _check_same_levels(bands)
    return bands


def _check_same_levels(bands: Sequence[Band]) -> None:
    """A level is either in every band or in none: a stay may run through all of them."""
    everywhere = {level for band in bands for level in band.rates}
    for place, band in enumerate(bands, 1):
        left_out = [level for level in LEVELS if level in everywhere and level not in band.rates]
        if left_out:
            raise BadTable(f"bands 第{place}段没有 {'、'.join(left_out)} 的比例，别的段有",
                           "同一级医院，要么每段都写，要么每段都不写")


def _band(place: int, row: Any) -> Band:
    where = f"bands 第{place}段"
    need_keys(where, row, ("up_to", "rates"))
    known_keys(f"{where}的 rates ", row["rates"], LEVEL_WORDS)
    if not row["rates"]:
        raise BadTable(f"{where}的 rates 一个比例都没有", f"可以用 {'、'.join(LEVELS)}")
    rates = {level: rate(f"{where}的 {level}", share) for level, share in row["rates"].items()}
    return Band(amount_or_none(f"{where}的 up_to", row["up_to"]), rates)


def _critical_band(place: int, row: Any) -> CriticalBand:
    where = f"bands 第{place}段"
    need_keys(where, row, ("up_to", "rate"))
    return CriticalBand(amount_or_none(f"{where}的 up_to", row["up_to"]), rate(f"{where}的 rate", row["rate"]))
