"""A store of very many filings, for benchmarks/filings.py: rows as the services write them, every value really sealed.

One filing of each kind is handed in through the services. Its rows, with another number, person, day and fate, are the
others: worker processes seal each value for its own record and field, and this process writes the rows by plain SQL.
"""

from __future__ import annotations

import multiprocessing
import random
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.filing_people import KINDS, NOW, hand_in, parts, person, ready
from services.china_time import stamp
from services.filing_numbers import filing_number
from services.filing_states import replayed
from services.secrets_box import SecretsBox, open_box

# Histories and how many of a hundred filings have them.
FATES = {
    ("submitted",): 5, ("submitted", "confirmed"): 80, ("submitted", "returned"): 3, ("submitted", "withdrawn"): 4,
    ("submitted", "confirmed", "end_requested"): 1, ("submitted", "confirmed", "end_requested", "ended"): 7,
}
TABLES = ("drafts", "filings", "filing_secrets", "filing_events", "event_notes")
FIRST_DAY = datetime(2023, 7, 1, 8, tzinfo=NOW.tzinfo)
BATCH, WINDOW = 1_000, 50  # filings in a job; jobs under way, so that sealed rows don't pile up in memory
MOST_EVENTS = 10  # event ids kept free for each filing
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Template:
    """One filing as the services stored it: its rows by column, its values in clear."""

    draft: dict[str, Any]
    filing: dict[str, Any]
    values: dict[str, str]


@dataclass(frozen=True)
class Built:
    """What a build took."""

    seconds: float
    seconds_writing: float


def templates(folder: Path) -> list[Template]:
    """A filing of each kind, handed in through the services."""
    found = []
    with parts(folder) as of:
        for n, kind in enumerate(KINDS):
            number = hand_in(of, ready(of, f"template-{n}", n, *kind))
            filing = dict(of.store._database.table("filings").get(number))
            draft = dict(of.store._database.table("drafts").get(filing["draft_id"]))
            found.append(Template(draft, filing, of.store.filings.secrets(number)))
    return found


def conversation_of(n: int) -> str:
    """The conversation that handed in the n-th filing."""
    return f"page:{n:032x}"


def number_of(n: int, count: int, region: str) -> str:
    """The number of the n-th filing."""
    return filing_number(region, submitted_at(n, count).date(), f"{(n * 48_271) % 99_999_989:08}")


def submitted_at(n: int, count: int) -> datetime:
    """When it was handed in: all along three years, in order."""
    return FIRST_DAY + (NOW - FIRST_DAY) * (n / count)


def build(folder: Path, count: int, processes: int) -> Built:
    """`count` filings in a new store in that folder."""
    made, began, writing = templates(folder), time.perf_counter(), 0.0
    jobs = [(folder, made, first, min(first + BATCH, count), count) for first in range(0, count, BATCH)]
    windows = [jobs[first : first + WINDOW] for first in range(0, len(jobs), WINDOW)]
    with (
        closing(sqlite3.connect(folder / "filings.db")) as db,
        multiprocessing.get_context("fork").Pool(processes) as pool,
    ):
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -1000000")
        for rows in (rows for window in windows for rows in pool.imap(_rows_of, window)):
            start = time.perf_counter()
            write(db, rows)
            writing += time.perf_counter() - start
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Built(time.perf_counter() - began, writing)


def write(db: sqlite3.Connection, rows: Rows) -> None:
    """The rows in one transaction."""
    with db:
        for table in TABLES:
            if rows[table]:
                marks = ", ".join("?" * len(rows[table][0]))
                db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])


def rows_of(folder: Path, count: int) -> list[Rows]:
    """The rows of `count` filings, each by itself."""
    made = templates(folder)
    return [_rows_of((folder, made, n, n + 1, count)) for n in range(count)]


@cache
def _box(folder: Path) -> SecretsBox:
    return open_box(folder / "keys" / "filing.key", may_create=False)


def _rows_of(job: tuple[Path, list[Template], int, int, int]) -> Rows:
    folder, made, first, end, count = job
    rows: Rows = {table: [] for table in TABLES}
    fates = random.Random(first).choices(list(FATES), list(FATES.values()), k=end - first)
    for n, fate in zip(range(first, end), fates, strict=True):
        _add(rows, _box(folder), made[n % len(made)], n, fate, count)
    return rows


def _add(rows: Rows, box: SecretsBox, template: Template, n: int, fate: tuple[str, ...], count: int) -> None:
    number, at = number_of(n, count, template.filing["insured_region"]), submitted_at(n, count)
    own = {"draft_id": f"{n:032x}", "conversation": conversation_of(n), "consented_at": stamp(at)}
    confirmed_on = (at + timedelta(days=1)).date().isoformat() if "confirmed" in fate else None
    rows["drafts"].append(tuple({**template.draft, **own, "created_at": stamp(at), "updated_at": stamp(at)}.values()))
    filing = {
        **template.filing, **own, "filing_no": number, "submitted_at": stamp(at), "status": replayed(fate),
        "version": len(fate), "confirmed_on": confirmed_on,
        "effective_on": template.filing["starts_on"] if confirmed_on else None,
    }
    rows["filings"].append(tuple(filing.values()))
    for field, value in {**template.values, **person(n)}.items():
        lookup_hash = box.lookup_hash(value, field=field) if field == "id_number" else None
        rows["filing_secrets"].append((number, field, box.seal(value, record=number, field=field), lookup_hash))
    for step, event in enumerate(fate):
        event_id = (n + 1) * MOST_EVENTS + step
        rows["filing_events"].append((event_id, number, event, stamp(at + timedelta(days=step)), "benchmark", "{}"))
        if event == "returned":
            note = box.seal("电话打不通，请改成能打通的", record=f"event:{event_id}", field="note")
            rows["event_notes"].append((event_id, note))
