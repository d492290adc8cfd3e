"""What a person thinks of an answer, as the page sends it: closed values, no words of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VERDICTS = ("useful", "useless")
REASONS = ("beside_the_point", "not_understood", "differs_from_what_i_know", "other")
LARGEST_SEQ = 2**53  # a page cannot count further


@dataclass(frozen=True)
class Verdict:
    """What is thought of the bubble of that number; `verdict` None takes back what was said of it."""

    seq: int
    verdict: str | None
    reason: str | None


def verdict_of(frame: Mapping[str, Any]) -> Verdict:
    """The verdict that a frame holds. ValueError if it is none."""
    seq, verdict, reason = frame.get("seq"), frame.get("verdict"), frame.get("reason")
    if type(seq) is not int or not 0 < seq <= LARGEST_SEQ:
        raise ValueError("seq is the number of a bubble")
    if verdict is not None and verdict not in VERDICTS:
        raise ValueError(f"verdict is one of {VERDICTS} or null")
    if reason is not None and (verdict != "useless" or reason not in REASONS):
        raise ValueError(f"reason is one of {REASONS} or null, and goes with useless only")
    return Verdict(seq, verdict, reason)
