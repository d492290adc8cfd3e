import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sealed_data import AT, PAPER, key_file, opened, writing

from services import backup, backup_store
from services.backup_manifest import BackupError
from services.backup_store import make_backup
from services.backup_store_restore import restore_backup
from services.key_rotation import rotate
from services.secrets_box import open_box

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def good_backup(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backups") / "good"
    make_backup(filled, key_file(filled), target, AT)
    return target


@pytest.fixture
def made(good_backup: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good_backup, tmp_path / "backup"))


def files_in(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def execute(folder: Path, query: str, *arguments: str) -> list[tuple]:
    with closing(sqlite3.connect(folder / "filings.db")) as db, db:
        return db.execute(query, arguments).fetchall()


def test_a_restored_folder_reads_like_the_one_that_was_backed_up(data, made, tmp_path):
    restore_backup(made, tmp_path / "new")
    assert opened(tmp_path / "new") == opened(data)
    assert execute(tmp_path / "new", "SELECT * FROM filings") == execute(data, "SELECT * FROM filings")
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "new").rglob("*")} == {0o600, 0o700}


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


START = """
from services import bootstrap
store = bootstrap.filing_store()
with store.transaction():
    print(store.filings.secret("371000-000001", "name"), bootstrap.signing_secret(), len(bootstrap.conversation_store().since("c1")))
"""


def test_a_restored_folder_starts_as_data_dir(made, tmp_path):
    restore_backup(made, tmp_path / "new")
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "new")}
    run = subprocess.run([sys.executable, "-c", START], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    derived = open_box(key_file(tmp_path / "new"), may_create=False).lookup_hash("signing", field="server")
    assert run.stdout.split() == ["人1", derived, "3"]


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


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_damaged_byte_is_refused_wherever_it_is(good_backup, tmp_path, place):
    for name in sorted(files_in(good_backup) - {"keys/KEEP_THIS_FOLDER_APART.txt"}):
        damaged = Path(shutil.copytree(good_backup, tmp_path / "damaged"))
        content = bytearray((damaged / name).read_bytes())
        content[{"first": 0, "middle": len(content) // 2, "last": -1}[place]] ^= 1
        (damaged / name).write_bytes(content)
        with pytest.raises(BackupError, match=r"damaged|do not open|other backup"):
            restore_backup(damaged, tmp_path / "new")
        assert not (tmp_path / "new").exists(), name
        shutil.rmtree(damaged)


@pytest.mark.parametrize("name", ["filings.db", "papers/paper00000001.sealed", "keys/signing.key", "manifest.json"])
def test_a_missing_file_is_named(made, tmp_path, name):
    (made / name).unlink()
    with pytest.raises(BackupError, match=Path(name).name):
        restore_backup(made, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_row_that_was_altered_before_the_backup_is_found_when_it_is_restored(data, tmp_path):
    execute(data, "UPDATE filing_secrets SET ciphertext = (SELECT ciphertext FROM kept_values LIMIT 1) WHERE field = 'name'")
    make_backup(data, key_file(data), tmp_path / "b", AT)
    with pytest.raises(BackupError, match=r"does not open.*371000-000000/name was altered or moved"):
        restore_backup(tmp_path / "b", tmp_path / "new")


def test_a_damaged_database_is_not_backed_up(data, tmp_path):
    with (data / "filings.db").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    with pytest.raises(BackupError, match=r"filings\.db (is damaged|cannot be read)"):
        make_backup(data, key_file(data), tmp_path / "b", AT)
    assert not (tmp_path / "b").exists()


def test_a_folder_that_holds_anything_is_never_written_to(data, made, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    with pytest.raises(BackupError, match="not empty"):
        restore_backup(made, tmp_path / "full")
    with pytest.raises(BackupError, match="not empty"):
        make_backup(data, key_file(data), tmp_path / "full", AT)
    assert files_in(tmp_path / "full") == {"letter.txt"}


def test_an_empty_folder_is_as_good_as_none(made, tmp_path):
    (tmp_path / "new").mkdir()
    restore_backup(made, tmp_path / "new")
    assert len(opened(tmp_path / "new")) == 30


def test_keys_that_are_kept_apart_are_named_when_restoring(made, tmp_path):
    (made / "keys").rename(tmp_path / "safe")
    with pytest.raises(BackupError, match="name their folder: --keys"):
        restore_backup(made, tmp_path / "new")
    restore_backup(made, tmp_path / "new", tmp_path / "safe")
    assert len(opened(tmp_path / "new")) == 30


def test_keys_of_another_backup_do_not_open_this_one(data, made, tmp_path):
    rotate(data, key_file(data), lambda line: None, wait_seconds=0)
    make_backup(data, key_file(data), tmp_path / "later", AT)
    with pytest.raises(BackupError, match="belong to another backup"):
        restore_backup(made, tmp_path / "new", tmp_path / "later" / "keys")


def test_a_backup_of_a_newer_version_is_refused(data, tmp_path):
    execute(data, "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('filing_store', 'create_tomorrow', 'x')")
    make_backup(data, key_file(data), tmp_path / "b", AT)
    with pytest.raises(BackupError, match=r"newer version \(filing_store/create_tomorrow\)"):
        restore_backup(tmp_path / "b", tmp_path / "new")


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
