"""What voice input, phones and haste make of a message: the same question, not as it should be written.

Each kind of noise is a pure function of the text and of chance; a text that it can't do anything to comes back as it
was. `noisy` seeds chance with the text, so that a report can be made again and one message more changes no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

import opencc

from scripts.spoken_numbers import numerals
from scripts.spoken_words import FIGURES, is_han, like_sounding, words

SEED = 2026
FEWEST = 4  # Han characters: a shorter text (好的) with one left out or moved is no longer what anybody says
PARTS = re.compile(r"([,，。.;；!！?？~…\s]+)")
IN_FRONT = ("嗯，", "那个，", "请问一下，", "我想问哈，")
BETWEEN, AT_THE_END = ("嗯", "那个", "就是说", "啊"), ("啊", "嗯", "那个")
CLOSING = " ,，。.;；!！?？~…"
# signs that belong to a figure (0.5, 50%, 0571-12393) are no punctuation
PUNCTUATION = re.compile(r"(?<!\d)[^\w\s]|[^\w\s%％](?!\d)|(?<![a-zA-Z\d])\s+|\s+(?![a-zA-Z\d])")
Noise = Callable[[str, Random], str]


def homophone(text: str, chance: Random) -> str:
    """One character of a word replaced by a frequent one that sounds alike: 备案 → 被案. Figures stay."""
    places, start = [], 0
    for word in words(text):
        if len(word) > 1:
            places += [(start + i, alike) for i, sign in enumerate(word)
                       if is_han(sign) and (alike := like_sounding(word, i))]
        start += len(word)
    if not places:
        return text
    at, alike = chance.choice(places)
    return text[:at] + chance.choice(alike) + text[at + 1:]


def dropped(text: str, chance: Random) -> str:
    """One Han character left out; no figure."""
    if _is_short(text):
        return text
    at = chance.choice([at for at, sign in enumerate(text) if is_han(sign)])
    return text[:at] + text[at + 1:]


def reordered(text: str, chance: Random) -> str:
    """Two clauses swapped, the signs between them where they were; of a single clause, two words side by side."""
    parts = PARTS.split(text)
    clauses = [at for at in range(0, len(parts), 2) if parts[at]]
    if len(clauses) > 1:
        return "".join(_swapped(parts, *chance.sample(clauses, 2)))
    cut = words(text)
    pairs = [at for at in range(len(cut) - 1) if _is_plain(cut[at]) and _is_plain(cut[at + 1])]
    if not pairs or _is_short(text):
        return text
    at = chance.choice(pairs)
    return "".join(_swapped(cut, at, at + 1))


def traditional(text: str, chance: Random) -> str:
    """In traditional characters."""
    return str(_to_traditional().convert(text))


def with_fillers(text: str, chance: Random) -> str:
    """A filler in front, one between two words, one at the end but before the closing signs; none in 3个月."""
    end = len(text.rstrip(CLOSING))
    cut = words(text[:end])
    gaps = [at for at in range(1, len(cut)) if not any(map(_is_figure, cut[max(0, at - 2):at + 1]))]
    if gaps:
        cut.insert(chance.choice(gaps), chance.choice(BETWEEN))
    return chance.choice(IN_FRONT) + "".join(cut) + chance.choice(AT_THE_END) + text[end:]


def unpunctuated(text: str, chance: Random) -> str:
    """Without punctuation and without blanks between Han characters; one of nothing else (？？？) stays."""
    return PUNCTUATION.sub("", text) or text


KINDS: dict[str, Noise] = {
    "同音字": homophone, "漏一个字": dropped, "颠倒次序": reordered, "繁体": traditional, "数字换写法": numerals,
    "口头禅": with_fillers, "没有标点": unpunctuated,
}


def noisy(text: str, kind: str, seed: int = SEED) -> str:
    """The text with that kind of noise; the same each time."""
    return KINDS[kind](text, Random(f"{seed} {kind} {text}"))


@cache
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def _is_short(text: str) -> bool:
    return sum(map(is_han, text)) < FEWEST


def _is_figure(word: str) -> bool:
    return any(sign.isdigit() or sign in FIGURES for sign in word)


def _is_plain(word: str) -> bool:
    """Whether it is a word of Han characters that is no figure and denies nothing: 不 elsewhere asks something else."""
    return all(map(is_han, word)) and word[0] not in "不没别未非"


def _swapped(parts: Sequence[str], one: int, other: int) -> list[str]:
    swapped = list(parts)
    swapped[one], swapped[other] = parts[other], parts[one]
    return swapped
