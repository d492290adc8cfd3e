"""A new filing key, and everything sealed with it, while the server goes on. Can be killed anywhere and run again."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from services.database import BUSY_TIMEOUT_MS
from services.durable_files import flush_folder, put_in_place
from services.key_ring import SealingKey, create_key, next_file, older_file, read_key, retired_file, ring_files
from services.sealed_store_columns import SealedTables
from services.sealed_store_files import SEALED_FOLDERS, SealedFiles, value_counts
from services.secrets_box import SecretsBox, kept_signing_secret, open_box

BATCH = 500
FILES_BATCH = 20
SAY_EVERY = 5_000
# Whoever sealed a value just before the switch has written it by then, or given up.
WRITERS_WAIT_SECONDS = BUSY_TIMEOUT_MS / 1000 + 1
Say = Callable[[str], None]
One = TypeVar("One", int, Path)


class RotationError(Exception):
    """The rotation could not be begun or is not finished; the message says what is left and what to do."""


@dataclass(frozen=True)
class KeyUse:
    """A key and how many values it has. `place`: current, older, coming, retired or missing."""

    key_id: bytes
    place: str
    values: int


@dataclass(frozen=True)
class RotationReport:
    """How a rotation ended: the new key, what it sealed, the old keys' files, files that nothing refers to."""

    key_id: bytes
    values: int
    retired: tuple[Path, ...]
    orphans: tuple[Path, ...]


def key_uses(data_dir: Path, key_file: Path) -> list[KeyUse]:
    """Every key of the folder and every key id among the values, the current one first."""
    with closing(SealedTables(data_dir)) as tables:
        counts = value_counts(tables, SealedFiles(data_dir, tables))
    places = dict.fromkeys(open_box(key_file, may_create=False).key_ids, "older")
    places[next(iter(places))] = "current"
    if next_file(key_file).exists():
        places[_key_id(next_file(key_file))] = "coming"
    for file in _retired(key_file):
        places.setdefault(_key_id(file), "retired")
    for key_id in sorted(counts):
        places.setdefault(key_id, "missing")
    return [KeyUse(key_id, place, counts[key_id]) for key_id, place in places.items()]


def rotate(data_dir: Path, key_file: Path, say: Say, *, wait_seconds: float) -> RotationReport:
    """Gives everything a new key, or finishes a rotation that was interrupted.

    `wait_seconds`: how long after the switch the last look at the values is taken; WRITERS_WAIT_SECONDS with a
    server beside.
    RotationError when another one runs or values are left; the old keys then stay in the ring.
    SecretsBoxError when a key file cannot be trusted.
    """
    read_key(key_file)
    with _only_one(key_file), closing(SealedTables(data_dir)) as tables:
        kept_signing_secret(key_file)  # must come from the old key, or everybody would be logged out
        rotation = _Rotation(key_file, tables, SealedFiles(data_dir, tables), say)
        rotation.begin()
        return rotation.finish(wait_seconds)


class _Rotation:
    def __init__(self, key_file: Path, tables: SealedTables, files: SealedFiles, say: Say) -> None:
        self._key_file, self._say = key_file, say
        self._tables, self._files = tables, files

    def begin(self) -> None:
        """The new key is the current one, unless an older rotation has to be finished first."""
        self._files.clear_drafts()
        self._bring_back_retired()
        is_interrupted = len(open_box(self._key_file, may_create=False).key_ids) > 1
        if next_file(self._key_file).exists() or not is_interrupted:
            self._switch()
        else:
            self._say("Finishing the rotation that was interrupted.")

    def finish(self, wait_seconds: float) -> RotationReport:
        """Everything is sealed with the current key and the older ones are retired, or RotationError."""
        box, began = open_box(self._key_file, may_create=False), time.monotonic()
        self._reseal_all(box)
        self._wait(wait_seconds - (time.monotonic() - began))
        faults = self._reseal_all(box)
        left = value_counts(self._tables, self._files)
        values = left.pop(box.key_id, 0)
        if faults or left:
            raise RotationError(_not_finished(faults, left.total()))
        self._tables.empty_logs()
        orphans = [file for folder in SEALED_FOLDERS for file in self._files.orphans(folder)]
        return RotationReport(box.key_id, values, tuple(self._retire(box)), tuple(orphans))

    def _switch(self) -> None:
        key_file, coming = self._key_file, next_file(self._key_file)
        # On the disk under a name of its own before anybody can seal with it.
        create_key(coming)
        with suppress(FileExistsError):
            os.link(key_file, older_file(key_file, _key_id(key_file)))
        flush_folder(key_file.parent)
        # A transaction sees one key from beginning to end: its ciphertexts and hashes belong together.
        with self._tables.write_locks():
            put_in_place(coming, key_file)
        self._say(f"The current key is now {_key_id(key_file).hex()}.")

    def _reseal_all(self, box: SecretsBox) -> list[str]:
        tables, files = self._tables, self._files
        faults = []
        for column in tables.columns:
            rowids = tables.stale(column, box.key_id)
            faults += self._in_batches(column.name, rowids, BATCH, partial(tables.reseal, column, box=box))
        for folder in SEALED_FOLDERS:
            stale = files.stale(folder, box.key_id)
            faults += self._in_batches(f"{folder.name}/", stale, FILES_BATCH, partial(files.reseal, folder, box=box))
        return faults

    def _in_batches(self, name: str, all_: list[One], size: int, reseal: Callable[[list[One]], list[str]]) -> list[str]:
        faults, told = [], 0
        for start in range(0, len(all_), size):
            began = time.monotonic()
            faults += reseal(all_[start : start + size])
            done = min(start + size, len(all_))
            if done - told >= SAY_EVERY or done == len(all_):
                self._say(f"{name}: {done:,} of {len(all_):,}")
                told = done
            # As long again: SQLite has no queue, and the server's writers must get their turn.
            time.sleep(time.monotonic() - began)
        return faults

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._say(f"Waiting {seconds:.0f} s for what was being written with the old key.")
            time.sleep(seconds)

    def _bring_back_retired(self) -> None:
        counts = value_counts(self._tables, self._files)
        for file in _retired(self._key_file):
            if counts[_key_id(file)]:
                self._say(f"Values of the retired key {_key_id(file).hex()} are there again.")
                _move(file, older_file(self._key_file, _key_id(file)))

    def _retire(self, box: SecretsBox) -> Iterator[Path]:
        for file in ring_files(self._key_file)[1:]:
            place = retired_file(self._key_file, _key_id(file))
            if _key_id(file) == box.key_id:
                file.unlink()
                continue
            place.parent.mkdir(mode=0o700, exist_ok=True)
            _move(file, place)
            yield place


def _not_finished(faults: list[str], left: int) -> str:
    if not faults:
        return f"{left:,} values with older keys were written meanwhile. Run the rotation again."
    shown = "\n".join(f"  {fault}" for fault in faults[:10])
    return (
        f"{len(faults):,} values could not be opened; the older keys stay. The first of them:\n{shown}\n"
        "Restore them from a backup, then run the rotation again."
    )


def _retired(key_file: Path) -> list[Path]:
    return sorted((key_file.parent / "retired").glob(f"*{key_file.suffix}"))


def _key_id(file: Path) -> bytes:
    return SealingKey.of(read_key(file)).key_id


def _move(file: Path, place: Path) -> None:
    os.replace(file, place)
    flush_folder(place.parent)
    flush_folder(file.parent)


@contextmanager
def _only_one(key_file: Path) -> Iterator[None]:
    descriptor = os.open(key_file.parent / ".rotation.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RotationError("Another rotation is running. Wait for it: python -m services.keys status") from None
        yield
    finally:
        os.close(descriptor)
