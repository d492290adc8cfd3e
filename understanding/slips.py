"""Puts right what a keyboard or voice input wrote with a like-sounding character: 社报卡, 余航, 转真.

A stretch is put right where it sounds like one of our words or like a place, has a character in common with it, is no
word itself and is not cut out of a word on either side. As many characters come out as went in.
"""

from functools import cache

import jieba
from pypinyin import lazy_pinyin

from rules_engine import packs, regions

# Words that answers turn on and that are often heard or typed wrong.
WORDS = (
    "医保", "备案", "异地", "异地就医", "转诊", "报销", "结算", "直接结算", "社保卡", "医保卡", "登记", "门诊",
    "起付线", "承诺书", "承诺制", "个人账户", "参保", "参保地", "定点", "手机", "慢性病", "慢病", "慢特病",
    "急诊", "材料", "居住证", "窗口", "手续", "比例", "发票", "变更", "取消", "有效期", "职工", "居民", "跨省", "省内",
    "手工报销", "垫付", "外伤", "凭证", "小程序",
)
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
# 那去, 太远, 上还, 长啥样: what sounds like a place but says something with a common little word
LITTLE_WORDS = frozenset("啥取厂管祛去来还远近系经姓是在的了不有到说要也就都才再又和跟把被给让从对就看能会想")


def put_right(text: str) -> str:
    """The text with such slips put right; as long as before."""
    fixed, sounds, end = list(text), [_sound(sign) for sign in text], 0
    for start in range(len(text)):
        for length, words in _by_length() if start >= end else ():
            said = text[start:start + length]
            meant = words.get(" ".join(sounds[start:start + length]))
            if meant and _is_slip(said, meant) and not _is_meant(text, start, start + length):
                fixed[start:start + length] = meant
                end = start + length
                break
    return "".join(fixed)


def prepare() -> None:
    """Reads what `put_right` needs, so that the first message does not wait for it."""
    _by_length()
    _known_words()


def _is_slip(said: str, meant: str) -> bool:
    """Whether the two differ, yet not wholly; a place is never meant where a little word stands."""
    wrong = set(said) - set(meant)
    return bool(wrong) and len(wrong) < len(set(said)) and (meant in WORDS or not wrong & LITTLE_WORDS)


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether the stretch is a word or a place, or its edge belongs to a word beside it."""
    said, before, after = text[start:end], text[max(0, start - 1):start + 1], text[end - 1:end + 1]
    return _is_word(said) or _is_word(before) or _is_word(after) or bool(regions.find_in(said))


def _is_word(text: str) -> bool:
    return text in _known_words()


@cache
def _known_words() -> frozenset[str]:
    """The words of jieba's own dictionary, without those that we add to it for the tokenizer."""
    with jieba.Tokenizer().get_dict_file() as lines:
        words = (line.split(b" ", 1)[0].decode() for line in lines)
        return frozenset(word for word in words if len(word) > 1)


@cache
def _sound(sign: str) -> str:
    """A character's syllable, those that dialects and ears mix up made one."""
    sound = lazy_pinyin(sign)[0] if sign.isalpha() and not sign.isascii() else sign
    for one, other in ALIKE:
        sound = sound.replace(one, other)
    return sound


@cache
def _by_length() -> tuple[tuple[int, dict[str, str]], ...]:
    """What may be meant, by how it sounds; the longest first. A sound that two names share is left alone."""
    meant: dict[str, set[str]] = {}
    for word in (*WORDS, *_places()):
        meant.setdefault(" ".join(map(_sound, word)), set()).add(word)
    single = [(sounds, *words) for sounds, words in meant.items() if len(words) == 1]
    lengths = sorted({len(word) for _, word in single}, reverse=True)
    return tuple((length, {sounds: word for sounds, word in single if len(word) == length}) for length in lengths)


def _places() -> set[str]:
    """Names of cities, and of the counties and districts where somebody we answer for is insured."""
    covered = [code for code in packs.load().covered if code != regions.NATIONAL]
    near = (one for one in regions.all_regions()
            if one.level != "county" or any(regions.is_within(one.code, code) for code in covered))
    return {one.short_name for one in near if 2 <= len(one.short_name) <= 4}
