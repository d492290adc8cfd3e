"""Words and sounds of Chinese for noise: jieba cuts and says how frequent a character is, pypinyin says how it sounds.

jieba's dictionary as it comes is used, not the one with our own words, so that noise does not depend on what is tuned.
"""

from __future__ import annotations

from functools import cache

import jieba
from pypinyin import lazy_pinyin

from understanding.haste import is_han

LIKELIEST = 8  # of the like-sounding characters, those that voice recognition may write
# GB 2312 begins with the 3,755 characters in common use; jieba's list also has what others misread
COMMON = (b"\xb0\xa1", b"\xd7\xf9")


def words(text: str) -> list[str]:
    """The words and signs of the text, none left out."""
    return list(_tokenizer().lcut(text))


def is_word(text: str) -> bool:
    """Whether jieba's dictionary has it."""
    return len(text) > 1 and bool(_tokenizer().FREQ.get(text))


def like_sounding(word: str, position: int) -> tuple[str, ...]:
    """The frequent characters that sound like that one of the word, tones aside, the most frequent first."""
    sounds = lazy_pinyin(word)
    if len(sounds) != len(word):
        return ()  # Latin letters run together: there is no telling which sound is whose
    alike = _by_sound().get(sounds[position], ())
    return tuple(sign for sign in alike if sign != word[position])[:LIKELIEST]


@cache
def _tokenizer() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    """Syllable without tone → the common characters that sound so, the most frequent first."""
    frequency = _tokenizer().FREQ
    common = (sign for sign in frequency if len(sign) == 1 and is_han(sign) and _is_common(sign))
    groups: dict[str, list[str]] = {}
    for sign in sorted(common, key=lambda sign: (-frequency[sign], sign)):
        groups.setdefault(lazy_pinyin(sign)[0], []).append(sign)
    return {sound: tuple(signs) for sound, signs in groups.items()}


def _is_common(sign: str) -> bool:
    first, last = COMMON
    return first <= sign.encode("gb2312", errors="ignore") <= last
