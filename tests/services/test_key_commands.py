"""`python -m services.keys` tells how things stand, and what to do about it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from rotating import rotated
from sealed_data import key_file

from services import key_rotation, keys
from services.secrets_box import open_box

pytestmark = pytest.mark.slow


def test_the_command_line_rotates_and_tells_how_things_stand(data, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.setattr(keys, "WRITERS_WAIT_SECONDS", 0)
    assert keys.main(["status"]) == 0
    assert "current            30 values" in capsys.readouterr().out
    assert keys.main(["rotate"]) == 0
    told = capsys.readouterr().out
    assert "filing_secrets.ciphertext: 6 of 6" in told and "Done: 30 values" in told
    assert "Backups made before now still need it" in told
    assert keys.main(["status"]) == 0
    assert "retired             0 values" in capsys.readouterr().out


def test_status_says_what_to_do_about_a_rotation_that_was_interrupted_and_a_key_that_is_lost(data, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.setattr(key_rotation._Rotation, "finish", lambda *_: None)
    rotated(data)
    assert keys.main(["status"]) == 1
    told = capsys.readouterr().out
    assert "current             0 values" in told and "older              30 values" in told
    assert "python -m services.keys rotate" in told
    next(file for file in (data / "keys").glob("filing.*.key")).unlink()
    assert keys.main(["status"]) == 1
    assert "put its file back from a backup" in capsys.readouterr().out


def test_a_database_that_stays_locked_stops_the_rotation_before_the_key_changes(data, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.setattr("services.sealed_store_columns.BUSY_TIMEOUT_MS", 10)
    old = open_box(key_file(data), may_create=False).key_id
    with closing(sqlite3.connect(data / "filings.db", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        assert keys.main(["rotate"]) == 1
        assert "Another program keeps it locked. Wait for it" in capsys.readouterr().err
        assert open_box(key_file(data), may_create=False).key_id == old
        db.execute("ROLLBACK")
    assert rotated(data).key_id != old


def test_a_damaged_database_is_told_in_a_sentence(data, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(data))
    with (data / "filings.db").open("r+b") as file:
        file.write(b"\xff" * 8192)
    assert keys.main(["status"]) == 1
    assert "restore a backup into a new folder" in capsys.readouterr().err
