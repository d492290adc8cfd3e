"""What the intent classifier looks at: characters, words, sounds and concepts, without places and numbers.

What each part adds was measured: docs/decisions/0002-understanding.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, combinations, pairwise
from pathlib import Path

import jieba
from pypinyin import lazy_pinyin
from ruamel.yaml import YAML
from sklearn.feature_extraction.text import TfidfVectorizer

from rules_engine import regions
from understanding.weighed_parts import Characters, Named, NumberedParts, Parts, TextParts, distant_pairs, rows_of

CONCEPTS_FILE = Path(__file__).with_name("concepts.yml")
PLACE, NUMBER = "〇", "0"
LENGTH_STEPS = (3, 6, 12, 25)
SHORT_MESSAGE = 4
LONGEST_ROW = 4  # of characters or syllables
FARTHEST = 5
HAN_OR_NOT = re.compile("[\u3400-\u9fff〇]+|[^\u3400-\u9fff〇]+")


# The national leaflet, however it is called: to a question it is what a place is.
NATIONAL_LEAFLET = re.compile(
    r"(?:国家|全国|人社部|社保部)(?:统一|层面|出的|发的|20\d\d年?|[的那这嗰])*[份个本张]?(?:跨省|彩色)*(?:的)?"
    r"(?:十问|折页|小册子|规定|原则|政策|说法|文件|材料|标准)|十问|折页"
)


# What people say while they think, or before they ask: it says nothing of what they want.
FILLER = re.compile(
    r"那个|那啥|就是说|请问(?:一?下)?|我?想要?(?:问|咨询|请教)(?:一?下|哈|问|个事)?|麻烦(?:问一?下)?|[啊嗯呃唉哎诶噢喔哟]+|喂+|哈哈+"
    r"|[呀哦哈嘛](?=$|[,.;?!。])"
)


NOTHING_LEFT = re.compile("[啥就是这那的了么吧]*|.")  # 那个啥就是那啥 is no yes


# 38000 and 三万八千 are one sign, and so are 10% and 百分之十; 一 alone only where it counts (not 一块儿).
# 万一, 千万, 一一 and the holidays 十一, 五一 are words.
NUMERALS = "零一二两三四五六七八九十百千万亿"
PERCENT = re.compile(rf"百分之[{NUMERALS}点\d.]+")
FIGURE = re.compile(
    rf"\d+(?:\.\d+)?|(?!(?:万一|千万|十一|五一|一一)(?![{NUMERALS}个月年天岁号块元]))(?<!第)[{NUMERALS}][{NUMERALS}\d]+"
    r"|[二两三四五六七八九十百千万](?=个月|年|天|块|元|岁|月|号|成|个多月|级|倍|趟|次|回)|一(?=年|个月|天|月|号|日|元|岁|级|成)"
)


def without_particulars(text: str) -> str:
    """The text without fillers, each place and each figure replaced by one sign: 去北京 and 去烟台 ask the same."""
    bare = FILLER.sub("", text).lstrip(",.;?!。")
    return _without_names(text if NOTHING_LEFT.fullmatch(bare) else bare)


def _without_names(text: str) -> str:
    text = NATIONAL_LEAFLET.sub(PLACE, text)
    kept, end = [], 0
    for mention in regions.find_in(text):
        kept += [text[end:mention.start], PLACE]
        end = mention.end
    text = "".join(kept) + text[end:]
    # 25000, 三万六 and 520 alone differ in nothing but the figure
    return text if FIGURE.fullmatch(text) else FIGURE.sub(NUMBER, PERCENT.sub(f"{NUMBER}%", text))


def words_of(text: str) -> list[str]:
    """The words as jieba cuts them, with the dictionary the tokenizer has loaded."""
    return jieba.lcut(text)


Row = str | tuple[str, ...]  # of characters or of syllables
Head = tuple[str, str]


@dataclass(frozen=True)
class _Rows:
    """The concepts of each row, and how long those are that begin with two given ones."""

    concepts: dict[Row, frozenset[str]]
    lengths: dict[Head, tuple[int, ...]]

    @classmethod
    def of(cls, concepts: Mapping[Row, set[str]]) -> _Rows:
        lengths: dict[Head, set[int]] = {}
        for row in concepts:
            if len(row) > 1:
                lengths.setdefault((row[0], row[1]), set()).add(len(row))
        return cls(
            {row: frozenset(own) for row, own in concepts.items()},
            {head: tuple(sorted(own)) for head, own in lengths.items()},
        )

    def said_in(self, row: Row) -> set[str]:
        """The concepts of every row of two or more in it."""
        found = set[str]()
        for start, head in enumerate(pairwise(row)):
            for length in self.lengths.get(head, ()):
                found |= self.concepts.get(row[start:start + length], frozenset())
        return found


@cache
def _phrases() -> tuple[_Rows, _Rows]:
    """What stands for a concept as it is written, and as it sounds."""
    written: dict[Row, set[str]] = {}
    heard: dict[Row, set[str]] = {}
    for concept, phrases in YAML(typ="safe").load(CONCEPTS_FILE)["concepts"].items():
        for phrase in (str(phrase).lower() for phrase in phrases):
            written.setdefault(phrase, set()).add(concept)
            if len(phrase) > 1:  # what has only one character is told by it alone: too much sounds like it
                heard.setdefault(syllables_of(phrase), set()).add(concept)
    return _Rows.of(written), _Rows.of(heard)


def syllables_of(text: str) -> tuple[str, ...]:
    """How it sounds: its syllables without tones, other letters as they are."""
    return tuple(chain.from_iterable(_syllables(run) for run in HAN_OR_NOT.findall(text)))


@lru_cache(maxsize=256)  # asked again for the clauses of a message
def _syllables(run: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(run))


def _concepts_said(text: str) -> set[str]:
    """The concepts that are said, or written as what sounds like it."""
    written, heard = _phrases()
    found = written.said_in(text) | heard.said_in(syllables_of(text))
    if len(text) <= SHORT_MESSAGE:  # one character alone (是, 好, 不) means something only where little else is said
        found.update(*(written.concepts.get(sign, frozenset()) for sign in text))
    return found


def concepts_of(text: str) -> list[str]:
    """The concepts said (or written as what sounds like it), every pair of them, the length, beginning and end."""
    said = sorted(_concepts_said(text))
    length = sum(len(text) > step for step in LENGTH_STEPS)
    edges = [f"whole {text}", f"begins {text[:2]}", f"ends {text[-2:]}", f"last {text[-1:]}", f"length {length}"]
    return [*said, *(f"{one} {other}" for one, other in combinations(said, 2)), *edges]


def kinds_of_parts() -> tuple[Parts, ...]:
    """What a text is looked at for, untrained: characters, concepts, words, sounds and distant pairs.

    Sounds are syllables without tones: a slip of the keyboard or of voice input sounds the same. Of the distant pairs,
    能…报 is one question, whatever stands between.
    """
    return (
        NumberedParts(Characters(), rows_of, LONGEST_ROW),
        TextParts(TfidfVectorizer(analyzer=concepts_of, sublinear_tf=True)),
        TextParts(TfidfVectorizer(
            tokenizer=words_of, token_pattern=None, lowercase=False, ngram_range=(1, 2), sublinear_tf=True
        )),
        NumberedParts(Named(syllables_of), rows_of, LONGEST_ROW, fewest=2),
        NumberedParts(Characters(), distant_pairs, FARTHEST, fewest=2),
    )
