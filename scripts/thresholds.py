"""Where to answer, to offer the nearest two and to ask again: set on half of the messages, reported on the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scripts.hearing import Heard
from scripts.markdown import share, table
from scripts.scope import GOAL, false_accepts, false_rejects
from server.meaning import FALLBACK

GRID = tuple(step / 20 for step in range(1, 20))  # 0.05 to 0.95
OF_THE_FALLBACK = tuple(step / 20 for step in range(2, 13))  # 0.10 to 0.60
ANSWER_RIGHT, OFFER_RIGHT = 0.95, 0.60  # of what is answered, and of two that are offered
ANSWER, OFFER, ASK_AGAIN = "直接答", "给最近的两个", "再问一遍"


@dataclass(frozen=True)
class Bands:
    """From `answer` on it is answered, from `offer` on the nearest two are offered, below it is asked again."""

    answer: float
    offer: float

    def of(self, one: Heard) -> str:
        if one.confidence >= self.answer:
            return ANSWER
        return OFFER if one.confidence >= self.offer else ASK_AGAIN


def is_for_setting(one: Heard) -> bool:
    """Whether the message is in the half that thresholds are set on; the other half reports. Always the same."""
    return hashlib.sha256(one.text.encode()).digest()[0] % 2 == 0


def halves(heard: Sequence[Heard]) -> tuple[list[Heard], list[Heard]]:
    """Those to set thresholds on, and those to report on."""
    return [one for one in heard if is_for_setting(one)], [one for one in heard if not is_for_setting(one)]


def bands(setting: Sequence[Heard]) -> Bands:
    """The lowest limits by which what is answered and what is offered is right often enough on these messages."""
    answer = next((limit for limit in GRID if _often(
        [one for one in setting if one.confidence >= limit], _nearest_is_right, ANSWER_RIGHT)), 1.0)
    offer = next((limit for limit in GRID if limit < answer and _often(
        [one for one in setting if limit <= one.confidence < answer], _is_among_two, OFFER_RIGHT)), answer)
    return Bands(answer, offer)


def bands_lines(heard: Sequence[Heard], foreign: Sequence[Heard]) -> list[str]:
    """The three bands, and what falls in each of the half that reports."""
    (setting, reporting), (_, strangers) = halves(heard), halves(foreign)
    limits, rows = bands(setting), []
    for band in (ANSWER, OFFER, ASK_AGAIN):
        ones = [one for one in reporting if limits.of(one) == band]
        harmful = false_accepts(one.nearest for one in strangers if limits.of(one) == band)
        right, among = sum(map(_nearest_is_right, ones)), sum(map(_is_among_two, ones))
        rows.append([band, len(ones), share(len(ones), len(reporting)), share(right, len(ones)),
                     share(among, len(ones)), f"{harmful}/{len(strangers)}"])
    return [
        f"分三档，在按句子的散列分出来的一半（{len(setting)}句）上定：直接答的要 {ANSWER_RIGHT:.0%} 对，"
        f"给两个选的要 {OFFER_RIGHT:.0%} 在里面。定出来 {limits.answer:.2f} 起直接答，"
        f"{limits.offer:.2f} 起给最近的两个。另一半上：", "",
        *table(["怎么办", "句数", "占", "最像的就对", "两个里有", "无关的话里最像要答的"], rows),
    ]


def at_threshold(one: Heard, threshold: float, ambiguity: float) -> str:
    """What the dialogue would get with that threshold, as Rasa's FallbackClassifier decides it."""
    is_ambiguous = len(one.ranking) > 1 and one.confidence - one.ranking[1][1] < ambiguity
    return FALLBACK if one.confidence < threshold or is_ambiguous else one.nearest


def threshold_lines(ours: Sequence[Heard], foreign: Sequence[Heard], current: float, ambiguity: float) -> list[str]:
    """What is turned away and what is answered wrongly at each threshold of the fallback, on both halves."""
    rows = []
    for threshold in OF_THE_FALLBACK:
        row = [f"{threshold:.2f}{'（现在）' if abs(threshold - current) < 0.001 else ''}"]
        for kept, strange in zip(halves(ours), halves(foreign), strict=True):
            row += [share(false_rejects(at_threshold(one, threshold, ambiguity) for one in kept), len(kept)),
                    share(false_accepts(at_threshold(one, threshold, ambiguity) for one in strange), len(strange))]
        rows.append(row)
    best = highest_threshold(halves(ours)[0], ambiguity)
    told = f"定的那一半里，误拒不到 {GOAL:.0%} 的最高的是 {'没有' if best is None else f'{best:.2f}'}"
    return [f"兜底的门槛（头两个意图相差不到 {ambiguity} 的，照旧算没听懂）：{told}。", "",
            *table(["兜底门槛", "定：误拒", "定：误答", "报：误拒", "报：误答"], rows)]


def highest_threshold(ours: Sequence[Heard], ambiguity: float) -> float | None:
    """The highest threshold that turns away fewer of ours than the goal allows; None if none does."""
    allowed = [threshold for threshold in OF_THE_FALLBACK
               if false_rejects(at_threshold(one, threshold, ambiguity) for one in ours) < GOAL * len(ours)]
    return max(allowed, default=None)


def _nearest_is_right(one: Heard) -> bool:
    return one.nearest == one.wanted


def _is_among_two(one: Heard) -> bool:
    return one.wanted in [name for name, _ in one.ranking[:2]]


def _often(ones: Sequence[Heard], is_so: Callable[[Heard], bool], enough: float) -> bool:
    return bool(ones) and sum(map(is_so, ones)) / len(ones) >= enough
