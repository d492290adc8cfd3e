"""What was found in a leaflet as a pack would write it: 10% is "0.10" of unit rate, 半年 is 6 months."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

IN_YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}
# unit as written → unit of a pack, how many of it
IN_TIME = {"个月": ("months", 1), "年": ("months", 12), "天": ("days", 1), "日": ("days", 1), "个自然日": ("days", 1)}
AMOUNT = re.compile(r"([\d,.]+|[^\d,.]+?)(万?元)")
SPAN_OF_TIME = re.compile(r"(\d+|[一二三四五六七八九十百两半]+)(个月|个自然日|年|天|日)")
WHOLE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]")
LANDLINE = re.compile(r"[（(]?(0\d{2,3})[）)—– -]*(\d{3,4}) ?(\d{4})")


def value_and_unit(kind: str, text: str, phones_before: Sequence[str]) -> tuple[str | None, str]:
    """The value and its unit; (None, "") where it has none; a phone and a day have no unit."""
    if kind in ("share", "amount"):
        value = _rate(text) if kind == "share" else _yuan(text)
        return (value, "rate" if kind == "share" else "yuan") if value else (None, "")
    if kind == "period":
        return _time(text)
    if kind == "phone":
        return _phone(text, phones_before), ""
    if kind == "date" and (found := WHOLE_DATE.match(text)):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", ""
    return None, ""


def _rate(text: str) -> str | None:
    if text.endswith("百分点"):  # more or less than another share: no share itself
        return None
    number = _number(text.rstrip("%％").removeprefix("百分之"))
    return None if number is None else f"{number / 100:.{max(2, 2 - _exponent(number))}f}"


def _yuan(text: str) -> str | None:
    found = AMOUNT.search(text)
    number = _number(found[1]) if found else None
    return None if number is None or not found else f"{(number * IN_YUAN[found[2]]).normalize():f}"


def _time(text: str) -> tuple[str | None, str]:
    found = SPAN_OF_TIME.search(text)
    # 3月31日前 is no span of time, and packs have no unit for working days
    if not found or "月" in text[: found.start()] or "工作日" in text:
        return None, ""
    unit, times = IN_TIME[found[2]]
    number = Decimal(1) / 2 if found[1] == "半" else _number(found[1])
    return (None, "") if number is None else (f"{number * times:.0f}", unit)


def _phone(text: str, before: Sequence[str]) -> str:
    """The number with its area code; a number without one shares that of the number before it."""
    digits = text.lstrip(":： ")
    whole = LANDLINE.fullmatch(digits)
    if whole:
        return f"{whole[1]}-{whole[2]}{whole[3]}"
    area = next((found[1] for number in reversed(before) if (found := LANDLINE.fullmatch(number or ""))), "")
    return f"{area}-{digits}" if area and re.fullmatch(r"[2-9]\d{6,7}", digits) else digits


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return _chinese_number(text)


def _chinese_number(text: str) -> Decimal | None:
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(text.replace("两", "二"), "normal")))
    except ValueError:
        return None


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
