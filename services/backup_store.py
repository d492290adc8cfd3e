"""A backup of the data folder while the server writes to it: databases, sealed files, and their keys apart."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from services.backup_manifest import BackupError, Manifest, copied, file_entry
from services.database import BUSY_TIMEOUT_MS
from services.durable_files import flush_file, flush_folder, write_durably
from services.key_ring import SIGNING_KEY, keys_beside, older_file, read_key
from services.sealed_store_columns import DATABASES, SealedTables
from services.sealed_store_files import SEALED_FOLDERS, SealedFiles, SealedFolder, value_counts
from services.secrets_box import SecretsBox, open_box

KEYS = "keys"
WARNING = "KEEP_THIS_FOLDER_APART.txt"
_WARNING_TEXT = """\
The keys in this folder open everything in the backup around it.
Move the folder to another place than the backup, readable by as few people as possible,
and note which backup it belongs to. Without it nothing in the backup can be read again.
To restore: python -m services.backup restore --from BACKUP --keys THIS_FOLDER --into NEW_FOLDER
"""
_ATTEMPTS = 5


def make_backup(data_dir: Path, key_file: Path, target: Path, at: datetime) -> Manifest:
    """A new folder `target` with all of the data folder as it was at one moment, and what is in it.

    It has its name only when it is complete and on the disk. BackupError when it cannot be made.
    """
    if not (data_dir / "filings.db").exists():
        raise BackupError(f"There is no filings.db in {data_dir}: set DATA_DIR to the server's data folder.")
    with new_folder(target) as folder:
        before = keys_beside(key_file)
        _copy_data(data_dir, folder)
        # A rotation may have passed meanwhile: the current key of now, and those of before.
        _write_keys(key_file, keys_beside(key_file) | before, folder / KEYS)
        return _described(folder, at)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A hidden folder that gets the name `target` at the end, or is deleted. BackupError if `target` holds anything."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupError(f"{target} is there already and not empty. Name a new folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = target.with_name(f".{target.name}.unfinished-{secrets.token_hex(4)}")
    folder.mkdir(mode=0o700)
    try:
        yield folder
        _make_durable(folder)
        _name(folder, target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    flush_folder(target.parent)


def first_fault(database: Database) -> str | None:
    """What SQLite finds wrong with the file or the links between its tables, None when all is well."""
    try:
        found = str(database.execute("PRAGMA integrity_check(1)").fetchone()[0])
        broken = database.execute("PRAGMA foreign_key_check").fetchone()
    except database.conn.DatabaseError as fault:
        return str(fault)
    if found != "ok":
        return found
    return f"{broken[0]} row {broken[1]} points to nothing in {broken[2]}" if broken else None


def table_rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: table.count for table in database.tables}


def applied_migrations(database: Database) -> tuple[str, ...]:
    """The schema's version: the migrations it went through, as set/name."""
    rows = database.table("_sqlite_migrations").rows_where(order_by="id")
    return tuple(f"{row['migration_set']}/{row['name']}" for row in rows)


def _name(folder: Path, target: Path) -> None:
    try:
        os.rename(folder, target)
    except OSError as fault:
        # An empty folder is replaced, unless something is mounted there.
        raise BackupError(f"{target}: {fault.strerror}. Name a folder inside it instead.") from fault


def _copy_data(data_dir: Path, folder: Path) -> None:
    for _ in range(_ATTEMPTS):
        for name in DATABASES:
            if (data_dir / name).exists():
                _snapshot(data_dir / name, folder / name)
        missing = _copy_files(data_dir, folder)
        if not missing:
            return
        _check_really_missing(data_dir, missing)
    raise BackupError("Papers were deleted faster than they could be copied. Run the backup again.")


def _snapshot(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with closing(Database(source)) as live, closing(Database(target)) as copy:
        live.conn.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        try:
            # All pages in one step: a reader in WAL mode keeps nobody from writing, and steps would begin anew
            # whenever another process writes between them.
            copy.conn.execute("PRAGMA synchronous = OFF")  # flushed when the whole folder is
            live.conn.backup(copy.conn)
            copy.conn.execute("PRAGMA journal_mode = DELETE")
        except live.conn.DatabaseError as fault:
            raise BackupError(f"{source} cannot be read: {fault}. Stop the server and look at the disk.") from fault
        found = first_fault(copy)
    if found:
        raise BackupError(f"{source} is damaged ({found}). Stop the server and restore the last good backup.")


def _copy_files(data_dir: Path, folder: Path) -> list[tuple[SealedFolder, str]]:
    """Copies the files that the copied databases know of; which of those that must be there are not."""
    with closing(SealedTables(folder)) as tables:
        live, copied = SealedFiles(data_dir, tables), SealedFiles(folder, tables)
        for sealed in SEALED_FOLDERS:
            (folder / sealed.name).mkdir(mode=0o700, exist_ok=True)
            for file in copied.orphans(sealed):  # of an attempt before, deleted since
                file.unlink()
            for file in live.listed(sealed):
                _copy_file(file, folder / sealed.name / file.name)
        return [(sealed, record) for sealed in SEALED_FOLDERS for record in copied.missing(sealed)]


def _copy_file(source: Path, target: Path) -> None:
    try:
        # Whole even while a rotation replaces it: the name changes hands, the opened file stays.
        copied(source, target)
    except FileNotFoundError:
        target.unlink(missing_ok=True)


def _check_really_missing(data_dir: Path, missing: list[tuple[SealedFolder, str]]) -> None:
    with closing(SealedTables(data_dir)) as tables:
        for sealed, record in missing:
            if tables.is_there(sealed.database, sealed.table, sealed.column, record):
                raise BackupError(
                    f"{sealed.table} names {record}, but {data_dir / sealed.name} has no file for it. "
                    "Get the file from an older backup, then run this again."
                )


def _write_keys(key_file: Path, keys: Mapping[bytes, bytes], folder: Path) -> None:
    folder.mkdir(mode=0o700)
    current, *older = keys
    write_durably(folder / key_file.name, keys[current])
    for key_id in older:
        write_durably(older_file(folder / key_file.name, key_id), keys[key_id])
    signing_file = key_file.with_name(SIGNING_KEY)
    if signing_file.exists():
        write_durably(folder / SIGNING_KEY, read_key(signing_file))
    write_durably(folder / WARNING, _WARNING_TEXT.encode())


def _described(folder: Path, at: datetime) -> Manifest:
    box = open_box(folder / KEYS / "filing.key", may_create=False)
    rows, migrations = {}, {}
    for name in DATABASES:
        if (folder / name).exists():
            with closing(Database(folder / name)) as database:
                rows[name], migrations[name] = table_rows(database), applied_migrations(database)
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.name != WARNING)
    entries = {file.relative_to(folder).as_posix(): file_entry(file) for file in files}
    manifest = Manifest(at.isoformat(), tuple(key.hex() for key in box.key_ids), entries, rows, migrations)
    _check_keys(folder, box)
    manifest.write(folder, box)
    return manifest


def _check_keys(folder: Path, box: SecretsBox) -> None:
    with closing(SealedTables(folder)) as tables:
        lacking = set(value_counts(tables, SealedFiles(folder, tables))) - set(box.key_ids)
    if lacking:
        names = ", ".join(key_id.hex() for key_id in sorted(lacking))
        raise BackupError(f"There are values of keys that are not there: {names}. See: python -m services.keys status")


def _make_durable(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir():
            flush_folder(path)
            continue
        flush_file(path)
    flush_folder(folder)
