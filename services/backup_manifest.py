"""The list of what is in a backup, signed with its key: a damaged or exchanged file is found before it is used."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from services.durable_files import write_durably
from services.secrets_box import SecretsBox

MANIFEST = "manifest.json"
FORMAT = 1
_CHUNK = 1 << 20


class BackupError(Exception):
    """The backup could not be made or is not usable; the message says what, where and what to do."""


@dataclass(frozen=True)
class FileEntry:
    """A file as it was put into the backup."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: files by their place in it; per database its rows by table and its migrations."""

    made_at: str
    key_ids: tuple[str, ...]
    files: Mapping[str, FileEntry]
    rows: Mapping[str, Mapping[str, int]]
    migrations: Mapping[str, tuple[str, ...]]

    @property
    def total_bytes(self) -> int:
        return sum(entry.bytes for entry in self.files.values())

    def write(self, folder: Path, box: SecretsBox) -> None:
        """Into the folder, signed."""
        content = {"format": FORMAT, **asdict(self)}
        signed = {**content, "signature": _signature(content, box)}
        write_durably(folder / MANIFEST, json.dumps(signed, indent=1, sort_keys=True).encode())


def read_manifest(folder: Path, box: SecretsBox) -> Manifest:
    """The folder's manifest; BackupError if it is missing, damaged or of another key."""
    content = _content(folder / MANIFEST)
    signature = content.pop("signature", "")
    if content.pop("format", None) != FORMAT:
        raise BackupError(f"{folder / MANIFEST} is not of format {FORMAT}: restore it with the version that made it.")
    expected = _signature({"format": FORMAT, **content}, box)
    if not hmac.compare_digest(str(signature), expected):
        raise BackupError(
            f"{folder / MANIFEST} was changed or damaged, or the keys belong to another backup. Use another copy."
        )
    files = {name: FileEntry(**entry) for name, entry in content.pop("files").items()}
    return Manifest(files=files, **content)


def file_entry(file: Path) -> FileEntry:
    """Size and SHA-256 of a file."""
    with file.open("rb") as opened:
        return FileEntry(hashlib.file_digest(opened, "sha256").hexdigest(), file.stat().st_size)


def copied(source: Path, target: Path) -> FileEntry:
    """Copies the file, for its owner only; size and SHA-256 of what was read."""
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as opened, open(target, "wb", opener=_private) as copy:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
            size += copy.write(chunk)
    return FileEntry(digest.hexdigest(), size)


def checked_copy(source: Path, target: Path, expected: FileEntry) -> None:
    """Copies the file; BackupError if it is not what the manifest says."""
    try:
        entry = copied(source, target)
    except FileNotFoundError:
        raise BackupError(f"{source} is missing from the backup. Use another copy of it.") from None
    if entry != expected:
        raise BackupError(f"{source} was changed or damaged since the backup was made. Use another copy of it.")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _content(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise BackupError(f"There is no {file}: this is no backup, or one that was not finished.") from None
    except ValueError:
        raise BackupError(f"{file} is damaged. Use another copy of the backup.") from None
    if not isinstance(content, dict):
        raise BackupError(f"{file} is damaged. Use another copy of the backup.")
    return content


def _signature(content: Mapping[str, Any], box: SecretsBox) -> str:
    return box.lookup_hash(json.dumps(content, sort_keys=True), field="backup manifest")
