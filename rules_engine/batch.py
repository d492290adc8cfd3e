"""A file of bills settled in one go: every component of each bill, errors by line, and the sums of all.

Each case is looked up in the packs once; its bills are settled as columns, to the cent as one by one.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rules_engine import fact_words
from rules_engine.batch_amounts import TITLES as AMOUNT_TITLES
from rules_engine.batch_amounts import Amounts, read_amounts
from rules_engine.batch_cases import ADMITTED, CASE_FACTS, Cases, CaseTerms
from rules_engine.batch_columns import BillColumns, Cents, cents, settle_columns
from rules_engine.batch_files import BadFile, Rows, write
from rules_engine.batch_results import BILL_NO, RESULTS, Tally, errors_of, summary, titles, told
from rules_engine.cost import Terms
from rules_engine.packs import PackSet

TITLES: Mapping[str, str] = {
    BILL_NO: "单号", ADMITTED: "入院日期", **{name: fact_words.TITLES[name] for name in CASE_FACTS}, **AMOUNT_TITLES,
}


def settle_file(
    bills: Path, out: Path, packs: PackSet, words: Mapping[str, Any], on: date, *, force: bool = False,
    tell: Callable[[str], None] = lambda line: None,
) -> Iterator[str]:
    """Settles the file's bills into `out`, with errors by line beside it; gives the lines of the summary.

    `on`: the day of admission of bills that tell none. `tell` hears how far it is. Raises BadFile, NothingSettled.
    """
    began = time.perf_counter()
    errors = out.with_suffix(".errors.csv")
    _check_places(bills, (out, errors), force)
    rows = Rows(bills, TITLES)
    _check_columns(rows)
    if rows.unknown:
        tell(f"没有用到的列：{'、'.join(rows.unknown)}。")
    cases, tally = Cases(packs, words, on), Tally()
    names = titles(words, TITLES) if rows.is_chinese else {}
    parts = [path.with_name(path.name + ".part") for path in (out, errors)]
    try:
        for block, misshapen in rows.blocks():
            _settle_block(block, misshapen, cases, tally, parts, names)
            tell(f"读到{tally.settled + tally.error_count:,}行……")
        for part, path in zip(parts, (out, errors), strict=True):
            if part.exists():
                os.replace(part, path)
            else:
                path.unlink(missing_ok=True)  # of an earlier run
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    yield from summary(tally, words, out, errors, time.perf_counter() - began)


def _check_places(bills: Path, written: Sequence[Path], force: bool) -> None:
    for path in written:
        if path.exists() and (path.resolve() == bills.resolve() or not path.is_file()):
            raise BadFile(f"结果不能写进 {path}：那是账单自己，或者是文件夹。请换一个文件名。")
        if path.exists() and not force:
            raise BadFile(f"{path} 已经有了，没有动它。请换一个文件名，或者加 --force 盖掉它。")
        if not path.parent.is_dir():
            raise BadFile(f"没有 {path.parent} 这个文件夹。请先建好，或换一个地方。")


def _check_columns(rows: Rows) -> None:
    for name in ("insured_region", "total_amount"):
        if name not in rows.names:
            raise BadFile(
                f"{rows.path}：没有「{TITLES[name]}」（{name}）这一列。第一行要写列名，列和列之间用英文逗号。"
                f"可以用的列：{'、'.join(TITLES.values())}。"
            )


def _settle_block(
    block: pl.DataFrame, misshapen: list[tuple[int, str]], cases: Cases, tally: Tally, parts: Sequence[Path],
    names: Mapping[str, str],
) -> None:
    amounts = read_amounts(block)
    which, problems = _cases_of(block, cases)
    problems |= dict(amounts.problems)
    which[list(problems)] = -1
    settled = np.flatnonzero(which >= 0)
    errors = errors_of(block, problems, misshapen)
    if errors.height:
        write(errors, parts[1], names, is_first=not tally.error_count)
    tally.add_errors(errors)
    if settled.size:
        results, high = _components(which, amounts, cases.known)
        rows = told(block, amounts, results, high, which, cases)
        write(rows.filter(pl.Series(which >= 0)), parts[0], names, is_first=not tally.settled)
        tally.add_settled({name: column[settled] for name, column in results.items()})


def _cases_of(block: pl.DataFrame, cases: Cases) -> tuple[NDArray[np.int64], dict[int, str]]:
    """For each row the place of its terms in `cases.known`, and the rows that have none with the reason."""
    which, problems = np.full(block.height, -1, np.int64), dict[int, str]()
    names = [name for name in (*CASE_FACTS, ADMITTED) if name in block.columns]
    rows = block.select(names).fill_null("").with_row_index("row")
    if ADMITTED in names:
        days = {text: cases.day_of_rules(text) for text in rows[ADMITTED].unique() if text}
        rows = rows.with_columns(pl.col(ADMITTED).replace(days))
    for *values, members in rows.group_by(names, maintain_order=True).agg("row").iter_rows():
        found = cases.find({name: text for name, text in zip(names, values, strict=True) if text})
        if isinstance(found, int):
            which[members] = found
        else:
            problems |= dict.fromkeys(members, found)
    return which, problems


def _components(
    which: NDArray[np.int64], amounts: Amounts, known: Sequence[CaseTerms]
) -> tuple[dict[str, Cents], Cents]:
    """RESULTS by row, and what the patient pays at the other end of a range (-1 where there is none), cents."""
    results = {name: np.zeros(len(which), np.int64) for name in RESULTS}
    high = np.full(len(which), -1, np.int64)
    order = np.argsort(which, kind="stable")
    starts = np.searchsorted(which[order], np.arange(len(known) + 1))
    for case, first, end in zip(known, starts, starts[1:], strict=False):
        if first == end:
            continue
        rows = order[first:end]
        for name, column in _settled(rows, amounts, case.terms).items():
            results[name][rows] = column
        if case.high_deductible is not None:
            at_end = _settled(rows, amounts, replace(case.terms, deductible=case.high_deductible))["patient_amount"]
            high[rows] = np.where(at_end == results["patient_amount"][rows], -1, at_end)
    return results, high


def _settled(rows: NDArray[np.int64], amounts: Amounts, terms: Terms) -> dict[str, Cents]:
    of = {name: column[rows] for name, column in amounts.by_name.items()}
    due = np.maximum(cents(terms.deductible) - of["deductible_met_amount"], 0)
    year = {name: of[name] for name in AMOUNT_TITLES if name.startswith("year_") and of[name].any()}
    settled = settle_columns(
        BillColumns(of["total_amount"], of["non_covered_amount"], of["class_b_upfront_amount"], due, **year), terms
    )
    fund = settled["pooled_fund_amount"] + settled["critical_illness_amount"]
    return {**settled, "patient_amount": of["total_amount"] - fund, "fund_amount": fund}
