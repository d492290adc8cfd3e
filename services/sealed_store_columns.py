"""Which columns hold sealed values, and how to count, read and re-seal them. A new one is a new line here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from services.database import BUSY_TIMEOUT_MS, problem_code
from services.key_ring import KEY_ID_BYTES
from services.secrets_box import KEY_ID_START, SecretsBox, SecretsBoxError, key_id_of

# In the order of a backup: what is told in a conversation is then in the filings, which come last.
DATABASES = ("questions.db", "consents.db", "conversations.db", "officers.db", "filings.db")


_REMEDIES = {
    "store_full": "Make room on the disk and run this again.",
    "store_read_only": "Run this as the user the server runs as, on a disk that is mounted for writing.",
    "store_busy": "Another program keeps it locked. Wait for it, then run this again: what was done stays done.",
    "store_failing": "Stop the server, look into the system's log, and restore a backup into a new folder.",
}


class SealedStoreError(Exception):
    """A database cannot be used now; the message says why and what to do."""


@dataclass(frozen=True)
class SealedColumn:
    """A column of ciphertexts. `record` and `field` are SQL expressions for what each was sealed under."""

    database: str
    table: str
    column: str
    record: str
    field: str
    lookup_hash: str | None = None

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


SEALED_COLUMNS = (
    SealedColumn("filings.db", "draft_secrets", "ciphertext", "draft_id", "field"),
    SealedColumn("filings.db", "kept_values", "ciphertext", "token", "conversation"),
    SealedColumn("filings.db", "filing_secrets", "ciphertext", "filing_no", "field", "lookup_hash"),
    SealedColumn("filings.db", "event_notes", "ciphertext", "'event:' || event_id", "'note'"),
    SealedColumn("filings.db", "access_notes", "ciphertext", "'access:' || access_id", "'note'"),
    SealedColumn("conversations.db", "entries", "sealed", "conversation", "CAST(seq AS TEXT)"),
    SealedColumn("questions.db", "marks", "sealed_note", "'mark:' || kind || '.' || subject", "'note'"),
)


@dataclass(frozen=True)
class SealedValue:
    """One ciphertext with what it was sealed under."""

    rowid: int
    sealed: bytes
    record: str
    field: str
    lookup_hash: str | None


class SealedTables:
    """The sealed values in the databases of a data folder, read past the stores and their caches."""

    def __init__(self, data_dir: Path) -> None:
        self._databases = {name: _open(data_dir / name) for name in DATABASES if (data_dir / name).exists()}
        self.columns = tuple(column for column in SEALED_COLUMNS if self._has_table(column.database, column.table))

    def counts(self, column: SealedColumn) -> Counter[bytes]:
        """How many values of the column each key id has."""
        query = f"SELECT {_key_id(column)}, count(*) FROM {column.table} WHERE {column.column} IS NOT NULL GROUP BY 1"
        return Counter(dict(self._database(column).execute(query).fetchall()))

    def stale(self, column: SealedColumn, key_id: bytes) -> list[int]:
        """The rows whose value was sealed with another key than this one."""
        query = f"SELECT rowid FROM {column.table} WHERE {_key_id(column)} <> ? ORDER BY rowid"
        return [rowid for (rowid,) in self._database(column).execute(query, [key_id])]

    def values(self, column: SealedColumn) -> Iterator[SealedValue]:
        """Every value of the column. The database must not change meanwhile."""
        for rowid in self.stale(column, b""):
            value = self._value(column, rowid)
            if value is not None:
                yield value

    def reseal(self, column: SealedColumn, rowids: Sequence[int], box: SecretsBox) -> list[str]:
        """Seals these rows with the box's present key, in one transaction; why some could not be opened."""
        faults = []
        with _write_lock(self._database(column)):
            for rowid in rowids:
                value = self._value(column, rowid)
                if value is None or key_id_of(value.sealed) == box.key_id:
                    continue  # deleted or replaced since it was listed
                try:
                    self._replace(column, value, box)
                except SecretsBoxError as fault:
                    faults.append(f"{column.name}: {fault}")
        return faults

    def write_lock(self, database: str) -> AbstractContextManager[None]:
        """While this lasts nobody else writes to that database."""
        return _write_lock(self._databases[database])

    @contextmanager
    def write_locks(self) -> Iterator[None]:
        """While this lasts nobody else writes to any of the databases."""
        with ExitStack() as locks:
            for database in self._databases.values():
                locks.enter_context(_write_lock(database))
            yield

    def column_values(self, database: str, table: str, column: str) -> frozenset[str]:
        """All that stands in that column; nothing if there is no such table."""
        if not self._has_table(database, table):
            return frozenset()
        rows = self._databases[database].execute(f"SELECT DISTINCT {column} FROM {table}")
        return frozenset(str(value) for (value,) in rows if value is not None)

    def is_there(self, database: str, table: str, column: str, value: str) -> bool:
        """Whether a row has that value in that column."""
        if not self._has_table(database, table):
            return False
        query = f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1"
        return self._databases[database].execute(query, [value]).fetchone() is not None

    def empty_logs(self) -> None:
        """Writes everything into the database files and empties their logs, where old ciphertexts live on."""
        for database in self._databases.values():
            database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Closes the databases."""
        for database in self._databases.values():
            database.conn.close()

    def _replace(self, column: SealedColumn, value: SealedValue, box: SecretsBox) -> None:
        place = {"record": value.record, "field": value.field}
        content = box.unseal_bytes(value.sealed, **place)
        changes: dict[str, bytes | str] = {column.column: box.seal_bytes(content, **place)}
        if value.lookup_hash is not None and column.lookup_hash:
            changes[column.lookup_hash] = box.lookup_hash(content.decode(), field=value.field)
        assignments = ", ".join(f"{name} = ?" for name in changes)
        query = f"UPDATE {column.table} SET {assignments} WHERE rowid = ?"
        self._database(column).conn.execute(query, [*changes.values(), value.rowid])

    def _value(self, column: SealedColumn, rowid: int) -> SealedValue | None:
        names = ("rowid", column.column, column.record, column.field, column.lookup_hash or "NULL")
        query = f"SELECT {', '.join(names)} FROM {column.table} WHERE rowid = ? AND {column.column} IS NOT NULL"
        row = self._database(column).execute(query, [rowid]).fetchone()
        return None if row is None else SealedValue(*row)

    def _database(self, column: SealedColumn) -> Database:
        return self._databases[column.database]

    def _has_table(self, database: str, table: str) -> bool:
        return database in self._databases and self._databases[database].table(table).exists()


def unregistered(database: Database) -> list[str]:
    """The columns that by their names hold ciphertexts or look-up hashes and that SEALED_COLUMNS does not know."""
    known = {(column.table, name) for column in SEALED_COLUMNS for name in (column.column, column.lookup_hash)}
    return [
        f"{table.name}.{column.name}"
        for table in database.tables for column in table.columns
        if any(mark in column.name for mark in ("ciphertext", "sealed", "lookup_hash"))
        and (table.name, column.name) not in known
    ]


def _key_id(column: SealedColumn) -> str:
    return f"substr({column.column}, {KEY_ID_START + 1}, {KEY_ID_BYTES})"  # SQL counts from 1


def _open(path: Path) -> Database:
    # No migrations: the server that runs beside may be an older one. Nor another way to keep a journal.
    database = Database(path)
    for pragma in (f"busy_timeout = {BUSY_TIMEOUT_MS}", "secure_delete = ON", "synchronous = FULL"):
        database.conn.execute(f"PRAGMA {pragma}")
    return database


@contextmanager
def _write_lock(database: Database) -> Iterator[None]:
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.conn.rollback()
        raise
    database.conn.commit()


@contextmanager
def disk_faults_told() -> Iterator[None]:
    """A fault of the disk or of a database file comes out as SealedStoreError, in a sentence."""
    try:
        yield
    except Exception as fault:
        code = problem_code(fault)
        if code is None:
            raise
        place = getattr(fault, "filename", None) or "A database in the data folder"
        raise SealedStoreError(f"{place} cannot be used ({fault}). {_REMEDIES[code]}") from fault
