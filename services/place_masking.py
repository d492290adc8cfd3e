"""Places below the city, and hospitals, out of a text that others read: where someone lives or lies ill is theirs.

Rather too much than too little: what is masked wrongly costs a reader a word, what is left costs a person more.
"""

from __future__ import annotations

import re
from functools import cache

from rules_engine import regions
from rules_engine.errors import NoPoolingCity

DISTRICT, PLACE, HOSPITAL = "〔区县〕", "〔地点〕", "〔医院〕"
# Words that stand before a name and are no part of it; none of them occurs in the middle of a hospital's name.
_BEFORE = re.compile(
    r".*(?:[在去到是的了住看给让要想能我你您他她俺咱妈爸婆公儿爷奶姥送选找问吗呢吧跟及被叫离从]|转院|住院"
    r"|这家|那家|这个|那个|一家|还有|或者?|以及|医保|参保)"
)
_HOSPITAL = re.compile(
    r"[\u4e00-\u9fff0-9A-Za-z]{0,24}?"
    r"(?:医院|卫生院|卫生室|卫生服务中心|卫生服务站|保健院|医疗中心|诊所|门诊部|疗养院|附院)(?:[\u4e00-\u9fff]{1,5}?(?:分院|院区))?"
)
_ENDING = re.compile(r"(?:医院|卫生院|卫生室|卫生服务中心|卫生服务站|保健院|医疗中心|诊所|门诊部|疗养院|附院)$")
_KNOWN = re.compile(
    r"协和(?!议)|华西|湘雅|齐鲁|瑞金|同济|毓璜顶|阜外|宣武|天坛|积水潭|附[一二三](?!起)|(?:省|市|县)立(?!法|即|刻)"
)
# A kind of hospital, which names none.
_ANY_HOSPITAL = re.compile(
    r"(?:当地|本地|外地|异地|外省|省外|跨省|[省市县区乡村镇][内里外上级]?|[这那]边|附近|别的|其[他它]"
    r"|[另换同]?[一两几多各每哪这那]?[家个些所]|什么|任何|所有|全部|大型?|小|好"
    r"|公立|私立|民营|民办|(?:非|不是)?定点|联网|开通|专科|综合|社区|乡镇|基层"
    r"|[一二三几][级甲乙丙]等?|甲等"
    r"|高?级别?|[同上下]级|转[出入诊]|就[医诊]|治疗|住院|急诊|门诊|收治|接诊|协议|直接结算|原来?|本|不同|普通|部分|中心|指定|医疗|等|类|地|哪|和|与|下|进|出|来)*"
)
_STREET = re.compile(
    r"[\u4e00-\u9fff0-9A-Za-z]{1,10}?(?:街道|小区|社区|花园|公寓|家园|新村|大厦|大街|大道|胡同|广场|国际城|[路街巷弄镇乡村苑坊])"
    r"(?:[0-9０-９一二三四五六七八九十百]+[-－号弄栋幢座单元室楼层组院]*)*"
)
_NO_STREET = re.compile(
    r".*(?:[一上下半道水陆铁公高思出走赶同回绕线电网套退弯顺]路|[上逛]街"
    r"|[老同城家返还]乡|农村|[这那哪]个?[村镇乡]|[一二三四五六七八九十几半][路村镇乡]|乡村|村镇|乡镇|城镇|社区)"
)


def mask_places(text: str) -> str:
    """The text with hospitals, streets and villages, and the names of districts and counties taken out.

    Cities stay, also those of a county's rank: they may be where someone is insured.
    """
    text = _HOSPITAL.sub(lambda found: _hospital_masked(found[0]), text)
    text = _KNOWN.sub(HOSPITAL, text)
    text = _districts_masked(text)
    return _STREET.sub(lambda found: _street_masked(found[0]), text)


def _hospital_masked(found: str) -> str:
    before = _BEFORE.match(found)
    said, name = (before[0], found[before.end():]) if before else ("", found)
    city = _city_at_start(name)
    kind = _ENDING.sub("", name[len(city):])
    is_any = _ANY_HOSPITAL.fullmatch(kind) if kind else not city
    if is_any:
        return found
    return f"{said}{city}{HOSPITAL}"


def _street_masked(found: str) -> str:
    before = _BEFORE.match(found)
    said, name = (before[0], found[before.end():]) if before else ("", found)
    if len(name) < 2 or _NO_STREET.fullmatch(name):
        return found
    city = _city_at_start(name)
    return f"{said}{city}{PLACE}"


def _districts_masked(text: str) -> str:
    for mention in reversed(regions.find_in(text)):
        if all(found.level == "county" and not found.name.endswith("市") for found in mention.regions):
            cities = {_city_of(found.code) for found in mention.regions}
            city = cities.pop() if len(cities) == 1 else ""
            text = f"{text[:mention.start]}{city}{DISTRICT}{text[mention.end:]}"
    return text


def _city_of(code: str) -> str:
    try:
        return regions.pooling_city_of(code).name
    except NoPoolingCity:
        return ""


def _city_at_start(name: str) -> str:
    found = _cities().match(name)
    return found[0] if found else ""


@cache
def _cities() -> re.Pattern[str]:
    """Provinces and cities by both of their names, the longest first."""
    names = {
        name for region in regions.all_regions() for name in (region.name, region.short_name)
        if region.level != "county" or region.name.endswith("市")
    }
    one = "|".join(sorted(map(re.escape, names), key=lambda name: -len(name)))
    return re.compile(f"(?:{one})(?:[省市])?(?:(?:{one})市?)?")
