"""A backup is one moment of a folder, whatever is handed in, erased or rotated meanwhile, with the keys of all it holds."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path

import pytest
from sealed_data import AT, PAPER, execute, files_in, key_file, opened, writing

from services import backup, backup_store
from services.backup_manifest import BackupError
from services.backup_store import make_backup
from services.backup_store_restore import restore_backup
from services.key_rotation import rotate
from services.secrets_box import open_box

pytestmark = pytest.mark.slow


def test_a_backup_holds_what_its_manifest_says_and_its_keys_in_a_folder_of_their_own(made):
    manifest = json.loads((made / "manifest.json").read_text())
    assert set(manifest["files"]) | {"manifest.json", "keys/KEEP_THIS_FOLDER_APART.txt"} == files_in(made)
    assert {name.split("/")[0] for name in manifest["files"]} == {
        "filings.db", "conversations.db", "officers.db", "questions.db", "consents.db", "papers", "documents", "keys",
    }
    assert manifest["made_at"] == AT.isoformat()
    assert manifest["rows"]["filings.db"]["filings"] == 3 and manifest["rows"]["conversations.db"]["entries"] == 3
    assert "filing_store/create_filings" in manifest["migrations"]["filings.db"]
    assert "Without it nothing in the backup can be read" in (made / "keys" / "KEEP_THIS_FOLDER_APART.txt").read_text()


def test_a_backup_made_while_filings_are_handed_in_is_one_moment_of_them(data, tmp_path):
    with writing(data) as written:
        for number in range(3):
            while len(written) < 3 * number + 1:
                time.sleep(0.001)
            make_backup(data, key_file(data), tmp_path / f"b{number}", AT)
    for number in range(3):
        folder = tmp_path / f"r{number}"
        restore_backup(tmp_path / f"b{number}", folder)
        (filings,) = execute(folder, "SELECT count(*) FROM filings")[0]
        assert 3 * number + 4 <= filings <= len(written) + 3
        assert len(list((folder / "papers").iterdir())) == filings
        assert len(opened(folder)) == 8 * filings + 6


def test_a_backup_made_during_a_rotation_has_the_keys_of_all_it_holds(data, tmp_path, monkeypatch):
    """Whichever key the snapshot falls to: the rotation passes between snapshot and keys."""
    before, rotations = opened(data), []

    def snapshot(source: Path, target: Path) -> None:
        take(source, target)
        if source.name == "officers.db":
            rotations.append(rotate(data, key_file(data), lambda line: None, wait_seconds=0))

    take = backup_store._snapshot
    monkeypatch.setattr(backup_store, "_snapshot", snapshot)
    make_backup(data, key_file(data), tmp_path / "b", AT)
    restore_backup(tmp_path / "b", tmp_path / "new")
    assert opened(tmp_path / "new") == before
    assert open_box(key_file(tmp_path / "new"), may_create=False).key_id == rotations[0].key_id
    report = rotate(tmp_path / "new", key_file(tmp_path / "new"), lambda line: None, wait_seconds=0)
    assert report.values == len(before) and opened(tmp_path / "new") == before


def test_backups_and_rotations_at_once_do_not_disturb_each_other(data, tmp_path):
    before, is_over = opened(data), threading.Event()

    def rotate_on() -> None:
        while not is_over.is_set():
            rotate(data, key_file(data), lambda line: None, wait_seconds=0)

    rotating = threading.Thread(target=rotate_on)
    rotating.start()
    try:
        for number in range(5):
            make_backup(data, key_file(data), tmp_path / f"b{number}", AT)
    finally:
        is_over.set()
        rotating.join()
    for number in range(5):
        restore_backup(tmp_path / f"b{number}", tmp_path / f"r{number}")
        assert opened(tmp_path / f"r{number}") == before


def test_papers_that_are_erased_meanwhile_are_in_no_part_of_the_backup(data, tmp_path, monkeypatch):
    """One that was copied already, and one that is about to be."""

    def copy(source: Path, target: Path) -> None:
        if source.name == "paper00000001.sealed" and source.exists():
            for paper_id in ("paper00000000", "paper00000001"):
                execute(data, "DELETE FROM papers WHERE paper_id = ?", paper_id)
                (data / "papers" / f"{paper_id}.sealed").unlink()
        real(source, target)

    real = backup_store._copy_file
    monkeypatch.setattr(backup_store, "_copy_file", copy)
    make_backup(data, key_file(data), tmp_path / "b", AT)
    restore_backup(tmp_path / "b", tmp_path / "new")
    for folder in (tmp_path / "b", tmp_path / "new"):
        assert [file.name for file in (folder / "papers").iterdir()] == ["paper00000002.sealed"]
    assert execute(tmp_path / "new", "SELECT paper_id FROM papers") == [("paper00000002",)]


def test_a_paper_without_its_file_is_named_and_nothing_is_left_behind(data, tmp_path):
    (data / "papers" / "paper00000002.sealed").unlink()
    with pytest.raises(BackupError, match=r"papers names paper00000002, but .*papers has no file for it"):
        make_backup(data, key_file(data), tmp_path / "backups" / "b", AT)
    assert list((tmp_path / "backups").iterdir()) == []


def test_files_without_a_row_stay_out_of_the_backup(data, tmp_path):
    (data / "papers" / "nobodys.sealed").write_bytes(b"x")
    (data / "papers" / ".paper.sealed.abc").write_bytes(b"x")
    make_backup(data, key_file(data), tmp_path / "b", AT)
    assert not [name for name in files_in(tmp_path / "b") if "nobodys" in name or "abc" in name]


def test_an_older_data_folder_without_officers_and_papers_is_backed_up_too(data, tmp_path):
    (data / "officers.db").unlink()
    shutil.rmtree(data / "papers")
    execute(data, "DELETE FROM papers")
    make_backup(data, key_file(data), tmp_path / "b", AT)
    restore_backup(tmp_path / "b", tmp_path / "new")
    assert opened(tmp_path / "new") == opened(data)


def test_a_damaged_database_is_not_backed_up(data, tmp_path):
    with (data / "filings.db").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    with pytest.raises(BackupError, match=r"filings\.db (is damaged|cannot be read)"):
        make_backup(data, key_file(data), tmp_path / "b", AT)
    assert not (tmp_path / "b").exists()


def test_the_command_line_makes_and_restores(data, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(data))
    target = tmp_path / "backups" / "b"
    (tmp_path / "backups" / ".a.unfinished-1").mkdir(parents=True)
    assert backup.main(["make", "--to", str(target)]) == 0
    told = capsys.readouterr().out
    assert "3 filings" in told and f"{target}/keys opens everything in it" in told
    assert ".a.unfinished-1" in told
    assert backup.main(["restore", "--from", str(target), "--into", str(tmp_path / "new")]) == 0
    assert f"DATA_DIR={tmp_path / 'new'} make run" in capsys.readouterr().out
    assert backup.main(["restore", "--from", str(target), "--into", str(tmp_path / "new")]) == 1
    assert "not empty" in capsys.readouterr().err
    assert (tmp_path / "new" / "papers" / "paper00000000.sealed").stat().st_size > len(PAPER)


def test_the_command_line_says_what_is_wrong_with_the_place(data, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "nothing"))
    assert backup.main(["make", "--to", str(tmp_path / "b")]) == 1
    assert "set DATA_DIR" in capsys.readouterr().err
    monkeypatch.setenv("DATA_DIR", str(data))
    (tmp_path / "file").write_text("x")
    assert backup.main(["make", "--to", str(tmp_path / "file" / "b")]) == 1
    assert "file" in capsys.readouterr().err
