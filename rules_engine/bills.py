"""What one stay cost: the sums of a settlement sheet, checked against each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rules_engine.money import NOTHING, BadAmount, in_words, yuan

TITLES: Mapping[str, str] = {
    "total_amount": "总费用", "non_covered_amount": "自费", "class_b_upfront_amount": "乙类先行自付",
    "in_scope_amount": "符合政策范围金额",
}


@dataclass(frozen=True, slots=True)
class Bill:
    """A stay's cost in yuan: all of it, what is not covered, and what Class B items take first."""

    total_amount: Decimal
    non_covered_amount: Decimal = NOTHING
    class_b_upfront_amount: Decimal = NOTHING

    @property
    def in_scope_amount(self) -> Decimal:
        """What the insurance's rules apply to (符合政策范围金额), yuan."""
        return self.total_amount - self.non_covered_amount - self.class_b_upfront_amount


@dataclass(frozen=True)
class ReadSums:
    """A bill, and which of its sums nobody told: they stand in it as 0."""

    bill: Bill
    untold: tuple[str, ...]


def bill_of(sums: Mapping[str, Decimal | str]) -> ReadSums:
    """The bill of the sums that are known: `total_amount`, and any of the others of TITLES.

    With the in-scope amount and one of the other two, the third follows. With it alone, what lies outside
    counts as not covered. Raises BadAmount where sums contradict each other or are no amounts.
    """
    told = {name: yuan(value, TITLES[name]) for name, value in sums.items() if name in TITLES}
    if "total_amount" not in told:
        raise BadAmount("还不知道总费用。请写一共花了多少元。")
    total, in_scope = told["total_amount"], told.get("in_scope_amount")
    if in_scope is not None:
        _add_what_follows(told, total, in_scope)
    outside, upfront = told.get("non_covered_amount", NOTHING), told.get("class_b_upfront_amount", NOTHING)
    if outside + upfront > total:
        raise BadAmount(
            f"自费（{in_words(outside)}）和乙类先行自付（{in_words(upfront)}）加起来比总费用（{in_words(total)}）还多。"
            "请对着结算单核对这几个数。"
        )
    bill = Bill(total, outside, upfront)
    if in_scope is not None and bill.in_scope_amount != in_scope:
        raise BadAmount(
            f"总费用减去自费和乙类先行自付是{in_words(bill.in_scope_amount)}，"
            f"跟写的符合政策范围金额（{in_words(in_scope)}）对不上。请对着结算单核对。"
        )
    return ReadSums(bill, tuple(name for name in ("non_covered_amount", "class_b_upfront_amount") if name not in told))


def _add_what_follows(told: dict[str, Decimal], total: Decimal, in_scope: Decimal) -> None:
    if in_scope > total:
        raise BadAmount(
            f"符合政策范围金额（{in_words(in_scope)}）比总费用（{in_words(total)}）还多。请对着结算单核对这两个数。"
        )
    rest = total - in_scope
    if "non_covered_amount" in told:
        told.setdefault("class_b_upfront_amount", max(rest - told["non_covered_amount"], NOTHING))
    elif "class_b_upfront_amount" in told:
        told["non_covered_amount"] = max(rest - told["class_b_upfront_amount"], NOTHING)
    else:
        told |= {"non_covered_amount": rest, "class_b_upfront_amount": NOTHING}
