"""How this project opens a SQLite file: private, migrated, safe against a crash in the middle of a write."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
import time
from pathlib import Path

from sqlite_utils import Database, Migrations

BUSY_TIMEOUT_MS = 10_000
ASKED_AGAIN_AFTER_MS = (1, 4)
PRAGMAS = (f"busy_timeout = {BUSY_TIMEOUT_MS}", "foreign_keys = ON", "secure_delete = ON")


class DatabaseUnusable(Exception):
    """A database, or its key, cannot be opened; the message names the file, the reason and what to do."""


def open_database(path: Path | None, migrations: Migrations, *, sync: str) -> Database:
    """The database at `path`, migrated; None gives one in memory. Usable from any thread under a lock.

    `sync` FULL: a commit is on disk before it returns. NORMAL: a power cut may lose the last
    moments, nothing is ever half-written. DatabaseUnusable if the disk or the file won't do.
    """
    try:
        connection = _connected(path, sync)
        try:
            database = Database(connection)
            _migrate(database, migrations)
        except BaseException:
            connection.close()
            raise
    except (OSError, sqlite3.Error) as fault:
        raise unusable(path, fault) from fault
    return database


def _connected(path: Path | None, sync: str) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made here and not by SQLite: the WAL files take their permissions from this one.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
    try:
        for pragma in (*PRAGMAS, f"synchronous = {sync}"):
            connection.execute(f"PRAGMA {pragma}")
        _in_turn(connection, "PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def begin(connection: sqlite3.Connection) -> None:
    """Starts a transaction that has the write lock. OperationalError (busy) if it can't be had within 10 seconds."""
    _in_turn(connection, "BEGIN IMMEDIATE")


def _in_turn(connection: sqlite3.Connection, statement: str) -> None:
    """Carries the statement out when no other process is in the way.

    SQLite's own way of waiting sleeps longer and longer, and lets others go first until the ten seconds are over;
    and to switch to the write-ahead log, when two open a new file at once, it doesn't wait at all.
    """
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute(statement)
                return
            except sqlite3.OperationalError as fault:
                if problem_code(fault) != "store_busy" or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(*ASKED_AGAIN_AFTER_MS) / 1000)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def _migrate(database: Database, migrations: Migrations) -> None:
    if not migrations.pending(database):
        return
    # Two processes may start on a new file at once: the write lock makes one of them
    # wait, and it then finds the work done.
    begin(database.conn)
    try:
        migrations.apply(database)
        database.conn.commit()
    finally:
        # A full disk makes SQLite roll back by itself, and a second time would hide the first fault.
        if database.conn.in_transaction:
            database.conn.rollback()


# What SQLite says when the disk, not the statement, is at fault, and what we call it: exactly, then by kind.
_DISK_PROBLEMS = {
    sqlite3.SQLITE_IOERR_SHMSIZE: "store_full",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_CANTOPEN: "store_read_only",
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_IOERR: "store_failing",
    sqlite3.SQLITE_CORRUPT: "store_failing",
    sqlite3.SQLITE_NOTADB: "store_failing",
}
_SYSTEM_PROBLEMS = {
    errno.ENOSPC: "store_full", errno.EDQUOT: "store_full",
    errno.EROFS: "store_read_only", errno.EACCES: "store_read_only", errno.EPERM: "store_read_only",
}
_REMEDIES = {
    "store_full": "the disk is full. Make room on the disk that holds {folder}, then start again. Nothing is lost.",
    "store_read_only": (
        "access is refused. Whoever runs this must be able to read and write that file and the folder {folder}, on a "
        "disk that is mounted for writing; or set DATA_DIR to a folder where they can."
    ),
    "store_busy": f"another process has held it for {BUSY_TIMEOUT_MS // 1000} seconds. Find that process and end it.",
    "store_failing": (
        "the disk fails or the file is damaged. Look into the system's log; to restore a backup into a new folder: "
        "python -m services.backup restore --help"
    ),
}


def problem_code(fault: BaseException) -> str | None:
    """store_full, store_read_only, store_busy or store_failing; None when the disk is not to blame."""
    code = getattr(fault, "sqlite_errorcode", None)
    if not isinstance(fault, sqlite3.Error) or not code:
        return None
    return _DISK_PROBLEMS.get(code) or _DISK_PROBLEMS.get(code & 0xFF)


def unusable(path: Path | None, fault: Exception) -> DatabaseUnusable:
    """The error that names the file and what to do about `fault`, an OSError or SQLite's."""
    of_system = _SYSTEM_PROBLEMS.get(fault.errno or 0) if isinstance(fault, OSError) else None
    remedy = _REMEDIES[of_system or problem_code(fault) or "store_failing"]
    return DatabaseUnusable(
        f"{path or 'The database in memory'} cannot be opened ({fault}): {remedy.format(folder=path and path.parent)}"
    )
