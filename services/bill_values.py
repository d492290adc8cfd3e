"""The cells of a bill as values: what was typed → yuan, a share, a class of the catalogue."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import cn2an

from rules_engine.money import LARGEST, to_cents
from services.bill_rows import CatalogueClass

PERCENT = Decimal(100)
# Half-width for full-width, character by character: NFKC would also turn ² and ① into digits.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", ord("￥"): "¥", ord("−"): "-", ord("–"): "-", ord("—"): "-",
}
_NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<whole>\d{1,3}(?:[, ]\d{3})+|\d*)(?:\.(?P<rest>\d*))?", re.ASCII)
_YUAN_BEFORE = re.compile(r"^([-+]?)\s*(?:人民币|RMB|CNY|¥)\s*:?\s*", re.IGNORECASE)
_YUAN_BEHIND = re.compile(r"\s*(?:元整|元正|圆整|圆|元|块钱|块|RMB|CNY)$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_LARGE_UNIT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)([万千])", re.ASCII)
_NUMERAL = re.compile(r"[负零〇一二三四五六七八九十百千万亿两点壹贰叁肆伍陆柒捌玖拾佰仟萬\d.]{1,24}", re.ASCII)
_COINS = re.compile(r"(?P<yuan>.+?)[元圆块](?:(?P<jiao>[^元角分毛]{1,2})[角毛])?(?:零?(?P<fen>[^元角分]{1,2})分)?整?")
_RATE = re.compile(r"(\d{1,3}(?:\.\d{1,6})?|\.\d{1,6})(%?)", re.ASCII)
_NO_VALUE = {"", "-", "--", "/", "\\", "无", "空", "null", "none", "n/a"}
_CLASS = re.compile(
    r"(?:医保|统筹|国家)?(?:(?P<A>甲类?|A类?|01)|(?P<B>乙类?|B类?|02)"
    r"|(?P<none>丙类?|C类?|03|全?自费(?:药品?|项目|材料|类)?|完全自费|非医保(?:项目)?|目录外|医保外|(?<!医保)无|不报销?))"
    r"(?:药品?|项目|材料)?\(?(?P<rate>\d{1,3}(?:\.\d+)?%)?\)?",
    re.IGNORECASE | re.ASCII,
)


class BadValue(Exception):
    """A cell that cannot be read; the text says why and what to do, and follows the name of the cell."""


def plain(text: str) -> str:
    """The text on one line, in half-width characters, without control characters."""
    half = text.translate(_HALF_WIDTH)
    if half.isprintable():
        return " ".join(half.split())
    kept = "".join(" " if c.isspace() else c for c in half if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(kept.split())


def shown(text: str, longest: int = 20) -> str:
    """The text as it may stand in a message: one line, shortened."""
    line = plain(text)
    return line if len(line) <= longest else line[:longest] + "…"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate this cell. Nothing here ever does."""
    return text.lstrip().startswith("=")


def number_of(text: str, decimals: int = 2) -> Decimal:
    """The number that was typed: 1,200.00, ￥300元, (50), 1.2万, 贰仟叁佰元整. Raises BadValue."""
    if is_formula(text):
        raise BadValue("是公式，这里不做计算。请把这一格复制后「粘贴成数值」再传。")
    typed = plain(text)
    if not typed:
        raise BadValue("是空的。请补上数字；没有这笔就删掉这一行。")
    value = _digits(typed)
    if value is None:
        value = _numeral(typed)
    if value is None:
        raise BadValue(f"写的是「{shown(text)}」，认不出是多少。请改成数字，例如 300.00。")
    if abs(value) > LARGEST:
        raise BadValue(f"写的是「{shown(text)}」，超过1亿元，像是多打了几位。请核对后改正。")
    if value != round(value, decimals):
        raise BadValue(f"写的是「{shown(text)}」，小数多于{decimals}位。请照收据改正。")
    return to_cents(value) if decimals == 2 else value


def _digits(typed: str) -> Decimal | None:
    bracketed = _IN_BRACKETS.fullmatch(typed)
    bare = _YUAN_BEHIND.sub("", _YUAN_BEFORE.sub(r"\1", bracketed[1] if bracketed else typed)).strip()
    if bracketed and bare.startswith(("-", "+")):
        return None
    match = _NUMBER.fullmatch(bare)
    if match is None or not (match["whole"] or match["rest"]) or len(bare) > 40:
        return None
    whole = re.sub("[, ]", "", match["whole"]) or "0"
    value = Decimal(f"{match['sign']}{whole}.{match['rest'] or '0'}")
    return -value if bracketed else value


def _numeral(typed: str) -> Decimal | None:
    """Numbers with Chinese numerals; only what can be read in one way."""
    bare = typed.removeprefix("人民币").removeprefix(":").strip().removesuffix("整").removesuffix("正")
    coins = _COINS.fullmatch(bare)
    if coins is None:
        return _whole_numeral(bare)
    parts = [_whole_numeral(coins[name] or "0") for name in ("yuan", "jiao", "fen")]
    if any(part is None for part in parts) or any(part is None or part > 9 for part in parts[1:]):
        return None
    yuan, jiao, fen = (part or Decimal(0) for part in parts)
    coins_amount = (jiao * 10 + fen) / PERCENT
    return yuan - coins_amount if bare.startswith(("-", "负")) else yuan + coins_amount


def _whole_numeral(bare: str) -> Decimal | None:
    in_units = _LARGE_UNIT.fullmatch(bare)
    if in_units:
        return Decimal(in_units[1]) * (10_000 if in_units[2] == "万" else 1_000)
    value = _digits(bare)
    if value is not None or not _NUMERAL.fullmatch(bare):
        return value
    try:
        return Decimal(str(cn2an.cn2an(bare.replace("两", "二").replace("萬", "万"), "smart")))
    except (ValueError, LookupError, ArithmeticError):  # cn2an trips over 一十零
        return None


def class_of(text: str) -> tuple[CatalogueClass | None, Decimal | None]:
    """The class, and the share where the cell names it too (乙类10%). None for what is not a class."""
    typed = plain(text).replace(" ", "")
    match = _CLASS.fullmatch(typed)
    if match is None:
        return None, None
    names: tuple[CatalogueClass, ...] = ("A", "B", "none")
    found = next(name for name in names if match[name])
    return found, share_of(match["rate"], False) if match["rate"] else None


def share_of(text: str, in_points: bool) -> Decimal | None:
    """The share from 0 to 1 of 10%, 0.1 or 10; None for no share. `in_points`: the column counts in hundredths."""
    if is_formula(text):
        raise BadValue("是公式，这里不做计算。请把这一格复制后「粘贴成数值」再传。")
    typed = plain(text).replace(" ", "").lower()
    if typed in _NO_VALUE:
        return None
    match = _RATE.fullmatch(typed)
    value = Decimal(match[1]) if match else None
    if match and value is not None and (match[2] or value > 1 or (in_points and value == 1)):
        value /= PERCENT
    if value is None or value > 1:
        raise BadValue(f"写的是「{shown(text)}」，认不出是几成。请写成百分比，例如 10%，没有就空着。")
    return value


def counts_in_points(texts: list[str]) -> bool:
    """Whether a column of shares counts in hundredths: then its 1 is one in a hundred, not all."""
    matches = [_RATE.fullmatch(plain(text).replace(" ", "")) for text in texts]
    return any(match and not match[2] and Decimal(match[1]) > 1 for match in matches)
