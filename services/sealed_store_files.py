"""Which folders hold sealed files, each known by a row of a database, and how to count and re-seal them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.durable_files import aside, flush_file, flush_folder
from services.key_ring import KEY_ID_BYTES
from services.sealed_store_columns import SealedTables
from services.secrets_box import KEY_ID_START, SecretsBox, SecretsBoxError, key_id_of

_DRAFT = "resealed-"


@dataclass(frozen=True)
class SealedFolder:
    """Files each sealed as one, under the record that its name gives. `column` lists the records there are.

    `is_complete`: a row without its file is a fault.
    """

    name: str
    field: str
    database: str
    table: str
    column: str
    is_complete: bool


SEALED_FOLDERS = (
    SealedFolder("papers", "paper", "filings.db", "papers", "paper_id", is_complete=True),
    # Made when first asked for. By the particulars, not the filing, which stays when they are erased.
    SealedFolder("documents", "document", "filings.db", "filing_secrets", "filing_no", is_complete=False),
)


class SealedFiles:
    """The sealed files of a data folder, as far as the databases know them."""

    def __init__(self, data_dir: Path, tables: SealedTables) -> None:
        self._data_dir = data_dir
        self._tables = tables

    def listed(self, folder: SealedFolder) -> list[Path]:
        """The finished files that a row knows, by name."""
        known = self._records(folder)
        return [file for file in self._files(folder) if record_of(file) in known]

    def orphans(self, folder: SealedFolder) -> list[Path]:
        """The files that no row knows: just being uploaded or deleted, or left by a crash."""
        known = self._records(folder)
        return [file for file in self._files(folder) if record_of(file) not in known]

    def missing(self, folder: SealedFolder) -> list[str]:
        """The records whose file should be there and is not."""
        there = {record_of(file) for file in self._files(folder)}
        return sorted(self._records(folder) - there) if folder.is_complete else []

    def counts(self, folder: SealedFolder) -> Counter[bytes]:
        """How many files each key id has, those without a row left out."""
        return Counter(_key_id(file) for file in self.listed(folder))

    def stale(self, folder: SealedFolder, key_id: bytes) -> list[Path]:
        """The files sealed with another key than this one, those without a row left out."""
        return [file for file in self.listed(folder) if _key_id(file) != key_id]

    def unseal(self, folder: SealedFolder, file: Path, box: SecretsBox) -> bytes:
        """The file's content; SecretsBoxError names the file."""
        try:
            return box.unseal_bytes(file.read_bytes(), record=record_of(file), field=folder.field)
        except SecretsBoxError as fault:
            raise SecretsBoxError(f"{folder.name}/{file.name}: {fault}") from None

    def reseal(self, folder: SealedFolder, files: Sequence[Path], box: SecretsBox) -> list[str]:
        """Seals these files with the box's present key; why some could not be opened."""
        faults, drafts = [], {}
        try:
            for file in files:
                try:
                    drafts[file] = self._draft(folder, file, box)
                except SecretsBoxError as fault:
                    faults.append(str(fault))
                except FileNotFoundError:
                    continue  # deleted since it was listed
            for draft in drafts.values():
                flush_file(draft)
            self._put_in_place(folder, drafts)
        finally:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
        return faults

    def clear_drafts(self) -> None:
        """Deletes what a re-sealing that was killed left half-written."""
        for folder in SEALED_FOLDERS:
            for draft in (self._data_dir / folder.name).glob(f".{_DRAFT}*"):
                draft.unlink(missing_ok=True)

    def _draft(self, folder: SealedFolder, file: Path, box: SecretsBox) -> Path:
        sealed = box.seal_bytes(self.unseal(folder, file, box), record=record_of(file), field=folder.field)
        draft = aside(file.with_name(_DRAFT + file.name))
        draft.touch(mode=0o600)
        draft.write_bytes(sealed)
        return draft

    def _put_in_place(self, folder: SealedFolder, drafts: Mapping[Path, Path]) -> None:
        # Under the lock, and only while its row is there: a paper that was erased must not come back.
        with self._tables.write_lock(folder.database):
            for file, draft in drafts.items():
                is_listed = self._tables.is_there(folder.database, folder.table, folder.column, record_of(file))
                if is_listed and file.exists():
                    os.replace(draft, file)
        flush_folder(self._data_dir / folder.name)

    def _files(self, folder: SealedFolder) -> list[Path]:
        """Every finished file, by name; hidden ones are still being written."""
        path = self._data_dir / folder.name
        names = sorted(os.listdir(path)) if path.is_dir() else []
        return [path / name for name in names if not name.startswith(".")]

    def _records(self, folder: SealedFolder) -> frozenset[str]:
        return self._tables.column_values(folder.database, folder.table, folder.column)


def value_counts(tables: SealedTables, files: SealedFiles) -> Counter[bytes]:
    """How many sealed values and files each key id has."""
    counts: Counter[bytes] = Counter()
    for column in tables.columns:
        counts.update(tables.counts(column))
    for folder in SEALED_FOLDERS:
        counts.update(files.counts(folder))
    return counts


def record_of(file: Path) -> str:
    """What the file was sealed under: its name without the ending."""
    return file.stem


def _key_id(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return key_id_of(opened.read(KEY_ID_START + KEY_ID_BYTES))
    except FileNotFoundError:
        return b""
