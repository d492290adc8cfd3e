"""What the intent classifier looks at: characters, words, sounds and concepts, without places and numbers.

What each part adds was measured: docs/decisions/0002-understanding.md.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

import jieba
from pypinyin import lazy_pinyin
from ruamel.yaml import YAML
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_union

from rules_engine import regions

CONCEPTS_FILE = Path(__file__).with_name("concepts.yml")
PLACE, NUMBER = "〇", "0"
LENGTH_STEPS = (3, 6, 12, 25)
SHORT_MESSAGE = 4
LONGEST_SOUNDS = 4
FARTHEST = 5


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


def without_particulars(text: str) -> str:
    """The text without fillers, each place and each number replaced by one sign: 去北京 and 去烟台 ask the same."""
    bare = FILLER.sub("", text).lstrip(",.;?!。")
    return _without_names(text if NOTHING_LEFT.fullmatch(bare) else bare)


def _without_names(text: str) -> str:
    text = NATIONAL_LEAFLET.sub(PLACE, text)
    kept, end = [], 0
    for mention in regions.find_in(text):
        kept += [text[end:mention.start], PLACE]
        end = mention.end
    return re.sub(r"\d+", NUMBER, "".join(kept) + text[end:])


def words_of(text: str) -> list[str]:
    """The words as jieba cuts them, with the dictionary the tokenizer has loaded."""
    return jieba.lcut(text)


@dataclass(frozen=True)
class _Phrases:
    """The concept of each phrase, of each row of syllables it sounds like, and how long either can be."""

    written: dict[str, frozenset[str]]
    heard: dict[tuple[str, ...], frozenset[str]]
    lengths: tuple[int, ...]
    syllables: tuple[int, ...]


@cache
def _phrases() -> _Phrases:
    written: dict[str, set[str]] = {}
    heard: dict[tuple[str, ...], set[str]] = {}
    for concept, phrases in YAML(typ="safe").load(CONCEPTS_FILE)["concepts"].items():
        for phrase in (str(phrase).lower() for phrase in phrases):
            written.setdefault(phrase, set()).add(concept)
            if len(phrase) > 1:  # what has only one character is told by it alone: too much sounds like it
                heard.setdefault(syllables_of(phrase), set()).add(concept)
    return _Phrases(
        {phrase: frozenset(concepts) for phrase, concepts in written.items()},
        {sound: frozenset(concepts) for sound, concepts in heard.items()},
        tuple(sorted({len(phrase) for phrase in written})), tuple(sorted({len(sound) for sound in heard})),
    )


@lru_cache(maxsize=4)  # asked twice for the message that is being heard
def syllables_of(text: str) -> tuple[str, ...]:
    """How it sounds: its syllables without tones, other letters as they are."""
    return tuple(lazy_pinyin(text))


def _concepts_said(text: str) -> set[str]:
    """The concepts that are said, or written as what sounds like it."""
    phrases, heard, found = _phrases(), syllables_of(text), set[str]()
    # one character alone (是, 好, 不) means something only in a message that says little else
    fewest = 1 if len(text) <= SHORT_MESSAGE else 2
    for length in phrases.lengths:
        if length >= fewest:
            for start in range(len(text) - length + 1):
                found |= phrases.written.get(text[start:start + length], frozenset())
    for length in phrases.syllables:
        for start in range(len(heard) - length + 1):
            found |= phrases.heard.get(heard[start:start + length], frozenset())
    return found


def concepts_of(text: str) -> list[str]:
    """The concepts said (or written as what sounds like it), every pair of them, the length, beginning and end."""
    said = sorted(_concepts_said(text))
    length = sum(len(text) > step for step in LENGTH_STEPS)
    edges = [f"whole {text}", f"begins {text[:2]}", f"ends {text[-2:]}", f"last {text[-1:]}", f"length {length}"]
    return [*said, *(f"{one} {other}" for one, other in combinations(said, 2)), *edges]


def sounds_of(text: str) -> list[str]:
    """One to four syllables in a row, without tones: a slip of the keyboard or of voice input sounds the same."""
    syllables = syllables_of(text)
    return [
        " ".join(syllables[start:start + length])
        for length in range(1, LONGEST_SOUNDS + 1)
        for start in range(len(syllables) - length + 1)
    ]


def distant_pairs(text: str) -> list[str]:
    """Every two characters with one to four others between them: 能…报 is one question, whatever stands between."""
    return [
        f"{first}_{second}"
        for start, first in enumerate(text)
        for second in text[start + 2:start + FARTHEST + 1]
    ]


def features() -> FeatureUnion:
    """The untrained vectorisers side by side."""
    return make_union(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True),
        TfidfVectorizer(analyzer=concepts_of, sublinear_tf=True),
        TfidfVectorizer(
            tokenizer=words_of, token_pattern=None, lowercase=False, ngram_range=(1, 2), sublinear_tf=True
        ),
        TfidfVectorizer(analyzer=sounds_of, sublinear_tf=True, min_df=2),
        TfidfVectorizer(analyzer=distant_pairs, sublinear_tf=True, min_df=2),
    )
