"""What haste makes of a message: a character left out, its words or clauses in another order.

The classifier learns from copies of short lines made so (`hasty_copies`), and scripts/noise.py measures with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

FIGURES = frozenset("零〇一二两三四五六七八九十百千万亿半几")
FEWEST = 4  # Han characters: a shorter text (好的) with one left out or moved is no longer what anybody says
SHORT = 12  # characters: in a longer line there is enough left to hear it by
VERY_SHORT = 8  # of such a line each character is left out once; of a short one any LEFT_OUT
LEFT_OUT = 2
PARTS = re.compile(r"([,，。.;；!！?？~…\s]+)")
Cut = Callable[[str], list[str]]


def is_han(sign: str) -> bool:
    """Whether it is one Han character that is no figure."""
    return "\u4e00" <= sign <= "\u9fff" and sign not in FIGURES


def dropped(text: str, chance: Random) -> str:
    """One Han character left out; no figure. A text of fewer than FEWEST stays."""
    return text if _is_short(text) else chance.choice(_each_left_out(text))


def reordered(text: str, chance: Random, cut: Cut) -> str:
    """Two clauses swapped, the signs between them where they were; of a single clause, two words side by side."""
    parts = PARTS.split(text)
    clauses = [at for at in range(0, len(parts), 2) if parts[at]]
    if len(clauses) > 1:
        return "".join(_swapped(parts, *chance.sample(clauses, 2)))
    words = cut(text)
    pairs = [at for at in range(len(words) - 1) if _is_plain(words[at]) and _is_plain(words[at + 1])]
    if not pairs or _is_short(text):
        return text
    at = chance.choice(pairs)
    return "".join(_swapped(words, at, at + 1))


def hasty_copies(lines: Sequence[tuple[str, str]], cut: Cut) -> list[tuple[str, str]]:
    """Copies of the short lines (text, intent) as haste would have written them; always the same ones.

    None is a text that is there already: what haste makes of one intent's line may be another's.
    """
    there, copies = {text for text, _ in lines}, []
    for text, intent in lines:
        if len(text) > SHORT:
            continue
        chance = Random(text)
        for copy in (*_with_one_left_out(text, chance), reordered(text, chance, cut)):
            if copy not in there:
                there.add(copy)
                copies.append((copy, intent))
    return copies


def _with_one_left_out(text: str, chance: Random) -> list[str]:
    if _is_short(text):
        return []
    each = _each_left_out(text)
    return each if len(text) <= VERY_SHORT else chance.sample(each, LEFT_OUT)


def _each_left_out(text: str) -> list[str]:
    return [text[:at] + text[at + 1:] for at, sign in enumerate(text) if is_han(sign)]


def _is_short(text: str) -> bool:
    return sum(map(is_han, text)) < FEWEST


def _is_plain(word: str) -> bool:
    """Whether it is a word of Han characters that is no figure and denies nothing: 不 elsewhere asks something else."""
    return all(map(is_han, word)) and word[0] not in "不没别未非"


def _swapped(parts: Sequence[str], one: int, other: int) -> list[str]:
    swapped = list(parts)
    swapped[one], swapped[other] = parts[other], parts[one]
    return swapped
