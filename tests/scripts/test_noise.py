"""Each kind of noise does what it says, the same each time, and leaves figures alone."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from pypinyin import lazy_pinyin

from scripts.noise import KINDS, dropped, homophone, noisy, reordered, traditional, unpunctuated, with_fillers
from scripts.spoken_numbers import numerals
from scripts.spoken_words import like_sounding, words
from understanding.haste import FIGURES

SAID = [
    "大夫让上济南再查查，我这医保关系在文登，用提前备案不", "异地 省内 临时 备案需否", "打算去海南过冬住四五个月，备案有必要吗",
    "个人首先承担部分 10%？ 确认一下", "2021年的呢", "我十月一号才搬，12月备案行吗", "好的", "？？？", "88", "",
]
EVERY_CHANCE = [Random(seed) for seed in range(20)]


def figures(text: str) -> list[str]:
    return [sign for sign in text if sign.isdigit() or sign in FIGURES]


@pytest.mark.parametrize("kind", KINDS)
def test_noise_is_the_same_each_time_and_another_seed_makes_another(kind: str) -> None:
    assert [noisy(text, kind) for text in SAID] == [noisy(text, kind) for text in SAID]
    if kind in ("同音字", "漏一个字", "颠倒次序", "口头禅"):
        assert [noisy(text, kind, seed=1) for text in SAID] != [noisy(text, kind, seed=2) for text in SAID]


@pytest.mark.parametrize("text", SAID)
def test_a_homophone_is_one_character_of_a_word_that_sounds_the_same(text: str) -> None:
    for chance in EVERY_CHANCE:
        made = homophone(text, chance)
        differing = [(one, other) for one, other in zip(text, made, strict=True) if one != other]
        assert len(differing) <= 1
        assert figures(made) == figures(text)


def test_a_homophone_sounds_as_the_character_does_in_its_word() -> None:
    for chance in EVERY_CHANCE:
        made = homophone("银行", chance)
        assert made != "银行"
        assert lazy_pinyin(made[0])[0] == "yin" or lazy_pinyin(made[1])[0] == "hang"
    assert "一" not in like_sounding("医保", 0)
    assert "以" in like_sounding("医保", 0)


def test_a_text_of_no_words_has_no_homophones() -> None:
    assert [homophone(text, Random(1)) for text in ("88", "？？？", "三十", "我")] == ["88", "？？？", "三十", "我"]


@pytest.mark.parametrize("text", SAID)
def test_one_character_is_dropped_and_no_figure(text: str) -> None:
    for chance in EVERY_CHANCE:
        made = dropped(text, chance)
        assert len(text) - len(made) == (text[:3] not in ("202", "好的", "？？？", "88", ""))
        assert not Counter(made) - Counter(text)
        assert figures(made) == figures(text)


def test_clauses_are_swapped_and_the_signs_between_them_stay() -> None:
    assert reordered("备案有必要吗？打算去海南", Random(1)) == "打算去海南？备案有必要吗"
    assert reordered("杭州 转诊", Random(1)) == "转诊 杭州"


def test_of_a_single_clause_two_words_side_by_side_are_swapped() -> None:
    made = {reordered("异地备案怎么办理", chance) for chance in EVERY_CHANCE}
    assert made >= {"备案异地怎么办理", "异地备案办理怎么"}
    assert all(sorted(text) == sorted("异地备案怎么办理") for text in made)
    assert reordered("好的", Random(1)) == "好的"


def test_what_denies_stays_where_it_is() -> None:
    assert {reordered("外地不报销", chance) for chance in EVERY_CHANCE} == {"外地不报销"}


def test_traditional_characters() -> None:
    assert traditional("医保备案，2021年", Random(1)) == "醫保備案，2021年"


@pytest.mark.parametrize(("said", "made"), [
    ("首先自付是10还是20", "首先自付是十还是二十"),
    ("要付10%？", "要付百分之十？"),
    ("2020年出的", "二零二零年出的"),
    ("打了120", "打了一二零"),
    ("比例0.5对吗", "比例零点五对吗"),
    ("驻场八个月，十月一号去", "驻场8个月，10月1号去"),
    ("百分之三十五都要扣吗", "35%都要扣吗"),
    ("三万二千块钱", "32000块钱"),
    ("住四五个月", "住四五个月"),
    ("住一两年，第二天", "住一两年，第二天"),
    ("万一去三亚，一块儿问一次", "万一去三亚，一块儿问一次"),
    ("88", "88"),
    ("3q啊，b12", "3q啊，b12"),
])
def test_figures_are_written_the_other_way_and_what_is_no_figure_stays(said: str, made: str) -> None:
    assert numerals(said, Random(1)) == made


def test_fillers_come_in_front_between_words_and_at_the_end_before_the_closing_signs() -> None:
    for chance in EVERY_CHANCE:
        made = with_fillers("杭州住了3个月能报吗？", chance)
        assert made.startswith(("嗯，", "那个，", "请问一下，", "我想问哈，"))
        assert made.endswith(("啊？", "嗯？", "那个？"))
        assert "了3个月" in made
        within = made.split("，", 1)[1].removesuffix("？").removesuffix("啊").removesuffix("嗯").removesuffix("那个")
        assert Counter(within) > Counter("杭州住了3个月能报吗")


@pytest.mark.parametrize(("said", "made"), [
    ("医保，能报吗？", "医保能报吗"),
    ("异地 省内 临时", "异地省内临时"),
    ("要付10%？ 0.5对吗。", "要付10%0.5对吗"),
    ("打0571-12393，说 good morning", "打0571-12393说good morning"),
    ("？？？", "？？？"),
])
def test_punctuation_goes_and_the_signs_of_figures_stay(said: str, made: str) -> None:
    assert unpunctuated(said, Random(1)) == made


def test_words_leave_nothing_out() -> None:
    assert ["".join(words(text)) for text in SAID] == SAID
