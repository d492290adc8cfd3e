"""Yuan to the cent: how an amount is read, rounded and said."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from rules_engine.errors import PolicyError

CENT = Decimal(1).scaleb(-2)
NOTHING = Decimal(0).quantize(CENT)
NO_CENTS = str(NOTHING)[1:]
LARGEST = Decimal(100_000_000)  # no bill of one stay comes near; more is a slip of the keyboard


class BadAmount(PolicyError):
    """An amount that cannot be one. In Chinese: whoever typed it reads it."""


def to_cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to 0.01 yuan."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def yuan(value: Any, title: str = "金额") -> Decimal:
    """The amount in yuan with two decimals.

    Raises BadAmount for no number, a negative one, too many decimals, too much; `title` says in it which amount it was.
    """
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation as fault:
        raise BadAmount(f"「{title}」写的是「{str(value)[:20]}」，不是数字。请写成 25000 或 25000.50 这样。") from fault
    if not amount.is_finite():
        raise BadAmount(f"「{title}」写的是「{str(value)[:20]}」，不是数字。请写成 25000 或 25000.50 这样。")
    if amount < 0:
        raise BadAmount(f"「{title}」是负数（{amount}）。请写大于等于0的金额。")
    if amount > LARGEST:
        raise BadAmount(f"「{title}」超过1亿元，像是多打了几位。请核对后再写。")
    if amount != amount.quantize(CENT):
        raise BadAmount(f"「{title}」写的是 {amount}，最多到分（两位小数）。请核对。")
    return amount.quantize(CENT)


def in_words(amount: Decimal) -> str:
    """The amount as people read it: 13,250元, 15,744.50元."""
    return f"{amount:,.2f}".removesuffix(NO_CENTS) + "元"
