"""Words and sounds of Chinese for the desk's search: jieba cuts, pypinyin spells."""

from __future__ import annotations

import re
from functools import cache

import jieba
from pypinyin import Style, lazy_pinyin

from rules_engine import regions
from understanding.vocabulary import meanings

LIKELY = 20_000  # above jieba's own entries, so that it does not cut through our words
SAYS_SOMETHING = re.compile(r"\w")


def prepare() -> None:
    """Reads the dictionary, so that the first search does not wait for it."""
    _tokenizer()


def words_of(text: str) -> list[str]:
    """The words of a text, long ones with the shorter ones in them; no punctuation."""
    return [word.lower() for word in _tokenizer().cut_for_search(text) if SAYS_SOMETHING.search(word)]


def initials_of(text: str) -> str:
    """The first letters of a text's syllables: 有效期 → yxq; what is no Chinese stays."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def sounds_of(text: str) -> str:
    """A text spelled out: 有效期 → youxiaoqi."""
    return "".join(lazy_pinyin(text)).lower()


@cache
def _tokenizer() -> jieba.Tokenizer:
    """A tokenizer of our own: the process-wide one belongs to Rasa's pipeline."""
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word in (*meanings(), *(name for name, _ in regions.all_names() if len(name) > 1)):
        tokenizer.add_word(word, LIKELY)
    return tokenizer
