"""What a batch tells: a row for each bill, a row for each error, and the sums of all."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rules_engine.batch_amounts import Amounts
from rules_engine.batch_cases import Cases
from rules_engine.batch_columns import FUND_COMPONENTS, Cents
from rules_engine.batch_files import LINE
from rules_engine.errors import PolicyError
from rules_engine.fact_words import VALUES
from rules_engine.money import CENT
from rules_engine.schedules import COMPONENTS

BILL_NO = "bill_no"
RESULTS = (*COMPONENTS, *FUND_COMPONENTS, "patient_amount", "fund_amount")
RESULT_TITLES: Mapping[str, str] = {
    LINE: "行号", "patient_amount": "自己付", "fund_amount": "医保付", "patient_high_amount": "自己付（最多）",
    "at_least": "自己至少付这么多", "sources": "依据", "remarks": "说明", "problem": "问题",
}
SHOWN_ERRORS = 10


class NothingSettled(PolicyError):
    """A file of which not one bill could be settled. In Chinese: whoever gave it reads it."""


@dataclass
class Tally:
    """What has been done so far: bills, their sums by name in cents, the first errors, how many there were."""

    settled: int = 0
    sums: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[int, str]] = field(default_factory=list)
    error_count: int = 0

    def add_settled(self, results: Mapping[str, Cents]) -> None:
        """Counts the bills of these columns."""
        self.settled += len(results[RESULTS[0]])
        self.sums.update({name: int(column.sum()) for name, column in results.items()})

    def add_errors(self, rows: pl.DataFrame) -> None:
        """Counts the errors, and keeps the first to show."""
        self.errors += list(rows.select(LINE, "problem").head(SHOWN_ERRORS - len(self.errors)).iter_rows())
        self.error_count += rows.height


def told(
    block: pl.DataFrame, amounts: Amounts, results: Mapping[str, Cents], high: Cents, which: NDArray[np.int64],
    cases: Cases,
) -> pl.DataFrame:
    """The rows of the result: line and number of the bill, yuan amounts, then what they rest on."""
    in_cents = {"total_amount": amounts.by_name["total_amount"], **results}
    known, untold = cases.known, cases.words["assumptions"]["all_covered"]
    texts = {
        "at_least": [VALUES[True] if case.at_least else "" for case in known],
        "sources": [case.sources for case in known],
        "remarks": [case.remarks for case in known],
    }
    chosen = {name: pl.Series(texts[name], dtype=pl.String).gather(np.maximum(which, 0)) for name in texts}
    frame = pl.DataFrame({LINE: block[LINE], BILL_NO: _bill_numbers(block), **in_cents, "patient_high_amount": high})
    frame = frame.with_columns(
        (pl.col(name).cast(pl.Decimal(18, 0)) * pl.lit(CENT)).alias(name)
        for name in (*in_cents, "patient_high_amount")
    ).with_columns(pl.when(pl.Series(high >= 0)).then(pl.col("patient_high_amount")).alias("patient_high_amount"))
    extra = pl.when(pl.Series(amounts.is_untold)).then(pl.lit(untold)).otherwise(pl.lit(""))
    return frame.with_columns(**chosen).with_columns(pl.col("remarks") + extra)


def errors_of(block: pl.DataFrame, problems: Mapping[int, str], misshapen: list[tuple[int, str]]) -> pl.DataFrame:
    rows, numbers = sorted(problems), _bill_numbers(block)
    found = [(block[LINE][row], numbers[row], problems[row]) for row in rows]
    found += [(line, "", problem) for line, problem in misshapen]
    schema = {LINE: pl.Int64, BILL_NO: pl.String, "problem": pl.String}
    return pl.DataFrame(sorted(found), schema=schema, orient="row")


def _bill_numbers(block: pl.DataFrame) -> pl.Series:
    if BILL_NO in block.columns:
        return block[BILL_NO].fill_null("")
    return pl.Series([""]).new_from_index(0, block.height)


def titles(words: Mapping[str, Any], others: Mapping[str, str]) -> dict[str, str]:
    """The result's columns in Chinese."""
    return {**others, **{name: row["title"] for name, row in words["components"].items()}, **RESULT_TITLES}


def summary(tally: Tally, words: Mapping[str, Any], out: Path, errors: Path, seconds: float) -> Iterator[str]:
    if tally.error_count:
        yield f"{tally.error_count:,}行没能结算，都写在 {errors}："
        yield from (f"  第{line}行：{problem}" for line, problem in tally.errors)
        if tally.error_count > len(tally.errors):
            yield f"  ……还有{tally.error_count - len(tally.errors):,}行"
    if not tally.settled:
        raise NothingSettled("没有一张账单能结算。请照上面说的改好再试。" if tally.error_count else
                             "只有表头，没有账单。请从第二行起一行写一张账单。")
    names = titles(words, {})
    yield f"结算了{tally.settled:,}张账单，写在 {out}："
    yield from (f"  {names[name]}：{tally.sums[name] // 100:,}.{tally.sums[name] % 100:02}元" for name in RESULTS)
    yield f"用时{seconds:.1f}秒，每秒{tally.settled / seconds:,.0f}张。"
