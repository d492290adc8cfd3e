"""A settlement in words: for each part how its amount came about, in the words of policy_packs/cost_words.yml."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from rules_engine.decision import Citation
from rules_engine.fact_words import amount_in_words
from rules_engine.money import in_words
from rules_engine.settlement import Part, Settlement

Words = Mapping[str, Any]
FROM_BILL, FROM_PERSON = "bill", "user"
# What nobody printed → the component that would show it.
UNPRINTED = {
    "deductible": "deductible", "share": "out_of_area_upfront_amount", "reduced": "out_of_area_upfront_amount",
    "share_no_pack": "out_of_area_upfront_amount", "share_not_in_force": "out_of_area_upfront_amount",
}
OF_THE_BILL = frozenset({"non_covered_amount", "class_b_upfront_amount"})


class Explained(NamedTuple):
    """One part for people: title, how it came about, what the term means, what it rests on, what is left after it."""

    name: str
    title: str
    payer: str
    amount: Decimal
    remaining: Decimal
    formula: str
    says: str
    source_kind: str
    is_unprinted: bool  # nobody printed a figure: the amount of 0 says nothing
    citation: Citation | None


def explained(settlement: Settlement, words: Words, missing: Collection[str] = ()) -> tuple[Explained, ...]:
    """Every part in words, in order. `missing`: what nobody printed, so that its part says so."""
    titles, unprinted = words["components"], {UNPRINTED[name] for name in missing}
    return tuple(_explained(part, titles[part.name], part.name in unprinted) for part in settlement.parts)


def _explained(part: Part, row: Mapping[str, str], is_unprinted: bool) -> Explained:
    citation = part.step.citation if part.step else None
    is_bills = part.name in OF_THE_BILL
    kind = FROM_BILL if is_bills else citation.source_kind if citation else FROM_PERSON
    formula = row["missing"] if is_unprinted else FORMULAS.get(part.name, _plain)(part, row)
    return Explained(
        part.name, row["title"], part.payer, part.amount, part.remaining, formula, row["says"], kind, is_unprinted,
        citation,
    )


def _plain(part: Part, row: Mapping[str, str]) -> str:
    if not part.amount and "nothing" in row:
        return row["nothing"]
    return row["usual"].format(amount=in_words(part.amount))


def _share(part: Part, row: Mapping[str, str]) -> str:
    if part.rate is None:
        return row["lowered"]
    if not part.rate:
        return row["nothing"]
    return row["usual"].format(
        base=in_words(part.base), rate=amount_in_words(part.rate, "rate"), amount=in_words(part.amount),
    )


def _deductible(part: Part, row: Mapping[str, str]) -> str:
    if not part.limit:
        return row["nothing"]
    gross, limit = part.amount + part.taken_over, in_words(part.limit)
    if gross < part.limit:
        return row["short"].format(limit=limit, amount=in_words(gross))
    return row["usual"].format(limit=limit)


def _coinsurance(part: Part, row: Mapping[str, str]) -> str:
    if not part.pieces:
        return row["nothing"]
    pieces = "；".join(
        row["piece"].format(amount=in_words(amount), fund_rate=fund_rate, own_rate=own_rate)
        for amount, (fund_rate, own_rate) in ((piece.amount, _rates_in_words(piece.rate)) for piece in part.pieces)
    )
    return row["usual"].format(pieces=pieces, gross=in_words(part.amount + part.taken_over)) + _relief(part, row)


@lru_cache(maxsize=256)
def _rates_in_words(rate: Decimal) -> tuple[str, str]:
    """The fund's rate and the patient's."""
    return amount_in_words(rate, "rate"), amount_in_words(1 - rate, "rate")


def _above_ceiling(part: Part, row: Mapping[str, str]) -> str:
    gross = part.amount + part.taken_over
    if not gross:
        return row["nothing"]
    is_limited = part.limit is not None and part.base - gross >= part.limit
    words = row["limited" if is_limited else "usual"]
    return words.format(gross=in_words(gross), limit=in_words(part.limit or Decimal(0))) + _relief(part, row)


def _relief(part: Part, row: Mapping[str, str]) -> str:
    return row["relieved"].format(taken=in_words(part.taken_over)) if part.taken_over else ""


def _critical_illness(part: Part, row: Mapping[str, str]) -> str:
    limit = part.step.value.starts_at if part.step else part.base
    return row["usual"].format(limit=in_words(limit), amount=in_words(part.amount))


FORMULAS = {
    "out_of_area_upfront_amount": _share, "deductible": _deductible, "coinsurance_amount": _coinsurance,
    "above_ceiling_amount": _above_ceiling, "critical_illness_amount": _critical_illness,
}
