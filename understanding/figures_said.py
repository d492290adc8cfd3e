"""The figures of a message, as closed entities: sums, shares, lengths of time, which stay of the year."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import cn2an

from understanding.amounts import amounts_in, own_rates_in
from understanding.vocabulary import closed_entity

# 住了四个月, 才俩月, 三年: how long; not 满6个月 or 2021年3月, which are a limit and a date.
SPAN = re.compile(
    r"(?<!\d)(?P<number>\d{1,2}|[一二两俩三四五六七八九十]{1,2})"
    r"(?P<unit>(?:个[来多]?|[来多]个?)月|(?<=俩)月|年(?!\d|[前初底]|[一二三四五六七八九十\d]+月))(?!以[上内下]|之?内)"
)
# 单位派我去新疆半年; not 不到半年, 半年内
HALF_A_YEAR = re.compile(
    r"(?:去|(?<![不没])到|在|住|待|呆|派)[^,，。;?？不没]{0,8}?(?P<half>半年)(?![以之]?内|[以之]?后|不|以上|多)"
)
# 三级，退休，第一次: which stay of the year, where a part of the message says nothing else
STAY = re.compile(
    r"(?:^|[,。;?!])(?:这|是|算|我|今年|本年|这次|这回|应该|那|要是|如果|假如|换成|改成){0,4}"
    r"(?:(?P<first>第一|头一?|首)|(?P<second>第二|二)|(?P<third>第[三四五六七八九]|三))"
    r"[次回](?:入|住|住的)?(?:[了吧的呢啊哦呀]|来着)*(?=$|[,。;?!])"
)
STAYS = {"first": "1", "second": "2", "third": "3"}  # 3: the third or a later one
# 两万多, 五六千, 两三万: a rough sum. 起付线已经交过了: this stay has none to pay any more.
ABOUT_SUM = re.compile(
    r"[万千百][多来余把](?!少)|[万千百元块](?:左右|上下)|[一二两三四五六七八九][二三四五六七八九][万千百]|大概|差不多|大约"
)
# 花了负三千: no sum of a bill, and to be told so.
NEGATIVE_SUM = re.compile(
    r"(?:花了?|费用?|一共|总共|总额|付了?)(?:是|为)?(?:负|-)(?P<number>\d+(?:\.\d{1,2})?|[一二两三四五六七八九十百千万]+)"
)
DEDUCTIBLE_PAID = re.compile(
    r"(?:起付线|门槛费)(?:上次|前面|已经|都|早就?|我)*(?:交|付|扣|出|满|够)(?:过|了|完)(?!多少|几|\d|[一二两三四五六七八九])"
)
ABOUT = re.compile(r"[一二两三四五六七八九]{2}")
MONTHS_IN = {"月": 1, "年": 12}
RATE = re.compile(
    r"(?P<percent>\d{1,3}(?:\.\d)?)\s?(?:[%％]|个点)|百分之(?P<spoken>[一二两三四五六七八九十百]{1,4}|\d{1,3})"
    r"|(?P<tenths>[一二两三四五六七八九])成(?!为|都|功)"
)


def figures_said(text: str) -> Iterator[dict[str, Any]]:
    """The entities total_amount and its parts (yuan), claimed_rate (0–1), months and stay_in_year of a message."""
    for read in (_spans, _rates, _amounts, _stays):
        yield from read(text)


def _rates(text: str) -> Iterator[dict[str, Any]]:
    """Shares that were named (20%, 百分之十, 两成), as rates."""
    for match in RATE.finditer(text):
        number = match["percent"] or match["spoken"] or match["tenths"]
        read = _number(number)
        scale = 10 if match["tenths"] else 1
        value = read * scale / 100 if read is not None else None
        if value is not None and value <= 1:
            yield closed_entity("claimed_rate", str(value), match.start(), match.end())


def _amounts(text: str) -> Iterator[dict[str, Any]]:
    """Sums of a bill, in yuan, and the fund's rate where it is named as such."""
    for label, value, start, end in (*amounts_in(text), *own_rates_in(text)):
        is_about = ABOUT_SUM.search(text[max(0, start - 3):end + 2])
        yield closed_entity(label, value, start, end) | ({"about": True} if is_about else {})
    for match in NEGATIVE_SUM.finditer(text):
        number = _number(match["number"])
        if number is not None:
            yield closed_entity("total_amount", f"-{number:.2f}", match.start("number"), match.end("number"))
    for match in DEDUCTIBLE_PAID.finditer(text):
        yield closed_entity("deductible_amount", "0.00", match.start(), match.end())


def _stays(text: str) -> Iterator[dict[str, Any]]:
    """Which stay of the year it is."""
    for match in STAY.finditer(text):
        yield closed_entity("stay_in_year", STAYS[str(match.lastgroup)], match.start(), match.end())


def _spans(text: str) -> Iterator[dict[str, Any]]:
    """Lengths of time, in months."""
    for match in SPAN.finditer(text):
        number = _number(match["number"])
        if number is not None:
            months = int(number) * MONTHS_IN[match["unit"][-1]]
            yield closed_entity("months", str(months), match.start(), match.end())
    for match in HALF_A_YEAR.finditer(text):
        yield closed_entity("months", "6", match.start("half"), match.end("half"))


def _number(said: str) -> Decimal | None:
    """The number said, in digits or Chinese; None for what looks like one and is none (一十零)."""
    if ABOUT.fullmatch(said):
        said = said[0]  # 五六年, 两三个月: the fewer
    try:
        return Decimal(str(cn2an.cn2an(said.replace("俩", "二").replace("两", "二"), "smart")))
    except (ValueError, KeyError):  # KeyError: cn2an trips over 一十零
        return None
