"""What the intent classifier looks at: characters, words, sounds and concepts, without places and numbers.

What each part adds was measured: docs/decisions/0002-understanding.md.
"""

import re
from functools import cache
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


@cache
def _phrases() -> tuple[tuple[str, str, str], ...]:
    """Each phrase with how it sounds and what it means."""
    concepts = YAML(typ="safe").load(CONCEPTS_FILE)["concepts"]
    written = [(str(phrase).lower(), concept) for concept, phrases in concepts.items() for phrase in phrases]
    return tuple((phrase, _sound(phrase), concept) for phrase, concept in written)


def _sound(text: str) -> str:
    """The syllables without tones, each between blanks; what has only one is told by its character alone."""
    return f" {' '.join(lazy_pinyin(text))} " if len(text) > 1 else text


def concepts_of(text: str) -> list[str]:
    """The concepts said (or written as what sounds like it), every pair of them, the length, beginning and end."""
    # one character alone (是, 好, 不) means something only in a message that says little else
    fewest = 1 if len(text) <= SHORT_MESSAGE else 2
    heard = _sound(text)
    said = sorted({
        concept for phrase, sound, concept in _phrases() if len(phrase) >= fewest and (phrase in text or sound in heard)
    })
    length = sum(len(text) > step for step in LENGTH_STEPS)
    edges = [f"whole {text}", f"begins {text[:2]}", f"ends {text[-2:]}", f"last {text[-1:]}", f"length {length}"]
    return [*said, *(f"{one} {other}" for one, other in combinations(said, 2)), *edges]


def sounds_of(text: str) -> list[str]:
    """One to four syllables in a row, without tones: a slip of the keyboard or of voice input sounds the same."""
    syllables = lazy_pinyin(text)
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
