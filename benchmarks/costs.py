"""How fast bills are settled: one with its full explanation, and a million as columns and from file to file.

    python -m benchmarks.costs [--bills 1000000] [--runs 7]

On one core where the system lets a process choose; medians of several runs. Every figure is in exact cents.
"""

import argparse
import os

if hasattr(os, "sched_setaffinity"):  # before polars starts its threads
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from rules_engine import batch, packs
from rules_engine.batch_columns import BillColumns, settle_columns
from rules_engine.bills import Bill
from rules_engine.cost import Terms, settle
from rules_engine.cost_cases import decided, terms_of
from rules_engine.cost_explained import explained
from rules_engine.facts import facts_from

ON = date(2026, 11, 22)
IN_SHANGHAI = {
    "treatment_region": "310000", "situation": "self_arranged", "has_valid_filing": False, "hospital_level": "tertiary",
}
CASES = {
    "杭州": {**IN_SHANGHAI, "insured_region": "330100", "scheme": "employee", "employment": "working"},
    # two bands, a ceiling and critical illness insurance
    "威海": {**IN_SHANGHAI, "insured_region": "371000", "scheme": "resident", "benefit_tier": "tier_two"},
}
SUMS = ("total_amount", "non_covered_amount", "class_b_upfront_amount")
BILL = Bill(Decimal("250000.00"), Decimal("2000.00"), Decimal("300.55"))
SINGLE_ROUNDS = 5_000
ONE_BY_ONE = 20_000


def microseconds(work: Callable[[], object], rounds: int = SINGLE_ROUNDS) -> tuple[float, float]:
    """Median and 99th percentile of one call."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    taken.sort()
    return taken[rounds // 2] * 1e6, taken[int(0.99 * rounds)] * 1e6


def median_seconds(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Medians of several runs: by the clock, and of the processor's own time, which neighbours hardly disturb."""
    clock, own = [], []
    for _ in range(runs):
        began, began_own = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - began)
        own.append(time.process_time() - began_own)
    return statistics.median(clock), statistics.median(own)


def told(what: str, count: int, seconds: tuple[float, float]) -> str:
    """A line of the report."""
    clock, own = seconds
    by_clock, by_processor = (f"{one:7.3f} s {count / one:12,.0f} bills/s" for one in (clock, own))
    return f"{what:36} {by_clock}   (processor {by_processor})"


def random_bills(count: int) -> BillColumns:
    """Bills from 100 to 400,000 yuan; up to a fifth of each is not covered, a tenth Class B."""
    random = np.random.default_rng(1)
    total = random.integers(10_000, 40_000_000, count)
    return BillColumns(total, total // random.integers(5, 50, count), total // random.integers(10, 50, count))


def write_bills(bills: BillColumns, path: Path) -> None:
    """The bills as a file, in turn of one case and the other, on all days of a year."""
    with path.open("w", encoding="utf-8") as file:
        names = list(dict.fromkeys(name for case in CASES.values() for name in case))
        file.write(",".join((*names, "admitted_on", *SUMS)) + "\n")
        cases = [",".join(str(case.get(name, "")).lower() for name in names) for case in CASES.values()]
        days = [date.fromordinal(ON.toordinal() - back).isoformat() for back in range(365)]
        for number, sums in enumerate(zip(*(getattr(bills, name).tolist() for name in SUMS), strict=True)):
            amounts = ",".join(f"{cents // 100}.{cents % 100:02}" for cents in sums)
            file.write(f"{cases[number % len(cases)]},{days[number % 365]},{amounts}\n")


def measure_one(loaded: packs.PackSet, words: dict[str, object]) -> dict[str, Terms]:
    """Prints what one bill takes; gives the terms of each case."""
    terms = {}
    for place, told in CASES.items():
        facts = facts_from(told)
        level = str(told["hospital_level"])
        found = terms[place] = terms_of(decided(facts, ON, loaded), level, loaded).low

        def looked_up(facts: object = facts, level: str = level) -> object:
            return explained(settle(BILL, terms_of(decided(facts, ON, loaded), level, loaded).low), words)  # type: ignore[arg-type]

        for name, work in (
            ("settled", lambda found=found: settle(BILL, found)),
            ("settled and explained", lambda found=found: explained(settle(BILL, found), words)),
            ("the same, terms looked up", looked_up),
        ):
            median, p99 = microseconds(work)
            print(f"{place} one bill, {name:26} median {median:7.1f} µs   p99 {p99:7.1f} µs")
    return terms


def measure_many(terms: dict[str, Terms], bills: BillColumns, runs: int) -> None:
    """Prints bills per second as columns and one by one."""
    count = len(bills.total_amount)
    rows = zip(*(getattr(bills, name)[:ONE_BY_ONE].tolist() for name in SUMS), strict=True)
    some = [Bill(*(Decimal(cents).scaleb(-2) for cents in sums)) for sums in rows]
    for place, found in terms.items():
        columns = median_seconds(lambda found=found: settle_columns(bills, found), runs)
        single = median_seconds(lambda found=found: [settle(bill, found) for bill in some], runs)
        print(told(f"{place} {count:,} bills as columns", count, columns))
        print(told(f"{place} {len(some):,} one by one", len(some), single))
        print(f"{place} columns are {single[1] / len(some) / (columns[1] / count):,.0f} times as fast")


def measure_file(loaded: packs.PackSet, words: dict[str, object], bills: BillColumns, runs: int) -> None:
    """Prints bills per second from file to file."""
    count = len(bills.total_amount)
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "bills.csv"), Path(folder, "out.csv")
        write_bills(bills, source)
        seconds = median_seconds(lambda: list(batch.settle_file(source, out, loaded, words, ON, force=True)), runs)
    print(told(f"both {count:,} bills, CSV to CSV", count, seconds))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description="Measure how fast bills are settled")
    parser.add_argument("--bills", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    loaded, words = packs.load(), packs.read_yaml(packs.PACKS_DIR / "cost_words.yml")["cost_words"]
    bills = random_bills(given.bills)
    terms = measure_one(loaded, words)
    measure_many(terms, bills, given.runs)
    measure_file(loaded, words, bills, 3)


if __name__ == "__main__":
    main()
