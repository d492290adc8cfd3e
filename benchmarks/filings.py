"""How fast filings are handed in, and found again among a million of them.

    python -m benchmarks.filings [--filings 1000000] [--submits 400] [--folder /tmp]

Handing in is one durable transaction through the services, as the server does it; beside it the same rows by plain
SQLite statements, as a yardstick. Everything lies in a folder of its own that is deleted again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import filing_bulk
from benchmarks.filing_people import (
    ANSWERS,
    KINDS,
    NOW,
    OFFICER,
    WITH_LETTER,
    Parts,
    hand_in,
    parts,
    person,
    policy,
    ready,
)
from services.china_time import stamp

MANY = 4  # processes
LONGEST_WAIT = 300  # seconds, for one of them
FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Taken:
    """What a step took, in seconds: by the clock, and of the processor's own time, which neighbours hardly disturb."""

    clock: float
    processor: float


def told(what: str, taken: list[Taken], per_second: float | None = None) -> None:
    """Prints a line of the report: the median and the 99th percentile."""
    rate = f"{per_second:9,.0f} /s" if per_second else " " * 12
    clock, processor = (
        f"p50 {ordered[len(ordered) // 2] * 1e3:8.2f}  p99 {ordered[int(0.99 * len(ordered))] * 1e3:8.2f}"
        for ordered in (sorted(one.clock for one in taken), sorted(one.processor for one in taken))
    )
    print(f"{what:58}{rate}   ms {clock}   (processor {processor})", flush=True)


def timed(work: Callable[[], object]) -> Taken:
    """What it took."""
    began, began_own = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - began, time.process_time() - began_own)


def total(taken: list[Taken]) -> float:
    """Seconds by the clock."""
    return sum(one.clock for one in taken)


# Handing in


def alone(count: int) -> dict[str, list[Taken]]:
    """What each filing took, handed in by one process, in turn in three ways: a busy moment then hits all alike."""
    with ExitStack() as opened:
        folders = [Path(opened.enter_context(tempfile.TemporaryDirectory())) for _ in range(3)]
        steps: dict[str, list[Callable[[], object]]] = {}
        for sync, folder in zip(("FULL", "NORMAL"), folders, strict=False):
            steps[sync] = prepared(opened.enter_context(parts(folder, sync)), 0, count)
        made = filing_bulk.rows_of(folders[2], count)
        db = opened.enter_context(closing(sqlite3.connect(folders[2] / "filings.db")))
        db.execute("PRAGMA synchronous = FULL")
        steps["plain"] = [lambda rows=rows: filing_bulk.write(db, rows) for rows in made]  # type: ignore[misc]
        taken: dict[str, list[Taken]] = {way: [] for way in steps}
        for n in range(count):
            for way in steps:
                taken[way].append(timed(steps[way][n]))
        return taken


def together(processes: int, count: int, sync: str) -> tuple[float, list[Taken]]:
    """Filings per second and what each took, handed in by several processes on one store."""
    share = count // processes
    with tempfile.TemporaryDirectory() as folder:
        with parts(Path(folder)):
            pass  # makes the key
        start, results = FORK.Barrier(processes + 1, timeout=LONGEST_WAIT), FORK.Queue()
        for first in range(0, share * processes, share):
            FORK.Process(target=_hand_in_many, args=(Path(folder), first, share, sync, start, results)).start()
        start.wait()
        began = time.perf_counter()
        taken = [one for _ in range(processes) for one in results.get(timeout=LONGEST_WAIT)]
        return len(taken) / (time.perf_counter() - began), taken


def _hand_in_many(folder: Path, first: int, count: int, sync: str, start: Any, results: Any) -> None:
    with parts(folder, sync) as of:
        steps = prepared(of, first, count)
        start.wait()
        results.put([timed(step) for step in steps])


def prepared(of: Parts, first: int, count: int) -> list[Callable[[], object]]:
    """Steps that each hand in a filing: one transaction through the services."""
    drafts = [ready(of, f"c{n}", n, *WITH_LETTER) for n in range(first, first + count)]
    tokens = [of.filings.keep(draft.conversation, ANSWERS["name"]) for draft in drafts]
    pairs = zip(drafts, tokens, strict=True)
    return [lambda draft=draft, token=token: of.filings.submit(draft.conversation, token) for draft, token in pairs]


def measure_submits(count: int) -> None:
    """Prints how fast filings are handed in, and against what."""
    taken = alone(count)
    names = {
        "FULL": "hand in, one process, durable (fsync for each)", "NORMAL": "the same with synchronous=NORMAL",
        "plain": "the same rows, ready-made, plain INSERTs, durable",
    }
    for way, name in names.items():
        told(name, taken[way], count / total(taken[way]))
    median = {way: statistics.median(one.clock for one in each) for way, each in taken.items()}
    print(f"rates: durable / NORMAL {median['NORMAL'] / median['FULL']:.2f}; "
          f"through the services / plain {median['plain'] / median['FULL']:.2f}")
    rates = {}
    for sync in ("FULL", "NORMAL"):
        rates[sync], each = together(MANY, count, sync)
        told(f"hand in, {MANY} processes, synchronous={sync}", each, rates[sync])
    print(f"rates: {MANY} processes / one, durable {rates['FULL'] / (count / total(taken['FULL'])):.2f}")


# Finding again


def measure_many(folder: Path, count: int) -> None:
    """Prints what a store of so many filings takes to build, to search and to check."""
    built = filing_bulk.build(folder, count, max(1, (os.cpu_count() or 2) - 1))
    print(f"built {count:,} filings in {built.seconds:,.0f} s, {count / built.seconds:,.0f} /s; "
          f"of that the plain INSERTs {built.seconds_writing:,.0f} s, {count / built.seconds_writing:,.0f} /s")
    size = (folder / "filings.db").stat().st_size
    print(f"on disk {size / 1e9:.2f} GB, {size / count:,.0f} bytes a filing")
    with parts(folder) as of:
        measure_look_ups(of, count)
        taken = timed(lambda: print("faults:", list(of.store.faults()) or "none"))
        print(f"faults() {taken.clock:,.0f} s, processor {taken.processor:,.0f} s")


def measure_look_ups(of: Parts, count: int, rounds: int = 500) -> None:
    """Prints look-ups of random filings, through the services and of the rows alone."""
    some = [random.Random(n).randrange(count) for n in range(rounds)]
    numbers = {n: filing_bulk.number_of(n, count, KINDS[n % len(KINDS)][0]) for n in some}
    deep = (stamp(NOW - timedelta(days=100)), "")
    one = KINDS[0][0]
    looks: dict[str, Callable[[int], object]] = {
        "row by number": lambda n: of.store.filings.find(numbers[n]),
        "rows by ID number": lambda n: of.store.filings.of_id_number(person(n)["id_number"]),
        "rows of a queue page": lambda n: of.store.filings.queue("submitted", OFFICER.regions, ("", ""), 21),
        "rows of a queue page, deep": lambda n: of.store.filings.queue("submitted", OFFICER.regions, deep, 21),
        "by number (desk, masked, with duplicates)": lambda n: of.desk.find(OFFICER, numbers[n]),
        "by number, last four and phone (owner)": lambda n: of.look_up.look_up(
            f"x{n}", numbers[n], person(n)["id_number"][-4:], person(n)["phone"]
        ),
        "by ID number (desk)": lambda n: of.desk.search_id_number(OFFICER, person(n)["id_number"]),
        "queue page of 20, first, all 3 regions": lambda n: of.desk.queue(OFFICER),
        "queue page of 20, first, one region": lambda n: of.desk.queue(OFFICER, region=one),
        "queue page of 20, deep, all 3 regions": lambda n: of.desk.queue(OFFICER, after=deep),
        "queue page of 20, deep, one region": lambda n: of.desk.queue(OFFICER, region=one, after=deep),
    }
    for what, look in looks.items():
        told(f"{what}, of {count:,}", [timed(lambda n=n, look=look: look(n)) for n in some])
    drafts = [ready(of, f"late-{n}", count + n, *WITH_LETTER) for n in range(rounds // 5)]
    told(f"hand in beside {count:,} others", [timed(lambda draft=draft: hand_in(of, draft)) for draft in drafts])


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description="Measure how fast filings are handed in and found")
    parser.add_argument("--filings", type=int, default=1_000_000)
    parser.add_argument("--submits", type=int, default=400)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    given = parser.parse_args()
    tempfile.tempdir = str(given.folder)
    policy()
    measure_submits(given.submits)
    with tempfile.TemporaryDirectory() as folder:
        measure_many(Path(folder), given.filings)


if __name__ == "__main__":
    main()
