"""A backup is restored whole into an empty folder, or refused by name of what is wrong with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sealed_data import AT, execute, files_in, key_file, opened

from services.backup_manifest import BackupError
from services.backup_store import make_backup
from services.backup_store_restore import restore_backup
from services.key_rotation import rotate
from services.secrets_box import open_box

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def test_a_restored_folder_reads_like_the_one_that_was_backed_up(data, made, tmp_path):
    restore_backup(made, tmp_path / "new")
    assert opened(tmp_path / "new") == opened(data)
    assert execute(tmp_path / "new", "SELECT * FROM filings") == execute(data, "SELECT * FROM filings")
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "new").rglob("*")} == {0o600, 0o700}


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
