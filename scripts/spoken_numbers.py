"""Figures written the other way: 3个月 as 三个月, 三个月 as 3个月."""

from __future__ import annotations

import re
from random import Random

import cn2an

DIGITS = re.compile(r"(?<![a-zA-Z\d.])(\d+(?:\.\d+)?)(%|％)?(?![a-zA-Z\d])")
ONE_BY_ONE = re.compile(r"1[12]0|119|12\d{3}|\d{7,}")  # numbers of telephones
CHINESE_PERCENT = re.compile(r"百分之([零一二两三四五六七八九十百点]+)")
# Counted in a unit, so that it is a figure and no part of a word (万一, 三亚); 一 only where it counts (not 一块儿)
CHINESE = re.compile(
    r"(?<![零一二两三四五六七八九十百千万几第])"
    r"(?:([零一二两三四五六七八九十百千万]{2,}|[二两三四五六七八九十])(?=个|年|天|月|号|日|元|块|岁|次|级|周|多|来|倍|家|人)"
    r"|(一)(?=年|个月|天|月|号|日|元|岁|级))"
)
ABOUT = re.compile("一二|一两|二三|两三|三四|三五|四五|五六|六七|七八|八九")  # 四五个: no figure, but a guess
HAN = re.compile(r"[\u4e00-\u9fff]")


def numerals(text: str, chance: Random) -> str:
    """Digits in Chinese; where there are none, Chinese figures in digits. A message of nothing else stays (88)."""
    if not HAN.search(text):
        return text
    in_chinese = DIGITS.sub(_in_chinese, text)
    return in_chinese if in_chinese != text else CHINESE.sub(_in_digits, CHINESE_PERCENT.sub(_percent, text))


def _in_chinese(found: re.Match[str]) -> str:
    figure, sign = found.groups()
    is_year = len(figure) == 4 and found.string[found.end():].startswith("年")
    mode = "direct" if is_year or ONE_BY_ONE.fullmatch(figure) else "low"
    return ("百分之" if sign else "") + str(cn2an.an2cn(figure, mode))


def _in_digits(found: re.Match[str]) -> str:
    return found[0] if ABOUT.search(found[0]) else _figure(found[0]) or found[0]


def _percent(found: re.Match[str]) -> str:
    figure = _figure(found[1])
    return f"{figure}%" if figure else found[0]


def _figure(chinese: str) -> str | None:
    """The figure in digits; None where it is none after all (万来)."""
    try:
        return str(cn2an.cn2an(chinese, "smart"))
    except ValueError:
        return None
