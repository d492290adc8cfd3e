"""How many questions came, about what and where, what came of them, and how long people waited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from services.question_log_store import QuestionLogStore

MEDIAN, SLOW = 50, 99  # per cent of the turns are at least as quick
ASKED = ("answered", "asked_back", "not_stated", "not_in_force", "no_pack", "cost", "fallback", "out_of_scope")


@dataclass(frozen=True)
class Waiting:
    """Milliseconds within which half of the turns were answered, and 99 of a hundred; None without any."""

    median: int | None = None
    slow: int | None = None


@dataclass
class DayFigures:
    """One day: how many turns had which outcome."""

    day: str
    outcomes: dict[str, int] = field(default_factory=dict)
    waiting: Waiting = field(default_factory=Waiting)


@dataclass(frozen=True)
class Figures:
    """All figures of the days. Topics and regions count turns that asked something, the most frequent first."""

    outcomes: dict[str, int]
    channels: dict[str, int]
    topics: tuple[tuple[str, int], ...]
    regions: tuple[tuple[str, int], ...]
    days: tuple[DayFigures, ...]
    waiting: Waiting


def figures_of(store: QuestionLogStore, first: date, last: date) -> Figures:
    """The figures from the first day to the last."""
    rows = store.counts(first, last, "outcome", "topic", "region")
    took = store.milliseconds(first, last)
    return Figures(
        outcomes=_summed((outcome, number) for outcome, _, _, number in rows),
        channels=_summed(store.counts(first, last, "channel")),
        topics=_ranked((topic, number) for outcome, topic, _, number in rows if topic and outcome in ASKED),
        regions=_ranked((region, number) for outcome, _, region, number in rows if outcome in ASKED),
        days=_days(store.counts(first, last, "day", "outcome"), took),
        waiting=_waiting([(milliseconds, number) for _, milliseconds, number in took]),
    )


def _days(
    counted: Iterable[tuple[str, str, int]], took: Iterable[tuple[str, float, int]]
) -> tuple[DayFigures, ...]:
    waits = {
        day: _waiting([(milliseconds, number) for _, milliseconds, number in rows])
        for day, rows in groupby(took, lambda row: row[0])
    }
    return tuple(
        DayFigures(day, {outcome: number for _, outcome, number in rows}, waits.get(day, Waiting()))
        for day, rows in groupby(counted, lambda row: row[0])
    )


def _waiting(took: Sequence[tuple[float, int]]) -> Waiting:
    total = sum(number for _, number in took)
    if not total:
        return Waiting()
    ordered = sorted(took)
    return Waiting(_within(ordered, total, MEDIAN), _within(ordered, total, SLOW))


def _within(ordered: Sequence[tuple[float, int]], total: int, percent: int) -> int:
    """The milliseconds within which that many of a hundred turns were answered."""
    reached = 0
    for milliseconds, number in ordered:
        reached += number
        if reached * 100 >= total * percent:
            return round(milliseconds)
    return round(ordered[-1][0])


def _summed(counted: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, number in counted:
        sums[name] = sums.get(name, 0) + number
    return sums


def _ranked(counted: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(_summed(counted).items(), key=lambda one: (-one[1], one[0])))
