"""Where drafts and filings are kept. With its filing_store_* parts the only code that knows tables."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from services.database import begin, open_database, problem_code, unusable
from services.filing_records import FilingProblem
from services.filing_rows import FilingRow
from services.filing_states import ImpossibleEvent, replayed
from services.filing_store_access import AccessTable
from services.filing_store_drafts import DraftTable
from services.filing_store_filings import FilingTable
from services.filing_store_kept import KeptValueTable
from services.filing_store_papers import PaperTable
from services.filing_store_schema import migrations
from services.secrets_box import SecretsBox, open_box

logger = logging.getLogger(__name__)
BATCH = 1_000
# Each gives a line for each fault.
OF_PAGES = "PRAGMA integrity_check"
CHECKS = (
    OF_PAGES,
    "SELECT \"table\" || ' row ' || rowid || ' points to nothing in ' || parent FROM pragma_foreign_key_check",
    "SELECT 'draft ' || draft_id || ' is submitted, but there is no filing of it' FROM drafts"
    " WHERE state = 'submitted' AND purpose <> 'end' AND draft_id NOT IN (SELECT draft_id FROM filings)",
    "SELECT filing_no || ': its draft is still ' || state FROM filings JOIN drafts USING (draft_id)"
    " WHERE state <> 'submitted'",
)


class FilingStore:
    """Drafts, kept values and filings behind one connection and one lock.

    Every use goes through `transaction()`: it takes SQLite's write lock at once, so that
    what a step has read still holds when it writes, in other threads and processes too.
    """

    def __init__(self, database: Database, box: SecretsBox) -> None:
        self._database = database
        self._lock = threading.RLock()
        self.box = box
        self.drafts = DraftTable(database, box)
        self.kept = KeptValueTable(database, box)
        self.filings = FilingTable(database, box)
        self.papers = PaperTable(database)
        self.access = AccessTable(database, box)

    @classmethod
    def open(cls, path: Path | None, key_file: Path) -> FilingStore:
        """The store at `path` (None: in memory). SecretsBoxError if the key is not the right one; DatabaseUnusable."""
        database = open_database(path, migrations, sync="FULL")
        try:
            store = cls(database, _box_for(database, key_file))
            store.hash_phones()
            return store
        except BaseException as fault:
            database.conn.close()
            if isinstance(fault, OSError):
                raise unusable(key_file, fault) from fault
            if isinstance(fault, Exception) and problem_code(fault):
                raise unusable(path, fault) from fault
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a transaction inside another joins it.

        FilingProblem store_full, store_read_only, store_busy or store_failing when the disk won't take it;
        then nothing of it was kept.
        """
        with self._lock:
            if self._database.conn.in_transaction:
                yield
                return
            with _disk_problems_named():
                try:
                    begin(self._database.conn)
                    yield
                    self._database.conn.commit()
                except BaseException:
                    self._roll_back()
                    raise

    def _roll_back(self) -> None:
        # A full disk makes SQLite roll back by itself, and a second time would hide the first fault.
        if self._database.conn.in_transaction:
            self._database.conn.rollback()

    def hash_phones(self) -> None:
        """Lets filings of earlier releases be found by phone: a batch at a time, so that nobody waits for long."""
        last: int | None = 0
        try:
            while last is not None:
                with self.transaction():
                    last = self.filings.hash_phones(last, BATCH)
        except FilingProblem as problem:  # a disk that takes nothing now; the next start goes on
            logger.warning("not every filing can be found by phone yet: %s", problem.code)

    def each_filing(self) -> Iterator[tuple[FilingRow, ...]]:
        """All filings by number, in batches of a transaction each: nobody waits for long. Not to be used inside one."""
        last = ""
        while True:
            with self.transaction():
                rows = self.filings.by_number(last, BATCH)
            if not rows:
                return
            yield rows
            last = rows[-1].filing_no

    def faults(self) -> Iterator[str]:
        """What is wrong in the store, a line each: pages, links, states that don't follow from their events.

        Others may go on writing meanwhile. Where pages are damaged, nothing else is looked at.
        """
        for check in CHECKS:
            found = list(self._found_by(check))
            yield from found
            if found and check == OF_PAGES:
                return
        last = ""
        while True:
            with self.transaction():
                histories = self.filings.histories(last, BATCH)
            if not histories:
                return
            yield from (fault for history in histories if (fault := _state_fault(*history)))
            last = histories[-1][0]

    def _found_by(self, check: str) -> Iterator[str]:
        try:
            with self._lock, _disk_problems_named():
                yield from (line for (line,) in self._database.execute(check) if line != "ok")
        except FilingProblem as problem:
            if problem.code != "store_failing":
                raise
            yield f"the database cannot be read through: {problem.__cause__}"

    def purge_kept(self, before: datetime) -> int:
        """Delete values kept before that time and never used; how many there were."""
        with self.transaction():
            purged = self.kept.purge(before)
        self.erase_traces()
        return purged

    def purge_drafts(self, before: datetime) -> int:
        """Delete unfinished drafts nobody touched since that time; how many there were."""
        with self.transaction():
            stale = self.drafts.untouched_since(before)
            for draft in stale:
                self.drafts.delete(draft)
        self.erase_traces()
        return len(stale)

    def erase_traces(self) -> None:
        """Empty the write-ahead log, where deleted rows live on until it is overwritten.

        While another process reads an older state (a backup), they stay until this is called again.
        FilingProblem as in `transaction`: what was deleted is deleted, but its traces are there.
        """
        with self._lock, _disk_problems_named():
            self._database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the connection; the store is of no use afterwards."""
        with self._lock:
            self._database.conn.close()


@contextmanager
def _disk_problems_named() -> Iterator[None]:
    try:
        yield
    except BaseException as fault:
        code = problem_code(fault)
        if code is None:
            raise
        raise FilingProblem(code) from fault


def _state_fault(filing_no: str, status: str, version: int, events: tuple[str, ...]) -> str | None:
    try:
        after = replayed(events)
    except ImpossibleEvent as fault:
        return f"{filing_no}: {fault}"
    if (after, len(events)) == (status, version):
        return None
    return f"{filing_no}: is {status}, version {version}, but its {len(events)} events give {after}"


def _box_for(database: Database, key_file: Path) -> SecretsBox:
    sample = _some_ciphertext(database)
    box = open_box(key_file, may_create=sample is None)
    if sample is not None:
        box.check_key_of(sample[1], where=sample[0])
    return box


def _some_ciphertext(database: Database) -> tuple[str, bytes] | None:
    for table in ("filing_secrets", "draft_secrets", "kept_values"):
        row = database.execute(f"SELECT ciphertext FROM {table} LIMIT 1").fetchone()
        if row is not None:
            return table, row[0]
    return None
