"""A rotation that is killed, refused or meets a value it cannot open loses nothing, and is finished by the next."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from rotating import places, rotated
from sealed_data import fill, key_file, opened

from services.key_rotation import RotationError, rotate
from services.sealed_store_columns import SealedTables
from services.secrets_box import SecretsBox, SecretsBoxError, open_box

pytestmark = pytest.mark.slow


def dies_at(point: int, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether `work`, in a process of its own, came to its point-th step on the disk, where it was killed."""
    child = os.fork()
    if child == 0:
        try:
            left = iter(range(point))

            def step(function: Callable) -> Callable:
                def counted(*arguments, **named):
                    if next(left, None) is None:
                        os._exit(9)
                    return function(*arguments, **named)

                return counted

            for place, name in ((os, "replace"), (os, "link"), (os, "fsync"), (Path, "unlink"), (SecretsBox, "seal_bytes"), (SealedTables, "empty_logs")):
                monkeypatch.setattr(place, name, step(getattr(place, name)))
            work()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9), "the work failed by itself"
    return code == 9


def test_a_rotation_killed_at_any_step_loses_nothing_and_is_finished_by_the_next(tmp_path, monkeypatch):
    whole = tmp_path / "whole"
    whole.mkdir()
    fill(whole, 1)
    before, old = opened(whole), open_box(key_file(whole), may_create=False).key_id
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # dozens of runs: the disk would be most of the time
    point, is_killed = 0, True
    while is_killed:
        folder = tmp_path / str(point)
        shutil.copytree(whole, folder)
        is_killed = dies_at(point, lambda folder=folder: rotated(folder), monkeypatch)
        assert opened(folder) == before, f"killed at step {point}"
        if is_killed:
            report = rotated(folder)
            assert places(folder) == {"current": len(before), "retired": 0}, f"killed at step {point}"
            assert report.key_id != old and opened(folder) == before
            assert not [file for file in (folder / "papers").iterdir() if file.name.startswith(".")]
        shutil.rmtree(folder)
        point += 1
    assert point > 20


def test_two_rotations_at_once_are_refused(data):
    told = []

    def say(line: str) -> None:
        with pytest.raises(RotationError, match="Another rotation is running"):
            rotated(data)
        told.append(line)

    rotate(data, key_file(data), say, wait_seconds=0)
    assert told


def test_a_value_that_cannot_be_opened_is_named_and_keeps_the_old_key_in_the_ring(data):
    before = opened(data)
    with closing(sqlite3.connect(data / "filings.db")) as db, db:
        good = db.execute("SELECT ciphertext FROM filing_secrets WHERE filing_no = '371000-000001' AND field = 'name'").fetchone()[0]
        set_name(db, good[:-1] + bytes([good[-1] ^ 1]))
    with pytest.raises(RotationError, match=r"(?s)1 values could not be opened; the older keys stay.*filing_secrets.*371000-000001/name"):
        rotated(data)
    assert places(data) == {"current": len(before) - 1, "older": 1}
    with closing(sqlite3.connect(data / "filings.db")) as db, db:
        set_name(db, good)
    rotated(data)
    assert opened(data) == before and places(data)["retired"] == 0


def set_name(db: sqlite3.Connection, sealed: bytes) -> None:
    db.execute("UPDATE filing_secrets SET ciphertext = ? WHERE filing_no = '371000-000001' AND field = 'name'", [sealed])


def test_without_its_key_nothing_is_rotated(data):
    key_file(data).unlink()
    with pytest.raises(SecretsBoxError, match="is missing"):
        rotated(data)
    assert not key_file(data).exists()
