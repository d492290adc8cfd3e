"""Sums of money as they are written and spoken: 25,000元, 两万五, 2w5, 三千八百块六毛, 万把块."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

HAN = {sign: number % 10 for number, sign in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")} | {"两": 2, "俩": 2}
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000,
          "万": 10**4, "w": 10**4, "亿": 10**8}
VAGUE = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10**4), "半": Decimal(5000)}
CENT, LARGEST = Decimal("0.01"), Decimal(10**15)

SIGNS, SCALE_SIGNS = "".join(HAN), "十拾百佰千仟万亿"
SIGN = f"[{SIGNS}]"
SCALE = rf"(?:[{SCALE_SIGNS}]|[kw](?![a-z]))"
FIGURES = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
# 两万三级医院, 三万二次住院, 两万一共: the last number belongs to what comes next; 两万五个人付: it does not
NOT_OF_THE_NEXT = r"(?!\d|[级档次天年月号日岁胎%]|个(?!人|账)|成(?!本)|[甲乙](?!类))"
SIGN_BEHIND = rf"(?<=[{SIGNS}{SCALE_SIGNS}kw])(?!一[共下样起点些直定般旦切并律边]){SIGN}{NOT_OF_THE_NEXT}"
FIGURES_BEHIND = rf"(?<=[{SCALE_SIGNS}kw零]){FIGURES}{NOT_OF_THE_NEXT}"
# 二十多万 holds its 多, 两万多 leaves it behind: about as much, the round number
NUMBER = rf"(?:{FIGURES}|{SIGN}|[十拾])(?:[多来余]?{SCALE}|{SIGN_BEHIND}|{FIGURES_BEHIND})*"
SUM = re.compile(
    rf"(?<![\d.几数第{SIGNS}{SCALE_SIGNS}])(?<!\d[,/])(?<!百分之)¥?"
    rf"(?:(?:(?P<low>\d{{1,3}}(?:\.\d)?|{SIGN})(?:到|至|-|~))?(?P<number>{NUMBER})|一?(?P<vague>[百千万](?=把)|半(?=万))[把万])"
    rf"(?:[多来余几](?!{SCALE}))?(?P<yuan>块钱?|元钱?(?![旦月素件])|圆)?"
    # 一百二十块五, 三千八百块六毛, 12元5角
    rf"(?:(?<=[块元])(?P<tenth>\d|{SIGN})(?:[毛角](?:(?P<cent>\d|{SIGN})分?)?|(?<=块.)(?=$|[,。;?!能可自我医报])))?"
)
TOKEN = re.compile(rf"{FIGURES}|{SIGN}+|{SCALE}")
MAY_HOLD_A_SUM = re.compile(r"\d|[十百千万佰仟块元]")
# 万一两万五不够, 统一三万, 周三两万: their 一 and 三 are no part of the sum behind them
IN_OTHER_WORDS = re.compile(rf"(?<![\d{SIGNS}{SCALE_SIGNS}])万一|[统唯之其任]一|(?:周|星期|礼拜)[一二三四五六日]")
TO, OR = re.compile(r"到|至|~|-"), re.compile(r"还是|或者?")


@dataclass(frozen=True, slots=True)
class Sum:
    """A number of a message that may be money: where it stands, what it comes to, how it was said."""

    start: int
    end: int
    value: Decimal
    said: str
    has_unit: bool  # 元, 块, ¥
    scale: int  # the largest one said: 10000 in 两万五, 1 in a plain number


def sums_in(text: str) -> list[Sum]:
    """The numbers of the text that can be read as yuan with at most two decimals, in their order.

    Of two to choose from (两万到三万, 八百还是一千二) the first.
    """
    if not MAY_HOLD_A_SUM.search(text):
        return []
    text = IN_OTHER_WORDS.sub(lambda match: "·" * len(match[0]), text)
    found: list[Sum] = []
    for one in _each(text):
        last = found[-1] if found else one
        between = text[last.end:one.start]
        is_money = one.has_unit or max(one.scale, last.scale) > 1
        if found and (OR.fullmatch(between) or (is_money and TO.fullmatch(between))):
            found[-1] = replace(last, end=one.end, has_unit=one.has_unit, scale=max(one.scale, last.scale))
        else:
            found.append(one)
    return found


def _each(text: str) -> Iterator[Sum]:
    for match in SUM.finditer(text):
        said = match["number"] or match["vague"]
        value = VAGUE[said] if match["vague"] else _from_range(match["low"], said)
        if value is None or value >= LARGEST:
            continue
        value += 10 * CENT * _digit(match["tenth"]) + CENT * _digit(match["cent"])
        if value == value.quantize(CENT):
            has_unit = bool(match["yuan"]) or match[0].startswith("¥")
            scale = max((SCALES[sign] for sign in match[0] if sign in SCALES), default=1)
            yield Sum(match.start(), match.end(), value.quantize(CENT), match[0], has_unit, scale)


def value_of(said: str) -> Decimal | None:
    """What a number comes to (两万五: 25000, 3千2: 3200, 五六千: 5000); None for what only looks like one."""
    total = section = Decimal(0)
    last, scale, small, large, exact = None, 0, 10**4, 10**9, False
    tokens = TOKEN.findall(said)
    if len(tokens) > 1 and any(len(token) > 2 and token[0] in HAN for token in tokens):
        return None  # 三七二十
    for token in tokens:
        if token not in SCALES:
            if last:
                return None
            last, exact = _plain(token), exact or token[0] in "0零〇"
            if last is None:
                return None
            continue
        scale = SCALES[token]
        if last is None and token not in "十拾" and (scale < 10**4 or not section):
            return None
        if scale >= (small if scale < 10**4 else large):
            return None
        if scale < 10**4:
            section, small = section + (1 if last is None else last) * scale, scale
        else:
            total, section, small, large = total + (section + (last or 0)) * scale, Decimal(0), 10**4, scale
        last, exact = None, False
    return _with_rest(total + section, last, scale, exact)


def _with_rest(value: Decimal, rest: Decimal | None, scale: int, exact: bool) -> Decimal | None:
    """The value with what is said behind the last scale: 五 in 两万五 is tenths of 万, in 一万零五 it is five."""
    if rest is None or not scale:
        return value if rest is None else rest
    if rest >= scale or rest != int(rest):
        return None
    return value + (rest * scale / 10 if rest < 10 and not exact else rest)


def _plain(token: str) -> Decimal | None:
    """A token's number: 25,000; 五; 五六 (the fewer); 零五; 二五零零零, digit by digit."""
    if token[0] not in HAN:
        return Decimal(token.replace(",", ""))
    signs = token.lstrip("零〇") or "零"
    if len(signs) != 2:
        return Decimal("".join(str(HAN[sign]) for sign in signs))
    fewer, more = HAN[signs[0]], HAN[signs[1]]
    return Decimal(fewer) if more - fewer == 1 or (fewer, more) == (3, 5) else None


def _digit(sign: str | None) -> int:
    return HAN[sign] if sign in HAN else int(sign or 0)


def _from_range(low: str | None, said: str) -> Decimal | None:
    """What was said; of two numbers (两到三万, 2-3万) the lower."""
    high, scale = value_of(said), SCALES.get(said[-1])
    if low is None or high is None or not scale:
        return high if low is None else None
    lower = (_plain(low) or Decimal(0)) * scale
    return lower if lower < high else None
