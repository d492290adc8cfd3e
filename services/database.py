"""How this project opens a SQLite file: private, migrated, safe against a crash in the middle of a write."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

BUSY_TIMEOUT_MS = 10_000
PRAGMAS = (f"busy_timeout = {BUSY_TIMEOUT_MS}", "foreign_keys = ON", "secure_delete = ON", "journal_mode = WAL")


def open_database(path: Path | None, migrations: Migrations, *, sync: str) -> Database:
    """The database at `path`, migrated; None gives one in memory. Usable from any thread under a lock.

    `sync` FULL: a commit is on disk before it returns. NORMAL: a power cut may lose the last
    moments, nothing is ever half-written.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made here and not by SQLite: the WAL files take their permissions from this one.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
    for pragma in (*PRAGMAS, f"synchronous = {sync}"):
        connection.execute(f"PRAGMA {pragma}")
    database = Database(connection)
    _migrate(database, migrations)
    return database


def _migrate(database: Database, migrations: Migrations) -> None:
    # Two processes may start on a new file at once: the write lock makes one of them
    # wait, and it then finds the work done.
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(database)
    except BaseException:
        database.rollback()
        raise
    database.commit()


# What SQLite says when the disk, not the statement, is at fault, and what we call it.
_DISK_PROBLEMS = {
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_CANTOPEN: "store_read_only",
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_IOERR: "store_failing",
    sqlite3.SQLITE_CORRUPT: "store_failing",
}


def problem_code(fault: BaseException) -> str | None:
    """store_full, store_read_only, store_busy or store_failing; None when the disk is not to blame."""
    code = getattr(fault, "sqlite_errorcode", None)
    return _DISK_PROBLEMS.get(code & 0xFF) if isinstance(fault, sqlite3.Error) and code else None
