"""A backup or a restoring that is killed at any step leaves no folder that looks complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sealed_data import AT, key_file, opened

from services.backup_store import make_backup
from services.backup_store_restore import restore_backup

pytestmark = pytest.mark.slow


def dies_at(point: int, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether `work`, in a process of its own, came to its point-th step on the disk, where it was killed."""
    child = os.fork()
    if child == 0:
        left = iter(range(point))

        def step(function: Callable) -> Callable:
            def counted(*arguments, **named):
                if next(left, None) is None:
                    os._exit(9)
                return function(*arguments, **named)

            return counted

        try:
            for place, name in ((os, "fsync"), (os, "rename"), (os, "replace"), (os, "open"), (Path, "mkdir")):
                monkeypatch.setattr(place, name, step(getattr(place, name)))
            work()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9), "the work failed by itself"
    return code == 9


def test_a_backup_killed_at_any_step_leaves_no_folder_that_looks_complete(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    target, point, is_killed = tmp_path / "backups" / "b", 0, True
    while is_killed:
        is_killed = dies_at(point, lambda: make_backup(filled, key_file(filled), target, AT), monkeypatch)
        if target.exists():
            restore_backup(target, tmp_path / "new")
            shutil.rmtree(tmp_path / "new")
        for folder in (tmp_path / "backups").glob(".*"):
            assert not list(folder.glob("manifest.json")) or folder.name.startswith(".b.unfinished-")
        shutil.rmtree(tmp_path / "backups", ignore_errors=True)
        point += 1
    assert point > 20


def test_a_restoring_killed_at_any_step_leaves_no_folder_that_looks_complete(good_backup, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    target, point, is_killed = tmp_path / "data" / "new", 0, True
    while is_killed:
        is_killed = dies_at(point, lambda: restore_backup(good_backup, target), monkeypatch)
        if target.exists():
            assert len(opened(target)) == 30
        shutil.rmtree(tmp_path / "data", ignore_errors=True)
        point += 1
    assert point > 20
