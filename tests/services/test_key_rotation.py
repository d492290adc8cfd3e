import importlib
import os
import pkgutil
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sealed_data
from sealed_data import AT, ID_NUMBER, fill, insert, key_file, opened, writing
from sqlite_utils import Database, Migrations

import services
from services import key_rotation, keys
from services.filing_store import FilingStore
from services.key_rotation import RotationError, RotationReport, key_uses, rotate
from services.sealed_store_columns import SEALED_COLUMNS, SealedTables, unregistered
from services.sealed_store_files import SEALED_FOLDERS
from services.secrets_box import SecretsBox, SecretsBoxError, kept_signing_secret, open_box

pytestmark = pytest.mark.slow


def rotated(folder: Path) -> RotationReport:
    return rotate(folder, key_file(folder), lambda line: None, wait_seconds=0)


def places(folder: Path) -> dict[str, int]:
    """How many values the keys in each place have."""
    return {use.place: use.values for use in key_uses(folder, key_file(folder))}


def schemas() -> dict[str, Database]:
    """A database as each store module of the services makes it."""
    made = {}
    for module in pkgutil.iter_modules(services.__path__):
        migrations = getattr(importlib.import_module(f"services.{module.name}"), "migrations", None) if "store" in module.name else None
        if isinstance(migrations, Migrations):
            made[migrations.name] = Database(memory=True)
            migrations.apply(made[migrations.name])
    return made


def test_every_column_of_ciphertexts_is_registered():
    """A column that is missing in SEALED_COLUMNS would keep the old key's values for ever."""
    assert [column for database in schemas().values() for column in unregistered(database)] == []


def test_a_column_that_is_not_registered_is_found():
    database = Database(memory=True)
    database["replies"].create({"id": int, "ciphertext": bytes, "sealed_note": bytes, "phone_lookup_hash": str})
    assert unregistered(database) == ["replies.ciphertext", "replies.sealed_note", "replies.phone_lookup_hash"]


def test_every_registered_column_is_in_a_schema():
    there = {(t.name, c.name) for database in schemas().values() for t in database.tables for c in t.columns}
    listed = {(c.table, c.column) for c in SEALED_COLUMNS} | {(f.table, f.column) for f in SEALED_FOLDERS}
    assert listed <= there


def test_the_data_of_these_tests_has_a_value_in_every_registered_column(data):
    with closing(SealedTables(data)) as tables:
        assert [tables.counts(column).total() for column in tables.columns] == [
            6 if column.table == "filing_secrets" else 3 for column in SEALED_COLUMNS
        ]


def test_after_a_rotation_everything_has_the_new_key_and_reads_the_same(data):
    before, old = opened(data), open_box(key_file(data), may_create=False).key_id
    report = rotated(data)
    assert report.key_id != old and report.values == len(before)
    assert places(data) == {"current": len(before), "retired": 0}
    assert report.retired == (data / "keys" / "retired" / f"filing.{old.hex()}.key",)
    assert opened(data) == before
    assert sorted(path.name for path in (data / "keys").iterdir()) == [".rotation.lock", "filing.key", "retired", "signing.key"]


def test_nothing_of_the_old_ciphertexts_is_left_on_the_disk(data):
    old = open_box(key_file(data), may_create=False).key_id
    server = FilingStore.open(data / "filings.db", key_file(data))  # keeps the write-ahead log from going by itself
    rotated(data)
    files = [file for file in data.rglob("*") if file.is_file() and "keys" not in file.parts]
    assert len(files) > 3
    assert not [file for file in files if old in file.read_bytes()]
    server.close()


def test_a_person_is_found_by_id_number_at_every_moment_of_a_rotation(data, monkeypatch):
    monkeypatch.setattr(key_rotation, "BATCH", 1)
    store, found = FilingStore.open(data / "filings.db", key_file(data)), []
    rotate(data, key_file(data), lambda line: found.append(len(numbers(store))), wait_seconds=0)
    assert len(found) > 3 and set(found) == {3}
    assert len(numbers(store)) == 3
    store.close()


def numbers(store: FilingStore) -> set[str]:
    with store.transaction():
        hashes = store._database.execute("SELECT lookup_hash FROM filing_secrets WHERE field = 'id_number'").fetchall()
        wanted = store.filings._box.lookup_hashes(ID_NUMBER, "id_number")
    return {f"{n}" for n, (lookup_hash,) in enumerate(hashes) if lookup_hash in wanted}


def test_a_server_that_runs_on_seals_with_the_new_key_and_reads_everything(data):
    store = FilingStore.open(data / "filings.db", key_file(data))
    with store.transaction():
        before = store.kept.put("c1", "before", AT)
    report = rotated(data)
    with store.transaction():
        after = store.kept.put("c1", "after", AT)
        assert [store.kept.take("c1", token) for token in (before, after)] == ["before", "after"]
        last = store.kept.put("c1", "last", AT)
        sealed = store._database.execute("SELECT ciphertext FROM kept_values WHERE token = ?", [last]).fetchone()[0]
    assert sealed[1:9] == report.key_id
    store.close()


def test_what_a_server_writes_meanwhile_ends_up_with_the_new_key(data, monkeypatch):
    monkeypatch.setattr(key_rotation, "BATCH", 1)
    with writing(data) as written:
        while not written:
            time.sleep(0.001)
        report = rotated(data)
    values = opened(data)
    assert len(values) == 30 + 8 * len(written)
    assert places(data) == {"current": len(values), "retired": 0}
    assert 30 < report.values <= len(values)


def test_what_was_sealed_before_the_switch_and_written_after_it_is_found_at_the_end(data):
    box = open_box(key_file(data), may_create=False)
    late, old = box.seal("late", record="t", field="c1"), box.key_id

    def write_late(line: str) -> None:
        if line.startswith("documents/") and "t c1" not in " ".join(opened(data)):
            with closing(sqlite3.connect(data / "filings.db")) as db, db:
                insert(db, "kept_values", token="t", conversation="c1", ciphertext=late)

    assert rotate(data, key_file(data), write_late, wait_seconds=0).key_id != old
    assert opened(data)["kept_values.ciphertext t c1"] == b"late"
    assert places(data)["retired"] == 0


def test_people_stay_logged_in_though_their_secret_had_no_file_yet(data):
    (data / "keys" / "signing.key").unlink()
    secret = open_box(key_file(data), may_create=False).lookup_hash("signing", field="server")
    rotated(data)
    assert kept_signing_secret(key_file(data)) == secret


def test_keys_can_be_rotated_again_and_again(data):
    before = opened(data)
    assert len({rotated(data).key_id for _ in range(3)}) == 3
    assert opened(data) == before
    assert len(list((data / "keys" / "retired").iterdir())) == 3


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


def test_values_of_a_retired_key_are_taken_in_by_the_next_rotation(data, tmp_path):
    straggler = open_box(key_file(data), may_create=False).seal("late", record="t", field="c1")
    report = rotated(data)
    with closing(sqlite3.connect(data / "filings.db")) as db, db:
        insert(db, "kept_values", token="t", conversation="c1", ciphertext=straggler)
    assert places(data)["retired"] == 1
    again = rotated(data)
    assert again.key_id == report.key_id, "it finishes the one before"
    assert opened(data)["kept_values.ciphertext t c1"] == b"late"


def test_an_erased_paper_does_not_come_back(data, monkeypatch):
    erased = data / "papers" / "paper00000001.sealed"

    def erase(box: SecretsBox, content: bytes, *, record: str, field: str) -> bytes:
        if record == erased.stem:
            with closing(sqlite3.connect(data / "filings.db")) as db, db:
                db.execute("DELETE FROM papers WHERE paper_id = ?", [erased.stem])
            erased.unlink()
        return real(box, content, record=record, field=field)

    real = SecretsBox.seal_bytes
    monkeypatch.setattr(SecretsBox, "seal_bytes", erase)
    rotated(data)
    assert sorted(file.name for file in (data / "papers").iterdir()) == ["paper00000000.sealed", "paper00000002.sealed"]


def test_files_that_no_filing_refers_to_are_told_and_left_alone(data):
    orphan = data / "papers" / "nobodys.sealed"
    orphan.write_bytes(open_box(key_file(data), may_create=False).seal_bytes(b"x", record="nobodys", field="paper"))
    content = orphan.read_bytes()
    assert rotated(data).orphans == (orphan,)
    assert orphan.read_bytes() == content


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


def test_without_its_key_nothing_is_rotated(data):
    key_file(data).unlink()
    with pytest.raises(SecretsBoxError, match="is missing"):
        rotated(data)
    assert not key_file(data).exists()


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


def test_the_helper_fills_what_it_says(data):
    assert len(opened(data)) == 30 and sealed_data.PAPER in opened(data).values()
