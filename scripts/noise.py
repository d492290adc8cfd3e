"""What voice input, phones and haste make of a message: the same question, not as it should be written.

Each kind of noise is a pure function of the text and of chance; a text that it can't do anything to comes back as it
was. `noisy` seeds chance with the text, so that a report can be made again and one message more changes no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

import opencc

from scripts.spoken_numbers import numerals
from scripts.spoken_words import like_sounding, words
from understanding import haste
from understanding.haste import FIGURES, dropped, is_han

SEED = 2026
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


def reordered(text: str, chance: Random) -> str:
    """Two clauses swapped, or of a single clause two words side by side, by jieba's own dictionary."""
    return haste.reordered(text, chance, words)


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


def _is_figure(word: str) -> bool:
    return any(sign.isdigit() or sign in FIGURES for sign in word)
