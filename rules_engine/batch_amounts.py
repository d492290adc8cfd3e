"""Amounts of many rows, from text to whole cents, checked as rules_engine.bills checks those of one bill."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rules_engine import bills
from rules_engine.batch_columns import Cents, cents
from rules_engine.money import BadAmount, yuan

YEAR_TITLES: Mapping[str, str] = {
    "deductible_met_amount": "今年已付起付线", "year_in_scope_amount": "今年已有范围内费用",
    "year_fund_amount": "今年统筹已付", "year_burden_amount": "今年已有大病负担",
}
TITLES: Mapping[str, str] = {**bills.TITLES, **YEAR_TITLES}
PLAIN = r"^[0-9]{1,8}(\.[0-9]{1,2})?$"  # below the largest amount, so that nothing needs checking


@dataclass(frozen=True)
class Amounts:
    """Amounts by name, one value a row, in cents; 0 where none was told.

    `is_untold`: rows of which nobody told what is not covered or Class B. `problems`: (row, what is wrong).
    """

    by_name: Mapping[str, Cents]
    is_untold: NDArray[np.bool_]
    problems: list[tuple[int, str]]


def read_amounts(rows: pl.DataFrame) -> Amounts:
    """The rows' amounts: plain figures all at once, every other row by itself, as one bill is read."""
    texts = {name: rows[name].fill_null("") for name in TITLES if name in rows.columns}
    plain = {name: column.str.contains(PLAIN) for name, column in texts.items()}
    by_name = {name: np.zeros(rows.height, np.int64) for name in TITLES}
    by_name |= {name: _cents(column, plain[name]) for name, column in texts.items()}
    is_empty = {name: np.ones(rows.height, np.bool_) for name in TITLES}
    is_empty |= {name: (column == "").to_numpy(writable=True) for name, column in texts.items()}
    problems = []
    for row in np.flatnonzero(_in_question(plain, is_empty, by_name)).tolist():
        told = {name: column[row] for name, column in texts.items() if column[row]}
        try:
            for name, amount in _one_row(told):
                by_name[name][row] = amount
        except BadAmount as fault:
            problems.append((row, str(fault)))
    is_untold = (is_empty["non_covered_amount"] | is_empty["class_b_upfront_amount"]) & is_empty["in_scope_amount"]
    return Amounts(by_name, is_untold, problems)


def _cents(texts: pl.Series, is_plain: pl.Series) -> Cents:
    figures = texts.zip_with(is_plain, pl.Series(["0"]).new_from_index(0, len(texts)))
    read: Cents = figures.cast(pl.Decimal(14, 2)).to_physical().cast(pl.Int64).to_numpy(writable=True)
    return read


def _in_question(
    plain: Mapping[str, pl.Series], is_empty: Mapping[str, NDArray[np.bool_]], by_name: Mapping[str, Cents]
) -> NDArray[np.bool_]:
    """Rows with anything but plain figures, with the in-scope amount told, without a total, or with too large parts."""
    outside = by_name["non_covered_amount"] + by_name["class_b_upfront_amount"]
    wanted = is_empty["total_amount"] | ~is_empty["in_scope_amount"] | (outside > by_name["total_amount"])
    for name, is_plain in plain.items():
        wanted = wanted | ~(is_plain.to_numpy() | is_empty[name])
    return wanted


def _one_row(told: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The row's amounts in cents. Raises BadAmount."""
    bill = bills.bill_of({name: text for name, text in told.items() if name in bills.TITLES}).bill
    for name in bills.TITLES:
        yield name, cents(getattr(bill, name))
    for name, title in YEAR_TITLES.items():
        if name in told:
            yield name, cents(yuan(told[name], title))
