"""Whether a confidence says how often the nearest intent is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scripts.hearing import Heard
from scripts.markdown import table

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Messages of about one confidence: how many, how sure on average, the share that was right (0 to 1)."""

    low: float
    count: int
    confidence: float
    right: float


def bins(heard: Sequence[Heard]) -> list[Bin]:
    """The messages by confidence, bins without any left out. The nearest intent counts, however unsure."""
    groups: dict[int, list[Heard]] = {}
    for one in heard:
        groups.setdefault(min(int(one.confidence * BINS), BINS - 1), []).append(one)
    return [
        Bin(number / BINS, len(ones), sum(one.confidence for one in ones) / len(ones),
            sum(one.nearest == one.wanted for one in ones) / len(ones))
        for number, ones in sorted(groups.items())
    ]


def expected_error(found: Sequence[Bin]) -> float:
    """Expected calibration error: how far confidence and share right lie apart, on average over messages."""
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.right - one.confidence) for one in found) / total if total else 0.0


def calibration_lines(heard: Sequence[Heard]) -> list[str]:
    """The part of the chapter on confidence that says whether it can be trusted."""
    found = bins(heard)
    rows = [[f"{one.low:.1f}–{one.low + 1 / BINS:.1f}", one.count, f"{one.confidence:.3f}", f"{one.right:.1%}",
             f"{(one.right - one.confidence) * 100:+.1f}"] for one in found]
    return [
        f"期望校准误差（ECE）：{expected_error(found):.3f}。只看分类器最像的那个意图，不管够不够兜底的门槛。", "",
        *table(["置信度", "句数", "平均置信度", "听对", "差几个百分点"], rows),
    ]
