"""A data folder from a backup: checked byte by byte, opened, and every sealed value read once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from services import account_store, consent_store, conversation_store, filing_store_schema, question_log_store
from services.backup_manifest import BackupError, Manifest, checked_copy, read_manifest
from services.backup_store import KEYS, first_fault, new_folder, table_rows
from services.database import DatabaseUnusable, open_database
from services.filing_store import FilingStore
from services.sealed_store_columns import SealedTables
from services.sealed_store_files import SEALED_FOLDERS, SealedFiles
from services.secrets_box import SecretsBox, SecretsBoxError, open_box

MIGRATIONS: dict[str, Migrations] = {
    "filings.db": filing_store_schema.migrations,
    "conversations.db": conversation_store.migrations,
    "officers.db": account_store.migrations,
    "questions.db": question_log_store.migrations,
    "consents.db": consent_store.migrations,
}


def restore_backup(source: Path, target: Path, keys: Path | None = None) -> Manifest:
    """The backup `source` as a new data folder `target`, and what it holds; `keys` if they are kept apart.

    BackupError when anything is missing, damaged or cannot be opened; then `target` is as it was.
    """
    keys = keys or source / KEYS
    if not (keys / "filing.key").exists():
        raise BackupError(f"There is no filing.key in {keys}. If the keys are kept apart, name their folder: --keys")
    manifest = read_manifest(source, _box(keys))
    _check_version(manifest)
    with new_folder(target) as folder:
        _copy(manifest, source, keys, folder)
        _check_databases(manifest, folder)
        _check_store_opens(folder)
        _check_values(folder)
    return manifest


def _copy(manifest: Manifest, source: Path, keys: Path, folder: Path) -> None:
    for name, entry in manifest.files.items():
        place = Path(name)
        if place.is_absolute() or ".." in place.parts:
            raise BackupError(f"The manifest names {name}, outside the backup. Do not use this backup.")
        (folder / place).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        checked_copy(keys / place.name if place.parts[0] == KEYS else source / place, folder / place, entry)


def _check_version(manifest: Manifest) -> None:
    with closing(Database(memory=True)) as empty:
        known = {f"{set_.name}/{one.name}" for set_ in MIGRATIONS.values() for one in set_.pending(empty)}
    unknown = [name for names in manifest.migrations.values() for name in names if name not in known]
    if unknown:
        raise BackupError(f"The backup was made by a newer version ({unknown[0]}). Restore it with that version.")


def _check_databases(manifest: Manifest, folder: Path) -> None:
    for name, rows in manifest.rows.items():
        with closing(Database(folder / name)) as database:
            fault = first_fault(database)
            if not fault and table_rows(database) != rows:
                fault = "it has other numbers of rows than the manifest"
        if fault:
            raise BackupError(f"{name} in the backup is damaged: {fault}. Use another backup.")


def _check_store_opens(folder: Path) -> None:
    try:
        FilingStore.open(folder / "filings.db", folder / KEYS / "filing.key").close()
        for name in ("conversations.db", "officers.db"):
            if (folder / name).exists():
                open_database(folder / name, MIGRATIONS[name], sync="FULL").close()
    except (SecretsBoxError, DatabaseUnusable) as fault:
        raise BackupError(f"The databases do not open with the backup's keys: {fault}") from fault


def _check_values(folder: Path) -> None:
    box = _box(folder / KEYS)
    with closing(SealedTables(folder)) as tables:
        files = SealedFiles(folder, tables)
        try:
            _open_all(tables, files, box)
        except SecretsBoxError as fault:
            raise BackupError(f"A value in the backup does not open: {fault}") from fault
        for sealed in SEALED_FOLDERS:
            for record in files.missing(sealed):
                raise BackupError(f"The backup lacks {sealed.name}/{record}. Use another backup.")


def _open_all(tables: SealedTables, files: SealedFiles, box: SecretsBox) -> None:
    for column in tables.columns:
        for value in tables.values(column):
            content = box.unseal_bytes(value.sealed, record=value.record, field=value.field)
            if value.lookup_hash and value.lookup_hash not in box.lookup_hashes(content.decode(), value.field):
                raise SecretsBoxError(f"{column.name}: the look-up hash of {value.record} does not fit its value.")
    for sealed in SEALED_FOLDERS:
        for file in files.listed(sealed):
            files.unseal(sealed, file, box)


def _box(keys: Path) -> SecretsBox:
    return open_box(keys / "filing.key", may_create=False)
