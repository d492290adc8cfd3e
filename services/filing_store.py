"""Where drafts and filings are kept. With its filing_store_* parts the only code that knows tables."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from services.database import open_database
from services.filing_store_drafts import DraftTable
from services.filing_store_filings import FilingTable
from services.filing_store_kept import KeptValueTable
from services.filing_store_schema import migrations
from services.secrets_box import SecretsBox, open_box


class FilingStore:
    """Drafts, kept values and filings behind one connection and one lock.

    Every use goes through `transaction()`: it takes SQLite's write lock at once, so that
    what a step has read still holds when it writes, in other threads and processes too.
    """

    def __init__(self, database: Database, box: SecretsBox) -> None:
        self._database = database
        self._lock = threading.RLock()
        self.drafts = DraftTable(database, box)
        self.kept = KeptValueTable(database, box)
        self.filings = FilingTable(database, box)

    @classmethod
    def open(cls, path: Path | None, key_file: Path) -> FilingStore:
        """The store at `path` (None: in memory). SecretsBoxError if the key is not the right one."""
        database = open_database(path, migrations, sync="FULL")
        try:
            box = _box_for(database, key_file)
        except BaseException:
            database.conn.close()
            raise
        return cls(database, box)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a transaction inside another joins it."""
        with self._lock:
            if self._database.conn.in_transaction:
                yield
                return
            self._database.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.rollback()
                raise
            self._database.commit()

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
        """Empty the write-ahead log, where deleted rows live on until it is overwritten."""
        with self._lock:
            self._database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the connection; the store is of no use afterwards."""
        with self._lock:
            self._database.conn.close()


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
