"""Benefit schedules and critical illness insurance as plain Chinese tables, for the command line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from rules_engine.decision import Citation
from rules_engine.fact_words import amount_in_words
from rules_engine.schedules import (
    BASE_WORDS,
    COMPONENT_WORDS,
    DEDUCTIBLE_WORDS,
    MEASURE_WORDS,
    OUTSIDE,
    SHAPE_WORDS,
    CriticalIllness,
    Schedule,
)

SECOND_HAND = "（公开数字，非文件原文）"
UNPRINTED = "没有数字"
GAP = 2  # blanks between two columns


def source_mark(citation: Citation) -> str:
    """（公开数字，非文件原文） for figures at second hand, nothing for a document itself."""
    return SECOND_HAND if citation.is_second_hand else ""


def table_lines(value: Any, unit: str) -> Iterator[str]:
    """The figures of a value whose unit is one of TABLES, line by line."""
    return TABLES[unit](value)


def _schedule_lines(schedule: Schedule) -> Iterator[str]:
    yield f"次序：{_components(schedule.order)}"
    yield f"异地先付：{_share(schedule)}"
    yield from _columns([_head(schedule), *_rows(schedule)])
    if schedule.deductible:
        yield f"起付线：{_stays(schedule.deductible_stays)}"
    yield f"分段：{MEASURE_WORDS[schedule.measure]}"
    yield f"封顶线：{_ceiling(schedule.ceiling)}"


def _critical_lines(rules: CriticalIllness) -> Iterator[str]:
    yield f"算进一年里自己负担的：{_components(rules.counts)}"
    limits = [rules.starts_at, *(band.up_to for band in rules.bands)]
    for low, high, band in zip(limits, limits[1:], rules.bands, strict=False):
        yield f"{_span(low, high)}：报{amount_in_words(band.rate, 'rate')}"
    yield f"封顶线：{_ceiling(rules.ceiling)}"


TABLES: Mapping[str, Callable[[Any], Iterator[str]]] = {
    "schedule": _schedule_lines, "critical_illness": _critical_lines,
}


def _components(names: Sequence[str]) -> str:
    return "、".join(COMPONENT_WORDS[name] for name in names)


def _share(schedule: Schedule) -> str:
    base = f"，按{BASE_WORDS[schedule.base]}算" if schedule.shape == "share_first" else ""
    return f"{SHAPE_WORDS[schedule.shape]}{base}"


def _head(schedule: Schedule) -> list[str]:
    limits = [None, *(band.up_to for band in schedule.bands)]
    return ["医院等级", "起付线", *map(_span, limits, limits[1:])]


def _rows(schedule: Schedule) -> Iterator[list[str]]:
    for level in DEDUCTIBLE_WORDS:
        if level in schedule.deductible or level in schedule.levels:
            limit = schedule.deductible.get(level)
            rates = (band.rates.get(level) for band in schedule.bands)
            yield [
                DEDUCTIBLE_WORDS[level], UNPRINTED if limit is None else amount_in_words(limit, "yuan"),
                *("按等级" if level == OUTSIDE else _rate(share) for share in rates),
            ]


def _rate(share: Decimal | None) -> str:
    return UNPRINTED if share is None else amount_in_words(share, "rate")


def _span(low: Decimal | None, high: Decimal | None) -> str:
    """The cost a band is for: 40,000元以内, 40,000元到300,000元, 300,000元以上, 报销比例."""
    if low is None:
        return "报销比例" if high is None else f"{amount_in_words(high, 'yuan')}以内"
    if high is None:
        return f"{amount_in_words(low, 'yuan')}以上"
    return f"{amount_in_words(low, 'yuan')}到{amount_in_words(high, 'yuan')}"


def _stays(count: int | None) -> str:
    if count is None:
        return "一年里第一次住院有，以后各次没有公开"
    return f"一年里前{count}次住院有，以后没有"


def _ceiling(limit: Decimal | None) -> str:
    return "没有公开的数字" if limit is None else f"一年最多{amount_in_words(limit, 'yuan')}"


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows with their cells under each other; a Chinese character is as wide as two letters."""
    widths = [max(map(_width, column)) + GAP for column in zip(*rows, strict=True)]
    for row in rows:
        yield "".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
